"""Pages and panels that a person adds, takes away, moves, cuts and joins: what comes of the book."""

from itertools import pairwise
from typing import Any

import pytest

from drawing.layout.reading_order import reading_order
from editing.accept_edits import accepted
from editing.state_as_json import Json
from graph.state import State
from manga.errors import EditRejected
from manga.geometry import area, bounds, overlap_area
from manga.paper import Direction
from manga.storyboard import StoryPage
from tests.editing.works import board, edited, panels, parts, sent, state, status


def _page(of: State, number: int) -> StoryPage:
    return board(of).pages[number - 1]


def _across(page: StoryPage, key: str, share: float = 0.5) -> Json:
    """A level cut through a panel."""
    a, b, c, d = page.frame(key).polygon
    left = [a[0] + (d[0] - a[0]) * share, a[1] + (d[1] - a[1]) * share]
    right = [b[0] + (c[0] - b[0]) * share, b[1] + (c[1] - b[1]) * share]
    return {"a": left, "b": right}


def _tallest(page: StoryPage) -> str:
    return max(page.layout.frames, key=lambda frame: bounds(frame.polygon).height).key


def _split(of: State, number: int = 1, **more: Any) -> tuple[State, str]:
    page = _page(of, number)
    key = _tallest(page)
    address = f"p{number:02}.k{[panel.key for panel in page.panels].index(key) + 1}"
    return edited(of, sent(address, "drag_drop", split=_across(page, key) | more)), key


def test_a_drawn_cut_makes_two_panels_a_gutter_apart_where_one_was_and_moves_no_other() -> None:
    before = state()
    after, key = _split(before)
    old, new = _page(before, 1), _page(after, 1)
    second = next(panel.key for panel in new.panels if panel.key not in {p.key for p in old.panels})
    whole, one, two = (bounds(p) for p in (old.frame(key).polygon, new.frame(key).polygon, new.frame(second).polygon))
    assert one.width == two.width == pytest.approx(whole.width, abs=0.01)
    assert whole.height - one.height - two.height == pytest.approx(9.0 * 182 / 220, abs=0.01)
    assert all(new.frame(p.key) == old.frame(p.key) for p in old.panels if p.key != key)
    assert [page.layout for page in board(after).pages[1:]] == [page.layout for page in board(before).pages[1:]]
    assert reading_order([f.polygon for f in new.layout.frames], Direction.RTL) == tuple(range(5))


def test_a_cut_across_a_row_goes_down_and_the_right_part_is_read_first() -> None:
    before = state()
    page = _page(before, 1)
    key = max(page.layout.frames, key=lambda frame: bounds(frame.polygon).width).key
    a, b, c, d = page.frame(key).polygon
    cut = {"a": [(a[0] + b[0]) / 2, a[1]], "b": [(c[0] + d[0]) / 2, c[1]]}
    after = edited(before, sent(key, "drag_drop", split=cut))
    new = [panel.key for panel in _page(after, 1).panels]
    second = new[new.index(key) + 1]
    assert bounds(_page(after, 1).frame(key).polygon).x > bounds(_page(after, 1).frame(second).polygon).right


def test_the_person_says_how_many_lines_stay_in_the_first_part() -> None:
    after, key = _split(state(), lines=0)
    first = next(panel for panel in _page(after, 1).panels if panel.key == key)
    assert first.dialogue.parts == ()
    assert sorted(parts(after)) == sorted(parts(state()))


def test_a_cut_stays_when_its_page_is_laid_out_anew() -> None:
    after, key = _split(state())
    other = next(panel.key for panel in _page(after, 1).panels if not panel.key.startswith(key))
    heavier = edited(after, sent(other, "selection", importance=5))
    page = _page(heavier, 1)
    first, second = (page.frame(p.key).polygon for p in page.panels if p.key.startswith(key))
    assert page.layout != _page(after, 1).layout
    assert bounds(first).width == pytest.approx(bounds(second).width, abs=0.01)


def test_a_sliver_is_refused() -> None:
    page = _page(state(), 1)
    with pytest.raises(EditRejected, match="too small"):
        accepted(state(), [sent(_tallest(page), "drag_drop", split=_across(page, _tallest(page), 0.05))])


def test_panels_side_by_side_are_merged_into_their_common_frame_and_no_other_moves() -> None:
    split, key = _split(state())
    page = _page(split, 1)
    second = next(panel.key for panel in page.panels if panel.key.startswith(f"{key}+"))
    whole = edited(split, sent(key, "drag_drop", merge=second))
    merged = _page(whole, 1)
    assert bounds(merged.frame(key).polygon) == bounds(_page(state(), 1).frame(key).polygon)
    assert {f.key: f for f in merged.layout.frames if f.key != key} == {
        f.key: f for f in _page(state(), 1).layout.frames if f.key != key
    }


