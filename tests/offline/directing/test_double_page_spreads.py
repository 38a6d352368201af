"""Which moments get a spread, and who stands where in it."""

from manga.paper import Direction
from manga.plot import Deed
from manga.storyboard import FigureDirection, Role, Shot
from manga.values import Span
from offline.directing.double_page_spreads import FOLD, spread_out, with_spreads
from offline.directing.page_moments import Moment
from offline.directing.panel_roles import Frame
from tests.drawing.layout.drafts import page, panel
from tests.offline.storyboard_plots import Teller, scene

TURNS = [number % 2 == 1 for number in range(1, 61)]


def _frame(importance: int, role: Role, action: str = "fight") -> Frame:
    teller = Teller()
    deed = Deed(who="c01", action=action, span=Span(start=0, end=1))
    beat = teller.beat(teller.line("斬りかかった。"), importance=importance, deeds=(deed,))
    return Frame((Moment(beat, scene(1, beat), "told", deeds=(deed,)),), role, importance)


def _pages(count: int, *great: int) -> list[list[Frame]]:
    usual = [_frame(2, Role.ACT)] * 4
    return [[_frame(5, Role.PAYOFF), *usual[1:]] if number in great else usual for number in range(1, count + 1)]


def test_a_great_moment_that_opens_after_a_turn_takes_both_pages_of_a_long_book() -> None:
    found, spreads = with_spreads(_pages(26, 12), TURNS, 64)
    assert spreads == {11}
    assert (len(found), len(found[11]), len(found[12])) == (27, 1, 3)
    assert (found[11][0].role, found[11][0].importance) == (Role.SPLASH, 5)


def test_what_is_told_before_it_ends_before_the_turn_of_the_leaf_and_what_follows_comes_after() -> None:
    pages = _pages(26)
    pages[11] = [*pages[11][:2], _frame(5, Role.PAYOFF), *pages[11][2:]]
    found, spreads = with_spreads(pages, TURNS, 64)
    assert spreads == {11}
    assert [len(page) for page in found[9:14]] == [4, 6, 1, 2, 4]
    assert found[10][-1].role is Role.HOOK


def test_a_moment_at_the_end_of_an_opening_is_turned_to() -> None:
    pages = _pages(26)
    pages[12] = [*pages[12][:3], _frame(5, Role.PAYOFF), pages[12][3]]
    found, spreads = with_spreads(pages, TURNS, 64)
    assert spreads == {13}
    assert [len(page) for page in found[11:16]] == [4, 3, 1, 5, 4]


def test_a_dull_moment_gets_none_however_much_hangs_on_it() -> None:
    pages = _pages(26)
    pages[11] = [_frame(5, Role.PAYOFF, "stand"), *pages[11][1:]]
    assert with_spreads(pages, TURNS, 64)[1] == frozenset()


def test_a_short_book_has_no_spread_and_no_book_more_than_two() -> None:
    assert with_spreads(_pages(20, 12), TURNS, 64)[1] == frozenset()
    assert len(with_spreads(_pages(58, 4, 18, 32, 46), TURNS, 64)[1]) == 2


def test_two_spreads_stand_apart() -> None:
    assert len(with_spreads(_pages(50, 30, 32), TURNS, 64)[1]) == 1


def test_a_book_that_may_not_grow_has_none() -> None:
    assert with_spreads(_pages(26, 12), TURNS, 27)[1] == frozenset()


def test_nobody_stands_in_the_fold_and_who_speaks_stands_on_the_first_page() -> None:
    draft = panel(1, importance=5, role=Role.SPLASH, letters=(8,))
    figures = tuple(FigureDirection(character=key, x=x) for key, x in (("a", 0.27), ("b", 0.5), ("c", 0.73)))
    part = draft.dialogue.parts[0].model_copy(update={"speaker": "a"})
    draft = draft.model_copy(
        update={
            "direction": draft.direction.model_copy(update={"shot": Shot.BUST, "figures": figures}),
            "dialogue": draft.dialogue.model_copy(update={"parts": (part,)}),
        }
    )
    shown = spread_out(page(draft), Direction.RTL).panels[0].direction
    places = {figure.character: figure.x for figure in shown.figures}
    assert places["a"] > 0.5 + FOLD
    assert all(abs(x - 0.5) >= FOLD for x in places.values())
    assert shown.shot is Shot.FULL
