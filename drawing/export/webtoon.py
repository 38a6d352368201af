"""Lays a book out as one strip that is read downwards, cut into slices of one height at most, in a zip.

Panels stand one below the other at one width, with a rhythm of gaps by what comes next; diagonal borders become level.
Balloons leave their old places and are set anew, by the letterer's own rules, into the panels as they are now, in
millimetres of a strip that is `WIDTH_MM` wide. A cut falls into a gap where there is one in the lower half of the
slice; where a picture is higher than a slice, through the picture, and the reader sees no seam.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random

from PIL import Image, ImageChops

from drawing.export.book_edition import Leaf
from drawing.export.zip_archive import zipped
from drawing.ink.paths import (
    common,
    from_data,
    placed,
    poly,
    to_data,
)
from drawing.ink.pdf import to_pdf
from drawing.lettering.balloons import BOXED, TAILED, body_for, hull, outline
from drawing.lettering.figure_anchors import find_speaker
from drawing.lettering.fonts import faces
from drawing.lettering.free_space import PageSpace, PanelSpace, space_of
from drawing.lettering.letter_page import with_tail
from drawing.lettering.place_balloons import place
from drawing.lettering.placed_pieces import BalloonSpot, TextPiece, Variant
from drawing.lettering.strip_titles import moved_run
from drawing.pages.compose_page import compose
from drawing.pages.page_files import page_files
from drawing.pages.pdf_to_pixels import Bitmap, pixels, png
from manga.artwork import FigureAnchors
from manga.book import PageGraph, PanelNode
from manga.geometry import Point, Rect, bounds, intersection
from manga.lettering import Balloon, BalloonKind, Glyph, Sfx, StripTitle, TextRun
from manga.paper import PAPERS, Direction, PaperName

WIDTH_MM = 128.0
MARGIN_MM = 4.0
TEXT_MARGIN_MM = 3.0
TYPE_SHARE = 0.88
"""Size of the type against that of a B4 manuscript."""
HEAD_SHARE = 1.2
"""Of a strip's title against the type under it."""
TALLEST = 1.35
"""How much higher than wide a panel may be; more is cut where no head is."""
SMALLER, LEAST = 0.88, 0.4
LOUDEST = 1.3
"""How much larger than on its page a sound is drawn at most."""
SOUND_WEIGHT = 20.0
SCENE_MM, LEAST_MM = 56.0, 10.0
BEFORE_MM = {
    "establish": 30.0,
    "payoff": 36.0,
    "splash": 44.0,
    "breather": 30.0,
    "react": 12.0,
    "talk": 16.0,
    "hook": 22.0,
}
"""The silence before a panel, by what it is for."""
AFTER_MM = {"hook": 40.0, "splash": 30.0, "payoff": 22.0, "breather": 30.0, "afterbeat": 26.0, "establish": 18.0}
CROWDED = 0.3
"""Above this share of its panel, a panel's balloons get silence of their own to stand in."""
LOWER_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Move:
    """From the page to the strip: a point is scaled, then moved."""

    scale: float
    dx: float
    dy: float

    def point(self, at: Point) -> Point:
        return (round(at[0] * self.scale + self.dx, 3), round(at[1] * self.scale + self.dy, 3))

    def box(self, box: Rect) -> Rect:
        x, y = self.point((box.x, box.y))
        return Rect(x=x, y=y, width=round(box.width * self.scale, 3), height=round(box.height * self.scale, 3))


def strip_page(page: PageGraph, before: PanelNode | None = None) -> PageGraph:
    """A story page's piece of the strip; `before` is the panel that is read before it."""
    moves: dict[str, Move] = {}
    nodes: list[PanelNode] = []
    y, factor = 0.0, TYPE_SHARE / PAPERS[page.paper].scale
    names = {title.panel: scaled_run(title.text, HEAD_SHARE * factor) for title in page.titles}
    titles: list[StripTitle] = []
    for panel in page.panels:
        window = _window(panel)
        scale = (WIDTH_MM - 2 * MARGIN_MM) / window.width
        y += rest(before, panel) + _crowd(page, panel, window.area * scale * scale, factor)
        if panel.key in names:
            run = names[panel.key]
            titles.append(StripTitle(panel=panel.key, text=moved_run(run, (WIDTH_MM - run.box.width) / 2, y)))
            y += run.box.height + LEAST_MM / 2
        move = Move(scale, MARGIN_MM - window.x * scale, y - window.y * scale)
        nodes.append(_moved_panel(panel, move, window))
        moves[panel.key] = move
        y += window.height * scale
        before = panel
    trim = Rect(x=0, y=0, width=WIDTH_MM, height=round(y + LEAST_MM, 2))
    boxes = {node.key: bounds(node.polygon) for node in nodes}
    sounds = tuple(_moved_sound(sfx, moves[sfx.panel], boxes[sfx.panel]) for sfx in page.sfx if sfx.panel in moves)
    strip = page.model_copy(
        update={
            "paper": PaperName.B5,
            "trim": trim,
            "bleed": trim,
            "live": trim,
            "panels": tuple(nodes),
            "sfx": sounds,
            "folio": None,
            "titles": tuple(titles),
        }
    )
    return strip.model_copy(update={"balloons": _lettered(strip, factor)})


