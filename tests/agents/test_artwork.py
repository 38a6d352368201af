"""Phase 5's agent: what a picture depends on, and how one is got although a provider may fail."""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import ParamSpec, TypeVar

import pytest

from agents.artwork import DrawingTerms, draw, panel_briefs, placeholder, simplified
from drawing.ink.drawing_calls import Drawing
from manga.brief import Settings
from manga.errors import (
    AnswerInvalid,
    ContentBlocked,
    DiskFull,
    Fenced,
    MangaError,
    ProviderBusy,
    ProviderFault,
    ProviderRefused,
    ProviderTimeout,
    QuotaExhausted,
    RateLimited,
    TimeUsedUp,
)
from manga.panel_brief import PanelBrief
from manga.storyboard import Storyboard
from providers.base import Picture, Sheet
from providers.process_pool import InlineOffload
from tests.drawing.raster.pictures import encoded, paper
from tests.graph.crew import StillClock, picture_of
from tests.graph.told import CAST, CONCEPT, storyboard_of
from tests.image_models import UnpaidImages
from tests.remembering import INLINE

pytestmark = pytest.mark.anyio
P = ParamSpec("P")
R = TypeVar("R")
BRIEFS = panel_briefs(storyboard_of(4), CAST, CONCEPT, Settings(seed=7))

SHEETS = tuple(Sheet(person.key, b"a picture", "image/png") for person in CAST.characters)


@dataclass
class Fails(UnpaidImages):
    """An image model that raises the errors it is given, one a call, then draws."""

    errors: list[Exception]
    seen: list[PanelBrief] = field(default_factory=list)
    asked: list[tuple[tuple[str, ...], bool]] = field(default_factory=list)
    """Whose sheets a call had, and whether it was to be simple."""
    name: str = "fails/1"

    async def draw(self, brief: PanelBrief, sheets: Sequence[Sheet] = (), *, simplified: bool = False) -> Picture:
        self.seen.append(brief)
        self.asked.append((tuple(sheet.character for sheet in sheets), simplified))
        if self.errors:
            raise self.errors.pop(0)
        return picture_of(brief)


def _terms(images: Fails, clock: StillClock | None = None, gate: asyncio.Semaphore | None = None) -> DrawingTerms:
    return DrawingTerms(images, INLINE, gate or asyncio.Semaphore(1), clock or StillClock(), 5.0)


def test_a_brief_holds_the_panels_own_frame_and_those_who_are_seen() -> None:
    first, second = BRIEFS[0], BRIEFS[1]
    assert first.width_mm == 50.0
    assert first.height_mm == 18.0
    assert list(second.outline) == [(0, 0), (50, 0), (50, 18), (0, 18)]
    assert [person.key for person in first.cast] == ["c01"]
    assert [person.key for person in second.cast] == ["c02"]
    assert second.speakers == ("c01",)
    assert first.seed == 7


def test_the_place_of_a_panel_on_its_page_and_its_words_do_not_change_its_picture() -> None:
    book = storyboard_of(1).to_json()
    page = book["pages"][0]  # type: ignore[index]
    page["panels"][0]["dialogue"]["parts"][0]["text"] = "other words"
    page["layout"]["frames"][0]["polygon"] = [[x + 40, y + 90] for x, y in page["layout"]["frames"][0]["polygon"]]
    assert panel_briefs(Storyboard.of(book), CAST, CONCEPT, Settings(seed=7))[0] == BRIEFS[0]


def test_the_look_of_somebody_who_is_not_seen_does_not_change_a_picture() -> None:
    other = CAST.characters[1].model_copy(update={"description": "a man with a long beard"})
    cast = CAST.model_copy(update={"characters": (CAST.characters[0], other)})
    changed = panel_briefs(storyboard_of(4), cast, CONCEPT, Settings(seed=7))
    assert [old == new for old, new in zip(BRIEFS, changed, strict=True)] == [True, False, True, False]


