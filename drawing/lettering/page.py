"""A page's letters: its storyboard, its pictures and the book's manner in, balloons and drawn sounds out. Pure.

`letter_page` is meant for the process pool: its argument and its answer are plain frozen values.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from random import Random

from drawing.ink.canvas import ART_JSON
from drawing.ink.paths import Path, common, flattened, poly, to_data, union
from drawing.lettering.across import set_across
from drawing.lettering.anchors import figures_on_page, find_speaker
from drawing.lettering.balloons import BOXED, DOUBT, TAILED, body_for, hand_of, hull, kind_of, outline
from drawing.lettering.breaking import ways
from drawing.lettering.cells import cells
from drawing.lettering.fonts import Faces, faces
from drawing.lettering.horizontal import line_ways, set_level
from drawing.lettering.joining import joined, neck
from drawing.lettering.joints import unwrapped
from drawing.lettering.mending import Smaller
from drawing.lettering.moved import Placing, Runs, own_place, own_sound, parted
from drawing.lettering.pieces import Piece, Spot, Variant
from drawing.lettering.placement import Placed, place
from drawing.lettering.punctuation import Style, Words, letters, punctuated
from drawing.lettering.sfx import DARK, Sound, draw_sound
from drawing.lettering.space import PageSpace, PanelSpace, page_space
from drawing.lettering.tails import bubbles, wedge
from drawing.lettering.vertical import set_vertically
from manga.artwork import PanelArt
from manga.brief import Language
from manga.errors import UserError
from manga.geometry import Rect, intersection
from manga.lettering import Balloon, BalloonKind, Glyph, PageLettering, Sfx, TextRun
from manga.paper import Direction, Paper
from manga.phases import Phase
from manga.plot import LineKind
from manga.storyboard import LinePart, StoryPage

BASE_Q: Mapping[Language, float] = {Language.JA: 20.0, Language.EN: 17.2}
"""Size of the body type on a B4 manuscript; other papers in proportion."""
Q_MM = 0.25
SMALLER = 0.9
SPARE, SPARE_COST = 0.87, 4.0
"""The size of type in a balloon that would hide a face at full size, and what it costs to shrink it."""
LEAST_SHARE: Mapping[Language, float] = {Language.JA: 0.75, Language.EN: 1.0}
"""Side of a letter by that of the room it takes up, its part of a tight balloon included."""
SMALLEST_MM = 1.0
"""Smaller type than this nobody can read, nor print."""
MOST_VARIANTS = 7


@dataclass(frozen=True, slots=True)
class Manner:
    """How a book is lettered. `folders` hold the faces; `runs` are the texts that a person has set another way."""

    paper: Paper
    direction: Direction
    language: Language
    punctuation: Style
    with_ruby: bool
    seed: int
    folders: tuple[str, ...]
    runs: Mapping[str, Runs] = field(default_factory=dict, hash=False)

    @property
    def size_mm(self) -> float:
        return BASE_Q[self.language] * Q_MM * self.paper.scale


@dataclass(frozen=True, slots=True)
class Lettered:
    """A page's letters and what went less than well."""

    page: PageLettering
    warnings: tuple[str, ...] = ()


def letter_page(
    page: StoryPage, art: Mapping[str, PanelArt], manner: Manner, placings: Mapping[str, Placing] | None = None
) -> Lettered:
    """Letter one page. Nothing overlaps; where a page cannot hold its words, all its type becomes smaller.

    `placings` by part key are a person's word: they move their own texts and no others.
    UserError where even the smallest type does not fit.
    """
    figures = {
        panel.key: figures_on_page(art[panel.key], page.frame(panel.key).polygon)
        for panel in page.panels
        if panel.key in art
    }
    paper = manner.paper
    rtl = manner.direction is Direction.RTL
    space = page_space(page, figures, text_area=paper.text_area, trim=paper.trim, rtl=rtl)
    found = faces(manner.folders)
    manner = replace(manner, runs={key: placing.runs for key, placing in (placings or {}).items()})
    placed, warnings = _placed(page, space, manner, found)
    placed = replace(placed, spots=joined(placed.spots, space))
    balloons = tuple(_balloon(spot, order, page, manner) for order, spot in enumerate(placed.spots))
    sounds = _sounds(page, space, art, balloons, found, manner.seed)
    if placings:
        spots = tuple(
            _owned(parted(spot, placings), placings.get(spot.piece.key), page, space, manner) for spot in placed.spots
        )
        balloons = tuple(_balloon(spot, order, page, manner) for order, spot in enumerate(spots))
        sounds = tuple(own_sound(sfx, placings.get(sfx.key), space) for sfx in sounds)
    return Lettered(PageLettering(page=page.key, balloons=balloons, sfx=sounds), tuple(warnings[:1]))


