"""A preview a phase: what can be pointed at, and what a person needs to judge."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import ParamSpec, TypeVar, cast

import pytest
from PIL import Image

from editing.edit_registry import REGISTRY
from editing.edit_status import standings
from editing.phase_results import book_of, result_json
from editing.preview_quality import page_px
from editing.previews.images import render_preview
from editing.previews.structure_json import preview_of
from editing.state_as_json import Json
from editing.work_blobs import WorkBlobs, blobs_of
from graph.context import RunOptions
from graph.events import ReviewRequested
from graph.state import State
from manga.phases import PHASES, Phase
from providers.process_pool import InlineOffload
from tests.editing import works
from tests.graph.crew import Studio, studio
from tests.graph.told import PANELS, answers, brief

P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class Counting:
    """Runs the work where it stands and counts it."""

    calls: int = 0

    async def run(self, work: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        self.calls += 1
        return work(*args, **kwargs)


pytestmark = pytest.mark.anyio


async def test_every_phase_has_a_preview_that_names_it_and_its_elements() -> None:
    it = studio()
    await it.run(brief=brief())
    values = await it.values()
    for phase in PHASES:
        preview = preview_of(phase, values[phase.value])
        assert preview["phase"] == phase.value
        assert preview["summary"]
        fields = {"id", "address", "kind", "label", "edits", "bounds"}
        assert all(fields == element.keys() for element in preview["elements"])


def test_the_storyboard_lists_its_panels_by_their_lasting_keys() -> None:
    preview = preview_of(Phase.STORYBOARD, answers()["storyboard"].to_json())
    panels = [element["id"] for element in preview["elements"] if element["kind"] == "panel"]
    assert panels == [f"b{i:04}" for i in range(PANELS)]
    assert preview["summary"] == {"pages": 1, "panels": PANELS}


def test_a_long_label_is_cut() -> None:
    concept = answers()["concept"].to_json() | {"title": "x" * 500}
    assert len(preview_of(Phase.CONCEPT, concept)["elements"][0]["label"]) == 120


async def test_a_placeholder_shows_in_the_artworks_preview() -> None:
    it = studio()
    await it.run(brief=brief())
    artwork = (await it.values())["artwork"]
    artwork["b0001"] = artwork["b0001"] | {"status": "placeholder"}
    assert preview_of(Phase.ARTWORK, artwork)["summary"] == {"panels": PANELS, "drawn": PANELS - 1, "placeholder": 1}


def test_an_element_tells_its_address_its_place_and_which_changes_it_takes() -> None:
    now = works.state()
    preview = preview_of(Phase.STORYBOARD, result_json(now, Phase.STORYBOARD), book_of(now))
    panel = next(element for element in preview["elements"] if element["id"] == "b0004")
    assert panel["address"] == "p02.k1"
    assert panel["bounds"]["width"] > 10
    assert panel["edits"] == ["text_edit", "selection", "drag_drop", "style_adjust"]
    sound = next(element for element in preview["elements"] if element["id"] == "l0500.1")
    assert (sound["address"], sound["kind"]) == ("p01.k1.s1", "sfx")


@pytest.mark.parametrize("phase", [Phase.CONCEPT, Phase.CHARACTERS, Phase.PLOT, Phase.STORYBOARD, Phase.LETTERING])
def test_what_a_preview_offers_is_what_the_registry_accepts_with_its_bounds(phase: Phase) -> None:
    now = works.state()
    preview = preview_of(phase, result_json(now, phase), book_of(now))
    assert preview["fields"]
    for kind, fields in preview["fields"].items():
        known = {field.name: field for field in REGISTRY[kind]}
        assert fields.keys() <= known.keys()
        assert all(set(told["changes"]) == known[name].by for name, told in fields.items())
        assert all(told["schema"] for told in fields.values())


def test_moving_is_offered_when_there_is_something_to_move() -> None:
    now = works.state()
    storyboard = preview_of(Phase.STORYBOARD, result_json(now, Phase.STORYBOARD), book_of(now))
    lettering = preview_of(Phase.LETTERING, result_json(now, Phase.LETTERING), book_of(now))
    assert "move" not in storyboard["fields"]["sfx"]
    assert "move" in lettering["fields"]["sfx"]


def test_a_preview_tells_what_has_become_of_the_edits() -> None:
    now = works.edited(works.state(), works.sent("p01.k1.b1", text="一"), works.sent("p01.k1.b1", text="二"))
    preview = preview_of(Phase.LETTERING, result_json(now, Phase.LETTERING), book_of(now), standings(now))
    assert [edit["status"] for edit in preview["edits"]] == ["superseded", "active"]


async def reviewed(level: int = 1) -> Studio:
    """A work whose seven reviews were all approved."""
    it = studio()
    it.options = RunOptions(quality_level=level)
    await it.run(brief=brief(feedback=True))
    for _ in PHASES:
        await it.run(answer={"action": "approve"})
    return it


async def images_of(it: Studio, phase: Phase) -> list[Json]:
    previews = (await it.values())["previews"]
    found: list[Json] = json.loads(await corner(it).get(previews[phase.value]))["images"]
    return found


def corner(it: Studio) -> WorkBlobs:
    return blobs_of(it.blobs, "local", it.work)


async def test_a_reviewed_phase_has_pictures_of_the_run_s_level_in_the_works_blobs() -> None:
    it = await reviewed(level=2)
    for phase in PHASES[:-1]:  # the crew's finished page is no picture
        (image,) = await images_of(it, phase)
        picture = Image.open(io.BytesIO(await corner(it).get(image["blob"])))
        assert picture.format == "PNG"
        assert picture.size == (image["width"], image["height"])
        assert image["level"] == 2
        assert image["page"] == (1 if phase.number > Phase.PLOT.number else None)
        assert image["width"] == page_px(2) * (1 if image["page"] else 2)


async def test_a_picture_that_cannot_be_drawn_is_left_out_and_the_work_goes_on() -> None:
    assert await images_of(await reviewed(), Phase.FINISHING) == []


async def test_nobody_looks_so_no_picture_is_drawn_until_somebody_asks() -> None:
    it = studio()
    await it.run(brief=brief())
    assert [await images_of(it, phase) for phase in PHASES] == [[]] * len(PHASES)
    before = set(it.blobs.objects)
    state = cast("State", await it.values())
    (image,) = await render_preview(state, Phase.STORYBOARD, 9, corner(it), InlineOffload())
    assert (image.level, image.width) == (5, page_px(5))
    assert await corner(it).get(image.blob)
    assert set(it.blobs.objects) > before


async def test_a_phase_that_feedback_only_passes_through_draws_no_pictures() -> None:
    it = studio()
    events = await it.run(brief=brief(feedback=True))
    while (asked := cast("ReviewRequested", events[-1])).phase is not Phase.LETTERING:
        events = await it.run(answer={"action": "approve"}, interrupt_id=asked.interrupt_id)
    edit = {"change_type": "text_edit", "element_id": "c01", "change_data": {"name": "コン"}}
    events = await it.run(answer={"action": "edit", "edits": [edit]}, interrupt_id=asked.interrupt_id)
    asked = cast("ReviewRequested", events[-1])
    assert asked.phase is Phase.CHARACTERS
    events = await it.run(answer={"action": "approve"}, interrupt_id=asked.interrupt_id)
    assert cast("ReviewRequested", events[-1]).phase is Phase.LETTERING
    drawn = {phase: bool(await images_of(it, phase)) for phase in PHASES[1:6]}
    assert drawn == {
        Phase.CHARACTERS: True,
        Phase.PLOT: False,
        Phase.STORYBOARD: False,
        Phase.ARTWORK: False,
        Phase.LETTERING: True,
    }


async def test_a_preview_draws_only_the_pages_that_have_changed() -> None:
    it, drawing = studio(), Counting()
    old = works.state()
    first = await render_preview(old, Phase.STORYBOARD, 1, corner(it), drawing)
    assert (len(first), drawing.calls) == (works.PAGES, works.PAGES)
    new = works.edited(old, works.sent("p02.k1.b1", text="ほかの言葉"))
    second = await render_preview(new, Phase.STORYBOARD, 1, corner(it), drawing)
    assert drawing.calls == works.PAGES + 1
    assert [a.blob == b.blob for a, b in zip(first, second, strict=True)] == [True, False, True, True]


async def test_the_same_state_gives_the_same_bytes_in_any_work() -> None:
    state = works.state()
    for phase in (Phase.CONCEPT, Phase.CHARACTERS, Phase.PLOT, Phase.STORYBOARD):
        first, second = [await render_preview(state, phase, 1, corner(studio()), InlineOffload()) for _ in range(2)]
        assert first == second
        assert first


async def test_a_phase_that_is_not_made_yet_has_no_pictures() -> None:
    state = cast("State", {"brief": brief().to_json()})
    assert await render_preview(state, Phase.ARTWORK, 1, corner(studio()), InlineOffload()) == ()


async def test_the_level_is_written_into_every_version() -> None:
    it = await reviewed(level=3)
    assert {finished.quality_level for finished in it.ledger.versions.values()} == {3}


async def test_no_digest_and_no_result_depends_on_previews() -> None:
    plain, fine = await reviewed(level=1), await reviewed(level=5)
    one, other = await plain.values(), await fine.values()
    assert one["previews"] != other["previews"]
    assert one["digests"] == other["digests"]
    assert one["finishing"] == other["finishing"]
