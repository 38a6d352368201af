"""The summary of counts that the repository keeps: one line a list, and one for each entry that breaks the rule.

`list  entries  of fewer than FEW texts, from kept sources  of these in rare rules  digests`, and `list  texts  words`.
Digests are six hexadecimal digits each, so that the file stays small and an entry that nobody has counted is known by
its absence.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from evals.memory.count_in_texts import FEW, RARE_RULE
from evals.memory.words_of_the_reader import Entry

SUMMARY: Final = Path(__file__).parent / "counted.tsv"
_DIGITS: Final = 6
_HEAD: Final = "# Written by `python -m evals memory --corpus FOLDER`; see evals/memory/counted_summary.py.\n"


@dataclass(frozen=True, slots=True)
class Summary:
    """By list the digests of its entries, and how many only a kept source has; by list and words those that fewer than
    FEW texts have and no kept source, with their texts. `loose` are frequent words of rules that fewer than FEW texts
    have, by list: there the rule may be memory though its words are not."""

    known: dict[str, set[str]] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)
    loose: dict[str, int] = field(default_factory=dict)
    rare: dict[tuple[str, str], int] = field(default_factory=dict)

    def uncounted(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Entries that nobody has counted."""
        return (entry for entry in entries if digest(entry) not in self.known.get(entry.list, ()))

    def remembered(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Entries that fewer than FEW texts have and no kept source."""
        return (entry for entry in entries if (entry.list, entry.words) in self.rare)


def digest(entry: Entry) -> str:
    return sha256(entry.words.encode()).hexdigest()[:_DIGITS]


def summed(counted: Iterable[tuple[Entry, int, str]]) -> Summary:
    """Of two entries with the same words in one list the one that more texts have."""
    most: dict[tuple[str, str], tuple[int, str]] = {}
    found = Summary()
    for entry, many, source in counted:
        found.known.setdefault(entry.list, set()).add(digest(entry))
        before, own = most.get((entry.list, entry.words), (many, source))
        most[entry.list, entry.words] = max(before, many), own or source
    for key, (many, source) in most.items():
        if many < FEW and source:
            found.kept[key[0]] = found.kept.get(key[0], 0) + 1
            found.loose[key[0]] = found.loose.get(key[0], 0) + (source == RARE_RULE)
        elif many < FEW:
            found.rare[key] = many
    return found


def write_summary(found: Summary, path: Path = SUMMARY) -> None:
    lists = (
        f"{name}\t{len(own)}\t{found.kept.get(name, 0)}\t{found.loose.get(name, 0)}\t{''.join(sorted(own))}\n"
        for name, own in sorted(found.known.items())
    )
    rare = (f"{name}\t{many}\t{words}\n" for (name, words), many in sorted(found.rare.items()))
    path.write_text(_HEAD + "".join((*lists, *rare)), encoding="utf-8")


def read_summary(path: Path = SUMMARY) -> Summary:
    found = Summary()
    if not path.exists():
        return found
    for line in path.read_text(encoding="utf-8").splitlines():
        match line.split("\t"):
            case [name, _, kept, loose, digests]:
                found.kept[name], found.loose[name] = int(kept), int(loose)
                found.known[name] = {digests[at : at + _DIGITS] for at in range(0, len(digests), _DIGITS)}
            case [name, many, words]:
                found.rare[name, words] = int(many)
            case _:
                continue
    return found
