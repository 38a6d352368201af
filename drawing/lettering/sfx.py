"""Drawn letters (描き文字): a sound and its panel in, glyph shapes along a slanted path out.

They stay clear of balloons and faces; at most 15 % leaves the panel. The sharper the sound, the harder the face;
letters differ in size and lean by the seed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from drawing.ink.paths import Op, Path, box, mapped, placed, to_data
from drawing.lettering.fonts import Faces
from drawing.lettering.outlines import turned
from drawing.lettering.space import PageSpace, PanelSpace
from drawing.lettering.spots import covered
from drawing.lettering.vertical import narrowed, widened
from manga.geometry import Point, Polygon, Rect, area, overlap_area
from manga.lettering import FaceName, Sfx
from manga.storyboard import LinePart

SIZES = (1.0, 0.82, 0.66, 0.52, 0.4, 0.3)
OUTSIDE = 0.12
STEPS = 6
DARK = 0.42
"""Panels with more ink than this get white letters."""
_HARD = frozenset("ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポカキクケコタチツテトッ！!")


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound to be drawn: its part, its panel, and how loud it is (1..5)."""

    part: LinePart
    panel: PanelSpace
    loudness: int
    dark: bool


def draw_sound(sound: Sound, page: PageSpace, taken: Sequence[Polygon], faces: Faces, rng: Random) -> Sfx:
    """Draw it as large as there is room for; where there is none, small over the picture."""
    unit = _lettered(sound.part.text, faces, rng, vertical=_is_japanese(sound.part.text))
    best: tuple[float, Path, Polygon] | None = None
    for scale in SIZES:
        size = _size(sound, unit) * scale
        for path in _positions(unit, size, sound.panel, page):
            shape = convex(path)
            cost = _cost(shape, sound.panel, taken)
            if best is None or cost < best[0]:
                best = (cost, path, shape)
        if best is not None and best[0] < 1.0:
            break
    if best is None:
        path = placed(unit, *sound.panel.box.centre, _size(sound, unit) * SIZES[-1])
        best = (0.0, path, convex(path))
    style: Literal["black", "white"] = "white" if sound.dark else "black"
    return Sfx(
        key=sound.part.key,
        panel=sound.panel.key,
        text=sound.part.text,
        outline=to_data(best[1]),
        polygon=tuple((round(x, 2), round(y, 2)) for x, y in best[2]),
        style=style,
        span=sound.part.span,
    )


def _is_japanese(text: str) -> bool:
    return any(ord(c) > 0x2E80 for c in text)


def face_of(text: str) -> FaceName:
    """Hard sounds are sharp or heavy, soft ones written by hand."""
    if not _is_japanese(text):
        return "comic_sfx"
    if any("ぁ" <= c <= "ん" for c in text):
        return "hand"
    return "sharp" if sum(c in _HARD for c in text) * 2 >= len(text) else "heavy"


def _lettered(text: str, faces: Faces, rng: Random, *, vertical: bool) -> Path:
    """The letters at size 1, beginning at (0, 0), each a little its own way."""
    role = face_of(text)
    ops: list[Op] = []
    x = y = 0.0
    lean = rng.choice((-1, 1)) * rng.uniform(0.08, 0.2)
    grow = rng.uniform(0.0, 0.08)
    for i, character in enumerate(text):
        if character.isspace():
            x, y = (x, y + 0.4) if vertical else (x + 0.4, y)
            continue
        size = (1 + grow * i) * rng.uniform(0.9, 1.12)
        drawn = widened(character) if vertical else narrowed(character).upper()
        face = faces.setting(role, drawn)
        letter = placed(face.outline(drawn, vertical=vertical), x, y, size)
        if letter:
            ops.extend(turned(letter, box(letter).centre, rng.uniform(-0.14, 0.14)))
        advance = sum(s.advance for s in face.shape(drawn, vertical=vertical)) * size
        x, y = (x + lean, y + advance * 0.92) if vertical else (x + advance * 0.96, y - lean)
    if not ops:
        return ()
    bounds = box(tuple(ops))
    return mapped(tuple(ops), lambda px, py: (px - bounds.centre[0], py - bounds.centre[1]))


def _size(sound: Sound, unit: Path) -> float:
    """Letter height: loud sounds fill more of the panel."""
    reach = box(unit) if unit else Rect(x=0, y=0, width=1, height=1)
    share = 0.38 + 0.07 * sound.loudness
    panel = sound.panel.box
    fit = min(panel.width * min(0.8, share + 0.15) / reach.width, panel.height * share / reach.height)
    return min(fit, 0.42 * min(panel.width, panel.height))


def _positions(unit: Path, size: float, panel: PanelSpace, page: PageSpace) -> Iterator[Path]:
    if not unit:
        return
    reach = box(unit)
    w, h = reach.width * size, reach.height * size
    limits = page.trim.inset(2)
    slack_x, slack_y = OUTSIDE / 2 * w, OUTSIDE / 2 * h
    x0, x1 = max(panel.box.x - slack_x, limits.x) + w / 2, min(panel.box.right + slack_x, limits.right) - w / 2
    y0, y1 = max(panel.box.y - slack_y, limits.y) + h / 2, min(panel.box.bottom + slack_y, limits.bottom) - h / 2
    if x1 < x0 or y1 < y0:
        return
    for i in range(STEPS):
        for j in range(STEPS):
            yield placed(unit, x0 + (x1 - x0) * i / (STEPS - 1), y0 + (y1 - y0) * j / (STEPS - 1), size)


def _cost(shape: Polygon, panel: PanelSpace, taken: Sequence[Polygon]) -> float:
    """Balloons and faces must stay free; bodies may be crossed; an edge is better than the middle."""
    total = max(area(shape), 1e-6)
    reach = Rect(x=min(p[0] for p in shape), y=min(p[1] for p in shape), width=0, height=0)
    reach = Rect(
        x=reach.x,
        y=reach.y,
        width=max(p[0] for p in shape) - reach.x,
        height=max(p[1] for p in shape) - reach.y,
    )
    cost = sum(50.0 + 50 * shared / total for shared in (overlap_area(t, shape) for t in taken) if shared > 0)
    cost += sum(20.0 * share for share in covered(shape, panel.faces) if share > 0.01)
    cost += sum(0.8 * min(1.0, share) for share in covered(shape, panel.heads))
    cost += sum(0.3 * f.body.overlap(reach) / total for f in panel.figures)
    outside = 1 - overlap_area(panel.polygon, shape) / total
    cost += 2.0 * outside + (40.0 if outside > 0.15 else 0.0)
    dx = abs(reach.centre[0] - panel.box.centre[0]) / max(panel.box.width, 1e-6)
    dy = abs(reach.centre[1] - panel.box.centre[1]) / max(panel.box.height, 1e-6)
    return cost + 0.3 * max(0.0, 0.5 - max(dx, dy))


def convex(path: Path) -> Polygon:
    """The convex hull of a path's points, clockwise on the page."""
    points = sorted({(float(op[-2]), float(op[-1])) for op in path if len(op) > 2})
    if len(points) < 3:
        return tuple(points)
    return tuple(_half(points) + _half(points[::-1]))


def _half(points: Sequence[Point]) -> list[Point]:
    chain: list[Point] = []
    for p in points:
        while len(chain) > 1 and _turn(chain[-2], chain[-1], p) <= 0:
            chain.pop()
        chain.append(p)
    return chain[:-1]


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
