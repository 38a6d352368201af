"""The pictures that a panel is drawn after: which, in what order, and who waits for whom."""

import asyncio
import io
from dataclasses import replace

import pytest
from PIL import Image

from agents.artwork import panel_briefs
from calls.reference_pictures import AwaitedPictures, FoundSheets, ReferenceShelf
from drawing.raster.ink_and_tone import inked
from drawing.raster.reference_picture import reference_jpeg
from drawing.raster.toned_panel import toned_png
from editing.state_as_json import Json
from editing.work_blobs import WorkBlobs
from graph.build import build_graph
from graph.events import Completed, ReviewRequested
from manga.artwork import Made, PanelArt
from manga.brief import Settings
from manga.errors import ContentBlocked, NotFound
from manga.panel_brief import PanelBrief
from manga.phases import Phase
from manga.picture_references import NamedPerson, PictureReferences, PlacePicture
from manga.storyboard import FigureDirection, Shot, Storyboard
from manga.thing_shapes import ThingShape
from providers.google.images import GoogleImages
from providers.process_pool import InlineOffload
from tests.gemini.server import Gemini, gemini
from tests.graph.crew import CREW, MemoryBlobs, Studio, studio
from tests.graph.told import CAST, CONCEPT, brief, storyboard_of
from tests.providers.google.image_models import OpenImages, cards, open_images, painter

__all__ = ["cards", "gemini", "open_images", "painter"]
pytestmark = pytest.mark.anyio
MARKS = ({"surface": "dark", "path": "M 0 0 L 100 0 L 50 100 Z"},)
LOOM = ThingShape.of({"key": "t01", "word": "loom", "cm": 30, "marks": MARKS})


def picture(grey: int = 200, size: tuple[int, int] = (64, 80)) -> bytes:
    out = io.BytesIO()
    Image.new("L", size, grey).save(out, "PNG")
    return out.getvalue()


def shelf(*names: str, remembered: dict[str, PanelArt] | None = None) -> ReferenceShelf:
    blobs = MemoryBlobs({f"t/w/{name}": picture(40 * number) for number, name in enumerate(names)})

    async def recall(digest: str) -> PanelArt | None:
        return (remembered or {}).get(digest)

    return ReferenceShelf(WorkBlobs(blobs, "t/w"), InlineOffload(), AwaitedPictures(), recall)


def panel() -> PanelBrief:
    """Somebody behind, somebody in front with two sheets, and a thing."""
    (first,) = panel_briefs(storyboard_of(1), CAST, CONCEPT, Settings())
    behind, front = (
        FigureDirection(character=key, depth=depth) for key, depth in (("c01", "background"), ("c02", "foreground"))
    )
    people = [
        person.model_copy(update={"reference_images": images})
        for person, images in zip(CAST.characters, (("a1",), ("b1", "b2")), strict=True)
    ]
    direction = first.direction.model_copy(update={"figures": (behind, front)})
    return first.model_copy(update={"direction": direction, "cast": tuple(people), "things": (LOOM,)})


AFTER = PictureReferences(
    named=(NamedPerson(key="c09", name="加助", reference_images=("n1",)),),
    place=PlacePicture(panel="b0009", words="the mill", blob="p1"),
)


async def test_people_in_front_come_first_then_those_spoken_of_the_place_things_and_second_sheets() -> None:
    there = shelf("a1", "b1", "b2", "n1", "p1")

    async def told(most: int) -> list[str]:
        found = (await there.of(panel(), AFTER, most)).found
        return [one.place or one.thing or one.named or one.character for one in found]

    everything = ["c02", "c01", "加助", "the mill", "loom", "c02"]
    assert [await told(most) for most in range(8)] == [everything[:most] for most in range(7)] + [everything]


