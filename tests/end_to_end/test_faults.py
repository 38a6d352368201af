"""Commands that die, and commands beside them: nothing is lost, nothing is drawn twice."""

import signal
from pathlib import Path

import psycopg
import pytest

from tests.end_to_end.test_draw import EXAMPLES, files_of
from tests.program import Stores, call, line_with, start

pytestmark = [pytest.mark.slow, pytest.mark.timeout(250)]

STORY = str(EXAMPLES[0])


def counters_of(stores: Stores, work: str) -> dict[str, int]:
    with psycopg.connect(stores.database_url) as conn:
        rows = conn.execute("SELECT name, value FROM work_counters WHERE work_id = %s", (work,)).fetchall()
    return {str(name): int(value) for name, value in rows}


def drawn_alone(stores: Stores) -> tuple[Path, int]:
    """The book as it comes undisturbed, and how many pictures were drawn for it."""
    ended = call(stores)("draw", STORY, "--quiet", "--out", "alone")
    assert ended.returncode == 0, ended.stderr.decode()
    with psycopg.connect(stores.database_url) as conn:
        row = conn.execute("SELECT value FROM work_counters WHERE name = 'images_drawn'").fetchone()
    assert row is not None
    return stores.folder / ended.stdout.decode().strip(), int(row[0])


def stopped_in_artwork(stores: Stores, how: signal.Signals) -> tuple[str, int]:
    """A command that gets the signal after a quarter of its panels: its work and its exit code."""
    with start(stores, "draw", STORY) as process:
        work = line_with(process.stderr, "Work ").split()[1]
        line_with(process.stderr, " panels")
        process.send_signal(how)
        process.communicate()
    return work, process.returncode


def test_a_killed_command_resumes_to_the_same_book_and_draws_no_panel_again(stores: Stores) -> None:
    alone, pictures = drawn_alone(stores)
    work, code = stopped_in_artwork(stores, signal.SIGKILL)
    before = counters_of(stores, work)["images_drawn"]
    assert code == -signal.SIGKILL
    assert 0 < before < pictures

    ended = call(stores)("resume", work, "--quiet")
    assert ended.returncode == 0, ended.stderr.decode()
    assert counters_of(stores, work)["images_drawn"] == pictures
    assert files_of(stores.folder / ended.stdout.decode().strip()) == files_of(alone)


def test_ctrl_c_leaves_a_work_that_resume_finishes(stores: Stores) -> None:
    alone, pictures = drawn_alone(stores)
    work, code = stopped_in_artwork(stores, signal.SIGINT)
    assert code == 130

    ended = call(stores)("resume", work, "--quiet")
    assert ended.returncode == 0, ended.stderr.decode()
    assert counters_of(stores, work)["images_drawn"] == pictures
    assert files_of(stores.folder / ended.stdout.decode().strip()) == files_of(alone)


def test_of_two_commands_at_once_one_is_killed_and_the_other_is_undisturbed(stores: Stores) -> None:
    alone, _ = drawn_alone(stores)
    with start(stores, "draw", STORY) as living:
        line_with(living.stderr, "Work ")
        work, _ = stopped_in_artwork(stores, signal.SIGKILL)
        out, said = living.communicate()
    assert living.returncode == 0, said.decode()
    assert files_of(stores.folder / out.decode().strip()) == files_of(alone)

    ended = call(stores)("resume", work, "--quiet")
    assert ended.returncode == 0, ended.stderr.decode()
    assert ended.stdout != out
    assert files_of(stores.folder / ended.stdout.decode().strip()) == files_of(alone)


def test_a_work_that_is_being_drawn_is_not_resumed(stores: Stores) -> None:
    with start(stores, "draw", STORY) as living:
        work = line_with(living.stderr, "Work ").split()[1]
        line_with(living.stderr, "concept")
        ended = call(stores)("resume", work)
        assert ended.returncode == 2
        assert "Another command is drawing" in ended.stderr.decode()
        living.communicate()
    assert living.returncode == 0
