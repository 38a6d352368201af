"""The gold of a story placed in the text that models count in: what scorers compare with."""

from dataclasses import dataclass, replace
from typing import TypeVar

from evals.align_texts import Alignment, align
from evals.gold_values import (
    Held,
    Never,
    Thing,
)
from evals.read_gold import SPOKEN, Event, Person, Quote, Scene, Story
from manga.brief import Language
from manga.concept import Genre, Period
from manga.story_source import Source

Placed = TypeVar("Placed", Event, Quote, Scene, Thing, Held, Never)


@dataclass(frozen=True, slots=True)
class Reference:
    """As `evals.read_gold.Gold`, with every `at` in `Source.text`. Empty or None: nobody has annotated it.

    `unplaced` are anchors that the source does not have; scorers count them as lost.
    """

    title: str
    language: Language
    cast: tuple[Person, ...]
    genres: tuple[Genre, ...] = ()
    period: Period | None = None
    events: tuple[Event, ...] = ()
    quotes: tuple[Quote, ...] = ()
    unmarked: tuple[Quote, ...] = ()
    scenes: tuple[Scene, ...] = ()
    things: tuple[Thing, ...] = ()
    held: tuple[Held, ...] = ()
    never: tuple[Never, ...] = ()
    unplaced: tuple[str, ...] = ()

    def spoken(self) -> tuple[Quote, ...]:
        """The quotes that somebody utters."""
        return tuple(quote for quote in self.quotes if quote.kind in SPOKEN)

    def person(self, key: str) -> Person:
        """Raises KeyError for a key that is not in the cast."""
        return {person.key: person for person in self.cast}[key]

    def thing(self, key: str) -> Thing:
        """Raises KeyError for a key that is not among the things."""
        return {thing.key: thing for thing in self.things}[key]

    def scenes_of(self, start: int, end: int) -> tuple[Scene, ...]:
        """The scenes that a stretch of the text runs through."""
        starts = [0, *(scene.at[0] for scene in self.scenes[1:])]
        ends = [*starts[1:], max(end, starts[-1] + 1)]
        return tuple(
            scene for scene, first, last in zip(self.scenes, starts, ends, strict=True) if first < end and start < last
        )

    def scene_end(self, position: int) -> int | None:
        """Where the scene of a place ends; None for the last one."""
        return next((scene.at[0] for scene in self.scenes if scene.at[0] > position), None)

    def at_home(self, text: str, source: Source) -> "Reference":
        """From offsets in `text` to offsets in the source. Raises ValueError when they are not the same story."""
        alignment = align(text, source.text)
        if alignment is None:
            raise ValueError(f"{self.title}: the annotated text is not the text that is read")
        lost: list[str] = []
        return replace(
            self,
            events=_placed(self.events, alignment, lost),
            quotes=_placed(self.quotes, alignment, lost),
            unmarked=_placed(self.unmarked, alignment, lost),
            scenes=_placed(self.scenes, alignment, lost),
            things=_placed(self.things, alignment, lost),
            held=tuple(_until(one, alignment, lost) for one in _placed(self.held, alignment, lost)),
            never=_placed(self.never, alignment, lost),
            unplaced=tuple(lost),
        )


def reference_of(story: Story, source: Source) -> Reference:
    """The gold of a story of our own."""
    gold = story.gold
    found = Reference(
        title=gold.title,
        language=gold.language,
        cast=gold.cast,
        genres=gold.genres,
        period=gold.period,
        events=gold.events,
        quotes=gold.quotes,
        unmarked=gold.unmarked,
        scenes=gold.scenes,
        things=gold.things,
        held=gold.held,
        never=gold.never,
    )
    return found.at_home(story.body, source)


def _placed(items: tuple[Placed, ...], alignment: Alignment, lost: list[str]) -> tuple[Placed, ...]:
    kept = []
    for item in items:
        span = alignment.span(*item.at)
        if span is None:
            lost.append(getattr(item, "anchor", "") or getattr(item, "text", ""))
        else:
            kept.append(item.model_copy(update={"at": (span.start, span.end)}))
    return tuple(kept)


def _until(held: Held, alignment: Alignment, lost: list[str]) -> Held:
    """Where it ends is placed, too; where that is lost, it ends with its scene."""
    if held.until_at is None:
        return held
    span = alignment.span(*held.until_at)
    if span is None:
        lost.append(held.until or "")
        return held.model_copy(update={"until": None, "until_at": None})
    return held.model_copy(update={"until_at": (span.start, span.end)})