def test_only_what_draws_past_the_border_is_told_of_room_beyond_the_border_and_of_the_fold() -> None:
    spread = storyboard_of(1)
    page = spread.pages[0].model_copy(update={"spread": "first"})
    spread = Storyboard(pages=(page,))
    (free,) = panel_briefs(spread, CAST, CONCEPT, Settings(seed=7))
    (pixels,) = panel_briefs(spread, CAST, CONCEPT, Settings(seed=7), past_border=False)
    assert free.fold is not None
    assert (pixels.fold, pixels.room) == (None, None)
    assert "fold" not in pixels.to_json()
    assert "room" not in pixels.to_json()


def test_a_take_is_part_of_the_brief() -> None:
    again = panel_briefs(storyboard_of(4), CAST, CONCEPT, Settings(seed=7), takes={"b0001": 1})
    assert [brief.take for brief in again] == [0, 1, 0, 0]


async def test_a_fault_is_tried_again_with_growing_waits() -> None:
    clock = StillClock()
    images = Fails([ProviderFault(), ProviderBusy(), ProviderTimeout()])
    drawn = await draw(BRIEFS[0], _terms(images, clock))
    assert (drawn.level, drawn.attempts, drawn.reason) == (0, 4, "")
    assert clock.slept == [5, 10, 20]


async def test_a_rate_limit_waits_as_long_as_the_provider_says() -> None:
    clock = StillClock()
    await draw(BRIEFS[0], _terms(Fails([RateLimited(retry_after_s=17)]), clock))
    assert clock.slept == [17]


async def test_nobody_holds_a_place_while_waiting() -> None:
    gate = asyncio.Semaphore(1)

    class Watching(StillClock):
        async def sleep(self, seconds: float) -> None:
            assert not gate.locked()
            await super().sleep(seconds)

    clock = Watching()
    await draw(BRIEFS[0], _terms(Fails([ProviderFault()]), clock, gate))
    assert clock.slept == [5]


async def test_a_refusal_is_not_repeated_but_drawn_simplified() -> None:
    images = Fails([ContentBlocked("blood")])
    drawn = await draw(BRIEFS[0], _terms(images), SHEETS)
    assert (drawn.level, drawn.attempts, drawn.reason) == (1, 2, "blood")
    assert images.seen[1] == simplified(BRIEFS[0])
    assert images.asked == [(("c01",), False), (("c01",), True)]  # of those who are seen alone


async def test_an_answer_without_a_picture_is_asked_for_four_times_and_then_simplified() -> None:
    images, clock = Fails([AnswerInvalid("no picture")] * 4), StillClock()
    drawn = await draw(BRIEFS[0], _terms(images, clock))
    assert (drawn.level, drawn.attempts, drawn.reason) == (1, 5, "no picture")
    assert clock.slept == [5, 10, 20]


async def test_when_nothing_helps_a_placeholder_says_why() -> None:
    drawn = await draw(BRIEFS[0], _terms(Fails([ProviderFault("broken")] * 5)))
    assert (drawn.level, drawn.attempts, drawn.reason) == (2, 5, "broken")
    assert drawn.picture.model == "placeholder/1"


@pytest.mark.parametrize(
    ("error", "calls"),
    [
        (QuotaExhausted(), 1),
        (RateLimited(retry_after_s=121), 1),  # too long to wait for
        (RateLimited(), 4),
        (ProviderBusy(), 4),
        (ProviderRefused(), 1),
        (Fenced(), 1),
        (DiskFull(), 1),
    ],
    ids=lambda value: type(value).__name__,
)
async def test_what_is_no_fault_of_the_panel_is_raised(error: MangaError, calls: int) -> None:
    images = Fails([error] * 9)
    with pytest.raises(type(error)):
        await draw(BRIEFS[0], _terms(images))
    assert [simple for _, simple in images.asked] == [False] * calls


@pytest.mark.parametrize(
    ("error", "calls"), [(QuotaExhausted("No calls are left."), 1), (ProviderBusy("No calls are left."), 4)]
)
async def test_in_the_last_try_nothing_is_put_off(error: MangaError, calls: int) -> None:
    terms = replace(_terms(Fails([error] * 9)), last_try=True)
    drawn = await draw(BRIEFS[0], terms)
    assert (drawn.level, drawn.attempts, drawn.reason) == (2, calls, "No calls are left.")
    with pytest.raises(ProviderRefused):
        await draw(BRIEFS[0], replace(_terms(Fails([ProviderRefused()])), last_try=True))