async def test_our_rough_goes_first_where_it_is_wanted_and_shows_several_people() -> None:
    drawing = replace(shelf("a1", "b1", "b2", "n1", "p1"), roughs=True)
    found = (await drawing.of(panel(), AFTER, 3)).found
    assert [one.rough for one in found] == [True, False, False]
    alone = panel().model_copy(update={"direction": panel().direction.model_copy(update={"figures": ()})})
    assert not any(one.rough for one in (await drawing.of(alone, AFTER, 14)).found)


async def test_what_is_gone_from_the_store_costs_no_picture() -> None:
    found = await shelf("a1").of(panel(), AFTER, 14)
    assert [one.character or one.thing for one in found.found] == ["c01", "loom"]
    assert [one.key for one in found.lost] == ["c02", "c02"]


async def test_a_place_that_is_being_drawn_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("calls.reference_pictures.BEGUN_WITHIN_S", 0.05)
    awaited = AwaitedPictures()
    waiting = asyncio.create_task(awaited.picture_of("b0009"))
    with awaited.drawing("b0009") as drawing:
        await asyncio.sleep(0.1)
        assert not waiting.done()
        drawing.art = "its picture"  # type: ignore[assignment]
    assert await waiting == "its picture"
    with pytest.raises(ContentBlocked), awaited.drawing("b0009"):
        raise ContentBlocked
    assert await awaited.picture_of("b0009") is None
    assert await awaited.picture_of("nobody draws it") is None


async def test_a_place_drawn_before_the_work_was_taken_up_again_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("calls.reference_pictures.BEGUN_WITHIN_S", 0.01)
    made = Made(model="a model")
    art = PanelArt(panel="b0009", blob="p1", media_type="image/png", width=64, height=80, made=made)
    after = PictureReferences(place=PlacePicture(panel="b0009", words="the mill", digest="d9"))

    async def found(there: ReferenceShelf) -> list[str]:
        return [one.place for one in (await there.of(panel(), after, 9)).found if one.place]

    assert await found(shelf("p1", remembered={"d9": art})) == ["the mill"]
    assert await found(shelf("p1")) == []


async def test_a_place_is_made_small_once_and_again_after_it_could_not_be() -> None:
    awaited, calls = AwaitedPictures(), list[str]()

    async def make() -> bytes:
        calls.append("made")
        await asyncio.sleep(0)
        if len(calls) == 1:
            raise NotFound
        return b"small"

    with awaited.drawing("b0001"), awaited.drawing("b0002"):
        failed = await asyncio.gather(*(awaited.made_small("p1", make) for _ in range(2)), return_exceptions=True)
        assert [type(one) for one in failed] == [NotFound, NotFound]
        impatient, patient = (asyncio.create_task(awaited.made_small("p1", make)) for _ in range(2))
        await asyncio.sleep(0)
        impatient.cancel()
        assert await patient == b"small"
        assert calls == ["made", "made"]
    assert await awaited.made_small("p1", make) == b"small"
    assert calls == ["made", "made", "made"], "held only while panels are drawn"


def test_a_panel_goes_along_in_even_greys_and_small() -> None:
    import numpy as np

    grey = np.full((1600, 1200), 150, np.uint8)
    data = toned_png(Image.fromarray(inked(grey, 80.0)))
    with Image.open(io.BytesIO(reference_jpeg(data))) as image:
        assert (image.size, image.mode) == ((768, 1024), "L")
        low, high = image.getextrema()
        assert high - low < 4
        assert 100 < low < 230


def _with(images: GoogleImages, board: Storyboard) -> Studio:
    it = studio(panels=4)
    it.text.given["storyboard"] = board
    services = replace(it.services, images=images)
    return replace(it, services=services, graph=build_graph(services, it.saver, steps=CREW))


def _board(*scenes: str) -> Storyboard:
    """The first panel of each scene is a long view."""
    page = storyboard_of(len(scenes)).pages[0]
    panels = [
        one.model_copy(
            update={
                "scene": scene,
                "direction": one.direction.model_copy(
                    update={"shot": Shot.LONG if scene not in scenes[:number] else Shot.MEDIUM}
                ),
            }
        )
        for number, (one, scene) in enumerate(zip(page.panels, scenes, strict=True))
    ]
    return Storyboard(pages=(page.model_copy(update={"panels": tuple(panels)}),))


