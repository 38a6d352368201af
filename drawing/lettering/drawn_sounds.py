"""Draws sound effects (描き文字): a sound and its panel in, their letters' shapes at a place out.

They begin near what makes the sound, take no more of a panel than `MOST_OF_PANEL`, and stay clear of balloons, faces,
hands and things; at most 15 % leaves the panel. Sounds that fill a place lie behind its people.
Letters run along a path and turn with it, each a little its own way by the seed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import atan2, pi, sin, sqrt
from random import Random
from typing import Literal

from drawing.ink.paths import Op, Path, box, mapped, placed, to_data
from drawing.lettering.balloon_spots import HAIR_LIMIT, covered, hair_covered
from drawing.lettering.fonts import Faces
from drawing.lettering.free_space import PageSpace, PanelSpace
from drawing.lettering.glyph_outlines import turned
from drawing.lettering.sound_sources import away, sources, untouchable
from drawing.lettering.sound_words import Run, sound_manner
from drawing.lettering.vertical_text import narrowed, widened
from manga.artwork import FigureAnchors
from manga.geometry import Point, Polygon, Rect, area, overlap_area
from manga.lettering import FaceName, Sfx
from manga.storyboard import LinePart

_HARD = frozenset("ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポカキクケコタチツテトッ！!")
TIGHT = 0.93
"""How near to one another drawn letters stand, by what the face would have."""
SIZES = (1.0, 0.82, 0.66, 0.52, 0.4, 0.3)
OUTSIDE = 0.12
IMPACT, BREAKING = 5, 0.12
"""From this loudness on letters may lie over their panel's frame, by so much of the panel: into the gutter, and over a
neighbour where nobody's face is."""
MOST_OUTSIDE = {False: 0.15, True: 0.4}
"""The share of drawn letters that may leave a panel, in the last case one of impact."""
MOST_OF_PANEL = {False: 0.15, True: 0.25}
"""The share of a panel that drawn letters take at most; in the last case of a splash."""
HIDDEN = 30.0
"""What it costs to lie over hands or a thing that is looked at: nothing else is worth it but a face or a balloon."""
FACE, HAIR = 9.0, 4.0
"""What it costs to lie over a face, and over more of somebody's hair than a balloon may."""
FROM_SOURCE = 1.2
"""What it costs to begin as far from the source as the panel is wide."""
BUSY = 0.6
"""What it costs to lie over a part of the picture that is full of lines."""
STEPS = 6
OVER_FRAME = 0.25
"""What a sound of impact pays that stays within its frame."""
FREE = 1.0
"""What a place costs at most where nothing is in the way."""
NOWHERE = 40.0
"""What costs this much lies over a balloon or a face wherever it is put."""
UNSEEN = 0.12
"""The share of drawn letters that people may hide for nothing."""
DARK = 0.42
"""Panels with more ink than this get white letters."""


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


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound to be drawn: its part, its panel, and how loud it is (1..5). `layered`: the picture tells people from
    what lies behind them. `splash`: its panel is what the page is made for."""

    part: LinePart
    panel: PanelSpace
    loudness: int
    dark: bool
    layered: bool = False
    splash: bool = False

    @property
    def breaks(self) -> bool:
        """Whether it bursts out of its panel."""
        return self.loudness >= IMPACT


@dataclass(frozen=True, slots=True)
class _Drawn:
    cost: float
    path: Path
    shape: Polygon
    behind: bool


def draw_sound(sound: Sound, page: PageSpace, taken: Sequence[Polygon], faces: Faces, rng: Random) -> Sfx:
    """Draw it as large as there is room for; where there is none, small over the picture."""
    manner = sound_manner(sound.part.text)
    unit = lettered(sound.part.text, manner.run, faces, rng, vertical=is_japanese(sound.part.text))
    behind = manner.behind and sound.layered and bool(sound.panel.figures)
    best = _best(sound, unit, page, taken, behind=behind)
    if behind and (best is None or best.cost >= FREE):
        best = _best(sound, unit, page, taken, behind=False)
    if best is None:
        path = placed(unit, *sound.panel.box.centre, _size(sound, unit) * SIZES[-1])
        best = _Drawn(0.0, path, convex(path), behind=False)
    style: Literal["black", "white"] = "white" if sound.dark else manner.fill
    return Sfx(
        key=sound.part.key,
        panel=sound.panel.key,
        text=sound.part.text,
        outline=to_data(best.path),
        polygon=tuple((round(x, 2), round(y, 2)) for x, y in best.shape),
        style=style,
        layer="behind" if best.behind else "before",
        span=sound.part.span,
    )


def _best(sound: Sound, unit: Path, page: PageSpace, taken: Sequence[Polygon], *, behind: bool) -> _Drawn | None:
    """The largest for which there is room; the least harmful where there is little, the smallest where none is."""
    best: _Drawn | None = None
    found: _Drawn | None = None
    for scale in SIZES:
        size = _size(sound, unit) * scale
        found = None
        for path in _positions(unit, size, sound, page):
            shape = convex(path)
            cost = _cost(shape, sound, taken, behind=behind) + _over_others(shape, sound.panel, page)
            if found is None or cost < found.cost:
                found = _Drawn(cost, path, shape, behind)
        if found is not None and (best is None or found.cost < best.cost):
            best = found
        if best is not None and best.cost < FREE:
            break
    return found if best is not None and best.cost >= NOWHERE and found is not None else best


def _size(sound: Sound, unit: Path) -> float:
    """Letter height: loud sounds fill more of the panel, up to the share of it that is theirs."""
    reach = box(unit) if unit else Rect(x=0, y=0, width=1, height=1)
    share = 0.38 + 0.07 * sound.loudness
    panel = sound.panel.box
    fit = min(panel.width * min(0.8, share + 0.15) / reach.width, panel.height * share / reach.height)
    hull = area(convex(unit)) if unit else 1.0
    most = MOST_OF_PANEL[sound.splash] * area(sound.panel.polygon)
    return min(fit, 0.42 * min(panel.width, panel.height), sqrt(most / max(hull, 1e-6)))


def _positions(unit: Path, size: float, sound: Sound, page: PageSpace) -> Iterator[Path]:
    if not unit:
        return
    reach = box(unit)
    w, h = reach.width * size, reach.height * size
    limits = page.trim.inset(2)
    panel = sound.panel
    slack_x, slack_y = OUTSIDE / 2 * w, OUTSIDE / 2 * h
    if sound.breaks:
        slack_x, slack_y = max(slack_x, BREAKING * panel.box.width), max(slack_y, BREAKING * panel.box.height)
    x0, x1 = max(panel.box.x - slack_x, limits.x) + w / 2, min(panel.box.right + slack_x, limits.right) - w / 2
    y0, y1 = max(panel.box.y - slack_y, limits.y) + h / 2, min(panel.box.bottom + slack_y, limits.bottom) - h / 2
    if x1 < x0 or y1 < y0:
        return
    for i in range(STEPS):
        for j in range(STEPS):
            yield placed(unit, x0 + (x1 - x0) * i / (STEPS - 1), y0 + (y1 - y0) * j / (STEPS - 1), size)


def _over_others(shape: Polygon, own: PanelSpace, page: PageSpace) -> float:
    """No face of another panel is touched, nor hands or things; its people are left whole."""
    others = [panel for panel in page.panels if panel is not own]
    kept = (boxes for panel in others for boxes in (panel.heads, untouchable(panel)))
    cost = sum(50.0 for boxes in kept for share in covered(shape, boxes) if share > 0.0)
    bodies = (share for panel in others for share in covered(shape, [figure.body for figure in panel.figures]))
    return cost + sum(20.0 * share for share in bodies)


def _cost(shape: Polygon, sound: Sound, taken: Sequence[Polygon], *, behind: bool) -> float:
    """Balloons and faces must stay free; bodies may be crossed; an edge is better than the middle. What lies behind
    people covers nobody, and must be seen beside them."""
    panel = sound.panel
    total = max(area(shape), 1e-6)
    reach = Rect(x=min(p[0] for p in shape), y=min(p[1] for p in shape), width=0, height=0)
    reach = Rect(
        x=reach.x,
        y=reach.y,
        width=max(p[0] for p in shape) - reach.x,
        height=max(p[1] for p in shape) - reach.y,
    )
    cost = sum(50.0 + 50 * shared / total for shared in (overlap_area(t, shape) for t in taken) if shared > 0)
    if behind:
        hidden = sum(overlap_area(shape, box.polygon()) for f in panel.figures for box in _solid(f)) / total
        cost += 3.0 * max(0.0, hidden - UNSEEN)
    else:
        cost += sum(FACE + 20.0 * share for share in covered(shape, panel.faces) if share > 0.01)
        cost += sum(3.0 * min(1.0, share) for share in covered(shape, panel.heads))
        cost += sum(HAIR for share in hair_covered(shape, panel) if share > HAIR_LIMIT)
        cost += sum(0.3 * f.body.overlap(reach) / total for f in panel.figures)
        cost += sum(HIDDEN * min(1.0, share) for share in covered(shape, untouchable(panel)) if share > 0.02)
        cost += BUSY * panel.ground.under(reach) if panel.ground is not None else 0.0
    outside = 1 - overlap_area(panel.polygon, shape) / total
    cost += (0.0 if sound.breaks else 2.0) * outside + (40.0 if outside > MOST_OUTSIDE[sound.breaks] else 0.0)
    if sound.breaks and not behind:
        cost += OVER_FRAME * (1 - min(1.0, outside / 0.1))
    dx = abs(reach.centre[0] - panel.box.centre[0]) / max(panel.box.width, 1e-6)
    dy = abs(reach.centre[1] - panel.box.centre[1]) / max(panel.box.height, 1e-6)
    return cost + 0.3 * max(0.0, 0.5 - max(dx, dy)) + _from_source(reach, sound)


def _from_source(reach: Rect, sound: Sound) -> float:
    """What it costs that a word begins away from what makes the sound: its top, or its left end."""
    panel = sound.panel
    places = sources(panel, sound_manner(sound.part.text).at, sound.part.speaker)
    start = (reach.centre[0], reach.y) if is_japanese(sound.part.text) else (reach.x, reach.centre[1])
    return FROM_SOURCE * away(start, places) / max(panel.box.width, panel.box.height, 1e-6)


def _solid(figure: FigureAnchors) -> Iterator[Rect]:
    """Where a figure surely is: its head, and the middle of its body."""
    if figure.head is not None:
        yield figure.head
    body = figure.body
    top = figure.head.bottom if figure.head is not None else body.y
    yield Rect(x=body.x + body.width / 4, y=top, width=body.width / 2, height=max(0.0, body.bottom - top))


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
