"""Wishes for the kind of book: genre, mood, period and place, readers, direction, title. The story's words stay."""

from collections.abc import Sequence
from typing import Any

from manga.brief import Settings
from manga.concept import Concept, Genre, Period
from manga.paper import Direction, first_side
from manga.plot import Emotion
from manga.revision import Wish
from offline.reading.concept import READERS, style_of
from offline.reading.story import lore
from offline.wishes.revising.hearing import Hearing, carried_out

MOST_GENRES = 4


def revised_concept(raw: Concept, wishes: Sequence[Wish], settings: Settings) -> Concept:
    """`raw` is the concept without any wish. Raises `WishRefused`."""
    return carried_out("concept", raw, wishes, lambda concept, hearing: _step(concept, hearing, settings))


def _step(concept: Concept, hearing: Hearing, settings: Settings) -> Concept:
    if hearing.has("ending"):
        hearing.refuse(
            "結末は物語の言葉そのものなので、ここでは書き換えません。物語の文を直して描き直してください。",
            "The ending is the story's own words, which are not rewritten here: change the story and draw it again.",
        )
        return concept
    changes = _named(concept, hearing) | _kind(concept, hearing, settings) | _world(concept, hearing)
    if direction := hearing.first("directions"):
        changes |= {"direction": Direction(direction), "start_side": first_side(Direction(direction))}
    return Concept.of(concept.model_dump() | changes)


def _named(concept: Concept, hearing: Hearing) -> dict[str, Any]:
    """Title, theme and author as the person says them."""
    longest = {"title": 120, "theme": 200, "author": 120}
    current = {"title": concept.title, "theme": concept.theme, "author": concept.author or ""}
    changes: dict[str, Any] = {}
    for field, old in current.items():
        if not hearing.has(field):
            continue
        new = hearing.quoted(old) or hearing.value(f"{field}_value")
        if new:
            changes[field] = new[: longest[field]]
        else:
            hearing.refuse("新しい言葉を「」で書いてください。", "Write the new words in quotation marks.")
    return changes


def _kind(concept: Concept, hearing: Hearing, settings: Settings) -> dict[str, Any]:
    """Another genre leads, and brings its readers and its manner of drawing unless the person has chosen one."""
    changes: dict[str, Any] = {}
    genres = tuple(map(Genre, hearing.all("genres")))
    if genres:
        genres = tuple(dict.fromkeys((*genres, *concept.genres)))[:MOST_GENRES]
        changes["genres"] = genres
    style = hearing.first("styles")
    if style is None and genres and settings.style == "auto":
        style = style_of(genres)
    if style is not None:
        changes |= {"art_style": style, "target_readers": READERS[concept.language][style]}
    if mood := hearing.first("moods"):
        changes["mood"] = lore(concept.language).mood(Emotion(mood))
    return changes


def _world(concept: Concept, hearing: Hearing) -> dict[str, Any]:
    period, place = hearing.first("periods"), hearing.value("place_value")
    changes: dict[str, Any] = {}
    if period is not None:
        changes["period"] = Period(period)
    if place:
        changes["place"] = place
    return {"world": concept.world.model_dump() | changes} if changes else {}
