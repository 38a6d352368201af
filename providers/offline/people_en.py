"""English text in, the people of the story and the places where they are named out."""

import bisect
import re
from dataclasses import dataclass, field
from typing import Literal

from providers.offline.aliases_en import introductions, same_first_name
from providers.offline.lexicon import load, words
from providers.offline.reading import Mention, Person, Quote, masked

Gender = Literal["female", "male", "neutral"]
HE = re.compile(r"\b(he|his|him|himself|she|her|hers|herself|its?)\b")
SUBJECT = re.compile(
    r"(?:^|[.!?;:,\n_]\s*|\b(?:[Aa]nd|[Bb]ut|[Ww]hen|[Ss]o|[Tt]hen|[Aa]s|[Tt]hat|[Ww]hile)\s)"
    r"(?:[Tt]he |[Hh]is |[Hh]er |[Mm]y )?(?:[a-z]+ )?$"
)
VERB_AFTER = re.compile(r"\s(?:was|had|did|came|went|took|ran|saw|stood|sat|could|would|looked|knew|is|has|[a-z]+ed)\b")
ABOUT = frozenset(
    ["of", "for", "like", "than", "as", "about", "without", "in", "on", "that", "if", "when", "from", "by"]
)
"""Words before a name of someone who need not be there."""
FIRST = re.compile(r"\bI\b")


