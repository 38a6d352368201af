"""Hair cut short at the sides, combed back, or bound: it leaves brow, temples and ears free.

In: a view, and where the hairline runs. Out: the hair on the skull and the lines of its flow, in the head's
coordinates.
"""

from math import hypot

from drawing.art.face import HeadView
from drawing.ink.paths import Path, mapped, smooth
from manga.geometry import Point

Stretch = tuple[Point, ...]
Line = tuple[Point, ...]

_RISE = {"clear": (0.0, 0.025), "high": (-0.045, 0.025), "soft": (-0.03, -0.02), "pate": (-0.16, 0.0)}
"""How much higher than usual the middle of the hairline runs, and how far it dips there; a shaved pate leaves the
crown free."""


def is_clear(cap: str) -> bool:
    return cap in _RISE


def clear_cap(cap: str, view: HeadView) -> Path:
    """The hair on the skull, from the hairline to the nape, with sideburns before the ears."""
    if view == "back":
        return smooth(_BACK + _mirrored(_BACK)[1:-1], closed=True, tension=0.6)
    up, dip = _RISE[cap]
    if view == "profile":
        return _joined(_shaved_side() if cap == "pate" else _side(up))
    return _joined(_front(up, dip) if view == "front" else _turned(up, dip))


def shaved(view: HeadView) -> Path:
    """The pate that is shaved, as far as it is seen."""
    if view == "back":
        return ()
    rows = ((-0.4, -0.22), (-0.2, -0.265), (0.0, -0.275), (0.2, -0.265), (0.4, -0.22), (0.4, -0.7), (-0.4, -0.7))
    move = {"front": 0.0, "three_quarter": -0.07, "profile": -0.02}[view]
    return mapped(smooth(rows, closed=True, tension=0.3), lambda x, y: (x + move, y))


def flow(view: HeadView, cap: str, towards: Point | None) -> tuple[Line, ...]:
    """Lines from the hairline, over the round of the skull, to where the hair is bound, or to the back."""
    roots = _ROOTS[view]
    if view == "back" and towards and towards[1] > -0.45:
        roots += _CROWN
    cx, cy = _CENTRES[view]
    lines: list[Line] = []
    for i, (x, y) in enumerate(roots):
        if cap == "pate" and view != "back" and y < -0.26:
            continue
        fx, fy = towards or _over(view, i, x)
        mx, my = (x + fx) / 2, (y + fy) / 2
        out = 0.3 * hypot(fx - x, fy - y) / (hypot(mx - cx, my - cy) or 1.0)
        bend = (mx + (mx - cx) * out, my + (my - cy) * out)
        lines.append(((x, y), bend, (x + (fx - x) * 0.9, y + (fy - y) * 0.92)))
    return tuple(lines)


_CENTRES: dict[HeadView, Point] = {
    "front": (0.0, -0.1), "three_quarter": (0.05, -0.1), "profile": (0.06, -0.06), "back": (0.0, -0.1),
}  # fmt: skip
"""The middle of the skull."""
_CROWN = ((-0.34, -0.45), (-0.2, -0.57), (-0.06, -0.61), (0.07, -0.61), (0.21, -0.57), (0.35, -0.45))


def _over(view: HeadView, i: int, x: float) -> Point:
    """Where a line ends that is bound nowhere."""
    if view == "front":
        return (x * 0.55, -0.62)
    if view == "three_quarter":
        return (-0.04 + 0.05 * i, -0.62 + 0.0052 * i * i)
    return (0.34 + 0.05 * i - 0.004 * i * i, -0.54 + 0.085 * i)


_ROOTS: dict[HeadView, tuple[Point, ...]] = {
    "front": (
        (-0.345, -0.02), (-0.335, -0.17), (-0.25, -0.28), (-0.15, -0.33), (-0.05, -0.33), (0.06, -0.33), (0.16, -0.33),
        (0.26, -0.28), (0.335, -0.17), (0.345, -0.02),
    ),
    "three_quarter": (
        (-0.34, -0.2), (-0.26, -0.29), (-0.15, -0.33), (-0.04, -0.34), (0.07, -0.31), (0.16, -0.25), (0.22, -0.14),
        (0.25, -0.02), (0.37, -0.06), (0.41, 0.06), (0.385, 0.2),
    ),
    "profile": (
        (-0.26, -0.39), (-0.19, -0.29), (-0.11, -0.22), (-0.03, -0.12), (0.02, -0.02), (0.12, -0.07), (0.22, -0.04),
        (0.25, 0.1), (0.3, 0.25),
    ),
    "back": ((-0.37, -0.02), (-0.3, 0.17), (-0.18, 0.28), (-0.06, 0.3), (0.06, 0.3), (0.18, 0.28), (0.3, 0.17),
             (0.37, -0.02)),
}  # fmt: skip
"""Where the combing begins."""

