"""Audits a book from its scene graphs: pages in, one gate a measure out. Nothing is taken on trust.

Gates are the issue's and the editors' (facts/craft-punch-list). Title pages count as pages and are measured no further;
averages leave out first, last and splash pages, and books of under six pages.
"""

from collections.abc import Callable, Mapping, Sequence
from math import ceil

from drawing.layout.reading_order import reading_order
from drawing.lettering.fonts import Faces
from drawing.pages.audit_balloons import (
    covers_a_face,
    covers_a_head,
    in_order,
    overlapping_pairs,
    tail_is_right,
    wants_speaker,
)
from drawing.pages.audit_conversations import TALK
from drawing.pages.audit_gates import SHORT_BOOK, Measure, Sheaf, average, broken, counted, shared
from drawing.pages.audit_page_geometry import EDGES, SHAPE
from drawing.pages.audit_reading_flow import FLOW
from drawing.pages.audit_text import glyphs_missing, kinsoku_breaks, letter_count, letters_lost, smallest_q
from manga.book import Gate, PageGraph
from manga.geometry import area
from manga.lettering import Balloon

__all__ = ["LETTERS", "NAMES", "SHORT_BOOK", "Sheaf", "audit", "gates_json", "spearman"]

FACES_COVERED, HEADS_COVERED = 0.005, 0.04
RHO = 0.7
LETTERS = {"ja": (70, 120, 160), "en": (0, 600, 900)}
"""Least and greatest mean of letters a page, and the most on one page."""
PANELS, PANELS_IN_STRIPS = (4.5, 5.8), (6, 12)
TEXTS, TEXTS_IN_STRIPS = (7.5, 11), (12, 16)
"""Mean of texts a page, and the most on one page."""
SILENT, SILENT_IN_STRIPS = (0.1, 0.25), (0.0, 0.35)
"""Panels without words; a strip has its four panels, whatever is said in it."""
IN_STRIPS = 1.3
"""How many more letters a page of strips holds."""


def audit(pages: Sequence[PageGraph], faces: Faces, ink: Mapping[int, float] | None = None) -> tuple[Gate, ...]:
    """One gate a measure, in the order of `NAMES`."""
    sheaf = Sheaf(tuple(pages), faces, ink or {})
    return tuple(measure(sheaf) for measure in _MEASURES.values())


def gates_json(gates: Sequence[Gate]) -> dict[str, dict[str, object]]:
    """As `mangaka audit --json` prints them."""
    return {g.name: {"value": g.value, "gate": g.gate, "ok": g.ok, "pages": list(g.pages)} for g in gates}


def _pages(sheaf: Sheaf) -> Gate:
    return Gate(name="pages", value=len(sheaf.pages), gate=">= 1", ok=bool(sheaf.pages))


def _panels(sheaf: Sheaf) -> Gate:
    empty = tuple(page.number for page in sheaf.body if not page.panels)
    count = sum(len(page.panels) for page in sheaf.body)
    return Gate(name="panels", value=count, gate=">= 1 on every body page", ok=count > 0 and not empty, pages=empty)


def _panels_per_page(sheaf: Sheaf) -> Gate:
    counts = {page.number: len(page.panels) for page in (sheaf.usual or sheaf.body)}
    mean = average(list(counts.values()))
    low, high = PANELS_IN_STRIPS if sheaf.in_strips else PANELS
    ok = sheaf.short or low <= mean <= high
    odd = () if ok else broken(counts, lambda n: not int(low) <= n <= ceil(high))
    return Gate(name="panels_per_page", value=mean, gate=f"{low} to {high}", ok=ok, pages=odd)


def _reading_order(sheaf: Sheaf) -> Gate:
    wrong = tuple(page.number for page in sheaf.body if not (_panels_in_order(page) and in_order(page)))
    value = 1 - len(wrong) / len(sheaf.body) if sheaf.body else 1.0
    return Gate(name="reading_order_ok", value=round(value, 4), gate="= 1", ok=not wrong, pages=wrong)


def _panels_in_order(page: PageGraph) -> bool:
    found = reading_order([panel.polygon for panel in page.panels], page.direction)
    return found == tuple(range(len(page.panels)))


def _balloon_overlaps(sheaf: Sheaf) -> Gate:
    return counted("balloon_overlaps", {page.number: overlapping_pairs(page) for page in sheaf.body})


def _faces_covered(sheaf: Sheaf) -> Gate:
    return _hidden("faces_covered", sheaf, covers_a_face, FACES_COVERED)


def _heads_covered(sheaf: Sheaf) -> Gate:
    return _hidden("heads_covered", sheaf, covers_a_head, HEADS_COVERED)


def _hidden(name: str, sheaf: Sheaf, covers: Callable[[Balloon, PageGraph], bool], most: float) -> Gate:
    found = {page.number: sum(covers(b, page) for b in page.balloons) for page in sheaf.body}
    return shared(name, found, sum(len(page.balloons) for page in sheaf.body), most=most, gate=f"<= {most}")


def _tails_right(sheaf: Sheaf) -> Gate:
    spoken = [(page, b) for page in sheaf.body for b in page.balloons if wants_speaker(b)]
    wrong = [page.number for page, balloon in spoken if not tail_is_right(balloon, page)]
    value = 1 - len(wrong) / len(spoken) if spoken else 1.0
    pages = tuple(dict.fromkeys(wrong))
    return Gate(name="tails_right", value=round(value, 4), gate="= 1", ok=not wrong, pages=pages)