def test_neighbours_that_have_no_common_frame_are_merged_by_a_new_layout() -> None:
    before = state()
    keys = [panel.key for panel in _page(before, 1).panels]
    for one, two in pairwise(keys):
        page = _page(edited(before, sent(one, "drag_drop", merge=two)), 1)
        polygons = [frame.polygon for frame in page.layout.frames]
        assert [panel.key for panel in page.panels] == [key for key in keys if key != two]
        assert all(overlap_area(p, q) < 1 for i, p in enumerate(polygons) for q in polygons[i + 1 :])


def test_a_deleted_panel_leaves_its_lines_to_its_neighbour_and_its_room_to_the_page() -> None:
    before = state()
    after = edited(before, sent("p01.k2", "drag_drop", delete=True))
    page = _page(after, 1)
    assert [panel.key for panel in page.panels] == ["b0000", "b0002", "b0003"]
    assert parts(after) == parts(before)
    total = sum(area(frame.polygon) for frame in page.layout.frames)
    assert total > 0.8 * sum(area(frame.polygon) for frame in _page(before, 1).layout.frames)


def test_a_page_whose_lines_have_no_room_elsewhere_is_not_deleted() -> None:
    crowded = state()
    for n in range(3):
        for _ in range(2):
            line = {"text": f"もう一つ{n}"}
            crowded = edited(crowded, sent(f"p02.k{n + 1}", "text_edit", insert_line=line))
    with pytest.raises(EditRejected, match="no room"):
        accepted(crowded, [sent("p02", "drag_drop", delete=True)])


def test_a_new_panel_is_silent_and_plays_where_its_neighbour_plays() -> None:
    after = edited(state(), sent("p01", "drag_drop", insert_panel={"before": "p01.k3", "seen": "空"}))
    new = _page(after, 1).panels[2]
    assert (new.direction.seen, new.direction.place, new.scene) == ("空", "川", "s01")
    assert new.dialogue.parts == ()
    assert new.key not in panels(state())


def test_a_new_panel_can_be_directed_like_any_other() -> None:
    after = edited(state(), sent("p01", "drag_drop", insert_panel={}))
    key = _page(after, 1).panels[-1].key
    directed = edited(after, sent(key, "selection", shot="close", **{"figures.c02.present": True}))
    panel = _page(directed, 1).panels[-1]
    assert (panel.direction.shot, [f.character for f in panel.direction.figures]) == ("close", ["c02"])


def test_pages_are_moved_with_all_that_is_on_them() -> None:
    after = edited(state(), sent("p04", "drag_drop", position={"before": "p02"}))
    assert [page.key for page in board(after).pages] == ["g001", "g004", "g002", "g003"]
    assert [page.number for page in board(after).pages] == [1, 2, 3, 4]


def test_a_page_on_the_other_side_bleeds_over_its_outer_edge_and_never_into_the_spine() -> None:
    before = state()
    after = edited(before, sent("storyboard", "drag_drop", insert_page={"before": "p01"}))
    old, new = _page(before, 2).layout.frames[0], _page(after, 3).layout.frames[0]
    assert ("right" in old.bleeds, "right" in new.bleeds, "left" in new.bleeds) == (True, False, True)
    assert _page(after, 3).layout.frames[1:] == _page(before, 2).layout.frames[1:]


def test_a_line_is_moved_to_another_panel() -> None:
    after = edited(state(), sent("p01.k1.b1", "drag_drop", panel={"panel": "p02.k4", "index": 0}))
    assert [part.key for part in _page(after, 2).panels[3].dialogue.parts] == ["l0000.1", "l0007.1"]
    assert sorted(parts(after)) == sorted(parts(state()))


def test_lines_and_sounds_are_added_and_taken_away() -> None:
    after = edited(
        state(),
        sent("p01.k1", "text_edit", insert_line={"text": "まって", "speaker": "c02", "index": 0}),
        sent("p01.k1", "text_edit", insert_sound={"text": "ザー"}),
        sent("p01.k1.s1", "drag_drop", delete=True),
    )
    found = [(part.text, part.kind) for part in _page(after, 1).panels[0].dialogue.parts]
    assert found == [("まって", "speech"), ("せりふ0です", "speech"), ("ザー", "sfx")]


def test_the_table_of_all_lines_is_one_edit() -> None:
    rows = [{"key": f"p01.k{n}.b1", "text": f"新{n}", "kind": "whisper"} for n in range(1, 5)]
    after = edited(state(), sent("storyboard", lines=rows))
    assert [panel.dialogue.parts[0].text for panel in _page(after, 1).panels] == ["新1", "新2", "新3", "新4"]
    assert len(after["edits"]) == 1


def test_geometry_that_is_gone_orphans_the_edit_and_undoing_the_deletion_brings_it_back() -> None:
    split, key = _split(state())
    gone = edited(split, sent(key, "drag_drop", delete=True))
    assert set(status(gone).values()) == {"active"}
    swapped: Any = {**gone, "edits": list(reversed(gone["edits"]))}
    assert list(status(swapped).values()) == ["active", "orphaned"]
