"""Long limp things: how they hang by one end, and how they lie around a neck. Words of what is held in, ink out.

Points are in the heads of the figure; a neck is given by its two sides and the way that it goes down.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from math import hypot

from drawing.art.things.find_drawing import thing_of
from drawing.ink.paths import ellipse, stroke, union
from drawing.ink.pen import BLACK, MID_TONE, WHITE, Pen, Shade
from manga.geometry import Point

_AROUND = re.compile(
    r"\b(?:a?round|about) (?:(?:the|his|her|its|their|my) )?neck\b|[首頸](?:に|へ|の(?:まわ|周))|くびに"
)
_BY_MOUTH = re.compile(r"\bin (?:(?:the|his|her|its|their) )?(?:mouth|teeth|jaws|beak)\b|口に|くわえ")


@dataclass(frozen=True, slots=True)
class Limp:
    """Its coat, its thickness in heads, and whether it has a head of its own."""

    shade: Shade
    thick: float
    alive: bool = False


LIMP = {
    "eel": Limp(BLACK, 0.17, alive=True),
    "snake": Limp(MID_TONE, 0.15, alive=True),
    "rope": Limp(WHITE, 0.1),
}


@dataclass(frozen=True, slots=True)
class Neck:
    """Where something goes around: the middle, half the width to each side, the way down (of length 1)."""

    middle: Point
    left: float
    right: float
    down: Point

    def at(self, across: float, along: float) -> Point:
        """A point by its share of the half width (-1 is the left side), and so far down."""
        side = across * (self.right if across > 0 else self.left)
        (x, y), (dx, dy) = self.middle, self.down
        return (x + dy * side + dx * along, y - dx * side + dy * along)


IN_MOUTH, AROUND_NECK = "{} in mouth", "{} around neck"
FROM_MOUTH = "{} in mouth, around neck"
"""The words for where a thing is that is in no hand."""
_WHERE = re.compile(r" in mouth\b| around neck\b")


def bare(word: str) -> str:
    """The thing, without where it is."""
    return _WHERE.split(word)[0]


def around_neck(word: str) -> str:
    """The thing that the words say to be around a neck; empty for none, and for what does not wind itself."""
    name = thing_of(word) if _AROUND.search(word.lower()) else None
    return name if name in LIMP else ""


def by_the_mouth(word: str) -> bool:
    """Whether the words say that the mouth holds it, too."""
    return bool(_BY_MOUTH.search(word.lower()))


def lives(name: str) -> bool:
    return name in LIMP and LIMP[name].alive


def ink_limp(
    pen: Pen, name: str, points: list[Point], scale: float = 1.0, taper: tuple[float, float] = (0.0, 0.9)
) -> None:
    """One stretch of it, with a white rim that sets it off from fur and clothes."""
    limp = LIMP[name]
    thick = limp.thick * scale
    ends = zip((points[0], points[-1]), taper, strict=True)
    caps = [ellipse(*end, r, r) for end, thin in ends if (r := thick / 2 * (1 - thin)) > thick * 0.2]
    body = union(stroke(points, thick, taper, steps=8), *caps)
    pen.contour(body, 3.4, 255)
    pen.shape(body, limp.shade, 1.1)
    if name == "eel":
        _shine(pen, points, thick)
    else:
        _bands(pen, points, thick, twisted=name == "rope")


def _shine(pen: Pen, points: list[Point], thick: float) -> None:
    """Light along a wet back."""
    raised = [(x - thick * 0.14, y - thick * 0.2) for x, y in points[: max(3, len(points) - 1)]]
    pen.canvas.fill(stroke(raised, thick * 0.16, (1, 1), steps=8), 255)


def _bands(pen: Pen, points: list[Point], thick: float, *, twisted: bool) -> None:
    """The bands of a snake, or the strands of a rope that run aslant."""
    for (x0, y0), (x1, y1) in pairwise(points):
        length = hypot(x1 - x0, y1 - y0) or 1.0
        ux, uy = (x1 - x0) / length, (y1 - y0) / length
        for n in range(1, max(2, round(length / (thick * 0.9)))):
            along = n * thick * 0.9
            lean = thick * 0.3 * twisted
            a = (x0 + ux * (along - lean) - uy * thick * 0.34, y0 + uy * (along - lean) + ux * thick * 0.34)
            b = (x0 + ux * (along + lean) + uy * thick * 0.34, y0 + uy * (along + lean) - ux * thick * 0.34)
            pen.line((a, b), 0.8 if twisted else 1.6, (0.3, 0.3))


def ink_around(pen: Pen, name: str, neck: Neck, scale: float = 1.0, *, headless: bool = False) -> None:
    """Two turns around a neck; the head rises behind it to the face, the tail is on the other side. A mouth may have
    the head: then what leads there comes from the left."""
    thick = LIMP[name].thick * scale
    ink_limp(pen, name, _tail(neck, thick, 1 if headless else -1), scale, (0.0, 0.95))
    for turn in (1, 0):
        ink_limp(pen, name, _turn(neck, thick, turn * thick * 0.98), scale, (0.25, 0.25))
    if lives(name) and not headless:
        _ink_head(pen, name, neck, scale)


def _turn(neck: Neck, thick: float, along: float) -> list[Point]:
    """Over the front of the neck, its ends a little beyond both sides: there it goes behind."""
    out = 1.0 + 0.3 * thick / max(0.1, (neck.left + neck.right) / 2)
    shares = ((-out, -0.4), (-0.72, 0.35), (0.0, 0.8), (0.72, 0.45), (out, -0.2))
    return [neck.at(across, along + sag * thick) for across, sag in shares]


def _tail(neck: Neck, thick: float, side: int) -> list[Point]:
    x, y = neck.at(0.8 * side, thick * 1.2)
    k = thick * side
    return [(x, y), (x + k * 1.4, y + thick * 1.6), (x + k * 0.9, y + thick * 3.4), (x + k * 2.2, y + thick * 4.4),
            (x + k * 3.4, y + thick * 3.6)]  # fmt: skip


def _ink_head(pen: Pen, name: str, neck: Neck, scale: float) -> None:
    """Up from the right side, and bent towards the face."""
    limp = LIMP[name]
    thick = limp.thick * scale
    x, y = neck.at(1.0, 0.0)
    rise = [(x - thick * 0.5, y + thick * 0.5), (x + thick * 1.1, y), (x + thick * 1.9, y - thick * 1.5),
            (x + thick * 1.2, y - thick * 2.7)]  # fmt: skip
    ink_limp(pen, name, rise, scale, (0.2, 0.0))
    hx, hy = x + thick * 0.9, y - thick * 2.8
    skull = ellipse(hx, hy, thick * 0.85, thick * 0.58, 0.3)
    pen.contour(skull, 3.0, 255)
    pen.shape(skull, limp.shade, 1.1)
    pen.canvas.fill(ellipse(hx - thick * 0.1, hy - thick * 0.18, thick * 0.18, thick * 0.18), 255)
    pen.canvas.fill(ellipse(hx - thick * 0.15, hy - thick * 0.18, thick * 0.09, thick * 0.09))
    mouth = ((hx - thick * 0.8, hy + thick * 0.02), (hx - thick * 0.4, hy + thick * 0.24), (hx, hy + thick * 0.3))
    pen.line(mouth, 0.9, (0.2, 0.8), limp.shade.line)


def hanging(mouth: Point, long: float) -> list[Point]:
    """By one end from a mouth, still alive enough to curl."""
    x, y = mouth
    shares = ((0.0, 0.02), (-0.06, 0.2), (0.1, 0.44), (-0.05, 0.68), (-0.2, 0.86), (-0.06, 1.0), (0.14, 0.92))
    return [(x + dx * long, y + dy * long) for dx, dy in shares]


def from_mouth(mouth: Point, neck: Neck, thick: float) -> list[Point]:
    """Out of the mouth, down, and round the left side of the neck."""
    x, y = mouth
    ex, ey = neck.at(-1.0, -thick * 0.1)
    return [(x, y + 0.02), (x - thick * 0.3, y + thick * 0.9), ((x + ex) / 2, (y + ey) / 2 + thick * 1.3),
            (ex + thick * 0.5, ey + thick * 0.7), (ex - thick * 0.1, ey - thick * 0.1)]  # fmt: skip
