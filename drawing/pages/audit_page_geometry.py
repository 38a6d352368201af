"""Audits how a page is filled and what crosses its edges: gutters, least and greatest panel, type in the safe area,
room for pictures; figures before borders, the fold of pictures over two pages, tails that reach too far."""

from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise
from statistics import median

from drawing.ink.paths import box, common, flattened, from_data, poly
from drawing.layout.spreads import FOLD_MM, fold_of
from drawing.lettering.balloon_spots import LONG_HEADS
from drawing.lettering.figure_anchors import speaker_of
from drawing.lettering.tails import LONGEST_EM
from drawing.pages.audit_gates import Measure, Sheaf, counted, shared
from drawing.pages.audit_text import letter_count, rows
from drawing.pages.breakouts import stands_clear
from manga.book import Gate, PageGraph, PanelNode
from manga.comic_strips import STRIPS_A_PAGE
from manga.geometry import Point, Polygon, Rect, area, bounds, distance, inside, intersection, nearest_on
from manga.lettering import Balloon, BalloonKind
from manga.paper import PAPERS
from manga.storyboard import Role
from manga.text_capacity import TOLD_A_PAGE, texts_held

SLACK_MM = 0.5
TOUCH_MM2 = 0.5
GUTTERS = (1.4, 2.5)
LEAST_PANEL, GREATEST_PANEL = 0.05, 0.65
BALLOONS_SHARE = 0.45
COLUMN_MOST = {"ja": (10, 6), "en": (26, 8)}
"""Most letters in a column or line, and most columns or lines, of a balloon."""
CAPTION_MOST = {"ja": 35, "en": 130}
CAPTIONS_A_PAGE = CAPTIONS_A_STRIP = 3
"""With what is written, which stands in boxes, too."""
CAPTIONS_SHARE = {"ja": 0.5, "en": 0.65}
"""Of one book; editors want 0.4 in Japanese books on the whole."""
ONE_SIZE = 0.9
_SPOKEN = frozenset({BalloonKind.SPEECH, BalloonKind.OFF_PANEL})


def breakouts(sheaf: Sheaf) -> Gate:
    """Figures before borders that lie on what was read before, on somebody or on words, and more than one on a page."""
    return counted("breakouts", {page.number: _wrong(page) for page in sheaf.body})


def _wrong(page: PageGraph) -> int:
    out = [panel for panel in page.panels if panel.breakout is not None]
    return max(0, len(out) - 1) + sum(not stands_clear(panel, page) for panel in out)


def in_the_fold(sheaf: Sheaf) -> Gate:
    """Faces, balloons and sounds of pictures over two pages that the binding swallows."""
    return counted("in_the_fold", {page.number: _swallowed(page) for page in sheaf.body})


def _swallowed(page: PageGraph) -> int:
    fold = fold_of(page.trim, page.side)
    return sum(_crosses(box, fold) for box in _whole(page)) if page.spread == "first" else 0


def _crosses(box: Rect, fold: float) -> bool:
    return box.x < fold + FOLD_MM - SLACK_MM and box.right > fold - FOLD_MM + SLACK_MM


def _whole(page: PageGraph) -> Iterator[Rect]:
    faces = (f.face for panel in page.panels for f in panel.figures if f.face is not None)
    yield from (bounds(seen) for face in faces if len(seen := intersection(face.polygon(), page_ground(page))) > 2)
    yield from (bounds(balloon.polygon) for balloon in page.balloons)
    yield from (bounds(sfx.polygon) for sfx in page.sfx)


def page_ground(page: PageGraph) -> Polygon:
    """All that the panels of a page cover."""
    return bounds([corner for panel in page.panels for corner in panel.polygon]).polygon()


def far_tails(sheaf: Sheaf) -> Gate:
    """Tails that reach farther than two heads, or lead through another panel."""
    bad = {page.number: sum(_far(balloon, page) for balloon in page.balloons) for page in sheaf.body}
    whole = sum(balloon.tail_tip is not None for page in sheaf.body for balloon in page.balloons)
    return shared("far_tails", bad, whole, most=0.01, gate="at most 0.01")


def _far(balloon: Balloon, page: PageGraph) -> bool:
    tip = balloon.tail_tip
    if tip is None or balloon.kind is BalloonKind.OFF_PANEL:
        return False
    root = _nearest(tip, balloon.polygon)
    panel = next(panel for panel in page.panels if panel.key == balloon.panel)
    figure = next((f for f in panel.figures if f.character == balloon.speaker), None)
    heads = LONG_HEADS * speaker_of(figure).head_height if figure is not None else 0.0
    if distance(tip, root) > max(heads, LONGEST_EM * 0.25 * balloon.text.size_q + SLACK_MM):
        return True
    others = [other.polygon for other in page.panels if other is not panel]
    way = [(root[0] + (tip[0] - root[0]) * t / 8, root[1] + (tip[1] - root[1]) * t / 8) for t in range(2, 9)]
    return any(inside(point, polygon) for polygon in others for point in way)


