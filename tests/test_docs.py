"""Documents that name a file name one that is there, and both readmes tell the same."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PATHS = re.compile(r"`((?:[\w.-]+/)+[\w.*-]*)`")
MADE_BY_COMMANDS = ("out/", "pages/", "evals/recordings")
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"))
    if path.name != "CHANGELOG.md"  # tells of names that were
)
PLANNED = ("planned", "kept for")


def named(document: str) -> list[str]:
    lines = (ROOT / document).read_text(encoding="utf-8").splitlines()
    found = [path for line in lines if not any(word in line for word in PLANNED) for path in PATHS.findall(line)]
    return [path for path in found if not path.startswith(MADE_BY_COMMANDS)]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_that_a_document_names_is_there(document: str) -> None:
    missing = [path for path in named(document) if "<" not in path and not list(ROOT.glob(path.rstrip("/")))]
    assert missing == []


def test_both_readmes_show_the_same_commands_and_pictures() -> None:
    english, japanese = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.ja.md"))
    assert re.findall(r"^(?:make|\./mangaka) \w+", english, re.MULTILINE) == re.findall(
        r"^(?:make|\./mangaka) \w+", japanese, re.MULTILINE
    )
    assert re.findall(r"!\[.*\]\((.*)\)", english) == re.findall(r"!\[.*\]\((.*)\)", japanese)


def test_pictures_that_the_readme_shows_are_there() -> None:
    for picture in re.findall(r"!\[.*\]\((.*)\)", (ROOT / "README.md").read_text(encoding="utf-8")):
        assert (ROOT / picture).exists(), picture
