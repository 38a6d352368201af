"""Fits all texts of a page: in a size in which they fit, else split; what cannot be split shrinks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from drawing.lettering.fonts import Faces
from drawing.lettering.free_space import PageSpace
from drawing.lettering.join_balloons import joined
from drawing.lettering.place_balloons import CROWD, PlacedBalloons, Searches, place
from drawing.lettering.placed_pieces import BalloonSpot, TextPiece, Variant
from drawing.lettering.repair_layout import Smaller
from drawing.lettering.split_text import halves
from drawing.lettering.typesetting import Manner, pieces_of, runs_of, variants_of
from manga.brief import Language
from manga.errors import UserError
from manga.geometry import bounds
from manga.phases import Phase
from manga.storyboard import DialogueLayout, PanelDraft, StoryPage
from manga.text_capacity import texts_held

SMALLER = 0.9
SPARE, SPARE_COST = 0.87, 4.0
"""The size of type in a balloon that would hide a face at full size, and what it costs to shrink it."""
LEAST_SHARE: Mapping[Language, float] = {Language.JA: 0.75, Language.EN: 1.0}
"""Side of a letter by that of the room it takes up, its part of a tight balloon included."""
GREAT_HARM = 100.0
"""What it costs that a balloon leads to nobody, that a face is lost, or that words are read in a wrong order."""
OVERFULL_HARM = 8.0
"""What it costs that a panel holds more texts than it should because one is in halves."""
SMALLEST_MM = 1.0
"""Smaller type than this nobody can read, nor print."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A page, long texts of it in halves, and where its texts stand, in reading order."""

    page: StoryPage
    spots: tuple[BalloonSpot, ...]
    warnings: tuple[str, ...]


def fitted(page: StoryPage, space: PageSpace, manner: Manner, found: Faces, whole: Collection[str] = ()) -> Fitted:
    """The page in the largest type that it holds. Parts of the keys `whole` are not split.

    UserError where even the smallest type does not fit.
    """
    warnings: list[str] = []
    size = min(manner.size_on(page.layout.name), _holds(page, manner))
    while size >= SMALLEST_MM:
        shown, placed = _mildest(page, space, manner, size, found, whole)
        if not warnings and placed.harm > GREAT_HARM:
            shown, placed = _eased(page, space, manner, size, found, whole, (shown, placed))
        if not placed.unplaced:
            small = sum(spot.variant.em < size - 0.01 for spot in placed.spots)
            told = [f"page {page.number}: {small} texts are set smaller, beside faces"] if small else []
            return Fitted(shown, placed.spots, (*warnings, *told))
        warnings.append(f"page {page.number}: {len(placed.unplaced)} texts have no room at full size")
        size *= min(SMALLER, max(0.5, placed.room**0.5))
    raise UserError(
        f"Page {page.number} has more words than it can hold.",
        remedy="Shorten its lines, or move some of them to another page.",
        phase=Phase.LETTERING.value,
        element=page.key,
    )


def _eased(
    page: StoryPage,
    space: PageSpace,
    manner: Manner,
    size: float,
    found: Faces,
    whole: Collection[str],
    before: tuple[StoryPage, PlacedBalloons],
) -> tuple[StoryPage, PlacedBalloons]:
    """The whole page in smaller type, where that does away with a fault that a reader stumbles over."""
    if not _can_shrink(page, manner):
        return before
    smaller = _mildest(page, space, manner, size * SPARE, found, whole)
    return smaller if not smaller[1].unplaced and smaller[1].harm < before[1].harm - GREAT_HARM / 2 else before


