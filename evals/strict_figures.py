"""The table of strict figures: what a book reaches, beside what chance and a perfect book reach.

Chance is computed in the same run, three ways: another story's book, the book's own people exchanged, its own pictures
exchanged. Of the ways that can change a figure the best for the book is told. The same is done to the perfect book: a
figure that tells perfect from exchanged by less than `LEAST` judges nothing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final, TypeAlias

from rich.table import Table

from evals.chance_book import Chance, other_story, panels_exchanged, people_exchanged
from evals.gate_rules import Interval, interval
from evals.metric_bounds import Metric, Score
from evals.perfect_book import perfect
from evals.scorer_input import Sample
from evals.scorers.strict_measures import METRICS, measures

LEAST: Final = 0.3
"""Perfect minus chance, of a figure that may judge."""
SEEDS: Final = (1, 2, 3, 4)
OTHERS: Final = 5
"""Books of other stories that each story is held against."""
_ALL: Final[tuple[Chance, ...]] = ("other", "people", "panels")
WAYS: Final[Mapping[str, tuple[Chance, ...]]] = {
    "speakers_one_to_one": ("other", "people"), "false_presence": ("other", "people"),
    "place_right": ("other", "panels"), "things_seen": ("other",),
    "speaker_accuracy": ("other", "people"), "speaker_sure_right": ("other", "people"),
    **dict.fromkeys(("quotes_found", "quote_coverage", "scene_f1", "time_right"), ("other",)),
}  # fmt: skip
"""What a figure asks for, where it is not all three: words have no pictures, places no people, things no order. Most of
a story's people are about through most of it, so that who is there at all is asked of people and not of the order."""

Measure: TypeAlias = Callable[[Sample], Iterator[Score | None]]
Values: TypeAlias = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Row:
    """One figure over stories. `chance` and `shuffled` are the best that chance makes of the book and of the perfect
    one; None where there is nothing to compute it from."""

    metric: Metric
    stories: int
    told: Interval | None
    chance: float | None
    perfect: float
    shuffled: float

    @property
    def margin(self) -> float:
        return abs(self.perfect - self.shuffled)

    @property
    def judges(self) -> bool:
        """Whether it may: told apart from chance, and not only told."""
        return self.metric.better != "told" and self.margin >= LEAST


def values(sample: Sample, measure: Measure = measures) -> Values:
    """Metric -> value."""
    return {score.metric: score.value for score in measure(sample) if score is not None}


def by_chance(books: Sequence[Sample], measure: Measure = measures) -> Mapping[Chance, tuple[Values, ...]]:
    """For each way one set of figures a story, the mean over its draws. Books of one language are held against each
    other where there are others of it: the length of sentences is not what is measured."""
    return {
        "other": tuple(_mean(values(one, measure) for one in _others(books, book)) for book in books),
        "people": tuple(_mean(values(people_exchanged(book, n), measure) for n in SEEDS) for book in books),
        "panels": tuple(_mean(values(panels_exchanged(book, n), measure) for n in SEEDS) for book in books),
    }


def _others(books: Sequence[Sample], book: Sample) -> Iterator[Sample]:
    at = next(n for n, one in enumerate(books) if one is book)
    around = [*books[at + 1 :], *books[:at]]
    alike = [one for one in around if one.source.language is book.source.language] or around
    for other in alike[:OTHERS]:
        if book.reference is not None:
            yield other_story(other, book.source, book.reference)


def _mean(many: Iterator[Values]) -> Values:
    found: dict[str, list[float]] = {}
    for one in many:
        for name, value in one.items():
            found.setdefault(name, []).append(value)
    return {name: fmean(own) for name, own in found.items()}


def annotated(books: Sequence[Sample]) -> tuple[Sample, ...]:
    """Those with scenes, of which a perfect book can be made."""
    return tuple(book for book in books if book.reference is not None and book.reference.scenes)


def rows(books: Sequence[Sample], metrics: Sequence[Metric] = METRICS, measure: Measure = measures) -> tuple[Row, ...]:
    """One a metric that the perfect books have."""
    known = annotated(books)
    ideal = [perfect(book.source, book.reference) for book in known if book.reference is not None]
    told, best = [values(book, measure) for book in known], [values(book, measure) for book in ideal]
    dealt, dealt_best = by_chance(known, measure), by_chance(ideal, measure)
    return tuple(_row(metric, told, best, dealt, dealt_best) for metric in metrics if _of(best, metric.name))


def _row(
    metric: Metric,
    told: Sequence[Values],
    best: Sequence[Values],
    dealt: Mapping[Chance, Sequence[Values]],
    dealt_best: Mapping[Chance, Sequence[Values]],
) -> Row:
    own = _of(told, metric.name)
    return Row(
        metric,
        len(own),
        interval(own) if own else None,
        _luckiest(metric, dealt) if own else None,
        fmean(_of(best, metric.name)),
        _luckiest(metric, dealt_best) or 0.0,
    )


def _of(many: Sequence[Values], name: str) -> list[float]:
    return [one[name] for one in many if name in one]


def _luckiest(metric: Metric, dealt: Mapping[Chance, Sequence[Values]]) -> float | None:
    """The best mean over stories among the ways that can change the figure."""
    means = [fmean(found) for way in WAYS.get(metric.name, _ALL) if (found := _of(dealt[way], metric.name))]
    return min(means, key=metric.loss) if means else None


def strict_table(found: Sequence[Row], title: str) -> Table:
    """As a reader sees it. A figure in brackets is told and judges nothing."""
    table = Table(box=None, pad_edge=False, title=title, title_justify="left", title_style="bold", header_style="")
    for head in ("", "book", "95 % over stories", "chance", "perfect", "perfect, dealt anew", "stories"):
        table.add_column(head, justify="left" if not head else "right", no_wrap=True)
    for row in found:
        table.add_row(*cells(row))
    return table


def cells(row: Row) -> tuple[str, ...]:
    name = row.metric.name if row.judges else f"({row.metric.name})"
    if row.told is None:
        return (name, "no data", "", "", f"{row.perfect:.2f}", f"{row.shuffled:.2f}", "0")
    low, high = (
        max(0.0, row.told.low),
        row.told.high if row.metric.name == "never_pictured" else min(1.0, row.told.high),
    )
    return (
        name, f"{row.told.change:.2f}", f"{low:.2f} to {high:.2f}", _figure(row.chance), f"{row.perfect:.2f}",
        f"{row.shuffled:.2f}", str(row.stories),
    )  # fmt: skip


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
