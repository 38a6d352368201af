"""A picture is looked at once; a fault leads to one more picture, and what stays is told."""

import io
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from PIL import Image, ImageDraw

from agents.artwork import DrawingTerms, draw
from agents.picture_proof import PROMPT, Prover
from editing.list_losses import lost_of_pictures
from manga.errors import ContentBlocked, CostLimitReached, MangaError
from manga.panel_brief import PanelBrief
from manga.picture_proof import PictureFault, PictureFaultKind, PictureProof
from providers.base import AMPLE, Ask, Picture, Room, Sheet
from tests.drawing.raster.pictures import encoded
from tests.drawing.raster.test_find_letters import balloon
from tests.graph.crew import MemoryBlobs, StillClock
from tests.graph.told import storyboard_of
from tests.image_models import UnpaidImages
from tests.providers.google.image_models import brief
from tests.remembering import INLINE

pytestmark = pytest.mark.anyio
HAND = PictureFault(kind=PictureFaultKind.BODY, what="Gon's left hand has six fingers")
SIGN = PictureFault(kind=PictureFaultKind.LETTERS, what="the sign bears letters")


def drawn(number: int) -> bytes:
    image = Image.new("L", (640, 480), 255)
    ImageDraw.Draw(image).rectangle((20 * number, 20, 20 * number + 200, 300), outline=0, width=5)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@dataclass
class Painter(UnpaidImages):
    """Draws another picture each time; `fails` stands for the one that is to be better."""

    name: str = "painter/1"
    asked: list[PanelBrief] = field(default_factory=list)
    fails: MangaError | None = None
    picture: Callable[[int], bytes] = drawn

    async def draw(self, brief: PanelBrief, sheets: Sequence[Sheet] = (), *, simplified: bool = False) -> Picture:
        self.asked.append(brief)
        if len(self.asked) > 1 and self.fails:
            raise self.fails
        return Picture(
            self.picture(len(self.asked)), "image/png", 60, 45, model="painter/1.1", cost_usd=0.03, told_faces=()
        )


@dataclass
class Editor:
    """Finds what it is told to, picture after picture."""

    found: list[tuple[PictureFault, ...] | MangaError]
    name: str = "editor/1"
    asked: list[Ask[Any]] = field(default_factory=list)

    def answers(self, prompt_id: str) -> bool:
        return prompt_id == PROMPT

    def room(self, prompt_id: str) -> Room | None:
        return AMPLE

    async def answer(self, ask: Ask[Any]) -> Any:
        self.asked.append(ask)
        one = self.found[len(self.asked) - 1]
        if isinstance(one, MangaError):
            raise one
        return PictureProof(faults=one)


def terms(images: Painter, editor: Editor, **more: Any) -> DrawingTerms:
    prover = Prover(editor, INLINE, MemoryBlobs())
    told: dict[str, Any] = {"prover": prover, "may_redraw": lambda: True, **more}
    return DrawingTerms(images, INLINE, nullcontext(), StillClock(), 20.0, **told)


async def test_a_picture_without_a_fault_is_drawn_and_looked_at_once_with_the_scene_beside_it() -> None:
    images, editor = Painter(), Editor([()])
    picture = (await draw(brief(), terms(images, editor))).picture
    assert (len(images.asked), picture.faults, picture.cost_usd) == (1, (), 0.03)
    (ask,) = editor.asked
    assert [one["name"] for one in ask.inputs["cast"]] == ["ごん", "兵十"]
    with Image.open(io.BytesIO(ask.pictures[0].data)) as seen:
        assert (seen.format, max(seen.size) <= 1024) == ("JPEG", True)


async def test_a_fault_is_named_to_the_artist_once_and_the_better_picture_stays() -> None:
    images, editor = Painter(), Editor([(HAND,), ()])
    found = await draw(brief(), terms(images, editor))
    assert found.picture.faults == ()
    assert (found.attempts, round(found.picture.cost_usd, 2)) == (2, 0.06)
    first, second = images.asked
    assert (first.avoid, second.avoid) == ((), ("body: Gon's left hand has six fingers",))
    assert first.seed != second.seed


