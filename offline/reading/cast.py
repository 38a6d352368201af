"""Makes the cast from a reading: who matters, under which key, how each looks and speaks."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from manga.brief import Language
from manga.characters import Age, Cast, Character, SpeechStyle
from manga.concept import Period
from offline.reading.en.names import ACTS
from offline.reading.looks import Appearance, appearances
from offline.reading.story_reading import Person, Reading

FIRST = re.compile(r"わたくし|わたし|あたし|ぼく|僕|おれ|俺|己|わし|拙者|それがし|私|吾輩|うち(?=は|が|も)")
ENDING = re.compile(
    r"(でございます|ございません|ですわ|ですよ|ですね|ですか|です|ました|ます|ません|だよ|だね|だぞ|だぜ|だわ|じゃ|のだ|んだ|だ|ぞ|ぜ|わ|よ|ね|な|か|さ|い)(?=[。！？!?…」]|$)"
)
POLITE = re.compile(r"です|ます|ません|ました|ください")
HUMBLE = re.compile(r"ございま|でござ|申し|おりま|いただ")
ARCHAIC = re.compile(r"じゃ[。、！]|ぬ[。、！]|のう[。、！]|候|ござる|おくれ|thou|thee|thy|hath")
ROUGH = re.compile(r"ぞ[。！]|ぜ[。！]|やがる|め[。！」]|てめ|こら|野郎|ain't|damn")
Politeness = Literal["plain", "polite", "humble", "rough", "archaic"]
Part = Literal["protagonist", "main", "supporting", "minor"]
LARGEST = 40
SILENT = 3
"""Whoever never speaks is somebody when named this often; a crowd or a passing word is not."""
MOST_OF_A_FABLE = 4
FABLE = {Language.EN: 1500, Language.JA: 500}
"""Characters of a story so short that all of its few people matter."""
PRONOUN = re.compile(r"[Hh]e|[Ss]he|[Tt]hey")
AHEAD = 40


def speech_style(reading: Reading, person: Person) -> SpeechStyle:
    said = [reading.source.text[q.start : q.end] for q in reading.quotes if person.name in q.speakers]
    together = "\n".join(said)
    if reading.language is Language.EN:
        first = "I" if re.search(r"\bI\b", together) else ""
        return SpeechStyle(first_person=first, politeness=politeness(together, len(said)))
    firsts = Counter(FIRST.findall(together))
    endings = Counter(ENDING.findall(together))
    return SpeechStyle(
        first_person=top(firsts, 1)[0] if firsts else "",
        endings=top(endings, 3),
        politeness=politeness(together, len(said)),
    )


def top(counted: Counter[str], n: int) -> tuple[str, ...]:
    """The most frequent; the order of the text decides between equals."""
    return tuple(word for word, _ in counted.most_common(n))


def politeness(said: str, quotes: int) -> Politeness:
    least = max(1, quotes // 2)
    rows: tuple[tuple[re.Pattern[str], Politeness], ...] = (
        (HUMBLE, "humble"), (POLITE, "polite"), (ARCHAIC, "archaic"), (ROUGH, "rough"),
    )  # fmt: skip
    return next((name for row, name in rows if said and len(row.findall(said)) >= least), "plain")


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
    silent = {p.name for p in reading.people if not spoken[p.name] and not p.narrator} - acting(reading)
    few = len(reading.people) <= MOST_OF_A_FABLE and len(text) < FABLE[reading.language]
    members = [
        Member(p, named[p.name], spoken[p.name], "minor")
        for p in reading.people
        if (p.name not in silent and (spoken[p.name] or is_somebody(p, named[p.name], said)))
        or few
        or len(reading.people) <= 2
    ]
    members.sort(key=lambda m: (-m.weight, m.person.first))
    return tuple(
        Member(m.person, m.mentions, m.quotes, part_of(i, m, members[0].weight))
        for i, m in enumerate(members[:LARGEST])
    )


def acting(reading: Reading) -> frozenset[str]:
    """Those who are told to do something that only living beings do; in Japanese, to do anything."""
    text = reading.source.text
    japanese = reading.language is Language.JA
    return frozenset(
        m.name
        for m in reading.mentions
        if m.role == "subject"
        and (japanese or PRONOUN.fullmatch(text, m.start, m.end) or ACTS.match(text, m.end, m.end + AHEAD))
    )


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
    return Cast(characters=tuple(characters))


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
