"""Finds the people of an English story and where they are named, by name or by a noun (the old witch, his brother)."""

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from offline.lexicon import load, words
from offline.reading.en.introductions import introduced_as
from offline.reading.en.name_links import called_himself, links, meant_again, titled, told_to_be
from offline.reading.en.names import VERB_AFTER, Gender, NameCandidate, animate, find_names
from offline.reading.en.narrators import Teller, find_tellers, teller_mentions
from offline.reading.en.same_names import by_given_name, differ, head_gender, plain, same_name, same_person, unlike
from offline.reading.en.words_for_somebody import WordsForSomebody, unmark
from offline.reading.same_people import Places, join
from offline.reading.story_reading import Mention, Person, Quote, masked

FABLE = 1500
"""Characters of a story so short that whoever is named in it once may matter."""


def find_nouns(blotted: str) -> list[NameCandidate]:
    """Words for living beings that act or speak; whatever speaks right beside a quote is one."""
    said = load("reader_en")["said"]
    talking = frozenset(talkers(blotted, said))
    alive = animate() | talking
    adjectives = "|".join(sorted(words("reader_en", "adjectives")))
    living = "|".join(sorted(alive, key=len, reverse=True))
    pattern = re.compile(
        rf"\b([Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Oo]ur|[Tt]wo)\s((?:(?:{adjectives})\s)*|(?:(?!(?:own|same|and|or|of|in|to|on|at)\s)[a-z]+\s)?)({living})\b(?!-)",
        re.IGNORECASE,
    )
    found: dict[str, NameCandidate] = {}
    forms: dict[str, dict[str, int]] = {}
    for match in pattern.finditer(blotted):
        noun = match.group(3).lower()
        if noun not in alive or (match.group(1).lower() in ("a", "an") and is_kind_only(blotted, match.end())):
            continue
        key = f"{match.group(2).strip()} {noun}".lower() if noun == "wind" else noun
        entry = found.setdefault(key, NameCandidate(key, match.start(), False, plural=is_plural(noun)))
        form = f"{match.group(2).strip()} {match.group(3)}".strip()
        forms.setdefault(key, {})[form] = forms.get(key, {}).get(form, 0) + 1
        after, before = blotted[match.end() : match.end() + 40], blotted[max(0, match.start() - 14) : match.start()]
        speaks = re.match(rf"[^.;\n]{{0,30}}?\b(?:{said})\b", after) or re.search(rf"\b(?:{said})\s$", before)
        entry.count += 1
        entry.score += 0.3 + 3 * bool(speaks) + bool(VERB_AFTER.match(after)) + match.group(3)[0].isupper()
    told_in_few_words = len(blotted) < FABLE
    least = 3.3 if any(c.score >= 3.3 for c in found.values()) and not told_in_few_words else 1.3
    for candidate in found.values():
        candidate.faint = candidate.score < least
    anybody = words("reader_en", "anybody")
    return [named_noun(c, forms[key]) for key, c in found.items() if not c.faint or key in anybody]


def talkers(blotted: str, said: str) -> Iterator[str]:
    """“Why?” asked the heron; “Why?” the otter asked."""
    to_end = r"(?=[,.;:\n]|\s(?:and|as|who|with|to|from|in|over|at)\b)"
    after = rf"(?:[”\"’]|＿,)\s?(?:(?:{said})\s(?:the|an?|his|her|my)\s(?:[a-z]+\s){{0,2}}?([a-z]+){to_end}"
    before = rf"|[Tt]he\s(?:[a-z]+\s){{0,2}}?([a-z]+)\s(?:would\s|had\s)?(?:[a-z]+ly\s)?(?:{said})\b)"
    for match in re.finditer(after + before, blotted):
        noun = match.group(1) or match.group(2)
        if noun not in words("reader_en", "no_one") and not noun.endswith("ly"):
            yield noun


def is_plural(noun: str) -> bool:
    single = noun[:-1] if noun.endswith("s") else ""
    return noun in words("reader_en", "plural") or (bool(single) and noun not in animate())


