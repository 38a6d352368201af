"""A head of hair in a view: what lies behind the body, and what lies before the face."""

from dataclasses import dataclass
from math import cos, pi, sin
from random import Random

from drawing.art.face import HeadView, shifted, wrapped
from drawing.art.hair.behind import hair_behind
from drawing.art.hair.clumps import SHADES, Clump, closed, ink_mass, ink_shine, ink_strands, mass, unlike
from drawing.art.hair.styles import STYLES, HairStyle
from drawing.ink.paths import Path, ellipse, mapped, smooth, union
from drawing.ink.pen import LIGHT_TONE, WHITE, Pen, Shade
from manga.characters import Age, Look
from manga.geometry import Point


@dataclass(frozen=True, slots=True)
class Hair:
    """`front` may be empty (bald). `behind` is drawn before the body, except when the back is seen."""

    shade: Shade
    front: Path
    behind: tuple[Path, ...]
    strands: tuple[Clump, ...]
    view: HeadView
    seed: int
    stubble: Path = ()
    ties: tuple[Path, ...] = ()
    covered: bool = False
    """By a hat: no light falls on it."""


def hair(look: Look, view: HeadView) -> Hair:
    style = STYLES[look.hair_style]
    shade = SHADES[look.hair_color]
    front, strands = _front(style, look, view)
    behind, ties = hair_behind(style, view)
    stubble: Path = mapped(_cap_path("full", view), _close) if style.cap == "stubble" else ()
    if style.cap == "none" and look.age is Age.ELDER:
        front = union(*(c.path() for c in _tufts(view)))
    return Hair(shade, front, behind, tuple(strands), view, look.seed, stubble, ties, look.hat != "none")


def _tufts(view: HeadView) -> list[Clump]:
    right = [Clump((0.36, -0.2), (0.46, 0.16), 0.16, 0.2), Clump((0.38, -0.08), (0.5, 0.06), 0.14, 0.2)]
    if view == "profile":
        return [Clump((0.2, -0.14), (0.3, 0.3), 0.26, -0.2), Clump((0.3, -0.14), (0.46, 0.22), 0.24, -0.1)]
    if view == "three_quarter":
        return [Clump((c.root[0] + 0.02, c.root[1]), (c.tip[0] + 0.02, c.tip[1]), c.width * 1.3, c.bend) for c in right]
    return [*right, *(c.mirrored() for c in right)]


_FULL = (
    (-0.445, 0.06),
    (-0.482, -0.15),
    (-0.45, -0.37),
    (-0.3, -0.575),
    (0.0, -0.672),
    (0.3, -0.575),
    (0.45, -0.37),
    (0.482, -0.15),
    (0.445, 0.06),
)
_HAIRLINE = ((0.402, 0.1), (0.385, -0.06), (0.31, -0.24), (0.0, -0.36), (-0.31, -0.24), (-0.385, -0.06), (-0.402, 0.1))
_HIGH_LINE = ((0.4, 0.06), (0.37, -0.14), (0.24, -0.36), (0.0, -0.42), (-0.24, -0.36), (-0.37, -0.14), (-0.4, 0.06))
_PATE_LINE = ((0.4, 0.06), (0.385, -0.14), (0.3, -0.4), (0.0, -0.6), (-0.3, -0.4), (-0.385, -0.14), (-0.4, 0.06))
_SIDE = (
    (-0.33, -0.28), (-0.25, -0.54), (0.04, -0.675), (0.33, -0.585), (0.5, -0.34), (0.52, -0.06), (0.46, 0.16), (0.38,
    0.36), (0.3, 0.4),
    (0.24, 0.26), (0.14, 0.2), (0.11, 0.02), (0.05, -0.04), (0.02, 0.1), (-0.05, -0.02), (-0.14, -0.14), (-0.25, -0.22),
)  # fmt: skip
_SIDE_PATE = (
    (0.06, -0.6), (0.33, -0.57), (0.48, -0.34), (0.5, -0.06), (0.44, 0.16), (0.36, 0.34), (0.28, 0.36), (0.24, 0.24),
    (0.14, 0.2),
    (0.11, 0.02), (0.05, -0.04), (0.02, 0.1), (-0.06, -0.06), (-0.1, -0.28), (0.0, -0.46),
)  # fmt: skip
_BACK = (
    (-0.47, -0.12), (-0.45, -0.37), (-0.3, -0.575), (0.0, -0.672), (0.3, -0.575), (0.45, -0.37), (0.47, -0.12),
    (0.42, 0.16), (0.3, 0.36),
    (0.12, 0.42), (-0.12, 0.42), (-0.3, 0.36), (-0.42, 0.16),
)  # fmt: skip


def _cap_path(cap: str, view: HeadView) -> Path:
    if view == "back":
        return closed(_BACK, 0.9)
    if view == "profile":
        return closed(_SIDE_PATE if cap == "pate" else _SIDE, 0.8)
    line = {"pate": _PATE_LINE, "swept": _HIGH_LINE}.get(cap, _HAIRLINE)
    outer = [shifted(x, y, view) for x, y in _FULL]
    inner = [wrapped(x, y, view) for x, y in line]
    if view == "three_quarter":
        outer[-1] = (0.44, 0.12)
        inner[0] = (0.395, 0.12)
        inner[1] = (0.365, -0.06)
    top, low = smooth(outer, tension=1), smooth(inner, tension=1)
    return (*top, ("L", *inner[0]), *low[1:], ("Z",))


