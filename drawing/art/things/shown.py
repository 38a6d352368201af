"""Which thing a panel shows for any words, and how that is drawn.

A drawing of our own goes first, in code or from a file of shapes; then line art; then the thing that stands for its
class. What is younger than the story is not shown, but for drawings in code, which have periods of their own. Without
the font of line art there are our own drawings alone.
"""

import re
from collections.abc import Callable
from functools import cache, partial

from drawing.art.props.things import THINGS, Thing, ink_untold, thing_of
from drawing.art.things.line_art import draw_line_art
from drawing.art.things.outline import can_ink
from drawing.art.things.shape import draw_shape
from drawing.ink.pen import Pen, showing
from manga.vocabulary.things import NearestThing, ThingEntry, nearest_thing, thing_classes, things

HEAD_CM = 22.0
"""Sizes of things are told in heads."""
_STANDS_CM = 80.0
"""What nobody holds and is at least as large stands on the floor."""
_OUTSIDE = frozenset({"vehicle", "building", "scenery"})
_UNTIL = {"old_japan": 1868, "old_china": 1900, "medieval": 1500, "early_modern": 1930}
"""The last years of periods."""


def thing_to_show(word: str, period: str = "modern") -> str | None:
    """The name of a thing, or of a class of things, that can be drawn for these words."""
    own, near = thing_of(word), nearest_thing(word)
    if near.entry is not None:
        return _drawable(near.entry, period) or own
    return own if _is_named(own, word) else _of_class(near, period)


def is_class(name: str) -> bool:
    """Whether a name that `thing_to_show` gave is that of a class."""
    return name in thing_classes()


@cache
def thing_named(name: str) -> Thing:
    """How a thing or a class of that name is drawn. Raises KeyError where there is none."""
    if name in THINGS:
        return THINGS[name]
    entry = things()[thing_classes()[name].like if is_class(name) else name]
    return Thing(
        showing("thing", name, _ink(entry)),
        (),
        entry.cm / HEAD_CM,
        hangs=entry.view == "hanging",
        stands=0.48 if entry.grip == "none" and entry.cm >= _STANDS_CM and entry.view != "afar" else 0.0,
    )


def is_outside(name: str) -> bool:
    """Whether a thing is seen on no floor of a house."""
    entry = things().get(name)
    return entry is not None and name not in THINGS and (entry.kind in _OUTSIDE or entry.cm > 300)


def is_afar(name: str) -> bool:
    """Whether a thing is seen without any ground."""
    entry = things().get(name)
    return entry is not None and entry.view == "afar"


def _ink(entry: ThingEntry) -> Callable[[Pen], None]:
    if entry.glyph:
        return partial(draw_line_art, glyph=entry.glyph)
    return ink_untold(entry.key) if entry.key in THINGS else partial(draw_shape, name=entry.key)


def _drawable(entry: ThingEntry, period: str) -> str | None:
    """The name of what is drawn for an entry, if anything is."""
    if entry.key in THINGS:
        return entry.key
    if entry.since is not None and entry.since > _UNTIL.get(period, entry.since):
        return None
    if entry.like:
        return _drawable(things()[entry.like], period)
    return entry.key if not entry.glyph or can_ink(entry.glyph) else None


def _of_class(near: NearestThing, period: str) -> str | None:
    if near.kind is None or not near.kind.like:
        return None
    return near.kind.key if _drawable(things()[near.kind.like], period) else None


def _is_named(own: str | None, text: str) -> bool:
    """Whether a whole English word names a drawing of our own, not letters within one; the end of a Japanese word is
    found in the vocabulary."""
    words = (own.replace("_", " "), *THINGS[own].words) if own is not None else ()
    return any(word.isascii() and re.search(rf"\b{re.escape(word)}(?:s|es)?\b", text.lower()) for word in words)
