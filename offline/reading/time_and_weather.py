"""Finds a scene's time of day and weather in what it tells."""

import re
from collections.abc import Sequence
from itertools import pairwise

from manga.plot import Ground, Scene, TimeOfDay, Weather
from manga.vocabulary.weather import weathers
from offline.reading.lexicon_tables import Lore

LATE = 0.6
"""An hour named after this share of a scene is not when the scene begins."""
_THAWS = re.compile("spring|blossom|flower|leaf|bloom", re.IGNORECASE)
"""What is over when these are told leaves nothing behind."""
LASTING = frozenset({Weather.RAIN, Weather.SNOW})


def time_of(tables: Lore, told: str, before: Scene | None, *, jumped: bool, said: str = "") -> TimeOfDay:
    """What is told, else how people greet; a scene that says nothing goes on in the hour of the one before, unless
    time has passed."""
    carried = before.time_of_day if before and not jumped else None
    first = tables.time(told[: int(len(told) * LATE) + 1]) if carried else tables.time(told)
    return first or greeted(tables, said) or carried or TimeOfDay.DAY


def greeted(tables: Lore, said: str) -> TimeOfDay | None:
    """The hour in which people say such words: good morning; おはよう."""
    label = tables.table("times_said").earliest(said)
    return TimeOfDay(label) if label else None


def weather_of(tables: Lore, told: str, setting: str, before: Scene | None, *, jumped: bool, said: str = "") -> Weather:
    """The weather while the scene lasts: a rain that is over has been there before it, unless it came on in this very
    scene; wind stays where it blows. What is said of it counts only where nothing is told."""
    come = tables.weather.begins(told)
    if come is not None:
        return come
    ends = [match.end() for match in tables.weather.over.finditer(told)]
    if ends:
        return tables.weather.told(told[ends[-1] :]) or Weather.CLEAR
    found = tables.weather.told(told)
    if found is None and before and not jumped:
        last = weather_by_beat(tables, before)[-1]
        if last in LASTING or before.setting == setting:
            return last
    return found or (None if told.strip() else tables.weather.told(said)) or Weather.CLEAR


def ground_of(tables: Lore, told: str, weather: Weather, before: Scene | None, *, jumped: bool) -> Ground:
    """What lies on the ground outdoors: as it is told, else what the weather before has left there."""
    if (found := tables.weather.ground(told)) is not None:
        return found
    ends = [match for match in tables.weather.over.finditer(told) if not _THAWS.search(match.group())]
    fell = tables.weather.told(told[: ends[-1].end()]) if ends else None
    if fell is not None and fell in LASTING and fell is not weather:
        return _left_by(fell)
    if before is None or jumped:
        return Ground.DRY
    return _left_by(before.weather) if before.weather in LASTING and weather is not before.weather else before.ground


def ground_by_beat(scene: Scene, weathers_by_beat: Sequence[Weather]) -> list[Ground]:
    """Of a scene whose rain or snow ends in it: what that has left, from when it is over."""
    found, over = [], False
    for before, now in pairwise((weathers_by_beat[0], *weathers_by_beat)):
        over = over or (before is scene.weather and now is not before)
        found.append(_left_by(scene.weather) if over and scene.ground is Ground.DRY else scene.ground)
    return found


def _left_by(weather: Weather) -> Ground:
    return Ground(weathers().entries[weather].leaves)


def weather_by_beat(tables: Lore, scene: Scene) -> list[Weather]:
    """The scene's weather beat by beat: what comes on in it has not been there before, and ends when it is told to."""
    texts = [tables.real(beat.told) for beat in scene.beats]
    comes = [tables.weather.begins(text) is scene.weather for text in texts]
    first = next((i for i, text in enumerate(texts) if tables.weather.told(text) is scene.weather), len(texts))
    now = Weather.CLEAR if any(comes) and comes.index(True) <= first else scene.weather
    found: list[Weather] = []
    for text, begins in zip(texts, comes, strict=True):
        ends = [match.end() for match in tables.weather.over.finditer(text)]
        if begins:
            now = scene.weather
        elif ends and now is scene.weather:
            now = tables.weather.told(text[ends[-1] :]) or Weather.CLEAR
        found.append(now)
    return found