def _owned(spot: Spot, placing: Placing | None, page: StoryPage, space: PageSpace, manner: Manner) -> Spot:
    """A balloon where a person wants it, in the size that the person wants."""
    if placing is None or not placing.puts:
        return spot
    if placing.scale == 1.0:
        return own_place(spot, spot.variant, placing, space)
    part = next(p for panel in page.panels for p in panel.dialogue.parts if p.key == spot.piece.key)
    runs = _runs(part, spot.piece.kind, manner, spot.variant.em * placing.scale, faces(manner.folders))
    variants = tuple(_variants(runs, spot.piece.kind))
    like = next((i for i, variant in enumerate(spot.piece.variants) if variant == spot.variant), 0)
    return own_place(spot, variants[min(like, len(variants) - 1)], placing, space)


def _placed(page: StoryPage, space: PageSpace, manner: Manner, found: Faces) -> tuple[Placed, list[str]]:
    """All balloons in the largest type that the page holds."""
    warnings: list[str] = []
    size = min(manner.size_mm, _holds(page, manner))
    while size >= SMALLEST_MM:
        placed = place(_pieces(page, space, manner, size, found), space, _smaller(page, manner, size * SPARE, found))
        if not placed.unplaced:
            return placed, warnings
        warnings.append(f"page {page.number}: {len(placed.unplaced)} texts have no room at full size")
        size *= min(SMALLER, max(0.5, placed.room**0.5))
    raise UserError(
        f"Page {page.number} has more words than it can hold.",
        remedy="Shorten its lines, or move some of them to another page.",
        phase=Phase.LETTERING.value,
        element=page.key,
    )


def _holds(page: StoryPage, manner: Manner) -> float:
    """A size of type above which the words alone would fill the page, millimetres."""
    count = sum(len(part.text) for panel in page.panels for part in panel.dialogue.parts if part.kind != "sfx")
    wide = manner.paper.text_area.area / max(1, count)
    return float(wide**0.5) * LEAST_SHARE[manner.language]


def _pieces(page: StoryPage, space: PageSpace, manner: Manner, size_mm: float, found: Faces) -> list[Piece]:
    pieces: list[Piece] = []
    for panel, room in zip(page.panels, space.panels, strict=True):
        parts = [part for part in panel.dialogue.parts if part.kind != "sfx" and letters(part.text)]
        pieces += [_piece(part, room, rank, len(parts), manner, size_mm, found) for rank, part in enumerate(parts)]
    return pieces


def _piece(
    part: LinePart, room: PanelSpace, rank: int, count: int, manner: Manner, size_mm: float, found: Faces
) -> Piece:
    seen = None if part.off_panel or part.confidence < DOUBT else find_speaker(room.figures, part.speaker, room.box)
    kind = kind_of(LineKind(part.kind), off_panel=seen is None)
    runs = _runs(part, kind, manner, size_mm, found)
    return Piece(
        key=part.key,
        panel=room,
        kind=kind,
        variants=tuple(_variants(runs, kind)),
        speaker=seen if kind in TAILED else None,
        rank=rank,
        count=count,
        talker=part.speaker,
        place=part.place,
    )


def _smaller(page: StoryPage, manner: Manner, size_mm: float, found: Faces) -> Smaller:
    """How pieces look in smaller type. Latin type has its least size already."""
    parts = {part.key: part for panel in page.panels for part in panel.dialogue.parts}

    def smaller(piece: Piece) -> tuple[Variant, ...]:
        if manner.language is Language.EN:
            return ()
        runs = _runs(parts[piece.key], piece.kind, manner, size_mm, found)
        return tuple(_variants([(run, cost + SPARE_COST) for run, cost in runs], piece.kind))

    return smaller


def _variants(runs: Sequence[tuple[TextRun, float]], kind: BalloonKind) -> Iterator[Variant]:
    """Every setting in its usual body, then in a compact one, for panels with little room."""
    for compact in (False,) if kind in BOXED else (False, True):
        for run, cost in runs:
            body = body_for(run, kind, compact=compact)
            yield Variant(run, body, cost + 1.2 * compact, tuple(body.rim()), hull(body, (0.0, 0.0), kind))


