"""Finds which thing any words show, and draws it: by a file of shapes, by line art, or as what stands for its class.

What is younger than the story is not shown. Without the font of line art there are our own shapes alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import Any

from drawing.art.things.draw_own_shape import entry_of, half_width, handle_of, ink_of, is_own, word_of
from drawing.art.things.draw_shape_file import FOLDER, draw_shape, shape_names
from drawing.art.things.ink_font_glyphs import Handle, can_ink, handle, inked
from drawing.ink.pen import DARK, LIGHT, WHITE_INK, Pen, showing
from manga.read_yaml import read_yaml
from manga.vocabulary.things import Grip, NearestThing, ThingClass, ThingEntry, thing_classes, thing_vocabulary, things
from manga.vocabulary.vocabulary_entries import Vocabulary

_ALONE = frozenset("柱雷河")
"""氷柱 is no pillar, 地雷 no lightning, 銀河 no river."""
_WIDTH = 1.05
"""Of the pen's plain line: between an inner line and a contour of our own drawings."""


def draw_line_art(pen: Pen, glyph: str, *, lying: bool = False) -> None:
    """Fill a box of one unit around the origin; what lies on a table before us is lower than that."""
    art = inked(glyph, pen.weight * _WIDTH, lying=lying)
    pen.canvas.fill(art.silhouette, WHITE_INK)
    pen.canvas.tone(art.shade, LIGHT)
    pen.canvas.tone(art.dark, DARK)
    pen.canvas.fill(art.lines)


HEAD_CM = 24.0
"""Sizes of things are told in heads of an adult."""
_READABLE, _TRUE = 5.0, 0.4
"""Centimetres: what is under 8 is drawn larger than life, to be read: so large, and so much of its own size."""
_STANDS_CM = 80.0
"""What nobody holds and is at least as large stands on the floor."""
_HELD_CM = 300.0
"""Nothing larger is in a hand."""
_OUTSIDE = frozenset({"vehicle", "building", "scenery"})
_UNTIL = {"old_japan": 1868, "old_china": 1900, "medieval": 1500, "early_modern": 1930}
"""The last years of periods."""
_EASTERN = {"lantern": "paper_lantern", "lamp": "paper_lantern", "cup": "bowl"}
"""What lights and cups were in the old East."""


@dataclass(frozen=True, slots=True)
class Thing:
    """`draw` fills a box of one unit around the origin; `size` is its larger side in heads."""

    draw: Callable[[Pen], None]
    size: float = 0.7
    grip: Grip = "palm"
    long: bool = False
    """Held upright at the side, like a gun or a staff; drawn along +x."""
    hangs: bool = False
    """Hangs below the hand."""
    falls: bool = False
    """Comes down from far above: a picture of it has no ground."""
    lying: Callable[[Pen], None] | None = None
    """Draws it as it lies on a table; None for what is drawn so anyway, and for what stands."""
    handle: Handle | None = None
    """What is held up by one of its ends."""
    stands: float = 0.0
    """Too large for hands: it stands on the floor beside whoever has to do with it. Half its width, of its size."""


def thing_of(word: str, period: str = "modern") -> str | None:
    """The name of a thing, or of a class of things, that can be drawn for these words."""
    if is_own(word):
        return word
    near = _named_by_directions().nearest(word)
    if near.entry is None:
        return _of_class(near, period)
    if near.entry.key in set_pieces().entries:
        return near.entry.like or near.entry.key
    name = _drawable(near.entry, period)
    return _EASTERN.get(name or "", name) if period in {"old_japan", "old_china"} else name


def in_period(word: str, period: str) -> str:
    """The word for a thing as it was in a period; the word itself where nothing was otherwise."""
    name = thing_of(word, period)
    return name if name is not None and name != thing_of(word) else word


def is_class(name: str) -> bool:
    """Whether a name that `thing_of` gave is that of a class."""
    return name in thing_classes()


@lru_cache(maxsize=1024)
def thing_named(name: str) -> Thing:
    """How a thing or a class of that name is drawn. Raises KeyError where there is none."""
    entry, more = entry_named(name), how_drawn().get(name, {})
    stands = 48 if _stands(entry) else 0
    if is_own(name):
        return _own(name, entry)
    return Thing(
        showing("thing", name, _ink(entry)),
        max(entry.cm, _READABLE + _TRUE * entry.cm) / HEAD_CM,
        entry.grip,
        long="long" in more,
        hangs=entry.view == "hanging" and "falls" not in more,
        falls="falls" in more,
        lying=showing("thing", name, partial(draw_line_art, glyph=entry.glyph, lying=True))
        if _is_flat(entry)
        else None,
        handle=Handle.from_end((more["held"][0], more["held"][1])) if "held" in more else _handle_of(entry),
        stands=more.get("stands", stands) / 100,
    )


