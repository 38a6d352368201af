"""A preview a phase: what can be pointed at, and what a person needs to judge."""

import pytest

from graph.edits.registry import REGISTRY
from graph.edits.standing import standings
from graph.previews.structure import preview_of
from graph.results import book_of, result_json
from manga.phases import PHASES, Phase
from tests.graph.crew import studio
from tests.graph.edits import works
from tests.graph.told import PANELS, answers, brief

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
