"""Scores what is read on the pages: how much, in how many texts, and how much of it in captions."""

from collections.abc import Iterator
from typing import Final

from drawing.lettering.punctuation import letters
from drawing.pages.audit import LETTERS, SHORT_BOOK
from evals.metric_bounds import Example, Metric, Score, share
from evals.scorer_input import Sample
from manga.brief import Language
from manga.storyboard import LinePart, PanelDraft, StoryPage
from manga.text_capacity import MEASURES, MUTE, TOLD_A_PAGE

METRICS = (
    Metric(
        "characters_a_page",
        "storyboard",
        "mean of lettered characters (Japanese)",
        "band",
        low=70,
        high=120,
        tolerance=3,
    ),
    Metric(
        "characters_a_page_en",
        "storyboard",
        "mean of lettered characters (English)",
        "band",
        low=0,
        high=600,
        tolerance=10,
    ),
    Metric(
        "fullest_page",
        "storyboard",
        "most lettered characters of a page, of what is allowed",
        "lower",
        goal=1.0,
        enough=True,
    ),
    Metric("texts_a_page", "storyboard", "mean of balloons and captions", "band", low=0, high=7.5, tolerance=0.2),
    Metric("most_texts", "storyboard", "most texts of a page", "lower", goal=11, tolerance=0, enough=True),
    Metric("silent_panels", "storyboard", "panels without words", "band", low=0.10, high=0.25),
    Metric(
        "captions_short", "storyboard", "captions of at most 35 characters, or 96 in English", goal=1.0, tolerance=0.05
    ),
    Metric(
        "captions_few",
        "storyboard",
        "pages with at most 2 captions, 5 where hardly anybody speaks",
        goal=1.0,
        tolerance=0.05,
    ),
    Metric(
        "caption_letters",
        "storyboard",
        "letters that stand in captions",
        "lower",
        goal=0.4,
        tolerance=0.03,
        enough=True,
    ),
    Metric("balloons_short", "storyboard", "balloons of at most 32 characters, or 95 in English", goal=1.0),
    Metric("balloons_few", "storyboard", "panels with at most 2 balloons, 3 where they are heavy", goal=0.9),
)
_BALLOON: Final = {True: 32, False: 95}


def words_of(panel: PanelDraft) -> tuple[LinePart, ...]:
    """Texts of a panel, drawn sounds apart."""
    return tuple(part for part in panel.dialogue.parts if part.kind != "sfx")


def texts_of(page: StoryPage) -> tuple[LinePart, ...]:
    return tuple(part for panel in page.panels for part in words_of(panel))


def texts(sample: Sample) -> Iterator[Score | None]:
    """How many, and how many panels have none."""
    found = sample.pages()
    counts = [len(texts_of(page)) for page in found]
    yield Score("texts_a_page", sum(counts) / len(counts), f"{sum(counts)} texts on {len(counts)} pages", len(counts))
    yield Score("most_texts", max(counts), f"page {counts.index(max(counts)) + 1}", len(counts))
    if len(found) >= SHORT_BOOK:
        silent = [panel for page in found for panel in page.panels if not words_of(panel)]
        panels = sum(len(page.panels) for page in found)
        yield share("silent_panels", len(silent), panels, "panels without words")


def letters_a_page(sample: Sample) -> Iterator[Score | None]:
    """Density in lettered characters."""
    found = sample.pages()
    counts = [sum(len(letters(part.text)) for part in texts_of(page)) for page in found]
    metric = "characters_a_page" if sample.japanese else "characters_a_page_en"
    most = LETTERS["ja" if sample.japanese else "en"][2]
    if len(found) >= SHORT_BOOK:
        yield Score(metric, sum(counts) / len(counts), f"{sum(counts)} on {len(counts)} pages", len(counts))
    fullest = max(counts)
    yield Score("fullest_page", fullest / most, f"{fullest} on page {counts.index(fullest) + 1}", len(counts))


def captions(sample: Sample) -> Iterator[Score | None]:
    """Short, few, and not the book."""
    found = sample.pages()
    told = [part for page in found for part in texts_of(page) if part.kind == "narration"]
    long = [part for part in told if not _short(part.text, japanese=sample.japanese)]
    examples = (Example("a short caption", p.text, (p.span.start, p.span.end), p.key) for p in long)
    yield share("captions_short", len(told) - len(long), len(told), "captions are short", examples)
    counts = [sum(part.kind == "narration" for part in texts_of(page)) for page in found]
    mute = len(sample.parts()) - len(told) < MUTE * len(found)
    most = TOLD_A_PAGE if mute else 2
    yield share("captions_few", sum(count <= most for count in counts), len(counts), f"pages have at most {most}")
    everything = sum(len(letters(part.text)) for part in sample.parts())
    yield share("caption_letters", sum(len(letters(part.text)) for part in told), everything, "letters")


def _short(text: str, *, japanese: bool) -> bool:
    return len(text.strip()) <= MEASURES[Language.JA if japanese else Language.EN].caption


def balloons(sample: Sample) -> Iterator[Score | None]:
    """Each can be read at once, and there are few in a panel."""
    panels = sample.storyboard.panels() if sample.storyboard else ()
    spoken = [part for panel in panels for part in words_of(panel) if part.kind != "narration"]
    long = [part for part in spoken if len(part.text) > _BALLOON[sample.japanese]]
    examples = (Example("a short balloon", p.text, (p.span.start, p.span.end), p.key) for p in long)
    yield share("balloons_short", len(spoken) - len(long), len(spoken), "balloons can be read at once", examples)
    talking = [panel for panel in panels if words_of(panel)]
    few = sum(sum(part.kind != "narration" for part in words_of(p)) <= (3 if p.importance >= 4 else 2) for p in talking)
    yield share("balloons_few", few, len(talking), "panels have few balloons")


SCORERS = (texts, letters_a_page, captions, balloons)
