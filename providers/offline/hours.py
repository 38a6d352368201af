"""What a scene tells in, its time of day and weather out."""

from manga.plot import Scene, TimeOfDay, Weather
from providers.offline.story import Lore

LATE = 0.6
"""An hour named after this share of a scene is not when the scene begins."""
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
    """The weather while the scene lasts: a rain that is over has been there before it; wind stays where it blows. What
    is said of it counts only where nothing is told."""
    ends = [match.end() for match in tables.pattern("weather_over").finditer(told)]
    if ends:
        return tables.weather(told[ends[-1] :]) or Weather.CLEAR
    found = tables.weather(told)
    if found is None and before and not jumped and (before.weather in LASTING or before.setting == setting):
        return before.weather
    return found or (None if told.strip() else tables.weather(said)) or Weather.CLEAR
