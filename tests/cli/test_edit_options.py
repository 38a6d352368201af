"""`edit`, `undo`, `edits`: one line changed by hand is on the page, and is taken back."""

import json
from pathlib import Path

import pytest

from cli.edit_options import read_edits, worded
from manga.errors import NotFound, UserError
from tests.program import Mangaka, Stores

STORY = """The Lamp

"It is dark," said Nora. She lit the lamp.

"Thank you," said Tom. He smiled at her.
"""


def test_values_are_json_or_plain_words() -> None:
    assert worded(["p01.k2", "shot=close", "importance=4", 'effects=["rain"]', "seen=a=b"]) == [
        {
            "element_id": "p01.k2",
            "change_data": {"shot": "close", "importance": 4, "effects": ["rain"], "seen": "a=b"},
        }
    ]


def test_what_is_no_pair_is_told_with_an_example() -> None:
    with pytest.raises(UserError, match="is not FIELD=VALUE"):
        worded(["p01.k2", "close"])


@pytest.mark.parametrize("text", ["", "{", '{"a": 1}', "[1]", '"x"'])
def test_a_file_that_holds_no_edits_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "edits.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError):
        read_edits(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_edits(tmp_path / "none.json")


@pytest.mark.slow
@pytest.mark.timeout(170)
def test_a_line_changed_by_hand_is_on_the_page_and_is_taken_back(mangaka: Mangaka, stores: Stores) -> None:
    (stores.folder / "story.txt").write_text(STORY, encoding="utf-8")
    drawn = json.loads(mangaka("draw", "story.txt", "--json", "--quiet").stdout)
    work, folder = drawn["id"], stores.folder / "out/the-lamp"
    before = (folder / "pages/001.json").read_text()
    wrong = mangaka("edit", work, "p01.k1", "colour=red", "--quiet")
    assert wrong.returncode == 2
    assert "no such field" in wrong.stderr.decode()

    balloon = next(b for b in json.loads(before)["balloons"] if b["kind"] == "speech")
    edited = mangaka("edit", work, balloon["key"], "text=So dark!", "--quiet")
    assert edited.returncode == 0, edited.stderr.decode()
    assert "So dark!" in (folder / "pages/001.json").read_text()
    listed = json.loads(mangaka("edits", work, "--json").stdout)["edits"]
    assert [one["status"] for one in listed] == ["active"]

    assert mangaka("undo", work, "--quiet").returncode == 0
    assert (folder / "pages/001.json").read_text() == before
    assert mangaka("undo", work, "--quiet").returncode == 4
