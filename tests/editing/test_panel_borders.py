"""Borders that a person has moved: who goes along, and what is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawing.layout.lay_out_pages import gutters_of
from editing.panel_borders import edge_at
from graph.state import State
from manga.errors import EditRejected
from manga.geometry import Polygon, Rect, bounds, overlap_area
from manga.paper import PAPERS, PaperName
from tests.editing.works import board, edited, last_id, sent, state, status, without

GUTTERS = gutters_of(PAPERS[PaperName.B5])


def _frames(of: State, number: int = 1) -> dict[str, Polygon]:
    return {frame.key: frame.polygon for frame in board(of).pages[number - 1].layout.frames}


def _moved(of: State, panel: str, edge: int, by: float) -> State:
    return edited(of, sent(panel, "drag_drop", border={"edge": edge, "by_mm": by}))


def _tried(of: State, panel: str, edge: int, by: float) -> State | str:
    """What it comes to, or why not."""
    try:
        return _moved(of, panel, edge, by)
    except EditRejected as refused:
        return refused.message


def _sides(of: State, number: int = 1) -> list[tuple[str, int]]:
    return [(key, edge) for key, polygon in _frames(of, number).items() for edge in range(len(polygon))]


def test_a_border_takes_its_gutter_along_and_the_panel_beyond_gives_way() -> None:
    before = state()
    grown = 0
    for key, edge in _sides(before):
        after = _tried(before, key, edge, 4.0)
        if isinstance(after, str):
            continue
        old, new = _frames(before), _frames(after)
        given_way = [other for other in old if bounds(new[other]).area < bounds(old[other]).area - 1]
        assert bounds(new[key]).area > bounds(old[key]).area
        assert given_way, (key, edge)
        grown += 1
    assert grown >= 4


def test_borders_at_the_edge_of_the_page_do_not_grow_beyond_it_and_panels_never_become_slivers() -> None:
    before = state()
    assert any("live area" in str(_tried(before, key, edge, 9.0)) for key, edge in _sides(before))
    key, edge = _sides(before)[0]
    with pytest.raises(EditRejected, match="too small"):
        _moved(before, key, edge, -190.0)
    with pytest.raises(EditRejected, match="no such side"):
        _moved(before, key, 9, 1.0)


@settings(max_examples=25, deadline=None)
@given(which=st.integers(0, 15), by=st.floats(-40, 40).map(lambda v: round(v, 2)), page=st.integers(1, 4))
def test_whatever_border_is_moved_panels_keep_their_gutters_and_their_order(which: int, by: float, page: int) -> None:
    before = state()
    key, edge = _sides(before, page)[which]
    after = _tried(before, key, edge, by)
    if isinstance(after, str):
        assert any(word in after for word in ("too small", "live area", "another order", "over another"))
        return
    frames = _frames(after, page)
    assert list(frames) == list(_frames(before, page))
    least = min(GUTTERS.row, GUTTERS.column)
    grown = [_grown(bounds(polygon), least / 2 - 0.3).polygon() for polygon in frames.values()]
    upright = all(len(p) == 4 and bounds(p).area == pytest.approx(_area(p), rel=1e-3) for p in frames.values())
    polygons = grown if upright else list(frames.values())
    assert all(overlap_area(p, q) < 0.5 for i, p in enumerate(polygons) for q in polygons[i + 1 :])
    assert [_frames(after, n) for n in range(1, 5) if n != page] == [
        _frames(before, n) for n in range(1, 5) if n != page
    ]


def _grown(box: Rect, by: float) -> Rect:
    return box.inset(-by)


def _area(polygon: Polygon) -> float:
    ends = zip(polygon, (*polygon[1:], polygon[0]), strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in ends)) / 2


def test_moves_add_up_and_each_is_taken_back_by_itself() -> None:
    before = state()
    key, edge = next((k, e) for k, e in _sides(before) if _fits(before, k, e))
    once = _moved(before, key, edge, 2.0)
    twice = _moved(once, key, edge, 2.0)
    assert _frames(twice) != _frames(once) != _frames(before)
    assert _frames(without(twice, last_id(twice))) == _frames(once)
    assert _frames(without(twice, *(edit["id"] for edit in twice["edits"]))) == _frames(before)
    assert set(status(twice).values()) == {"active"}


def _fits(of: State, key: str, edge: int) -> bool:
    return not isinstance(_tried(of, key, edge, 4.0), str)


def test_a_moved_border_stays_when_its_page_is_laid_out_anew_or_is_told_to_find_no_place() -> None:
    before = state()
    key, edge = next((k, e) for k, e in _sides(before) if _fits(before, k, e))
    moved = _moved(before, key, edge, 4.0)
    other = next(panel for panel in _frames(before) if panel != key)
    heavier = edited(moved, sent(other, "selection", importance=5))
    plain = edited(before, sent(other, "selection", importance=5))
    placed = status(heavier)[moved["edits"][-1]["id"]] == "active"
    assert (_frames(heavier) != _frames(plain)) is placed


def test_the_side_that_was_meant_moves_by_as_much_as_was_said() -> None:
    before = state()
    key, edge = next((k, e) for k, e in _sides(before) if _fits(before, k, e))
    old, new = bounds(_frames(before)[key]), bounds(_frames(_moved(before, key, edge, 3.0))[key])
    assert max(new.width - old.width, new.height - old.height) == pytest.approx(3.0, abs=0.6)


def test_a_side_may_be_named_by_where_it_looks() -> None:
    before = state()
    key, edge = next((k, e) for k, e in _sides(before) if _fits(before, k, e))
    polygon = _frames(before)[key]
    named = next(side for side in ("top", "right", "bottom", "left") if edge_at(polygon, side) == edge)
    by_name = edited(before, sent(key, "drag_drop", border={"side": named, "by_mm": 2.0}))
    assert _frames(by_name) == _frames(_moved(before, key, edge, 2.0))
    assert by_name["edits"][-1]["change_data"]["border"]["edge"] == edge


def test_slanted_sides_look_where_they_look_most_and_a_diamond_nowhere() -> None:
    slanted = ((0.0, 0.0), (50.0, 6.0), (50.0, 40.0), (0.0, 40.0))
    assert [edge_at(slanted, side) for side in ("top", "right", "bottom", "left")] == [0, 1, 2, 3]
    turned = (*slanted[2:], *slanted[:2])
    assert [edge_at(turned, side) for side in ("top", "right", "bottom", "left")] == [2, 3, 0, 1]
    assert edge_at(((0.0, 10.0), (10.0, 0.0), (20.0, 10.0), (10.0, 20.0)), "top") is None