def _text_lost(sheaf: Sheaf) -> Gate:
    return counted("text_lost_chars", {page.number: letters_lost(page) for page in sheaf.body})


def _kinsoku(sheaf: Sheaf) -> Gate:
    return counted("kinsoku_violations", {page.number: kinsoku_breaks(page) for page in sheaf.body})


def _missing(sheaf: Sheaf) -> Gate:
    return counted("missing_glyphs", {page.number: glyphs_missing(page, sheaf.faces) for page in sheaf.pages})


def _min_font(sheaf: Sheaf) -> Gate:
    found = {page.number: q for page in sheaf.body if (q := smallest_q(page)) is not None}
    value = round(min(found.values(), default=0.0), 2)
    small = broken(found, lambda q: round(q, 2) < 14)
    return Gate(name="min_font_q", value=value, gate=">= 14 (as on B5)", ok=not small, pages=small)


def _chars_per_page(sheaf: Sheaf) -> Gate:
    more = IN_STRIPS if sheaf.in_strips else 1
    low, *limits = LETTERS.get(sheaf.language, LETTERS["ja"])
    high, most = (round(limit * more) for limit in limits)
    counts = {page.number: letter_count(page) for page in sheaf.body}
    mean = average(list(counts.values()))
    full = broken(counts, lambda n: n > most)
    ok = not full and (sheaf.short or low <= mean <= high)
    return Gate(name="chars_per_page", value=mean, gate=f"mean {low} to {high}, at most {most}", ok=ok, pages=full)


def _texts_per_page(sheaf: Sheaf) -> Gate:
    counts = {page.number: len(page.balloons) for page in sheaf.body}
    mean = average(list(counts.values()))
    usual, most = TEXTS_IN_STRIPS if sheaf.in_strips else TEXTS
    full = broken(counts, lambda n: n > most)
    ok = mean <= usual and not full
    return Gate(name="texts_per_page", value=mean, gate=f"mean <= {usual}, at most {most}", ok=ok, pages=full)


def _silent(sheaf: Sheaf) -> Gate:
    speaking = {(page.number, balloon.panel) for page in sheaf.body for balloon in page.balloons}
    panels = [(page.number, panel.key) for page in sheaf.body for panel in page.panels]
    share = sum(panel not in speaking for panel in panels) / len(panels) if panels else 0.0
    low, high = SILENT_IN_STRIPS if sheaf.in_strips else SILENT
    ok = sheaf.short or low <= share <= high
    return Gate(name="silent_panels", value=round(share, 4), gate=f"{low:.2f} to {high:.2f}", ok=ok)


def _importance_area(sheaf: Sheaf) -> Gate:
    found = {page.number: rho for page in sheaf.body if (rho := _rho_of(page)) is not None}
    mean = average(list(found.values()))
    ok = not found or mean >= RHO
    poor = () if ok else broken(found, lambda rho: rho < RHO)
    return Gate(name="importance_area_rho", value=mean, gate=f">= {RHO}", ok=ok, pages=poor)


def _rho_of(page: PageGraph) -> float | None:
    """Rank correlation of importance and area; None where all panels weigh the same, or are alike on purpose."""
    weights = [float(panel.importance) for panel in page.panels]
    if page.layout != "free" or len(set(weights)) < 2 or len(weights) < 3:
        return None
    return spearman(weights, [area(panel.polygon) for panel in page.panels])


def spearman(first: Sequence[float], second: Sequence[float]) -> float:
    """Rank correlation, ties by their mean rank."""
    a, b = _ranks(first), _ranks(second)
    mean = (len(a) - 1) / 2
    shared = sum((x - mean) * (y - mean) for x, y in zip(a, b, strict=True))
    spread = sum((x - mean) ** 2 for x in a) * sum((y - mean) ** 2 for y in b)
    return float(shared / spread**0.5) if spread else 0.0


def _ranks(values: Sequence[float]) -> list[float]:
    ordered = sorted(values)
    return [ordered.index(v) + (ordered.count(v) - 1) / 2 for v in values]


def _ink(sheaf: Sheaf) -> Gate:
    found = {page.number: sheaf.ink[page.number] for page in sheaf.body if page.number in sheaf.ink}
    mean = average(list(found.values()))
    ok = not found or 0.10 <= mean <= 0.55
    odd = () if ok else broken(found, lambda share: not 0.05 <= share <= 0.7)
    return Gate(name="ink_ratio", value=mean, gate="0.10 to 0.55", ok=ok, pages=odd)


_MEASURES: Mapping[str, Measure] = {
    "pages": _pages,
    "panels": _panels,
    "panels_per_page": _panels_per_page,
    "reading_order_ok": _reading_order,
    "balloon_overlaps": _balloon_overlaps,
    "faces_covered": _faces_covered,
    "heads_covered": _heads_covered,
    "tails_right": _tails_right,
    "text_lost_chars": _text_lost,
    "kinsoku_violations": _kinsoku,
    "missing_glyphs": _missing,
    "min_font_q": _min_font,
    "chars_per_page": _chars_per_page,
    "texts_per_page": _texts_per_page,
    "silent_panels": _silent,
    "importance_area_rho": _importance_area,
    "ink_ratio": _ink,
    **SHAPE,
    **FLOW,
    **TALK,
    **EDGES,
}
NAMES = tuple(_MEASURES)