@dataclass
class Raw(UnpaidImages):
    """An image model that gives pictures as they are, the first ones broken."""

    broken: int = 0
    seeds: list[int] = field(default_factory=list)
    name: str = "raw/1"

    async def draw(self, brief: PanelBrief, sheets: Sequence[Sheet] = (), *, simplified: bool = False) -> Picture:
        self.seeds.append(brief.seed)
        whole = encoded(paper(500, 180))
        data = whole[: len(whole) // 2] if len(self.seeds) <= self.broken else whole
        return Picture(data, "image/png", brief.width_mm, brief.height_mm, found_by="direction", told_faces=())


async def test_a_picture_that_cannot_be_inked_is_asked_for_by_another_seed() -> None:
    images = Raw(broken=2)
    terms = DrawingTerms(images, InlineOffload(), asyncio.Semaphore(1), StillClock(), 5.0)
    drawn = await draw(BRIEFS[0], terms)
    assert (drawn.level, drawn.attempts) == (0, 3)
    assert len(set(images.seeds)) == 3
    assert drawn.picture.told_faces is None


async def test_a_place_at_the_model_is_free_while_a_picture_is_inked() -> None:
    gate = asyncio.Semaphore(1)

    class Looking(InlineOffload):
        async def run(self, work: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
            assert not gate.locked()
            return await super().run(work, *args, **kwargs)

    drawn = await draw(BRIEFS[0], DrawingTerms(Raw(), Looking(), gate, StillClock(), 5.0))
    assert drawn.level == 0
    assert drawn.picture.media_type == "image/png"


async def test_when_the_time_is_used_up_no_simpler_prompt_is_tried() -> None:
    drawn = await draw(BRIEFS[0], _terms(Fails([TimeUsedUp()])))
    assert (drawn.level, drawn.attempts) == (2, 1)
    assert "working time" in drawn.reason


async def test_a_bug_of_the_artist_costs_its_panel_alone() -> None:
    drawn = await draw(BRIEFS[0], _terms(Fails([ZeroDivisionError("a secret"), ZeroDivisionError("a secret")])))
    assert (drawn.level, drawn.reason) == (2, "Something unexpected happened (ZeroDivisionError).")


async def test_a_call_that_never_returns_times_out() -> None:
    class Deaf(Fails):
        async def draw(self, brief: PanelBrief, sheets: Sequence[Sheet] = (), *, simplified: bool = False) -> Picture:
            await asyncio.Event().wait()
            return await super().draw(brief)

    terms = DrawingTerms(Deaf([]), InlineOffload(), asyncio.Semaphore(1), StillClock(), 0.0)
    drawn = await draw(BRIEFS[0], terms)
    assert drawn.level == 2
    assert "longer than" in drawn.reason


WHY = "Google answered with an error of its own (status 500)."


@pytest.mark.parametrize("seen", ["ごんは川のほとりで兵十を見ている。" * 8, "A fox watches a man. " * 9, "", "☃" * 40])
@pytest.mark.parametrize("size", [(50.0, 18.0), (150.0, 220.0), (12.0, 60.0), (4.0, 3.0)])
def test_a_placeholder_is_a_drawing_of_its_panel_whatever_is_written_on_it(
    seen: str, size: tuple[float, float]
) -> None:
    direction = BRIEFS[0].direction.model_copy(update={"seen": seen[:400]})
    brief = BRIEFS[0].model_copy(update={"direction": direction, "width_mm": size[0], "height_mm": size[1]})
    picture = placeholder(brief, WHY)
    drawing = Drawing.of(json.loads(picture.data))
    assert (drawing.width, drawing.height) == size
    assert picture.data == placeholder(brief, WHY).data
    assert picture.data != placeholder(brief).data
    assert sum(call[0] == "f" for call in drawing.calls) > 2
