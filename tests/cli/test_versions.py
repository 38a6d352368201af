"""The commands about versions, from outside: listing, showing, comparing, and what follows from an order."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from cli.find_work import split
from cli.versions import lanes
from manga.errors import UserError
from storage.base import Version
from storage.database import connection, open_database
from storage.versions import Branch, History
from tests.program import Mangaka, Stores
from tests.works.desk import opened
from tests.works.lines import forked

WORK = UUID("00000000-0000-4000-8000-000000000000")
NOBODYS = "99999999-9999-4999-8999-999999999999"


@pytest.fixture
def book(stores: Stores) -> str:
    """The id of a finished work with two lines, made by the scripted crew."""

    async def make() -> str:
        async with open_database(stores.database_url) as pool:
            desk = await forked(pool, stores.folder / "home")
            async with connection(pool) as conn:  # the jobs of runs that no worker took
                await conn.execute("DELETE FROM procrastinate_jobs")
            return str(desk.work_id)

    return asyncio.run(make())


def test_the_list_is_the_tree_with_its_branches(mangaka: Mangaka, book: str) -> None:
    found = json.loads(mangaka("versions", book, "--json").stdout)
    assert found["work_id"] == book
    assert (found["current_branch"], [b["name"] for b in found["branches"]]) == ("夜", ["main", "夜"])
    assert [v["number"] for v in found["versions"]] == list(range(1, 12))
    assert {"version_id", "parent_version_id", "phase", "branch", "change_description", "quality_score"} <= set(
        found["versions"][0]
    )
    assert [v["head_of"] for v in found["versions"] if v["head_of"]] == [["main"], ["夜"]]


def test_without_a_terminal_the_list_is_columns_by_tab_newest_last(mangaka: Mangaka, book: str) -> None:
    rows = [line.split("\t") for line in mangaka("versions", book, "--phase", "finishing").stdout.decode().splitlines()]
    assert [(row[0], row[2], row[3]) for row in rows] == [("7", "finishing", "main"), ("11", "finishing", "夜")]


@pytest.mark.slow
def test_a_version_is_shown_in_words_and_as_data(mangaka: Mangaka, book: str) -> None:
    said = mangaka("show", "storyboard").stdout.decode()  # the only work
    assert "ごん" in said
    assert "p01.k3 bust (talk)" in said
    assert "line 2" in said
    assert "artwork" not in said
    found = json.loads(mangaka("show", book, "main", "--json").stdout)
    assert found["version"]["head_of"] == []
    assert found["preview"]["phase"] == "finishing"
    assert list(found["results"]) == [
        "concept", "characters", "plot", "storyboard", "artwork", "lettering", "finishing",
    ]  # fmt: skip
    assert json.loads(mangaka("show", found["version"]["version_id"], "--json").stdout) == found


@pytest.mark.slow
def test_a_difference_is_told_in_words_and_as_data(mangaka: Mangaka, book: str) -> None:
    said = mangaka("diff", "plot", "main").stdout.decode()
    assert "storyboard came" in said
    found = json.loads(mangaka("diff", book, "main", "夜", "--json").stdout)
    assert found["changes"] == []


def test_versions_without_pages_have_no_picture(mangaka: Mangaka, book: str) -> None:
    ended = mangaka("diff", book, "plot", "main", "--out", "pages.png")
    assert ended.returncode == 2
    assert "no finished pages" in ended.stderr.decode()


@pytest.mark.slow
@pytest.mark.timeout(170)
def test_a_lock_is_carried_out_and_shown(mangaka: Mangaka, book: str) -> None:
    ended = mangaka("lock", "ごん", "p1.k2", "--json")
    assert ended.returncode == 0, ended.stderr.decode()
    found = json.loads(mangaka("show", "--json").stdout)
    assert (found["version"]["kind"], sorted(found["locks"])) == ("lock", ["b0001", "c01"])
    again = mangaka("lock", book, "ごん")
    assert again.returncode == 2
    assert "locked already" in again.stderr.decode()


def test_a_restored_book_is_finished_at_once(mangaka: Mangaka, book: str) -> None:
    ended = mangaka("restore", book, "main", "--quiet")
    assert ended.returncode == 0, ended.stderr.decode()
    newest = json.loads(mangaka("versions", "--json").stdout)["versions"][-1]
    assert (newest["kind"], newest["branch"]) == ("restore", "夜")


@pytest.mark.slow
def test_pruning_says_what_it_saved(mangaka: Mangaka, book: str) -> None:
    before = mangaka("show", book, "plot", "--json").stdout
    saved = json.loads(mangaka("versions", "prune", book, "--json").stdout)
    assert saved["bytes_after"] < saved["bytes_before"]
    assert mangaka("show", book, "plot", "--json").stdout == before


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["show", "nothing"], 4, "no version 'nothing'"),
        (["show", NOBODYS], 4, "no work"),
        (["versions", "not-an-id"], 4, "no work 'not-an-id'"),
        (["diff", "plot"], 2, "too few"),
        (["diff", "1", "2", "3"], 2, "too few or too many"),
        (["fork", "plot", "--branch", "main"], 2, "branch 'main'"),
        (["fork", "plot", "--branch", "head"], 2, "cannot be a branch"),
        (["keep", "p01.k1"], 2, "--from"),
        (["keep", "p77", "--from", "main"], 4, "p77"),
        (["lock", "nobody"], 4, "'nobody'"),
        (["lock", "--off", "p01"], 2, "is locked"),
        (["restore", "head"], 2, "newest already"),
    ],
)
@pytest.mark.slow
def test_what_cannot_be_done_is_one_line_and_changes_nothing(
    mangaka: Mangaka, book: str, arguments: list[str], code: int, said: str
) -> None:
    ended = mangaka(*arguments, "--json")
    assert ended.returncode == code
    assert said in json.loads(ended.stdout)["error"]["message"] + ended.stderr.decode()
    assert len(json.loads(mangaka("versions", book, "--json").stdout)["versions"]) == 11


@pytest.mark.slow
def test_with_several_works_one_must_be_named(mangaka: Mangaka, stores: Stores, book: str) -> None:
    async def another() -> None:
        async with open_database(stores.database_url) as pool:
            await opened(pool, stores.folder / "home", feedback=False)

    asyncio.run(another())
    ended = mangaka("versions")
    assert ended.returncode == 2
    assert "several works" in ended.stderr.decode()
    newest = json.loads(mangaka("versions", "--last", "--json").stdout)
    assert newest["work_id"] != book
    version = newest["versions"][0]["version_id"]
    assert json.loads(mangaka("diff", version, version, "--json").stdout)["old"] == version


@pytest.mark.slow
def test_words_that_a_terminal_would_obey_are_not_printed(mangaka: Mangaka, book: str) -> None:
    said = mangaka("fork", "plot", "--branch", "red", "--say", "登場人物\x1b[31m", "--quiet")
    assert said.returncode == 0, said.stderr.decode()
    assert b"\x1b" not in mangaka("versions").stdout + mangaka("show", "characters").stdout


def _version(number: int, parent: int | None, branch: str = "main") -> Version:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number)
    after = None if parent is None else f"v{parent}"
    return Version(f"v{number}", WORK, after, f"c{number}", "plot", branch, "phase", "", None, None, "mangaka", at)


def _history(*versions: Version) -> History:
    names = dict.fromkeys(version.branch for version in versions)
    branches = [Branch(n, None, "", versions[0].created_at, versions[0].created_at) for n in names]
    return History(versions, tuple(branches), None)


def test_the_tree_is_drawn_with_a_lane_for_each_branch() -> None:
    history = _history(
        _version(1, None), _version(2, 1), _version(3, 1, "a"), _version(4, 2), _version(5, 3, "a"),
        _version(6, 2, "b"), _version(7, 6, "b"),
    )  # fmt: skip
    assert lanes(history) == ["●", "●", "├─●", "● │", "│ ●", "╰───●", "    ●"]


def test_the_first_word_is_a_work_only_where_it_can_be_one() -> None:
    assert split([str(WORK), "a"], 1, 1)[0].id == WORK
    assert split([NOBODYS], 1, 1)[1] == [NOBODYS]
    assert split(["a", "b"], 1)[1] == ["a", "b"]
    with pytest.raises(UserError):
        split(["a", "b"], 1, 1)


@pytest.mark.slow
def test_the_pages_of_two_versions_stand_side_by_side(mangaka: Mangaka, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text('"Who are you?" asked the fox. The hare ran away.', encoding="utf-8")
    assert mangaka("draw", "story.txt", "--quiet").returncode == 0
    assert mangaka("fork", "storyboard", "--branch", "again", "--quiet").returncode == 0
    ended = mangaka("diff", "main", "again", "--out", "sheets/pages.png", "--every-page")
    assert ended.returncode == 0, ended.stderr.decode()
    assert (tmp_path / "sheets/pages.png").read_bytes().startswith(b"\x89PNG")
    assert mangaka("keep", "p01.k1", "--from", "main", "--quiet").returncode == 0
    assert json.loads(mangaka("show", "--json").stdout)["locks"]
