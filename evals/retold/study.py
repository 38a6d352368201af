"""The folder of a study: which sets of sheets there are, what each shows, and where answers lie."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Final, Literal, TypeAlias

from pydantic import ValidationError

from manga.values import Value

Order: TypeAlias = Literal["told", "shuffled"]
ORDERS: Final[tuple[Order, ...]] = ("told", "shuffled")
KEY: Final = "key.json"
RETELLING: Final = "retelling"
"""Stem of the files in which readers answer; `retelling_2.txt` is a second reader's."""


class StudyWrong(ValueError):
    """A study, or an answer in it, cannot be used. Names the file, the fault and the remedy."""


class ReadingSet(Value):
    """One reader's sheets: a story's pages by their numbers, in the order in which they are shown. Events of the
    story `beside` it are mixed in for the judge."""

    id: str
    story: str
    beside: str
    order: Order
    pages: tuple[int, ...]


class Study(Value):
    """The content of `key.json`."""

    seed: int
    sets: tuple[ReadingSet, ...] = ()

    def named(self, name: str) -> ReadingSet:
        """Raises StudyWrong for an id that is not in the study."""
        found = next((one for one in self.sets if one.id == name), None)
        if found is None:
            raise StudyWrong(f"no set of this study is called {name}")
        return found


def opaque(story: str, order: Order, seed: int) -> str:
    """A name that tells a reader nothing, the same in every run."""
    return hashlib.sha256(f"{story} {order} {seed}".encode()).hexdigest()[:8]


def shuffled(pages: Sequence[int], seed: str) -> tuple[int, ...]:
    """Another order, where it can be one in which no page follows the page that it follows in the book. Raises
    StudyWrong for fewer than three pages: a reader would see their order."""
    if len(pages) < 3:
        raise StudyWrong(f"a book of {len(pages)} pages cannot be shuffled; take a longer one")
    rolled = Random(seed)
    after = dict(pairwise(pages))
    mixed = list(pages)
    for _ in range(2000):
        rolled.shuffle(mixed)
        if not any(after.get(one) == other for one, other in pairwise(mixed)):
            break
    return tuple(mixed) if tuple(mixed) != tuple(pages) else tuple(reversed(pages))


def read_study(folder: Path) -> Study:
    """Raises StudyWrong where there is none."""
    file = folder / KEY
    if not file.is_file():
        raise StudyWrong(
            f"{folder} is no study; begin one with: python -m evals retold sheets STORY BOOK --out {folder}"
        )
    try:
        return Study.of(json.loads(file.read_bytes()))
    except (ValueError, ValidationError) as error:
        raise StudyWrong(f"{file} cannot be read: {error}") from error


def write_study(folder: Path, study: Study) -> None:
    (folder / KEY).write_text(json.dumps(study.to_json(), indent=1) + "\n", encoding="utf-8")


def set_folder(folder: Path, one: ReadingSet) -> Path:
    """What a reader gets."""
    return folder / "read" / one.id


def retellings(folder: Path, one: ReadingSet) -> Iterator[tuple[str, str]]:
    """Name and text of every reader's answer. Raises StudyWrong for an empty one."""
    for file in sorted(set_folder(folder, one).glob(f"{RETELLING}*")):
        if file.suffix not in {".txt", ".md"}:
            continue
        text = file.read_text(encoding="utf-8").strip()
        if not text:
            raise StudyWrong(f"{file} is empty; write the retelling into it or remove it")
        yield f"{one.id}_{file.stem}", text


def judged_file(folder: Path, name: str) -> Path:
    """The judge's sheet of a retelling."""
    return folder / "judge" / f"{name}.json"
