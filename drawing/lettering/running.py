"""Letters along a path: a word and the way it runs in, the shapes of its letters out, in the height of one letter.

Each letter turns with the path and is a little its own way by the seed; a word that comes nearer grows and is warped as
lettering on a wall is that leads towards the reader.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import atan2, pi, sin
from random import Random

from drawing.ink.paths import Op, Path, box, mapped, placed
from drawing.lettering.fonts import Faces
from drawing.lettering.outlines import turned
from drawing.lettering.sounds import Run
from drawing.lettering.vertical import narrowed, widened
from manga.geometry import Point
from manga.lettering import FaceName

_HARD = frozenset("ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポカキクケコタチツテトッ！!")
TIGHT = 0.93
"""How near to one another drawn letters stand, by what the face would have."""


@dataclass(frozen=True, slots=True)
class _Way:
    """Off the straight line and size by the share of the way (0..1), the straight line's slope, how far letters turn by
    chance, and by how much the end is larger than the beginning when the whole is warped."""

    off: Callable[[float], float]
    size: Callable[[float], float]
    slope: tuple[float, float]
    turn: float
    size_by_chance: float = 0.08
    warp: float = 0.0


def _none(_: float) -> float:
    return 0.0


_WAYS: Mapping[Run, _Way] = {
    "row": _Way(_none, lambda _: 1.0, (0.06, 0.16), 0.1),
    "arc": _Way(lambda t: -0.75 * sin(pi * t), lambda t: 0.9 + 0.25 * sin(pi * t), (0.0, 0.12), 0.08),
    "wave": _Way(lambda t: 0.3 * sin(2.2 * pi * t), lambda t: 1.0 + 0.1 * sin(2 * pi * t), (0.03, 0.12), 0.1),
    "rise": _Way(_none, lambda t: 0.78 + 0.5 * t, (0.12, 0.26), 0.06, 0.04, warp=0.55),
    "fall": _Way(lambda t: 0.4 * t * t, lambda t: 1.12 - 0.3 * t, (0.02, 0.08), 0.16),
    "burst": _Way(_none, lambda t: 1.12 - 0.14 * sin(pi * t), (0.02, 0.14), 0.26, 0.17),
}


def is_japanese(text: str) -> bool:
    return any(ord(c) > 0x2E80 for c in text)


def face_of(text: str) -> FaceName:
    """Hard sounds are sharp or heavy, soft ones written by hand."""
    if not is_japanese(text):
        return "comic_sfx"
    if any("ぁ" <= c <= "ん" for c in text):
        return "hand"
    return "sharp" if sum(c in _HARD for c in text) * 2 >= len(text) else "heavy"


def lettered(text: str, run: Run, faces: Faces, rng: Random, *, vertical: bool) -> Path:
    """The letters about (0, 0), each about 1 high; nothing for a text of blanks."""
    way, hand = _WAYS[run], _Brush(face_of(text), faces, vertical)
    side = rng.choice((-1, 1))
    slope = side * rng.uniform(*way.slope)
    advances = [hand.advance(c) for c in text]
    whole = max(sum(advances), 1e-6)
    ops: list[Op] = []
    along = 0.0
    for c, middle, advance in zip(text, _middles(advances), advances, strict=True):
        t = middle / whole
        size = way.size(t) * rng.uniform(1 - way.size_by_chance, 1 + way.size_by_chance)
        off = side * way.off(t)
        lean = atan2(side * (way.off(t + 0.05) - way.off(t - 0.05)), 0.1 * whole) + rng.uniform(-way.turn, way.turn)
        ops.extend(hand.letter(c, along, off + slope * along, size, lean))
        along += advance * size * TIGHT
    return _warped(_centred(tuple(ops)), way.warp, vertical=vertical) if ops else ()


@dataclass(frozen=True, slots=True)
class _Brush:
    """Draws letters down a column, or along a line."""

    role: FaceName
    faces: Faces
    vertical: bool

    def advance(self, character: str) -> float:
        if character.isspace():
            return 0.4
        drawn = self._form(character)
        face = self.faces.setting(self.role, drawn)
        return sum(s.advance for s in face.shape(drawn, vertical=self.vertical))

    def letter(self, character: str, along: float, off: float, size: float, lean: float) -> Path:
        """One letter whose cell begins at `along` and is `off` the straight line."""
        if character.isspace():
            return ()
        drawn = self._form(character)
        at = (off, along) if self.vertical else (along, -off)
        path = placed(self.faces.setting(self.role, drawn).outline(drawn, vertical=self.vertical), *at, size)
        return turned(path, box(path).centre, -lean) if path else ()

    def _form(self, character: str) -> str:
        return widened(character) if self.vertical else narrowed(character).upper()


def _middles(advances: Sequence[float]) -> list[float]:
    return [end - advance / 2 for end, advance in zip(accumulate(advances), advances, strict=True)]


def _centred(path: Path) -> Path:
    x, y = box(path).centre if path else (0.0, 0.0)
    return mapped(path, lambda px, py: (px - x, py - y))


def _warped(path: Path, warp: float, *, vertical: bool) -> Path:
    """The word as if it led towards the reader: wider across the farther it has come."""
    if not path or not warp:
        return path
    reach = box(path)
    length = max(1e-6, reach.height if vertical else reach.width)

    def bent(x: float, y: float) -> Point:
        share = (y - reach.y if vertical else x - reach.x) / length - 0.5
        k = 1 + warp * share
        return (x * k, y) if vertical else (x, y * k)

    return _centred(mapped(path, bent))
