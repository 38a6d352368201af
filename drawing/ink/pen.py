"""A pen: marks of one weight on a canvas, in the coordinates of the figure or thing that is being drawn.

In: paths and points in local units. Out: calls on the canvas. `weight` is the width of a plain line in local units.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from drawing.ink.canvas import Canvas
from drawing.ink.drawing_calls import ShownKind
from drawing.ink.paths import Path, mapped, poly, smooth, stroke
from manga.geometry import Point

LIGHT, MID, DARK = 0.13, 0.28, 0.46
"""The three tones of a panel. Every tone in the pictures is one of them, so that no panel holds more than three."""

WHITE_INK, BLACK_INK = 255.0, 0.0


@dataclass(frozen=True, slots=True)
class Shade:
    """How a surface is covered: paper white, solid black, or white with a tone on it."""

    tone: float = 0.0
    black: bool = False

    @property
    def line(self) -> float:
        """The grey in which a line shows on this surface."""
        return WHITE_INK if self.black else BLACK_INK


WHITE = Shade()
LIGHT_TONE, MID_TONE, DARK_TONE = Shade(LIGHT), Shade(MID), Shade(DARK)
BLACK = Shade(black=True)
SHADES: Mapping[str, Shade] = {"white": WHITE, "light": LIGHT_TONE, "mid": MID_TONE, "dark": DARK_TONE, "black": BLACK}
"""By the words of looks, of the registers and of files of shapes."""


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws on `canvas`; `weight` is the width of a plain line in local units."""

    canvas: Canvas
    weight: float

    @classmethod
    def on(cls, canvas: Canvas) -> "Pen":
        """A pen for the canvas's present scale: a larger figure gets a heavier line, but not in proportion."""
        unit = canvas.magnification
        return cls(canvas, canvas.line * 1.1 * (unit / 30.0) ** 0.58 / unit)

    def cover(self, path: Path, shade: Shade) -> None:
        """A surface without its contour."""
        self.canvas.fill(path, BLACK_INK if shade.black else WHITE_INK)
        if shade.tone:
            self.canvas.tone(path, shade.tone)

    def shape(self, path: Path, shade: Shade = WHITE, weight: float = 1.25) -> None:
        """A surface with a contour that is heavier on the lower right, as if lit from the upper left."""
        if not path:
            return
        width = self.weight * weight
        shift = (width * 0.35, width * 0.55)
        self.canvas.stroke(mapped(path, lambda x, y: (x + shift[0], y + shift[1])), width)
        self.canvas.stroke(path, width)
        self.cover(path, shade)

    def contour(self, path: Path, weight: float = 1.0, grey: float = BLACK_INK) -> None:
        self.canvas.stroke(path, self.weight * weight, grey)

    def line(
        self,
        points: Sequence[Point],
        weight: float = 1.0,
        taper: tuple[float, float] = (0.6, 1.0),
        grey: float = BLACK_INK,
    ) -> None:
        """A stroke that swells and thins."""
        self.canvas.fill(stroke(points, self.weight * weight * 1.5, taper, steps=5), grey)

    def curve(self, points: Sequence[Point], weight: float = 1.0, grey: float = BLACK_INK) -> None:
        """An even line through the points."""
        self.canvas.stroke(smooth(points, tension=1.0), self.weight * weight, grey)

    def straight(self, points: Sequence[Point], weight: float = 1.0, grey: float = BLACK_INK) -> None:
        self.canvas.stroke(poly(points, close=False), self.weight * weight, grey)


def showing(kind: ShownKind, name: str, ink: Callable[[Pen], None]) -> Callable[[Pen], None]:
    """The same ink, which tells what it is a picture of; a name that is empty tells nothing."""

    def told(pen: Pen) -> None:
        with pen.canvas.showing(kind, name):
            ink(pen)

    return told if name else ink
