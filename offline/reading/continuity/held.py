"""Changes of hands by beat in, those that can be believed out, with what they leave to be understood.

Nobody lays down what he does not hold; who lays down a thing that was never taken, has held it since the scene began,
or through all the scenes since it was taken.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from drawing.art.props.coils import bare
from manga.continuity import OFF, Aspect, Change
from manga.plot import Beat, Deed, Scene
from manga.values import Span

TAKES = frozenset({"take", "carry", "hold"})
REACHES = TAKES | {"reach"}
GIVES = frozenset({"drop", "give"})
LETS_GO = GIVES | {"throw"}
NO_BURDEN = frozenset({"door", "sign", "well", "fire", "cart", "drum", "spider", "bell", "telescope"})
"""Things that stand where they are."""

Changes = dict[str, tuple[Change, ...]]
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
