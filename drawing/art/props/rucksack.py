"""The bag that a pupil has on the back: its straps over the shoulders, and what is seen of it behind the body.

A frame in, outline and ink out, in the figure's heads.
"""

from collections.abc import Callable

from drawing.art.limbs import hull
from drawing.art.points_in_space import Vec
from drawing.art.trunk_outline import Frame
from drawing.ink.paths import Path, poly, smooth
from drawing.ink.pen import BLACK, DARK_TONE, Pen, showing
from manga.characters import Age, Look
from manga.geometry import Point
from manga.plot import TimeOfDay
from manga.storyboard import FigureDirection, Pose, SceneDirection
from manga.vocabulary.clothes_and_hair import outfits
from manga.vocabulary.places import has

MARK = "rucksack"
"""Of a look that has it on."""
_STRAP = ((48, 0.0), (54, 0.09), (54, 0.22), (60, 0.36), (76, 0.48))
"""From beside the neck over the shoulder to under the arm: degrees around the trunk, share of its length."""
_WIDE = 8
"""Degrees: half a strap."""
_HALF, _TOP, _LOW, _DEEP = 0.46, 0.12, 1.28, 0.52
"""Half its width, its top and bottom below the neck, its depth; heads of an adult."""


def with_rucksack(look: Look, directed: FigureDirection, scene: SceneDirection) -> Look:
    """The look of a pupil in uniform who is on the way somewhere by day, with nothing else to carry."""
    young = look.age in {Age.CHILD, Age.TEEN} and outfits().entries[look.outfit].school
    out = has(scene.setting, "way") and scene.time_of_day is not TimeOfDay.NIGHT
    if not (young and out) or directed.holds or directed.pose is Pose.LIE or MARK in look.marks:
        return look
    return look.model_copy(update={"marks": (*look.marks, MARK)})


def pack(frame: Frame) -> tuple[Path, Callable[[Pen], None]]:
    """It stands out behind the back."""
    k = frame.p.shoulder / 0.8
    back = -frame.section(0.3)[1]

    def corner(x: float, y: float, z: float) -> Point:
        return frame.flat(frame.bones.on_trunk((x * k, y, z)))

    near, far = back + 0.04, back - _DEEP * k
    box: list[Vec] = [(x, y, z) for x in (-_HALF, _HALF) for y in (_TOP, _LOW) for z in (near, far)]
    rim = hull([corner(*v) for v in box])
    outline = smooth(rim, closed=True, tension=0.35)
    edge = [corner(x, y, far) for x, y in ((-_HALF, 0.3), (_HALF, 0.3), (_HALF * 0.9, 0.72), (-_HALF * 0.9, 0.72))]
    flap = smooth(edge, closed=True, tension=0.3)

    def ink(pen: Pen) -> None:
        pen.contour(outline, 2.6, 255)
        pen.shape(outline, DARK_TONE, 1.3)
        if not frame.shows_front:
            pen.shape(flap, BLACK, 1.1)
            pen.contour(flap, 1.0, 255)

    return outline, showing("thing", "backpack", ink)


def straps(frame: Frame, *, worn: bool) -> Callable[[Pen], None]:
    """On the chest, on both sides; nothing on others, and from behind."""

    def ink(pen: Pen) -> None:
        for side in (-1, 1) if worn and frame.shows_front else ():
            outer = [frame.surface(side * (a + _WIDE), t, 1.03) for a, t in _STRAP]
            inner = [frame.surface(side * (a - _WIDE), t + 0.02, 1.03) for a, t in _STRAP]
            band = poly((*outer, *reversed(inner)))
            pen.contour(band, 2.2, 255)
            pen.shape(band, BLACK, 0.9)

    return ink
