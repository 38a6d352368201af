"""Previews of the phases before there are pages: the concept's card, the cast side by side, the plot along its pages.

In: the phase's result, a width in pixels, the language of whoever looks. Out: a picture `SHEET_MM` wide and as high as
it must be.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, sqrt

from drawing.art.figure import Figure
from drawing.art.living_objects import ink_object, object_of
from drawing.art.make_figure import figure_of
from drawing.ink.canvas import Canvas
from drawing.ink.paths import ellipse, poly, rect
from drawing.ink.pen import Pen
from drawing.lettering.fonts import faces
from drawing.pages.pdf_to_pixels import Bitmap
from drawing.pages.preview_pictures import SHEET_MM, PreviewPicture, sheet
from drawing.pages.preview_text import LEADING, TextWriter
from drawing.pages.preview_words import listed, said
from drawing.pages.thing_picture import draw_thing
from drawing.raster.decode_picture import BadPicture, decoded
from manga.brief import Language
from manga.characters import Cast, Character
from manga.concept import Concept
from manga.geometry import Rect
from manga.plot import Beat, Plot, Scene, TimeOfDay
from manga.storyboard import Expression, FigureDirection, Pose, SceneDirection, Shot
from manga.thing_shapes import ThingShape

MARGIN = 8.0
GREY, PALE = 105.0, 205.0
_INNER = SHEET_MM - 2 * MARGIN


@dataclass(frozen=True, slots=True)
class _Row:
    """A piece of a card: how large, in which grey, how far from the left; `name` stands before it."""

    text: str
    size: float
    grey: float = 0
    left: float = 0
    name: str = ""
    most: int = 2


def shown_concept(
    concept: Concept, folders: tuple[str, ...], width_px: int, language: Language = Language.EN
) -> PreviewPicture:
    """Title, logline, and what the book is to be."""
    rows = [
        _Row(concept.title, 13),
        *([_Row(concept.author, 5, GREY, most=1)] if concept.author else []),
        _Row(concept.logline, 6, most=4),
        *(_Row(words, 5, left=34, name=name) for name, words in _facts(concept, language)),
    ]
    measuring = TextWriter(Canvas(SHEET_MM, 1), faces(folders))
    height = _written(measuring, rows) + MARGIN

    def draw(hand: TextWriter) -> None:
        hand.canvas.stroke(rect(3, 3, SHEET_MM - 6, height - 6), 0.6)
        _written(hand, rows)

    return sheet(height, folders, width_px, draw)


def _written(hand: TextWriter, rows: Sequence[_Row]) -> float:
    """Answers where the card ends."""
    at = MARGIN + 1
    for row in rows:
        if row.name:
            hand.line(row.name, MARGIN, at, row.size * 0.9, grey=GREY)
        lines = hand.wrapped(row.text, row.size, _INNER - row.left, row.most)
        at = hand.lines(lines, MARGIN + row.left, at, row.size, grey=row.grey) + 1.5
    return at


def _facts(concept: Concept, language: Language) -> list[tuple[str, str]]:
    world = concept.world
    rows = [
        ("genre", listed((genre.value for genre in concept.genres), language)),
        ("theme", concept.theme),
        ("mood", concept.mood),
        ("world", " / ".join(filter(None, (world.place, said(world.period.value, language))))),
        ("drawn as", said(concept.art_style, language)),
        ("read", listed((concept.direction.value, concept.language.value, concept.target_readers), language)),
    ]
    return [(said(name, language), words) for name, words in rows if words.strip()]


@dataclass(frozen=True, slots=True)
class _Grid:
    """Cells of a cast: the fewer people, the larger."""

    columns: int
    rows: int

    @classmethod
    def of(cls, people: int) -> "_Grid":
        columns = max(2, min(6, ceil(sqrt(people * 0.9))))
        return cls(columns, max(1, ceil(people / columns)))

    @property
    def width(self) -> float:
        return _INNER / self.columns

    @property
    def picture(self) -> float:
        """Height of the drawn part of a cell."""
        return self.width * 0.68

    @property
    def letter(self) -> float:
        return max(3.4, min(6.0, self.width / 13))

    @property
    def cell(self) -> float:
        return self.picture + 3.65 * LEADING * self.letter + 3

    def box(self, n: int) -> Rect:
        x, y = MARGIN + n % self.columns * self.width, MARGIN + n // self.columns * self.cell
        return Rect(x=x, y=y, width=self.width - 3, height=self.picture)


def shown_cast(cast: Cast, folders: tuple[str, ...], width_px: int, language: Language = Language.EN) -> PreviewPicture:
    """Everybody's head beside the whole figure, with name, role and clothes."""
    return shown_sheets(cast, {}, folders, width_px, language)


