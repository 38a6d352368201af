"""A story goes in, a book comes out."""

import json
from pathlib import Path

import pytest

from tests.program import ROOT, Stores, call

STORY = """The Fox and the Hare

One evening a fox met a hare at the edge of the forest.
"Where are you going so late?" asked the fox.
"Home," said the hare. "My children are waiting."
The fox looked at the moon for a long time. Then he stepped aside.
"""
EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of a book that must be the same for the same seed."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "work.json"
    }


def test_a_short_story_becomes_a_whole_book(stores: Stores) -> None:
    (stores.folder / "story.txt").write_text(STORY, encoding="utf-8")
    ended = call(stores)("draw", "story.txt", "--json")

    said = ended.stderr.decode()
    assert ended.returncode == 0, said
    result = json.loads(ended.stdout)
    folder = stores.folder / "out/the-fox-and-the-hare"
    assert result["links"]["folder"] == str(folder)
    assert result["status"] == "completed"
    for page in result["pages"]:
        assert (folder / page["image"]).read_bytes().startswith(b"\x89PNG")
        assert json.loads((folder / page["graph"]).read_bytes())["number"] == page["number"]
    assert (folder / "book.pdf").read_bytes().startswith(b"%PDF")
    assert (folder / "book.cbz").read_bytes().startswith(b"PK")
    assert json.loads((folder / "work.json").read_text())["id"] == result["id"]
    assert f"Page 1: {folder / 'pages/001.png'}" in said


@pytest.mark.slow
@pytest.mark.timeout(200)
@pytest.mark.parametrize("story", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_become_books_whose_gates_hold(stores: Stores, story: Path) -> None:
    mangaka = call(stores)
    drawn = mangaka("draw", str(story), "--quiet")
    assert drawn.returncode == 0, drawn.stderr.decode()
    assert drawn.stderr == b""

    audited = mangaka("audit", drawn.stdout.decode().strip(), "--json")
    broken = {name: gate for name, gate in json.loads(audited.stdout).items() if not gate["ok"]}
    assert not broken


@pytest.mark.slow
@pytest.mark.timeout(200)
def test_the_same_seed_gives_the_same_bytes(stores: Stores) -> None:
    mangaka = call(stores)
    folders = [
        stores.folder / mangaka("draw", str(EXAMPLES[0]), "--quiet", "--pages", "8").stdout.decode().strip()
        for _ in range(2)
    ]
    assert folders[0] != folders[1]
    assert files_of(folders[0]) == files_of(folders[1])
