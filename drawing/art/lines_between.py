"""Ties whoever pulls at a rope, a ribbon or a rein to the one whom he pulls by it.

In: a direction and where everybody stands. Out: the lines, each from a hand or a mouth to the body at its other end.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from drawing.art.frame_shot import Standing
from drawing.art.things.find_drawing import thing_of
from drawing.ink.canvas import Canvas
from drawing.ink.paths import Path
from drawing.ink.pen import BLACK_INK, WHITE_INK
from manga.geometry import Point, distance
from manga.storyboard import Pose, SceneDirection

_LIMP: Final = frozenset({"rope", "chain", "thread", "ribbon", "belt"})
_PULLS: Final = frozenset({Pose.PULL, Pose.CLIMB})
_FARTHEST, _NEAREST = 9.0, 0.8
"""Heads from end to end: what is longer is no line between two, what is shorter needs none."""
_SAG, _WIDE, _RIM = 0.1, 0.09, 0.06
"""Of its length; heads that it is thick, and that are white around it."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A line by its thing's name, between two by their keys."""

    name: str
    puller: str
    pulled: str
    start: Point
    end: Point
    thick: float

    def ink(self, canvas: Canvas) -> None:
        (x, y), (u, v) = self.start, self.end
        sag = _SAG * abs(u - x)
        path: Path = (("M", x, y), ("Q", (x + u) / 2, (y + v) / 2 + sag, u, v))
        with canvas.showing("thing", self.name):
            canvas.stroke(path, self.thick + _RIM / _WIDE * self.thick, WHITE_INK)
            canvas.stroke(path, self.thick, BLACK_INK)


def ties(scene: SceneDirection, standing: Sequence[Standing]) -> list[Tie]:
    """Of each who pulls at something limp that he holds: to the nearest who does not pull with him."""
    return [tie for s in standing if (tie := _tie(s, scene, standing)) is not None]


def tied(standing: Sequence[Standing], lines: Sequence[Tie]) -> list[Standing]:
    """Everybody, with the one whom he has on a line; whoever has nobody stays the same object."""
    pulled = {line.puller: line.pulled for line in lines}
    on_line = ((s, pulled.get(s.direction.character)) for s in standing)
    return [replace(s, figure=replace(s.figure, tied=other)) if other else s for s, other in on_line]


def _tie(s: Standing, scene: SceneDirection, standing: Sequence[Standing]) -> Tie | None:
    name = thing_of(s.direction.holds) or ""
    if name not in _LIMP or s.direction.pose not in _PULLS or (s.figure.marks.mouth is None and not s.figure.human):
        return None
    start = _hold(s)
    ends = [(_middle(o, start), o) for o in standing if o is not s and o.direction.pose not in _PULLS]
    ends = [(end, o) for end, o in ends if _NEAREST < distance(start, end) / s.size < _FARTHEST]
    if not ends:
        return None
    end, other = min(ends, key=lambda found: distance(start, found[0]))
    return Tie(name, s.direction.character, other.direction.character, start, end, _WIDE * s.size)


def _hold(s: Standing) -> Point:
    marks = s.figure.marks
    if s.figure.human and marks.hands:
        x, y = marks.hands[-1].centre
    else:
        x, y = marks.mouth or marks.head.centre
    return s.x + x * s.size, s.y + y * s.size


def _middle(o: Standing, start: Point) -> Point:
    """The side of his body that is turned to the line, at half of its height; what bears him is on it, too."""
    body, (left, right) = o.figure.marks.body, o.sides
    towards = left if start[0] < (left + right) / 2 else right
    inner = towards + 0.12 * (left + right - 2 * towards)
    return inner, o.y + (body.y + 0.55 * body.height) * o.size