def shown_sheets(
    cast: Cast,
    pictures: Mapping[str, bytes],
    folders: tuple[str, ...],
    width_px: int,
    language: Language = Language.EN,
) -> PreviewPicture:
    """The same; who has a character sheet among the pictures (by object name) is seen as drawn there. Whoever has two
    shapes is there twice."""
    people = [shape for person in cast.characters for shape in person.shapes]
    grid = _Grid.of(len(people))
    own = {n: picture for n, person in enumerate(people) if (picture := _own(person, pictures)) is not None}

    def draw(hand: TextWriter) -> None:
        for n, person in enumerate(people):
            box = grid.box(n)
            if n not in own:
                _figures(hand, person, box)
            hand.canvas.stroke(rect(box.x, box.y, box.width, box.height), 0.45)
            _told(hand, person, box, grid.letter, language, "no sheet" if own and n not in own else "")

    height = 2 * MARGIN + grid.rows * grid.cell
    return sheet(height, folders, width_px, draw, [(_inside(grid.box(n)), picture) for n, picture in own.items()])


def _own(person: Character, pictures: Mapping[str, bytes]) -> Bitmap | None:
    """The first of the sheets that can be shown."""
    for name in person.reference_images:
        with suppress(BadPicture):
            if name in pictures:
                return decoded(pictures[name])
    return None


def _inside(box: Rect) -> Rect:
    """Within the frame's line."""
    return Rect(x=box.x + 0.6, y=box.y + 0.6, width=box.width - 1.2, height=box.height - 1.2)


def _figures(hand: TextWriter, person: Character, box: Rect) -> None:
    near = Rect(x=box.x, y=box.y, width=box.width * 0.6, height=box.height)
    whole = Rect(x=near.right, y=box.y, width=box.width - near.width, height=box.height)
    with hand.canvas.saved():
        hand.canvas.clip(rect(box.x, box.y, box.width, box.height))  # long hair may reach beside the whole figure
        _drawn(hand, person, Shot.BUST, near)
        _drawn(hand, person, Shot.FULL, whole)


def _told(hand: TextWriter, person: Character, box: Rect, size: float, language: Language, note: str) -> None:
    name = hand.wrapped(person.name, size * 1.15, box.width, 1)
    at = hand.lines(name, box.x, box.bottom + 1.5, size * 1.15)
    told = listed((person.role, person.age_text or person.look.age.value, note), language)
    at = hand.lines(hand.wrapped(told, size * 0.8, box.width, 1), box.x, at, size * 0.8, grey=GREY)
    words = person.costume or person.description
    hand.lines(hand.wrapped(words, size * 0.8, box.width, 2, face="round"), box.x, at, size * 0.8, face="round")


def _drawn(hand: TextWriter, person: Character, shot: Shot, box: Rect) -> None:
    """The head as large as the box bears, or the figure from head to foot."""
    directed = FigureDirection(
        character=person.key,
        expression=Expression.NEUTRAL,
        pose=Pose.RELAXED,
        facing="front" if shot is Shot.FULL else "left",
    )
    if object_of(person.look):
        ink_object(hand.canvas, person.look, box)
        return
    figure = figure_of(person.look, directed, SceneDirection(shot=shot, setting=""))
    x, y, size = _near(figure, box) if shot is Shot.BUST else _whole(figure, box)
    with hand.canvas.moved(x, y, size):
        figure.ink(Pen.on(hand.canvas))


def _near(figure: Figure, box: Rect) -> tuple[float, float, float]:
    head = figure.marks.head
    size = min(0.66 * box.height / head.height, 0.8 * box.width / head.width)
    return box.centre[0] - head.centre[0] * size, box.y + 0.45 * box.height - head.centre[1] * size, size


def _whole(figure: Figure, box: Rect) -> tuple[float, float, float]:
    body = figure.marks.body
    size = min(0.9 * box.height / body.height, 0.92 * box.width / body.width)
    return box.centre[0] - body.centre[0] * size, box.y + 0.95 * box.height - body.bottom * size, size


ROW = 25.0
_TEXT = 118.0
_AXIS = 12.0
_THING, _WORD, _ACROSS = 27.0, 12.0, 8
"""Of a thing: its square, the two lines below it, how many are side by side."""


