"""The stage of a panel: where the horizon is, how large a head is, and where points of space fall on the picture.

Space: x in heads from the picture's middle, `up` in heads above the floor, z 1 at the figures and larger behind them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from random import Random
from typing import Concatenate, ParamSpec

from drawing.ink.canvas import Canvas
from drawing.ink.paths import Path, poly, rect
from drawing.ink.pen import BLACK, MID_TONE, WHITE, Pen, Shade
from manga.geometry import Point, Rect
from manga.plot import Ground, TimeOfDay, Weather


@dataclass(frozen=True, slots=True)
class Stage:
    """The space of one panel and the hour in it."""

    width: float
    height: float
    horizon: float
    unit: float
    camera: float
    """Height of the eye above the floor, heads."""
    centre: float
    time: TimeOfDay = TimeOfDay.DAY
    weather: Weather = Weather.CLEAR
    period: str = "modern"
    seed: int = 0
    turn: float = 0.0
    """Whether the view goes to a room's left corner (-1), to its right one (1) or to its back wall (0)."""
    ground: Ground = Ground.DRY
    western: bool = False
    """Whether houses are those of the West."""

    def at(self, x: float, up: float, z: float = 1.0) -> Point:
        return (self.centre + x * self.unit / z, self.horizon + (self.camera - up) * self.unit / z)

    def floor(self, z: float = 1.0) -> float:
        return self.horizon + self.camera * self.unit / z

    @property
    def frame(self) -> Path:
        return rect(-1, -1, self.width + 2, self.height + 2)

    @property
    def night(self) -> bool:
        return self.time is TimeOfDay.NIGHT

    @property
    def dim(self) -> bool:
        return self.time in {TimeOfDay.NIGHT, TimeOfDay.EVENING}

    @property
    def snowy(self) -> bool:
        """Whether snow lies on the ground and on the trees."""
        return self.weather is Weather.SNOW or self.ground is Ground.SNOWY

    @property
    def today(self) -> bool:
        """Whether the time is ours or a later one."""
        return self.period in {"modern", "future"}

    def random(self, *words: object) -> Random:
        """Chance of its own for every purpose, the same in every run."""
        return seeded(self.seed, *words)

    def quad(self, *corners: tuple[float, float, float]) -> Path:
        return poly([self.at(*c) for c in corners])

    def share(self, x: float, y: float) -> Point:
        """A point by shares of the picture."""
        return (x * self.width, y * self.height)


def seeded(*words: object) -> Random:
    return Random(int.from_bytes(sha256("/".join(map(str, words)).encode()).digest()[:8], "big"))


@dataclass(frozen=True, slots=True)
class Scenery:
    """Canvas, pen and stage together: what the painters of places draw with. Coordinates are millimetres."""

    canvas: Canvas
    pen: Pen
    stage: Stage
    quiet: tuple[Rect, ...] = ()
    """Where people will stand: less is drawn there."""

    @classmethod
    def on(cls, canvas: Canvas, stage: Stage, quiet: Sequence[Rect] = ()) -> "Scenery":
        return cls(canvas, Pen(canvas, canvas.line * 0.62), stage, tuple(quiet))

    @property
    def roofing(self) -> Shade:
        """Of a roof in the open: snow lies on it, too."""
        return WHITE if self.stage.snowy else BLACK if self.stage.night else MID_TONE

    def wipe(self, grey: float = 255) -> None:
        self.canvas.fill(self.stage.frame, grey)

    def line(self, a: Point, b: Point, weight: float = 1.0, grey: float = 0) -> None:
        self.pen.straight((a, b), weight, grey)

    def lines(self, pairs: Sequence[tuple[Point, Point]], weight: float = 1.0, grey: float = 0) -> None:
        """Many lines in one call."""
        path: list[tuple[str | float, ...]] = []
        for a, b in pairs:
            path += [("M", *a), ("L", *b)]
        self.canvas.stroke(tuple(path), self.pen.weight * weight, grey)


Told = ParamSpec("Told")


def shows(name: str) -> Callable[
    [Callable[Concatenate[Scenery, Told], None]], Callable[Concatenate[Scenery, Told], None]
]:  # fmt: skip
    """A painter of a part of a place, which tells that it is one of these."""

    def telling(paint: Callable[Concatenate[Scenery, Told], None]) -> Callable[Concatenate[Scenery, Told], None]:
        @wraps(paint)
        def told(s: Scenery, /, *more: Told.args, **named: Told.kwargs) -> None:
            with s.canvas.showing("part", name):
                paint(s, *more, **named)

        return told

    return telling
