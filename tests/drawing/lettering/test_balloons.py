"""Balloon shapes: the type inside with air, no larger than it must be, each kind with its own outline."""

from itertools import pairwise
from math import hypot
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawing.ink.paths import flattened
from drawing.lettering.balloons import (
    BOXED,
    NARROWEST,
    TAILED,
    WIDEST,
    body_for,
    faces_of,
    hull,
    kind_of,
    outline,
)
from manga.geometry import area, inside
from manga.lettering import BalloonKind
from manga.plot import LineKind
from tests.drawing.lettering.typing_desk import set_text

KINDS = list(BalloonKind)
TEXTS = [
    "鍵",
    "うそだろ",
    "怒られるよ。だから、静かに",
    "放課後の教室には、もう誰もいなかった",
    "あ。い。うえおかきくけこ",
    "それはだめだよ、おじいさんのものだから、返してくるんだ",
]


@pytest.mark.parametrize("kind", [k for k in KINDS if k is not BalloonKind.MONOLOGUE])
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("compact", [False, True])
def test_all_type_lies_inside_with_a_quarter_em_of_air(kind: BalloonKind, text: str, compact: bool) -> None:
    run = set_text(text)
    body = body_for(run, kind, compact=compact)
    em, (cx, cy), (dx, dy) = run.size_q * 0.25, run.box.centre, body.text
    for glyph in run.glyphs:
        for x, y in glyph.box.inset(-0.15 * em).polygon():
            px, py = x - cx + dx, y - cy + dy
            assert (abs(px) / body.rx) ** body.power + (abs(py) / body.ry) ** body.power <= 1.001


@settings(max_examples=50)
@given(
    st.text(alphabet="あいう漢字、。！", min_size=1, max_size=48).filter(lambda t: any(c != "。" for c in t)),
    st.sampled_from(KINDS),
)
def test_whatever_the_text_its_letters_lie_inside_the_drawn_outline(text: str, kind: BalloonKind) -> None:
    run = set_text(text)
    body = body_for(run, kind)
    path = outline(body, (50.0, 50.0), kind, Random(1))
    if not path:
        return
    line = max(flattened(path, 10), key=len)
    dx, dy = 50 + body.text[0] - run.box.centre[0], 50 + body.text[1] - run.box.centre[1]
    assert all(inside((x + dx, y + dy), line) for g in run.glyphs for x, y in g.box.inset(0.05).polygon())


@pytest.mark.parametrize("text", TEXTS[2:])
def test_an_oval_is_not_much_larger_than_its_type(text: str) -> None:
    run = set_text(text)
    body = body_for(run, BalloonKind.SPEECH)
    assert 0.55 <= run.box.height / (2 * body.ry) <= 0.85
    assert run.box.width / (2 * body.rx) >= 0.45


@pytest.mark.parametrize("text", TEXTS)
def test_balloons_are_neither_slits_nor_plates(text: str) -> None:
    body = body_for(set_text(text), BalloonKind.SPEECH)
    assert NARROWEST - 0.01 <= body.rx / body.ry <= WIDEST + 0.01


def test_a_compact_balloon_is_smaller_about_the_same_text() -> None:
    run = set_text(TEXTS[3])
    usual, compact = body_for(run, BalloonKind.SPEECH), body_for(run, BalloonKind.SPEECH, compact=True)
    assert compact.rx < usual.rx
    assert compact.ry < usual.ry


@pytest.mark.parametrize("kind", [k for k in KINDS if k is not BalloonKind.MONOLOGUE])
def test_the_outline_keeps_within_the_reach_that_was_promised(kind: BalloonKind) -> None:
    body = body_for(set_text(TEXTS[3]), kind)
    for seed in range(6):
        points = [p for line in flattened(outline(body, (0, 0), kind, Random(seed)), 8) for p in line]
        assert max(abs(x) for x, _ in points) <= body.reach[0] * 1.04
        assert max(abs(y) for _, y in points) <= body.reach[1] * 1.04


def test_a_monologue_has_no_outline_and_a_caption_has_four_corners() -> None:
    body = body_for(set_text("あいう"), BalloonKind.CAPTION)
    assert outline(body, (0, 0), BalloonKind.MONOLOGUE, Random(1)) == ()
    assert len(hull(body, (0, 0), BalloonKind.CAPTION)) == 4


def test_a_cloud_has_full_bumps_of_unequal_size() -> None:
    body = body_for(set_text(TEXTS[3]), BalloonKind.THOUGHT)
    path = outline(body, (0, 0), BalloonKind.THOUGHT, Random(3))
    bumps = [op for op in path if op[0] == "C"]
    assert 8 <= len(bumps) <= 16
    drawn = max(flattened(path, 10), key=len)
    assert area(drawn) > area(hull(body, (0, 0), BalloonKind.THOUGHT)) * 1.05


def test_a_hull_is_the_flat_body() -> None:
    body = body_for(set_text(TEXTS[2]), BalloonKind.SPEECH)
    assert area(hull(body, (10, 20), BalloonKind.SPEECH)) == pytest.approx(3.4 * body.rx * body.ry, rel=0.06)


def test_every_way_of_speaking_has_a_kind_and_voices_from_outside_have_no_tail() -> None:
    assert {kind_of(line, off_panel=False) for line in LineKind} <= set(BalloonKind)
    assert kind_of(LineKind.SPEECH, off_panel=True) is BalloonKind.OFF_PANEL
    assert kind_of(LineKind.SHOUT, off_panel=True) is BalloonKind.SHOUT
    assert BalloonKind.OFF_PANEL not in TAILED
    assert not BOXED & TAILED


def test_shouts_are_heavy_and_all_kinds_have_one_size() -> None:
    assert faces_of(BalloonKind.SHOUT, "auto", 4).kana == "gothic_heavy"
    assert {faces_of(kind, "auto", 4).size_mm for kind in KINDS} == {4}


@pytest.mark.parametrize("compact", [False, True])
def test_a_tall_round_border_has_no_corners(compact: bool) -> None:
    body = body_for(set_text(TEXTS[2]), BalloonKind.SPEECH, compact=compact)
    (line,) = flattened(outline(body, (0.0, 0.0), BalloonKind.SPEECH, Random(1)), 6)
    ways = [(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise((*line, line[0])) if (x0, y0) != (x1, y1)]
    turns = [(a * d - b * c) / (hypot(a, b) * hypot(c, d)) for (a, b), (c, d) in pairwise(ways)]
    assert max(map(abs, turns)) < 0.2
