"""A plot that is there already, with a person's wish carried out: what is otherwise about its scenes and beats.

The question shows the scenes of the wish, and of the others what they are about; the story itself is read again only
where a scene is to be broken down anew. Scenes that nothing is said of stay as they are.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from agents.changed_appearance import settled
from agents.checked_answers import Fault
from agents.plot.plot_losses import SCENE, PlacedLoss, lost_changes, lost_setting, refused_loss
from agents.plot.story_parts import Joined
from agents.prompt_facts import Json, told_scenes
from manga.characters import Cast, SpeechStyle
from manga.continuity import Change
from manga.losses import Reason, shortened
from manga.plot import MOST_ROOM, Beat, Deed, Line, Plot, Scene, needs_of
from manga.plot_draft import ChangedBeat, ChangedLine, ChangedPlot, ChangeDraft, ChangedScene, Person
from manga.values import Span
from manga.vocabulary.places import known_setting

PROMPT = "plot_revision"
TOLD, TOLD_AFAR = 160, 80
"""Letters of a scene that no wish is about, beside one that is and elsewhere: what is taken out may be what it counts
on."""
_UNREAD = ("confidence", "addressee", "must")
"""What of a line no wish about a scene reads."""


def scoped(plot: Plot, scope: Iterable[str]) -> frozenset[str]:
    """Keys of the scenes that are named, or hold a beat or a line that is."""
    wanted = frozenset(scope)
    return frozenset(scene.key for scene in plot.scenes if names_in(scene) & wanted)


def names_in(scene: Scene) -> frozenset[str]:
    """The keys of a scene, its beats and its lines."""
    lines = (line.key for beat in scene.beats for line in beat.lines)
    return frozenset((scene.key, *(beat.key for beat in scene.beats), *lines))


def passages(plot: Plot, keys: Set[str], most: int, holds: Callable[[Span], bool] = lambda passage: True) -> list[Span]:
    """The stretches of the text that these scenes tell; scenes that follow each other are one, up to `most`
    characters and to what one question holds."""
    found: list[Span] = []
    for scene in plot.scenes:
        start, end = scene.beats[0].span.start, scene.beats[-1].span.end
        if scene.key not in keys:
            continue
        longer = Span(start=found[-1].start, end=end) if found and found[-1].end == start else None
        if longer is not None and end - longer.start <= most and holds(longer):
            found[-1] = longer
        else:
            found.append(Span(start=start, end=end))
    return found


def plot_told(plot: Plot, keys: Set[str]) -> list[Json]:
    """The scenes in order: those of `keys` (all where there are none) with their beats, the others in a line."""
    shown, premises = plot.shown(), needs_of(plot.beats())
    near = {at + step for at, scene in enumerate(plot.scenes) if scene.key in keys for step in (-1, 1)}
    return [
        _scene_told(scene, shown, premises)
        if not keys or scene.key in keys
        else _in_brief(scene, shown, TOLD if at in near else TOLD_AFAR)
        for at, scene in enumerate(plot.scenes)
    ]


def people_of_scenes(people: Sequence[Person], plot: Plot, keys: Set[str]) -> tuple[Person, ...]:
    """The cast as a wish about some scenes needs it: whoever is in them with looks and ways, of the others the name.
    All of everybody where no scene is named."""
    if not keys:
        return tuple(people)
    there = {who for scene in plot.scenes if scene.key in keys for who in _people_of(scene)}
    return tuple(
        one.model_copy(update={"speech": SpeechStyle()}) if one.key in there else Person(key=one.key, name=one.name)
        for one in people
    )


def _people_of(scene: Scene) -> Iterator[str]:
    yield from scene.present
    for beat in scene.beats:
        yield from (*beat.present, *(deed.who for deed in beat.deeds), *(change.who for change in beat.changes))
        yield from (who for line in beat.lines for who in (line.speaker, line.addressee) if who)


def _scene_told(scene: Scene, shown: Set[str], premises: Mapping[str, Sequence[str]]) -> Json:
    (told,) = told_scenes((scene,))
    plain = told.model_dump(mode="json", exclude_defaults=True)
    for line in (line for beat in plain["beats"] for line in beat.get("lines", ())):
        for name in _UNREAD:
            line.pop(name, None)
    return {**plain, "beats": [{**beat, **_placed(beat["key"], shown, premises)} for beat in plain["beats"]]}


def _placed(key: str, shown: Set[str], premises: Mapping[str, Sequence[str]]) -> Json:
    """Whether a beat is out of the book, and what it counts on."""
    out: Json = {"cut": True} if key not in shown else {}
    return out | ({"needs": premises[key]} if key in premises else {})


def _in_brief(scene: Scene, shown: Set[str], most: int) -> Json:
    """Enough to know what it counts on: what its editor says of it, and how its weightiest moment begins."""
    left = [beat for beat in scene.beats if beat.key in shown]
    best = max(left or scene.beats, key=lambda beat: beat.importance)
    told = " / ".join(part for part in (scene.what_happens, best.words) if part)
    return {"key": scene.key, "place": scene.place, "told": shortened(told, most)} | ({} if left else {"cut": True})


def remarks_told(plot: Plot, keys: Set[str], remarks: Mapping[str, Sequence[str]]) -> list[Json]:
    """What an editor has found in these scenes (all where there are none) and nobody has mended; `remarks` by beat."""
    return [
        {"scene": scene.key, "beat": beat.key, "fault": fault}
        for scene in plot.scenes
        if not keys or scene.key in keys
        for beat in scene.beats
        for fault in remarks.get(beat.key, ())
    ]


def faults_of_changes(patch: ChangedPlot, plot: Plot, cast: Cast) -> Iterator[Fault]:
    """Keys that the plot or the cast does not have."""
    scenes = {scene.key: {beat.key: beat for beat in scene.beats} for scene in plot.scenes}
    people = {person.key for person in cast.characters}
    for key in (*(one.key for one in patch.scenes), *patch.anew, *(one.after for one in patch.scenes if one.after)):
        if key not in scenes:
            yield Fault(f"There is no scene {key}.", key)
    for one in patch.scenes:
        for beat in one.beats:
            if beat.key not in scenes.get(one.key, {}):
                yield Fault(f"Scene {one.key} has no beat {beat.key}.", beat.key)
            if strange := sorted(_people_in(beat) - people):
                yield Fault(f"{strange[0]} in beat {beat.key} is nobody of the cast.", beat.key)


def _people_in(beat: ChangedBeat) -> set[str]:
    doers = {deed.who for deed in beat.deeds or ()} | {change.who for change in beat.changes or ()}
    return {*(beat.present or ())} | doers | {line.speaker for line in beat.lines if line.speaker}


def with_changes(plot: Plot, patch: ChangedPlot, keys: Set[str]) -> Joined:
    """The plot's scenes with what the patch says of those in `keys` (all where there are none)."""
    own = {one.key: one for one in patch.scenes if not keys or one.key in keys}
    scenes = tuple(_with(scene, own[scene.key]) if scene.key in own else scene for scene in plot.scenes)
    shown = set(plot.shown())
    for scene in scenes:
        for key, out in _cuts(scene, own.get(scene.key)):
            (shown.discard if out else shown.add)(key)
    hooks = {page.beats[-1]: page.hook for page in plot.pages if page.hook}
    cut = frozenset(beat.key for scene in scenes for beat in scene.beats if beat.key not in shown)
    left = {key: hook for key, hook in hooks.items() if key not in cut}
    return Joined(tuple(_in_order(scenes, own)), cut, left, tuple(_lost(plot, patch, own)), patched=True)