@pytest.mark.parametrize(("again", "stays"), [((HAND, SIGN), 1), ((HAND,), 1), ((SIGN, HAND), 1)])
async def test_what_stays_after_one_more_picture_is_told_and_nobody_draws_a_third(
    again: tuple[PictureFault, ...], stays: int
) -> None:
    images, editor = Painter(), Editor([(HAND,), again])
    found = await draw(brief(), terms(images, editor))
    assert (len(images.asked), len(found.picture.faults)) == (2, stays)


@pytest.mark.parametrize("error", [CostLimitReached("no"), ContentBlocked()])
async def test_where_no_better_picture_can_be_had_the_first_one_stays_with_its_fault(error: MangaError) -> None:
    found = await draw(brief(), terms(Painter(fails=error), Editor([(HAND,)])))
    assert (found.level, found.picture.faults) == (0, ("body: Gon's left hand has six fingers",))


async def test_panels_within_a_picture_are_found_without_a_model_and_lead_to_one_more_picture() -> None:
    def framed(number: int) -> bytes:
        if number > 1:
            return drawn(number)
        image = Image.new("L", (640, 480), 255)
        for left, right in ((8, 300), (324, 632)):
            ImageDraw.Draw(image).rectangle((left, 8, right, 472), outline=0, width=4)
        out = io.BytesIO()
        image.save(out, "PNG")
        return out.getvalue()

    images = Painter(picture=framed)
    found = await draw(brief(), terms(images, Editor([]), prover=None))
    assert (len(images.asked), found.picture.faults) == (2, ())
    assert images.asked[1].avoid[0].startswith("frames: ")
    poor = await draw(brief(), terms(Painter(picture=framed), Editor([]), prover=None, may_redraw=lambda: False))
    assert poor.picture.faults[0].startswith("frames: ")


async def test_letters_that_a_model_drew_are_named_to_it_and_what_stays_is_painted_out_and_told() -> None:
    def written(number: int) -> bytes:
        return drawn(number) if number > 1 else encoded(balloon())

    images = Painter(picture=written)
    found = await draw(brief(), terms(images, Editor([]), prover=None, lettered=True))
    assert (len(images.asked), found.picture.faults) == (2, ())
    fault = "letters: “LOOK OUT” is written in it (painted out since)"
    assert images.asked[1].avoid == (fault,)
    poor = Painter(picture=written)
    kept = await draw(brief(), terms(poor, Editor([]), prover=None, lettered=True, may_redraw=lambda: False))
    assert (len(poor.asked), kept.picture.faults) == (1, (fault,))


async def test_without_money_for_another_picture_none_is_asked_for() -> None:
    images = Painter()
    found = await draw(brief(), terms(images, Editor([(HAND,)]), may_redraw=lambda: False))
    assert (len(images.asked), len(found.picture.faults)) == (1, 1)


async def test_an_editor_who_does_not_answer_costs_no_picture() -> None:
    found = await draw(brief(), terms(Painter(), Editor([ContentBlocked()])))
    assert (found.level, found.picture.faults) == (0, ())


async def test_the_same_picture_is_looked_at_once_whatever_dies_in_between() -> None:
    editor = Editor([(HAND,)])
    prover = Prover(editor, INLINE, MemoryBlobs())
    picture = Picture(drawn(1), "image/png", 60, 45)
    told = [await prover.faults_of(picture, brief()) for _ in range(2)]
    assert told[0] == told[1] == ("body: Gon's left hand has six fingers",)
    assert len(editor.asked) == 1


async def test_what_stays_is_listed_at_the_review_of_the_pictures() -> None:
    from calls.panel_pictures import make_panel_art

    panel = brief().model_copy(update={"panel": "b0000"})
    found = await draw(panel, terms(Painter(), Editor([(HAND,), (HAND,)])))
    art = make_panel_art(panel, "digest", found, "blob", 1.0)
    (loss,) = lost_of_pictures(storyboard_of(1), {"b0000": art})
    assert (loss.kind.value, loss.element, loss.said) == ("flawed", "b0000", "Gon's left hand has six fingers")
    unlooked = replace(found, picture=replace(found.picture, faults=()))
    assert "faults" not in str(make_panel_art(panel, "digest", unlooked, "blob", 1.0).to_json())