def _pictures(gemini: Gemini, it_state: Json) -> dict[str, list[tuple[str, ...]]]:
    """Of each panel what it was drawn after beside the sheets: what calls say of it."""
    sheets = {name for person in it_state["characters"]["characters"] for name in person["reference_images"]}
    found: dict[str, list[tuple[str, ...]]] = {}
    for call in gemini.calls:
        if call.prompt_id == "artwork":
            place = next(f"panel {n}" for n in range(9) if f"panel {n}" in call.words)
            found.setdefault(place, []).append(tuple(name for name in call.pictures if name not in sheets))
    return found


async def test_the_first_picture_of_a_scene_goes_along_with_the_others_of_it_alone(
    cards: Gemini, open_images: OpenImages
) -> None:
    it = _with(open_images(), _board("s01", "s01", "s02", "s02"))
    assert isinstance((await it.run(brief=brief()))[-1], Completed)
    found = _pictures(cards, await it.values())
    assert found["panel 0"] == found["panel 2"] == [()]
    (first,), (second,) = found["panel 1"], found["panel 3"]
    assert len(first) == len(second) == 1
    assert first != second


async def test_a_panel_that_is_drawn_again_pays_for_one_picture_and_is_drawn_after_what_hangs(
    cards: Gemini, open_images: OpenImages
) -> None:
    it = _with(open_images(), _board("s01", "s01", "s01", "s01"))
    *_, review = await it.run(brief=brief(feedback=True))
    while isinstance(review, ReviewRequested) and review.phase is not Phase.ARTWORK:
        *_, review = await it.run(answer={"action": "approve"}, interrupt_id=review.interrupt_id)
    assert isinstance(review, ReviewRequested)
    assert it.count("images") == 6
    take = {"change_type": "selection", "element_id": "p01.k1", "change_data": {"take": 1}}
    edits = [take | {"base_version": review.version_id}]
    await it.run(answer={"action": "edit", "edits": edits, "undo": []}, interrupt_id=review.interrupt_id)
    assert it.count("images") == 7
    again = _pictures(cards, await it.values())["panel 0"]
    assert [len(one) for one in again] == [0, 1]


async def test_who_waits_for_a_picture_that_is_refused_is_drawn_without_it(
    cards: Gemini, open_images: OpenImages
) -> None:
    cards.fail("image_safety", times=4, prompt="artwork")
    cards.fail("image_safety", times=1, prompt="artwork_simplified")
    it = _with(open_images(), _board("s01", "s01", "s01", "s01"))
    it.options = replace(it.options, images_at_once=1)
    assert isinstance((await it.run(brief=brief()))[-1], Completed)


async def test_a_work_that_died_after_its_place_was_drawn_draws_the_others_after_it(
    cards: Gemini, open_images: OpenImages, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The finished panel's task is not run again: nobody in the new process draws what the others wait for."""
    monkeypatch.setattr("calls.reference_pictures.BEGUN_WITHIN_S", 0.05)
    it = _with(open_images(), _board("s01", "s01", "s01", "s01"))
    whole, dies = ReferenceShelf.of, True

    async def of(there: ReferenceShelf, told: PanelBrief, after: PictureReferences, most: int) -> FoundSheets:
        found = await whole(there, told, after, most)
        if dies and after.place is not None:
            raise OSError("the machine is switched off")
        return found

    monkeypatch.setattr(ReferenceShelf, "of", of)
    with pytest.raises(OSError, match="switched off"):
        await it.run(brief=brief())
    dies = False
    assert isinstance((await it.run())[-1], Completed)
    assert it.count("images") == 6  # two are sheets
    found = _pictures(cards, await it.values())
    assert [[len(one) for one in found[f"panel {n}"]] for n in range(4)] == [[0], [1], [1], [1]]
