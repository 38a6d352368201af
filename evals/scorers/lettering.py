"""Scores the lettered pages by the book's own audit, computed from glyphs and shapes."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from drawing.lettering.fonts import faces, standard_folders
from drawing.pages.audit import SHORT_BOOK, audit
from evals.metric_bounds import Example, Metric, Score, share
from evals.scorer_input import Sample
from manga.book import Gate
from manga.lettering import BalloonKind

METRICS = (
    Metric("gates_held", "lettering", "gates of the audit that hold", goal=1.0),
    Metric("balloon_overlaps", "lettering", "pairs of balloons that overlap", "lower", goal=0.0, tolerance=0.0),
    Metric("faces_covered", "lettering", "balloons that hide a face", "lower", goal=0.02, tolerance=0.01, enough=True),
    Metric(
        "tails_right", "lettering", "tails that lead to the speaker, or rightly to nobody", goal=1.0, tolerance=0.01
    ),
    Metric("text_lost_chars", "lettering", "characters that are not drawn", "lower", goal=0.0, tolerance=0.0),
    Metric("kinsoku_violations", "lettering", "lines that begin or end as none may", "lower", goal=0.0, tolerance=0.0),
    Metric("missing_glyphs", "lettering", "characters that no face has", "lower", goal=0.0, tolerance=0.0),
    Metric("min_font_q", "lettering", "the smallest type in Q, as on B5", goal=14.0, tolerance=0.3, enough=True),
    Metric("lettered_a_page", "lettering", "mean of drawn characters; the audit holds the bounds", "told"),
    Metric("balloons_a_page", "lettering", "mean of balloons and captions that are drawn", "band", low=0, high=7.5),
    Metric("one_size", "lettering", "spoken balloons in the book's one size", goal=0.9, tolerance=0.03),
    Metric(
        "letter_warnings", "lettering", "warnings of the letterer a page", "lower", goal=0.2, tolerance=0.1, enough=True
    ),
)
_NAMES: Final = {
    "balloon_overlaps": "balloon_overlaps",
    "faces_covered": "faces_covered",
    "tails_right": "tails_right",
    "text_lost_chars": "text_lost_chars",
    "kinsoku_violations": "kinsoku_violations",
    "missing_glyphs": "missing_glyphs",
    "min_font_q": "min_font_q",
    "chars_per_page": "lettered_a_page",
    "texts_per_page": "balloons_a_page",
}
_UNMEASURED: Final = frozenset({"ink_ratio"})
"""Needs pixels, which the finishing phase makes."""


def gates(sample: Sample) -> Iterator[Score | None]:
    """One figure a gate, and how many hold."""
    graphs = sample.graphs()
    if sample.lettering is None or not graphs:
        return
    found = [gate for gate in audit(graphs, faces(standard_folders())) if gate.name not in _UNMEASURED]
    broken = [gate for gate in found if not gate.ok]
    examples = (Example(f"{gate.name} {gate.gate}", f"{gate.value:g}{_pages(gate)}") for gate in broken)
    yield share("gates_held", len(found) - len(broken), len(found), "gates hold", examples)
    for gate in found:
        if gate.name in _NAMES:
            yield Score(_NAMES[gate.name], gate.value, f"gate {gate.gate}{_pages(gate)}", len(graphs))


def _pages(gate: Gate) -> str:
    return f", pages {', '.join(map(str, gate.pages[:8]))}" if gate.pages else ""


def sizes(sample: Sample) -> Iterator[Score | None]:
    """Type that shrinks to fit looks like an amateur's."""
    if sample.lettering is None:
        return
    balloons = [balloon for page in sample.lettering.pages for balloon in page.balloons]
    spoken = [round(b.text.size_q, 1) for b in balloons if b.kind in {BalloonKind.SPEECH, BalloonKind.OFF_PANEL}]
    usual = Counter(spoken).most_common(1)
    yield share("one_size", usual[0][1] if usual else 0, len(spoken), "spoken balloons are of one size")
    pages = len(sample.lettering.pages)
    told = sample.lettering.warnings
    examples = tuple(Example("no warning", warning) for warning in told[:8])
    if pages >= SHORT_BOOK or told:
        yield Score("letter_warnings", len(told) / pages, f"{len(told)} on {pages} pages", pages, examples)


SCORERS = (gates, sizes)
