"""Tools of work: a pot that pours, washing on its line, a door that is knocked at, oars, a wheel, a rope to pull at.

In: a pose, the body's hands and the frame. Out: what lies before the body and behind its arms, and what lies before its
hands, in the figure's heads.
"""

from collections.abc import Callable
from math import atan2, cos, hypot, pi, sin

from drawing.art.body import DressedBody
from drawing.art.limbs import hull
from drawing.art.points_in_space import Vec
from drawing.art.props.stove_table_basin import Chore, Ink, cooks, cuts, ink_hands, washes
from drawing.art.things.draw_shape_file import draw_shape
from drawing.art.trunk_outline import Frame
from drawing.ink.paths import ellipse, poly, smooth
from drawing.ink.pen import BLACK, LIGHT_TONE, MID_TONE, WHITE, Pen, Shade, showing
from manga.geometry import Point
from manga.storyboard import Pose

_DOOR = (-1.5, 1.5, 7.4)
"""From where to where it goes across, and how high it is."""
_OAR = 4.6


def chore(pose: Pose, body: DressedBody, frame: Frame) -> Chore | None:
    """None for a pose that needs nothing of its own."""
    make = _MAKERS.get(pose)
    return make(body, frame) if make else None


def is_chore(pose: Pose) -> bool:
    """Whether the pose brings its own things."""
    return pose in _MAKERS


def _pours(body: DressedBody, frame: Frame) -> Chore:
    (lx, ly), (rx, ry) = (h.centre for h in body.hands)
    way = 1 if lx > rx else -1
    tilt = way * 0.5
    middle = (rx - way * 0.02, ry + 0.36)
    u, v = way * 0.47, -0.2
    spout = (middle[0] + cos(tilt) * u - sin(tilt) * v, middle[1] + sin(tilt) * u + cos(tilt) * v)

    def ink(pen: Pen) -> None:
        with pen.canvas.showing("holds", "cup"), pen.canvas.moved(lx, ly - 0.24, 0.66):
            draw_shape(Pen(pen.canvas, pen.weight / 0.66), "cup")
        drop = (lx, ly - 0.34)
        stream = (spout, (spout[0] + (drop[0] - spout[0]) * 0.7, spout[1] + (drop[1] - spout[1]) * 0.3), drop)
        pen.canvas.stroke(smooth(stream), pen.weight * 4.4)
        pen.canvas.stroke(smooth(stream), pen.weight * 2.0, 255)
        with pen.canvas.showing("holds", "teapot"), pen.canvas.moved(*middle, 1.0, tilt, mirror=way < 0):
            draw_shape(pen, "teapot")
        ink_hands(pen, body)

    return Chore((), _nothing, ink)


def _nothing(pen: Pen) -> None:
    """What is held lies before the body."""


def _hangs_up(body: DressedBody, frame: Frame) -> Chore:
    """A sheet between the hands, and more washing along the line."""
    wrists = (frame.bones.right.wrist, frame.bones.left.wrist)
    up, ahead = min(v[1] for v in wrists) - 0.2, max(v[2] for v in wrists) + 0.06
    away = -1 if frame.depth((1.0, 0.0, 0.0)) > 0 else 1

    def at(x: float, down: float) -> Point:
        return frame.flat((x, up + down, ahead))

    def cloth(pen: Pen, x: float, half: float, long: float, shade: Shade) -> None:
        hem = [at(x + half * k / 3, long + 0.07 * (k % 2)) for k in range(3, -4, -1)]
        edge = (*poly([at(x - half, 0.02), at(x + half, 0.02)], close=False), ("L", *hem[0]), *smooth(hem)[1:], ("Z",))
        pen.shape(edge, shade, 1.2)
        for k in (-0.4, 0.1, 0.5):
            pen.line((at(x + half * k, 0.1), at(x + half * (k + 0.06), long * 0.7)), 0.8, (0.3, 0.6))

    def under(pen: Pen) -> None:
        pen.straight((at(-7, 0.0), at(7, 0.0)), 2.2)
        for x, half, long, shade in ((2.4, 0.6, 1.5, LIGHT_TONE), (4.2, 0.7, 1.8, WHITE), (5.8, 0.5, 1.2, MID_TONE)):
            cloth(pen, away * x, half, long, shade)
        with pen.canvas.showing("holds", "washing"):
            cloth(pen, 0.0, 0.9, 2.2, WHITE)

    return Chore((), under, lambda pen: ink_hands(pen, body))


