"""What a scene tells in, its time of day and weather out."""

from manga.plot import Scene, TimeOfDay, Weather
from providers.offline.story import Lore

LATE = 0.6
"""An hour named after this share of a scene is not when the scene begins."""
LASTING = frozenset({Weather.RAIN, Weather.SNOW})


def time_of(tables: Lore, told: str, before: Scene | None, *, jumped: bool) -> TimeOfDay:
    """A scene that says nothing goes on in the hour of the one before, unless time has passed."""
    carried = before.time_of_day if before and not jumped else None
    first = tables.time(told[: int(len(told) * LATE) + 1]) if carried else tables.time(told)
    return first or carried or TimeOfDay.DAY


def weather_of(tables: Lore, told: str, setting: str, before: Scene | None, *, jumped: bool) -> Weather:
    """The weather while the scene lasts: a rain that is over has been there before it; wind stays where it blows."""
    ends = [match.end() for match in tables.pattern("weather_over").finditer(told)]
    if ends:
        return tables.weather(told[ends[-1] :]) or Weather.CLEAR
    found = tables.weather(told)
    if found is None and before and not jumped and (before.weather in LASTING or before.setting == setting):
        return before.weather
    return found or Weather.CLEAR
