"""The canvas records drawing calls; calls are plain tuples that go to JSON, to PDF or to another canvas.

Everything is in millimetres, y downwards. Transforms are applied while recording, so calls are flat and a tone is
anchored to the page, not to the object. Greys are 0 (black) to 255 (white).

Calls: ("q",) save · ("Q",) restore · ("c", path) clip · ("f", path, grey, even_odd) fill ·
("s", path, width, grey, join) stroke · ("t", path, period, density, angle, kind, grey) tone ·
("g", path, x0, y0, density0, x1, y1, density1, period, angle, grey) graded tone · ("i", name, x, y, w, h) image ·
("d", number, x, y, scale) one of the drawing's `placed` drawings, upright, whose tones keep the page's period.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from math import cos, sin, sqrt
from typing import Literal

from drawing.ink.drawing_calls import ART_JSON, Call, Drawing, ShownKind, ShownThing
from drawing.ink.paths import (
    Extent,
    Matrix,
    Path,
    box,
    first_point,
    from_data,
    moved_data,
    reach,
    to_data,
    to_data_moved,
)
from manga.geometry import Point, Rect, bounds

__all__ = [
    "ART_JSON", "IDENTITY", "TONE_PERIOD_MM", "Call", "Canvas", "Drawing", "Placement", "ToneKind", "chained",
    "laid_flat",
]  # fmt: skip

Join = Literal["round", "miter"]
ToneKind = Literal["dot", "line"]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
TONE_PERIOD_MM = 0.62
"""About 41 lines an inch: 60 lines of a B4 manuscript as seen on a B5 screen page, coarse enough not to shimmer."""


MITER = 10
"""How many line widths a sharp corner may reach beyond its path."""
SLACK_MM = 1.0
"""What lies so near to a window counts as seen in it."""
_ALWAYS = frozenset({"q", "Q", "c", "i", "d"})
"""Calls that count wherever they are."""


def chained(outer: Matrix, inner: Matrix) -> Matrix:
    """The transform that applies `inner` first."""
    a, b = outer, inner
    return (
        a[0] * b[0] + a[2] * b[1],
        a[1] * b[0] + a[3] * b[1],
        a[0] * b[2] + a[2] * b[3],
        a[1] * b[2] + a[3] * b[3],
        a[0] * b[4] + a[2] * b[5] + a[4],
        a[1] * b[4] + a[3] * b[5] + a[5],
    )


def _thinned(call: Call, share: float, steps: Mapping[float, float]) -> Call:
    """A black tone (`Canvas.tone`, `Canvas.graded_tone`), thinner; any other call as it is."""
    if call[-1] != 0 or call[0] not in {"t", "g"}:
        return call
    if call[0] == "t":
        return (*call[:3], steps.get(float(call[3]), call[3]), *call[4:])
    return (*call[:4], round(float(call[4]) * share, 3), *call[5:7], round(float(call[7]) * share, 3), *call[8:])


class Canvas:
    """Records calls. `line` is the base line weight in millimetres that marks are scaled by."""

    def __init__(self, width: float, height: float, *, line: float = 0.35) -> None:
        self.width = width
        self.height = height
        self.line = line
        self._calls: list[Call] = []
        self._matrices: list[Matrix] = [IDENTITY]
        self._backdrop = 0
        self._breakout = (0, 0)
        self._shown: list[ShownThing | None] = []
        self._placed: list[Drawing] = []

    @contextmanager
    def showing(self, kind: ShownKind, name: str) -> Iterator[None]:
        """What is drawn in the block is a picture of this. A block that draws nothing shows nothing."""
        at, first = len(self._shown), len(self._calls)
        self._shown.append(None)
        yield
        if len(self._calls) > first:
            self._shown[at] = ShownThing(kind, name, first, len(self._calls))

    def end_backdrop(self) -> None:
        """All that was drawn so far lies behind people."""
        self._backdrop = len(self._calls)

    def thin_tones(self, share: float, steps: Mapping[float, float]) -> None:
        """Of the black tones that were laid so far graded ones keep a share of their density, and even ones go down
        these steps."""
        self._calls = [_thinned(call, share, steps) for call in self._calls]

    @contextmanager
    def broken_out(self) -> Iterator[None]:
        """What is drawn in the block is the figure that stands before the panel's border."""
        first = len(self._calls)
        yield
        self._breakout = (first, len(self._calls))

    def finish(self) -> Drawing:
        calls, placed = tuple(self._calls), tuple(self._placed)
        return Drawing(self.width, self.height, calls, self._backdrop, self._breakout, self._told(), placed)

    def _told(self) -> tuple[ShownThing, ...]:
        return tuple(one for one in self._shown if one is not None)

    @property
    def matrix(self) -> Matrix:
        return self._matrices[-1]

    @property
    def magnification(self) -> float:
        """How many millimetres one local unit is."""
        m = self.matrix
        return sqrt(abs(m[0] * m[3] - m[1] * m[2]))

    def to_page(self, point: Point) -> Point:
        """A local point in millimetres of the surface."""
        m = self.matrix
        return (m[0] * point[0] + m[2] * point[1] + m[4], m[1] * point[0] + m[3] * point[1] + m[5])

    # transforms ---------------------------------------------------------------------------------------------------
    @contextmanager
    def saved(self) -> Iterator[None]:
        """Clips and transforms made inside end with the block."""
        self._calls.append(("q",))
        self._matrices.append(self.matrix)
        try:
            yield
        finally:
            self._matrices.pop()
            self._calls.append(("Q",))

    @contextmanager
    def moved(
        self, dx: float, dy: float, scale: float = 1.0, turn: float = 0.0, *, mirror: bool = False
    ) -> Iterator[None]:
        """Local coordinates for a block: mirrored, scaled, turned (radians, clockwise), then moved."""
        c, s = cos(turn) * scale, sin(turn) * scale
        flip = -1.0 if mirror else 1.0
        self._matrices.append(chained(self.matrix, (c * flip, s * flip, -s, c, dx, dy)))
        try:
            yield
        finally:
            self._matrices.pop()

    # marks --------------------------------------------------------------------------------------------------------
    def clip(self, path: Path) -> None:
        """Until the enclosing `saved` block ends."""
        self._calls.append(("c", self._data(path)))

    def fill(self, path: Path, grey: float = 0, *, even_odd: bool = False) -> None:
        if path:
            self._calls.append(("f", self._data(path), grey, int(even_odd)))

    def stroke(self, path: Path, width: float, grey: float = 0, join: Join = "round") -> None:
        """`width` in local units."""
        if path:
            self._calls.append(("s", self._data(path), round(width * self.magnification, 3), grey, join))

    def tone(
        self,
        path: Path,
        density: float,
        *,
        period: float = TONE_PERIOD_MM,
        angle: float = 45,
        kind: ToneKind = "dot",
        grey: float = 0,
    ) -> None:
        """Screentone; `density` 0..1 is the inked share, `period` in millimetres of the page, `angle` in degrees."""
        if path:
            self._calls.append(("t", self._data(path), period, round(density, 3), angle, kind, grey))

    def graded_tone(
        self,
        path: Path,
        start: tuple[Point, float],
        end: tuple[Point, float],
        *,
        period: float = TONE_PERIOD_MM,
        angle: float = 45,
        grey: float = 0,
    ) -> None:
        """A tone whose density runs from `start` (point, density) to `end`."""
        if not path:
            return
        (x0, y0), (x1, y1) = self.to_page(start[0]), self.to_page(end[0])
        numbers = (round(x0, 2), round(y0, 2), start[1], round(x1, 2), round(y1, 2), end[1], period, angle, grey)
        self._calls.append(("g", self._data(path), *numbers))

    def image(self, name: str, x: float, y: float, width: float, height: float) -> None:
        """A picture by name, upright; whoever renders the calls has the bytes."""
        px, py = self.to_page((x, y))
        k = self.magnification
        self._calls.append(("i", name, round(px, 3), round(py, 3), round(width * k, 3), round(height * k, 3)))

    def draw(
        self, drawing: Drawing, x: float = 0.0, y: float = 0.0, scale: float = 1.0, *, within: Rect | None = None
    ) -> None:
        """Another drawing's calls, placed. Tones keep their period, so that all tones of a page agree.

        Marks that lie wholly outside `within` (local coordinates) are left out; the caller clips to it.
        """
        window = None if within is None else bounds([self.to_page(corner) for corner in within.polygon()])
        with self.moved(x, y, scale):
            self._calls.extend(self._replayed(drawing, window))

    def place(
        self, drawing: Drawing, x: float = 0.0, y: float = 0.0, scale: float = 1.0, *, within: Rect | None = None
    ) -> None:
        """As `draw`, in one call: no number of the drawing is written anew, which is most of the time of a page."""
        with self.moved(x, y, scale):
            a, b, c, d, e, f = self.matrix
            fits = b == c == 0 and a == d > 0 and _ends_its_clips(drawing.calls)
        if not fits:
            self.draw(drawing, x, y, scale, within=within)
            return
        if within is not None:
            left, top = (within.x - x) / scale, (within.y - y) / scale
            window = Rect(x=left, y=top, width=within.width / scale, height=within.height / scale)
            drawing = replace(drawing, calls=tuple(_near(drawing.calls, window, SLACK_MM / a)))
        self._calls.append(("d", len(self._placed), e, f, a))
        self._placed.append(drawing)

    def _replayed(self, drawing: Drawing, window: Rect | None) -> Iterator[Call]:
        known: dict[str, tuple[str, Extent]] = {}  # most paths are drawn twice or more: edge, surface, tone
        for call in drawing.calls:
            if call[0] in {"q", "Q"}:
                yield call
            elif call[0] == "d":
                yield ("q",)
                with self.moved(*map(float, call[2:])):
                    yield from self._replayed(drawing.placed[int(call[1])], window)
                yield ("Q",)
            elif call[0] == "i":
                x, y = self.to_page((float(call[2]), float(call[3])))
                k = self.magnification
                size = (round(float(call[4]) * k, 3), round(float(call[5]) * k, 3))
                yield ("i", call[1], round(x, 3), round(y, 3), *size)
            else:
                data = str(call[1])
                if data not in known:
                    known[data] = moved_data(data, self.matrix)
                replayed = self._replay_path(call, known[data][0])
                if window is None or call[0] == "c" or _meets(replayed, known[data][1], window, SLACK_MM):
                    yield replayed

    def _replay_path(self, call: Call, data: str) -> Call:
        if call[0] == "s":
            return ("s", data, round(float(call[2]) * self.magnification, 3), *call[3:])
        if call[0] == "g":
            x0, y0 = self.to_page((float(call[2]), float(call[3])))
            x1, y1 = self.to_page((float(call[5]), float(call[6])))
            return ("g", data, round(x0, 2), round(y0, 2), call[4], round(x1, 2), round(y1, 2), *call[7:])
        return (call[0], data, *call[2:])

    def _data(self, path: Path) -> str:
        return to_data(path) if self.matrix == IDENTITY else to_data_moved(path, self.matrix)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a drawing lies on its page, upright: a point is scaled, then moved."""

    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0

    def within(self, x: float, y: float, scale: float) -> "Placement":
        """Of a drawing that this one places."""
        return Placement(*self.point(x, y), self.scale * scale)

    def point(self, x: float, y: float) -> Point:
        """On the page."""
        return self.x + self.scale * x, self.y + self.scale * y

    def area(self, data: object) -> Rect:
        """The box of a path on the page."""
        found = box(from_data(str(data)))
        (x, y), k = self.point(found.x, found.y), self.scale
        return Rect(x=x, y=y, width=k * found.width, height=k * found.height)

    def back(self) -> str:
        """The matrix from the drawing to its page, to which tones are anchored; nothing on the page itself."""
        k = self.scale
        return "" if self == Placement() else f"{1 / k:.8f} 0 0 {1 / k:.8f} {-self.x / k:.6f} {-self.y / k:.6f}"


def laid_flat(drawing: Drawing) -> Drawing:
    """The same marks without placed drawings: their calls are moved to where they are placed."""
    if not drawing.placed:
        return drawing
    canvas = Canvas(drawing.width, drawing.height)
    canvas.draw(drawing)
    return canvas.finish()


def _ends_its_clips(calls: Sequence[Call]) -> bool:
    """Whether calls leave no clip behind: every save is restored, and all clips lie between the two."""
    depth = 0
    for call in calls:
        if call[0] == "q":
            depth += 1
        elif call[0] == "Q":
            depth -= 1
        if depth < 0 or (depth == 0 and call[0] == "c"):
            return False
    return depth == 0


def _near(calls: Sequence[Call], window: Rect, slack: float) -> Iterator[Call]:
    """Calls without the marks that lie wholly outside a window. A mark that begins inside it is not looked at: reading
    all of a path takes long."""
    for call in calls:
        if (
            call[0] in _ALWAYS
            or _holds(window, first_point(str(call[1])))
            or _meets(call, reach(str(call[1]))[1], window, slack)
        ):
            yield call


def _holds(window: Rect, point: Point) -> bool:
    return window.x <= point[0] <= window.right and window.y <= point[1] <= window.bottom


def _meets(call: Call, extent: Extent, window: Rect, slack: float) -> bool:
    """Whether a mark can be seen in a window; a clip counts wherever it is, so it is not asked."""
    slack += MITER * float(call[2]) if call[0] == "s" else 0.0
    left, top, right, bottom = extent
    return (
        left < window.right + slack
        and right > window.x - slack
        and top < window.bottom + slack
        and bottom > window.y - slack
    )
