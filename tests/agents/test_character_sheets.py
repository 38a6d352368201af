"""Character sheets: who gets one, and how one is got although a provider may refuse."""

import asyncio

import pytest

from agents.artwork import DrawingTerms
from agents.character_sheets import MOST_PEOPLE, TAKES, DrawnSheet, NoSheet, draw_sheet, sheet_briefs, without_sheet
from agents.retry import POLICIES
from manga.brief import Language, Settings
from manga.characters import Cast, Character, Look, SpeechStyle
from manga.errors import (
    AnswerInvalid,
    ContentBlocked,
    MangaError,
    ProviderBusy,
    ProviderFault,
    ProviderRefused,
    QuotaExhausted,
    RateLimited,
    TimeUsedUp,
)
from manga.phases import Phase
from providers.base import Picture, SheetBrief
from providers.process_pool import InlineOffload
from tests.graph.crew import StillClock
from tests.graph.told import CAST, CONCEPT
from tests.sheet_images import SheetImages

pytestmark = pytest.mark.anyio
BRIEF = sheet_briefs(CAST, CONCEPT, Settings(seed=7))[0]


def _person(number: int, role: str = "supporting", **facts: object) -> Character:
    known = {"key": f"c{number:02}", "name": f"n{number}", "role": role, "look": Look(), "description": "d", **facts}
    return Character.model_validate(known)


def _keys(cast: list[Character], settings: Settings | None = None) -> list[str]:
    briefs = sheet_briefs(Cast(characters=tuple(cast)), CONCEPT, settings or Settings())
    return [brief.character.key for brief in briefs]


def _terms(errors: list[Exception], clock: StillClock | None = None, *, last_try: bool = False) -> DrawingTerms:
    def fail(brief: SheetBrief) -> None:
        if errors:
            raise errors.pop(0)

    images = SheetImages(on_sheet=fail)
    gate, policy = asyncio.Semaphore(1), POLICIES[Phase.CHARACTERS]
    return DrawingTerms(images, InlineOffload(), gate, clock or StillClock(), 5.0, policy, last_try=last_try)


def _calls(terms: DrawingTerms) -> list[int]:
    assert isinstance(terms.images, SheetImages)
    return [take for _, take in terms.images.sketched]


def test_those_who_are_drawn_most_get_sheets_first_and_the_minor_ones_none() -> None:
    cast = [
        _person(1, mentions=2), _person(2, "minor", mentions=90), _person(3, "main"), _person(4, mentions=9),
        _person(5, "protagonist"),
    ]  # fmt: skip
    assert _keys(cast) == ["c05", "c03", "c04", "c01"]


def test_the_number_of_sheets_is_bounded() -> None:
    assert len(_keys([_person(n) for n in range(1, 30)])) == MOST_PEOPLE


@pytest.mark.parametrize(("most", "sheets"), [(0, 0), (4, 0), (10, 2), (1000, MOST_PEOPLE)])
def test_where_pictures_are_counted_sheets_leave_most_of_them_to_the_panels(most: int, sheets: int) -> None:
    assert len(_keys([_person(n) for n in range(1, 30)], Settings(max_images=most))) == sheets


def test_sheets_take_a_small_share_of_the_pictures_that_can_be_paid_for() -> None:
    cast = Cast(characters=tuple(_person(n) for n in range(1, 30)))
    assert len(sheet_briefs(cast, CONCEPT, Settings(), affordable=12)) == 2
    assert len(sheet_briefs(cast, CONCEPT, Settings(max_images=5), affordable=12)) == 1
    assert sheet_briefs(cast, CONCEPT, Settings(), affordable=0) == ()


def test_a_sheet_depends_on_looks_and_style_and_on_nothing_that_no_sheet_shows() -> None:
    person = CAST.characters[0]
    unseen = {
        "aliases": ("x",), "personality": "shy", "speech": SpeechStyle(first_person="わし"), "mentions": 5,
        "role": "protagonist", "reference_images": ("a",),
    }  # fmt: skip

    def brief(**facts: object) -> SheetBrief:
        (found,) = sheet_briefs(Cast(characters=(person.model_copy(update=facts),)), CONCEPT, Settings())
        return found

    assert brief(**unseen) == brief()
    assert brief(description="a large fox") != brief()
    assert brief(costume="a red scarf") != brief()


