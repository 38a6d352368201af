"""Finds who says I where in English text: the narrator of the whole, or the writer of each letter."""

import bisect
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from offline.lexicon import load, words
from offline.reading.en.names import NameCandidate
from offline.reading.story_reading import Mention, Quote

FIRST = re.compile(r"\bI\b")
SALUTATION = re.compile(r"^(?:(?:My )?[Dd]ear(?:est)? [^\n]{1,40}|Sir|Madam)[,:]?$", re.MULTILINE)
NAME = r"[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}"
SIGNATURE = re.compile(
    rf"^(?:(?:Yours?|With|Believe|Ever|Love|Your)\b[^\n]{{0,50}}?,? )?({NAME})(?:, [^\n]{{1,30}})?\.?$",
    re.MULTILINE,
)
LONGEST = 70
CALLED = re.compile(r"(?:^|[,!?.—-] )([A-Z][a-z]+)(?=[,!?.—]|$)")


@dataclass(frozen=True, slots=True)
class Teller:
    """Whoever says I from `start` to `end`."""

    start: int
    end: int
    name: str


def find_tellers(text: str, blotted: str, quotes: list[Quote], people: list[NameCandidate]) -> tuple[Teller, ...]:
    """In the order of the text; those who are not among the people yet are added."""
    letters = [*find_letters(text)]
    if len(letters) >= 2:
        return tuple(Teller(start, end, writer(name, start, people)) for start, end, name in letters)
    places = [m.start() for m in FIRST.finditer(blotted)]
    spread = {place * 4 // max(len(blotted), 1) for place in places}
    if len(places) < 4 or len(places) * 1500 < len(blotted) or len(spread) < 3:
        return ()
    own = own_names(text, blotted, quotes, people)
    people.append(NameCandidate("I", places[0], False, ["me", *own], float(len(places)), len(places)))
    return (Teller(0, len(text), "I"),)


def find_letters(text: str) -> Iterator[tuple[int, int, str]]:
    """From one salutation to the next, with the name beneath."""
    starts = [match.start() for match in SALUTATION.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        signed = [m for m in SIGNATURE.finditer(text, text.find("\n", start), end) if len(m.group()) <= LONGEST]
        lines = [m for m in signed if not re.search(r"\d", m.group())]
        if lines:
            yield start, end, lines[-1].group(1)


def writer(signed: str, start: int, people: list[NameCandidate]) -> str:
    """Agnes and Agnes Thorne are Miss Thorne."""
    parts = {part for part in signed.split() if len(part) > 2}
    by_all = (c for c in people if c.proper and any(parts & set(n.split()) for n in c.names))
    found = next(by_all, None)
    if found is None:
        found = NameCandidate(signed, start, True, [], 3.0, 1)
        people.append(found)
    found.aliases += [signed] if signed not in found.names else []
    return found.name


def own_names(text: str, blotted: str, quotes: list[Quote], people: list[NameCandidate]) -> list[str]:
    """“Keep the glass clean, Ines.” is said to the narrator when nobody is told of under that name."""
    known = {part for c in people for name in c.names for part in name.split()}
    titled = re.compile(rf"((?:{load('reader_en')['title']})\.? [A-Z][a-z]+)")
    calls: Counter[str] = Counter()
    for quote in quotes:
        said = text[quote.start : quote.end]
        calls.update(n for n in (*CALLED.findall(said), *titled.findall(said)) if not known & set(n.split()))
    used = frozenset(re.findall(r"(?<![A-Za-z])[a-z]+", text)) | {w.lower() for w in words("reader_en", "not_names")}
    given = words("reader_en", "given_female") | words("reader_en", "given_male")
    own = [name for name, _ in calls.most_common() if not re.search(rf"\b{name.split()[-1]}\b", blotted)]
    return [n for n in own if n.lower() not in used and (calls[n] > 1 or n in given)][:1]


def teller_at(tellers: tuple[Teller, ...], place: int) -> str | None:
    at = bisect.bisect_right([t.start for t in tellers], place) - 1
    return tellers[at].name if at >= 0 and place < tellers[at].end else None


def teller_mentions(blotted: str, tellers: tuple[Teller, ...]) -> Iterator[Mention]:
    for match in FIRST.finditer(blotted):
        name = teller_at(tellers, match.start())
        if name:
            yield Mention(match.start(), match.end(), name, "subject")
