"""The sheets that a panel is drawn after, and what a work knows of them."""

from typing import cast

import pytest

from agents.artwork import Drawn, panel_briefs
from calls.reference_pictures import pictures_of_things, sheets_for, without
from drawing.raster.decode_picture import decoded
from editing.previews.images import render_preview
from editing.previews.structure_json import preview_of
from editing.sheet_status import gone_without, missing_sheets, sheet_warnings
from editing.state_as_json import Json
from editing.work_blobs import blobs_of
from graph.build import STEPS
from graph.events import ReviewRequested
from graph.state import State
from manga.brief import Brief, Settings
from manga.characters import Cast, Kind, Look, OtherShape
from manga.phases import Phase
from manga.storyboard import FigureDirection, Shape, Storyboard
from manga.thing_shapes import ThingShape
from providers.process_pool import InlineOffload
from tests.graph.crew import MemoryBlobs, picture_of, studio
from tests.graph.told import CAST, CONCEPT, answers, brief, storyboard_of
from tests.sheet_images import SheetImages

pytestmark = pytest.mark.anyio
PANEL = panel_briefs(storyboard_of(1), CAST, CONCEPT, Settings())[0]


async def test_an_image_model_gets_as_many_sheets_as_it_takes_the_first_of_all_before_anybodys_second() -> None:
    blobs = MemoryBlobs({name: name.encode() for name in ("a1", "a2", "a3", "b1", "b2", "c1")})
    third = CAST.characters[0].model_copy(update={"key": "c03"})
    people = [
        person.model_copy(update={"reference_images": tuple(names.split())})
        for person, names in zip((*CAST.characters, third), ("a1 a2 a3", "b1 b2", "c1"), strict=True)
    ]
    panel = PANEL.model_copy(update={"cast": tuple(people)})

    async def given(most: int) -> list[bytes]:
        return [sheet.data for sheet in (await sheets_for(panel, blobs, most)).found]

    assert await given(0) == []
    assert await given(2) == [b"a1", b"b1"]
    assert await given(4) == [b"a1", b"b1", b"c1", b"a2"]
    assert await given(9) == [b"a1", b"b1", b"c1", b"a2", b"b2"]


async def test_things_of_the_works_own_are_drawn_after_their_pictures_in_the_places_that_people_leave() -> None:
    marks = ({"surface": "dark", "path": "M 0 0 L 100 0 L 50 100 Z"},)
    words = (("t01", "loom"), ("t02", "churn"))
    things = tuple(ThingShape.of({"key": key, "word": word, "cm": 30, "marks": marks}) for key, word in words)
    panel = PANEL.model_copy(update={"things": things})

    async def given(most: int) -> list[str]:
        return [sheet.thing for sheet in await pictures_of_things(panel, InlineOffload(), most)]

    assert (await given(-1), await given(1), await given(9)) == ([], ["loom"], ["loom", "churn"])
    (sheet, _) = await pictures_of_things(panel, InlineOffload(), 9)
    width, height = decoded(sheet.data).width, decoded(sheet.data).height
    assert (sheet.media_type, width == height > 100) == ("image/png", True)


async def test_a_jpeg_is_told_as_one() -> None:
    blobs = MemoryBlobs({"a": b"\xff\xd8\xff\xe0..", "b": b"\x89PNG.."})
    people = [
        person.model_copy(update={"reference_images": (name,)})
        for person, name in zip(CAST.characters, "ab", strict=True)
    ]
    found = (await sheets_for(PANEL.model_copy(update={"cast": tuple(people)}), blobs, 4)).found
    assert [sheet.media_type for sheet in found] == ["image/jpeg", "image/png"]


async def test_a_sheet_that_is_gone_is_left_out_and_told_of_a_picture_but_not_of_a_placeholder() -> None:
    person = CAST.characters[0].model_copy(update={"reference_images": ("gone",)})
    sheets = await sheets_for(PANEL.model_copy(update={"cast": (person,)}), MemoryBlobs(), 4)
    assert (sheets.found, sheets.lost) == ((), (person,))
    assert without(sheets.lost, Drawn(picture_of(PANEL), 0, 1)).picture.missing == ("the character sheet of ごん",)
    assert without(sheets.lost, Drawn(picture_of(PANEL), 2, 1)).picture.missing == ()
    assert without((), Drawn(picture_of(PANEL), 0, 1)).picture.missing == ()


def _with_sheets(most: int | None) -> State:
    made = {"model": "m", "reason": "no"}
    state: Json = {
        "brief": Brief(text="x", settings=Settings(max_images=most)).to_json(),
        "sheets": {"c01": {"digest": "d", "blob": "x", "made": made}, "c02": {"digest": "d", "made": made}},
        **{phase: answer.to_json() for phase, answer in answers().items()},
    }
    return cast("State", state)


