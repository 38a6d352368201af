"""Which man `the man` is: a word for anybody stands for one person from `a man` on, until the next one is told of.

Each such stretch is somebody by himself until a name takes it up (`same_people`); what no name takes is told apart by
its adjectives only: the fat man, the young man.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from offline.lexicon import words
from offline.reading.en.names import NameCandidate
from offline.reading.story_reading import Mention

ARTICLES = "the|an?|another|this|that|one"
PHRASE = re.compile(
    rf"\b({ARTICLES})\s((?:(?!(?:{ARTICLES}|of|in|to|with)\b)[a-z-]+,?\s){{0,3}})[a-z]+$", re.IGNORECASE
)
WIDTH = 48
NO_ONE = re.compile(
    r"\b(?:(?:[Hh]e|[Ss]he|I|[Yy]ou|who|(?!There|It|Here|Then)[A-Z][a-z]+)(?: had| has)?"
    r"(?:[’']s| was| is| been| be| am)(?: not| only| just| but)?"
    r"|like|as|than|such|no|what|for|or)\s$"
)
"""He was a truthful man; hair like a boy's; what a man: nobody else is told of."""
TOLD_APART = re.compile(r",? (?:who|whom|whose|with|in|on|at|of|from|behind|by)\b")
"""the man on the step"""
NEW = frozenset(["a", "an", "another", "one"])
MARK = "#"
"""Parts the name that somebody has until all names are joined from a number."""


@dataclass(slots=True)
class Stretch:
    """The places of a word, by their ends, at which one and the same person is told of."""

    candidate: NameCandidate
    mark: str
    ends: list[int] = field(default_factory=list)
    forms: Counter[str] = field(default_factory=Counter)
    is_known: bool = False
    """Told of as somebody of whom the reader knows: `the man`, neither `a man` nor `the man on the step`."""

    @property
    def adjectives(self) -> set[str]:
        return {word for form in self.forms for word in form.split()[1:-1]}

    @property
    def usual(self) -> str:
        return max(self.forms, key=lambda form: (self.forms[form], -len(form)))


class WordsForSomebody:
    """The words for anybody of one story, stretch by stretch."""

    def __init__(self, blotted: str) -> None:
        self.blotted = blotted
        self.stretches: list[Stretch] = []
        self.no_one: set[int] = set()

    def part(self, people: list[NameCandidate], mentions: Sequence[Mention]) -> list[NameCandidate]:
        """The people with one for each stretch in place of one for each word."""
        known = words("reader_en", "parted")
        found: list[NameCandidate] = []
        for person in people:
            noun = person.name.split()[-1]
            if person.proper or person.plural or noun not in known:
                found.append(person)
                continue
            own = [m for m in mentions if m.name == person.name and self.blotted[m.start : m.end].islower()]
            found += self.parted(person, own)
            if any(m.name == person.name for m in mentions if m not in own):
                found.append(person)
        return found

    def parted(self, person: NameCandidate, mentions: Iterable[Mention]) -> Iterator[NameCandidate]:
        noun, stretches = person.name.split()[-1], list[Stretch]()
        for mention in mentions:
            told = PHRASE.search(self.blotted, max(0, mention.end - WIDTH), mention.end)
            start = told.start() if told else mention.start
            article, adjectives = (told[1].lower(), told[2].replace(",", "").split()) if told else ("the", [])
            new = article in NEW
            if new and NO_ONE.search(self.blotted[max(0, start - 24) : start]):
                self.no_one.add(mention.end)
                continue
            home = None if new else meant(stretches, adjectives)
            if home is None:
                number = len(self.stretches) + len(stretches)
                one = replace(person, name=f"the {noun}{MARK}{number}", first=mention.start, aliases=[])
                home = Stretch(one, one.name, is_known=not new and not TOLD_APART.match(self.blotted, mention.end))
                stretches.append(home)
            home.ends.append(mention.end)
            home.forms[" ".join(["the", *adjectives, noun])] += 1
        self.stretches += stretches
        for stretch in stretches:
            stretch.candidate.add(*stretch.forms, noun)
            yield stretch.candidate

    def named(self, mentions: Iterable[Mention], people: Iterable[NameCandidate]) -> list[Mention]:
        """Every place of such a word with the person that it stands for now."""
        names = {name: person.name for person in people for name in person.names if MARK in name}
        homes = {end: names.get(one.mark, "") for one in self.stretches for end in one.ends}
        told = (replace(m, name=homes.get(m.end, m.name)) for m in mentions if m.end not in self.no_one)
        return [mention for mention in told if mention.name]

    def may_be_new(self, person: NameCandidate) -> bool:
        return not any(one.is_known for one in self.stretches if one.candidate is person)

    def within(self, start: int, end: int) -> list[NameCandidate]:
        """Those who are told of between two places."""
        return [one.candidate for one in self.stretches if any(start <= place < end for place in one.ends)]

    def settle(self, people: list[NameCandidate]) -> None:
        """Those whom no name took up are one person by one word, but for those of their own adjectives."""
        left = {one.mark: one for one in self.stretches}
        homes = {person.name: person for person in people}
        for person in [p for p in people if p.name in left]:
            home = homes.setdefault(left[person.name].usual, person)
            if home is person:
                person.aliases.append(person.name)
                person.name = left[person.name].usual
            else:
                home.add(*person.names)
                home.faint = home.faint and person.faint
                people[:] = [one for one in people if one is not person]
        for person in people:
            person.aliases = [name for name in person.aliases if name != person.name]


def noun_of(person: NameCandidate) -> str:
    return person.name.partition(MARK)[0].split()[-1].lower()


def unmark(people: Iterable[NameCandidate]) -> None:
    """All names are joined."""
    for person in people:
        person.aliases = [name for name in person.aliases if MARK not in name]


def meant(stretches: Sequence[Stretch], adjectives: Sequence[str]) -> Stretch | None:
    """`the old man` is the last who was called old, else the last man, unless that was a young one."""
    fitting = [one for one in stretches if one.adjectives & set(adjectives)]
    if fitting or not stretches:
        return fitting[-1] if fitting else None
    apart = words("reader_en", "opposed")
    return None if apart & set(adjectives) and apart & stretches[-1].adjectives else stretches[-1]
