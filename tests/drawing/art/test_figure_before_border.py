"""Somebody steps before his panel's border: his head or his feet stand out, clean, and nobody is hidden by it."""

from functools import cache

import pytest

from drawing.art.draw_panel import DrawnPanel, draw_panel, expected_anchors
from drawing.art.figure_before_border import LEAST, offset
from manga.characters import Look
from manga.geometry import bounds
from manga.panel_brief import PanelBrief, brief_for
from manga.storyboard import BreakoutRoom, FigureDirection, Pose, SceneDirection, Shot

LOOKS = {"c01": Look(gender="male", hair_style="messy"), "c02": Look(gender="female")}
WIDTH, HEIGHT = 80.0, 60.0
ALL_ROUND = BreakoutRoom(character="c01", top=6, right=8, bottom=6, left=8)


def request(shot: Shot, room: BreakoutRoom | None, *others: FigureDirection, pose: Pose = Pose.STAND) -> PanelBrief:
    figures = (FigureDirection(character="c01", x=0.6, pose=pose, facing="left"), *others)
    return brief_for(WIDTH, HEIGHT, SceneDirection(shot=shot, setting="street", figures=figures), LOOKS, room=room)


@cache
def drawn(shot: Shot, pose: Pose = Pose.STAND) -> DrawnPanel:
    return draw_panel(request(shot, ALL_ROUND, pose=pose))


@pytest.mark.parametrize("shot", [Shot.CLOSE, Shot.BUST, Shot.MEDIUM, Shot.FULL])
def test_hair_stands_over_the_upper_border_and_the_eyes_stay_below_it(shot: Shot) -> None:
    panel = drawn(shot)
    assert panel.breakout is not None
    top = min(y for line in panel.breakout.outlines for _, y in line) * HEIGHT
    assert -ALL_ROUND.top <= top <= -LEAST
    (figure,) = panel.figures
    assert figure.mouth is not None
    assert figure.face is not None


def test_who_runs_steps_over_the_lower_border_too() -> None:
    panel = drawn(Shot.FULL, Pose.RUN)
    assert panel.breakout is not None
    low = max(y for line in panel.breakout.outlines for _, y in line)
    assert low * HEIGHT > HEIGHT + 1


def test_nothing_is_cut_in_the_open() -> None:
    """What stands out ends before the room does, so no straight cut shows."""
    for shot in (Shot.BUST, Shot.FULL):
        panel = drawn(shot)
        assert panel.breakout is not None
        for line in panel.breakout.outlines:
            box = bounds([(x * WIDTH, y * HEIGHT) for x, y in line])
            assert box.x > -ALL_ROUND.left
            assert box.y > -ALL_ROUND.top
            assert box.right < WIDTH + ALL_ROUND.right


def test_the_figure_alone_can_be_drawn_again() -> None:
    panel = drawn(Shot.BUST)
    first, end = panel.drawing.breakout
    assert panel.drawing.backdrop <= first < end <= len(panel.drawing.calls)
    assert panel.drawing.figure.calls == panel.drawing.calls[first:end]


@pytest.mark.parametrize("beside", [True, False])
def test_whose_feet_are_in_the_picture_stands_on_the_ground_before_the_border_too(beside: bool) -> None:
    """A panel so narrow and tall that a near view shows people from head to foot."""
    fox = Look.model_validate({"kind": "fox", "outfit": "none"})
    figures = (
        FigureDirection(character="c01", x=0.27, pose=Pose.FIST, facing="right"),
        *([FigureDirection(character="c02", x=0.73, facing="left")] if beside else []),
    )
    wide, high = 37.3, 117.0
    scene = SceneDirection(shot=Shot.MEDIUM, setting="river", figures=figures)
    room = BreakoutRoom(character="c01", top=8, right=4, bottom=0, left=12)
    panel = draw_panel(brief_for(wide, high, scene, {**LOOKS, "c02": fox}, room=room))
    shown = next(f for f in panel.figures if f.character == "c01")
    assert shown.body.bottom > 0.84
    for line in panel.breakout.outlines if panel.breakout else ():
        box = bounds([(x * wide, y * high) for x, y in line])
        assert box.x > -1.0 or box.bottom < 0, "no sleeve and no foot hangs over the side"


def test_without_room_everybody_stays_inside() -> None:
    low = BreakoutRoom(character="c01", top=1)
    for room in (None, low, BreakoutRoom(character="c09", top=6)):
        assert draw_panel(request(Shot.BUST, room)).breakout is None


def test_views_from_afar_have_nobody_before_the_border() -> None:
    assert draw_panel(request(Shot.LONG, ALL_ROUND)).breakout is None


def test_no_other_face_is_hidden() -> None:
    other = FigureDirection(character="c02", x=0.5, facing="right")
    figures = {f.character: f for f in draw_panel(request(Shot.FULL, ALL_ROUND, other)).figures}
    mine, yours = figures["c01"].head, figures["c02"].face
    assert mine is not None
    assert yours is not None
    assert mine.overlap(yours) < 0.2 * yours.area


def test_where_figures_are_is_known_without_drawing() -> None:
    wanted = request(Shot.BUST, ALL_ROUND)
    assert expected_anchors(wanted) == draw_panel(wanted).figures


def test_a_leaning_border_moves_along_its_own_normal() -> None:
    moved = offset(((0, 0), (10, 2), (10, 12), (0, 12)), {"bottom": 3})
    assert moved[:2] == ((0, 0), (10, 2))
    assert [y for _, y in moved[2:]] == pytest.approx([15, 15])


@pytest.mark.parametrize("pose", [Pose.STAND, Pose.RUN, Pose.CHEER])
def test_where_the_panel_runs_off_the_paper_above_only_feet_stand_out_below(pose: Pose) -> None:
    panel = draw_panel(request(Shot.FULL, BreakoutRoom(character="c01", bottom=6), pose=pose))
    assert panel.breakout is not None
    ys = [y * HEIGHT for line in panel.breakout.outlines for _, y in line]
    assert min(ys) > 0.9 * HEIGHT
    assert HEIGHT + LEAST <= max(ys) <= HEIGHT + 6
