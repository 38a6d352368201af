"""How well a line's words suit a person of a Japanese story, by age, gender and what the narration calls them."""

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from manga.brief import Language
from offline.lexicon import pattern, table
from offline.reading.ja.speech_habits import KIN, POLITE, endings
from offline.reading.story_reading import Person
from offline.vocabulary_words import kinds_named

CRY = re.compile(r"(?=.*(?:[っゃゅょッャュョー]|[んン](?:[、。！…]|$)))[ぁ-んァ-ヴー、。！？…\s]{1,10}")
"""にゃっ or こん、こん; つかまえろ is no noise."""
Age = Literal["child", "elder", ""]
CALLS_KIN = re.compile(rf"(?:[^、。]{{0,6}}、)?({KIN.pattern})[、。！？…]")
CARES_LITTLE = -0.3


def talk(key: str) -> re.Pattern[str]:
    return pattern("talk_ja", key)


def age_of(told: str) -> Age:
    """By what the narration calls somebody: a 大工 is no child, even one called 坊主."""
    if talk("elder").search(told):
        return "elder"
    return "child" if talk("child").search(told) and not talk("grown_up").search(told) else ""


class Suits:
    """Everybody of one story."""

    def __init__(self, people: Mapping[str, Person], told: Mapping[str, str], heard: set[str]) -> None:
        self.people = people
        self.heard = heard
        self.gendered = table("talk_ja", "gendered")
        self.beasts = kinds_named(Language.JA)
        self.names = {name for person in people.values() for name in person.names}
        self.told = {name: told.get(name, "") + " " + " ".join(person.names) for name, person in people.items()}
        self.ages = {name: age_of(known) for name, known in self.told.items()}
        self.warriors = {name for name, known in self.told.items() if talk("warrior").search(known)}

    def fits(self, words: str, name: str) -> Iterator[tuple[str, float]]:
        """Whether someone like this talks like that."""
        person = self.people.get(name)
        if person is None:
            return
        if person.gender != "neutral":
            yield from self.in_gender(words, person)
        yield from self.in_rank(words, person)
        yield from self.in_years(words, person)
        if person.narrator:
            yield "narrator", 1.0
        if person.group:
            yield "group", 1.0
        if self.is_beast(person):
            yield ("beast_cries" if CRY.fullmatch(words) else "beast"), 1.0

    def is_beast(self, person: Person) -> bool:
        """One that has not been heard to talk, as beasts of tales do."""
        return person.name not in self.heard and any(self.beasts.first(one) for one in bare_beasts(person))

    def in_gender(self, words: str, person: Person) -> Iterator[tuple[str, float]]:
        """Men have their ways and women theirs; the old care less."""
        woman, man = bool(talk("woman").search(words)), bool(talk("man").search(words))
        if woman != man:
            yield "gender", 1.0 if woman == (person.gender == "female") else -1.0
        other = CARES_LITTLE if self.ages[person.name] == "elder" else -1.0
        for sign in self.gendered.all(words):
            yield sign, 1.0 if sign.startswith(person.gender[0]) else other

    def in_rank(self, words: str, person: Person) -> Iterator[tuple[str, float]]:
        """Those above order and those below are polite."""
        known = self.told[person.name]
        rank = 1.0 if talk("above").search(known) else -1.0 if talk("below").search(known) else 0.0
        polite, orders = bool(POLITE.search(words)), bool(talk("orders").search(words))
        if rank and polite != orders:
            yield ("above" if rank > 0 else "below"), -1.0 if polite else 1.0

    def in_years(self, words: str, person: Person) -> Iterator[tuple[str, float]]:
        age, found = self.ages[person.name], endings(words)
        kinds = [(kind, found.count(kind) / len(found)) for kind in dict.fromkeys(found)]
        if person.gender != "neutral":
            yield from ((f"{kind}_{person.gender}", share) for kind, share in kinds)
        if age:
            yield from ((f"{kind}_{age}", share) for kind, share in kinds)
        if talk("aged").search(words):
            yield "aged", 1.0 if talk("old").search(" ".join(person.names)) else -1.0
        if talk("old_tongue").search(words) and self.warriors:
            yield "warrior", 1.0 if person.name in self.warriors else -1.0
        if talk("childish").search(words):
            yield f"childish_{age or 'other'}", 1.0
        if talk("oldish").search(words):
            yield f"oldish_{age or 'other'}", 1.0
        if CALLS_KIN.match(words) and age:
            yield f"calls_kin_{age}", 1.0


def bare_beasts(person: Person) -> list[str]:
    """大将 of the 三毛猫の大将 is a cat as well; a ごん who is told of as 狐 talks in a tale."""
    owners = (owner for name in person.aliases if (owner := name.rpartition("の")[0]))
    return [person.name, *person.aliases, *owners]
