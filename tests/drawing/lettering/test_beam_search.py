"""What balloons cost beside each other: no overlap, order of reading, tails apart, answers lower."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawing.lettering.balloon_spots import Looked, spots
from drawing.lettering.beam_search import (
    Effort,
    Layout,
    Pairs,
    grown,
    overlap,
    reads_before,
    surely_before,
    tail_meets,
    tails_meet,
)
from drawing.lettering.placed_pieces import BalloonSpot
from drawing.lettering.tails import Tail, aside
from manga.geometry import Rect, bounds
from manga.lettering import BalloonKind
from tests.drawing.lettering.spots_desk import page_of, panel_at, piece_of

WIDE = Rect(x=15, y=20, width=150, height=90)
PANEL = panel_at(WIDE)
EFFORT = Effort(beam=6, spots=32, variants=9, alike=2)
PLACE = st.tuples(st.floats(0, 150), st.floats(0, 150))


def spot_at(x: float, y: float, rank: int = 0, who: str | None = "a") -> BalloonSpot:
    piece = piece_of("それはだめだよ", PANEL, rank=rank, count=2, who=who)
    variant = piece.variants[0]
    return BalloonSpot(piece, variant, (x, y), variant.box_at((x, y)), cut=False, tail=None, cost=0.0)


@given(PLACE, PLACE)
def test_overlap_does_not_depend_on_who_comes_first(a: tuple[float, float], b: tuple[float, float]) -> None:
    assert overlap(spot_at(*a), spot_at(*b), 1.0) == overlap(spot_at(*b), spot_at(*a), 1.0)


def test_balloons_side_by_side_overlap_only_within_their_clearance() -> None:
    first = spot_at(50, 50)
    width = first.box.width
    assert overlap(first, spot_at(50 + width + 0.5, 50), 1.0)
    assert not overlap(first, spot_at(50 + width + 1.5, 50), 1.0)


@pytest.mark.parametrize(("rtl", "first"), [(True, 100.0), (False, 40.0)])
def test_beside_each_other_the_side_decides_and_above_each_other_the_height(rtl: bool, first: float) -> None:
    a, b = spot_at(first, 50).box, spot_at(140 - first, 55).box
    assert reads_before(a, b, rtl=rtl)
    assert not reads_before(b, a, rtl=rtl)
    assert reads_before(spot_at(60, 20).box, spot_at(100, 80).box, rtl=rtl)


def test_layouts_never_hold_balloons_that_overlap_and_come_best_first() -> None:
    page = page_of(PANEL)
    pieces = [piece_of("それはだめだよ", PANEL, rank=rank, count=3) for rank in range(3)]
    beam = [Layout()]
    for piece in pieces:
        beam = grown(beam, spots(piece, page, piece.variants), page, EFFORT)
    assert 1 < len(beam) <= EFFORT.beam
    assert [layout.cost for layout in beam] == sorted(layout.cost for layout in beam)
    for layout in beam:
        assert sum(layout.prices) == pytest.approx(layout.cost)
        assert not any(overlap(a, b, 0.5) for i, a in enumerate(layout.chosen) for b in layout.chosen[i + 1 :])


def test_what_was_looked_at_before_gives_the_same_layouts() -> None:
    page, looked, pairs = page_of(PANEL), Looked(), Pairs()
    pieces = [piece_of("それはだめだよ", PANEL, rank=rank, count=3) for rank in range(3)]
    found = []
    for before, known in ((None, None), (looked, pairs), (looked, pairs)):
        beam = [Layout()]
        for piece in pieces:
            beam = grown(beam, spots(piece, page, piece.variants, before=before), page, EFFORT, known)
        found.append(beam)
    assert found[0] == found[1] == found[2]
    assert all(a is b for one, two in zip(*found[1:], strict=True) for a, b in zip(one.chosen, two.chosen, strict=True))


def test_the_answer_of_somebody_else_begins_lower() -> None:
    page = page_of(PANEL)
    start = [Layout().joined(spot_at(130, 50), 0.0)]
    level, lower = spot_at(60, 50, 1, "b"), spot_at(60, 62, 1, "b")
    found = grown(start, [level, lower], page, EFFORT)
    assert [layout.chosen[-1] for layout in found] == [lower, level]


def test_a_tail_on_another_balloon_is_seen() -> None:
    tail = Tail((50, 60), (50, 90), (50, 100), bounds(((50, 60), (50, 90))))
    pointing = replace(spot_at(50, 40), tail=tail)
    assert tail_meets(pointing, spot_at(50, 85))
    assert not tail_meets(pointing, spot_at(100, 85))
    assert not tail_meets(spot_at(50, 40), spot_at(50, 85))


@pytest.mark.parametrize(("tip", "crossed"), [((40, 90), True), ((66, 90), False)])
def test_two_tails_to_one_mouth_may_not_be_drawn_across_each_other(tip: tuple[float, float], crossed: bool) -> None:
    mouth = (50.0, 100.0)
    one, other = (
        replace(spot_at(x, 40), tail=Tail(root, end, mouth, bounds((root, end))))
        for x, root, end in ((30, (45, 60), (58, 90)), (70, (55, 60), tip))
    )
    assert tails_meet(one, other) is crossed


def test_a_long_tail_is_bent_and_so_keeps_farther_off() -> None:
    near, far = (Tail((50, 60), (50, 60 + long), (50, 120), bounds(((50, 60), (50, 60 + long)))) for long in (8, 16))
    assert aside(near, 4.0) == pytest.approx(0.4 * 4.0)
    assert aside(far, 4.0) > aside(near, 4.0) + 0.3


def test_an_order_that_hangs_by_a_hair_is_none() -> None:
    first, far, near = (Rect(x=x, y=y, width=20, height=40) for x, y in ((10, 0), (50, 30), (50, 26.1)))
    assert reads_before(first, far, rtl=True)
    assert surely_before(first, far, rtl=True)
    assert reads_before(first, near, rtl=True)
    assert not surely_before(first, near, rtl=True)


def test_two_captions_of_one_sentence_stand_closer_than_two_sentences() -> None:
    page = page_of(PANEL)
    apart = {}
    for line in ("l0001", "l0002"):
        first, second = (piece_of("ある朝のこと", PANEL, BalloonKind.CAPTION, rank=rank, count=2) for rank in (0, 1))
        pieces = [replace(first, key="l0001.1"), replace(second, key=f"{line}.2")]
        beam = [Layout()]
        for piece in pieces:
            beam = grown(beam, spots(piece, page, piece.variants, 400), page, EFFORT)
        a, b = (spot.box for spot in beam[0].chosen)
        apart[line] = max(a.x - b.right, b.x - a.right, a.y - b.bottom, b.y - a.bottom)
    assert 0 <= apart["l0001"] < apart["l0002"]
