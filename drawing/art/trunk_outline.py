"""The trunk of a body seen from somewhere: its outline and points on its surface, on paper.

Surface points are named by an angle around the trunk (0 the front's middle, +90 the figure's left side) and a share of
the trunk's length (0 the neck, 1 the hips). Points on the far side slide to the edge that can be seen.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, cos, hypot, pi, radians, sin, sqrt

from drawing.art.points_in_space import Vec, View, add, pitched, turned
from drawing.art.proportions import Proportions
from drawing.art.skeleton import Skeleton, spine
from drawing.ink.paths import Path, smooth
from manga.geometry import Point

_PROFILE = ((0.0, 0.0), (0.06, -0.02), (0.3, 0.05), (0.46, 0.045), (0.72, -0.01), (1.0, -0.05), (1.2, -0.04))
"""How far the trunk's middle lies forward of the spine's line."""
_HEIGHTS = (0.0, 0.03, 0.06, 0.11, 0.2, 0.33, 0.44, 0.68, 0.9, 1.08)
"""Where the trunk's outline is measured."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Bones, measures and view together."""

    bones: Skeleton
    p: Proportions
    view: View

    def flat(self, v: Vec) -> Point:
        return self.view.flat(v)

    def depth(self, v: Vec) -> float:
        return self.view.depth(v)

    @property
    def turn(self) -> float:
        """How far the chest is turned from the viewer, degrees in -180..180."""
        return (self.view.yaw + self.bones.twist + 180) % 360 - 180

    @property
    def shows_front(self) -> bool:
        return abs(self.turn) < 100

    @property
    def lap(self) -> bool:
        """Whether thighs lie before the body, as of one who sits or kneels, and are seen."""
        knees = (self.bones.left_leg.knee, self.bones.right_leg.knee)
        hips = self.bones.pelvis[1]
        return any(k[2] > 0.7 and k[1] < hips + 0.75 for k in knees) and abs(self.view.yaw) < 120

    def section(self, t: float) -> tuple[float, float]:
        """Half width and half depth of the trunk at a share of its length."""
        rows = self._sections()
        for (t0, w0, d0), (t1, w1, d1) in itertools.pairwise(rows):
            if t <= t1:
                k = max(0.0, (t - t0) / (t1 - t0))
                return w0 + (w1 - w0) * k, d0 + (d1 - d0) * k
        return rows[-1][1:]

    def _sections(self) -> tuple[tuple[float, float, float], ...]:
        p, fat, neck = self.p, self.p.depth, self.neck
        round_ = max(p.chest * 0.9, p.chest * 0.4 + p.waist * 0.54)
        """A belly begins below the breast."""
        return (
            (-0.1, neck, neck), (-0.03, neck * 1.05, neck * 1.05), (0.0, neck * 1.3 + p.muscle * 0.7, neck * 1.2),
            (0.03, neck * 0.55 + p.shoulder * 0.36, 0.2), (0.06, p.shoulder * 0.69, 0.24),
            (0.11, p.shoulder * 0.88, 0.27), (0.2, p.chest * 0.93, 0.33),
            (0.33, p.chest * 0.96, 0.21 + 0.14 * fat + p.bust), (0.44, round_, 0.15 + 0.18 * fat + p.bust * 0.4),
            (0.68, p.waist, 0.28 * fat + p.belly * 0.6), (0.9, p.hip * 0.97, 0.34 * fat + p.belly * 0.3),
            (1.08, p.hip, 0.35 * fat),
        )  # fmt: skip

    @property
    def neck(self) -> float:
        """Half its thickness."""
        return 0.055 + 0.105 * self.p.limb + self.p.muscle

    def spine(self, t: float) -> Vec:
        """The middle of the trunk at a share of its length: the chest stands forward, the seat back."""
        ahead = 0.0
        for (t0, z0), (t1, z1) in itertools.pairwise(_PROFILE):
            if t0 < t <= t1:
                ahead = z0 + (z1 - z0) * (t - t0) / (t1 - t0)
        ahead += self.p.bust * max(0.0, 1 - abs(t - 0.34) / 0.26) + self.p.belly * max(0.0, 1.25 - abs(t - 0.72) * 2.1)
        return add(spine(self.bones, t), pitched(turned((0, 0, ahead), self._twist(t)), self.bones.lean))

    def surface(self, around: float, t: float, lift: float = 1.0) -> Point:
        w, d = self.section(t)
        psi = radians(self._twist(t) + self.view.yaw)
        psi = (psi + pi) % (2 * pi) - pi
        a = radians(around)
        normal = atan2(sin(a) / w, cos(a) / d)
        seen = (normal + psi + pi) % (2 * pi) - pi
        seen = max(-pi / 2, min(pi / 2, seen)) - psi
        a = atan2(w * sin(seen), d * cos(seen))
        local = turned((w * sin(a) * lift, 0, d * cos(a) * lift), self._twist(t))
        return self.flat(add(self.spine(t), pitched(local, self.bones.lean)))

    def _twist(self, t: float) -> float:
        return self.bones.twist * (1 - max(0.0, min(1.0, t)))

    def edge(self, t: float) -> tuple[Point, Point]:
        """The trunk's outline at a height: the page's left point, then its right one."""
        w, d = self.section(t)
        psi = radians(self.view.yaw + self._twist(t))
        half = sqrt((w * cos(psi)) ** 2 + (d * sin(psi)) ** 2)
        centre = self.flat(self.spine(t))
        nx, ny = self._across(t)
        return (centre[0] - nx * half, centre[1] - ny * half), (centre[0] + nx * half, centre[1] + ny * half)

    def _across(self, t: float) -> Point:
        """A unit vector across the trunk to the page's right: square to the spine, tilted with shoulders or hips."""
        top, bottom = self.flat(self.bones.neck), self.flat(self.bones.pelvis)
        length = hypot(bottom[0] - top[0], bottom[1] - top[1])
        lean = atan2(-(bottom[0] - top[0]), bottom[1] - top[1]) if length > 0.6 else 0.0
        tilt = radians(self.bones.tilt) * (1 - 1.5 * t) * cos(radians(self.view.yaw))
        angle = lean + tilt
        if t < 0.4:
            shoulders = self._shoulder_line()
            angle += (shoulders - angle) * min(1.0, (0.4 - t) / 0.26) if shoulders is not None else 0.0
        return cos(angle), sin(angle)

    def _shoulder_line(self) -> float | None:
        """How steeply it lies on paper, radians; None when the body is seen from its side."""
        a, b = sorted((self.flat(self.bones.left.shoulder), self.flat(self.bones.right.shoulder)))
        across = b[0] - a[0]
        return atan2(b[1] - a[1], across) if across > self.p.shoulder * 0.8 else None

    def trunk(self, end: float = 1.08, start: float = 0.0) -> Path:
        """The closed outline from the neck to a height."""
        heights = [t for t in _HEIGHTS if start <= t < end - 0.02]
        pairs = [self.edge(t) for t in (*heights, end)]
        left = smooth([a for a, _ in pairs], tension=0.55)
        right = smooth([b for _, b in reversed(pairs)], tension=0.55)
        return (*left, ("L", *right[0][1:]), *right[1:], ("Z",))

    def strip(self, angles: Sequence[float], heights: Sequence[float], lift: float = 1.02) -> list[Point]:
        """Surface points, pairwise."""
        return [self.surface(a, t, lift) for a, t in zip(angles, heights, strict=True)]
