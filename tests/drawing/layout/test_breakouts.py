"""Who stands before his panel's border: the climax of a page, seldom, and only over gutters and margins."""

from itertools import pairwise

import pytest

from drawing.layout.breakouts import APART, LEAN_MM, breakouts
from drawing.layout.character_entrances import entrances
from drawing.layout.choose_page_cuts import is_tall
from drawing.layout.lay_out_pages import lay_out_book
from manga.comic_strips import LayoutName
from manga.geometry import bounds
from manga.paper import PAPERS, Direction, PaperName, Side
from manga.storyboard import FigureDirection, PanelDraft, Pose, Role, SceneDirection, Shot, Storyboard, StoryboardDraft
from tests.drawing.layout.drafts import page, panel

B5 = PAPERS[PaperName.B5]


def shown(number: int, shot: Shot = Shot.BUST, who: str = "c01", **more: object) -> PanelDraft:
    """A calm view of one person; `more` are fields of the figure."""
    draft = panel(number)
    figure = FigureDirection.model_validate({"character": who, **more})
    return draft.model_copy(update={"direction": SceneDirection(shot=shot, setting="room", figures=(figure,))})


def presented(draft: PanelDraft) -> PanelDraft:
    """The panel, in which somebody enters."""
    direction = draft.direction.model_copy(update={"presents": True})
    return draft.model_copy(update={"importance": 3, "direction": direction})


def leap(number: int, **direction: object) -> PanelDraft:
    """Somebody runs, at a moment that counts."""
    calm = shown(number, Shot.FULL, pose=Pose.RUN)
    changed = {"importance": 4, "direction": calm.direction.model_copy(update=direction)}
    return calm.model_copy(update=changed)


def board(
    *pages: tuple[PanelDraft, ...], direction: Direction = Direction.RTL, layout: LayoutName = "free"
) -> Storyboard:
    drafts = tuple(page(*panels, number=n) for n, panels in enumerate(pages, start=1))
    draft = StoryboardDraft(pages=drafts)
    return lay_out_book(draft, paper=B5, start_side=Side.LEFT, direction=direction, vertical=True, layout=layout)


def calm(number: int) -> tuple[PanelDraft, ...]:
    return tuple(shown(number * 10 + i, who=f"c0{2 + i}") for i in range(4))


def climax(number: int) -> tuple[PanelDraft, ...]:
    first, second, *rest = calm(number)
    return (first, second, leap(number * 10 + 5), *rest)


def test_a_leap_steps_over_the_border_and_calm_talk_does_not() -> None:
    found = breakouts(board(calm(1), calm(2), climax(3)), B5)
    assert "b0035" in found
    assert found["b0035"].character == "c01"


def speaking(draft: PanelDraft, **part: object) -> PanelDraft:
    """The panel, in which its person says a short line; `part` are fields of the line."""
    talk = panel(int(draft.key[1:]), letters=(8,)).dialogue
    parts = (talk.parts[0].model_copy(update={"speaker": "c01", **part}),)
    return draft.model_copy(update={"importance": 4, "dialogue": talk.model_copy(update={"parts": parts})})


def edited(book: Storyboard, changed: PanelDraft) -> Storyboard:
    """The same frames with one panel as it is after an edit."""
    pages = tuple(
        one.model_copy(update={"panels": tuple(changed if p.key == changed.key else p for p in one.panels)})
        for one in book.pages
    )
    return book.model_copy(update={"pages": pages})


@pytest.mark.parametrize("change", [{"kind": "shout"}, {"text": "あ" * 60}], ids=["shouted", "long"])
@pytest.mark.parametrize("draft", [shown(29), leap(29)], ids=["calm", "leap"])
def test_words_that_are_edited_move_nobody_over_a_border(draft: PanelDraft, change: dict[str, object]) -> None:
    first, second, *rest = calm(2)
    book = board(calm(1), (first, second, speaking(draft), *rest), calm(3))
    assert breakouts(edited(book, speaking(draft, **change)), B5) == breakouts(book, B5)


def test_pages_that_follow_one_another_never_both_have_one() -> None:
    book = board(*(climax(n) for n in range(1, 10)))
    numbers = sorted(p.number for p in book.pages for one in p.panels if one.key in breakouts(book, B5))
    assert numbers
    assert all(b - a >= APART for a, b in pairwise(numbers))


def test_nobody_leans_over_a_panel_that_was_read_before() -> None:
    book = board(*(climax(n) for n in range(1, 10)))
    for sheet in book.pages:
        for place, one in enumerate(sheet.panels):
            room = breakouts(book, B5).get(one.key)
            if room is None:
                continue
            own = bounds(sheet.frame(one.key).polygon)
            for other, draft in enumerate(sheet.panels):
                box = bounds(sheet.frame(draft.key).polygon)
                above = min(own.right, box.right) - max(own.x, box.x) > 8 and box.bottom <= own.y
                if other != place and above:
                    assert own.y - box.bottom >= room.top
                below = min(own.right, box.right) - max(own.x, box.x) > 8 and box.y >= own.bottom
                if below:
                    assert room.bottom <= box.y - own.bottom + LEAN_MM


def test_a_page_that_becomes_the_other_one_of_a_spread_leaves_its_figures_as_they_are() -> None:
    book = board(*(climax(n) for n in range(1, 10)))
    turned = tuple(sheet.model_copy(update={"side": sheet.side.other}) for sheet in book.pages)
    rooms = breakouts(book, B5)
    assert any(room.left or room.right for room in rooms.values())
    assert breakouts(book.model_copy(update={"pages": turned}), B5) == rooms


@pytest.mark.parametrize("change", [{"in_frame": True}, {"flashback": True}, {"shot": Shot.LONG}])
def test_a_panel_whose_people_are_to_stay_inside_has_none(change: dict[str, object]) -> None:
    one, two, three = shown(30, who="c02"), shown(31, who="c03"), leap(32, **change)
    assert "b0032" not in breakouts(board(calm(1), calm(2), (one, two, three)), B5)


def test_whoever_sits_or_turns_away_stays_inside() -> None:
    for pose, facing in ((Pose.SIT, "left"), (Pose.RUN, "back")):
        figure = FigureDirection(character="c01", pose=pose, facing=facing)
        draft = leap(32, figures=(figure,))
        assert "b0032" not in breakouts(board(calm(1), calm(2), (*calm(3)[:2], draft)), B5)


def test_pages_of_strips_have_none() -> None:
    book = board(climax(1)[:4], layout="yonkoma")
    assert breakouts(book, B5) == {}


@pytest.mark.parametrize("direction", list(Direction))
def test_a_main_character_enters_over_two_tiers_at_the_pages_side(direction: Direction) -> None:
    place = panel(1, role=Role.ESTABLISH, importance=3)
    enters = presented(shown(2, Shot.FULL))
    book = board((place, enters, shown(3), shown(4)), calm(2), direction=direction)
    assert entrances(book.panels()) == {"b0002": "c01"}
    assert is_tall(bounds(book.pages[0].frame("b0002").polygon), B5.live)
    assert breakouts(book, B5)["b0002"].standing
