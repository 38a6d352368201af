"""Trees and bushes as masses of leaves with a shadow side; bark, roots; bare trees, and blossom.

In: feet and heights in millimetres. By night they are silhouettes, and the moon rims the side that is turned to it.
"""

from collections.abc import Sequence
from math import cos, sin, tau
from random import Random

from drawing.art.settings.surface_texture import Lobes, crown, joined, leaf_marks, underside, wavy
from drawing.art.stage import Scenery
from drawing.ink.paths import Path, ellipse, stroke
from drawing.ink.pen import DARK, LIGHT_TONE, MID_TONE, Shade
from manga.geometry import Point

_TREE: tuple[Lobes, ...] = (
    (-0.2, 0.57, 0.18, 0.13), (0.2, 0.56, 0.19, 0.13), (-0.12, 0.74, 0.19, 0.16), (0.15, 0.74, 0.19, 0.15),
    (0.01, 0.87, 0.15, 0.12),
)  # fmt: skip
"""A broad tree's masses, by its height: middles aside and up, half axes; those behind first."""
_MID: tuple[Lobes, ...] = (
    (-0.19, 0.58, 0.17, 0.13), (0.19, 0.6, 0.18, 0.14), (-0.07, 0.74, 0.18, 0.16), (0.1, 0.82, 0.16, 0.14),
)  # fmt: skip
_FAR: tuple[Lobes, ...] = ((-0.14, 0.6, 0.18, 0.15), (0.15, 0.63, 0.17, 0.15), (0.0, 0.79, 0.19, 0.17))


def dead_tree(s: Scenery, foot: Point, tall: float, r: Random, *, snowy: bool = False) -> None:
    """A bole without leaves, its boughs forked and bent; snow lies on their upper sides."""
    found: list[Path] = []
    laden: list[Path] = []

    def bough(at: Point, long: float, turn: float, wide: float, more: int) -> None:
        bend = turn + r.uniform(-0.3, 0.3)
        middle = (at[0] + long * 0.5 * sin(turn), at[1] - long * 0.5 * cos(turn))
        tip = (middle[0] + long * 0.5 * sin(bend), middle[1] - long * 0.5 * cos(bend))
        found.append(stroke((at, middle, tip), wide, (0.0, 0.7 if more else 1.0), steps=4))
        if snowy and abs(turn) > 0.3:
            up = wide * 0.42
            laden.append(stroke([(x, y - up) for x, y in (at, middle, tip)], wide * 0.8, (0.4, 0.8), steps=4))
        for side in (-1, 1) if more else ():
            bough(tip if side > 0 else middle, long * r.uniform(0.55, 0.72), bend + side * r.uniform(0.4, 0.8),
                  wide * 0.55, more - 1)  # fmt: skip

    bough(foot, tall * 0.46, r.uniform(-0.12, 0.12), tall * 0.075, 3)
    path = joined(found)
    s.canvas.stroke(path, s.pen.weight * 2.2, 255)
    s.canvas.fill(path)
    if laden:
        s.canvas.stroke(joined(laden), s.pen.weight * 0.9)
        s.canvas.fill(joined(laden), 255)


def blossom(s: Scenery, masses: Sequence[tuple[float, float, float, float]], r: Random) -> None:
    """Flowers all over the masses of a tree's leaves."""
    petals: list[tuple[str | float, ...]] = []
    for x, y, rx, ry in masses:
        for _ in range(8):
            a, k = r.uniform(0, tau), r.random() ** 0.5 * 0.9
            px, py, size = x + rx * k * cos(a), y + ry * k * sin(a), min(rx, ry) * r.uniform(0.13, 0.2)
            for n in range(5):
                b = tau * n / 5
                petals += ellipse(px + size * cos(b), py + size * sin(b), size * 0.62, size * 0.62)
    s.canvas.stroke(tuple(petals), s.pen.weight * 0.7)
    s.canvas.fill(tuple(petals), 255)


def moon_side(s: Scenery) -> int:
    """Where the light comes from: by night the moon's side, by day the upper left."""
    if not s.stage.night:
        return -1
    return -1 if s.stage.seed % 2 else 1


def foliage(
    s: Scenery, masses: Sequence[Lobes], r: Random, shade: Shade = MID_TONE, weight: float = 1.0, marks: int = 5
) -> None:
    """Masses of leaves, each before the one named earlier."""
    lobes = 8 if marks > 1 else 6
    paths = [crown(*mass, r, lobes) for mass in masses]
    whole = joined(paths)
    side = moon_side(s)
    if s.stage.night:
        s.canvas.fill(whole)
        _moonlit(s, masses, r, side)
        return
    s.canvas.stroke(whole, s.pen.weight * weight * 2)
    s.pen.cover(whole, shade)
    deep = joined(underside(mass, r, -side) for mass in masses)
    if shade.tone < DARK:
        s.canvas.tone(deep, DARK)
    else:
        s.canvas.fill(deep)
    if marks:
        inner = joined(leaf_marks(mass, marks, r, -side) for mass in masses)
        s.canvas.stroke(inner, s.pen.weight * weight * 0.85)