def _front(style: HairStyle, look: Look, view: HeadView) -> tuple[Path, list[Clump]]:
    if style.cap in {"none", "stubble"}:
        return (), []
    if style.cap == "curls":
        return _curls(look, view), []
    cap = _cap_path(style.cap, view)
    rim = unlike(_rim(style, view), look.seed + 5)
    if view == "back":
        nape = [
            Clump((x, 0.2), (x * 1.25, 0.5 - abs(x) * 0.3), 0.17, 0.1 if x > 0 else -0.1)
            for x in (-0.28, -0.1, 0.09, 0.27)
        ]
        return mass(cap, [*rim, *(nape if style.back == "nape" else [])]), []
    fringe = unlike(style.profile if view == "profile" else style.fringe, look.seed)
    if view == "three_quarter":
        fringe = [c.moved(lambda x, y: wrapped(x, y, view), lambda x, y: wrapped(x, y, view)) for c in fringe]
    sides = _sides(style, view)
    return mass(cap, [*fringe, *rim, *sides]), [*fringe, *sides]


def _rim(style: HairStyle, view: HeadView) -> list[Clump]:
    if view == "profile":
        front = [c for c in style.rim if c.tip[1] < 0]
        nape = [Clump((0.4, 0.05), (0.55, 0.22), 0.2, 0.2), Clump((0.34, 0.2), (0.42, 0.44), 0.18, 0.16)]
        return [*front, *(nape if style.back == "nape" else [])]
    if view == "three_quarter":
        return [c.moved(lambda x, y: shifted(x, y, view), lambda x, y: shifted(x, y, view)) for c in style.rim]
    return list(style.rim)


def _sides(style: HairStyle, view: HeadView) -> list[Clump]:
    if not style.side:
        return []
    if view == "profile":
        return [Clump((0.0, -0.2), (-0.06, style.side), 0.14, 0.06)]
    left = Clump((-0.42, -0.22), (-0.4, style.side), 0.13, -0.1)
    if view == "front":
        return [left, left.mirrored()]
    return [
        Clump((-0.36, -0.22), (-0.36, style.side), 0.12, -0.08),
        Clump((0.4, -0.22), (0.36, style.side), 0.17, 0.1),
    ]


def _curls(look: Look, view: HeadView) -> Path:
    r = Random(look.seed * 13 + 1)
    centre = {"front": 0.0, "three_quarter": 0.04, "profile": 0.1, "back": 0.0}[view]
    balls = []
    start, end = (0.98, 2.02) if view != "back" else (0.0, 2.0)
    n = 13
    for i in range(n):
        a = pi * (start + (end - start) * i / (n - 1))
        balls.append(
            ellipse(
                centre + 0.42 * cos(a), -0.14 + 0.46 * sin(a), 0.13 * r.uniform(0.85, 1.2), 0.13 * r.uniform(0.85, 1.2)
            )
        )
    if view == "profile":
        balls += [ellipse(0.3 + 0.1 * (k % 2), -0.3 + 0.14 * k, 0.16, 0.15) for k in range(5)]
        return union(closed(_SIDE, 0.8), *balls)
    if view == "back":
        return union(closed(_BACK, 0.9), *balls)
    balls += [
        ellipse(wrapped(x, -0.3 + 0.06 * abs(x), view)[0], -0.27, 0.11, 0.11) for x in (-0.3, -0.16, 0.0, 0.15, 0.3)
    ]
    return union(_cap_path("full", view), *balls)


def ink_behind(pen: Pen, h: Hair) -> None:
    for path in h.behind:
        pen.shape(path, h.shade, 1.3)
        _ink_fall(pen, path, h.shade)


def _ink_fall(pen: Pen, path: Path, shade: Shade) -> None:
    """Lines that fall through loose hair."""
    xs = [float(v) for op in path for v in op[1::2]]
    ys = [float(v) for op in path for v in op[2::2]]
    if not xs or max(ys) - min(ys) < 0.8:
        return
    left, right, low = min(xs), max(xs), max(ys)
    with pen.canvas.saved():
        pen.canvas.clip(path)
        for i in range(1, 6):
            x = left + (right - left) * i / 6
            pen.line(((x * 0.92, -0.1), (x, low * 0.5), (x * 1.02, low - 0.04)), 0.8, (1, 0.7), shade.line)


def ink_front(pen: Pen, h: Hair) -> None:
    if h.stubble:
        _ink_stubble(pen, h)
    if not h.front:
        return
    ink_mass(pen, h.front, h.shade, 1.3)
    if h.view == "back":
        for x in (-0.3, -0.15, 0.0, 0.14, 0.29):
            pen.line(((x * 0.25, -0.42), (x * 0.9, -0.12), (x * 1.15, 0.3)), 0.85, (0.8, 0.8), h.shade.line)
    ink_strands(pen, h.strands, h.shade)
    if h.covered:
        return
    ink_shine(pen, h.front, h.shade, lambda x, y: shifted(x + (0.08 if h.view == "profile" else 0), y, h.view), h.seed)


def ink_ties(pen: Pen, h: Hair) -> None:
    for path in h.ties:
        pen.shape(path, WHITE, 1.0)


def _close(x: float, y: float) -> Point:
    """Hair that is cut to the skin."""
    return (x * 0.88, -0.1 + (y + 0.1) * 0.88 if y < -0.1 else y)


def _ink_stubble(pen: Pen, h: Hair) -> None:
    pen.shape(h.stubble, LIGHT_TONE, 0.8)
