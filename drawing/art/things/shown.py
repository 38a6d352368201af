"""Which thing a panel shows for any words, and how that is drawn.

A drawing of our own goes first; then line art of the vocabulary's entry; then the thing that stands for its class.
Without the font of line art there are our own drawings alone.
"""

import re
from collections.abc import Callable
from functools import cache, partial

from drawing.art.props.things import THINGS, Thing, ink_untold, thing_of
from drawing.art.things.line_art import draw_line_art
from drawing.art.things.outline import can_ink
from drawing.ink.pen import Pen, showing
from manga.vocabulary.nearest_thing import Nearest, nearest_thing
from manga.vocabulary.things import ThingEntry, thing_classes, things

HEAD_CM = 22.0
"""Sizes of things are told in heads."""


def thing_to_show(word: str) -> str | None:
    """The name of a thing, or of a class of things, that can be drawn for these words."""
    own, near = thing_of(word), nearest_thing(word)
    if near.thing is not None and (near.by != "head" or not _is_named(own, word)):
        return _drawable(near.thing) or own
    if own is not None and (near.kind is None or _is_named(own, word)):
        return own
    return _of_class(near)


def is_class(name: str) -> bool:
    """Whether a name that `thing_to_show` gave is that of a class."""
    return name in thing_classes()


@cache
def thing_named(name: str) -> Thing:
    """How a thing or a class of that name is drawn. Raises KeyError where there is none."""
    if name in THINGS:
        return THINGS[name]
    entry = things()[thing_classes()[name].like if is_class(name) else name]
    return Thing(showing("thing", name, _ink(entry)), (), entry.cm / HEAD_CM, hangs=entry.view == "hanging")


def _ink(entry: ThingEntry) -> Callable[[Pen], None]:
    return partial(draw_line_art, glyph=entry.glyph) if entry.glyph else ink_untold(entry.key)


def _drawable(entry: ThingEntry) -> str | None:
    """The name of what is drawn for an entry, if anything is."""
    if entry.like:
        return _drawable(things()[entry.like])
    if entry.glyph:
        return entry.key if can_ink(entry.glyph) else None
    return entry.key


def _of_class(near: Nearest) -> str | None:
    if near.kind is None or not near.kind.like:
        return None
    return near.kind.key if _drawable(things()[near.kind.like]) else None


def _is_named(own: str | None, text: str) -> bool:
    """Whether a drawing of our own is named by a whole word, or by the end of a Japanese one, not by letters within."""
    if own is None:
        return False
    low = text.lower()
    return any(
        re.search(rf"\b{re.escape(word)}(?:s|es)?\b", low) if word.isascii() else low.endswith(word)
        for word in (own.replace("_", " "), *THINGS[own].words)
    )