def shown_plot(
    plot: Plot, names: Mapping[str, str], folders: tuple[str, ...], width_px: int, language: Language = Language.EN
) -> PreviewPicture:
    """A row a scene: what happens on the left, on the right its beats along the pages of the book; below them the
    things in shapes of the work's own."""
    axis = _Axis.of(plot)

    def draw(hand: TextWriter) -> None:
        _pages(hand, axis, height)
        for n, scene in enumerate(plot.scenes):
            _row(hand, scene, names, MARGIN + _AXIS + n * ROW, axis, language)
        for n, thing in enumerate(plot.things):
            _thing(hand, thing, MARGIN + n % _ACROSS * _THING, height + n // _ACROSS * (_THING + _WORD))

    height = 2 * MARGIN + _AXIS + len(plot.scenes) * ROW
    things = ceil(len(plot.things) / _ACROSS) * (_THING + _WORD)
    return sheet(height + (things + MARGIN if things else 0), folders, width_px, draw)


def _thing(hand: TextWriter, thing: ThingShape, x: float, y: float) -> None:
    draw_thing(hand.canvas, thing, (x, y), _THING)
    at = hand.lines(hand.wrapped(thing.word, 3.8, _THING, 1), x + 1, y + _THING, 3.8)
    hand.line(f"{thing.key}, {thing.cm:g} cm", x + 1, at, 3.2, grey=GREY)


@dataclass(frozen=True, slots=True)
class _Axis:
    """Where a beat lies along the pages, in millimetres; beats that no page carries have no place."""

    pages: int
    places: Mapping[str, float]

    @classmethod
    def of(cls, plot: Plot) -> "_Axis":
        found = {
            beat: page + (n + 0.5) / len(plan.beats)
            for page, plan in enumerate(plot.pages)
            for n, beat in enumerate(plan.beats)
        }
        unit = (SHEET_MM - 2 * MARGIN - _TEXT) / len(plot.pages)
        return cls(len(plot.pages), {beat: MARGIN + _TEXT + at * unit for beat, at in found.items()})

    @property
    def page(self) -> float:
        return (SHEET_MM - 2 * MARGIN - _TEXT) / self.pages


def _pages(hand: TextWriter, axis: _Axis, height: float) -> None:
    every = max(1, ceil(9 / axis.page))
    for n in range(axis.pages + 1):
        x = MARGIN + _TEXT + n * axis.page
        hand.canvas.stroke(poly(((x, MARGIN + _AXIS - 3), (x, height - MARGIN)), close=False), 0.2, PALE)
        if n < axis.pages and n % every == 0:
            hand.line(f"p{n + 1:02}", x + 0.6, MARGIN + 1, 4.2, grey=GREY)


_LIGHT: Mapping[TimeOfDay, float] = {
    TimeOfDay.MORNING: 240.0,
    TimeOfDay.DAY: 225.0,
    TimeOfDay.EVENING: 185.0,
    TimeOfDay.NIGHT: 130.0,
}


def _row(hand: TextWriter, scene: Scene, names: Mapping[str, str], y: float, axis: _Axis, language: Language) -> None:
    rule = poly(((MARGIN, y - 1.5), (SHEET_MM - MARGIN, y - 1.5)), close=False)
    hand.canvas.stroke(rule, 0.2, PALE)
    width = _TEXT - 5
    head = f"{scene.key}  {scene.heading or scene.place}"
    at = hand.lines(hand.wrapped(head, 5, width, 1), MARGIN, y, 5)
    words = listed(
        (scene.time_of_day.value, scene.emotion.value, *(names.get(key, key) for key in scene.present)), language
    )
    at = hand.lines(hand.wrapped(words, 3.8, width, 1), MARGIN, at, 3.8, grey=GREY)
    told = scene.what_happens or " ".join(beat.told for beat in scene.beats)
    hand.lines(hand.wrapped(told, 3.9, width, 2, face="round"), MARGIN, at, 3.9, face="round")
    _bar(hand, scene, y + ROW / 2 - 2, axis)


def _bar(hand: TextWriter, scene: Scene, middle: float, axis: _Axis) -> None:
    """From the first beat to the last; a dot a beat, larger with its weight, a square where something is revealed."""
    placed = [(axis.places[beat.key], beat) for beat in scene.beats if beat.key in axis.places]
    if not placed:
        return
    left, right = min(x for x, _ in placed) - 1.6, max(x for x, _ in placed) + 1.6
    hand.canvas.fill(rect(left, middle - 4, right - left, 8), _LIGHT[scene.time_of_day])
    room = min((b - a for (a, _), (b, _) in pairwise(placed)), default=4.0)
    for x, beat in placed:
        _dot(hand, x, middle, beat, max(0.25, min(0.36, 0.1 * room)))


def _dot(hand: TextWriter, x: float, y: float, beat: Beat, unit: float) -> None:
    r = unit * (1 + beat.importance)
    hand.canvas.fill(rect(x - r, y - r, 2 * r, 2 * r) if beat.reveal else ellipse(x, y, r, r), 0)