def is_kind_only(blotted: str, end: int) -> bool:
    """`a man of honour`, `like a child`: no one in the story."""
    return bool(re.match(r"\s+of\b", blotted[end : end + 4]))


def named_noun(candidate: NameCandidate, forms: dict[str, int]) -> NameCandidate:
    """The form used most, a capitalised one before all."""
    best = max(
        forms, key=lambda form: (form[-1 - len(form.split()[-1]) :].strip()[:1].isupper(), forms[form], -len(form))
    )
    candidate.aliases = [f"the {form}" for form in forms if form != best] + [candidate.name]
    candidate.name = f"the {best}"
    return candidate


HE = re.compile(r"\b(he|his|him|himself|she|her|hers|herself|its?)\b")
SUBJECT = re.compile(
    r"(?:^|[.!?;:,\n_\"”]\s*|\b(?:[Aa]nd|[Bb]ut|[Ww]hen|[Ss]o|[Tt]hen|[Aa]s|[Tt]hat|[Ww]hile)\s)"
    r"(?:[Tt]he |[Aa]n? |[Hh]is |[Hh]er |[Mm]y )?(?:[a-z]+ )?$"
)
DONE_TO = re.compile(
    r"\b(?:[a-z]{2,}ed|met|saw|told|heard|found|left|took|gave|caught|led|held|sent|brought|struck|hit) $"
)
"""Fox met Mole."""
ABOUT = frozenset(
    ["of", "for", "like", "than", "as", "about", "without", "in", "on", "that", "if", "when", "from", "by"]
)
"""Words before a name of someone who need not be there."""
NEAR = 60
"""Characters before and after a name that introduce its bearer."""
LED_BY = re.compile(r", [a-z]+ing (?:him|his|her|it|its)\b")
AHEAD = 92
"""Characters after a name in which a pronoun stands for it."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everyone, and each mention with its person, in order."""

    persons: tuple[Person, ...]
    genders: dict[str, Gender | None]
    plural: frozenset[str]
    mentions: tuple[Mention, ...]
    starts: tuple[int, ...]
    tellers: tuple[Teller, ...] = ()

    def near(self, start: int, end: int) -> tuple[Mention, ...]:
        return self.mentions[bisect.bisect_left(self.starts, start) : bisect.bisect_left(self.starts, end)]


def find_crowd(text: str, quotes: list[Quote]) -> Crowd:
    blotted = masked(text, quotes)
    nouns = find_nouns(blotted)
    candidates = sorted([*find_names(text, blotted, nouns), *nouns], key=lambda c: (-c.score, c.first))
    people = merge(candidates)
    mentions = locate(blotted, people)
    somebody = WordsForSomebody(blotted)
    people = somebody.part(people, mentions)
    mentions = somebody.named(mentions, people)
    vote_genders(blotted, people, mentions)
    places = Places(blotted, mentions)
    join(people, titled(text, list(people)), lambda one, other: one.plural or other.plural)
    join(people, told_to_be(list(people), blotted, places), unlike)
    join(people, called_himself(text, quotes, people, somebody), differ(places))
    join(people, links(list(people), somebody, places), differ(places))
    join(people, [*meant_again(people, somebody, somebody.named(mentions, people))], differ(places))
    somebody.settle(people)
    people = [person for person in people if not person.faint]
    mentions = somebody.named(locate(blotted, people), people)
    unmark(people)
    tellers = find_tellers(text, blotted, quotes, people)
    vote_genders(blotted, people, mentions)
    mentions += teller_mentions(blotted, tellers)
    ordered = tuple(sorted(mentions, key=lambda m: m.start))
    persons = tuple(Person(c.name, tuple(dict.fromkeys(a for a in c.aliases if a != c.name)), c.gender or "neutral",
                           c.plural, c.first, c.name == "I") for c in people)  # fmt: skip
    return Crowd(
        persons=persons,
        genders={c.name: c.gender for c in people},
        plural=frozenset(c.name for c in people if c.plural),
        mentions=ordered,
        starts=tuple(m.start for m in ordered),
        tellers=tellers,
    )