def _mildest(
    page: StoryPage, space: PageSpace, manner: Manner, size: float, found: Faces, whole: Collection[str]
) -> tuple[StoryPage, PlacedBalloons]:
    """The page as it is; with its ill-placed texts in halves, where that does less harm; else with smaller ones."""

    known: dict[str, tuple[Sequence[TextPiece], Searches]] = {}

    def placed(shown: StoryPage, *, shrunk: bool = False) -> PlacedBalloons:
        name = "whole" if shown is page else "halved"
        if name not in known:
            known[name] = (pieces_of(shown, space, manner, size, found), Searches())
        pieces, searches = known[name]
        return place(pieces, space, _smaller(shown, manner, size, found) if shrunk else _no_smaller, searches)

    full = placed(page)
    if not full.faulty or not 0 < len(full.spots) <= CROWD:
        return page, full
    halved = page.model_copy(
        update={"panels": tuple(_halved(panel, full.faulty, whole, manner.language) for panel in page.panels)}
    )
    split = placed(halved) if halved != page else full
    fuller = OVERFULL_HARM * _overfull(page, halved, manner)
    led = split.harm + fuller < full.harm and all(map(_is_led, joined(split.spots, space)))
    if full.unplaced or (led and not split.faulty and not fuller):
        return (halved, split) if led else (page, full)
    small = placed(page, shrunk=True)
    if led and split.harm + fuller <= small.harm:
        return halved, min(split, placed(halved, shrunk=True), key=lambda one: one.harm)
    return page, min(full, small, key=lambda one: one.harm)


def _no_smaller(_: TextPiece) -> tuple[Variant, ...]:
    return ()


def _is_led(spot: BalloonSpot) -> bool:
    """Whether a second half has a tail, runs on from the first, or needs neither."""
    piece = spot.piece
    if piece.follows is None or spot.joins or spot.tail or piece.speaker is None:
        return True
    return not piece.panel.rivals(piece.speaker.character)


def _halved(panel: PanelDraft, faulty: Collection[str], whole: Collection[str], language: Language) -> PanelDraft:
    """The panel with one text in halves: an ill-placed one before others, the longest before shorter ones."""
    parts = panel.dialogue.parts
    if not any(part.key in faulty for part in parts):
        return panel
    for part in sorted(parts, key=lambda part: (part.key not in faulty, -len(part.text))):
        pair = () if part.key in whole else halves(part, language)
        if pair:
            at = parts.index(part)
            split = (*parts[:at], *pair, *parts[at + 1 :])
            return panel.model_copy(update={"dialogue": DialogueLayout.model_construct(parts=split)})
    return panel


def _overfull(page: StoryPage, halved: StoryPage, manner: Manner) -> int:
    """How many panels hold more texts than they should, and fewer on the page as it is."""
    live = manner.paper.live.width
    most = {frame.key: texts_held(bounds(frame.polygon).width, live) for frame in page.layout.frames}
    pairs = zip(page.panels, halved.panels, strict=True)
    return sum(_texts(before) < _texts(after) > most[after.key] for before, after in pairs)


def _texts(panel: PanelDraft) -> int:
    return sum(part.kind != "sfx" for part in panel.dialogue.parts)


def _holds(page: StoryPage, manner: Manner) -> float:
    """A size of type above which the words alone would fill the page, millimetres."""
    count = sum(len(part.text) for panel in page.panels for part in panel.dialogue.parts if part.kind != "sfx")
    wide = manner.paper.text_area.area / max(1, count)
    return float(wide**0.5) * LEAST_SHARE[manner.language]


def _can_shrink(page: StoryPage, manner: Manner) -> bool:
    """Whether type may be smaller beside faces: Latin type and that of strips have their least size already."""
    return manner.language is not Language.EN and page.layout.name == "free"


def _smaller(page: StoryPage, manner: Manner, size_mm: float, found: Faces) -> Smaller:
    """How pieces look in smaller type."""
    parts = {part.key: part for panel in page.panels for part in panel.dialogue.parts}

    def smaller(piece: TextPiece) -> tuple[Variant, ...]:
        if not _can_shrink(page, manner):
            return ()
        runs = runs_of(parts[piece.key], piece.kind, manner, size_mm * SPARE, found)
        return tuple(variants_of([(run, cost + SPARE_COST) for run, cost in runs], piece.kind))

    return smaller