@dataclass(slots=True)
class Candidate:
    """A name or a noun with what speaks for its being someone."""

    name: str
    first: int
    proper: bool
    aliases: list[str] = field(default_factory=list)
    score: float = 0.0
    count: int = 0
    gender: Gender | None = None
    plural: bool = False

    @property
    def names(self) -> list[str]:
        return [self.name, *self.aliases]


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everyone, and each mention with its person, in order."""

    persons: tuple[Person, ...]
    genders: dict[str, Gender | None]
    plural: frozenset[str]
    mentions: tuple[Mention, ...]
    starts: tuple[int, ...]

    def near(self, start: int, end: int) -> tuple[Mention, ...]:
        return self.mentions[bisect.bisect_left(self.starts, start) : bisect.bisect_left(self.starts, end)]


def animate() -> frozenset[str]:
    return words("reader_en", "male") | words("reader_en", "female") | words("reader_en", "neutral")


def find_crowd(text: str, quotes: list[Quote]) -> Crowd:
    blotted = masked(text, quotes)
    nouns = find_nouns(blotted)
    candidates = sorted([*find_names(blotted, nouns), *nouns], key=lambda c: (-c.score, c.first))
    people = one_child(merge(candidates, introductions(blotted)))
    mentions = locate(blotted, people)
    vote_genders(blotted, people, mentions)
    add_narrator(blotted, people, mentions)
    ordered = tuple(sorted(mentions, key=lambda m: m.start))
    persons = tuple(Person(c.name, tuple(dict.fromkeys(a for a in c.aliases if a != c.name)), c.gender or "neutral",
                           c.plural, c.first, c.name == "I") for c in people)  # fmt: skip
    return Crowd(
        persons=persons,
        genders={c.name: c.gender for c in people},
        plural=frozenset(c.name for c in people if c.plural),
        mentions=ordered,
        starts=tuple(m.start for m in ordered),
    )


def find_names(blotted: str, nouns: list[Candidate]) -> list[Candidate]:
    """Capitalised words that do not begin a sentence, used as people are."""
    title, said = load("reader_en")["title"], load("reader_en")["said"]
    pattern = re.compile(
        rf"(?<![.!?_”\"\n] )(?<![.!?_”\"\n]  )(?<!\n)\b((?:{title})\.? )?"
        r"([A-Z][a-z]+(?:-[A-Z]?[a-z]+)?(?: [A-Z][a-z]+){0,2})\b"
    )
    found: dict[str, Candidate] = {}
    places: dict[str, int] = {}
    for match in pattern.finditer(blotted):
        name = ((match.group(1) or "") + stripped(match.group(2))).strip()
        if not stripped(match.group(2)):
            continue
        entry = found.setdefault(name, Candidate(name, match.start(), True))
        before, after = blotted[max(0, match.start() - 14) : match.start()], blotted[match.end() : match.end() + 14]
        place = bool(re.search(r"\b(?:in|at|of|from|on|to)\s$", before))
        places[name] = places.get(name, 0) + place
        entry.count += 1
        speaks = re.match(rf"[^.\n]{{0,3}}\b(?:{said})\b", after) or re.search(rf"\b(?:{said})\s(?:the\s)?$", before)
        entry.score += 1 + 3 * bool(speaks) + after.startswith(("'s", "’s")) - 1.5 * place
    lower = {c.name.removeprefix("the ").lower() for c in nouns}
    return [c for name, c in found.items() if is_person(c, places[name], lower)]


def stripped(name: str) -> str:
    """Without the words at both ends that begin a sentence or name a month."""
    parts = name.split()
    not_names = words("reader_en", "not_names")
    while parts and parts[0] in not_names:
        parts = parts[1:]
    while parts and parts[-1] in not_names:
        parts = parts[:-1]
    return " ".join(parts)


def is_person(candidate: Candidate, places: int, nouns: set[str]) -> bool:
    last = candidate.name.lower().split()[-1]
    if last in animate() and (candidate.name.lower() in nouns or last in nouns):
        return False
    if re.match(rf"(?:{load('reader_en')['title']})\b", candidate.name):
        return True
    return candidate.score >= 3 and places <= candidate.count * 0.5


def find_nouns(blotted: str) -> list[Candidate]:
    """The old witch, his brother: words for living beings that act or speak."""
    adjectives = "|".join(sorted(words("reader_en", "adjectives")))
    said = load("reader_en")["said"]
    pattern = re.compile(
        rf"\b([Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Tt]wo)\s((?:(?:{adjectives})\s)*)([A-Za-z]+)\b(?!-)",
        re.IGNORECASE,
    )
    found: dict[str, Candidate] = {}
    forms: dict[str, dict[str, int]] = {}
    for match in pattern.finditer(blotted):
        noun = match.group(3).lower()
        if noun not in animate() or (match.group(1).lower() in ("a", "an") and is_kind_only(blotted, match.end())):
            continue
        key = f"{match.group(2).strip()} {noun}".lower() if noun == "wind" else noun
        entry = found.setdefault(key, Candidate(key, match.start(), False, plural=noun in words("reader_en", "plural")))
        form = f"{match.group(2).strip()} {match.group(3)}".strip()
        forms.setdefault(key, {})[form] = forms.get(key, {}).get(form, 0) + 1
        after, before = blotted[match.end() : match.end() + 40], blotted[max(0, match.start() - 14) : match.start()]
        speaks = re.match(rf"[^.;\n]{{0,30}}?\b(?:{said})\b", after) or re.search(rf"\b(?:{said})\s$", before)
        entry.count += 1
        entry.score += 0.3 + 3 * bool(speaks) + bool(VERB_AFTER.match(after)) + match.group(3)[0].isupper()
    least = 3.3 if any(c.score >= 3.3 for c in found.values()) else 1.3
    return [named_noun(c, forms[key]) for key, c in found.items() if c.score >= least]


def is_kind_only(blotted: str, end: int) -> bool:
    """`a man of honour`, `like a child`: no one in the story."""
    return bool(re.match(r"\s+of\b", blotted[end : end + 4]))


def named_noun(candidate: Candidate, forms: dict[str, int]) -> Candidate:
    """The form used most, a capitalised one before all."""
    best = max(
        forms, key=lambda form: (form[-1 - len(form.split()[-1]) :].strip()[:1].isupper(), forms[form], -len(form))
    )
    candidate.aliases = [f"the {form}" for form in forms if form != best] + [candidate.name]
    candidate.name = f"the {best}"
    return candidate


def merge(candidates: list[Candidate], introduced: dict[str, str]) -> list[Candidate]:
    """A first name and a full name are one; so are Dell and Della, and a name that is `introduced` as another."""
    kept: list[Candidate] = []
    for candidate in candidates:
        also = introduced.get(candidate.name)
        home = (
            next((c for c in kept if c.name == also or same_person(c, candidate)), None) if candidate.proper else None
        )
        if home is None:
            kept.append(candidate)
        else:
            home.aliases.append(candidate.name)
            home.count += candidate.count
            home.first = min(home.first, candidate.first)
    return kept


def one_child(people: list[Candidate]) -> list[Candidate]:
    """The child is the little boy, when there is one boy or one girl."""
    child = next((c for c in people if c.name.lower().endswith("child")), None)
    young = [c for c in people if re.search(r"\b(?:boy|girl)$", c.name.lower())]
    if child is None or len(young) != 1:
        return people
    young[0].aliases += child.names
    young[0].first = min(young[0].first, child.first)
    return [c for c in people if c is not child]


def same_person(one: Candidate, other: Candidate) -> bool:
    if not one.proper:
        return False
    a, b = plain(one.name), plain(other.name)
    titles = title_of(one.name), title_of(other.name)
    if all(titles) and titles[0][:3] != titles[1][:3]:
        return False
    if same_first_name(a, b) and not any(t[:2] in ("Mr", "Mi") and t != "Mr" for t in titles):
        return True
    if set(a.split()) <= set(b.split()) or set(b.split()) <= set(a.split()):
        return True
    single = " " not in a + b and min(len(a), len(b)) >= 4
    return single and (a.startswith(b) or b.startswith(a))


def title_of(name: str) -> str:
    match = re.match(rf"(?:{load('reader_en')['title']})\b", name)
    return match.group() if match else ""


def plain(name: str) -> str:
    return re.sub(rf"^(?:{load('reader_en')['title']})\.? ", "", name)


def locate(blotted: str, people: list[Candidate]) -> list[Mention]:
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
    before = re.search(r"\b([a-z]+) $", blotted[max(0, start - 14) : start])
    return "object" if before and before.group(1) not in ABOUT else "other"


def vote_genders(blotted: str, people: list[Candidate], mentions: list[Mention]) -> None:
    """By title, by noun, else by the first pronoun that follows each mention."""
    votes: dict[str, list[int]] = {c.name: [0, 0] for c in people}
    for at, mention in enumerate(mentions):
        following = mentions[at + 1] if at + 1 < len(mentions) else None
        end = min(following.start if following else len(blotted), mention.end + 90)
        match = HE.search(blotted, mention.end, max(end, mention.end))
        if match and match.group(1)[0] in "hs" and match.group(1) != "its":
            votes[mention.name][match.group(1) not in ("he", "his", "him", "himself")] += 1
    for person in people:
        person.gender = gender_of(person, votes[person.name])


def gender_of(person: Candidate, votes: list[int]) -> Gender | None:
    last = person.name.lower().split()[-1]
    if re.match(r"(?:Mrs|Mme|Miss|Madame|Lady|Queen|Princess|Aunt|Grandma)\b", person.name) or last in words(
        "reader_en", "female"
    ):
        return "female"
    if re.match(r"(?:Mr|Sir|Lord|King|Prince|Uncle|Grandpa)\b", person.name) or last in words("reader_en", "male"):
        return "male"
    if person.plural or votes[0] == votes[1]:
        return None
    return "male" if votes[0] > votes[1] else "female"


def add_narrator(blotted: str, people: list[Candidate], mentions: list[Mention]) -> None:
    """I, when someone tells the story who is in it."""
    places = [m.start() for m in FIRST.finditer(blotted)]
    spread = {place * 4 // max(len(blotted), 1) for place in places}
    if len(places) < 4 or len(places) * 1500 < len(blotted) or len(spread) < 3:
        return
    people.append(Candidate("I", places[0], False, ["me"], float(len(places)), len(places)))
    mentions += [Mention(place, place + 1, "I", "subject") for place in places]
