"""A preview a phase: what can be pointed at, and what a person needs to judge."""

import pytest

from graph.previews import preview_of
from manga.phases import PHASES, Phase
from tests.graph.crew import studio
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
