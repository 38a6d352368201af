"""Scenes and what the reader of states found in, scenes whose beats hold their changes out.

What a story leaves to be understood stands here: who straightens a hat has worn it since he came in; who comes home or
wakes on another day is dressed as ever; weeks heal; hair that was asked for is gone from then on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from manga.continuity import OFF, Aspect, Change
from manga.plot import Beat, Scene
from manga.values import Span
from offline.lexicon import pattern
from offline.reading.continuity.held import with_hands_told
from offline.reading.continuity.states import StateReader
from offline.reading.reading import Reading
from offline.reading.scenes import SceneStretch
from offline.reading.units import Unit

CUT = frozenset({"short", "curly", "bob", "shaved"})
TOLD_AGAIN = frozenset({"short", "long", "bun", "ponytail"})
"""What can be said of cut hair without its being otherwise."""
WORN = (Aspect.COSTUME, Aspect.COAT, Aspect.HAT, Aspect.GLASSES, Aspect.SHOES, Aspect.TORN)
FIRST_BEATS, SOON = 2, 10
"""So many beats of a scene, or letters of any beat, tell whether a day has gone by."""

Found = dict[str, list[Change]]
"""By beat."""


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
    _shot(scenes, found)
    _asked_for(scenes, found, moments, reader)
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


def _shot(scenes: tuple[Scene, ...], found: Found) -> None:
    """Who falls when another has shot is hit."""
    aiming: set[str] = set()
    for scene in scenes:
        for beat in scene.beats:
            before, aiming = aiming, set()
            for deed in beat.deeds:
                if deed.action == "shoot":
                    aiming.add(deed.who)
                elif deed.action == "fall" and (aiming | before) - {deed.who}:
                    found[beat.key].append(Change(who=deed.who, aspect=Aspect.WOUND, to="body", span=deed.span))


def _asked_for(
    scenes: tuple[Scene, ...], found: Found, moments: Mapping[str, tuple[Unit, ...]], reader: StateReader
) -> None:
    """Hair is cut where somebody had just asked for it, and not only where the story looks at it again."""
    beats = [beat for scene in scenes for beat in scene.beats]
    for number, beat in enumerate(beats):
        cut = next((c for c in found[beat.key] if c.aspect is Aspect.HAIR and c.to in CUT), None)
        if cut is None:
            continue
        asked = [n for n in range(number) if any(reader.announces(unit) for unit in moments[beats[n].key])]
        talk = next((n for n in reversed(asked) if _takes_part(beats[n], cut.who)), None)
        after = (
            next((n for n in range(talk + 1, number) if not _spoken(moments[beats[n].key])), None)
            if talk is not None
            else None
        )
        if after is not None:
            start = beats[after].span.start
            found[beats[after].key].insert(0, cut.model_copy(update={"span": Span(start=start, end=start)}))
        return


def _takes_part(beat: Beat, who: str) -> bool:
    return who in beat.present or any(who in (line.speaker, line.addressee) for line in beat.lines)


def _spoken(moment: tuple[Unit, ...]) -> bool:
    return any(unit.spoken for unit in moment)


@dataclass(slots=True)
class _Writer:
    """Goes through the story with what everybody wears by then."""

    reader: StateReader
    scenes: tuple[Scene, ...]
    found: Found
    now: dict[tuple[str, Aspect], str] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)
    slight: set[str] = field(default_factory=set)
    for_now: set[str] = field(default_factory=set)
    """Who is said to wear something, but not to have changed into it."""
    done: Found = field(default_factory=dict)

    def written(self) -> Found:
        for scene in self.scenes:
            self.done |= {beat.key: [] for beat in scene.beats}
            opening = " ".join(beat.told for beat in scene.beats[:FIRST_BEATS])
            for who in sorted(self.for_now):
                self._put(scene.beats[0], Change(who=who, aspect=Aspect.COSTUME, span=_start_of(scene.beats[0])))
            self.for_now = set()
            for beat in scene.beats:
                self._time_goes_by(beat, opening if beat is scene.beats[0] else "")
                new = set(beat.present) - self.met
                for change in self.found[beat.key]:
                    self._take(change, scene, beat, first=change.who in new)
                self.met |= set(beat.present)
        return self.done

    def _time_goes_by(self, beat: Beat, opening: str) -> None:
        """A new day, told at once or soon after a scene begins: clothes as ever; after weeks, whole again."""
        over: tuple[Aspect, ...] = ()
        if self._tells("fresh", beat, opening):
            over += WORN
        if self._tells("healing", beat, opening):
            over += (Aspect.WOUND, Aspect.BANDAGE)
        for (who, aspect), to in list(self.now.items()):
            undone = over and (
                (aspect is Aspect.HAIR and to not in CUT) or (aspect is Aspect.WOUND and who in self.slight)
            )
            if aspect in over or undone:
                self._put(beat, Change(who=who, aspect=aspect, span=_start_of(beat)))

    def _tells(self, key: str, beat: Beat, opening: str) -> bool:
        row = pattern(self.reader.states, key)
        return bool(row.search(opening) or row.search(beat.told[:SOON]))

    def _take(self, change: Change, scene: Scene, beat: Beat, *, first: bool) -> None:
        """`first` when nobody has seen the person before: then the sheet tells how he looks."""
        before = self.now.get((change.who, change.aspect), "")
        if change.to == "again":
            change = change.model_copy(update={"to": "yes"})
            if not before:
                self._put(self._entrance(change.who, scene, beat), change, at_start=True)
            return
        if first and change.aspect in WORN and change.to != OFF:
            return
        if change.to not in ("", OFF) and change.aspect in WORN and before == OFF:
            change = change.model_copy(update={"to": ""})
        if change.aspect is Aspect.HAIR and before in CUT and change.to in TOLD_AGAIN:
            return
        if change.aspect is Aspect.WOUND and pattern(self.reader.states, "slight").search(beat.told):
            self.slight.add(change.who)
        if change.aspect is Aspect.COSTUME and not self._lasts(change):
            self.for_now.add(change.who)
        if change.to != before or change.aspect is Aspect.HOLDS:
            self._put(beat, change)

    def _lasts(self, change: Change) -> bool:
        return bool(pattern(self.reader.states, "lasting").search(self.reader.text, change.span.start, change.span.end))

    def _entrance(self, who: str, scene: Scene, beat: Beat) -> Beat:
        return next((b for b in scene.beats if who in b.present), beat)

    def _put(self, beat: Beat, change: Change, *, at_start: bool = False) -> None:
        if at_start:
            change = change.model_copy(update={"span": _start_of(beat)})
        self.done[beat.key].append(change)
        if change.aspect is Aspect.HOLDS or change.aspect is Aspect.WET:
            return
        if change.to:
            self.now[change.who, change.aspect] = change.to
        else:
            self.now.pop((change.who, change.aspect), None)


def _start_of(beat: Beat) -> Span:
    return Span(start=beat.span.start, end=beat.span.start)
