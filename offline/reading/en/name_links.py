"""Joins names of an English story with words for people, by what introduces them, what they say of themselves, and who
is told of where."""

import re
from collections import Counter
from collections.abc import Iterator

from offline.lexicon import words
from offline.reading.en.introductions import introductions
from offline.reading.en.names import NameCandidate
from offline.reading.en.same_names import may_be_called, plain, title_of, unlike
from offline.reading.en.words_for_somebody import MARK, WordsForSomebody, noun_of
from offline.reading.same_people import Places, introduced
from offline.reading.story_reading import Mention, Quote

Pairs = Iterator[tuple[NameCandidate, NameCandidate]]
REACH = 600
YOUNG = frozenset(["boy", "girl", "child", "lad", "lass"])
GIVES_NAME = re.compile(
    r"\b(?:[Mm]y name is|I am) ((?:[A-Z][\w-]+\.? ?)+)"
    r"|^((?:[A-Z][\w-]+\.? ?){1,3})(?=[.,!]|$)"
)
ASKS_NAME = re.compile(r"\b(?:[Ww]ho|name|you are)\b[^.!]*\?")
BEFORE_IT, BEHIND_IT = 600, 60


def titled(text: str, people: list[NameCandidate]) -> Pairs:
    """The inspector is Inspector Crane, whether the story calls him so or somebody in it."""
    for noun in (c for c in people if not c.proper and MARK not in c.name):
        word = noun.name.split()[-1].capitalize()
        for person in (c for c in people if c.proper):
            if any(title_of(name) == word or f"{word} {plain(name)}" in text for name in person.names):
                yield noun, person


def told_to_be(people: list[NameCandidate], blotted: str, places: Places) -> Pairs:
    """The goose is Gertrude who is introduced as one, the child the only girl."""
    nouns: dict[str, list[NameCandidate]] = {}
    for person in people:
        if not person.proper:
            nouns.setdefault(noun_of(person), []).append(person)
    proper = [c for c in people if c.proper]
    said = {c.name: introductions(blotted, c.name) for c in proper}
    alone = Counter(noun for found in said.values() for noun in found)
    for bearer in proper:
        for noun in said[bearer.name]:
            if noun in nouns:
                yield min(nouns[noun], key=lambda c: abs(places.last_before(c, bearer.first) - bearer.first)), bearer
            elif alone[noun] == 1:
                bearer.add(f"the {noun}")
    young = [*nouns.get("boy", ()), *nouns.get("girl", ())]
    if len(nouns.get("child", ())) == len(young) == 1:
        yield nouns["child"][0], young[0]


def links(people: list[NameCandidate], somebody: WordsForSomebody, places: Places) -> Pairs:
    """The boy is Sam who is named next."""
    new = [c for c in people if not c.proper and somebody.may_be_new(c)]
    yield from introduced(new, [c for c in people if c.proper], places, may_be_called)


def meant_again(people: list[NameCandidate], somebody: WordsForSomebody, mentions: list[Mention]) -> Pairs:
    """`the stranger` of whom nothing was told before is the only one who was told of that he can be."""
    homes = {person.name: person for person in people}
    for one in somebody.stretches:
        word = homes.get(one.mark)
        if word is None or not one.is_known:
            continue
        start = one.ends[0] - REACH
        near = {m.name for m in mentions if start <= m.start and m.end < one.ends[0]} - {word.name}
        fitting = [homes[name] for name in near if name in homes and may_be_again(word, homes[name])]
        if len(fitting) == 1:
            yield word, fitting[0]


def may_be_again(word: NameCandidate, other: NameCandidate) -> bool:
    """A child is a boy or a girl, a stranger nobody who has a name."""
    noun, nouns = noun_of(word), {name.partition(MARK)[0].split()[-1].lower() for name in other.names}
    if other.plural or (word.gender and other.gender and word.gender != other.gender):
        return False
    if noun == "stranger":
        return not other.proper and bool(nouns & (words("reader_en", "parted") - YOUNG))
    if noun in YOUNG:
        return bool(nouns & YOUNG)
    return bool(nouns & (words("reader_en", "parted") - YOUNG)) and other.gender == word.gender


def called_himself(text: str, quotes: list[Quote], people: list[NameCandidate], somebody: WordsForSomebody) -> Pairs:
    """“My name is Lusk,” said the man."""
    names = {name: person for person in people if person.proper for name in person.names}
    asked = False
    for quote in quotes:
        said = text[quote.start : quote.end]
        match = GIVES_NAME.search(said)
        own = (match[1] or (match[2] if asked else "") or "").strip(" .") if match else ""
        asked = bool(ASKS_NAME.search(said))
        bearer = next((p for name, p in names.items() if own and own.split()[-1] in name.split()), None)
        if bearer is None or bearer.first < quote.start:
            continue
        near = somebody.within(quote.start - BEFORE_IT, quote.end + BEHIND_IT)
        titled = bool(title_of(bearer.name))
        fitting = [one for one in near if not (unlike(one, bearer) or (titled and noun_of(one) in YOUNG))]
        if len(fitting) == 1:
            yield fitting[0], bearer