def _handle_of(entry: ThingEntry) -> Handle | None:
    return handle(entry.glyph) if entry.glyph and entry.grip == "handle" and entry.view != "hanging" else None


def _own(name: str, entry: ThingEntry) -> Thing:
    """One that a work has for itself."""
    word, standing = word_of(name), _stands(entry)
    held_up = entry.grip == "handle" and entry.view != "hanging"
    return Thing(
        showing("thing", word, ink_of(name)),
        max(entry.cm, _READABLE + _TRUE * entry.cm) / HEAD_CM,
        entry.grip,
        hangs=entry.view == "hanging",
        lying=showing("thing", word, ink_of(name, lying=True)) if entry.view == "flat" else None,
        handle=handle_of(name) if held_up else None,
        stands=half_width(name) if standing else 0.0,
    )


def _stands(entry: ThingEntry) -> bool:
    return entry.grip == "none" and entry.cm >= _STANDS_CM and entry.view != "afar"


def can_be_held(name: str) -> bool:
    """Whether a thing is in hands, or stands beside whoever has to do with it."""
    entry = entry_named(name)
    large = entry.kind in _OUTSIDE or entry.view == "afar" or entry.cm > _HELD_CM
    if is_own(name) and not large and entry.grip == "none":
        return thing_named(name).stands > 0
    apart = large or entry.grip == "none"
    return thing_named(name).stands > 0 if entry.kind == "furniture" or _stands_by_people(name) else not apart


def is_outside(name: str) -> bool:
    """Whether a thing is seen on no floor of a house."""
    entry = entry_named(name)
    return not _stands_by_people(name) and (entry.kind in _OUTSIDE or entry.cm > _HELD_CM)


def is_afar(name: str) -> bool:
    """Whether a thing is seen without any ground."""
    return entry_named(name).view == "afar"


def _stands_by_people(name: str) -> bool:
    return "stands" in how_drawn().get(name, {})


def entry_named(name: str) -> ThingEntry:
    """What the register says of a thing or a class that `thing_of` named."""
    if is_own(name):
        return entry_of(name)
    piece = set_pieces().entries.get(name)
    return piece or things()[thing_classes()[name].like if is_class(name) else name]


@cache
def set_pieces() -> Vocabulary[ThingEntry, ThingEntry]:
    """What is drawn only where a direction names it."""
    rows: Mapping[str, Any] = read_yaml((FOLDER / "set_pieces.yaml").read_text(encoding="utf-8"))
    entries = {key: ThingEntry.model_validate({"key": key, **row}) for key, row in rows.items()}
    return Vocabulary(entries, alone=_ALONE)


@cache
def _named_by_directions() -> Vocabulary[ThingEntry, ThingClass]:
    """All that a direction may name: of a thing and a piece the one that more of the words tell, else the piece."""
    register = thing_vocabulary()
    return Vocabulary(
        {**set_pieces().entries, **register.entries}, register.classes, alone=register.alone | set_pieces().alone
    )


@cache
def how_drawn() -> Mapping[str, Mapping[str, Any]]:
    """What the register does not say of a drawing, by its name."""
    told: Mapping[str, Mapping[str, Any]] = read_yaml((FOLDER / "how_drawn.yaml").read_text(encoding="utf-8"))
    return told


def _is_flat(entry: ThingEntry) -> bool:
    return bool(entry.glyph) and entry.view == "flat"


def _ink(entry: ThingEntry) -> Callable[[Pen], None]:
    return partial(draw_line_art, glyph=entry.glyph) if entry.glyph else partial(draw_shape, name=entry.key)


def _drawable(entry: ThingEntry, period: str) -> str | None:
    """The name of what is drawn for an entry, if anything is."""
    if entry.since is not None and entry.since > _UNTIL.get(period, entry.since):
        return None
    if entry.like:
        return _drawable(things()[entry.like], period)
    drawn = can_ink(entry.glyph) if entry.glyph else entry.key in shape_names()
    return entry.key if drawn else None


def _of_class(near: NearestThing, period: str) -> str | None:
    if near.kind is None or not near.kind.like:
        return None
    return near.kind.key if _drawable(things()[near.kind.like], period) else None
