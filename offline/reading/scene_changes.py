"""Puts what changes on heads and in hands into the beats of scenes.

What a story leaves to be understood stands here: who comes home or wakes on another day has his hat as ever.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from drawing.art.props.limp_things import bare
from manga.continuity import OFF, Aspect, Change
from manga.plot import Beat, Deed, Scene
from manga.values import Span
from offline.lexicon import pattern
from offline.reading.scenes import SceneStretch
from offline.reading.state_changes import StateReader
from offline.reading.story_reading import Reading

TAKES = frozenset({"take", "carry", "hold"})
REACHES = TAKES | {"reach"}
GIVES = frozenset({"drop", "give"})
LETS_GO = GIVES | {"throw"}
NO_BURDEN = frozenset({"door", "sign", "well", "fire", "cart", "drum", "spider", "bell", "telescope"})
"""Things that stand where they are."""

Changes = dict[str, tuple[Change, ...]]
"""By beat."""
FIRST_BEATS, SOON = 2, 10
"""So many beats of a scene, or letters of any beat, tell whether a day has gone by."""
Found = dict[str, list[Change]]
"""By beat."""


def with_hands_told(scenes: tuple[Scene, ...], found: Mapping[str, tuple[Change, ...]]) -> Changes:
    hands = _Hands({beat.key: [] for scene in scenes for beat in scene.beats})
    for scene in scenes:
        hands.begin(scene)
        for beat in scene.beats:
            for event in _events(beat, found[beat.key]):
                hands.take(event, scene, beat)
    return {key: _in_order(changes) for key, changes in hands.done.items()}


def _events(beat: Beat, changes: tuple[Change, ...]) -> list[Change | Deed]:
    handling = [deed for deed in beat.deeds if deed.action in REACHES | LETS_GO]
    return sorted((*handling, *changes), key=lambda event: event.span.start)


def _in_order(changes: list[Change]) -> tuple[Change, ...]:
    return tuple(sorted(dict.fromkeys(changes), key=lambda change: change.span.start))


@dataclass(slots=True)
class _Hands:
    """`held` in this scene; `taken` at any time and not laid down since: the scenes since then, by person and thing."""

    done: dict[str, list[Change]]
    held: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    taken: dict[tuple[str, str], list[Scene]] = field(default_factory=dict)

    def begin(self, scene: Scene) -> None:
        self.held, self.used = {}, set()
        for scenes in self.taken.values():
            scenes.append(scene)

    def take(self, event: Change | Deed, scene: Scene, beat: Beat) -> None:
        if isinstance(event, Deed):
            self._deed(event, scene)
        elif event.aspect is not Aspect.HOLDS:
            self.done[beat.key].append(event)
        elif event.words in NO_BURDEN or bare(event.to) in NO_BURDEN:
            return
        elif event.to == OFF:
            self._laid_down(event, scene, beat)
        else:
            self._taken(event.who, bare(event.to))
            self.done[beat.key].append(event)

    def _deed(self, deed: Deed, scene: Scene) -> None:
        if deed.thing in NO_BURDEN:
            return
        if deed.action in REACHES and deed.thing:
            self._taken(deed.who, deed.thing)
        elif deed.action in LETS_GO and deed.thing:
            if deed.action in GIVES:
                self._understood(deed.who, deed.thing, scene)
            self.held.pop(deed.who, None)

    def _taken(self, who: str, thing: str) -> None:
        self.held[who] = thing
        self.used.add(who)
        self.taken[who, thing] = []

    def _laid_down(self, change: Change, scene: Scene, beat: Beat) -> None:
        if change.words:
            self._understood(change.who, change.words, scene)
        if change.words and self.held.get(change.who) == change.words:
            self.held.pop(change.who)
            self.done[beat.key].append(change)

    def _understood(self, who: str, thing: str, scene: Scene) -> None:
        """It was in the hand all the time."""
        if who in self.used:
            return
        self.used.add(who)
        since = self.taken.pop((who, thing), [scene])
        for earlier in since or [scene]:
            first = next((beat for beat in earlier.beats if who in beat.present), None)
            if first is not None:
                span = Span(start=first.span.start, end=first.span.start)
                self.done[first.key].append(Change(who=who, aspect=Aspect.HOLDS, to=thing, span=span))
        self.held[who] = thing


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
    done = with_hands_told(scenes, {key: tuple(changes) for key, changes in writer.written().items()})
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
