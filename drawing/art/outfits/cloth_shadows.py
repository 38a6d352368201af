"""Shade on the side of clothes that is turned from the light, which falls from the upper left: the next darker tone."""

from collections.abc import Sequence

from drawing.art.trunk_outline import Frame
from drawing.ink.paths import poly, smooth
from drawing.ink.pen import DARK, LIGHT, MID, Pen, Shade
from manga.geometry import Point

_NEAR = 13.0
"""Millimetres a head: smaller figures are not shaded."""
_DARKER = {0.0: LIGHT, LIGHT: MID, MID: DARK}
_TRUNK = ((0.2, 0.9), (0.33, 0.8), (0.46, 0.84), (0.62, 0.74), (0.8, 0.82), (1.02, 0.78))
"""Heights of the trunk, and the share of its width from which on it lies in the shade."""
_LIMB = 0.34


def shade_trunk(pen: Pen, frame: Frame, shade: Shade, end: float) -> None:
    if not _shows(pen, shade):
        return
    rows = [(t, share) for t, share in _TRUNK if t < end]
    edges = [frame.edge(t) for t, _ in rows]
    outer = [b for _, b in edges]
    inner = [_mixed(a, b, share) for (a, b), (_, share) in zip(edges, rows, strict=True)]
    _cast(pen, outer, inner, shade)


def shade_limb(pen: Pen, left: Sequence[Point], right: Sequence[Point], shade: Shade) -> None:
    """The sides of an arm or a leg from its root to its end."""
    if not _shows(pen, shade):
        return
    count = min(len(left), len(right))
    a, b = left[-count:], right[-count:]
    dark, light = (a, b) if _turned_away(a) > _turned_away(b) else (b, a)
    picked = range(1, count, 2)
    depth = [_LIMB * (0.75 + 0.5 * (i % 3 == 1)) for i in range(len(picked))]
    _cast(pen, [dark[i] for i in picked], [_mixed(dark[i], light[i], d) for i, d in zip(picked, depth, strict=True)],
          shade)  # fmt: skip


def _turned_away(side: Sequence[Point]) -> float:
    """How far to the right and below it lies."""
    return sum(x + 0.4 * y for x, y in side)


def _shows(pen: Pen, shade: Shade) -> bool:
    return not shade.black and shade.tone in _DARKER and pen.canvas.magnification >= _NEAR


def _cast(pen: Pen, outer: Sequence[Point], inner: Sequence[Point], shade: Shade) -> None:
    edge = smooth(list(reversed(inner)))
    path = (*poly(outer, close=False), ("L", *edge[0][1:]), *edge[1:], ("Z",))
    pen.canvas.tone(path, _DARKER[shade.tone])


def _mixed(a: Point, b: Point, t: float) -> Point:
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)
