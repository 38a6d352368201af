"""Documents that name a file name one that is there, and both readmes tell the same."""

import re
from pathlib import Path

import pytest

from benchmarks.structure import FLOORS, read_modules, tracked

ROOT = Path(__file__).parent.parent
PATHS = re.compile(r"`((?:[\w.-]+/)+[\w.*-]*)`")
MADE_BY_COMMANDS = ("out/", "pages/", "evals/recordings")
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"))
    if path.name != "CHANGELOG.md"  # tells of names that were
)
MODULES = re.compile(rf"`((?:{'|'.join(FLOORS)})(?:\.\w+)+)`")


def named(document: str) -> list[str]:
    found = PATHS.findall((ROOT / document).read_text(encoding="utf-8"))
    return [path for path in found if not path.startswith(MADE_BY_COMMANDS)]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_that_a_document_names_is_there(document: str) -> None:
    missing = [path for path in named(document) if "<" not in path and not list(ROOT.glob(path.rstrip("/")))]
    assert missing == []


def test_every_module_that_the_table_of_the_evals_names_is_there() -> None:
    """By its bare name: the table stands beside them."""
    named = re.findall(r"`(\w+\.\w+)`", (ROOT / "evals/README.md").read_text(encoding="utf-8"))
    assert named
    assert [name for name in named if not (ROOT / "evals" / name).is_file()] == []


def test_both_readmes_show_the_same_commands_and_pictures() -> None:
    english, japanese = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.ja.md"))
    assert re.findall(r"^(?:make|\./mangaka) \w+", english, re.MULTILINE) == re.findall(
        r"^(?:make|\./mangaka) \w+", japanese, re.MULTILINE
    )
    assert re.findall(r"!\[.*\]\((.*)\)", english) == re.findall(r"!\[.*\]\((.*)\)", japanese)


def test_pictures_that_the_readme_shows_are_there() -> None:
    for picture in re.findall(r"!\[.*\]\((.*)\)", (ROOT / "README.md").read_text(encoding="utf-8")):
        assert (ROOT / picture).exists(), picture


def is_there(dotted: str, sources: dict[str, str]) -> bool:
    """Whether the longest module in `graph.state.State` is there, and names what stands behind it."""
    parts = dotted.split(".")
    for count in range(len(parts), 0, -1):
        if (found := sources.get(".".join(parts[:count]))) is not None:
            return count == len(parts) or re.search(rf"\b{parts[count]}\b", found) is not None
    return (ROOT / "/".join(parts[:-2]) / ".".join(parts[-2:])).is_file()


def test_every_module_that_a_document_or_a_docstring_names_is_there() -> None:
    modules = {module.name: module for module in read_modules(ROOT, tracked(ROOT))}
    sources = {name: module.text for name, module in modules.items()}
    texts = {module.path: module.text for module in modules.values()}
    texts |= {document: (ROOT / document).read_text(encoding="utf-8") for document in DOCUMENTS}
    named = {(path, name) for path, text in texts.items() for name in MODULES.findall(text)}
    assert [(path, name) for path, name in sorted(named) if not is_there(name, sources)] == []
    assert not is_there("graph.state.Nothing", sources)
    assert not is_there("graph.nowhere", sources)
