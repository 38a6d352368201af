"""The outline of a thing from a font of line art, inked anew: a character and a line's width in, surfaces out.

Everything is in a box of one unit around the origin, y downwards. The font's lines are about 2 and 4 % of its em; by
growing or shrinking the inked ground they become as wide as the pen's. Ground that is wider than lines becomes tone,
so that a thing is no black spot among our drawings.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import atan2, cos, pi, sin
from pathlib import Path as FilePath
from typing import Self

from pathops import PathOpsError

from drawing.ink.paths import Path, box, common, difference, flattened, mapped, stroked, union
from drawing.lettering.fonts import Typeface, standard_folders
from manga.geometry import Point, inside

FILES = {0.0190: "noto-emoji-300.ttf", 0.0366: "noto-emoji-400.ttf"}
"""By the width of their lines, in em."""
_FINE = 10.0
"""Surfaces are computed this much larger: skia counts in thousandths."""
_SOLID = 1.6
"""Ground that lies farther than this share of a line's width from its edge is more than a line."""
_NUDGES = (1.0, 1.02, 0.98, 1.05, 0.95, 1.1, 0.9)
"""By how much other a line is where skia cannot compute the surface of its width."""
_LOW, _NEARER = 0.58, 0.24
"""Of what lies on a table: its height by its depth, and by how much its near side is longer than its far one."""
_LONG, _END, _GRIP = 1.7, 0.3, 0.16
"""A handle is one end of what is so many times as long as wide; its ends, and where it is held, of its length."""
_SHADOW = 0.045
"""How far the light from the upper left leaves the lower right in shade, of the box."""


@dataclass(frozen=True, slots=True)
class Inked:
    """`silhouette` hides what is behind, `dark` and `shade` are toned, `lines` are black."""

    silhouette: Path
    shade: Path
    dark: Path
    lines: Path


@lru_cache(maxsize=8)
def _typeface(name: str, folders: tuple[str, ...]) -> Typeface | None:
    files = (FilePath(folder) / name for folder in folders)
    found = next((file for file in files if file.is_file()), None)
    return Typeface.of(found) if found else None


def can_ink(glyph: str, folders: tuple[str, ...] | None = None) -> bool:
    """Whether both weights of the font are there and have the character."""
    faces = [_typeface(name, folders or standard_folders()) for name in FILES.values()]
    return all(face is not None and face.has(glyph[0]) for face in faces)


def inked(glyph: str, weight: float, folders: tuple[str, ...] | None = None, *, lying: bool = False) -> Inked:
    """A thing with lines of a width, in units of its box, upright or lying on a table before us. Raises
    `FileNotFoundError` where the font is not."""
    return _inked(glyph[0], round(weight, 4), folders or standard_folders(), lying)


@dataclass(frozen=True, slots=True)
class Handle:
    """Where a hand closes around a thing, in its box, and where the rest of it points from there, radians."""

    at: Point
    turn: float

    @classmethod
    def from_end(cls, at: Point) -> Self:
        """The rest points through the box's middle."""
        return cls(at, atan2(-at[1], -at[0]))


@lru_cache(maxsize=64)
def handle(glyph: str) -> Handle | None:
    """The thinner end of what is long; None for what is about as wide as long. Found by its silhouette."""
    points = [p for line in flattened(inked(glyph, min(FILES)).silhouette, 6) for p in line]
    cx, cy = (sum(p[i] for p in points) / len(points) for i in (0, 1))
    xx, yy, xy = (
        sum((p[i] - c) * (p[k] - d) for p in points) for i, c, k, d in ((0, cx, 0, cx), (1, cy, 1, cy), (0, cx, 1, cy))
    )
    turn = atan2(2 * xy, xx - yy) / 2
    ux, uy = cos(turn), sin(turn)
    placed = [((x - cx) * ux + (y - cy) * uy, (y - cy) * ux - (x - cx) * uy) for x, y in points]
    low, high = min(a for a, _ in placed), max(a for a, _ in placed)
    long = high - low
    if long < _LONG * (max(b for _, b in placed) - min(b for _, b in placed)):
        return None
    first = _spread(b for a, b in placed if a < low + _END * long)
    way = 1 if first <= _spread(b for a, b in placed if a > high - _END * long) else -1
    along = low + _GRIP * long if way > 0 else high - _GRIP * long
    return Handle((cx + along * ux, cy + along * uy), turn if way > 0 else turn + pi)


