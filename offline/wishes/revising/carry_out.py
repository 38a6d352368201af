"""Carries out wishes by rules: a prompt's id, the result without any, its inputs and the wishes in; the result out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from manga.brief import Language, Settings
from manga.characters import Cast, Character, Look
from manga.concept import Concept, Genre, Period
from manga.paper import Direction, first_side
from manga.plot import Emotion
from manga.revision import Wish
from manga.values import Value
from offline.lexicon import load
from offline.reading.cast import choose_members
from offline.reading.concept import READERS, style_of
from offline.reading.lexicon_tables import lore
from offline.reading.look_in_words import costume, describe
from offline.reading.story_reading import Person, Reading
from offline.wishes.revising.artwork import picture_changes
from offline.wishes.revising.lettering import letter_changes
from offline.wishes.revising.looks import look_changes
from offline.wishes.revising.plot import Told, revised_plot
from offline.wishes.revising.storyboard import revised_draft
from offline.wishes.revising.understood_words import Hearing, carried_out

MOST_GENRES = 4
Inputs = dict[str, Any]
Read = Callable[[], Reading]


def revised_cast(raw: Cast, wishes: Sequence[Wish], reading: Reading) -> Cast:
    """`raw` is the cast of this reading without any wish. Raises `WishRefused`."""
    members = choose_members(reading)
    people = {sheet.key: member.person for sheet, member in zip(raw.characters, members, strict=True)}
    tailor = _Tailor(people, reading.language)
    return carried_out("characters", raw, wishes, tailor.step)


class _Tailor:
    """Knows whom the sheets were made from, so that their descriptions can be written anew."""

    def __init__(self, people: Mapping[str, Person], language: Language) -> None:
        self._people = people
        self._lexicon = f"looks_{language.value}"

    def step(self, cast: Cast, hearing: Hearing) -> Cast:
        meant = _meant(cast, hearing)
        if not meant:
            hearing.refuse("その人物はもう登場人物にいません。", "Nobody of that key is in the cast any more.")
            return cast
        name = self._name(cast, hearing, meant)
        if hearing.has("voice"):
            hearing.refuse("話し方は物語のセリフのままです。セリフを一つずつ直してください。",
                           "How people speak is in the story's own lines: change them one by one.")  # fmt: skip
        sheets = (self._sheet(c, hearing, name) if c.key in meant else c for c in cast.characters)
        return Cast(characters=tuple(sheets))

    def _name(self, cast: Cast, hearing: Hearing, meant: frozenset[str]) -> str | None:
        if not hearing.has("name"):
            return None
        current = [c.name for c in cast.characters if c.key in meant]
        new = hearing.quoted(*current) or hearing.value("name_value")
        taken = {c.name for c in cast.characters if c.key not in meant}
        if not new or len(new) > 80:
            hearing.refuse("新しい名前を「」で書いてください。", "Write the new name in quotation marks.")
        elif len(meant) > 1 or new in taken:
            hearing.refuse(f"「{new}」という名前は一人だけのものです。", f"Only one of them can be called {new}.")
        else:
            return new
        return None

    def _sheet(self, sheet: Character, hearing: Hearing, name: str | None) -> Character:
        changes = look_changes(hearing, sheet.look)
        years = changes.pop("years", None)
        look = Look.of(sheet.look.model_dump() | changes)
        update: dict[str, Any] = {"look": look}
        if name is not None and name != sheet.name:
            aliases = (sheet.name, *(alias for alias in sheet.aliases if alias != name))
            update |= {"name": name, "aliases": aliases}
        if traits := hearing.all("traits"):
            english = self._lexicon.endswith("en")
            words = (trait.split("/")[english] for trait in traits)
            update["personality"] = (", " if english else "、").join(words)[:200]
        if look.age is not sheet.look.age or years:
            update["age_text"] = self._age_text(look, years)
        if look != sheet.look or "name" in update:
            update |= self._described(sheet.key, str(update.get("name", sheet.name)), look)
        return Character.of(sheet.model_dump() | update)

    def _described(self, key: str, name: str, look: Look) -> dict[str, str]:
        person = replace(self._people[key], name=name)
        return {
            "description": describe(self._lexicon, person, look)[:1200],
            "costume": costume(self._lexicon, look)[:300],
        }

    def _age_text(self, look: Look, years: int | None) -> str:
        if years:
            return f"{years} years old" if self._lexicon.endswith("en") else f"{years}歳"
        return str(load(self._lexicon)["labels"].get("ages", {}).get(look.age.value, "")) or look.age.value


def _meant(cast: Cast, hearing: Hearing) -> frozenset[str]:
    """Those in scope; without a scope those whom the words name, else everybody."""
    keys = [c.key for c in cast.characters]
    if hearing.scope:
        return frozenset(hearing.scope) & frozenset(keys)
    named = frozenset(c.key for c in cast.characters if _is_named(c, hearing.said))
    return named or frozenset(keys)


def _is_named(sheet: Character, said: str) -> bool:
    names: Iterable[str] = (sheet.name, *sheet.aliases)
    return any(len(name) > 1 and name in said for name in names)


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


def revise(prompt_id: str, raw: Value, inputs: Inputs, wishes: Sequence[Wish], read: Read) -> Value:
    """`read` gives the reading of the story that the inputs hold. Raises `WishRefused`."""
    return _REVISERS[prompt_id](raw, inputs, wishes, read)


def _concept(raw: Any, inputs: Inputs, wishes: Sequence[Wish], read: Read) -> Value:
    return revised_concept(raw, wishes, _settings(inputs))


def _characters(raw: Any, inputs: Inputs, wishes: Sequence[Wish], read: Read) -> Value:
    return revised_cast(raw, wishes, read())


def _plot(raw: Any, inputs: Inputs, wishes: Sequence[Wish], read: Read) -> Value:
    settings, reading = _settings(inputs), read()
    pages = settings.pages if isinstance(settings.pages, int) else None
    told = Told(
        reading.language, len(reading.source.text), settings.fidelity, pages, panels=settings.max_images or None
    )
    return revised_plot(raw, wishes, told)


def _storyboard(raw: Any, inputs: Inputs, wishes: Sequence[Wish], read: Read) -> Value:
    return revised_draft(raw, wishes, inputs["cast"], _settings(inputs))


def _artwork(raw: Any, inputs: Inputs, wishes: Sequence[Wish], read: Read) -> Value:
    return picture_changes(inputs["panels"], wishes, inputs["cast"])


def _lettering(raw: Any, inputs: Inputs, wishes: Sequence[Wish], read: Read) -> Value:
    return letter_changes(inputs["parts"], wishes, inputs["cast"])


def _settings(inputs: Inputs) -> Settings:
    return inputs.get("settings") or Settings()


_REVISERS: dict[str, Callable[[Any, Inputs, Sequence[Wish], Read], Value]] = {
    "concept": _concept,
    "characters": _characters,
    "plot": _plot,
    "storyboard": _storyboard,
    "redrawing": _artwork,
    "lettering": _lettering,
}
