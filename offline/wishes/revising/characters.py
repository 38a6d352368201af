"""Wishes for the cast: hair, face, age, clothes, build, name, personality. Keys and parts in the story stay."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from manga.brief import Language
from manga.characters import Cast, Character, Look
from manga.revision import Wish
from offline.lexicon import load
from offline.reading.cast import choose_members
from offline.reading.describe import costume, describe
from offline.reading.reading import Person, Reading
from offline.wishes.revising.hearing import Hearing, carried_out
from offline.wishes.revising.looks import look_changes


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
