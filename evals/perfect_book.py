"""A book without a fault, made of the gold alone: what the best reader and the best artist would answer.

A figure that this book does not bring to its best measures something else than it says. In: the gold and its text.
Out: a `Sample` whose artist tells what it drew in the gold's own nouns.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import ceil

from evals.gold_in_text import Reference
from evals.read_gold import SPOKEN, Event, Person, Quote, Scene
from evals.scorer_input import Sample
from evals.scorers.key_things import until
from manga.artwork import Drawn, DrawnFigure, FigureAnchors, Made, PanelArt
from manga.characters import Cast, Character, Kind, Look
from manga.geometry import Rect
from manga.paper import Side
from manga.plot import Beat, Line, LineKind, Plot, TimeOfDay, Weather
from manga.plot import Scene as PlotScene
from manga.story_source import Source
from manga.storyboard import (
    DialogueLayout,
    FigureDirection,
    LinePart,
    PanelDraft,
    PanelLayout,
    Role,
    SceneDirection,
    Shot,
    Storyboard,
    StoryPage,
)
from manga.values import Span

MOST_PAGES = 64
MOST_FIGURES = 6
"""A direction names no more; the artist of this book is not bound by it."""
_KINDS: Mapping[str, LineKind] = {
    "speech": LineKind.SPEECH, "cry": LineKind.SHOUT, "thought": LineKind.THOUGHT, "song": LineKind.SONG,
    "letter": LineKind.LETTER,
}  # fmt: skip
_BODY = Rect(x=0.3, y=0.1, width=0.4, height=0.8)


def perfect(source: Source, reference: Reference) -> Sample:
    """A picture for every moment of which the gold says something. Needs scenes."""
    book = _Book(source, reference)
    beats = tuple(book.beats())
    drafts = [book.panel(beat) for beat in beats]
    return Sample(
        source=source,
        reference=reference,
        cast=Cast(characters=tuple(_character(n, person) for n, person in enumerate(reference.cast, 1))),
        plot=book.plot(beats),
        storyboard=Storyboard(pages=tuple(_pages(drafts))),
        art={beat.key: book.art(beat) for beat in beats},
    )


def _character(number: int, person: Person) -> Character:
    told = {"kind": person.kind or Kind.HUMAN, "gender": person.gender, "age": person.age}
    look = Look.of({key: value for key, value in told.items() if value is not None})
    return Character(key=f"c{number:02}", name=person.name[:80], aliases=person.aliases, look=look, description="")


def _pages(drafts: Sequence[PanelDraft]) -> Iterator[StoryPage]:
    many = ceil(len(drafts) / MOST_PAGES)
    for number, at in enumerate(range(0, len(drafts), many), 1):
        panels = tuple(drafts[at : at + many])
        layout = PanelLayout(frames=(), flow="ltr")
        yield StoryPage(key=f"g{number:03}", number=number, side=Side.LEFT, layout=layout, panels=panels)


class _Book:
    """The text cut where the gold says something new."""

    def __init__(self, source: Source, reference: Reference) -> None:
        self.source = source
        self.known = reference
        self.keys = {person.key: f"c{number:02}" for number, person in enumerate(reference.cast, 1)}
        self.quotes = tuple(quote for quote in reference.quotes if quote.kind in SPOKEN)
        self.lines = tuple(self._line(n, quote) for n, quote in enumerate(self.quotes, 1))

    def _line(self, number: int, quote: Quote) -> Line:
        span = Span(start=quote.at[0], end=quote.at[1])
        speaker = self.keys[quote.by[0]] if quote.by else None
        text = self.source.text[span.start : span.end]
        return Line(key=f"l{number:04}", kind=_KINDS[quote.kind], text=text, span=span, speaker=speaker)

    def beats(self) -> Iterator[Beat]:
        cuts = pairwise([*sorted(self._cuts()), len(self.source.text)])
        for number, (start, end) in enumerate(cuts, 1):
            lines = tuple(line for line in self.lines if start <= line.span.start < end)
            span = Span(start=start, end=end)
            yield Beat(key=f"b{number:04}", span=span, told=self.source.text[start:end], lines=lines)

    def _cuts(self) -> set[int]:
        known = self.known
        placed: Iterable[tuple[int, int]] = (
            one.at
            for many in (known.scenes, known.events, known.things, known.held, known.never, self.quotes)
            for one in many
        )
        left = {one.until_at[0] for one in known.held if one.until_at}
        return {0, *(start for start, _ in placed), *left, *(mark.at[1] for mark in known.never)}

    def plot(self, beats: Sequence[Beat]) -> Plot:
        scenes = []
        for number, scene in enumerate(self.known.scenes, 1):
            own = tuple(beat for beat in beats if self._scene(beat) is scene)
            if own:
                scenes.append(
                    PlotScene(
                        key=f"s{number:02}", place=scene.place[:120], setting="", beats=own, flashback=scene.flashback,
                        time_of_day=scene.time or TimeOfDay.DAY, weather=scene.weather or Weather.CLEAR,
                    )
                )  # fmt: skip
        return Plot.model_construct(acts=(), scenes=tuple(scenes), pages=(), cuts=())

    def _scene(self, beat: Beat) -> Scene:
        return next((s for s in reversed(self.known.scenes) if s.at[0] <= beat.span.start), self.known.scenes[0])

    def _event(self, beat: Beat) -> Event | None:
        return next((one for one in self.known.events if beat.span.start <= one.at[0] < beat.span.end), None)

    def seen(self, beat: Beat) -> list[str]:
        """People who are drawn: those of the event, else whoever speaks, else all who are there."""
        event, scene = self._event(beat), self._scene(beat)
        there = [key for key in scene.who if key not in scene.heard]
        if event is not None:
            return list(dict.fromkeys([*event.doer, *event.patient, *event.who]))
        talk = [key for quote in self.quotes if beat.span.start <= quote.at[0] < beat.span.end for key in quote.by]
        return [key for key in dict.fromkeys(talk) if key in there] or there

    def panel(self, beat: Beat) -> PanelDraft:
        event, figures = self._event(beat), [FigureDirection(character=self.keys[key]) for key in self.seen(beat)]
        parts = [self._part(line) for line in beat.lines[:5]]
        if event is not None and event.deed == "talk" and event.doer:
            parts = [self._said(beat, self.keys[event.doer[0]], part) for part in parts] or [
                self._said(beat, self.keys[event.doer[0]], None)
            ]
        return PanelDraft(
            key=beat.key, beats=(beat.key,), scene="s01", role=Role.ACT, importance=3,
            direction=SceneDirection(shot=Shot.FULL, setting="", figures=tuple(figures[:MOST_FIGURES])),
            dialogue=DialogueLayout(parts=tuple(parts)),
        )  # fmt: skip

    def _part(self, line: Line) -> LinePart:
        return LinePart(
            key=f"{line.key}.1", line=line.key, kind=line.kind, text=line.text, span=line.span, speaker=line.speaker
        )

    def _said(self, beat: Beat, speaker: str, part: LinePart | None) -> LinePart:
        """Words of whoever does nothing but talk."""
        if part is not None:
            return part.model_copy(update={"speaker": speaker})
        text = self.source.text[beat.span.start : beat.span.end].strip() or "…"
        return LinePart(key="l9999.1", line="l9999", kind=LineKind.SPEECH, text=text, span=beat.span, speaker=speaker)

    def art(self, beat: Beat) -> PanelArt:
        event, scene, people = self._event(beat), self._scene(beat), self.seen(beat)
        figures = tuple(self._figure(key, beat, event) for key in people)
        held = {word for figure in figures for word in figure.holds}
        keys = [*(event.things if event else ()), *(t.key for t in self.known.things if t.at[0] == beat.span.start)]
        things = dict.fromkeys(self.known.thing(key).nouns[0] for key in keys)
        drawn = Drawn(
            place=scene.settings[0] if scene.settings else "",
            inside=scene.inside,
            figures=figures,
            things=tuple(word for word in things if word not in held),
        )
        anchors = tuple(FigureAnchors(character=self.keys[key], body=_BODY, hands=(_BODY,)) for key in people)
        return PanelArt(
            panel=beat.key, blob="0" * 64, media_type="image/png", width=1, height=1, figures=anchors, drawn=drawn,
            made=Made(model="perfect"),
        )  # fmt: skip

    def _figure(self, key: str, beat: Beat, event: Event | None) -> DrawnFigure:
        acts = event is not None and key in event.doer
        touched = (*event.doer, *event.patient) if event is not None and key in (*event.doer, *event.patient) else ()
        holds = [
            self.known.thing(one.thing).nouns[0]
            for one in self.known.held
            if one.who == key and one.at[0] <= beat.span.start and beat.span.end <= until(one, self.known)
        ]
        return DrawnFigure(
            character=self.keys[key],
            deed=str(event.deed) if event is not None and acts else "stand",
            holds=tuple(dict.fromkeys(holds)),
            touches=tuple(self.keys[other] for other in dict.fromkeys(touched) if other != key),
        )
