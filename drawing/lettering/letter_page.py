"""Letters a page: its storyboard, its pictures and the book's manner in, balloons and drawn sounds out. Pure.

`letter_page` is meant for the process pool: its argument and its answer are plain frozen values.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random

from drawing.ink.canvas import ART_JSON
from drawing.ink.paths import Path, common, flattened, poly, to_data, union
from drawing.layout.spreads import FOLD_MM, fold_of
from drawing.lettering.balloons import hull, outline
from drawing.lettering.drawn_sounds import DARK, Sound, draw_sound
from drawing.lettering.figure_anchors import SeenOnPage, breakout_on_page, figures_on_page, seen_on_page
from drawing.lettering.fit_page_text import fitted
from drawing.lettering.fonts import Faces, faces
from drawing.lettering.free_space import PageSpace, around, looked_at, page_space
from drawing.lettering.join_balloons import joined, neck
from drawing.lettering.moved_letters import Placing, own_place, own_sound, parted
from drawing.lettering.offstage_tails import led_out
from drawing.lettering.placed_pieces import BalloonSpot
from drawing.lettering.punctuation import letters
from drawing.lettering.split_text import first_half
from drawing.lettering.strip_titles import moved_run, set_head
from drawing.lettering.tails import bubbles, wedge
from drawing.lettering.typesetting import Manner, runs_of, variants_of
from manga.artwork import PanelArt
from manga.geometry import Polygon, Rect, intersection
from manga.lettering import Balloon, BalloonKind, PageLettering, Sfx
from manga.paper import Direction, Paper
from manga.plot import DOUBT
from manga.storyboard import Role, StoryPage

__all__ = ["Lettered", "Manner", "letter_page", "moved_run", "with_tail"]


@dataclass(frozen=True, slots=True)
class Lettered:
    """A page's letters and what went less than well."""

    page: PageLettering
    warnings: tuple[str, ...] = ()


def letter_page(
    page: StoryPage, art: Mapping[str, PanelArt], manner: Manner, placings: Mapping[str, Placing] | None = None
) -> Lettered:
    """Letter one page. Nothing overlaps; what does not fit is split or, at the last, set smaller (`fitting`).

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
    space = looked_at(space, _seen(page, art))
    stands_out = tuple(
        line
        for panel in page.panels
        if panel.key in art and (out := breakout_on_page(art[panel.key], page.frame(panel.key).polygon))
        for line in out.outlines
    )
    space = around(space, (*stands_out, *_folds(page, paper)))
    found = faces(manner.folders)
    manner = replace(manner, own=placings or {})
    parted_ = {first_half(key) for key in placings or {}}
    whole = [key for key, placing in (placings or {}).items() if placing.puts and key not in parted_]
    placed = fitted(page, space, manner, found, whole)
    page = placed.page
    doubtful = {p.key for panel in page.panels for p in panel.dialogue.parts if p.confidence < DOUBT}
    found_spots = led_out(joined(placed.spots, space), space, doubtful)
    balloons = tuple(_balloon(spot, order, page, manner) for order, spot in enumerate(found_spots))
    sounds = _sounds(page, space, art, balloons, found, manner.seed)
    if placings:
        spots = tuple(
            _owned(parted(spot, placings), placings.get(spot.piece.key), page, space, manner) for spot in found_spots
        )
        balloons = tuple(_balloon(spot, order, page, manner) for order, spot in enumerate(spots))
        sounds = tuple(own_sound(sfx, placings.get(sfx.key), space) for sfx in sounds)
    titles = tuple(set_head(head, manner.language, paper.scale, found) for head in page.layout.heads)
    lettered = PageLettering(page=page.key, balloons=balloons, sfx=sounds, titles=titles)
    return Lettered(lettered, placed.warnings[:1])


def _seen(page: StoryPage, art: Mapping[str, PanelArt]) -> dict[str, SeenOnPage]:
    """By panel key, of pictures that somebody has looked at."""
    found = ((panel.key, seen_on_page(art[panel.key], page.frame(panel.key).polygon))
             for panel in page.panels if panel.key in art)  # fmt: skip
    return {key: seen for key, seen in found if seen is not None}


def _folds(page: StoryPage, paper: Paper) -> tuple[Polygon, ...]:
    """The strip of a picture over two pages that the binding swallows."""
    if page.spread != "first":
        return ()
    fold = fold_of(paper.trim, page.side)
    return (Rect(x=fold - FOLD_MM, y=paper.bleed.y, width=2 * FOLD_MM, height=paper.bleed.height).polygon(),)


def _owned(
    spot: BalloonSpot, placing: Placing | None, page: StoryPage, space: PageSpace, manner: Manner
) -> BalloonSpot:
    """A balloon where a person wants it, in the size that the person wants."""
    if placing is None or not placing.puts:
        return spot
    if placing.scale == 1.0:
        return own_place(spot, spot.variant, placing, space)
    part = next(p for panel in page.panels for p in panel.dialogue.parts if p.key == spot.piece.key)
    runs = runs_of(part, spot.piece.kind, manner, spot.variant.em * placing.scale, faces(manner.folders))
    variants = tuple(variants_of(runs, spot.piece.kind))
    like = next((i for i, variant in enumerate(spot.piece.variants) if variant == spot.variant), 0)
    return own_place(spot, variants[min(like, len(variants) - 1)], placing, space)


def _balloon(spot: BalloonSpot, order: int, page: StoryPage, manner: Manner) -> Balloon:
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


def with_tail(path: Path, spot: BalloonSpot, bend: float) -> Path:
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


def _sounds(
    page: StoryPage, space: PageSpace, art: Mapping[str, PanelArt], balloons: Sequence[Balloon], found: Faces, seed: int
) -> tuple[Sfx, ...]:
    taken = [*(balloon.polygon for balloon in balloons), *(shape for one in space.panels[:1] for shape in one.before)]
    drawn: list[Sfx] = []
    for panel, room in zip(page.panels, space.panels, strict=True):
        for part in panel.dialogue.parts:
            if part.kind == "sfx" and letters(part.text):
                dark = panel.key in art and art[panel.key].ink > DARK
                layered = panel.key in art and art[panel.key].media_type == ART_JSON
                sound = Sound(part, room, panel.importance, dark, layered, panel.role is Role.SPLASH)
                sfx = draw_sound(sound, space, taken, found, Random(f"{seed}:{part.key}"))
                taken.append(sfx.polygon)
                drawn.append(sfx)
    return tuple(drawn)