def _nearest(point: Point, shape: Polygon) -> Point:
    """Of a balloon's hull the place nearest to a point; the point itself where it lies within."""
    if inside(point, shape):
        return point
    places = (nearest_on(point, a, b) for a, b in pairwise((*shape, shape[0])))
    return min(places, key=lambda place: distance(place, point))


EDGES: Mapping[str, Measure] = {"breakouts": breakouts, "in_the_fold": in_the_fold, "far_tails": far_tails}


def panel_overlaps(sheaf: Sheaf) -> Gate:
    """Pairs of panels that share paper."""
    return counted("panel_overlaps", {page.number: _overlaps(page) for page in sheaf.body})


def _overlaps(page: PageGraph) -> int:
    pairs = combinations(page.panels, 2)
    return sum(_shared(a, b) > TOUCH_MM2 for a, b in pairs if bounds(a.polygon).overlap(bounds(b.polygon)) > 0)


def _shared(a: PanelNode, b: PanelNode) -> float:
    """A panel with another one in its corner is not convex."""
    return sum(area(line) for line in flattened(common(poly(a.polygon), poly(b.polygon)), 1) if len(line) > 2)


def gutter_ratio(sheaf: Sheaf) -> Gate:
    """How much wider the gaps between tiers (or strips) are than those between their panels: those are read first."""
    gaps = [(kind, gap / PAPERS[page.paper].scale) for page in sheaf.body for kind, gap in _gaps(page)]
    across, down = [g for kind, g in gaps if kind == "row"], [g for kind, g in gaps if kind == "column"]
    value = median(across) / median(down) if across and down else sum(GUTTERS) / 2
    ok = GUTTERS[0] <= value <= GUTTERS[1]
    return Gate(name="gutter_ratio", value=round(value, 2), gate=f"{GUTTERS[0]} to {GUTTERS[1]}", ok=ok)


def _gaps(page: PageGraph) -> Iterator[tuple[str, float]]:
    """Upright gaps between panels that lie side by side or one upon the other; slanted ones have no one width. Columns
    of a 4-koma page are what tiers are elsewhere."""
    inner, outer = ("column", "row") if page.layout != "yonkoma" else ("row", "column")
    found = [(panel.polygon, bounds(panel.polygon)) for panel in page.panels]
    boxes = [whole for polygon, whole in found if set(polygon) == set(whole.polygon())]
    for a, b in combinations(boxes, 2):
        beside = min(a.bottom, b.bottom) - max(a.y, b.y)
        above = min(a.right, b.right) - max(a.x, b.x)
        if beside > 5:
            yield from _near(inner, max(a.x, b.x) - min(a.right, b.right))
        elif above > 5:
            yield from _near(outer, max(a.y, b.y) - min(a.bottom, b.bottom))


def _near(kind: str, gap: float) -> Iterator[tuple[str, float]]:
    if 0.5 < gap < 12:
        yield kind, gap


def panel_share(sheaf: Sheaf) -> Gate:
    """Panels too small to read, or so large that they are a splash and not meant so."""
    found = {page.number: sum(not _fits(panel, page) for panel in page.panels) for page in sheaf.body}
    return counted("panel_share", found)


def _fits(panel: PanelNode, page: PageGraph) -> bool:
    share = area(intersection(panel.polygon, page.live.polygon())) / page.live.area
    splash = panel.role == Role.SPLASH.value or len(page.panels) <= 2
    return share >= LEAST_PANEL and (splash or share <= GREATEST_PANEL)


def balloon_area(sheaf: Sheaf) -> Gate:
    """Panels of whose picture balloons leave too little."""
    found = {page.number: sum(_covered(panel, page) > BALLOONS_SHARE for panel in page.panels) for page in sheaf.body}
    whole = sum(len(page.panels) for page in sheaf.body)
    return shared("balloon_area", found, whole, most=0.05, gate=f"at most 0.05 over {BALLOONS_SHARE}")


def _covered(panel: PanelNode, page: PageGraph) -> float:
    whole = bounds(panel.polygon)
    own = (bounds(b.polygon) for b in page.balloons if b.panel == panel.key and b.kind is not BalloonKind.MONOLOGUE)
    return sum(0.8 * whole.overlap(found) for found in own) / max(1e-6, area(panel.polygon))


