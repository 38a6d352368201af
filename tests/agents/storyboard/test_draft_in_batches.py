"""Phase 4 in batches: a plan and pages asked for, checked, put together; what is wrong is told once, then refused."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from agents.split_questions import batches
from agents.storyboard.agent import draft_of
from agents.storyboard.draft_in_batches import BATCH
from agents.storyboard.page_plan import plan_from
from manga.brief import Settings
from manga.errors import AnswerInvalid, ContentBlocked, ProviderBusy, RateLimited
from manga.losses import Reason
from manga.plot import LineKind, TimeOfDay, Weather
from manga.proposed_changes import ChangedPanel, ChangedPanels
from manga.revision import Revision
from manga.storyboard import DialogueLayout, PageDraft, Storyboard
from manga.storyboard_plan import BookPlan, Sides, StoryboardPages
from manga.values import Span
from providers.base import Ask
from tests.agents.storyboard_models import PAGES, BatchModel, made, told, with_panels
from tests.agents.unasked import Cupboard

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(("pages", "count"), [(0, 0), (1, 1), (5, 1), (6, 2), (10, 2), (24, 5), (64, 13)])
def test_batches_hold_five_pages_at_most_and_every_page_once(pages: int, count: int) -> None:
    found = batches(range(1, pages + 1), BATCH)
    assert len(found) == count
    assert [number for batch in found for number in batch] == list(range(1, pages + 1))
    assert all(len(batch) <= 5 for batch in found)
    assert not found or max(map(len, found)) - min(map(len, found)) <= 1


async def test_a_book_is_one_question_for_the_plan_and_one_a_batch() -> None:
    given, model = told(), BatchModel()
    board = await made(given, model)
    assert [page.number for page in board.pages] == list(range(1, PAGES + 1))
    assert [ask.prompt_id for ask in model.asks] == ["storyboard_plan"] + ["storyboard_pages"] * 3
    assert sorted(model.pages) == [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]
    spoken = {line.key: line.text for beat in given.plot.beats() for line in beat.lines if line.speaker}
    said: dict[str, str] = {}
    for part in (part for panel in board.panels() for part in panel.dialogue.parts if part.line in spoken):
        said[part.line] = said.get(part.line, "") + part.text
    assert said == spoken


async def test_a_batch_is_given_its_own_words_and_people_and_what_its_neighbours_tell() -> None:
    given, model = told(), BatchModel()
    await made(given, model)
    ask = next(ask for ask in model.asked("storyboard_pages") if ask.inputs["pages"][0].number == 5)
    beats = {beat.key for scene in ask.inputs["plot"] for beat in scene.beats}
    assert beats == {key for page in given.plot.pages[4:8] for key in page.beats}
    assert [person.key for person in ask.inputs["cast"]] == ["c01", "c02"]
    assert [beside.number for beside in ask.inputs["around"]] == [4, 9]
    assert {side.scene for side in ask.inputs["sides"]} == {"s05", "s06", "s07", "s08"}
    assert [task.turned for task in ask.inputs["pages"]] == [True, False, True, False]


async def test_no_page_weighs_like_the_one_before_it() -> None:
    def flat(ask: Ask[Any], good: Any) -> Any:
        if isinstance(good, BookPlan):
            return good
        pages = tuple(with_panels(page, importance=2) for page in good.pages)
        return StoryboardPages(pages=pages)

    board = await made(told(), BatchModel(always=flat))
    runs = [[panel.importance for panel in page.panels] for page in board.pages]
    assert all(a != b for a, b in pairwise(runs))


async def test_pages_counted_from_one_in_every_batch_stand_at_their_own_numbers() -> None:
    def from_one(ask: Ask[Any], good: Any) -> Any:
        if isinstance(good, BookPlan):
            return good
        pages = (
            page.model_copy(update={"number": n, "key": f"g{n:03d}"}) for n, page in enumerate(good.pages, start=1)
        )
        return StoryboardPages(pages=tuple(pages))

    assert await made(told(), BatchModel(always=from_one)) == await made(told(), BatchModel())


async def test_keys_places_hours_and_spans_are_codes_own() -> None:
    def careless(ask: Ask[Any], good: Any) -> Any:
        if isinstance(good, BookPlan):
            return good
        return StoryboardPages(pages=tuple(map(_careless, good.pages)))

    careful, board = await made(told(), BatchModel()), await made(told(), BatchModel(always=careless))
    assert board.pages == careful.pages
    assert {(loss.what, loss.reason) for loss in board.losses} == {
        ("time_of_day", Reason.AS_SCENE), ("weather", Reason.AS_SCENE),
    }  # fmt: skip


def _careless(page: PageDraft) -> PageDraft:
    """Every panel has one key, no place; every part one key and no span."""
    panels = []
    for panel in page.panels:
        parts = (
            part.model_copy(update={"key": f"{part.line}.1", "span": Span(start=0, end=0), "ruby": ()})
            for part in panel.dialogue.parts
        )
        panels.append(
            {
                **panel.model_dump(),
                "key": page.panels[0].key,
                "scene": "s99",
                "direction": {**panel.direction.model_dump(), "place": "", "time_of_day": "night", "weather": "snow"},
                "dialogue": {"parts": [part.model_dump() for part in parts]},
            }
        )
    return PageDraft.of({"key": "g999", "number": page.number, "panels": panels})


async def test_what_was_answered_well_is_asked_only_once() -> None:
    given, shelf = told(), Cupboard()
    model = BatchModel(spoils=[None, None, ProviderBusy(), None])
    with pytest.raises(ProviderBusy):
        await made(given, model, shelf=shelf)
    assert len(model.asks) == 4
    board = await made(given, model, shelf=shelf)
    assert len(model.asks) == 5
    assert board == await made(given, BatchModel())
    await made(given, model, shelf=shelf)
    assert len(model.asks) == 5


async def test_the_failure_that_takes_longest_is_told() -> None:
    failures = [ProviderBusy(), RateLimited(retry_after_s=20), RateLimited(retry_after_s=40)]
    with pytest.raises(RateLimited) as caught:
        await made(told(), BatchModel(spoils=[None, *failures]))
    assert caught.value.retry_after_s == 40
    with pytest.raises(ContentBlocked):
        await made(told(), BatchModel(spoils=[None, failures[2], ContentBlocked(), failures[0]]))


async def test_where_no_plan_holds_the_plots_own_pages_are_the_plan() -> None:
    def backwards(ask: Ask[Any], good: Any) -> Any:
        return good.model_copy(update={"pages": good.pages[::-1]})

    model = BatchModel(spoils=[backwards, backwards])
    board = await made(told(), model)
    assert [page.number for page in board.pages] == list(range(1, PAGES + 1))
    assert len(model.asked("storyboard_plan")) == 2
    assert "numbered" in model.asked("storyboard_plan")[1].inputs["faults"][0]
    cut_off = BatchModel(spoils=[AnswerInvalid()])
    assert len((await made(told(), cut_off)).pages) == PAGES


@pytest.mark.parametrize("fidelity", ["faithful", "adapted"])
@pytest.mark.parametrize("most", [1, 7, 12, 30, 200])
async def test_a_book_never_has_more_panels_than_pictures_are_allowed(most: int, fidelity: str) -> None:
    given = told(max_images=most, fidelity=fidelity)
    board = await made(given, BatchModel())
    assert 1 <= len(board.panels()) <= most
    assert len(board.pages) == min(PAGES, most)


async def test_an_adapted_book_has_fifty_panels_at_most_and_one_of_a_wished_length_more() -> None:
    adapted = await made(told(pages=10, fidelity="adapted"), BatchModel())
    assert len(adapted.panels()) <= 50
    wished = await made(told(pages=20), BatchModel(), settings=Settings(fidelity="adapted", pages=20))
    assert len(wished.panels()) > 50


def _now(ask: Ask[Any]) -> tuple[PageDraft, ...]:
    """The pages that are to be revised."""
    previous = ask.revision.previous
    return previous.pages if isinstance(previous, StoryboardPages) else ()


async def test_a_beat_plays_when_and_where_it_says_and_rain_that_begins_goes_on() -> None:
    given = told(pages=2)
    memory = {"setting": "beach", "flashback": True}
    scenes = [
        one.model_copy(
            update={
                "beats": tuple(
                    beat.model_copy(update={1: {"weather": Weather.RAIN}, 2: memory}.get(n, {}))
                    for n, beat in enumerate(one.beats, start=1)
                )
            }
        )
        if at == 0
        else one
        for at, one in enumerate(given.plot.scenes)
    ]
    model = BatchModel()
    board = await made(replace(given, plot=given.plot.model_copy(update={"scenes": tuple(scenes)})), model)
    first, *between, last = given.plot.scenes[0].beats
    by_beat = {panel.beats[0]: panel.direction for panel in board.pages[0].panels}
    assert by_beat[first.key].weather is Weather.RAIN
    assert [by_beat[beat.key].flashback for beat in (first, last)] == [False, False]
    remembered = by_beat[between[0].key]
    assert (remembered.setting, remembered.place, remembered.flashback) == ("beach", "beach", True)
    assert remembered.weather is given.plot.scenes[0].weather, "it does not rain in a memory"
    assert by_beat[last.key].weather is Weather.RAIN
    assert board.pages[1].panels[0].direction.weather is given.plot.scenes[1].weather
    (ask,) = model.asked("storyboard_pages")
    assert ask.inputs["plot"][0].beats[1].flashback


async def test_the_last_page_is_not_turned_and_holds_nothing_back() -> None:
    def hooked(ask: Ask[Any], good: Any) -> Any:
        if not isinstance(good, BookPlan):
            return good
        return good.model_copy(update={"pages": tuple(p.model_copy(update={"hook": "?"}) for p in good.pages)})

    model = BatchModel(always=hooked)
    await made(told(pages=3), model)
    (ask,) = model.asked("storyboard_pages")
    assert [(task.turned, task.hook) for task in ask.inputs["pages"]] == [(True, "?"), (False, "?"), (False, "")]


async def test_a_page_that_is_drawn_anew_keeps_sides_and_hours_of_which_its_answer_says_nothing() -> None:
    given = told(pages=2)
    before = await made(given, BatchModel())
    night = {"time_of_day": TimeOfDay.NIGHT}
    pages = tuple(
        page.model_copy(
            update={
                "panels": tuple(
                    panel.model_copy(update={"direction": panel.direction.model_copy(update=night)})
                    for panel in page.panels
                )
            }
        )
        for page in before.pages
    )
    before = before.model_copy(update={"pages": pages})

    def anew(ask: Ask[Any], good: Any) -> Any:
        if ask.prompt_id == "storyboard_revision":
            return ChangedPanels(anew=("g001",))
        told = StoryboardPages(pages=_now(ask)).to_json()
        for panel in (panel for page in told["pages"] for panel in page["panels"]):
            for name in ("time_of_day", "weather", "place", "flashback"):
                panel["direction"].pop(name, None)
            panel["direction"]["figures"] = [{"character": who} for who in ("c02", "c01")]
        return StoryboardPages.of(told)

    after = await made(given, BatchModel(always=anew), revision=Revision((("もう一度", ("g001",)),), before))
    assert {panel.direction.time_of_day for panel in after.pages[0].panels} == {TimeOfDay.NIGHT}
    sides = plan_from(draft_of(before), given.concept.direction).sides[0]
    for panel in after.pages[0].panels:
        x = {figure.character: figure.x for figure in panel.direction.figures}
        ahead = [x[who] for who in sides.read_first if who in x]
        behind = [x[who] for who in sides.read_last if who in x]
        assert not ahead or not behind or min(ahead) > max(behind), "read from right to left"


async def test_a_page_that_is_drawn_anew_is_told_the_sides_of_the_plan_unless_people_have_changed_them() -> None:
    planned = Sides(scene="s01", read_first=("c02", "c03"), read_last=("c01",))

    def sided(ask: Ask[Any], good: Any) -> Any:
        if ask.prompt_id == "storyboard_revision":
            return ChangedPanels(anew=("g001",))
        return good.model_copy(update={"sides": (planned,)}) if isinstance(good, BookPlan) else good

    given, shelf = told(pages=1), Cupboard()
    before = await made(given, BatchModel(always=sided), shelf=shelf)
    for board, sides in ((before, [planned]), (_mirrored(before), None)):
        model = BatchModel(always=sided)
        await made(given, model, shelf=shelf, revision=Revision((("もう一度", ("g001",)),), board))
        (ask,) = model.asked("storyboard_pages")
        own = list(plan_from(draft_of(board), given.concept.direction).sides)
        assert list(ask.inputs["sides"]) == (sides or own)
        assert own != [planned]


def _mirrored(board: Storyboard) -> Storyboard:
    """Everybody on the other side of every panel, two people in each."""
    told = board.to_json()
    for panel in (panel for page in told["pages"] for panel in page["panels"]):
        panel["direction"]["figures"] = [{"character": "c01", "x": 0.8}, {"character": "c02", "x": 0.2}]
    return Storyboard.of(told)


async def test_a_wish_asks_only_for_the_pages_that_it_may_touch() -> None:
    given = told()
    before = await made(given, BatchModel())
    target = before.pages[6].panels[1]

    def heavier(ask: Ask[Any], good: Any) -> Any:
        told = (one["key"] for page in ask.inputs["pages"].values() for one in page)
        return ChangedPanels(changes=tuple(ChangedPanel(panel=key, importance=5) for key in told))

    model = BatchModel(always=heavier)
    after = await made(given, model, revision=Revision((("大きく", (target.key,)),), before))
    (ask,) = model.asks
    assert list(ask.inputs["pages"]) == [before.pages[6].key]
    assert ask.revision.instructions == ("大きく",)
    assert [one["key"] for one in ask.inputs["pages"][before.pages[6].key] if "direction" in one] == [target.key]
    assert [a.key for a, b in zip(before.panels(), after.panels(), strict=True) if a != b] == [target.key]
    everywhere = BatchModel(always=heavier)
    await made(given, everywhere, revision=Revision((("大きく", ()),), before))
    assert [key for ask in everywhere.asks for key in ask.inputs["pages"]] == [page.key for page in before.pages]
    assert {ask.prompt_id for ask in everywhere.asks} == {"storyboard_revision"}


async def test_a_revision_that_loses_a_line_is_refused() -> None:
    given = told(pages=2)
    before = await made(given, BatchModel())

    def silent(ask: Ask[Any], good: Any) -> Any:
        if ask.prompt_id == "storyboard_revision":
            return ChangedPanels(anew=("g001",))
        return StoryboardPages(pages=tuple(with_panels(page, dialogue=DialogueLayout()) for page in _now(ask)))

    with pytest.raises(AnswerInvalid, match="missing on page 1"):
        await made(given, BatchModel(always=silent), revision=Revision((("静かに", ()),), before))


async def test_told_sentences_may_be_left_to_the_pictures() -> None:
    def shown(ask: Ask[Any], good: Any) -> Any:
        if isinstance(good, BookPlan):
            return good
        return StoryboardPages(pages=tuple(map(_uncaptioned, good.pages)))

    board = await made(told(), BatchModel(always=shown))
    kinds = {part.kind for panel in board.panels() for part in panel.dialogue.parts}
    assert LineKind.NARRATION not in kinds


def _uncaptioned(page: PageDraft) -> PageDraft:
    def quiet(panel: Any) -> Any:
        parts = tuple(part for part in panel.dialogue.parts if part.kind is not LineKind.NARRATION)
        return panel.model_copy(update={"dialogue": panel.dialogue.model_copy(update={"parts": parts})})

    return page.model_copy(update={"panels": tuple(map(quiet, page.panels))})