def rest(before: PanelNode | None, panel: PanelNode) -> float:
    """The gap above a panel, in millimetres: a beat of silence by what was, and by what comes."""
    if before is None or before.scene != panel.scene:
        return SCENE_MM
    return max(LEAST_MM, BEFORE_MM.get(panel.role, 0.0), AFTER_MM.get(before.role, 0.0))


def _crowd(page: PageGraph, panel: PanelNode, area: float, factor: float) -> float:
    """More silence above a panel that says more than it can hold."""
    said = sum(bounds(b.polygon).area for b in page.balloons if b.panel == panel.key) * factor * factor
    return max(0.0, said - CROWDED * area) / (WIDTH_MM - 2 * MARGIN_MM)


def _window(panel: PanelNode) -> Rect:
    """What of the page is shown: the panel's box, cut to a height that can be seen at once."""
    box = bounds(panel.polygon)
    height = min(box.height, TALLEST * box.width)
    heads = [head for figure in panel.figures if (head := figure.head or figure.face) is not None]
    middle = bounds([corner for head in heads for corner in head.polygon()]).centre[1] if heads else box.centre[1]
    y = min(max(middle - height / 2, box.y), box.bottom - height)
    return Rect(x=box.x, y=y, width=box.width, height=height)


def _moved_panel(panel: PanelNode, move: Move, window: Rect) -> PanelNode:
    return panel.model_copy(
        update={
            "polygon": move.box(window).polygon(),
            "bleeds": (),
            "picture_box": move.box(panel.picture_box),
            "figures": tuple(_moved_figure(figure, move) for figure in panel.figures),
            "breakout": None,
        }
    )


def _moved_figure(figure: FigureAnchors, move: Move) -> FigureAnchors:
    return FigureAnchors(
        character=figure.character,
        body=move.box(figure.body),
        head=move.box(figure.head) if figure.head else None,
        face=move.box(figure.face) if figure.face else None,
        mouth=move.point(figure.mouth) if figure.mouth else None,
        hands=tuple(move.box(hand) for hand in figure.hands),
    )


def _moved_sound(sfx: Sfx, move: Move, panel: Rect) -> Sfx:
    """A drawn sound belongs to its picture and goes with it, in its panel as far as it has room there; it does not grow
    with a narrow panel as the picture does. `panel` is that one in the strip."""
    box = bounds(sfx.polygon)
    scale = min(move.scale, LOUDEST)
    at = move.point(box.centre)
    dx = _within(at[0] - box.width * scale / 2, box.width * scale, panel.x, panel.right) - box.x * scale
    dy = _within(at[1] - box.height * scale / 2, box.height * scale, panel.y, panel.bottom) - box.y * scale
    moved = Move(scale, dx, dy)
    path = placed(from_data(sfx.outline), dx, dy, scale)
    return sfx.model_copy(update={"outline": to_data(path), "polygon": tuple(map(moved.point, sfx.polygon))})


def _within(start: float, size: float, low: float, high: float) -> float:
    """Where something begins that keeps between two limits; wider than these, it keeps its middle."""
    return start if size > high - low else min(max(start, low), high - size)


def _lettered(strip: PageGraph, factor: float) -> tuple[Balloon, ...]:
    """The page's balloons in their new places, in the largest type that has room."""
    space = space_of(
        [(panel.key, panel.polygon) for panel in strip.panels],
        {panel.key: panel.figures for panel in strip.panels},
        text_area=strip.trim.inset(TEXT_MARGIN_MM),
        trim=strip.trim,
        rtl=strip.direction is Direction.RTL,
    )
    space = replace(space, panels=tuple(_around_sounds(panel, strip.sfx) for panel in space.panels))
    old = {balloon.key: balloon for balloon in strip.balloons}
    smaller = 1.0
    while True:
        found = place(list(_pieces(strip, space, factor * smaller)), space)
        if not found.unplaced or smaller < LEAST:
            return tuple(_drawn(spot, old[spot.piece.key], order) for order, spot in enumerate(found.spots))
        smaller *= SMALLER


def _around_sounds(panel: PanelSpace, sounds: Sequence[Sfx]) -> PanelSpace:
    boxes = [bounds(sfx.polygon) for sfx in sounds if sfx.panel == panel.key]
    more = tuple((b.x, b.y, b.right, b.bottom, SOUND_WEIGHT / max(1.0, b.area), False) for b in boxes)
    return replace(panel, obstacles=(*panel.obstacles, *more))


