"""Makes the plot from a reading, a concept and a cast.

A scene that is only remembered ends where its own people are gone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from manga.brief import Language
from manga.characters import Cast
from manga.concept import Concept
from manga.fit_story_to_pages import plan_book
from manga.paper import turns_after
from manga.plot import Act, Beat, Emotion, LineKind, Plot, Scene
from offline.reading.cast import keys_by_name
from offline.reading.group_moments import group_units
from offline.reading.importance import ranked
from offline.reading.make_beats import BeatWriter
from offline.reading.place_mentions import SURE, sightings
from offline.reading.scene_changes import with_changes
from offline.reading.scene_place import DEFAULTS, aboard, find_setting, particular, place_phrase
from offline.reading.scenes import SceneStretch, split_scenes
from offline.reading.story_reading import Reading
from offline.reading.story_tables import Lore, lore
from offline.reading.time_and_weather import ground_of, time_of, weather_of
from offline.reading.told_pieces import cut_units

SHORTEST = 2
"""Beats after a memory that make a scene."""
OPENING = 120
"""Letters that say whether it is one."""
CHARACTERS_A_PAGE = {Language.JA: 220.0, Language.EN: 570.0}


@dataclass(frozen=True, slots=True)
class StoryStretch:
    """A stretch with its beats, and the number of the one that it goes on from; -1 at the beginning. One that `returns`
    from a memory is where that one was."""

    stretch: SceneStretch
    beats: tuple[Beat, ...]
    after: int
    returns: bool = False


def with_returns(
    tables: Lore, stretches: Sequence[SceneStretch], written: Sequence[tuple[Beat, ...]]
) -> list[StoryStretch]:
    """Linear in the number of beats."""
    parts: list[StoryStretch] = []
    for stretch, beats in zip(stretches, written, strict=True):
        outer = len(parts) - 1
        memory = bool(parts) and remembered(tables, beats)
        at = (_told_to_now(tables, beats) or _return(parts[outer].beats, beats)) if memory else 0
        if not at:
            parts.append(StoryStretch(stretch, beats, outer))
            continue
        parts.append(StoryStretch(replace(stretch, moments=stretch.moments[:at]), beats[:at], outer))
        parts.append(StoryStretch(SceneStretch(stretch.moments[at:]), beats[at:], outer, returns=True))
    return parts


def remembered(tables: Lore, beats: Sequence[Beat]) -> bool:
    told = " ".join(beat.told for beat in beats)
    return bool(tables.pattern("flashback").search(told[:OPENING]))


def _told_to_now(tables: Lore, beats: Sequence[Beat]) -> int:
    """The beat after the one that says that all has been so ever since; 0: none."""
    ends = tables.pattern("memory_ends")
    return next((at + 1 for at, beat in enumerate(beats[:-SHORTEST]) if ends.search(beat.told)), 0)


def _return(outer: Sequence[Beat], beats: Sequence[Beat]) -> int:
    """The first beat of somebody from before who is not in the memory, with nobody of the memory after it; 0: none."""
    before = {key for beat in outer for key in beat.present}
    inner: set[str] = set()
    for at, beat in enumerate(beats[: 1 - SHORTEST]):
        back = set(beat.present) & before - inner
        later = {key for other in beats[at:] for key in other.present}
        if at and back and not later & inner:
            return at
        inner |= set(beat.present)
    return 0


def make_plot(
    reading: Reading,
    concept: Concept,
    cast: Cast,
    *,
    pages: int | None = None,
    fidelity: str = "faithful",
    panels: int | None = None,
) -> Plot:
    stretches = split_scenes(reading.source, group_units(reading.source, cut_units(reading)))
    parts = with_returns(lore(reading.language), stretches, write_beats(reading, cast, stretches))
    scenes = write_scenes(reading, concept, parts)
    scenes = with_changes(reading, keys_by_name(reading, cast), [part.stretch for part in parts], scenes)
    planned = plan_book(
        scenes,
        reading.language,
        len(reading.source.text),
        pages,
        fidelity,
        panels=panels,
        turns_odd=turns_after(concept.start_side, concept.direction),
    )
    return Plot(acts=acts(scenes), scenes=scenes, pages=planned.pages, cuts=planned.cuts)


def write_beats(reading: Reading, cast: Cast, stretches: list[SceneStretch]) -> list[tuple[Beat, ...]]:
    """Beats by scene, ranked over the whole story."""
    writer = BeatWriter(reading, keys_by_name(reading, cast))
    moments = [moment for stretch in stretches for moment in stretch.moments]
    ends = [m[0].outer_start for m in moments[1:]] + [len(reading.source.text)]
    opening = {stretch.moments[0][0].start for stretch in stretches}
    written = [writer.write(m, end, opens=m[0].start in opening) for m, end in zip(moments, ends, strict=True)]
    firsts = {beat.key for beat, moment in zip(written, moments, strict=True) if moment[0].start in opening}
    beats = iter(ranked(written, firsts, reading.language))
    return [tuple(next(beats) for _ in stretch.moments) for stretch in stretches]


def write_scenes(reading: Reading, concept: Concept, parts: Sequence[StoryStretch]) -> tuple[Scene, ...]:
    tables = lore(reading.language)
    scenes: list[Scene] = []
    for number, part in enumerate(parts, start=1):
        before = scenes[part.after] if scenes else None
        scenes.append(write_scene(reading, concept, tables, number, part, before))
    castle = any(scene.setting == "palace" for scene in scenes) and concept.world.period.value == "medieval"
    return in_their_places(tables, scenes, concept.world.place, parts, castle=castle)


def in_their_places(
    tables: Lore, scenes: list[Scene], world: str, parts: Sequence[StoryStretch], *, castle: bool
) -> tuple[Scene, ...]:
    """Told when all scenes are: whether somebody has gone elsewhere is asked of common places. Who has not gone stays
    in the place of its own, whatever is told there; of a scene that only the `world` gives a place nobody knows.
    `parts` say which scene each goes on from, and which one returns to it."""
    settings: list[str] = []
    for at, scene in enumerate(scenes):
        told = tables.real(" ".join(beat.told for beat in scene.beats))
        setting = particular(tables, scene.setting, scene.place, told, castle=castle)
        before = scenes[parts[at].after] if at else None
        alike = before is not None and before.setting == scene.setting
        same = before is not None and before.place == scene.place
        stays = alike and scene.place != world and (same or not goes_there(tables, scene))
        back = parts[at].returns or (stays and setting == scene.setting)
        settings.append(settings[parts[at].after] if back else setting)
    placed = zip(scenes, settings, strict=True)
    return tuple(scene.model_copy(update={"setting": setting}) for scene, setting in placed)


def goes_there(tables: Lore, scene: Scene) -> bool:
    """Whether the scene opens with a way somewhere, or tells of people at a place of its kind and not only names it."""
    if any(tables.pattern("moves").search(beat.told) for beat in scene.beats[:1]):
        return True
    told = (sighting for beat in scene.beats for sighting in sightings(tables, beat.told))
    return any(sighting.label == scene.setting and sighting.strength >= SURE for sighting in told)


def write_scene(
    reading: Reading,
    concept: Concept,
    tables: Lore,
    number: int,
    part: StoryStretch,
    before: Scene | None,
) -> Scene:
    stretch, beats = part.stretch, part.beats
    text = reading.source.text[stretch.start : stretch.end]
    told = tables.real(" ".join(b.told for b in beats))
    said = " ".join(line.text for b in beats for line in b.lines if line.kind is not LineKind.NARRATION)
    sentences = [b.told for b in beats if b.told and not part.returns]
    setting = find_setting(tables, sentences, said, before.setting if before else "", opening=stretch.opening)
    setting = aboard(setting, told, before.setting if before else "", concept.world.period.value)
    setting = setting or DEFAULTS.get(concept.world.period.value, "room")
    place = place_phrase(tables, setting, "" if part.returns else told)
    place = place or (before.place if before and before.setting == setting else "")
    place = place or tables.busy_name(setting)
    jumped = stretch.opening == "jump"
    weather = weather_of(tables, told, setting, before, jumped=jumped, said=said)
    return Scene(
        key=f"s{number:02d}",
        heading=stretch.heading,
        place=(place or concept.world.place or setting)[:120],
        setting=setting,
        time_of_day=time_of(tables, told, before, jumped=jumped, said=said),
        weather=weather,
        ground=ground_of(tables, told, weather, before, jumped=jumped),
        present=present(beats),
        what_happens=summary(beats),
        emotion=scene_emotion(beats),
        importance=max(
            1, min(5, round(sum(sorted((b.importance for b in beats), reverse=True)[:3]) / min(3, len(beats))))
        ),
        flashback=bool(before) and not part.returns and remembered(tables, beats),
        beats=beats,
        page_budget=round(len(text) / CHARACTERS_A_PAGE[reading.language], 2),
    )


def present(beats: tuple[Beat, ...]) -> tuple[str, ...]:
    """Those who are seen in more than one beat, and all when there are few; most seen first."""
    seen: dict[str, int] = {}
    for beat in beats:
        for key in beat.present:
            seen[key] = seen.get(key, 0) + 1
    return tuple(sorted(seen, key=lambda key: -seen[key]))[:8]


def summary(beats: tuple[Beat, ...]) -> str:
    """The sentences of the weightiest beats, in their order."""
    best = sorted(range(len(beats)), key=lambda i: (-beats[i].importance, i))
    chosen = sorted([i for i in best if beats[i].told][:3])
    return " ".join(beats[i].told for i in chosen)[:600]


def scene_emotion(beats: tuple[Beat, ...]) -> Emotion:
    votes: dict[Emotion, int] = {}
    for beat in beats:
        if beat.emotion is not Emotion.NEUTRAL:
            votes[beat.emotion] = votes.get(beat.emotion, 0) + beat.importance
    return max(votes, key=lambda e: votes[e]) if votes else Emotion.NEUTRAL


def acts(scenes: tuple[Scene, ...]) -> tuple[Act, ...]:
    """起承転結 by length: a tenth and a half opens, the last stretch ends, the turn stands before it."""
    keys = [scene.key for scene in scenes]
    if len(keys) < 4:
        return (Act(name="development", scenes=tuple(keys)),)
    opening = max(1, round(len(keys) * 0.2))
    turn = min(len(keys) - 2, max(opening + 1, round(len(keys) * 0.6)))
    ending = max(turn + 1, round(len(keys) * 0.85))
    ending = min(ending, len(keys) - 1)
    return (
        Act(name="opening", scenes=tuple(keys[:opening])),
        Act(name="development", scenes=tuple(keys[opening:turn])),
        Act(name="turn", scenes=tuple(keys[turn:ending])),
        Act(name="ending", scenes=tuple(keys[ending:])),
    )