def _lost(plot: Plot, patch: ChangedPlot, own: Mapping[str, ChangedScene]) -> Iterator[PlacedLoss]:
    """What of a patch is not in the scenes as it was said: words of the register in place of others, and scenes that
    nobody wished to be otherwise."""
    for scene in plot.scenes:
        said = [one for one in patch.scenes if one.key == scene.key]
        if said and scene.key not in own:
            words = said[0].what_happens or said[0].place or scene.key
            yield scene.beats[0].span.start, refused_loss("scene", words, Reason.OUT_OF_SCOPE, SCENE)
        elif said:
            yield from _replaced(scene, own[scene.key])


def _replaced(scene: Scene, patch: ChangedScene) -> Iterator[PlacedLoss]:
    if patch.setting is not None:
        lost = lost_setting(patch.setting, known_setting(patch.setting))
        yield from ((scene.beats[0].span.start, loss) for loss in lost)
    spans = {beat.key: beat.span for beat in scene.beats}
    for beat in patch.beats:
        changes = beat.changes or ()
        lost = lost_changes(changes, _settled(changes, spans[beat.key]))
        yield from ((spans[beat.key].start, loss) for loss in lost)


def _settled(changes: Iterable[ChangeDraft], span: Span) -> tuple[Change, ...]:
    told = (Change(who=c.who, aspect=c.aspect, to=c.to, words=c.words, span=span) for c in changes)
    return tuple(map(settled, told))