_BACK = ((0.0, 0.325), (0.13, 0.33), (0.25, 0.29), (0.335, 0.15), (0.385, 0.02), (0.43, -0.14), (0.424, -0.36),
         (0.3, -0.56), (0.0, -0.64))  # fmt: skip


def _mirrored(points: Stretch) -> Stretch:
    return tuple((-x, y) for x, y in reversed(points))


def _joined(parts: tuple[Stretch, ...]) -> Path:
    """Curved stretches, each from the end of the last, that meet in corners."""
    ops: list[tuple[str | float, ...]] = [("M", *parts[0][0])]
    for part in parts:
        ops += smooth(part, tension=0.6)[1:]
    return (*ops, ("Z",))


def _front(up: float, dip: float) -> tuple[Stretch, ...]:
    corner = (0.286, -0.235 + up * 0.2)
    outer = ((0.388, 0.0), (0.418, -0.14), (0.406, -0.34), (0.282, -0.545), (0.0, -0.625))
    line = ((0.0, -0.325 + dip + up), (0.1, -0.325 + up), (0.2, -0.3 + up * 0.85), corner)
    temple = (corner, (0.324, -0.13), (0.331, 0.0), (0.347, 0.125))
    back = ((0.347, 0.125), (0.366, 0.05), (0.388, 0.0))
    return (outer, _mirrored(outer), _mirrored(back), _mirrored(temple), _mirrored(line), line, temple, back)


def _turned(up: float, dip: float) -> tuple[Stretch, ...]:
    corner, far = (0.168, -0.24 + up * 0.2), (-0.318, -0.225 + up * 0.2)
    outer = ((-0.356, -0.06), (-0.382, -0.21), (-0.35, -0.4), (-0.17, -0.582), (0.07, -0.64), (0.31, -0.56),
             (0.462, -0.37), (0.5, -0.12), (0.478, 0.06), (0.442, 0.19), (0.395, 0.285))  # fmt: skip
    nape = ((0.395, 0.285), (0.352, 0.27), (0.372, 0.18), (0.396, 0.09), (0.385, 0.0))
    over = ((0.385, 0.0), (0.34, -0.035), (0.284, -0.005))
    burn = ((0.284, -0.005), (0.272, 0.06), (0.254, 0.13))
    temple = ((0.254, 0.13), (0.234, 0.0), (0.214, -0.13), corner)
    line = (corner, (0.08, -0.3 + up * 0.85), (-0.03, -0.325 + up), (-0.13, -0.327 + dip + up),
            (-0.225, -0.3 + up * 0.85), far)  # fmt: skip
    return (outer, nape, over, burn, temple, line, (far, (-0.34, -0.14), (-0.356, -0.06)))


_AROUND_EAR: tuple[Stretch, ...] = (
    ((0.345, 0.33), (0.29, 0.335), (0.248, 0.24), (0.222, 0.12), (0.208, 0.0)),
    ((0.208, 0.0), (0.14, -0.045), (0.07, -0.02)),
    ((0.07, -0.02), (0.054, 0.06), (0.034, 0.14)),
)
"""From the nape up behind the ear, over it, and down to the end of the sideburn."""


def _side(up: float) -> tuple[Stretch, ...]:
    brow = (-0.296 - up * 0.35, -0.33 + up)
    outer = (brow, (-0.27, -0.45), (-0.13, -0.592), (0.08, -0.636), (0.3, -0.57), (0.45, -0.4), (0.5, -0.15),
             (0.475, 0.06), (0.41, 0.22), (0.345, 0.33))  # fmt: skip
    temple = ((0.034, 0.14), (0.004, 0.0), (-0.036, -0.12), (-0.125, -0.215 + up * 0.3))
    line = ((-0.125, -0.215 + up * 0.3), (-0.21, -0.29 + up * 0.8), brow)
    return (outer, *_AROUND_EAR, temple, line)


def _shaved_side() -> tuple[Stretch, ...]:
    outer = ((0.05, -0.545), (0.12, -0.6), (0.3, -0.57), (0.45, -0.4), (0.5, -0.15), (0.475, 0.06), (0.41, 0.22),
             (0.345, 0.33))  # fmt: skip
    temple = ((0.034, 0.14), (0.004, 0.0), (-0.036, -0.12), (-0.11, -0.225))
    return (outer, *_AROUND_EAR, temple, ((-0.11, -0.225), (-0.06, -0.36), (0.05, -0.545)))