def _pieces(strip: PageGraph, space: PageSpace, factor: float) -> Iterator[TextPiece]:
    for room in space.panels:
        own = [b for b in sorted(strip.balloons, key=lambda b: b.order) if b.panel == room.key]
        for rank, balloon in enumerate(own):
            pointed = balloon.kind in TAILED and balloon.aims_at is not None
            yield TextPiece(
                key=balloon.key,
                panel=room,
                kind=balloon.kind,
                variants=tuple(_variants(scaled_run(balloon.text, factor), balloon.kind)),
                speaker=find_speaker(room.figures, balloon.speaker, room.box) if pointed else None,
                rank=rank,
                count=len(own),
                talker=balloon.speaker,
            )


def _variants(run: TextRun, kind: BalloonKind) -> Iterator[Variant]:
    for compact in (False,) if kind in BOXED else (False, True):
        body = body_for(run, kind, compact=compact)
        yield Variant(run, body, 1.2 * compact, tuple(body.rim()), hull(body, (0.0, 0.0), kind))


def scaled_run(run: TextRun, factor: float) -> TextRun:
    """The same type in another size, its box's corner at (0, 0)."""
    left, top = run.box.x, run.box.y

    def scaled(box: Rect) -> Rect:
        x, y = (box.x - left) * factor, (box.y - top) * factor
        return Rect(x=x, y=y, width=box.width * factor, height=box.height * factor)

    def glyph(old: Glyph) -> Glyph:
        at = ((old.at[0] - left) * factor, (old.at[1] - top) * factor)
        return old.model_copy(update={"at": at, "size_mm": old.size_mm * factor, "box": scaled(old.box)})

    return run.model_copy(
        update={
            "size_q": round(run.size_q * factor, 2),
            "glyphs": tuple(map(glyph, run.glyphs)),
            "ruby": tuple(map(glyph, run.ruby)),
            "box": scaled(run.box),
        }
    )


def _drawn(spot: BalloonSpot, old: Balloon, order: int) -> Balloon:
    """The balloon as it was, at its new place: border and tail are drawn anew."""
    rng = Random(old.key)
    piece, variant = spot.piece, spot.variant
    path = outline(variant.body, spot.centre, piece.kind, rng)
    path = with_tail(path, spot, rng.uniform(-1, 1))
    shape = hull(variant.body, spot.centre, piece.kind)
    if spot.cut:
        path = common(path, poly(piece.panel.polygon)) if path else path
        shape = intersection(shape, piece.panel.polygon)
    text = variant.text_at(spot.centre)
    return old.model_copy(
        update={
            "outline": to_data(path),
            "polygon": tuple((round(x, 2), round(y, 2)) for x, y in shape),
            "tail_tip": spot.tail.tip if spot.tail else None,
            "aims_at": spot.tail.mouth if spot.tail else None,
            "text": moved_run(variant.run, text.x, text.y),
            "order": order,
        }
    )


def strip_piece(leaf: Leaf) -> bytes:
    """A page's piece as a PNG; title page and colophon keep their form."""
    width = leaf.options["width"]
    if leaf.graph.spread == "second":  # the first half shows the whole panel
        return b""
    if leaf.graph.kind != "body":
        return page_files(leaf.graph, leaf.pictures, leaf.folders, width).png
    composed = compose(strip_page(leaf.graph, leaf.before), leaf.pictures, faces(leaf.folders))
    drawn = to_pdf(composed.drawing, composed.images, kept=False)
    return png(pixels(drawn, width_px=width, color=composed.color), kept=False)


def webtoon(pieces: Sequence[bytes], slice_px: int) -> bytes:
    """`pieces` are PNGs of one width, in order; empty ones are no pages of a strip."""
    strip = joined([piece for piece in pieces if piece])
    edges = cuts(strip, slice_px)
    slices = (strip.crop((0, top, strip.width, bottom)) for top, bottom in pairwise(edges))
    return zipped((f"{number:03}.png", png(image)) for number, image in enumerate(slices, start=1))


def joined(pieces: Sequence[bytes]) -> Bitmap:
    images = [Image.open(io.BytesIO(data)) for data in pieces]
    mode = "L" if all(image.mode in {"1", "L"} for image in images) else "RGB"
    strip = Image.new(mode, (images[0].width, sum(image.height for image in images)), "white")
    y = 0
    for image in images:
        strip.paste(image.convert(mode), (0, y))
        y += image.height
    return strip


def cuts(strip: Bitmap, most: int) -> list[int]:
    """Rows at which the strip is cut, its two ends among them; no slice is higher than `most`."""
    edges = [0]
    blank = _blank_rows(strip)
    while strip.height - edges[-1] > most:
        top = edges[-1]
        lowest = range(top + most, top + int(most * LOWER_HALF), -1)
        edges.append(next(_middles(lowest, blank), top + most))
    return [*edges, strip.height]


def _middles(rows: range, blank: Sequence[bool]) -> Iterator[int]:
    """Rows with nothing above and below them, the lowest first."""
    return (row for row in rows if blank[row] and blank[row - 1])


def _blank_rows(strip: Bitmap) -> list[bool]:
    dark = ImageChops.invert(strip.convert("L"))
    _, rows = dark.getprojection()
    return [not row for row in rows]
