"""Finds the names that people of an English story may bear, each with what speaks for its being someone."""

import re
from dataclasses import dataclass, field
from typing import Literal

from offline.lexicon import load, words

Gender = Literal["female", "male", "neutral"]
VERB_AFTER = re.compile(r"\s(?:was|had|did|came|went|took|ran|saw|stood|sat|could|would|looked|knew|is|has|[a-z]+ed)\b")
ACTS = re.compile(
    r"\s(?:(?:had|would|could|then|also|never|only|just|now|and|[a-z]+ly)\s){0,2}(?:said|says|saw|sees|looked|took|gave|went|came"
    r"|ran|knew|thought|felt|sat|walked|turned|asked|told|heard|wanted|tried|began|smiled|laughed|cried|nodded|held|put|made"
    r"|found|got|sent|brought|spoke|answered|called|kept|followed|loved|wished|ate|drank|slept|waited|jumped|opened"
    r"|lifted|threw|shook|started|stepped|did|drew|led|rose|set|wore|wept|sang|understood|remembered|decided|believed"
    r"|hoped|feared|liked|hated|caught|leaned|stared|glanced|reached|picked|pulled|pushed|married|died|rode|returned"
    r"|hurried|read|wrote|gone|seen|given|taken|known|thought|was (?:[a-z]+ing|glad|afraid|angry))\b"
)
"""What somebody does, and hardly a town."""
PLACE_BEFORE = re.compile(r"\b(?:in|at|of|from|on|to|into|through|near)\s$")
BEGINS = re.compile(r"(?:^|[.!?_”\"’—:\n]\s*|[“‘\"]\s*|\n)$")
"""What stands before the first word of a sentence."""
CALLS = re.compile(r"(?:^|[,!?.—-] ?|[“\"‘])([A-Z][a-z]+)(?=[,!?.—])")
HEAD = re.compile(r"^(?:[^\n]{0,70}\b\d{4}\.?|(?:My )?[Dd]ear [^\n]{1,40},)$", re.MULTILINE)
"""Place and date above a letter, and whom it greets."""


@dataclass(slots=True)
class NameCandidate:
    """A name or a noun with what speaks for its being someone."""

    name: str
    first: int
    proper: bool
    aliases: list[str] = field(default_factory=list)
    score: float = 0.0
    count: int = 0
    gender: Gender | None = None
    plural: bool = False
    faint: bool = False
    """Told of too little to be somebody by itself: the girl may still be Ann."""
    places: int = 0
    acts: int = 0
    speaks: int = 0
    within: int = 0
    """How often it stands within a sentence, where only a name has a capital."""

    @property
    def names(self) -> list[str]:
        return [self.name, *self.aliases]

    def add(self, *more: str) -> None:
        self.aliases += [name for name in more if name not in self.names]

    def take_in(self, other: "NameCandidate") -> None:
        """The other one is nobody else."""
        self.aliases += other.names
        self.first = min(self.first, other.first)
        self.count += other.count


def animate() -> frozenset[str]:
    return words("reader_en", "male") | words("reader_en", "female") | words("reader_en", "neutral")


def find_names(text: str, blotted: str, nouns: list[NameCandidate]) -> list[NameCandidate]:
    """Capitalised words used as people are. One that only begins sentences must be no other word."""
    title = load("reader_en")["title"]
    pattern = re.compile(
        rf"\b((?:{title}) |(?:Mr|Mrs|Mme|Dr)\. )?"
        r"([A-Z][a-z]+(?:-[A-Z]?[a-z]+)?(?: (?:van |de |von )?[A-Z][a-z]+){0,2})\b"
    )
    found: dict[str, NameCandidate] = {}
    blotted = HEAD.sub(lambda head: "_" * len(head.group()), blotted)
    for match in pattern.finditer(blotted):
        own = stripped(match.group(2))
        name = ((match.group(1) or "") + own).strip()
        if own:
            entry = found.setdefault(name, NameCandidate(name, match.start() + match.group().find(own), True))
            count(entry, blotted, match, whole=own == match.group(2))
    lower = {c.name.removeprefix("the ").lower() for c in nouns}
    called = [match.group(1) for match in CALLS.finditer(text)]
    used = frozenset(re.findall(r"(?<![A-Za-z])[a-z]+", text))
    for name, candidate in found.items():
        candidate.score += 2.0 * min(called.count(name), 2)
        candidate.within += called.count(name)
        candidate.acts += called.count(name)
    return [c for c in found.values() if is_word_of_its_own(c, used) and is_person(c, lower) and not is_thing(c, used)]


def count(entry: NameCandidate, blotted: str, match: re.Match[str], *, whole: bool) -> None:
    """One more place where the name stands."""
    said = load("reader_en")["said"]
    before, after = blotted[max(0, match.start() - 24) : match.start()], blotted[match.end() : match.end() + 24]
    place = bool(PLACE_BEFORE.search(before))
    speaks = re.match(rf"[^.\n]{{0,3}}\b(?:[a-z]+ly )?(?:{said})\b", after) or re.search(
        rf"\b(?:{said})\s(?:the\s)?$", before
    )
    entry.count += 1
    entry.speaks += bool(speaks)
    entry.places += place
    entry.acts += bool(ACTS.match(after))
    entry.within += not (whole and BEGINS.search(before)) or bool(match.group(1))
    entry.score += 1 + 3 * bool(speaks) + after.startswith(("'s", "’s")) - 1.5 * place
    entry.score += 0.5 * bool(VERB_AFTER.match(after))


def stripped(name: str) -> str:
    """Without the words at both ends that begin a sentence or name a month."""
    parts = name.split()
    not_names = words("reader_en", "not_names")
    while parts and parts[0] in not_names:
        parts = parts[1:]
    while parts and parts[-1] in not_names:
        parts = parts[:-1]
    return " ".join(parts)


def is_word_of_its_own(candidate: NameCandidate, used: frozenset[str]) -> bool:
    first = candidate.name.split()[0].lower()
    return candidate.within > 0 or (candidate.count >= 2 and first not in used and not first.endswith(("ing", "ly")))


def is_thing(candidate: NameCandidate, used: frozenset[str]) -> bool:
    """The Remarks column, “remarks” elsewhere: what nobody says anything as."""
    word = candidate.name.lower()
    given = words("reader_en", "given_female") | words("reader_en", "given_male")
    return candidate.speaks == 0 and word in used and word not in animate() and candidate.name not in given


def is_person(candidate: NameCandidate, nouns: set[str]) -> bool:
    last = candidate.name.lower().split()[-1]
    if last in animate() and (candidate.name.lower() in nouns or last in nouns):
        return False
    if re.match(rf"(?:{load('reader_en')['title']})\b", candidate.name):
        return True
    given = bool({*candidate.name.split()} & (words("reader_en", "given_female") | words("reader_en", "given_male")))
    lives = given or candidate.speaks + candidate.acts > 0
    return lives and candidate.score >= 3 and candidate.places <= candidate.count * 0.5
