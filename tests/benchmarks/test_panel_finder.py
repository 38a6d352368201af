"""Panels as somebody else's finder sees them: what counts as found, what is missed and why, and that it can fail."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.panel_finder import Page, Seen, figures, fit, judge, look, main, pages_of
from drawing.lettering.fonts import standard_folders
from drawing.pages.page_files import graph_bytes, page_files
from manga.artwork import Breakout
from manga.book import PageGraph
from manga.geometry import Rect, bounds
from manga.lettering import Sfx
from tests.drawing.pages.made import BOXES, page, with_panel
from tests.drawing.pages.test_page import pictures

BARE = page(1).model_copy(update={"balloons": ()})


def seen(graph: PageGraph, found: Sequence[Rect]) -> Seen:
    return judge(Page("a page", graph, tuple(found)))


def kinds(graph: PageGraph, found: Sequence[Rect]) -> list[str]:
    return [kind for _, kind in seen(graph, found).missed]


def test_a_page_is_right_when_each_box_is_a_panel() -> None:
    one = seen(BARE, [box.inset(0.8) for box in reversed(BOXES)])
    assert one.right
    assert [figure.ok for figure in figures([one])[:2]] == [True, True]


def test_two_panels_found_as_one_box_are_missed_and_the_figures_fall() -> None:
    merged = bounds((*BOXES[3].polygon(), *BOXES[4].polygon()))
    one = seen(BARE, [*BOXES[:3], merged])
    assert [panel.address for panel, _ in one.missed] == [BARE.panels[3].address, BARE.panels[4].address]
    assert (one.right, one.strays) == (False, 1)
    found, right, strays, *_ = figures([one])
    assert (found.value, right.value, strays.value) == (0.6, 0.0, 1.0)
    assert not found.ok
    assert not right.ok


def test_one_box_is_one_panel_and_a_box_too_many_spoils_the_page() -> None:
    assert len(seen(BARE, [BOXES[0]] * 5).missed) == 4
    assert not seen(BARE, [*BOXES, Rect(x=20, y=20, width=9, height=9)]).right


def test_a_box_fits_by_what_both_share_of_what_either_holds() -> None:
    half = Rect(x=0, y=0, width=10, height=10)
    assert fit(half, half.moved(5, 0)) == pytest.approx(1 / 3)
    assert fit(half, half.moved(20, 0)) == 0


def test_a_panel_that_runs_off_the_page_is_held_against_what_is_left_of_it() -> None:
    off = Rect(x=-3, y=93.5, width=169, height=70)
    graph = with_panel(BARE, 2, polygon=off.polygon(), bleeds=("left",))
    on_paper = Rect(x=0, y=93.5, width=166, height=70)
    assert seen(graph, [*BOXES[:2], on_paper, *BOXES[3:]]).right
    assert kinds(graph, [*BOXES[:2], *BOXES[3:]]) == ["bleed"]


def test_what_is_missed_is_told_by_what_stands_at_its_edge() -> None:
    others = [*BOXES[:2], *BOXES[3:]]
    loud = Sfx(key="s", panel=BARE.panels[2].key, text="ドン", outline="", polygon=across(BOXES[2]))
    out = Breakout(character="c01", outlines=(across(BOXES[2]),))
    inset = with_panel(BARE, 3, polygon=Rect(x=20, y=96, width=40, height=40).polygon())
    assert kinds(BARE, others) == ["nothing at its edge"]
    assert kinds(with_panel(BARE, 2, borderless=True), others) == ["no border"]
    assert kinds(BARE.model_copy(update={"sfx": (loud,)}), others) == ["sound over the border"]
    assert kinds(with_panel(BARE, 2, breakout=out), others) == ["figure before the border"]
    assert kinds(inset, [*BOXES[:3], BOXES[4]]) == ["in another's corner"]
    assert kinds(with_panel(page(1), 0, polygon=BOXES[0].inset(4).polygon()), BOXES[1:]) == ["balloon over the border"]


def across(box: Rect) -> tuple[tuple[float, float], ...]:
    return Rect(x=box.x - 4, y=box.y + 20, width=12, height=12).polygon()


def test_what_is_not_meant_is_counted_apart() -> None:
    bled = with_panel(BARE, 2, bleeds=("left",))
    unmeant = [figures([seen(graph, [*BOXES[:2], *BOXES[3:]])])[-1].value for graph in (BARE, bled)]
    assert unmeant == [0.2, 0.0]


def test_a_picture_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "001.json").write_bytes(graph_bytes(BARE))
    (tmp_path / "001.png").write_bytes(b"no picture")
    with pytest.raises(OSError, match="draw the book again"):
        look(tmp_path / "001.json")


def test_a_folder_without_pages_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="mangaka draw"):
        pages_of(tmp_path)


def test_somebody_elses_finder_reads_a_page_right_and_tells_two_panels_that_ran_together(tmp_path: Path) -> None:
    folder = tmp_path / "book" / "pages"
    folder.mkdir(parents=True)
    drawn = page(1)
    merged = with_panel(drawn, 3, polygon=bounds((*BOXES[3].polygon(), *BOXES[4].polygon())).polygon())
    for name, graph in (("001", drawn), ("002", merged)):
        (folder / f"{name}.json").write_bytes(graph_bytes(drawn))
        (folder / f"{name}.png").write_bytes(page_files(graph, pictures(drawn), standard_folders(), 1600).png)
    right, wrong = (judge(look(file)) for file in pages_of(tmp_path / "book"))
    assert right.right
    assert {panel.address for panel, _ in wrong.missed} == {drawn.panels[3].address, drawn.panels[4].address}


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_ten_books_hold_both_bounds() -> None:
    assert main([]) == 0