def _spread(across: Iterable[float]) -> float:
    found = list(across)
    return max(found) - min(found) if found else 0.0


@lru_cache(maxsize=256)
def _inked(glyph: str, weight: float, folders: tuple[str, ...], lying: bool) -> Inked:
    for nudge in _NUDGES:
        with suppress(PathOpsError):
            return _inked_with(glyph, weight * nudge, folders, lying=lying)
    raise ValueError(f"the outline of {glyph} cannot be inked with lines of {weight}")


def _inked_with(glyph: str, weight: float, folders: tuple[str, ...], *, lying: bool) -> Inked:
    stroke, name = min(FILES.items(), key=lambda item: abs(item[0] - weight))
    face = _typeface(name, folders)
    if face is None:
        raise FileNotFoundError(f"{name} is in none of {', '.join(folders)}; `make setup` fetches it")
    outline, scale = _boxed(face.outline(glyph, vertical=False))
    if lying:
        outline, scale = union(mapped(outline, lambda x, y: on_a_table(x, y, _FINE))), scale * (1 + _LOW) / 2
    width = weight * _FINE
    ground = _weighted(outline, width - stroke * scale)
    silhouette = _filled(ground)
    core = difference(ground, stroked(ground, width * _SOLID))
    dark = common(core, ground) if core else ()
    parts = (silhouette, _shaded(silhouette), dark, difference(ground, dark) if dark else ground)
    return Inked(*(_reduced(part) for part in parts))


def _boxed(path: Path) -> tuple[Path, float]:
    """The outline in a box of `_FINE` units around the origin, and by how much it grew."""
    b = box(path)
    scale = _FINE / max(b.width, b.height)
    x, y = b.centre
    return union(mapped(path, lambda px, py: ((px - x) * scale, (py - y) * scale))), scale


def on_a_table(x: float, y: float, box: float = 1.0) -> Point:
    """Seen from before and above: lower, and its far side shorter."""
    return (x * (1 + _NEARER * y / box), y * _LOW)


def _weighted(path: Path, more: float) -> Path:
    """The ground grown by half of `more` on both sides of its edge, or shrunk where it is less than nothing."""
    if abs(more) < 0.004:
        return path
    edge = stroked(path, abs(more))
    return union(path, edge) if more > 0 else difference(path, edge)


def _filled(path: Path) -> Path:
    """All that the outer edges hold, without holes."""
    whole = [(contour, max(flattened(contour, 6), key=len)) for contour in _contours(path)]
    outer = [c for c, line in whole if not any(other is not line and _within(line, other) for _, other in whole)]
    return union(*outer)


def _contours(path: Path) -> Iterator[Path]:
    starts = [i for i, op in enumerate(path) if op[0] == "M"]
    for first, end in pairwise((*starts, len(path))):
        if end - first > 2:
            yield path[first:end]


def _within(line: Sequence[Point], other: Sequence[Point]) -> bool:
    """Whether a closed line lies in another; edges of one ground do not cross."""
    return len(other) > 2 and inside(line[0], tuple(other))


def _shaded(silhouette: Path) -> Path:
    shift = _SHADOW * _FINE
    return difference(silhouette, mapped(silhouette, lambda x, y: (x - shift, y - shift)))


def _reduced(path: Path) -> Path:
    return mapped(path, lambda x, y: (x / _FINE, y / _FINE))
