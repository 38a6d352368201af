"""Makes the plot from a reading, a concept and a cast."""

from collections.abc import Sequence

from manga.brief import Language
from manga.characters import Cast
from manga.concept import Concept
from manga.fit_story_to_pages import plan_book
from manga.paper import turns_after
from manga.plot import Act, Beat, Emotion, LineKind, Plot, Scene
from offline.reading.cast import keys_by_name
from offline.reading.group_moments import group_units
from offline.reading.importance import ranked
from offline.reading.lexicon_tables import Lore, lore
from offline.reading.make_beats import BeatWriter
from offline.reading.place_mentions import place_phrase
from offline.reading.scene_changes import with_changes
from offline.reading.scene_place import DEFAULTS
from offline.reading.scenes import SceneStretch, split_scenes
from offline.reading.story_reading import Reading
from offline.reading.time_and_weather import ground_of, time_of, weather_of
from offline.reading.told_pieces import cut_units

OPENING = 120
"""Letters that say whether it is one."""
CHARACTERS_A_PAGE = {Language.JA: 220.0, Language.EN: 570.0}


def remembered(tables: Lore, beats: Sequence[Beat]) -> bool:
    told = " ".join(beat.told for beat in beats)
    return bool(tables.pattern("flashback").search(told[:OPENING]))


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
    scenes = write_scenes(reading, concept, stretches, write_beats(reading, cast, stretches))
    scenes = with_changes(reading, keys_by_name(reading, cast), stretches, scenes)
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


def write_scenes(
    reading: Reading, concept: Concept, stretches: Sequence[SceneStretch], written: Sequence[tuple[Beat, ...]]
) -> tuple[Scene, ...]:
    tables = lore(reading.language)
    scenes: list[Scene] = []
    for stretch, beats in zip(stretches, written, strict=True):
        scenes.append(write_scene(reading, concept, tables, stretch, beats, scenes))
    return tuple(scenes)


def write_scene(
    reading: Reading,
    concept: Concept,
    tables: Lore,
    stretch: SceneStretch,
    beats: tuple[Beat, ...],
    earlier: Sequence[Scene],
) -> Scene:
    before = earlier[-1] if earlier else None
    text = reading.source.text[stretch.start : stretch.end]
    told = tables.real(" ".join(b.told for b in beats))
    said = " ".join(line.text for b in beats for line in b.lines if line.kind is not LineKind.NARRATION)
    here = stretch.place.label
    setting = here or (before.setting if before else "") or DEFAULTS.get(concept.world.period.value, "room")
    place = place_phrase(reading.language, here, told) or stretch.place.words
    place = place or (before.place if before and before.setting == setting else "")
    jumped = stretch.opening == "jump"
    weather = weather_of(tables, told, setting, before, jumped=jumped, said=said)
    return Scene(
        key=f"s{len(earlier) + 1:02d}",
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
        flashback=bool(before) and remembered(tables, beats),
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
