"""`docs/glossary.md` against the code: what it names is there, and no name says what it says otherwise."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from benchmarks.structure import Module, read_modules, tracked

ROOT: Final = Path(__file__).resolve().parent.parent
HEAD: Final = ("word", "Japanese", "means", "in code", "not")
MODULES: Final = {module.name: module for module in read_modules(ROOT, tracked(ROOT))}

LASTING: Final = {
    "QuotaExhausted": "`quota_exhausted` is the code that the service and the command line answer with",
    "Snapshot": "`snapshot` is the type of an event that streams send",
    "drawing/art/hands.py": "a hand is a part of the body here",
    "drawing/art/hand_shapes.py": "a hand is a part of the body here",
    "drawing/art/hands_on_another.py": "a hand is a part of the body here",
    "HandOutline": "a hand is a part of the body here",
    "HandPiece": "a hand is a part of the body here",
    "HandFrame": "a hand is a part of the body here",
    "offline/reading/hand_frames.py": "a hand is a part of the body here",
}
"""Names that say a word of the column *not* and mean something else, or are a contract."""

MIND_STAYS: Final = {
    "agents/plot/draft_in_parts.py": "a digest's key: another name would ask a model again for what was paid for",
    "calls/services.py": "the old name of a recipe's model, stored beside the new one",
    "cli/doctor.py": "the old name of a check, answered beside the new one",
    "editing/picture_alternatives.py": "the name of a recipe's model in works of before",
    "evals/commands.py": "the old name of an option",
    "evals/answering_models.py": "the old name of a field in runs of before",
    "evals/raw_answers.py": "the old name of a field in runs of before",
    "server/openapi_operations.py": "the old name of a field, answered beside the new one",
    "server/routes/status.py": "the old name of a field, answered beside the new one",
}
"""Files outside `offline/` (where people of stories have minds) that say the word."""


@dataclass(frozen=True)
class Row:
    """One concept. `code` names classes and modules with dots, files and folders with slashes."""

    words: tuple[str, ...]
    means: str
    code: tuple[str, ...]
    banned: tuple[str, ...]

    def __str__(self) -> str:
        return self.words[0]


def split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(",") if part.strip())


def read_rows(text: str) -> Iterator[Row]:
    """Raises ValueError where a row does not have the columns of the table."""
    for line in text.splitlines():
        if not line.startswith("|") or set(line) <= set("|-"):
            continue
        cells = tuple(cell.strip() for cell in line.strip("|").split("|"))
        if cells == HEAD:
            continue
        word, _, means, code, banned = cells
        yield Row(split(word), means, tuple(re.findall(r"`([^`]+)`", code)), split(banned))


ROWS: Final = tuple(read_rows((ROOT / "docs/glossary.md").read_text(encoding="utf-8")))


def defines(module: Module, name: str) -> bool:
    """Whether the module has a class or an alias of that name."""
    return re.search(rf"^(?:class )?{re.escape(name)}\b(?:[(:\[]| =)", module.text, re.MULTILINE) is not None


def is_there(named: str) -> bool:
    if "/" in named:
        return (ROOT / named).exists()
    if named in MODULES:
        return True
    where, _, name = named.rpartition(".")
    return where in MODULES and defines(MODULES[where], name)


def words_of(name: str) -> set[str]:
    """`WrappedText` and `cli/doctor.py` -> the words in it, small and singular."""
    last = name.removesuffix("/__init__.py").rpartition("/")[2].removesuffix(".py")
    return {word.lower().removesuffix("s") for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", last)}


@cache
def names() -> frozenset[str]:
    """Public classes, modules and folders of the product."""
    return frozenset(name for module in MODULES.values() for name in (module.path, *module.classes()))


def saying(word: str) -> set[str]:
    return {name for name in names() if word.lower().removesuffix("s") in words_of(name)}


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_what_a_word_names_in_code_is_there(row: Row) -> None:
    assert [named for named in row.code if not is_there(named)] == []


def test_the_code_of_the_glossary_can_be_missed() -> None:
    assert not is_there("manga.plot.Nothing")
    assert not is_there("manga.nowhere.Beat")
    assert not is_there("manga/nowhere/")


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_every_word_has_a_meaning(row: Row) -> None:
    assert len(row.means) >= 20


def test_no_word_is_told_twice() -> None:
    counted = Counter(word for row in ROWS for word in row.words)
    assert [word for word, count in counted.items() if count > 1] == []


def test_no_word_is_both_wanted_and_unwanted() -> None:
    assert {word for row in ROWS for word in row.words} & {word for row in ROWS for word in row.banned} == set()


@pytest.mark.parametrize("word", [word for row in ROWS for word in row.banned])
def test_no_name_says_an_unwanted_word(word: str) -> None:
    assert sorted(saying(word) - set(LASTING)) == []


def test_words_are_found_within_names() -> None:
    assert words_of("WrappedTexts") == {"wrapped", "text"}
    assert words_of("server/langgraph_wire/HITLPatch.py") == {"hitl", "patch"}
    assert words_of("agents/editor_remarks/__init__.py") == {"editor", "remark"}


def test_code_says_model_and_never_mind() -> None:
    said = re.compile(r"(?<![a-z])[Mm]inds?(?![a-z])")
    own = (module for module in MODULES.values() if module.floor != "offline")
    assert sorted(module.path for module in own if said.search(module.text)) == sorted(MIND_STAYS)


def test_every_exception_is_needed() -> None:
    said = {name for row in ROWS for word in row.banned for name in saying(word)}
    assert sorted(set(LASTING) - said) == []


@pytest.mark.parametrize(
    "document", sorted(path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")))
)
def test_documents_call_a_model_a_model(document: str) -> None:
    """The glossary names the unwanted word, and what stands in code quotes is a name or an option."""
    if document == "docs/glossary.md":
        return
    prose = re.sub(r"```.*?```|`[^`]*`", "", (ROOT / document).read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(r"(?i)\bminds?\b", prose) == []
