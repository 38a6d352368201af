"""Points of a body in three dimensions: how they turn, and how they fall on paper.

x runs to the figure's left (to the right of the page when it faces us), y down, z towards the viewer. Units are heads.
"""

from dataclasses import dataclass
from math import acos, cos, radians, sin, sqrt
from typing import TypeAlias

from manga.geometry import Point

Vec: TypeAlias = tuple[float, float, float]


def add(a: Vec, b: Vec) -> Vec:
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def minus(a: Vec, b: Vec) -> Vec:
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def times(a: Vec, k: float) -> Vec:
    return (a[0] * k, a[1] * k, a[2] * k)


def between(a: Vec, b: Vec, t: float) -> Vec:
    return add(a, times(minus(b, a), t))


def size(a: Vec) -> float:
    return sqrt(a[0] ** 2 + a[1] ** 2 + a[2] ** 2)


def unit(a: Vec) -> Vec:
    return times(a, 1 / (size(a) or 1.0))


def dot(a: Vec, b: Vec) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def pitched(a: Vec, degrees: float) -> Vec:
    """Leant forward about the x axis: what is above moves towards z."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return (a[0], a[1] * c + a[2] * s, a[2] * c - a[1] * s)


def turned(a: Vec, degrees: float) -> Vec:
    """Turned about the upright axis: what is in front moves towards x."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return (a[0] * c + a[2] * s, a[1], a[2] * c - a[0] * s)


def rolled(a: Vec, degrees: float) -> Vec:
    """Tilted in the plane of the chest: what is above moves towards x."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return (a[0] * c - a[1] * s, a[1] * c + a[0] * s, a[2])


def aimed(swing: float, spread: float, side: int) -> Vec:
    """The direction of a limb that hangs: `swing` degrees forwards, `spread` degrees outwards on its side."""
    a, b = radians(swing), radians(spread)
    return (side * sin(b), cos(b) * cos(a), cos(b) * sin(a))


def two_bones(root: Vec, target: Vec, first: float, second: float, pole: Vec) -> tuple[Vec, Vec]:
    """Inverse kinematics: the joint between two bones and their end, as near to the target as they reach.

    The joint lies on the side of `pole`, a direction.
    """
    way = minus(target, root)
    reach = min(max(size(way), abs(first - second) + 0.02), first + second - 0.01)
    along = unit(way)
    side = minus(pole, times(along, dot(pole, along)))
    side = unit(side) if size(side) > 1e-6 else (0.0, 1.0, 0.0)
    angle = acos(max(-1.0, min(1.0, (first**2 + reach**2 - second**2) / (2 * first * reach))))
    joint = add(root, add(times(along, first * cos(angle)), times(side, first * sin(angle))))
    return joint, add(root, times(along, reach))


@dataclass(frozen=True, slots=True)
class View:
    """From where a body is seen. `yaw` 0 is the front, positive turns it to the right of the page, 180 is the back.

    `tilt` says how far the viewer looks down: what is nearer lies lower.
    """

    yaw: float = 0.0
    tilt: float = 0.14

    def turn(self, v: Vec) -> Vec:
        return turned(v, self.yaw)

    def flat(self, v: Vec) -> Point:
        x, y, z = self.turn(v)
        return (x, y + z * self.tilt)

    def depth(self, v: Vec) -> float:
        """How near to the viewer."""
        return self.turn(v)[2]
