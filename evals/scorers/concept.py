"""Scores the concept beside what the annotations say of the whole story."""

from collections.abc import Iterator

from evals.metric_bounds import Example, Metric, Score
from evals.scorer_input import Sample
from manga.paper import Direction

METRICS = (
    Metric("title_right", "concept", "the title is the story's own", goal=1.0),
    Metric("language_right", "concept", "the language is the story's", goal=1.0),
    Metric("genre_f1", "concept", "genres shared with the annotation", goal=0.5),
    Metric("leading_genre_right", "concept", "the leading genre is one of the annotated"),
    Metric("period_right", "concept", "the period that decides clothes and houses", goal=1.0),
    Metric("direction_right", "concept", "Japanese books read from the right, others from the left", goal=1.0),
)


def whole_story(sample: Sample) -> Iterator[Score | None]:
    """Title, language, direction, period."""
    concept, known = sample.concept, sample.reference
    if concept is None or known is None:
        return
    yield _equal("title_right", concept.title, known.title)
    yield _equal("language_right", concept.language.value, known.language.value)
    if sample.settings.direction == "auto":
        wanted = Direction.RTL if known.language.value == "ja" else Direction.LTR
        yield _equal("direction_right", concept.direction.value, wanted.value)
    if known.period is not None:
        yield _equal("period_right", concept.world.period.value, known.period.value)


def genres(sample: Sample) -> Iterator[Score | None]:
    """Genres as sets."""
    concept, known = sample.concept, sample.reference
    if concept is None or known is None or not known.genres:
        return
    told, wanted = {g.value for g in concept.genres}, {g.value for g in known.genres}
    both = len(told & wanted)
    reason = f"told {', '.join(sorted(told))}; annotated {', '.join(sorted(wanted))}"
    yield Score("genre_f1", 2 * both / (len(told) + len(wanted)), reason)
    yield _equal("leading_genre_right", concept.genres[0].value, *sorted(wanted))


def _equal(metric: str, told: str, *wanted: str) -> Score:
    right = told in wanted
    example = () if right else (Example(wanted=" | ".join(wanted), got=told),)
    return Score(metric, float(right), f"{told}; wanted {' | '.join(wanted)}", examples=example)


SCORERS = (whole_story, genres)
