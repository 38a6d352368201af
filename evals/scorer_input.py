"""What scorers see of one told story: its source, its gold, and the phases' answers as values."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from agents.finishing import body_graphs, facts_of
from drawing.pages.scene_graph import body_page
from evals.gold_in_text import Reference
from evals.measured_stories import Subject
from evals.metric_bounds import Score
from evals.raw_answers import Output
from manga.artwork import PanelArt
from manga.book import Book, PageGraph
from manga.brief import Language, Settings
from manga.characters import Cast
from manga.concept import Concept
from manga.lettering import Lettering, PageLettering
from manga.phases import Phase
from manga.plot import Beat, Line, Plot
from manga.story_source import Source
from manga.storyboard import LinePart, Storyboard, StoryPage


@dataclass(frozen=True, slots=True)
class Sample:
    """One told story. A phase that was not reached is None; a scorer of a phase is asked only when it is there, and
    then all phases before it are there too."""

    source: Source
    settings: Settings = field(default_factory=Settings)
    reference: Reference | None = None
    concept: Concept | None = None
    cast: Cast = field(default_factory=lambda: Cast(characters=()))
    plot: Plot | None = None
    storyboard: Storyboard | None = None
    art: Mapping[str, PanelArt] | None = None
    lettering: Lettering | None = None
    book: Book | None = None

    @property
    def japanese(self) -> bool:
        return self.source.language is Language.JA

    def beats(self) -> Mapping[str, Beat]:
        return {beat.key: beat for beat in self.plot.beats()} if self.plot else {}

    def lines(self) -> tuple[Line, ...]:
        """Everything that is said, in the order of telling; narration apart."""
        beats = self.plot.beats() if self.plot else ()
        return tuple(line for beat in beats for line in beat.lines if line.kind.value != "narration")

    def parts(self) -> tuple[LinePart, ...]:
        """All texts on the pages in reading order, drawn sounds apart."""
        panels = self.storyboard.panels() if self.storyboard else ()
        return tuple(part for panel in panels for part in panel.dialogue.parts if part.kind != "sfx")

    def pages(self) -> tuple[StoryPage, ...]:
        """The pages that carry panels: a spread is one."""
        return tuple(page for page in self.storyboard.pages if page.panels) if self.storyboard else ()

    def graphs(self) -> tuple[PageGraph, ...]:
        """Scene graphs of the story pages as far as the phases go: without letters before the lettering."""
        if self.storyboard is None or self.concept is None:
            return ()
        facts, art = facts_of(self.concept, self.settings), self.art or {}
        if self.lettering is not None:
            return body_graphs(self.storyboard, art, self.lettering, facts)
        return tuple(
            body_page(page, art, PageLettering(page=page.key), facts, page.number) for page in self.storyboard.pages
        )


Scorer: TypeAlias = Callable[[Sample], Iterable[Score | None]]
"""Pure: phase outputs, source text and gold in, figures with their reasons out. None: nothing to measure."""

_TYPES: Mapping[Phase, Callable[[Any], Any]] = {
    Phase.CONCEPT: Concept.of,
    Phase.CHARACTERS: Cast.of,
    Phase.PLOT: Plot.of,
    Phase.STORYBOARD: Storyboard.of,
    Phase.ARTWORK: lambda told: {key: PanelArt.of(art) for key, art in told.items()},
    Phase.LETTERING: Lettering.of,
    Phase.FINISHING: Book.of,
}
_FIELDS: Mapping[Phase, str] = {Phase.CHARACTERS: "cast", Phase.ARTWORK: "art", Phase.FINISHING: "book"}


def sample_of(subject: Subject, outputs: Iterable[Output]) -> Sample:
    """Raises pydantic.ValidationError when an old output does not fit the vocabulary of today."""
    found = {
        _FIELDS.get(phase, phase.value): _TYPES[phase](output.result)
        for phase, output in _by_phase(outputs)
        if output.result is not None
    }
    return Sample(source=subject.source, settings=subject.settings, reference=subject.reference, **found)


def _by_phase(outputs: Iterable[Output]) -> Iterator[tuple[Phase, Output]]:
    known = {phase.value: phase for phase in Phase}
    return ((known[output.phase], output) for output in outputs if output.phase in known)
