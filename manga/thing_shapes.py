"""Shapes of things that nobody has drawn before: what a model answers, and what is kept of it once it is checked.

A shape is a few marks in a box of 100 by 100, y downwards, the farther first. Nothing of an answer is drawn as it came:
its paths are read number by number, moved into the box and written anew; lines and tones are those of our own pen.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field

from manga.losses import Reason, shortened
from manga.values import Value
from manga.vocabulary.things import Grip, View, nearest_thing, thing_classes
from manga.vocabulary.vocabulary_entries import Vocabulary, WordEntry, word_of

THING_KEY: Final = r"^t\d{2,3}$"
BOX: Final = 100.0
MOST_THINGS: Final = 8
"""Of one work; the others are drawn as their class."""
MOST_MARKS: Final = 16
MOST_COMMANDS: Final = 60
"""Of all paths of one thing. A model is told 40: what is a little over need not be lost."""
LONGEST_PATH: Final = 32 * MOST_COMMANDS
"""Characters: a command has six numbers at most, and a kept path has them to a tenth."""
SMALLEST_CM, LARGEST_CM = 1.0, 3000.0
_LEAST: Final = 20.0
"""The longer side of what can be seen at all, before it is grown to the box."""
_SLIP: Final = 10.0
"""So far beyond the box is a slip of the pen; what lies farther is a wrong shape."""
_COUNTS: Final = {"M": 2, "L": 2, "Q": 4, "C": 6, "O": 4, "Z": 0}
"""How many numbers each command takes. `O` is a whole ellipse: its middle and its two radii."""
_NUMBER: Final = re.compile(r"-?[0-9]{1,4}(?:\.[0-9]{1,6})?")
_LETTER: Final = re.compile(r"([A-Za-z])")

Surface = Literal["white", "light", "mid", "dark", "black", "line"]
Numbers: TypeAlias = tuple[float, ...]
Command: TypeAlias = tuple[str, Numbers]
"""A letter and its numbers."""


class ShapeUnfit(ValueError):
    """Why a shape is not drawn, in words for whoever sent it."""


def read_path(text: str) -> tuple[Command, ...]:
    """The commands of a path; a letter may be followed by several sets of its numbers. Raises ShapeUnfit."""
    if len(text) > LONGEST_PATH:
        raise ShapeUnfit(f"a path has {len(text)} characters; {LONGEST_PATH} are the most")
    before, *rest = _LETTER.split(text)
    if before.strip():
        raise ShapeUnfit("a path begins with M or O")
    commands = tuple(command for pair in zip(rest[::2], rest[1::2], strict=True) for command in _read_sets(*pair))
    if all(letter in "MZ" for letter, _ in commands):
        raise ShapeUnfit("a path draws something")
    begun = False
    for letter, _ in commands:
        if not begun and letter not in "MO":
            raise ShapeUnfit("a path, and each part of it, begins with M or O")
        begun = letter not in "OZ"
    return commands


def _read_sets(letter: str, rest: str) -> Iterator[Command]:
    said = rest.replace(",", " ").replace("-", " -").split()
    if letter not in _COUNTS or not all(map(_NUMBER.fullmatch, said)):
        raise ShapeUnfit("a path holds M, L, Q, C, O and Z in capitals, and plain numbers, and nothing else")
    numbers, count = tuple(map(float, said)), _COUNTS[letter]
    if count == 0 and not numbers:
        yield letter, ()
    elif count == 0 or not numbers or len(numbers) % count:
        raise ShapeUnfit(f"{letter} takes {count} numbers")
    else:
        for at in range(0, len(numbers), count):
            yield ("L" if letter == "M" and at else letter), numbers[at : at + count]


def written(commands: Iterable[Command]) -> str:
    """The path as text, the one way in which it is kept."""
    return "".join(letter + " ".join(f"{number:g}" for number in numbers) for letter, numbers in commands)


def corners(command: Command) -> Iterator[tuple[float, float]]:
    """The points that a command is told by; of an ellipse the corners of its box."""
    letter, numbers = command
    if letter == "O":
        x, y, rx, ry = numbers
        yield from ((x - rx, y - ry), (x + rx, y + ry))
    else:
        yield from zip(numbers[::2], numbers[1::2], strict=True)


def _kept_path(text: str) -> str:
    commands = read_path(text)
    if any(not 0 <= number <= BOX for command in commands for point in corners(command) for number in point):
        raise ShapeUnfit("nothing of a path lies outside the box from 0 to 100")
    return written(commands)


class Mark(Value):
    """One surface with its contour, or a line alone."""

    surface: Surface = "white"
    path: Annotated[str, AfterValidator(_kept_path)] = Field(min_length=1, max_length=LONGEST_PATH)


def _few(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    if (found := sum(len(read_path(mark.path)) for mark in marks)) > MOST_COMMANDS:
        raise ShapeUnfit(f"its paths have {found} commands; {MOST_COMMANDS} are the most")
    return marks


Marks: TypeAlias = Annotated[tuple[Mark, ...], Field(min_length=1, max_length=MOST_MARKS), AfterValidator(_few)]
Centimetres: TypeAlias = Annotated[float, Field(ge=SMALLEST_CM, le=LARGEST_CM)]
InBox: TypeAlias = Annotated[float, Field(ge=0, le=BOX)]


class ThingShape(Value):
    """One thing of one work as it is drawn. `word` is what the plot calls it, `kind` a class of the register, or empty;
    a hand closes around it at `grip_x`, `grip_y`."""

    key: str = Field(pattern=THING_KEY)
    word: str = Field(min_length=1, max_length=40)
    kind: str = Field(default="", max_length=40)
    cm: Centimetres
    grip: Grip = "palm"
    view: View = "upright"
    grip_x: InBox = BOX / 2
    grip_y: InBox = BOX / 2
    marks: Marks


class MarkDraft(Value):
    """A mark as a model answers it."""

    surface: Surface = "white"
    path: str = Field(description="M, L, Q, C, O, Z, each before its numbers from 0 to 100: M 10 20 L 30 40 L 10 40 Z")


class ShapeDraft(Value):
    """One thing as a model answers it."""  # bounds are checked in `checked`: no bad shape costs the others

    key: str
    kind: str = Field(default="", description="the class it belongs to", json_schema_extra=word_of("thing_classes"))
    cm: float = Field(description="how long its longest side is in life")
    grip: Grip = "palm"
    view: View = "upright"
    grip_x: float = BOX / 2
    grip_y: float = BOX / 2
    marks: tuple[MarkDraft, ...] = Field(default=(), description="the farthest first; none where it has no shape")
    why_not: Annotated[str, BeforeValidator(partial(shortened, most=120)), Field(max_length=120)] = Field(
        default="", description="why it has no shape; empty where it has one"
    )


class ThingShapes(Value):
    """The answer: one entry for each thing that was asked for."""

    things: tuple[ShapeDraft, ...]


class UnknownThing(Value):
    """A thing of the plot that the register does not know, with what the story says where it is met. `kind` is its
    class, empty where not even that is known."""

    key: str
    word: str
    kind: str = ""
    told: tuple[str, ...] = ()


class AskedThing(Value):
    """What has become of one unknown thing: its shape, or why it has none. `digest` is of all that was asked of it."""

    key: str
    word: str
    kind: str = ""
    digest: str
    shape: ThingShape | None = None
    reason: Reason | None = None


@lru_cache(maxsize=64)
def _vocabulary(words: tuple[str, ...]) -> Vocabulary[WordEntry, WordEntry]:
    """The words as a vocabulary, by their places."""
    plain = ((str(at), word.strip().lower()) for at, word in enumerate(words))
    return Vocabulary({at: WordEntry(key=at, words={"en": (word,), "ja": (word,)}) for at, word in plain})


def find_word(word: str, words: Sequence[str]) -> int | None:
    """The place of the one that means the same thing: its plural, or a thing with what is told of it."""
    entry = _vocabulary(tuple(words)).nearest(word).entry if words else None
    return int(entry.key) if entry is not None else None


def find_shape(word: str, shapes: Sequence[ThingShape]) -> ThingShape | None:
    """The shape of what is called so, unless the register knows it."""
    if not shapes or not word or nearest_thing(word).entry is not None:
        return None
    place = find_word(word, [shape.word for shape in shapes])
    return shapes[place] if place is not None else None


def checked(draft: ShapeDraft, thing: UnknownThing) -> ThingShape:
    """The shape, grown to fill its box. Raises ShapeUnfit, or pydantic.ValidationError, which is a ValueError too."""
    if not draft.marks:
        raise ShapeUnfit("it has no marks")
    paths = [read_path(mark.path) for mark in draft.marks]
    place = _fitted([point for path in paths for command in path for point in corners(command)])
    marks = tuple(
        Mark(surface=mark.surface, path=written(map(place.command, path)))
        for mark, path in zip(draft.marks, paths, strict=True)
    )
    x, y = place.point(draft.grip_x, draft.grip_y)
    kind = thing.kind or (draft.kind if draft.kind in thing_classes() else "")
    facts: dict[str, Any] = {"cm": draft.cm, "grip": draft.grip, "view": draft.view, "grip_x": x, "grip_y": y}
    return ThingShape(key=thing.key, word=thing.word, kind=kind, marks=marks, **facts)


@dataclass(frozen=True, slots=True)
class _Place:
    """How a shape is grown and moved so that its longer side is that of the box, in tenths."""

    scale: float
    right: float
    down: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        return _inside(x * self.scale + self.right), _inside(y * self.scale + self.down)

    def command(self, command: Command) -> Command:
        letter, _ = command
        if letter == "O":
            (left, top), (right, bottom) = (self.point(*corner) for corner in corners(command))
            middle, radii = ((left + right) / 2, (top + bottom) / 2), ((right - left) / 2, (bottom - top) / 2)
            return letter, tuple(round(number, 2) for number in (*middle, *radii))
        return letter, tuple(number for corner in corners(command) for number in self.point(*corner))


def _inside(number: float) -> float:
    return round(min(BOX, max(0.0, number)), 1)


def _fitted(points: list[tuple[float, float]]) -> _Place:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    if min(left, top) < -_SLIP or max(right, bottom) > BOX + _SLIP:
        raise ShapeUnfit("nothing of a path lies outside the box from 0 to 100")
    longest = max(right - left, bottom - top)
    if longest < _LEAST:
        raise ShapeUnfit("it fills less than a fifth of the box")
    scale = BOX / longest
    return _Place(scale, BOX / 2 - scale * (left + right) / 2, BOX / 2 - scale * (top + bottom) / 2)
