"""Finds the people of an English story and where they are named, by name or by a noun (the old witch, his brother)."""

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from offline.lexicon import load, words
from offline.reading.en.introductions import introduced_as, noun_of
from offline.reading.en.names import VERB_AFTER, Gender, NameCandidate, animate, find_names
from offline.reading.en.narrators import Teller, find_tellers, teller_mentions
from offline.reading.story_reading import Mention, Person, Quote, masked

FABLE = 1500
"""Characters of a story so short that whoever is named in it once may matter."""


def find_nouns(blotted: str) -> list[NameCandidate]:
    """Words for living beings that act or speak; whatever speaks right beside a quote is one."""
    said = load("reader_en")["said"]
    talking = frozenset(talkers(blotted, said))
    alive = animate() | talking
    adjectives = "|".join(sorted(words("reader_en", "adjectives")))
    pattern = re.compile(
        rf"\b([Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Oo]ur|[Tt]wo)\s((?:(?:{adjectives})\s)*)([A-Za-z]+)\b(?!-)",
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
    return [named_noun(c, forms[key]) for key, c in found.items() if c.score >= least]


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
WOMAN = re.compile(r"(?:Mrs|Mme|Miss|Madame|Lady|Queen|Princess|Aunt|Grandma)\b")
MAN = re.compile(r"(?:Mr|Sir|Lord|King|Prince|Uncle|Grandpa)\b")


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
    people = by_noun(by_title(merge(candidates)), blotted)
    mentions = locate(blotted, people)
    vote_genders(blotted, people, mentions)
    tellers = find_tellers(text, blotted, quotes, people)
    for person in people:
        person.gender = person.gender or by_given_name(person)
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
        home = next((c for c in kept if same_person(c, candidate)), None) if candidate.proper else None
        if home is None:
            kept.append(candidate)
        else:
            home.aliases.append(candidate.name)
            home.count += candidate.count
            home.first = min(home.first, candidate.first)
    return kept


def by_title(people: list[NameCandidate]) -> list[NameCandidate]:
    """The inspector is Inspector Crane, when one person has that title."""
    kept: list[NameCandidate] = []
    for noun in people:
        word = noun.name.split()[-1].capitalize()
        bearers = [c for c in people if c.proper and any(title_of(n) == word for n in c.names)]
        if noun.proper or len(bearers) != 1:
            kept.append(noun)
            continue
        bearers[0].take_in(noun)
    return kept


def by_noun(people: list[NameCandidate], blotted: str) -> list[NameCandidate]:
    """The goose is Gertrude, when she and nobody else is introduced as one."""
    nouns = {c.name: noun_of(blotted, c.name, c.first) for c in people if c.proper}
    kept = list(people)
    for bearer in (c for c in people if nouns.get(c.name)):
        noun = nouns[bearer.name]
        if sum(other == noun for other in nouns.values()) > 1:
            continue
        bare = next((c for c in kept if not c.proper and c.name.split()[-1] == noun), None)
        if bare is None:
            bearer.aliases.append(f"the {noun}")
            continue
        bearer.take_in(bare)
        kept.remove(bare)
    return kept


def same_person(one: NameCandidate, other: NameCandidate) -> bool:
    if not one.proper:
        return False
    a, b = plain(one.name), plain(other.name)
    titles = title_of(one.name), title_of(other.name)
    if all(titles) and titles[0][:3] != titles[1][:3]:
        return False
    if set(a.split()) <= set(b.split()) or set(b.split()) <= set(a.split()):
        return True
    single = " " not in a + b and min(len(a), len(b)) >= 4
    return single and (a.startswith(b) or b.startswith(a))


def title_of(name: str) -> str:
    match = re.match(rf"(?:{load('reader_en')['title']})\b", name)
    return match.group() if match else ""


def plain(name: str) -> str:
    return re.sub(rf"^(?:{load('reader_en')['title']})\.? ", "", name)


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
        person.gender = gender_of(person, votes[person.name], told)


def gender_of(person: NameCandidate, votes: list[int], told: str) -> Gender | None:
    """`told` is the text around the first mention."""
    last = person.name.lower().split()[-1]
    female, male = words("reader_en", "female"), words("reader_en", "male")
    if last in female or any(WOMAN.match(name) for name in person.names):
        return "female"
    if last in male or any(MAN.match(name) for name in person.names):
        return "male"
    if person.plural:
        return None
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


def by_given_name(person: NameCandidate) -> Gender | None:
    parts = {part for name in person.names for part in name.split()}
    woman, man = parts & words("reader_en", "given_female"), parts & words("reader_en", "given_male")
    return None if bool(woman) == bool(man) else "female" if woman else "male"
