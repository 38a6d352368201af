"""A reading in, the cast out: who matters, under which key, and how each looks and speaks."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from manga.brief import Language
from manga.characters import Age, Cast, Character, Kind
from manga.concept import Period
from offline.reading.cries import beasts_behind
from offline.reading.looks import Appearance, appearances
from offline.reading.reading import Person, Reading
from offline.reading.voices import speech_style

Part = Literal["protagonist", "main", "supporting", "minor"]
LARGEST = 40
SILENT = 3
"""Whoever never speaks is somebody when named this often; a crowd or a passing word is not."""
MOST_OF_A_FABLE = 4
FABLE = {Language.EN: 1500, Language.JA: 500}
"""Characters of a story so short that all of its few people matter."""
STRANGERS = frozenset(["stranger", "newcomer", "visitor", "traveller", "traveler"])
COMES = re.compile(r"\b[Aa]n? (?:[a-z]+ ){0,2}(man|woman|boy|girl|lady|gentleman)\b")
ARRIVED = 1500
"""Characters after his coming in which somebody is still a stranger."""
PRONOUN = re.compile(r"[Hh]e|[Ss]he|[Tt]hey")


@dataclass(frozen=True, slots=True)
class Member:
    """A person with the weight that decides the part."""

    person: Person
    mentions: int
    quotes: int
    part: Part

    @property
    def weight(self) -> int:
        return self.mentions + 2 * self.quotes


def choose_members(reading: Reading) -> tuple[Member, ...]:
    """Those who speak or are named more than a few times, the weightiest first."""
    text = reading.source.text
    named = Counter(
        m.name for m in reading.mentions if m.end - m.start > 4 or not PRONOUN.fullmatch(text[m.start : m.end])
    )
    spoken = Counter(name for q in reading.quotes for name in q.speakers)
    said = "\n".join(text[q.start : q.end] for q in reading.quotes if q.kind.spoken)
    few = len(reading.people) <= MOST_OF_A_FABLE and len(text) < FABLE[reading.language]
    members = [
        Member(p, named[p.name], spoken[p.name], "minor")
        for p in reading.people
        if spoken[p.name] or is_somebody(p, named[p.name], said) or few or len(reading.people) <= 2
    ]
    members = one_stranger(members, text)
    members.sort(key=lambda m: (-m.weight, m.person.first))
    return tuple(
        Member(m.person, m.mentions, m.quotes, part_of(i, m, members[0].weight))
        for i, m in enumerate(members[:LARGEST])
    )


def one_stranger(members: list[Member], text: str) -> list[Member]:
    """A small man came along. “Are you?” said the stranger: the same, when one man has come so."""
    stranger = next((m for m in members if m.person.name.lower().split()[-1] in STRANGERS), None)
    if stranger is None:
        return members
    arrived = COMES.findall(text, max(0, stranger.person.first - ARRIVED), stranger.person.first)
    nouns = {m.person.name.split()[-1]: m for m in members if m is not stranger and m.person.name.startswith("the ")}
    home = next((nouns[word] for word in reversed(arrived) if word in nouns), None)
    if home is None:
        return members
    person = replace(home.person, aliases=(*home.person.aliases, *stranger.person.names))
    one = Member(person, home.mentions + stranger.mentions, home.quotes + stranger.quotes, "minor")
    return [one if m is home else m for m in members if m is not stranger]


def is_somebody(person: Person, named: int, said: str) -> bool:
    """Told of often, or told of and talked about."""
    talked_about = any(len(name) > 1 and name in said for name in person.names)
    return person.narrator or named >= SILENT or (named >= 2 and talked_about)


def part_of(rank: int, member: Member, heaviest: int) -> Part:
    if rank == 0:
        return "protagonist"
    share = member.weight / max(heaviest, 1)
    if share >= 0.3 and rank <= 4:
        return "main"
    return "supporting" if share >= 0.08 or member.quotes >= 2 else "minor"


def make_cast(reading: Reading, period: Period, seed: int, usual_age: Age = Age.ADULT) -> Cast:
    members = choose_members(reading)
    looks = appearances(reading, tuple(m.person for m in members), period, seed, usual_age)
    characters = (sheet(reading, i, m, look) for i, (m, look) in enumerate(zip(members, looks, strict=True), start=1))
    betrayed = beasts_behind(reading)
    return Cast(characters=tuple(_betrayed(character, betrayed) for character in characters))


def _betrayed(character: Character, kinds: Mapping[str, Kind]) -> Character:
    """A voice as the beast that it turns out to be, in its clothes."""
    kind = kinds.get(character.name)
    if kind is None:
        return character
    return character.model_copy(update={"look": character.look.model_copy(update={"kind": kind, "hair_color": "tone"})})


def sheet(reading: Reading, number: int, member: Member, appearance: Appearance) -> Character:
    person = member.person
    return Character(
        key=f"c{number:02d}",
        name=person.name[:80],
        aliases=tuple(a[:80] for a in person.aliases),
        role=member.part,
        age_text=appearance.age_text,
        personality=appearance.personality[:200],
        speech=speech_style(reading, person),
        look=appearance.look,
        description=appearance.description[:1200],
        costume=appearance.costume[:300],
        mentions=member.mentions,
    )


def keys_by_name(reading: Reading, cast: Cast) -> dict[str, str]:
    """A person's name in the reading to the key in a cast that may have been renamed since."""
    known = {name: c.key for c in reversed(cast.characters) for name in (*c.aliases, c.name)}
    found = {p.name: next((known[n] for n in p.names if n in known), None) for p in reading.people}
    return {name: key for name, key in found.items() if key}