def merge(candidates: list[NameCandidate]) -> list[NameCandidate]:
    """A first name and a full name are one; so are Dell and Della."""
    kept: list[NameCandidate] = []
    for candidate in candidates:
        homes = [c for c in kept if same_person(c, candidate)] if candidate.proper else []
        if len(homes) != 1 and not (homes and same_name(homes[0].name, candidate.name)):
            kept.append(candidate)
        else:
            homes[0].take_in(candidate)
    return kept


def locate(blotted: str, people: list[NameCandidate]) -> list[Mention]:
    forms: dict[str, str] = {}
    for person in people:
        for name in person.names:
            forms.setdefault(name, person.name)
            forms.setdefault(name.removeprefix("the "), person.name)
            if person.proper:
                forms.setdefault(plain(name), person.name)
    if not forms:
        return []
    longest = "|".join(re.escape(f) for f in sorted(forms, key=len, reverse=True))
    pattern = re.compile(rf"\b(?:[Tt]he |[Aa]n? |[Hh]is |[Hh]er |[Tt]heir )?(?:[a-z]+ )??({longest})\b(?!-)")
    return [
        Mention(m.start(1), m.end(1), forms[m.group(1)], role_of(blotted, m.start(), m.start(1), m.end(1)))
        for m in pattern.finditer(blotted)
    ]


def role_of(blotted: str, start: int, name: int, end: int) -> Literal["subject", "object", "owner", "other"]:
    if re.match(r"['’]s\b|['’] ", blotted[end : end + 3]):
        return "owner"
    if SUBJECT.search(blotted[max(0, name - 26) : name]) or VERB_AFTER.match(blotted[end : end + 12]):
        return "subject"
    if DONE_TO.search(blotted, start, name):
        return "object"
    before = re.search(r"\b([a-z]+) $", blotted[max(0, start - 14) : start])
    return "object" if before and before.group(1) not in ABOUT else "other"


def vote_genders(blotted: str, people: list[NameCandidate], mentions: list[Mention]) -> None:
    """By title, by noun, else by the first pronoun after each mention, which counts twice in the same sentence,
    but little in `the Hare, believing her`, where it may be somebody else's."""
    votes: dict[str, list[int]] = {c.name: [0, 0] for c in people}
    for at, mention in enumerate(mentions):
        following = mentions[at + 1] if at + 1 < len(mentions) else None
        end = min(following.start if following else len(blotted), mention.end + AHEAD)
        match = HE.search(blotted, mention.end, max(end, mention.end))
        if match and match.group(1)[0] in "hs" and match.group(1) != "its":
            same_sentence = not re.search(r"[.!?\n]", blotted[mention.end : match.start()])
            weight = 1 if LED_BY.match(blotted, mention.end) else 2 * (1 + same_sentence)
            votes[mention.name][match.group(1) not in ("he", "his", "him", "himself")] += weight
    for person in people:
        told = blotted[max(0, person.first - NEAR) : person.first + len(person.name) + NEAR]
        person.gender = person.gender or gender_of(person, votes[person.name], told)


def gender_of(person: NameCandidate, votes: list[int], told: str) -> Gender | None:
    """`told` is the text around the first mention."""
    if person.plural:
        return None
    if head := head_gender(person):
        return head
    named = by_introduction(person, told)
    if named:
        return named
    if votes[0] != votes[1]:
        return "male" if votes[0] > votes[1] else "female"
    return by_given_name(person)


def by_introduction(person: NameCandidate, told: str) -> Gender | None:
    """A boy called Kit; her name was Nora."""
    owner = re.search(rf"\b(his|her) name (?:was|is) {re.escape(person.name)}\b", told, re.IGNORECASE)
    if owner:
        return "female" if owner.group(1).lower() == "her" else "male"
    genders: tuple[Gender, ...] = ("female", "male")
    for gender in genders:
        nouns = words("reader_en", gender)
        said = introduced_as(re.escape(person.name), r"\b(?:" + "|".join(sorted(nouns)) + r")\b")
        if person.proper and re.search(said, told):
            return gender
    return None
