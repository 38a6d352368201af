"""Estimates a work before it begins: how much it will be, what it will cost, what its limits leave of it.

In: the brief, what the models cost. Out: an `Estimate`, and the brief with the person's open choices settled. Reads the
whole text (some 50 ms for the longest): a server calls it in a thread.
"""

from dataclasses import dataclass
from datetime import datetime
from math import ceil, floor
from typing import Any, Final

from agents.character_sheets import MOST_PEOPLE, PANELS_A_SHEET
from agents.plot.look_at_cuts import GROWS
from agents.plot.story_parts import parts_of
from agents.split_questions import batches
from agents.storyboard.draft_in_batches import BATCH
from calls.money import Tariff
from manga.brief import MAX_PAGES, Brief, Settings
from manga.errors import BriefRejected
from manga.page_planning import BALLOONS_A_PAGE, PANELS_A_PAGE, adapted_panels
from manga.phases import Phase
from manga.quotations import find_quotations
from manga.story_source import Source, read_source
from manga.text_capacity import MEASURES
from manga.values import Value

# Guesses, because nobody has read the story yet.
_PEOPLE: Final = 4
_TOKENS_A_CHARACTER: Final = {"ja": 0.8, "en": 0.25}
_READ: Final = 2500
"""Tokens of a question beside the story: prompt, schema, what was made before."""
_THOUGHT: Final = 2000
"""Tokens of an answer beside its result: models think before they answer."""
_SHAPES: Final = (1000.0, 2500.0)
"""Tokens of the question for the shapes of unknown things, which most stories have some of."""
_CUTS: Final = 300.0
"""Tokens that say which cut moments come back."""
_SECONDS: Final = {
    Phase.CONCEPT: 10.0,
    Phase.CHARACTERS: 12.0,
    Phase.PLOT: 8.0,
    Phase.STORYBOARD: 12.0,
    Phase.LETTERING: 6.0,
    Phase.FINISHING: 9.0,
}
_PICTURE_S: Final = 4.0
_PAGE_S: Final = 0.25
"""Our own part: lettering, inking and rendering a page."""


class Estimate(Value):
    """`images` are paid pictures: panels and character sheets. `unpriced` names models whose price is not known here:
    what they cost is not in `estimated_usd`. `warnings` name limits of this day that are used up, `resume_at` when a
    work that waits for them goes on."""

    pages: int
    panels: int
    sheets: int
    images: int
    text_calls: int
    estimated_usd: float
    seconds: float
    unpriced: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    resume_at: datetime | None = None


def estimate(brief: Brief, tariff: Tariff, *, images_at_once: int = 5) -> Estimate:
    """Raises BriefRejected for a text without a sentence."""
    return _Reader(read_source(brief.text, brief.settings.language), tariff).estimate(brief.settings, images_at_once)


def settle_choices(brief: Brief, tariff: Tariff) -> Brief:
    """The brief as it is drawn: where pictures are paid for, the story is condensed unless a person has chosen
    otherwise, and a cost limit becomes a limit of pictures. Raises BriefRejected where a cost limit cannot be held, or
    leaves no picture."""
    settings, chosen = brief.settings, brief.settings.model_fields_set
    changes: dict[str, Any] = {}
    if tariff.paid_pictures and "fidelity" not in chosen:
        changes["fidelity"] = "adapted"
    settings = settings.model_copy(update=changes)
    if settings.max_cost_usd is not None and tariff.paid:
        most = _affordable(brief, settings, tariff, settings.max_cost_usd)
        if most is not None and (settings.max_images is None or most < settings.max_images):
            settings = settings.model_copy(update={"max_images": most})
    return brief if settings == brief.settings else brief.model_copy(update={"settings": settings})


def sentence(found: Estimate, tariff: Tariff) -> str:
    """One line for a person."""
    parts = [f"about {found.pages} pages"]
    if found.images:
        sheets = f", {found.sheets} of them character sheets" if found.sheets else ""
        parts.append(f"{found.images} pictures by {tariff.image_model}{sheets}")
    if tariff.paid_words(Phase.STORYBOARD.value):
        parts.append(f"{found.text_calls} text calls")
    minutes = max(1, round(found.seconds / 60))
    unpriced = f", without {' and '.join(found.unpriced)}, whose price is not known" if found.unpriced else ""
    return f"Estimate: {', '.join(parts)}; {found.estimated_usd:.2f} USD{unpriced}; {minutes} min."


def _affordable(brief: Brief, settings: Settings, tariff: Tariff, limit_usd: float) -> int | None:
    """How many pictures the limit pays for beside the words; None: pictures cost nothing."""
    reader = _Reader(read_source(brief.text, settings.language), tariff)
    if unpriced := reader.unpriced():
        raise BriefRejected(
            f"settings.max_cost_usd: what {' and '.join(unpriced)} costs is not known here, so no limit can be held.",
            remedy="Choose a model whose price is known, or set max_images in its place.",
            element="settings.max_cost_usd",
        )
    price = tariff.picture_usd if tariff.paid_pictures else 0.0
    if not price:
        return None
    # Fewer pictures are fewer pages and fewer words: first as if there were one page, then with the pages they give.
    most = floor((limit_usd - reader.words_usd(1)) / price)
    if most >= 1:
        limited = settings.model_copy(update={"max_images": min(most, settings.max_images or most)})
        most = floor((limit_usd - reader.words_usd(reader.size(limited).pages)) / price)
    if most < 1:
        least = reader.words_usd(1) + price
        raise BriefRejected(
            f"settings.max_cost_usd: {limit_usd:.2f} USD pay for no picture; words and one picture cost about"
            f" {least:.2f}.",
            remedy="Allow more, or draw with the offline models.",
            element="settings.max_cost_usd",
        )
    return most


