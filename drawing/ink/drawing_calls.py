"""Finished drawing calls as a value, what they show, and how they are read from JSON and written to it.

Which calls there are stands in `drawing.ink.canvas`, which records them.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal, TypeAlias

Call: TypeAlias = tuple[str | float, ...]

ART_JSON = "application/x-manga-art+json"
"""The media type of a panel's picture that is a drawing, not pixels."""


ShownKind = Literal["place", "part", "figure", "holds", "grip", "thing", "weather"]
"""`grip`: what of a thing in a hand is drawn once more, before the palm."""


@dataclass(frozen=True, slots=True)
class ShownThing:
    """What a stretch of calls (first, end) is a picture of, in the words of the code that made them."""

    kind: ShownKind
    name: str
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """Finished drawing calls on a surface of `width` by `height` millimetres. The first `backdrop` of them are what
    lies behind people; those of `breakout` (first, end) are the figure that stands before the panel's border."""

    width: float
    height: float
    calls: tuple[Call, ...]
    backdrop: int = 0
    breakout: tuple[int, int] = (0, 0)
    shown: tuple[ShownThing, ...] = field(default=(), compare=False)
    """What the calls show, outer stretches before those within them. Not stored with the calls."""
    placed: tuple["Drawing", ...] = ()
    """Drawings that calls of this one place. A page has them, a stored picture has none."""

    @property
    def figure(self) -> "Drawing":
        """The figure that stands before the panel's border, alone."""
        return Drawing(self.width, self.height, self.calls[slice(*self.breakout)], placed=self.placed)

    def parted(self) -> tuple["Drawing", "Drawing"]:
        """What lies behind people, and the rest."""
        behind, before = self.calls[: self.backdrop], self.calls[self.backdrop :]
        return (
            Drawing(self.width, self.height, behind, placed=self.placed),
            Drawing(self.width, self.height, before, placed=self.placed),
        )

    def marks(self) -> Iterator[Call]:
        """All calls, those of placed drawings among them, each on its own surface."""
        for call in self.calls:
            if call[0] == "d":
                yield from self.placed[int(call[1])].marks()
            else:
                yield call

    def without(self, kinds: Collection[str]) -> "Drawing":
        """The same without calls of some kinds, in placed drawings too."""
        calls = tuple(call for call in self.calls if call[0] not in kinds)
        return replace(self, calls=calls, placed=tuple(one.without(kinds) for one in self.placed))

    def to_json(self) -> dict[str, object]:
        """Raises ValueError on a drawing that places others: such a one is made anew from what it places."""
        if self.placed:
            raise ValueError("a drawing that places others is not stored")
        found: dict[str, object] = {"width": self.width, "height": self.height}
        if self.backdrop:
            found["backdrop"] = self.backdrop
        if any(self.breakout):
            found["breakout"] = list(self.breakout)
        return {**found, "calls": [list(call) for call in self.calls]}

    @classmethod
    def of(cls, data: dict[str, object]) -> "Drawing":
        """Read what `to_json` wrote. Raises ValueError on calls that no canvas records."""
        width, height, calls = data.get("width"), data.get("height"), data.get("calls")
        if not isinstance(width, int | float) or not isinstance(height, int | float) or not isinstance(calls, list):
            raise ValueError("not a drawing")
        backdrop = data.get("backdrop", 0)
        if not isinstance(backdrop, int) or not 0 <= backdrop <= len(calls):
            raise ValueError("not a drawing")
        first, end = _stretch(data.get("breakout", [0, 0]), len(calls))
        return cls(float(width), float(height), tuple(_checked(call) for call in calls), backdrop, (first, end))


def _stretch(value: object, most: int) -> tuple[int, int]:
    """Two places in a list of calls, in order."""
    if isinstance(value, list) and len(value) == 2 and all(isinstance(place, int) for place in value):
        first, end = value
        if 0 <= first <= end <= most:
            return first, end
    raise ValueError("not a drawing")


_SHAPES: dict[str, tuple[type | tuple[type, ...], ...]] = {
    "q": (),
    "Q": (),
    "c": (str,),
    "f": (str, (int, float), (int, float)),
    "s": (str, (int, float), (int, float), str),
    "t": (str, (int, float), (int, float), (int, float), str, (int, float)),
    "g": (str, *((int, float),) * 9),
    "i": (str, *((int, float),) * 4),
}


def _checked(call: object) -> Call:
    if not isinstance(call, list) or not call or not isinstance(call[0], str) or call[0] not in _SHAPES:
        raise ValueError("unknown drawing call")
    if not _fits(call[0], tuple(map(type, call[1:]))):
        raise ValueError(f"drawing call {call[0]!r} has wrong arguments")
    return tuple(call)


@lru_cache(maxsize=1024)
def _fits(name: str, types: tuple[type, ...]) -> bool:
    """Whether a call takes arguments of these types. Remembered: a page has 2,000 calls of few sorts."""
    shape = _SHAPES[name]
    return len(shape) == len(types) and all(map(issubclass, types, shape))
