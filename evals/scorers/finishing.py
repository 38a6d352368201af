"""Scores the finished book: its own report, its exports, its ink."""

from collections.abc import Iterator

from evals.metric_bounds import Example, Metric, Score, share
from evals.scorer_input import Sample

METRICS = (
    Metric("book_gates_held", "finishing", "gates of the book's own report that hold", goal=1.0),
    Metric("ink_ratio", "finishing", "black of the pages", "band", low=0.10, high=0.55),
    Metric("exports_ready", "finishing", "PDF and CBZ that are there", goal=1.0, tolerance=0.0),
    Metric("book_whole", "finishing", "no panel waits for its picture", goal=1.0, tolerance=0.0),
)


def report(sample: Sample) -> Iterator[Score | None]:
    """What the finishing phase says of itself."""
    if sample.book is None:
        return
    found = sample.book.report.gates
    broken = [gate for gate in found if not gate.ok]
    examples = (Example(f"{gate.name} {gate.gate}", f"{gate.value:g}") for gate in broken)
    yield share("book_gates_held", len(found) - len(broken), len(found), "gates hold", examples)
    yield from (Score("ink_ratio", gate.value, gate.gate) for gate in found if gate.name == "ink_ratio")
    exports = sample.book.exports
    yield share("exports_ready", sum(e.status == "ready" and e.bytes > 0 for e in exports), len(exports), "are ready")
    yield Score("book_whole", float(not sample.book.degraded), f"{len(sample.book.pages)} pages")


SCORERS = (report,)
