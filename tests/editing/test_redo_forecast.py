"""What a plan says it will redo is never less than what is redone."""

from typing import Any

import pytest

from editing.redo_forecast import foreseen
from editing.state_as_json import Json
from tests.graph.crew import studio
from tests.graph.told import PANELS, brief
from tests.sheet_images import SheetImages

pytestmark = pytest.mark.anyio


def item(phase: str, *scope: str, edit: Json | None = None) -> Json:
    return {"phase": phase, "instruction": "x", "scope": list(scope), "edit": edit}


def edit(**data: object) -> Json:
    return {"change_type": "text_edit", "phase": "storyboard", "element_key": "l0001.1", "change_data": data}


@pytest.mark.parametrize(
    ("items", "images", "pages"),
    [
        ([item("concept")], PANELS, 1),
        ([item("characters", "c01")], 3, 1),
        ([item("storyboard", "b0002")], 1, 1),
        ([item("artwork", "b0002"), item("artwork", "b0003")], 2, 1),
        ([item("storyboard", "l0001.1", edit=edit(text="Wait!"))], 0, 1),
        ([item("plot", "b0002", edit=edit(changes=[{"who": "c01", "aspect": "wet", "to": "yes"}]))], 2, 1),
        ([item("lettering", "l0001.1")], 0, 1),
        ([item("finishing")], 0, 0),
        ([], 0, 0),
    ],
)
async def test_pictures_and_pages_are_counted_by_what_the_scope_reaches(
    items: list[Json], images: int, pages: int
) -> None:
    it = studio()
    await it.run(brief=brief())
    found = foreseen(await it.values(), items)  # type: ignore[arg-type]
    assert (found["images"], found["pages"]) == (images, pages)


async def test_phases_from_the_earliest_one_on_are_entered_again() -> None:
    it = studio()
    await it.run(brief=brief())
    found = foreseen(await it.values(), [item("finishing"), item("artwork")])  # type: ignore[arg-type]
    assert found["phases"] == ["artwork", "lettering", "finishing"]


@pytest.mark.parametrize(
    ("items", "images"),
    [
        ([item("concept")], PANELS + 2),
        ([item("characters", "c01")], 3 + 1),
        ([item("characters", "c01"), item("characters", "c02")], PANELS + 2),
        ([item("characters")], PANELS + 2),
        ([item("plot", "b0002")], 1),
    ],
)
async def test_character_sheets_are_pictures_too(items: list[Json], images: int) -> None:
    it = studio(images=SheetImages())
    await it.run(brief=brief())
    assert foreseen(await it.values(), items)["images"] == images  # type: ignore[arg-type]


async def test_a_thing_concerns_the_panels_that_show_it_and_else_none() -> None:
    it = studio()
    await it.run(brief=brief())
    state: Any = await it.values()
    state["plot"]["things"] = [
        {"key": "t01", "word": "astrolabe", "cm": 9, "marks": [{"path": "O 50 50 50 50"}]},
        {"key": "t02", "word": "dulcitone", "cm": 9, "marks": [{"path": "O 50 50 50 50"}]},
    ]
    state["storyboard"]["pages"][0]["panels"][2]["direction"]["props"] = ["an old astrolabe"]
    found = [foreseen(state, [item("plot", key)]) for key in ("t01", "t02")]
    assert [(one["images"], one["pages"]) for one in found] == [(1, 1), (0, 0)]
