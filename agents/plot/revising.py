"""A plot that is to be revised: as the draft that a model answers again, and what stays of it when it has answered."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from agents.plot.joining import Joined
from manga.plot import Beat, LineKind, Plot, Scene
from manga.plot_draft import BeatDraft, ChangeDraft, DeedDraft, LineDraft, PlotDraft, SceneDraft
from manga.values import Span

EVIDENCE, LONGEST = 40, 8000
"""Characters of an evidence, and of a line; more of one speech is found by what is copied of it."""


def draft_of(plot: Plot, text: str, span: Span | None = None) -> PlotDraft | None:
    """The draft that a plot could have been made from; of the beats that begin within a stretch only. `text` is what
    its spans count in. None when no beat begins there."""
    shown = {key for page in plot.pages for key in page.beats}
    scenes = []
    for scene in plot.scenes:
        own = [b for b in scene.beats if span is None or span.start <= b.span.start < span.end]
        beats = tuple(_beat(beat, text, cut=beat.key not in shown) for beat in own)
        if beats:
            scenes.append(_scene(scene, beats, goes_on=own[0] is not scene.beats[0]))
    return PlotDraft(scenes=tuple(scenes), pages=len(plot.pages)) if scenes else None


def _scene(scene: Scene, beats: tuple[BeatDraft, ...], *, goes_on: bool) -> SceneDraft:
    return SceneDraft(
        key=scene.key,
        place=scene.place,
        setting=scene.setting,
        time_of_day=scene.time_of_day,
        weather=scene.weather,
        ground=scene.ground,
        what_happens=scene.what_happens,
        emotion=scene.emotion,
        importance=scene.importance,
        flashback=scene.flashback,
        goes_on=goes_on,
        beats=beats,
    )


def _beat(beat: Beat, text: str, *, cut: bool) -> BeatDraft:
    words = " ".join(text[beat.span.start : beat.span.end].split())
    return BeatDraft(
        evidence=words[:EVIDENCE] or "-",
        lines=tuple(
            LineDraft(
                text=line.text[:LONGEST],
                kind=line.kind,
                speaker=line.speaker,
                confidence=line.confidence,
                addressee=line.addressee,
            )
            for line in beat.lines
            if line.kind is not LineKind.NARRATION
        ),
        present=beat.present,
        emotion=beat.emotion,
        importance=beat.importance,
        action=beat.action,
        deeds=tuple(DeedDraft(who=d.who, action=d.action, thing=d.thing) for d in beat.deeds[:12]),
        changes=tuple(ChangeDraft(who=c.who, aspect=c.aspect, to=c.to, words=c.words) for c in beat.changes[:12]),
        props=beat.props[:12],
        sound=beat.sound,
        reveal=beat.reveal,
        cut=cut,
    )


def scoped(plot: Plot, scope: Iterable[str]) -> frozenset[str]:
    """Keys of the scenes that are named, or hold a beat or a line that is."""
    wanted = frozenset(scope)
    return frozenset(scene.key for scene in plot.scenes if _names(scene) & wanted)


def _names(scene: Scene) -> frozenset[str]:
    lines = (line.key for beat in scene.beats for line in beat.lines)
    return frozenset((scene.key, *(beat.key for beat in scene.beats), *lines))


def passages(plot: Plot, keys: Set[str], most: int) -> list[Span]:
    """The stretches of the text that these scenes tell; scenes that follow each other are one, up to `most`
    characters."""
    found: list[Span] = []
    for scene in plot.scenes:
        start, end = scene.beats[0].span.start, scene.beats[-1].span.end
        if scene.key not in keys:
            continue
        if found and found[-1].end == start and end - found[-1].start <= most:
            found[-1] = Span(start=found[-1].start, end=end)
        else:
            found.append(Span(start=start, end=end))
    return found


@dataclass(slots=True)
class _Keys:
    """Old keys for what is where it was; new ones for what is new."""

    letter: str
    width: int
    old: Mapping[tuple[int, ...], str]
    highest: int
    given: set[str] = field(default_factory=set)

    def key(self, place: tuple[int, ...]) -> str:
        key = self.old.get(place)
        if key is None or key in self.given:
            self.highest += 1
            key = f"{self.letter}{self.highest:0{self.width}d}"
        self.given.add(key)
        return key


def _keys(letter: str, width: int, old: Sequence[tuple[tuple[int, ...], str]]) -> _Keys:
    return _Keys(letter, width, dict(reversed(old)), max((int(key[1:]) for _, key in old), default=0))


def with_keys_of(previous: Plot, joined: Joined) -> Joined:
    """Everything that begins where something began before is known by the same key: edits, locks and pictures hang on
    keys."""
    beats = previous.beats()
    scene_keys = _keys("s", 2, [((s.beats[0].span.start,), s.key) for s in previous.scenes])
    beat_keys = _keys("b", 4, [((b.span.start,), b.key) for b in beats])
    line_keys = _keys("l", 4, [((n.span.start, n.span.end), n.key) for b in beats for n in b.lines])
    renamed: dict[str, str] = {}
    scenes = []
    for scene in joined.scenes:
        own = []
        for beat in scene.beats:
            renamed[beat.key] = key = beat_keys.key((beat.span.start,))
            lines = tuple(
                line.model_copy(update={"key": line_keys.key((line.span.start, line.span.end))}) for line in beat.lines
            )
            own.append(beat.model_copy(update={"key": key, "lines": lines}))
        key = scene_keys.key((scene.beats[0].span.start,))
        scenes.append(scene.model_copy(update={"key": key, "beats": tuple(own)}))
    cut = frozenset(renamed[key] for key in joined.cut)
    return Joined(tuple(scenes), cut, {renamed[key]: hook for key, hook in joined.hooks.items()})


def kept_outside(previous: Plot, joined: Joined, keys: Set[str]) -> Joined:
    """Scenes that were not to change are as they were, wherever they tell the same stretch as before."""
    old = {scene.key: scene for scene in previous.scenes if scene.key not in keys}
    scenes = tuple(
        old[scene.key] if scene.key in old and _reach(old[scene.key]) == _reach(scene) else scene
        for scene in joined.scenes
    )
    shown = {key for page in previous.pages for key in page.beats}
    there = {beat.key for scene in scenes for beat in scene.beats}
    as_before = {b.key for scene in scenes if scene in old.values() for b in scene.beats}
    cut = (joined.cut - as_before) | (as_before - shown)
    return Joined(scenes, frozenset(cut & there), {key: hook for key, hook in joined.hooks.items() if key in there})


def _reach(scene: Scene) -> tuple[int, int]:
    return scene.beats[0].span.start, scene.beats[-1].span.end


def exchanged(previous: Plot, joined: Joined, keys: Set[str]) -> Joined:
    """The previous scenes, those of `keys` exchanged for the new ones that begin in their stretches."""
    new = {scene.beats[0].span.start: scene for scene in joined.scenes}
    scenes: list[Scene] = []
    for scene in previous.scenes:
        if scene.key not in keys:
            scenes.append(scene)
            continue
        start, end = _reach(scene)
        scenes += [one for at, one in sorted(new.items()) if start <= at < end]
    shown = {key for page in previous.pages for key in page.beats}
    kept = {beat.key for scene in previous.scenes if scene.key not in keys for beat in scene.beats}
    return Joined(tuple(scenes), joined.cut | (kept - shown), joined.hooks)