@dataclass(frozen=True, slots=True)
class _Size:
    pages: int
    panels: int
    sheets: int


@dataclass(frozen=True, slots=True)
class _Reader:
    """A story and what the models cost."""

    source: Source
    tariff: Tariff

    def estimate(self, settings: Settings, images_at_once: int) -> Estimate:
        size = self.size(settings)
        images = size.panels + size.sheets if self.tariff.paid_pictures else 0
        pictures_usd = images * (self.tariff.picture_usd or 0.0)
        calls = {phase: len(each) for phase, each in self._calls(size.pages).items()}
        seconds = sum(_SECONDS[phase] for phase in calls if self.tariff.paid_words(phase.value))
        seconds += _PICTURE_S * ceil(images / images_at_once) + _PAGE_S * size.pages
        return Estimate(
            pages=size.pages + 1,  # the title page
            panels=size.panels,
            sheets=size.sheets,
            images=images,
            text_calls=sum(calls.values()),
            estimated_usd=round(pictures_usd + self.words_usd(size.pages), 4),
            seconds=round(seconds, 1),
            unpriced=self.unpriced(),
        )

    def size(self, settings: Settings) -> _Size:
        """Pages without the title page, their panels, and sheets, as far as the limits allow."""
        pages = self._pages(settings)
        panels = pages * PANELS_A_PAGE
        sheets = min(_PEOPLE, MOST_PEOPLE) if self.tariff.draws_sheets else 0
        if settings.max_images is None:
            return _Size(pages, panels, sheets)
        sheets = min(sheets, settings.max_images // PANELS_A_SHEET)
        panels = max(1, min(panels, settings.max_images - sheets))
        return _Size(min(pages, ceil(panels / PANELS_A_PAGE)), panels, sheets)

    def words_usd(self, pages: int) -> float:
        """What all text calls cost together."""
        return sum(
            self.tariff.words(phase.value).usd(read, written)
            for phase, each in self._calls(pages).items()
            for read, written in each
        )

    def unpriced(self) -> tuple[str, ...]:
        """Models that are called and whose price is not known."""
        words = (self.tariff.words(phase.value) for phase in _SECONDS)
        found = [price.model for price in words if not price.known]
        if self.tariff.paid_pictures and self.tariff.picture_usd is None:
            found.append(self.tariff.image_model)
        return tuple(dict.fromkeys(found))

    def _pages(self, settings: Settings) -> int:
        """At most: a book of no named length grows for moments that a model brings back at its look at the cuts."""
        if settings.pages != "auto":
            return settings.pages
        pages = self._filled()
        adapted = settings.fidelity == "adapted" and settings.max_images is None
        if not adapted:
            return pages
        grows = GROWS if self.tariff.paid_words(Phase.PLOT.value) else 1
        return min(pages, ceil(grows * (adapted_panels(pages) // PANELS_A_PAGE)))

    def _filled(self) -> int:
        """Pages of a book that tells all of the story."""
        measure = MEASURES[self.source.language]
        said = [q.end - q.start for q in find_quotations(self.source)]
        balloons = sum(ceil(length / measure.comfortable) for length in said)
        filled = max(
            balloons / BALLOONS_A_PAGE,
            sum(said) / measure.page_letters,
            len(self.source.text) / measure.source_per_page,
        )
        return max(1, min(MAX_PAGES, ceil(filled - 1e-9)))

    def _calls(self, pages: int) -> dict[Phase, list[tuple[float, float]]]:
        """The planned calls of each phase: tokens read, and written. Our own models letter without a question."""
        story = len(self.source.text) * _TOKENS_A_CHARACTER[self.source.language.value]
        calls = {
            Phase.CONCEPT: [(story, 600.0)],
            Phase.CHARACTERS: [(story, 2000.0)],
            Phase.PLOT: self._plot_calls(story, pages),
            Phase.STORYBOARD: self._storyboard_calls(story, pages),
        }
        for phase in (Phase.LETTERING, Phase.FINISHING):
            calls[phase] = [(200.0 * pages, 40.0 * pages)] if self.tariff.paid_words(phase.value) else []
        return {phase: [(read + _READ, written + _THOUGHT) for read, written in each] for phase, each in calls.items()}

    def _plot_calls(self, story: float, pages: int) -> list[tuple[float, float]]:
        """The parts of the story, a look at what is cut where the book cannot hold it, and shapes of things."""
        if not self.tariff.paid_words(Phase.PLOT.value):
            return [(story, 1.2 * story)]
        parts = len(parts_of(self.source))
        look = [(1.2 * story, _CUTS)] if pages < self._filled() else []
        return [(story / parts, 1.2 * story / parts)] * parts + look + [_SHAPES]

    def _storyboard_calls(self, story: float, pages: int) -> list[tuple[float, float]]:
        """The plan of all pages, then pages in batches, each panel with its direction; then they are proof-read."""
        if not self.tariff.paid_words(Phase.STORYBOARD.value):
            return [(0.0, 0.0)]
        numbers = batches(range(pages), BATCH)
        panel_tokens = 350.0 * PANELS_A_PAGE
        pages_of_batches = [(story / len(numbers), len(some) * panel_tokens) for some in numbers]
        proofreading = (200.0 * pages, 40.0 * pages)
        return [(200.0 * pages, 150.0 * pages), *pages_of_batches, proofreading]
