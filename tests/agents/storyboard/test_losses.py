"""What of a storyboard's answers is not in it as it was said, and room that goes back to what was cut."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from agents.storyboard.page_plan import limits_of, plan_of
from agents.storyboard.restore_cut_moments import brought_back, given_back
from manga.brief import Language, Settings
from manga.characters import Kind, Look
from manga.continuity import Aspect, Change
from manga.fit_story_to_pages import as_told, plan_book
from manga.losses import LossKind, Reason
from manga.plot import Act, Plot, Scene
from manga.proposed_changes import ChangedDirection, ChangedPanel, ChangedPanels
from manga.revision import Revision
from manga.storyboard import DialogueLayout, FigureDirection, PageDraft
from manga.storyboard_plan import BookPlan, PlannedPage, Sides, StoryboardPages
from manga.text_capacity import MEASURES
from providers.base import Ask
from tests.agents.storyboard_models import BatchModel, made, told
from tests.agents.unasked import Cupboard
from tests.offline.storyboard_plots import Teller, scene

pytestmark = pytest.mark.anyio
JA = MEASURES[Language.JA]
SPEECH = "むかしの話だ。山の上に鬼がいた。おれは鬼を見たのだ！ それは大きな鬼で、角が二本あった。村の者は逃げた。"


def spoilt(**of_first: Any) -> Any:
    """The answers, the first panel of every page directed otherwise."""

    def spoil(ask: Ask[Any], good: Any) -> Any:
        if isinstance(good, BookPlan):
            return good
        data = good.to_json()
        for page in data["pages"]:
            page["panels"][0]["direction"] |= of_first
        return StoryboardPages.of(data)

    return spoil


async def test_what_is_said_too_long_or_too_often_is_told_under_its_beat() -> None:
    long = "Two people walk along a narrow road between the fields. " * 12
    board = await made(
        told(pages=1), BatchModel(always=spoilt(seen=long, props=list("abcdefgh"), place="another place"))
    )
    assert sorted((loss.kind, loss.element, loss.what, loss.reason) for loss in board.losses) == [
        (LossKind.CUT, "b0001", "props", Reason.TOO_MANY),
        (LossKind.CUT, "b0001", "props", Reason.TOO_MANY),
        (LossKind.REPLACED, "b0001", "place", Reason.AS_SCENE),
        (LossKind.SHORTENED, "b0001", "seen", Reason.TOO_LONG),
    ]
    seen = board.panels()[0].direction.seen
    assert long[len(seen)] == " ", "it ends with a word"


async def test_who_is_a_thing_is_no_prop_beside_himself() -> None:
    given = told(pages=1)
    umbrella = Look(kind=Kind.THING, marks=("umbrella",))
    people = (given.cast.characters[0].model_copy(update={"look": umbrella}), *given.cast.characters[1:])
    given = replace(given, cast=given.cast.model_copy(update={"characters": people}))

    def directed(*figures: dict[str, str]) -> BatchModel:
        return BatchModel(always=spoilt(figures=list(figures), props=["lamp", "Umbrella"]))

    board = await made(given, directed({"character": "c01"}, {"character": "c02", "holds": "umbrella"}))
    seen = board.panels()[0].direction
    assert (seen.props, [one.holds for one in seen.figures]) == (("lamp",), ["", "umbrella"])
    (loss,) = board.losses
    assert (loss.element, loss.what, loss.said, loss.reason) == ("b0001", "prop", "Umbrella", Reason.IS_SOMEBODY)
    patch = ChangedPanel(panel="b0001", direction=ChangedDirection(props=("umbrella", "well")))
    wish = Revision((("井戸も", ("b0001",)),), board)
    wished = await made(given, BatchModel(always=lambda ask, good: ChangedPanels(changes=(patch,))), revision=wish)
    assert wished.panels()[0].direction.props == ("well",), "nor by a wish"
    without = await made(given, directed({"character": "c02"}))
    assert without.panels()[0].direction.props == ("lamp", "Umbrella")


async def test_a_book_whose_pictures_are_counted_tells_which_panels_share_one() -> None:
    def fuller(ask: Ask[Any], good: Any) -> Any:
        return good if isinstance(good, BookPlan) else StoryboardPages(pages=tuple(map(_doubled, good.pages)))

    board = await made(told(pages=2, max_images=8), BatchModel(always=fuller))
    gone = [loss for loss in board.losses if loss.what == "panel"]
    assert gone
    assert all(loss.reason is Reason.PANELS_COUNTED for loss in gone)
    assert len(board.panels()) <= 8


def _doubled(page: PageDraft) -> PageDraft:
    silent = (panel.model_copy(update={"dialogue": DialogueLayout()}) for panel in page.panels)
    return page.model_copy(update={"panels": (*page.panels, *silent)[:9]})


async def test_a_plan_that_breaks_its_rules_twice_says_which_one() -> None:
    def gapped(ask: Ask[Any], good: Any) -> Any:
        if not isinstance(good, BookPlan):
            return good
        return good.model_copy(update={"pages": good.pages[1:]})

    board = await made(told(pages=3), BatchModel(always=gapped))
    assert [(loss.what, loss.reason) for loss in board.losses] == [("plan", Reason.PLAN_BROKEN)]
    assert "without a gap" in board.losses[0].said


async def test_sides_of_strangers_are_refused() -> None:
    def sided(ask: Ask[Any], good: Any) -> Any:
        if not isinstance(good, BookPlan):
            return good
        return good.model_copy(update={"sides": (Sides(scene="s01", read_first=("c09",)),)})

    board = await made(told(pages=1), BatchModel(always=sided))
    assert [(loss.element, loss.what, loss.said, loss.reason) for loss in board.losses] == [
        ("s01", "side", "c09", Reason.NOT_IN_CAST)
    ]


async def test_a_book_that_is_used_as_it_was_said_loses_nothing() -> None:
    board = await made(told(pages=2), BatchModel())
    assert board.losses == ()
    assert "losses" not in board.to_json()


def cut_plot(talks: int, *, pages: int) -> Plot:
    """A plot of long speeches with no room for all of them."""
    teller = Teller()
    scenes: tuple[Scene, ...] = (scene(1, *(teller.beat(teller.line(SPEECH, "c01")) for _ in range(talks))),)
    made_ = plan_book(scenes, Language.JA, 100, pages, "faithful")
    return Plot(acts=(Act(name="development", scenes=("s01",)),), scenes=scenes, pages=made_.pages, cuts=made_.cuts)


def letters(plot: Plot, key: str) -> int:
    return sum(len(line.text) for beat in plot.beats() if beat.key == key for line in beat.lines)


def test_room_that_the_plan_leaves_goes_back_to_words_and_moments() -> None:
    plot = cut_plot(12, pages=2)
    told_plot = as_told(plot)
    roomy = plan_of(told_plot)
    spread = [page.model_copy(update={"beats": (key,), "number": 0}) for page in roomy.pages for key in page.beats]
    plan = BookPlan(pages=tuple(page.model_copy(update={"number": n}) for n, page in enumerate(spread, 1)))
    more, wider = given_back(plot, told_plot, plan, limits_of(plot, Settings()), JA)
    shown = {key for page in more.pages for key in page.beats}
    before = {key for page in told_plot.pages for key in page.beats}
    assert before < shown
    assert shown == {key for page in wider.pages for key in page.beats}
    assert all(letters(more, key) >= letters(told_plot, key) for key in before)
    assert sum(letters(more, key) for key in shown) > sum(letters(told_plot, key) for key in before)
    order = [beat.key for beat in plot.beats()]
    planned = [key for page in wider.pages for key in page.beats]
    assert planned == sorted(planned, key=order.index)


def test_the_first_moments_of_a_scene_come_back_in_front_of_what_is_left_of_it() -> None:
    plot = cut_plot(6, pages=6)
    *cut, left = (beat.key for beat in plot.beats())
    pages = (PlannedPage(number=1, beats=(left,), weights=(3,), pace="talk", big=left),)
    told_plot = plot.model_copy(update={"pages": (plot.pages[-1].model_copy(update={"number": 1, "beats": (left,)}),)})
    limits = limits_of(plot, Settings())
    more, plan, came = brought_back(plot, told_plot, BookPlan(pages=pages), frozenset(cut[:2]), limits, JA)
    assert came == tuple(cut[:2])
    assert plan.pages[0].beats == more.pages[0].beats == (*cut[:2], left)


def test_an_editor_finds_room_where_a_plan_that_is_full_has_none() -> None:
    plot = cut_plot(6, pages=6)
    cut, *rest = (beat.key for beat in plot.beats())
    page = PlannedPage(number=1, beats=tuple(rest[:1]), weights=(3, 2, 3, 2, 3, 2), pace="talk", big=rest[0])
    pages = (plot.pages[0].model_copy(update={"number": 1, "beats": tuple(rest[:1])}),)
    told_plot = plot.model_copy(update={"pages": pages})
    limits = limits_of(plot, Settings())
    assert given_back(plot, told_plot, BookPlan(pages=(page,)), limits, JA)[1].pages == (page,)
    _, plan, came = brought_back(plot, told_plot, BookPlan(pages=(page,)), frozenset({cut}), limits, JA)
    assert came == (cut,)
    assert plan.pages[0].beats[0] == cut


def test_a_plan_without_room_stays_as_it_is() -> None:
    plot = cut_plot(12, pages=2)
    told_plot = as_told(plot)
    plan = plan_of(told_plot)
    assert given_back(plot, told_plot, plan, limits_of(plot, Settings(pages=2, max_images=3)), JA) == (told_plot, plan)


async def test_a_figure_that_no_panel_has_room_for_is_told() -> None:
    crowd = [FigureDirection(character="c01").to_json() for _ in range(8)]
    board = await made(told(pages=1), BatchModel(always=spoilt(figures=crowd)))
    assert [(loss.what, loss.said) for loss in board.losses] == [("figures", "c01 middle front neutral stand ")] * 2


def roomy(ask: Ask[Any], good: Any) -> Any:
    """A plan with a page for every beat."""
    if not isinstance(good, BookPlan):
        return good
    keys = dict.fromkeys(key for page in good.pages for key in page.beats)
    pages = enumerate(keys, start=1)
    return BookPlan(pages=tuple(PlannedPage(number=n, beats=(key,), weights=(3, 2), big=key) for n, key in pages))


async def test_what_came_back_stays_when_the_plot_changes_elsewhere() -> None:
    plot, shelf = cut_plot(12, pages=2), Cupboard()
    given = replace(told(pages=2), plot=plot)
    first = await made(given, BatchModel(always=roomy), shelf=shelf)
    shown = {key for panel in first.panels() for key in panel.beats}
    planned = {key for page in plot.pages for key in page.beats}
    assert shown > planned, "room went back to moments that were cut"
    last = max(planned)
    louder = plot.model_copy(update={"scenes": tuple(with_importance(plot.scenes, last))})
    model = BatchModel(always=roomy)
    again = await made(replace(given, plot=louder), model, shelf=shelf, made_before=first)
    assert {key for panel in again.panels() for key in panel.beats} == shown
    assert model.asked("storyboard_plan") == []


def with_importance(scenes: tuple[Scene, ...], key: str) -> Iterator[Scene]:
    for one in scenes:
        yield one.model_copy(
            update={"beats": tuple(b.model_copy(update={"emotion": "fear"}) if b.key == key else b for b in one.beats)}
        )


async def test_a_face_that_gives_way_to_what_is_around_the_neck_is_told() -> None:
    given = told(pages=1)
    scene_ = given.plot.scenes[0]
    eel = Change(who="c01", aspect=Aspect.HOLDS, to="eel around the neck", span=scene_.beats[0].span)
    beats = (scene_.beats[0].model_copy(update={"changes": (eel,)}), *scene_.beats[1:])
    plot = given.plot.model_copy(update={"scenes": (scene_.model_copy(update={"beats": beats}),)})
    calm = [FigureDirection(character="c01", expression="calm").to_json()]
    board = await made(replace(given, plot=plot), BatchModel(always=spoilt(figures=calm, shot="close")))
    found = {(loss.what, loss.said, loss.instead) for loss in board.losses if loss.element == "b0001"}
    assert found >= {("expression", "calm", "surprise"), ("shot", "close", "bust")}
