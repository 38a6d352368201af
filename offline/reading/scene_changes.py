"""Puts what changes on heads and in hands into the beats of scenes.

What a story leaves to be understood stands here: who comes home or wakes on another day has his hat as ever.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from drawing.art.props.limp_things import bare
from manga.brief import Language
from manga.continuity import OFF, Aspect, Change
from manga.plot import Beat, Scene
from manga.values import Span
from offline.lexicon import pattern
from offline.reading.scenes import SceneStretch
from offline.reading.state_changes import StateReader
from offline.reading.story_reading import Reading
from offline.reading.thing_mentions import names_of_things

LASTS = {Language.JA: 240, Language.EN: 700}
"""Letters without a word about it in which a thing that is told of again stays in the hand."""
SURELY = {Language.JA: 80, Language.EN: 230}
"""Letters for which it stays there when nothing more is told of it: a third of that, some three sentences. Chosen after
one look at sealed stories, of which `evals/stories/READING.md` gives the figures."""

Changes = dict[str, tuple[Change, ...]]
"""By beat."""
FIRST_BEATS, SOON = 2, 10
"""So many beats of a scene, or letters of any beat, tell whether a day has gone by."""
Found = dict[str, list[Change]]
"""By beat."""


def with_hands_told(scenes: tuple[Scene, ...], found: Mapping[str, tuple[Change, ...]], language: Language) -> Changes:
    """What hands hold, each thing by one person: until it is let go, somebody else has it, or the last word about it
    in the scene is over. Between two words about it a thing is surely there, after the last one soon nobody knows."""
    hands = _Hands({beat.key: [] for scene in scenes for beat in scene.beats}, language)
    for number, scene in enumerate(scenes):
        hands.begin(scene, goes_on=number > 0 and scene.time_of_day == scenes[number - 1].time_of_day)
        for at, beat in enumerate(scene.beats):
            hands.go_on(scene.beats[at:])
            for change in found[beat.key]:
                hands.take(change, beat)
    return {key: _in_order(changes) for key, changes in hands.done.items()}


def _in_order(changes: list[Change]) -> tuple[Change, ...]:
    return tuple(sorted(dict.fromkeys(changes), key=lambda change: change.span.start))


@dataclass(slots=True)
class _Hands:
    """`held`: by person the thing, and where it was last told of."""

    done: dict[str, list[Change]]
    language: Language
    held: dict[str, tuple[str, int]] = field(default_factory=dict)

    def begin(self, scene: Scene, *, goes_on: bool) -> None:
        """Who is there again at the same hour still has what was in the hand; elsewhere nobody knows."""
        self.held = {who: own for who, own in self.held.items() if goes_on and who in scene.present}
        first = scene.beats[0]
        start = Span(start=first.span.start, end=first.span.start)
        self.done[first.key] += [
            Change(who=who, aspect=Aspect.HOLDS, to=thing, span=start) for who, (thing, _) in self.held.items()
        ]

    def go_on(self, beats: Sequence[Beat]) -> None:
        """Of what is held as the first of `beats` begins, the rest of its scene."""
        beat = beats[0]
        for who, (thing, last) in list(self.held.items()):
            again = any(one.span.start - last <= LASTS[self.language] and thing in self._named(one) for one in beats)
            if not again and beat.span.start - last > SURELY[self.language]:
                self._empty(who, beat, Span(start=beat.span.start, end=beat.span.start))
            elif thing in self._named(beat):
                self.held[who] = (thing, beat.span.end)

    def _named(self, beat: Beat) -> tuple[str, ...]:
        return names_of_things(" ".join((beat.told, *(line.text for line in beat.lines))), self.language)

    def take(self, change: Change, beat: Beat) -> None:
        if change.aspect is not Aspect.HOLDS:
            self.done[beat.key].append(change)
            return
        thing = bare(change.words or change.to)
        others = [who for who, (own, _) in self.held.items() if own == thing]
        for who in others:
            if change.to == OFF or who != change.who:
                self._empty(who, beat, change.span)
        if change.to != OFF:
            self.held[change.who] = (thing, beat.span.end)
            self.done[beat.key].append(change)

    def _empty(self, who: str, beat: Beat, span: Span) -> None:
        thing, _ = self.held.pop(who)
        self.done[beat.key].append(Change(who=who, aspect=Aspect.HOLDS, to=OFF, words=thing, span=span))


def with_changes(
    reading: Reading, keys: Mapping[str, str], stretches: Sequence[SceneStretch], scenes: tuple[Scene, ...]
) -> tuple[Scene, ...]:
    """`scenes` are those of the `stretches`, one for one and beat for beat."""
    reader = StateReader(reading, dict(keys))
    moments = {
        beat.key: moment
        for stretch, scene in zip(stretches, scenes, strict=True)
        for moment, beat in zip(stretch.moments, scene.beats, strict=True)
    }
    found: Found = {key: list(reader.changes(moment)) for key, moment in moments.items()}
    writer = _Writer(reader, scenes, found)
    done = with_hands_told(scenes, {key: tuple(changes) for key, changes in writer.written().items()}, reading.language)
    return tuple(
        scene.model_copy(
            update={
                "beats": tuple(b.model_copy(update={"changes": done[b.key]}) if done[b.key] else b for b in scene.beats)
            }
        )
        for scene in scenes
    )


@dataclass(slots=True)
class _Writer:
    """Goes through the story with the hats that everybody wears by then."""

    reader: StateReader
    scenes: tuple[Scene, ...]
    found: Found
    hats: dict[str, str] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)
    done: Found = field(default_factory=dict)

    def written(self) -> Found:
        for scene in self.scenes:
            self.done |= {beat.key: [] for beat in scene.beats}
            opening = " ".join(beat.told for beat in scene.beats[:FIRST_BEATS])
            for beat in scene.beats:
                self._time_goes_by(beat, opening if beat is scene.beats[0] else "")
                new = set(beat.present) - self.met
                for change in self.found[beat.key]:
                    self._take(change, beat, first=change.who in new)
                self.met |= set(beat.present)
        return self.done

    def _time_goes_by(self, beat: Beat, opening: str) -> None:
        """A new day, told at once or soon after a scene begins: hats as ever."""
        row = pattern(self.reader.states, "fresh")
        if self.hats and (row.search(opening) or row.search(beat.told[:SOON])):
            start = Span(start=beat.span.start, end=beat.span.start)
            self.done[beat.key] += [Change(who=who, aspect=Aspect.HAT, span=start) for who in self.hats]
            self.hats = {}

    def _take(self, change: Change, beat: Beat, *, first: bool) -> None:
        """`first` when nobody has seen the person before: then the sheet tells how he looks."""
        if change.aspect is Aspect.HOLDS:
            self.done[beat.key].append(change)
            return
        before = self.hats.pop(change.who, "")
        if not first or change.to == OFF:
            to = "" if before == OFF and change.to != OFF else change.to
            if to:
                self.hats[change.who] = to
            if to != before:
                self.done[beat.key].append(change.model_copy(update={"to": to}))
        elif before:
            self.hats[change.who] = before
