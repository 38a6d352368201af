"""Fits a story to a number of pages: which beats are shown, how much of their words, on which pages.

In: scenes, language, length of the source, what the book may take. Out: the page plan and `cuts`, the passages that no
page carries: whole beats, and sentences of speeches that were too long. Where everything has room nothing is cut.

An editor keeps the end and the beginning, then the weightiest moment of each scene, then whatever weighs most from all
over the story. A long speech goes with its best sentences; what room is left gives the others back.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil

from manga.abridge_speeches import in_brief, joined_pieces
from manga.brief import Language
from manga.page_planning import BALLOONS_A_PAGE, CROWDED, PANELS_A_PAGE, adapted_panels, fill, page_budget, pages_of
from manga.plot import Beat, Line, LineKind, PagePlan, Plot, Scene, spoken_in
from manga.text_capacity import MEASURES, Measure
from manga.values import Span

GOLDEN = (5**0.5 - 1) / 2
"""Its multiples, modulo 1, fill a stretch evenly."""
ANCHORS = 0.5
"""The part of the room that goes to the weightiest moment of each scene."""
GLIMPSE = 0.55
"""A beat without words shares its picture as often as not."""
BALLOONS_A_PANEL = 2
KEY_EVENT = 4
WANTED = 1.5
"""What somebody has asked for weighs so much more: a usual moment comes before great ones, not before the greatest."""


@dataclass(frozen=True, slots=True)
class Planned:
    """The pages, and the passages that none of them carries."""

    pages: tuple[PagePlan, ...]
    cuts: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """What a beat takes, or a book holds."""

    letters: float
    balloons: float
    panels: float

    def plus(self, other: "Load") -> "Load":
        return Load(self.letters + other.letters, self.balloons + other.balloons, self.panels + other.panels)

    def within(self, room: "Load", share: float = 1.0) -> bool:
        return (
            self.letters <= room.letters * share
            and self.balloons <= room.balloons * share
            and self.panels <= room.panels * share
        )


def plan_book(
    scenes: tuple[Scene, ...],
    language: Language,
    source_chars: int,
    pages: int | None,
    fidelity: str,
    *,
    panels: int | None = None,
    turns_odd: bool = True,
) -> Planned:
    """A title page comes on top. `pages` and `panels` are the most there may be, None without a limit; an adaptation
    that nobody limits takes fifty panels, of a long story more. `turns_odd` says whether the leaf is turned after odd
    pages."""
    measure = MEASURES[language]
    wanted = pages or page_budget(scenes, language, source_chars)
    if fidelity == "adapted" and pages is None and panels is None:
        panels = adapted_panels(wanted)
    stay = scenes
    if panels is not None:
        wanted = min(wanted, max(1, panels // PANELS_A_PAGE))
        stay = _weightiest(scenes, panels)
    kept = condensed(stay, measure, wanted, panels)
    told = told_of(stay, kept)
    made = pages_of(
        told, language, frozenset(beat.key for scene in told for beat in scene.beats), wanted, turns_odd=turns_odd
    )
    return Planned(made, tuple(cut_spans(scenes, made, kept)))


def _weightiest(scenes: tuple[Scene, ...], most: int) -> tuple[Scene, ...]:
    """No panel shows two scenes: with fewer panels than scenes the least important go, but never the last."""
    order = sorted(range(len(scenes) - 1), key=lambda place: (-scenes[place].importance, place))
    stay = {len(scenes) - 1, *order[: most - 1]}
    return tuple(scene for place, scene in enumerate(scenes) if place in stay)


def condensed(
    scenes: Sequence[Scene],
    measure: Measure,
    pages: int,
    panels: int | None,
    *,
    sure: Set[str] = frozenset(),
    bonds: Mapping[str, tuple[str, ...]] | None = None,
    scenery: Set[str] = frozenset(),
    needed: Set[str] = frozenset(),
    wanted: Set[str] = frozenset(),
) -> dict[str, Beat]:
    """The beats that have room, by key, as far as they are told. Those that are `sure` come before all others and
    `scenery` after all others; a beat comes with those that it has `bonds` to, or not at all. Of those that are
    `needed` no line goes; those that are `wanted` weigh more."""
    beats = [beat for scene in scenes for beat in scene.beats]
    whole = fill(beats, measure, sum(beat.span.end - beat.span.start for beat in beats))
    if panels is None and whole <= pages * CROWDED:
        return {beat.key: beat for beat in beats}
    counted = float(panels) if panels is not None else pages * (PANELS_A_PAGE + 0.4)
    room = Load(pages * measure.page_letters, pages * BALLOONS_A_PAGE, counted)
    return _Editor(scenes, measure, room, sure, bonds or {}, scenery, needed, wanted).kept()


@dataclass
class _Editor:
    """Fills the room with the weightiest beats."""

    scenes: Sequence[Scene]
    measure: Measure
    room: Load
    sure: Set[str] = frozenset()
    bonds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    scenery: Set[str] = frozenset()
    needed: Set[str] = frozenset()
    wanted: Set[str] = frozenset()
    taken: dict[str, Beat] = field(default_factory=dict)
    used: Load = Load(0, 0, 0)

    @cached_property
    def pairs(self) -> list[tuple[Scene, Beat]]:
        return [(scene, beat) for scene in self.scenes for beat in scene.beats]

    @cached_property
    def beats(self) -> Mapping[str, Beat]:
        return {beat.key: beat for _, beat in self.pairs}

    def kept(self) -> dict[str, Beat]:
        for _, beat in (self.pairs[-1], self.pairs[0], *(pair for pair in self.pairs if pair[1].key in self.sure)):
            self._take(beat)
        for _, beat in self._by_weight(self._anchors(), [scene.importance for scene, _ in self._anchors()]):
            self._take(beat, ANCHORS)
        ordered = self._by_weight(self.pairs, [self._weight(scene, beat) for scene, beat in self.pairs])
        for _, beat in ordered:
            self._take(beat)
        for _, beat in ordered:
            self._give_back(beat)
        return self.taken

    def _take(self, beat: Beat, share: float = 1.0) -> None:
        """In brief, if it fits into this share of the room, with what it is bound to, and is not there yet. A key event
        for whose whole row of premises there is no room comes without them: a book without its end is worse. The first
        one always fits."""
        if beat.key in self.taken:
            return
        bound = [self.beats[key] for key in self.bonds.get(beat.key, ()) if key in self.beats]
        if self._fits([beat, *bound], share) or (beat.importance >= KEY_EVENT and self._fits([beat], share)):
            return
        if not self.taken:
            brief = in_brief(beat, self.measure, needed=beat.key in self.needed)
            self.taken, self.used = {beat.key: brief}, load_of(brief, self.measure)

    def _fits(self, beats: Sequence[Beat], share: float) -> bool:
        """Takes them all in brief, if there is room."""
        fresh = [one for one in beats if one.key not in self.taken]
        new = [in_brief(one, self.measure, needed=one.key in self.needed) for one in fresh]
        used = self.used
        for brief in new:
            used = used.plus(load_of(brief, self.measure))
        if not used.within(self.room, share):
            return False
        self.taken |= {brief.key: brief for brief in new}
        self.used = used
        return True

    def _give_back(self, beat: Beat) -> None:
        """All its words, if there is room."""
        brief = self.taken.get(beat.key)
        if brief is None or brief == beat:
            return
        less, more = load_of(brief, self.measure), load_of(beat, self.measure)
        used = Load(
            self.used.letters + more.letters - less.letters,
            self.used.balloons + more.balloons - less.balloons,
            self.used.panels + more.panels - less.panels,
        )
        if used.within(self.room):
            self.taken[beat.key], self.used = beat, used

    def _weight(self, scene: Scene, beat: Beat) -> float:
        return _weight(scene, beat) + WANTED * (beat.key in self.wanted)

    def _anchors(self) -> list[tuple[Scene, Beat]]:
        """The weightiest beat of each scene, in the order of the story; scenery is none."""
        best: dict[str, tuple[Scene, Beat]] = {}
        for scene, beat in (pair for pair in self.pairs if pair[1].key not in self.scenery):
            if scene.key not in best or _weight(scene, beat) > _weight(*best[scene.key]):
                best[scene.key] = (scene, beat)
        return list(best.values())

    def _by_weight(self, pairs: Sequence[tuple[Scene, Beat]], weights: Sequence[float]) -> list[tuple[Scene, Beat]]:
        """The weightiest first; of those that weigh the same, ones from all over the story."""

        def place(at: int) -> tuple[bool, float, float]:
            return pairs[at][1].key in self.scenery, -weights[at], at * GOLDEN % 1.0

        return [pairs[at] for at in sorted(range(len(pairs)), key=place)]


def _weight(scene: Scene, beat: Beat) -> float:
    return beat.importance + 0.5 * (scene.importance - 3) + 0.8 * beat.reveal


def load_of(beat: Beat, measure: Measure) -> Load:
    """Two balloons stand in a panel, of neighbouring beats too; a key event has one of its own."""
    sizes = [len(line.text) for line in spoken_in(beat)] + [span.end - span.start for span in beat.captions]
    balloons = sum(ceil(size / measure.comfortable) for size in sizes)
    own = 1.0 if beat.importance >= KEY_EVENT else GLIMPSE
    return Load(sum(sizes), balloons, max(own, balloons / BALLOONS_A_PANEL))


def told_of(scenes: Sequence[Scene], kept: Mapping[str, Beat]) -> tuple[Scene, ...]:
    """Scenes with the kept beats alone, as far as these are told."""
    reduced = (
        scene.model_copy(update={"beats": tuple(kept[beat.key] for beat in scene.beats if beat.key in kept)})
        for scene in scenes
        if any(beat.key in kept for beat in scene.beats)
    )
    return tuple(reduced)


def cut_spans(scenes: Sequence[Scene], pages: Sequence[PagePlan], kept: Mapping[str, Beat]) -> Iterator[Span]:
    shown = {key for page in pages for key in page.beats}
    for beat in (beat for scene in scenes for beat in scene.beats):
        if beat.key not in shown:
            yield beat.span
            continue
        told = {line.key: line for line in kept[beat.key].lines}
        for line in beat.lines:
            yield from _left_out(line, told.get(line.key))


def _left_out(line: Line, told: Line | None) -> Iterator[Span]:
    if told is None:
        yield line.span
    elif told.text != line.text:
        chosen = bool(line.brief) and told.text == joined_pieces(line, line.brief).text
        at = line.span.start
        for kept in (*(line.brief if chosen else (told.span,)), Span(start=line.span.end, end=line.span.end)):
            if at < kept.start:
                yield Span(start=at, end=kept.start)
            at = kept.end


def as_told(plot: Plot) -> Plot:
    """The plot without the words that its cuts leave out of beats that are shown. Linear."""
    if not plot.cuts:
        return plot
    spans = sorted((span.start, span.end) for span in plot.cuts)
    shown = plot.shown()
    scenes = tuple(
        scene.model_copy(update={"beats": tuple(_uncut(beat, spans, shown) for beat in scene.beats)})
        for scene in plot.scenes
    )
    return plot.model_copy(update={"scenes": scenes})


def _uncut(beat: Beat, spans: Sequence[tuple[int, int]], shown: Set[str]) -> Beat:
    if beat.key not in shown:
        return beat
    lines = tuple(line for found in beat.lines for line in _rest(found, spans))
    return beat if lines == beat.lines else beat.model_copy(update={"lines": lines})


def _rest(line: Line, spans: Sequence[tuple[int, int]]) -> Iterable[Line]:
    """What the cuts leave of a line that is said: its stretches as one line, or nothing."""
    start, end = line.span.start, line.span.end
    at = max(0, bisect_left(spans, (start, -1)) - 1)
    near: list[tuple[int, int]] = []
    while at < len(spans) and spans[at][0] < end:
        if spans[at][1] > start:
            near.append(spans[at])
        at += 1
    if line.kind is LineKind.NARRATION or not near:
        return (line,)
    left = [Span(start=a, end=b) for a, b in _between(near, start, end) if line.text[a - start : b - start].strip()]
    if not left or line.span.end - line.span.start != len(line.text):
        return ()
    return (joined_pieces(line, left),)


def _between(taken: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of start to end that none of the taken ones, which rise, covers."""
    for low, high in taken:
        if start < low:
            yield start, min(low, end)
        start = max(start, high)
    if start < end:
        yield start, end
