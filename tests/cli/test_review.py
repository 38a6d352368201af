"""`draw --review`: a person at the terminal, or a program that answers for one, is asked after every phase."""

import json
from pathlib import Path

import pytest

from tests.program import Mangaka, Stores, call

STORY = """The Lamp

"It is dark," said Nora. She lit the lamp.

"Thank you," said Tom. He smiled at her.
"""


@pytest.fixture
def story(stores: Stores) -> Path:
    path = stores.folder / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


@pytest.mark.slow
@pytest.mark.timeout(170)
def test_enter_seven_times_makes_the_book_and_every_phase_is_shown(mangaka: Mangaka, story: Path) -> None:
    ended = mangaka("draw", str(story), "--review", stdin=b"\n" * 7)
    said = ended.stderr.decode()
    assert ended.returncode == 0, said
    assert [f"{n}/7 " in said for n in range(1, 8)] == [True] * 7
    assert "Nora" in said
    assert Path(story.parent / ended.stdout.decode().strip(), "book.pdf").exists()


@pytest.mark.slow
def test_who_leaves_finds_the_work_waiting_and_can_answer_later(mangaka: Mangaka, story: Path) -> None:
    left = mangaka("draw", str(story), "--review", "--json", stdin=b"\n:quit\n")
    assert left.returncode == 0
    state = json.loads(left.stdout)
    assert state["status"] == "awaiting_feedback"
    assert state["pending_review"]["phase"] == "characters"

    work, version = state["id"], state["pending_review"]["version_id"]
    stale = mangaka("approve", work, "--base", "older", "--quiet")
    assert stale.returncode != 0
    assert version in stale.stderr.decode()

    after = json.loads(mangaka("approve", work, "--base", version, "--json").stdout)
    assert after["pending_review"]["phase"] == "plot"
    assert mangaka("review", work, stdin=b"\n" * 5).returncode == 0


@pytest.mark.slow
@pytest.mark.timeout(170)
def test_another_sentence_may_be_said_in_the_place_of_one_that_is_asked_about(mangaka: Mangaka, story: Path) -> None:
    work = json.loads(mangaka("draw", str(story), "--json").stdout)["id"]
    assert json.loads(mangaka("feedback", work, "xyzzy", "--json").stdout)["pending_review"]["question"]
    ended = mangaka("feedback", work, "Make page 1 darker", "--json")
    assert ended.returncode == 0, ended.stderr.decode()
    assert json.loads(ended.stdout)["status"] == "completed"


@pytest.mark.slow
@pytest.mark.timeout(170)
def test_what_is_not_understood_is_asked_back_and_can_be_dropped(mangaka: Mangaka, story: Path) -> None:
    ended = mangaka("draw", str(story), "--review", stdin=b"xyzzy\n:cancel\n" + b"\n" * 7)
    assert ended.returncode == 0, ended.stderr.decode()


@pytest.mark.slow
@pytest.mark.timeout(170)
def test_a_finished_book_is_changed_by_a_sentence(stores: Stores, story: Path) -> None:
    mangaka = call(stores)
    drawn = mangaka("draw", str(story), "--json", "--quiet")
    work = json.loads(drawn.stdout)["id"]
    ended = mangaka("feedback", work, "Make the characters younger.", "--quiet")
    assert ended.returncode == 0, ended.stderr.decode()
    assert (stores.folder / ended.stdout.decode().strip() / "book.pdf").exists()
    nothing = mangaka("approve", work)
    assert nothing.returncode == 2
    assert "finished" in nothing.stderr.decode()


@pytest.mark.slow
@pytest.mark.timeout(170)
def test_an_edit_and_its_undoing_are_one_line_each_at_the_prompt(mangaka: Mangaka, story: Path) -> None:
    lines = ["", "", "", ":edit p01.k1 importance=5", ":edit p01.k1 colour=red", ":undo", ":quit"]
    ended = mangaka("draw", str(story), "--review", "--json", stdin="\n".join(lines).encode() + b"\n")
    said = ended.stderr.decode()
    assert ended.returncode == 0, said
    assert said.count("4/7 storyboard") == 3
    assert "has no such field" in said
    assert json.loads(ended.stdout)["pending_review"]["phase"] == "storyboard"