def balloons_a_panel(sheaf: Sheaf) -> Gate:
    """Panels with more than two balloons; a wide one may hold three."""
    found = {page.number: sum(_crowded(panel, page) for panel in page.panels) for page in sheaf.body}
    whole = sum(len(page.panels) for page in sheaf.body)
    return shared("balloons_a_panel", found, whole, most=0.05, gate="at most 0.05 hold over 2, wide ones 3")


def _crowded(panel: PanelNode, page: PageGraph) -> bool:
    most = texts_held(bounds(panel.polygon).width, page.live.width)
    return sum(b.panel == panel.key for b in page.balloons) > most


def type_outside(sheaf: Sheaf) -> Gate:
    """Texts that come nearer to the trim than the printer allows."""
    return counted("type_outside", {page.number: sum(_strays(b, page) for b in page.balloons) for page in sheaf.body})


def _strays(balloon: Balloon, page: PageGraph) -> bool:
    safe = page.trim.inset(PAPERS[page.paper].text_margin_mm)
    return not safe.contains(balloon.text.box, slack=0.2)


def text_overflow(sheaf: Sheaf) -> Gate:
    """Texts that stand out of their balloon's border."""
    return counted("text_overflow", {page.number: sum(map(_overflows, page.balloons)) for page in sheaf.body})


def _overflows(balloon: Balloon) -> bool:
    """Half a millimetre of a corner of the text's box is no letter."""
    if not balloon.outline:
        return False
    return not box(from_data(balloon.outline)).inset(-0.5).contains(balloon.text.box)


def long_columns(sheaf: Sheaf) -> Gate:
    """Balloons with columns too long, or too many of them."""
    bad = {page.number: sum(_long(b, page.language) for b in page.balloons) for page in sheaf.body}
    whole = sum(len(page.balloons) for page in sheaf.body)
    return shared("long_columns", bad, whole, most=0.02, gate="at most 0.02")


def _long(balloon: Balloon, language: str) -> bool:
    length, most = COLUMN_MOST.get(language, COLUMN_MOST["ja"])
    if balloon.kind is BalloonKind.CAPTION:
        return False
    found = rows(balloon.text)
    return len(found) > most or any(len(row) > length for row in found)


def captions(sheaf: Sheaf) -> Gate:
    """Pages that tell in captions what they should show."""
    return counted("captions", {page.number: int(_tells(page, mute=sheaf.mute)) for page in sheaf.body})


def _tells(page: PageGraph, *, mute: bool) -> bool:
    longest = CAPTION_MOST.get(page.language, CAPTION_MOST["ja"])
    told = [len(b.text.source) for b in page.balloons if b.kind is BalloonKind.CAPTION]
    most = max(TOLD_A_PAGE if mute else CAPTIONS_A_PAGE, CAPTIONS_A_STRIP * STRIPS_A_PAGE[page.layout])
    return len(told) > most or any(size > longest for size in told)


def caption_letters(sheaf: Sheaf) -> Gate:
    """The part of all letters that stands in captions; near one where nobody speaks, and no fault there."""
    letters = sum(letter_count(page) for page in sheaf.body)
    told = sum(len(b.text.source) for page in sheaf.body for b in page.balloons if b.kind is BalloonKind.CAPTION)
    value = told / letters if letters else 0.0
    most = CAPTIONS_SHARE.get(sheaf.language, CAPTIONS_SHARE["ja"])
    ok = sheaf.short or sheaf.mute or value <= most
    return Gate(name="caption_letters", value=round(value, 4), gate=f"<= {most}, where people speak", ok=ok)


def one_size(sheaf: Sheaf) -> Gate:
    """The part of spoken balloons in the book's usual size: type that shrinks to fit looks amateur."""
    sizes = [(page.number, round(b.text.size_q, 1)) for page in sheaf.body for b in page.balloons if b.kind in _SPOKEN]
    usual = max({size for _, size in sizes}, key=lambda s: (sum(s == q for _, q in sizes), s), default=0.0)
    odd = tuple(dict.fromkeys(number for number, size in sizes if size != usual))
    value = sum(size == usual for _, size in sizes) / len(sizes) if sizes else 1.0
    return Gate(name="one_size", value=round(value, 4), gate=f">= {ONE_SIZE}", ok=value >= ONE_SIZE, pages=odd)


SHAPE: Mapping[str, Measure] = {
    "panel_overlaps": panel_overlaps,
    "gutter_ratio": gutter_ratio,
    "panel_share": panel_share,
    "balloon_area": balloon_area,
    "balloons_a_panel": balloons_a_panel,
    "type_outside": type_outside,
    "text_overflow": text_overflow,
    "long_columns": long_columns,
    "captions": captions,
    "caption_letters": caption_letters,
    "one_size": one_size,
}
