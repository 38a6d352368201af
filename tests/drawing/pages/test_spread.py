"""The second page of a spread shows the same panel from its other side, and none of its words."""

import pytest

from drawing.layout.lay_out_pages import lay_out_book
from drawing.layout.spreads import FOLD_MM, fold_of, other_half, spread_pages, to_second
from drawing.lettering.fonts import faces, standard_folders
from drawing.lettering.letter_page import letter_page
from drawing.pages.audit_gates import Sheaf
from drawing.pages.preview_storyboard import NameFacts, shown_name
from drawing.pages.scene_graph import BookFacts, body_page, body_pages, second_half
from manga.brief import Language
from manga.geometry import bounds
from manga.paper import PAPERS, Direction, PaperName, Side, first_side
from manga.storyboard import FigureDirection, Role, StoryboardDraft
from tests.drawing.layout.drafts import page as draft
from tests.drawing.layout.drafts import panel
from tests.drawing.lettering.desk import drawn, manner, part
from tests.drawing.lettering.desk import panel as letter_panel
from tests.drawing.pages.made import page


def test_the_second_half_is_the_first_one_moved_over_the_fold() -> None:
    first, blank = page(1), page(2).model_copy(update={"balloons": ()})
    dx = to_second(PAPERS[first.paper], Direction.RTL)
    second = second_half(first, blank)
    assert (second.number, second.balloons) == (2, ())
    for old, new in zip(first.panels, second.panels, strict=True):
        assert bounds(new.polygon).x == pytest.approx(bounds(old.polygon).x + dx, abs=0.01)
        assert new.picture_box.x == pytest.approx(old.picture_box.x + dx)
        assert [f.body.x for f in new.figures] == pytest.approx([f.body.x + dx for f in old.figures])
        assert (new.picture, new.spans) == (old.picture, ())


def test_in_the_name_a_figure_stands_over_both_pages_and_the_words_on_the_first() -> None:
    paper = PAPERS[PaperName.B5]
    figures = (FigureDirection(character="c01", x=0.2), FigureDirection(character="c02", x=0.8))
    bare = panel(20, importance=5, role=Role.SPLASH)
    shown_there = bare.model_copy(update={"direction": bare.direction.model_copy(update={"figures": figures})})
    splash = draft(shown_there, number=1).model_copy(update={"spread": True})
    first, second = spread_pages(splash, 2, paper=paper, direction=Direction.RTL)
    shown = other_half(first, second, paper, Direction.RTL)
    dx = to_second(paper, Direction.RTL)
    assert bounds(shown.layout.frames[0].polygon).x == pytest.approx(bounds(first.layout.frames[0].polygon).x + dx)
    facts = NameFacts(paper, vertical=True, names={})
    drawn = {shown_name(half, facts, standard_folders(), 200).png for half in (first, second, shown)}
    assert len(drawn) == 3


def test_a_spread_is_measured_once() -> None:
    halves = (page(1).model_copy(update={"spread": "first"}), page(2).model_copy(update={"spread": "second"}))
    assert Sheaf(halves, faces(standard_folders())).body == halves[:1]


def test_every_way_to_a_books_pages_shows_both_halves() -> None:
    splash = draft(panel(20, importance=5, role=Role.SPLASH), number=2).model_copy(update={"spread": True})
    pages = (draft(panel(10), number=1), splash, draft(panel(30), number=3))
    paper = PAPERS[PaperName.B5]
    board = lay_out_book(
        StoryboardDraft(pages=pages), paper=paper, start_side=Side.LEFT, direction=Direction.RTL, vertical=True
    )
    facts = BookFacts(title="星", author=None, language="ja", direction=Direction.RTL, paper=paper)
    found = list(body_pages(board, {}, {}, facts))
    assert [graph.number for graph in found] == [1, 2, 3, 4]
    assert [[one.key for one in graph.panels] for graph in found] == [["b0010"], ["b0020"], ["b0020"], ["b0030"]]


@pytest.mark.parametrize("language", list(Language))
def test_words_and_sounds_of_a_spread_keep_off_its_fold(language: Language) -> None:
    said = [part(1, "ここからみえるね", who="c01"), part(2, "ドドド", kind="sfx"), part(3, "ほんとうだ", who="c02")]
    splash = letter_panel(2, said, cast=(("c01", 0.3), ("c02", 0.7)), importance=5)
    how = manner(language)
    drafts = (draft(panel(10), number=1), draft(splash, number=2).model_copy(update={"spread": True}))
    board = lay_out_book(
        StoryboardDraft(pages=drafts), paper=how.paper, start_side=first_side(how.direction),
        direction=how.direction, vertical=True,
    )  # fmt: skip
    sheet = next(page for page in board.pages if page.spread == "first")
    art, _ = drawn(board)
    facts = BookFacts(title="星", author=None, language=language.value, direction=how.direction, paper=how.paper)
    graph = body_page(sheet, art, letter_page(sheet, art, how).page, facts, 2)
    assert (len(graph.balloons), len(graph.sfx)) == (2, 1)
    fold = fold_of(graph.trim, graph.side)
    for shape in (*(b.polygon for b in graph.balloons), *(s.polygon for s in graph.sfx)):
        box = bounds(shape)
        assert box.right <= fold - FOLD_MM + 0.5 or box.x >= fold + FOLD_MM - 0.5