def _knocks(body: DressedBody, frame: Frame) -> Chore:
    ahead = frame.bones.right.wrist[2] + 0.34
    left, right, high = _DOOR

    def at(x: float, up: float) -> Point:
        return frame.flat((x, -up, ahead))

    face = [at(left, high), at(right, high), at(right, 0), at(left, 0)]

    def ink(pen: Pen) -> None:
        thick = [frame.flat((x, -up, ahead + 0.2)) for x, up in ((left, high), (right, high), (right, 0), (left, 0))]
        pen.shape(poly(hull([*face, *thick])), MID_TONE, 1.3)
        pen.shape(poly(face), LIGHT_TONE, 1.3)
        for low, top in ((0.7, 3.0), (3.7, 6.7)):
            pen.contour(
                poly([at(left + 0.5, top), at(right - 0.5, top), at(right - 0.5, low), at(left + 0.5, low)]), 1.0
            )
        pen.shape(ellipse(*at(right - 0.24, 3.35), 0.1, 0.13), BLACK, 1.0)

    return Chore(poly(face), showing("thing", "door", ink), lambda pen: ink_hands(pen, body), behind=True)


def _rows(body: DressedBody, frame: Frame) -> Chore:
    """An oar from each hand over the side; the farther one lies behind the body."""
    oars = [showing("holds", "oar", _oar(frame, arm.wrist, arm.side)) for arm in (frame.bones.left, frame.bones.right)]
    near = frame.depth((1.0, 0.0, 0.0)) < 0

    def over(pen: Pen) -> None:
        oars[near](pen)
        ink_hands(pen, body)

    return Chore((), oars[not near], over)


def _oar(frame: Frame, hand: Vec, side: int) -> Ink:
    way = (side * 0.8, 0.28, -0.3)

    def at(far: float) -> Point:
        return frame.flat((hand[0] + way[0] * far, hand[1] + way[1] * far, hand[2] + way[2] * far))

    grip, neck, tip = at(-0.3), at(_OAR * 0.76), at(_OAR)
    turn = atan2(tip[1] - grip[1], tip[0] - grip[0])
    wide = (-sin(turn) * 0.16, cos(turn) * 0.16)

    def ink(pen: Pen) -> None:
        for weight, grey in ((6.6, 255), (4.8, 0), (2.4, 255)):
            pen.straight((grip, neck), weight, grey)
        blade = [(p[0] + k * wide[0], p[1] + k * wide[1]) for p, k in ((neck, 0.4), (tip, 1), (tip, -1), (neck, -0.4))]
        pen.shape(poly(blade), LIGHT_TONE, 1.2)

    return ink


def _turns(body: DressedBody, frame: Frame) -> Chore:
    """A wheel with spokes that stands between the hands."""
    left, right = frame.bones.left.wrist, frame.bones.right.wrist
    x, y, z = (sum(pair) / 2 for pair in zip(left, right, strict=True))
    radius = max(0.75, hypot(left[0] - right[0], left[1] - right[1]) / 2)

    def at(turn: float, far: float) -> Point:
        return frame.flat((x + cos(turn) * far, y + sin(turn) * far, z + 0.04))

    def ring(far: float) -> list[Point]:
        return [at(n * pi / 12, far) for n in range(24)]

    def ink(pen: Pen) -> None:
        for n in range(8):
            for weight, grey in ((5.6, 0), (2.6, 255)):
                pen.straight((at(n * pi / 4, 0.1), at(n * pi / 4, radius * 1.32)), weight, grey)
        for far, weight, grey in ((radius, 7.0, 0), (radius, 3.6, 255), (0.16, 6.0, 0)):
            pen.canvas.stroke(smooth(ring(far), closed=True), pen.weight * weight, grey)
        ink_hands(pen, body)

    return Chore((), _nothing, showing("holds", "wheel", ink))


def _pulls(body: DressedBody, frame: Frame) -> Chore:
    """A taut rope that runs from the hands ahead and out of the picture, its end hanging from the nearer one."""
    first, last = sorted((frame.bones.left.wrist, frame.bones.right.wrist), key=lambda wrist: -wrist[2])
    far = frame.flat((first[0], first[1] + 0.5, first[2] + 9.0))
    end = smooth([frame.flat((last[0] + k * 0.1, last[1] + k * 0.5, last[2] - k * 0.14)) for k in range(4)])

    def ink(pen: Pen) -> None:
        for weight, grey in ((4.6, 0), (2.2, 255)):
            pen.straight((frame.flat(last), frame.flat(first)), weight, grey)
            pen.straight((frame.flat(first), far), weight, grey)
            pen.canvas.stroke(end, pen.weight * weight, grey)
        ink_hands(pen, body)

    return Chore((), _nothing, showing("holds", "rope", ink))


_MAKERS: dict[Pose, Callable[[DressedBody, Frame], Chore]] = {
    Pose.COOK: cooks,
    Pose.CUT: cuts,
    Pose.WASH: washes,
    Pose.POUR: _pours,
    Pose.HANG: _hangs_up,
    Pose.KNOCK: _knocks,
    Pose.ROW: _rows,
    Pose.CRANK: _turns,
    Pose.PULL: _pulls,
}