@pytest.mark.parametrize(("most", "left"), [(None, None), (20, 18), (1, 0)])
def test_where_pictures_are_counted_panels_get_those_that_sheets_leave(most: int | None, left: int | None) -> None:
    for phase in (Phase.PLOT, Phase.STORYBOARD):
        assert STEPS[phase].reads(_with_sheets(most))["settings"]["max_images"] == left


def test_whoever_is_accepted_is_told_in_the_book_but_not_asked_about() -> None:
    state = _with_sheets(None)
    assert [one["character"] for one in missing_sheets(state)] == ["c02"]
    after: State = {**state, "sheets": {**state["sheets"], **gone_without(state)["sheets"]}}
    assert missing_sheets(after) == []
    assert len(sheet_warnings(after)) == 1


async def test_a_sheet_that_is_gone_from_the_store_costs_no_picture() -> None:
    images = SheetImages()
    it = studio(panels=2, images=images)
    *_, review = await it.run(brief=brief(feedback=True))
    while isinstance(review, ReviewRequested) and review.phase is not Phase.ARTWORK:
        cast_ = (await it.values()).get("characters") or {"characters": []}
        for name in (name for person in cast_["characters"][1:] for name in person["reference_images"]):
            await it.blobs.delete(f"local/{it.work}/{name}")
        *_, review = await it.run(answer={"action": "approve"}, interrupt_id=review.interrupt_id)
    seen = {panel: [who for who, _ in after] for panel, after in images.after.items()}
    assert seen == {
        "b0000": ["c01"],
        "b0001": [],
    }
    made = {key: art["made"] for key, art in (await it.values())["artwork"].items()}
    assert made["b0001"]["missing"] == ["the character sheet of 兵十"]
    assert made["b0000"]["missing"] == []


async def test_the_preview_of_the_cast_shows_the_sheets_that_there_are() -> None:
    it = studio(panels=1, images=SheetImages())
    await it.run(brief=brief())
    state = cast("State", await it.values())
    blobs = blobs_of(it.blobs, "local", it.work)
    names = [name for person in state["characters"]["characters"] for name in person["reference_images"]]
    shown = preview_of(Phase.CHARACTERS, state["characters"])
    assert [sheet["picture"] for sheet in shown["sheets"]] == names

    async def drawn() -> bytes:
        (image,) = await render_preview(state, Phase.CHARACTERS, 1, blobs, InlineOffload())
        await blobs.delete_prefix("previews")
        return await blobs.get(image.blob)

    whole = await drawn()
    await blobs.delete(names[0])
    without_one = await drawn()
    await blobs.delete(names[1])
    assert len({whole, without_one, await drawn()}) == 3


async def test_a_being_in_two_shapes_has_a_sheet_of_each_and_is_drawn_after_that_of_the_one_that_is_there() -> None:
    images = SheetImages()
    it = studio(panels=2, images=images)
    given = it.text.given["characters"]
    assert isinstance(given, Cast)
    first, *rest = given.characters
    fox = OtherShape(look=Look(kind=Kind.FOX), description="a white fox")
    it.text.given["characters"] = Cast(characters=(first.model_copy(update={"other": fox}), *rest))
    board = it.text.given["storyboard"]
    assert isinstance(board, Storyboard)
    it.text.given["storyboard"] = _with_shapes(board, first.key, ("first", "other"))
    await it.run(brief=brief())
    state = await it.values()
    told = state["characters"]["characters"][0]
    assert set(state["sheets"]) == {"c01", "c01+other", "c02"}
    (one,), (other,) = told["reference_images"], told["other"]["reference_images"]
    assert one != other
    drawn = [{data for who, data in sheets if who == "c01"} for _, sheets in sorted(images.after.items())]
    assert [b"a white fox" in data for found in drawn for data in found] == [False, True]


def _with_shapes(board: Storyboard, who: str, shapes: tuple[Shape, ...]) -> Storyboard:
    """Each panel shows somebody, in one of the shapes."""
    (page,) = board.pages
    panels = tuple(
        panel.model_copy(
            update={
                "direction": panel.direction.model_copy(
                    update={"figures": (FigureDirection(character=who, shape=shape),)}
                )
            }
        )
        for panel, shape in zip(page.panels, shapes, strict=True)
    )
    return board.model_copy(update={"pages": (page.model_copy(update={"panels": panels}),)})


async def test_the_other_shapes_missing_sheet_is_told_like_any_other() -> None:
    state = _with_sheets(None)
    person = state["characters"]["characters"][0]
    person["other"] = OtherShape(look=Look(), description="a fox").to_json()
    state["sheets"]["c01+other"] = {"digest": "d", "made": {"model": "m", "reason": "No fox."}}
    assert ("c01+other", "No fox.") in [(one["character"], one["reason"]) for one in missing_sheets(state)]