def _runs(
    part: LinePart, kind: BalloonKind, manner: Manner, size_mm: float, found: Faces
) -> list[tuple[TextRun, float]]:
    """The part set in every sensible way, best first, each with its cost against the best."""
    wanted = manner.runs.get(part.key, "auto")
    if manner.language is Language.EN and wanted != "vertical":
        lines = line_ways(part.text, "comic", found)[:MOST_VARIANTS]
        return [
            (set_level(way, part.text, part.span, "comic", size_mm, found), 0.25 * i) for i, way in enumerate(lines)
        ]
    flat = unwrapped(Words(part.text, tuple(ruby for ruby in part.ruby if manner.with_ruby or ruby.is_dot)))
    words = punctuated(flat, manner.punctuation)
    hand = hand_of(kind, size_mm)
    broken = ways(cells(words), words.text)[:MOST_VARIANTS]
    setter = set_across if wanted == "level" else set_vertically
    return [
        (setter(way.columns, part.text, part.span, hand, found), 0.5 * (way.cost - broken[0].cost)) for way in broken
    ]


def _balloon(spot: Spot, order: int, page: StoryPage, manner: Manner) -> Balloon:
    piece, variant = spot.piece, spot.variant
    rng = Random(f"{manner.seed}:{piece.key}")
    path = outline(variant.body, spot.centre, piece.kind, rng)
    path = with_tail(path, spot, rng.uniform(-1, 1))
    path = union(path, neck(*spot.neck, variant.em)) if spot.neck else path
    shape = hull(variant.body, spot.centre, piece.kind)
    if spot.cut:
        path = common(path, poly(piece.panel.polygon)) if path else path
        shape = intersection(piece.panel.polygon, shape)
    part = next(p for panel in page.panels for p in panel.dialogue.parts if p.key == piece.key)
    text = variant.text_at(spot.centre)
    return Balloon(
        key=piece.key,
        panel=piece.panel.key,
        line=part.line,
        kind=piece.kind,
        speaker=part.speaker,
        confidence=part.confidence,
        outline=to_data(path),
        polygon=tuple((round(x, 2), round(y, 2)) for x, y in shape),
        tail_tip=(round(spot.tail.tip[0], 2), round(spot.tail.tip[1], 2)) if spot.tail else None,
        aims_at=spot.tail.mouth if spot.tail else None,
        joins=spot.joins,
        text=moved_run(variant.run, text.x, text.y),
        order=order,
    )


def with_tail(path: Path, spot: Spot, bend: float) -> Path:
    """A balloon's border and its tail in one; `bend` -1..1."""
    if spot.tail is None or not path:
        return path
    if spot.piece.kind is BalloonKind.THOUGHT:
        return (*path, *(op for bubble in bubbles(spot.tail, spot.variant.em) for op in bubble))
    joined = union(path, wedge(spot.tail, spot.variant.body, spot.centre, spot.variant.em, bend))
    return joined if len(flattened(joined, 1)) == 1 else _largest(joined)


def _largest(path: Path) -> Path:
    """The first, outer contour of a union that left crumbs behind."""
    starts = [i for i, op in enumerate(path) if op[0] == "M"] + [len(path)]
    pieces = [path[a:b] for a, b in pairwise(starts)]
    return max(pieces, key=len)


def moved_run(run: TextRun, dx: float, dy: float) -> TextRun:
    """A run at another place."""

    def moved(glyph: Glyph) -> Glyph:
        x, y = glyph.at
        return glyph.model_copy(
            update={"at": (round(x + dx, 3), round(y + dy, 3)), "box": _rounded(glyph.box.moved(dx, dy))}
        )

    return run.model_copy(
        update={
            "glyphs": tuple(map(moved, run.glyphs)),
            "ruby": tuple(map(moved, run.ruby)),
            "box": _rounded(run.box.moved(dx, dy)),
        }
    )


def _rounded(rect: Rect) -> Rect:
    return Rect(x=round(rect.x, 3), y=round(rect.y, 3), width=round(rect.width, 3), height=round(rect.height, 3))


def _sounds(
    page: StoryPage, space: PageSpace, art: Mapping[str, PanelArt], balloons: Sequence[Balloon], found: Faces, seed: int
) -> tuple[Sfx, ...]:
    taken = [balloon.polygon for balloon in balloons]
    drawn: list[Sfx] = []
    for panel, room in zip(page.panels, space.panels, strict=True):
        for part in panel.dialogue.parts:
            if part.kind == "sfx" and letters(part.text):
                dark = panel.key in art and art[panel.key].ink > DARK
                layered = panel.key in art and art[panel.key].media_type == ART_JSON
                sound = Sound(part, room, panel.importance, dark, layered)
                sfx = draw_sound(sound, space, taken, found, Random(f"{seed}:{part.key}"))
                taken.append(sfx.polygon)
                drawn.append(sfx)
    return tuple(drawn)