def _moonlit(s: Scenery, masses: Sequence[Lobes], r: Random, side: int) -> None:
    """Arcs of light along the uppermost masses."""
    arcs: list[tuple[str | float, ...]] = []
    for x, y, rx, ry in masses[len(masses) // 2 :]:
        for t in (0.25, 0.6, 0.92):
            px, py = x + side * rx * t * 0.92, y - ry * (1 - t * t) ** 0.5 * 0.94
            k = min(rx, ry) * r.uniform(0.16, 0.26)
            arcs += [("M", px - k, py + k * 0.3 * (1 - side * t)), ("Q", px, py - k * 0.5, px + k, py + k * 0.3)]
    s.canvas.stroke(tuple(arcs), s.pen.weight * 0.9, 255)


def tree(
    s: Scenery,
    foot: Point,
    tall: float,
    r: Random,
    shade: Shade = MID_TONE,
    weight: float = 1.0,
    *,
    blooms: bool = False,
) -> None:
    """A broad tree; a small one has fewer masses. In snow it stands bare."""
    if s.stage.snowy:
        dead_tree(s, foot, tall, r, snowy=True)
        return
    x, y = foot
    near, mid = tall > s.stage.height * 0.4, tall > s.stage.height * 0.2
    wide = tall * (0.05 if near else 0.042)
    bole(s, (x, y), wide, y - tall * 0.62, r, shade, near=near)
    lean = r.uniform(-0.03, 0.03)
    masses = [
        (x + (dx + lean) * tall * r.uniform(0.9, 1.1), y - up * tall, rx * tall * r.uniform(0.92, 1.1), ry * tall)
        for dx, up, rx, ry in (_TREE if near else _MID if mid else _FAR)
    ]
    foliage(s, masses, r, shade, weight, 3 if near else 2 if mid else 1)
    if blooms:
        blossom(s, masses, r)


def bole(s: Scenery, foot: Point, wide: float, top: float, r: Random, shade: Shade, *, near: bool) -> None:
    """A trunk with its roots, a fork under the leaves, bark on the side in shadow."""
    x, y = foot
    tall = y - top
    path: Path = (
        ("M", x - wide * 2.0, y + wide * 0.2), ("Q", x - wide * 0.75, y - wide * 0.7, x - wide * 0.62, y - tall * 0.45),
        ("L", x - wide * 1.9, top), ("L", x - wide * 1.1, top), ("L", x, y - tall * 0.62),
        ("L", x + wide * 1.2, top), ("L", x + wide * 1.9, top), ("L", x + wide * 0.7, y - tall * 0.5),
        ("Q", x + wide * 0.75, y - wide * 0.9, x + wide * 2.1, y + wide * 0.1), ("Q", x + wide, y - wide * 0.25,
        x + wide * 0.6, y + wide * 0.3), ("L", x, y - wide * 0.05), ("L", x - wide * 0.7, y + wide * 0.35), ("Z",),
    )  # fmt: skip
    if s.stage.night or not near:
        s.canvas.fill(path)
        return
    s.pen.shape(path, LIGHT_TONE if shade.tone < DARK else MID_TONE, 1.0)
    dark: Path = (
        ("M", x + wide * 0.7, y - tall * 0.5), ("Q", x + wide * 0.75, y - wide * 0.9, x + wide * 2.1, y + wide * 0.1),
        ("Q", x + wide, y - wide * 0.25, x + wide * 0.6, y + wide * 0.3), ("L", x + wide * 0.15, y - wide * 0.4),
        ("L", x + wide * 0.3, y - tall * 0.2), ("L", x + wide * 0.05, y - tall * 0.3), ("L", x + wide * 0.25,
        y - tall * 0.62), ("L", x + wide * 1.2, top), ("L", x + wide * 1.9, top), ("Z",),
    )  # fmt: skip
    s.canvas.fill(dark)
    strokes = joined(
        wavy((x + wide * u, y - tall * t), (x + wide * u * 1.1, y - tall * (t - 0.16)), wide * 0.15, r)
        for u, t in ((-0.4, 0.5), (-0.2, 0.36), (-0.45, 0.26), (-0.05, 0.55), (-0.3, 0.16))
    )
    s.canvas.stroke(strokes, s.pen.weight * 0.8)


def trunk(s: Scenery, x: float, foot: float, wide: float, r: Random, shade: Shade, weight: float) -> None:
    """A bole that runs out of the picture at the top, with roots; `shade` is how far it is lost in the haze."""
    path: Path = (
        ("M", x - wide * 0.5, -2), ("C", x - wide * 0.42, foot * 0.4, x - wide * 0.42, foot * 0.85, x - wide * 1.2,
        foot),
        ("Q", x - wide * 0.6, foot - wide * 0.12, x - wide * 0.25, foot + wide * 0.24), ("Q", x, foot - wide * 0.06,
        x + wide * 0.35, foot + wide * 0.2),
        ("Q", x + wide * 0.6, foot - wide * 0.12, x + wide * 1.2, foot), ("C", x + wide * 0.42, foot * 0.85,
        x + wide * 0.44, foot * 0.4, x + wide * 0.5, -2), ("Z",),
    )  # fmt: skip
    if s.stage.night:
        _by_night(s, path, x, foot, wide, shade)
        return
    s.pen.shape(path, MID_TONE if shade.black else shade, weight)
    if shade.black or shade.tone:
        s.canvas.fill(_dark_side(x, foot, wide, r, 0.02 if shade.black else 0.24))
    _bark(s, x, foot, wide, r, weight)


def _by_night(s: Scenery, path: Path, x: float, foot: float, wide: float, shade: Shade) -> None:
    """Near boles are black, far ones lighter than what they stand in; the moon touches one edge."""
    if not shade.black:
        s.canvas.fill(path, 255)
        s.canvas.graded_tone(path, ((0, 0), 0.95), ((0, foot), 0.72))
        return
    s.canvas.fill(path)
    side = moon_side(s)
    edge: Path = (
        ("M", x + side * wide * 0.4, -2), ("C", x + side * wide * 0.33, foot * 0.4, x + side * wide * 0.34,
        foot * 0.82, x + side * wide * 0.9, foot - wide * 0.12),
    )  # fmt: skip
    s.canvas.stroke(edge, s.pen.weight * 1.3, 255)


def _dark_side(x: float, foot: float, wide: float, r: Random, inner: float) -> Path:
    """The side of a bole away from the light: black, its inner edge torn by the bark."""
    path: list[tuple[str | float, ...]] = [
        ("M", x + wide * 0.5, -2),
        ("C", x + wide * 0.44, foot * 0.4, x + wide * 0.42, foot * 0.85, x + wide * 1.2, foot),
        ("Q", x + wide * 0.6, foot - wide * 0.12, x + wide * 0.35, foot + wide * 0.2),
    ]
    y = foot
    while y > foot * 0.08:
        long = foot * r.uniform(0.07, 0.2)
        bite = r.uniform(0.06, 0.24)
        path += [
            ("L", x + wide * (inner + bite * 0.4), y - long * 0.1),
            ("Q", x + wide * (inner + bite), y - long * 0.5, x + wide * (inner + bite * 0.8), y - long * 0.7),
            ("L", x + wide * (inner + r.uniform(-0.1, 0.02)), y - long),
        ]
        y -= long
    return (*path, ("L", x + wide * (inner + 0.1), -2), ("Z",))


def _bark(s: Scenery, x: float, foot: float, wide: float, r: Random, weight: float) -> None:
    strokes = []
    for _ in range(9 if weight > 1.0 else 4):
        u, y = r.uniform(-0.42, 0.1), foot * r.uniform(0.02, 0.86)
        strokes.append(wavy((x + wide * u, y), (x + wide * (u + 0.04), y + foot * r.uniform(0.05, 0.12)),
                            wide * 0.08, r))  # fmt: skip
    s.canvas.stroke(joined(strokes), s.pen.weight * weight * 0.7)


def bush(s: Scenery, x: float, y: float, size: float, r: Random, shade: Shade = LIGHT_TONE) -> None:
    """A low mass of three."""
    masses = (
        (x - size * 0.6, y - size * 0.3, size * 0.55, size * 0.4),
        (x + size * 0.6, y - size * 0.32, size * 0.55, size * 0.42),
        (x, y - size * 0.5, size * 0.68, size * 0.52),
    )
    foliage(s, masses, r, shade, 0.9, 3)


def treeline(s: Scenery, low: float, tall: float, word: str, shade: Shade = MID_TONE) -> None:
    """Far trees along the horizon as one dark band with leafy tops, lost in haze at its foot."""
    r, w = s.stage.random("treeline", word), s.stage.width
    n = max(7, min(16, int(w / max(1.0, tall * 1.7))))
    path: list[tuple[str | float, ...]] = [("M", -2, low), ("L", -2, low - tall * 0.5)]
    x = -2.0
    for i in range(n):
        wide = (w + 4) / n
        up = tall * r.uniform(0.45, 1.0) if r.random() < 0.8 else tall * 0.25
        path.append(("C", x, low - up * 1.1, x + wide * 0.9, low - up * 1.25, x + wide, low - tall * 0.35))
        x = -2 + (w + 4) * (i + 1) / n
    band = (*path, ("L", w + 2, low), ("Z",))
    if s.stage.night:
        s.canvas.fill(band, 255)
        s.canvas.graded_tone(band, ((0, low - tall), 1.0), ((0, low), 0.7))
        return
    s.canvas.stroke(band, s.pen.weight * 0.8)
    s.pen.cover(band, shade)
    tops: list[tuple[str | float, ...]] = []
    for k in range(18):
        px, py, half = w * (k + r.random()) / 18, low - tall * r.uniform(0.1, 0.42), tall * r.uniform(0.12, 0.22)
        tops += [("M", px - half, py), ("Q", px - half * 0.6, py - half * 1.3, px + half * 0.2, py - half * 0.7)]
        tops += [("Q", px + half, py - half * 0.5, px + half, py + half * 0.3)]
    s.canvas.stroke(tuple(tops), s.pen.weight * 0.7)