async def test_a_refusal_is_answered_with_another_seed() -> None:
    terms = _terms([ContentBlocked("blood")])
    drawn = await draw_sheet(BRIEF, terms)
    assert isinstance(drawn, DrawnSheet)
    assert (drawn.take, drawn.attempts, _calls(terms)) == (1, 2, [0, 1])


async def test_after_as_many_refusals_as_there_are_takes_there_is_none_and_a_reason() -> None:
    terms = _terms([ContentBlocked("blood"), ContentBlocked("more blood")] * 9)
    drawn = await draw_sheet(BRIEF, terms)
    assert drawn == NoSheet("blood", refused=True, attempts=TAKES)


@pytest.mark.parametrize("error", [ProviderFault("broken"), AnswerInvalid("no image"), ZeroDivisionError()])
async def test_a_fault_is_tried_again_by_the_phases_policy_and_then_once_with_another_seed(error: Exception) -> None:
    clock = StillClock()
    terms = _terms([error] * 99, clock)
    drawn = await draw_sheet(BRIEF, terms)
    assert isinstance(drawn, NoSheet)
    assert not drawn.refused
    assert drawn.reason.startswith(getattr(error, "message", "ZeroDivisionError"))
    retried = isinstance(error, MangaError)
    assert clock.slept == ([2, 4, 8] if retried else [])
    assert _calls(terms) == ([0, 0, 0, 0, 1] if retried else [0, 1])


async def test_a_refusal_and_a_fault_are_no_refusal_of_the_words() -> None:
    drawn = await draw_sheet(BRIEF, _terms([ContentBlocked("blood"), ProviderFault("broken")]))
    assert drawn == NoSheet("blood", refused=False, attempts=2)


@pytest.mark.parametrize("error", [QuotaExhausted(), ProviderRefused(), RateLimited(retry_after_s=900)])
async def test_what_is_no_fault_of_the_sheet_is_raised_at_once(error: MangaError) -> None:
    terms = _terms([error] * 9)
    with pytest.raises(type(error)):
        await draw_sheet(BRIEF, terms)
    assert _calls(terms) == [0]


async def test_an_overload_is_waited_for_and_then_raised() -> None:
    clock = StillClock()
    terms = _terms([ProviderBusy()] * 9, clock)
    with pytest.raises(ProviderBusy):
        await draw_sheet(BRIEF, terms)
    assert clock.slept == [2, 4, 8]


async def test_in_the_last_try_an_overload_leaves_the_person_without_a_sheet() -> None:
    drawn = await draw_sheet(BRIEF, _terms([ProviderBusy("overloaded")] * 9, last_try=True))
    assert isinstance(drawn, NoSheet)
    assert drawn.reason == "overloaded"


async def test_when_the_working_time_is_used_up_no_other_seed_is_tried() -> None:
    terms = _terms([TimeUsedUp()] * 9)
    assert isinstance(await draw_sheet(BRIEF, terms), NoSheet)
    assert _calls(terms) == [0]


async def test_a_call_that_never_returns_times_out() -> None:
    class Deaf(SheetImages):
        async def draw_sheet(self, brief: SheetBrief) -> Picture:
            await asyncio.Event().wait()
            return await super().draw_sheet(brief)

    terms = DrawingTerms(Deaf(), InlineOffload(), asyncio.Semaphore(1), StillClock(), 0.0, POLICIES[Phase.CHARACTERS])
    drawn = await draw_sheet(BRIEF, terms)
    assert isinstance(drawn, NoSheet)
    assert "longer than" in drawn.reason


def test_the_warning_names_the_person_and_the_reason_in_the_books_language() -> None:
    assert without_sheet("ごん", "The provider refused.", Language.JA).startswith(
        "ごんの設定画がありません（The provider refused）。"
    )
    assert "Gon has no character sheet (refused)" in without_sheet("Gon", "refused", Language.EN)