def _cuts(scene: Scene, patch: ChangedScene | None) -> Iterator[tuple[str, bool]]:
    if patch is None:
        return
    if patch.cut is not None:
        yield from ((beat.key, patch.cut) for beat in scene.beats)
    yield from ((beat.key, beat.cut) for beat in patch.beats if beat.cut is not None)


def _in_order(scenes: Sequence[Scene], own: Mapping[str, ChangedScene]) -> Iterable[Scene]:
    found = list(scenes)
    for scene in scenes:
        after = own[scene.key].after if scene.key in own else None
        if after is None or after == scene.key:
            continue
        found.remove(scene)
        place = next((n for n, other in enumerate(found, start=1) if other.key == after), 0)
        found.insert(place, scene)
    return found


def _with(scene: Scene, patch: ChangedScene) -> Scene:
    said = _said(patch, "key", "cut", "after", "room", "beats")
    if patch.room is not None:
        wished = scene.room + (1 if patch.room == "more" else -1)
        said["room"] = max(-MOST_ROOM, min(MOST_ROOM, wished))
    if patch.setting is not None:
        said["setting"] = known_setting(patch.setting)
    beats = {one.key: one for one in patch.beats}
    own = tuple(_beat_with(beat, beats[beat.key]) if beat.key in beats else beat for beat in scene.beats)
    return scene.model_copy(update={**said, "beats": own})


def _beat_with(beat: Beat, patch: ChangedBeat) -> Beat:
    said = _said(patch, "key", "cut", "lines", "deeds", "changes")
    if patch.deeds is not None:
        said["deeds"] = tuple(Deed(who=d.who, action=d.action, thing=d.thing, span=beat.span) for d in patch.deeds)
    if patch.changes is not None:
        said["changes"] = _settled(patch.changes, beat.span)
    lines = {one.key: one for one in patch.lines}
    own = tuple(_line_with(line, lines[line.key]) if line.key in lines else line for line in beat.lines)
    return beat.model_copy(update={**said, "lines": own})


def _line_with(line: Line, patch: ChangedLine) -> Line:
    said = _said(patch, "key")
    return line.model_copy(update={**said, "confidence": 1.0} if patch.speaker else said)


def _said(patch: ChangedScene | ChangedBeat | ChangedLine, *apart: str) -> dict[str, Any]:
    return {name: value for name, value in patch if value is not None and name not in apart}


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
    hooks = {renamed[key]: hook for key, hook in joined.hooks.items()}
    return Joined(tuple(scenes), cut, hooks, joined.losses)


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
    shown = previous.shown()
    kept = {beat.key for scene in previous.scenes if scene.key not in keys for beat in scene.beats}
    return Joined(tuple(scenes), joined.cut | (kept - shown), joined.hooks, joined.losses)
