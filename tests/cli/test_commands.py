"""Every way in which a command can end, from outside: exit code, the two streams, nothing left behind."""

import gc
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from cli.main import run
from tests.program import PROGRAM, Mangaka, Stores

STORY = "Once there was a fox. “Who are you?” asked the hare. The fox ran away."


def only_line(stream: bytes) -> str:
    """The single line of a stream, and no traceback."""
    lines = stream.decode().splitlines()
    assert len(lines) == 1, lines
    assert lines[0].startswith("mangaka: ")
    return lines[0]


def left_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"home", "story.txt"}


@pytest.fixture
def story(tmp_path: Path) -> Path:
    file = tmp_path / "story.txt"
    file.write_text(STORY, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (b"", 2, "is empty"),
        (b"\x00\x01\x02\xff" * 50, 2, "not a text file"),
        ("狐".encode() * 100_001, 2, "100,001 characters"),
        ("“café”".encode("cp1252"), 2, "neither UTF-8"),
    ],
)
def test_a_wrong_story_is_refused_before_anything_is_begun(
    mangaka: Mangaka, tmp_path: Path, data: bytes, code: int, said: str
) -> None:
    (tmp_path / "story.txt").write_bytes(data)
    ended = mangaka("draw", "story.txt")

    assert ended.returncode == code
    assert said in only_line(ended.stderr)
    assert ended.stdout == b""
    assert left_in(tmp_path) == set()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["draw", "missing.txt"], 4, "no file missing.txt"),
        (["draw", "."], 2, "is a folder"),
        (["draw"], 2, "Missing argument"),
        (["draw", "--bogus", "story.txt"], 2, "--bogus"),
        (["draw", "story.txt", "--pages", "401"], 2, "--pages: should be"),
        (["draw", "story.txt", "--pages", "many"], 2, "--pages: should be"),
        (["draw", "story.txt", "--language", "fr"], 2, "--language"),
        (["draw", "story.txt", "--seed", "-1"], 2, "--seed: should be"),
        (["draw", "story.txt", "--seed", "x"], 2, "--seed"),
        (["nonsense"], 2, "nonsense"),
        (["resume", "not-an-id"], 4, "no work 'not-an-id'"),
        (["audit", "missing"], 4, "no folder missing"),
        (["audit", "."], 4, "no book"),
    ],
)
def test_a_wrong_command_line_is_one_line_with_a_remedy(
    mangaka: Mangaka, tmp_path: Path, story: Path, arguments: list[str], code: int, said: str
) -> None:
    ended = mangaka(*arguments)
    assert ended.returncode == code
    assert said in only_line(ended.stderr)
    assert left_in(tmp_path) == set()


def test_an_error_is_an_object_on_stdout_too(mangaka: Mangaka) -> None:
    ended = mangaka("draw", "missing.txt", "--json")
    error = json.loads(ended.stdout)["error"]
    assert (error["code"], error["exit_code"], ended.returncode) == ("not_found", 4, 4)
    assert error["message"] in only_line(ended.stderr)


def test_a_usage_error_is_an_object_too(mangaka: Mangaka) -> None:
    ended = mangaka("draw", "--json", "--bogus")
    assert json.loads(ended.stdout)["error"]["exit_code"] == 2


def test_a_folder_that_cannot_be_made_is_refused(mangaka: Mangaka, story: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    ended = mangaka("draw", "story.txt", "--out", "taken/books")
    assert ended.returncode == 2
    assert "cannot be written" in only_line(ended.stderr)


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_an_unwritable_folder_is_refused(mangaka: Mangaka, story: Path, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    ended = mangaka("draw", "story.txt", "--out", "locked")
    assert ended.returncode == 2
    assert "Permission denied" in only_line(ended.stderr)


def test_a_database_that_does_not_answer_is_told(mangaka: Mangaka, story: Path, tmp_path: Path) -> None:
    env = {"MANGA_DATABASE_URL": "postgresql://me:secret@127.0.0.1:9/none", "MANGA_REDIS_URL": "redis://127.0.0.1:9"}
    ended = mangaka("draw", "story.txt", env=env)

    line = only_line(ended.stderr)
    assert ended.returncode == 7
    assert "MANGA_DATABASE_URL" in line
    assert "secret" not in line
    assert left_in(tmp_path) == set()


def test_a_url_that_is_none_is_told(mangaka: Mangaka, story: Path) -> None:
    ended = mangaka("list", env={"MANGA_DATABASE_URL": "nonsense", "MANGA_REDIS_URL": "redis://127.0.0.1:9"})
    assert ended.returncode == 7
    assert "MANGA_DATABASE_URL" in only_line(ended.stderr)


def test_a_disk_that_takes_no_more_is_told(stores: Stores, story: Path, tmp_path: Path) -> None:
    """A process that may write no file at all."""
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, "draw", "story.txt"],
        capture_output=True,
        cwd=tmp_path,
        env=stores.environment(),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)),
        timeout=55,
        check=False,
    )
    assert ended.returncode == 1
    assert "disk is full" in only_line(ended.stderr)
    assert left_in(tmp_path) == set()


def test_works_are_listed(mangaka: Mangaka) -> None:
    ended = mangaka("list", "--json")
    assert ended.returncode == 0
    assert isinstance(json.loads(ended.stdout)["works"], list)


def test_an_unknown_work_is_not_found(mangaka: Mangaka) -> None:
    ended = mangaka("resume", "00000000-0000-4000-8000-000000000000")
    assert ended.returncode == 4
    assert "There is no work" in only_line(ended.stderr)


def test_the_doctor_finds_this_machine_well(mangaka: Mangaka) -> None:
    ended = mangaka("doctor", "--json")
    found = json.loads(ended.stdout)
    assert ended.returncode == 0, found
    assert {check["name"] for check in found["checks"]} == {
        "program",
        "home",
        "disk",
        "fonts",
        "servers",
        "models",
        "minds",
    }


def test_the_doctor_says_what_helps(mangaka: Mangaka) -> None:
    ended = mangaka("doctor", env={"MANGA_DATABASE_URL": "postgresql://127.0.0.1:9/none"})
    assert ended.returncode == 1
    (line,) = [line for line in ended.stdout.decode().splitlines() if line.startswith("fail")]
    assert "Check MANGA_DATABASE_URL" in line


def test_the_version_is_data(mangaka: Mangaka) -> None:
    ended = mangaka("version")
    assert ended.stdout.startswith(b"mangaka 0.")
    assert ended.stderr == b""


def test_a_choice_that_there_is_not_is_told_with_those_that_there_are(mangaka: Mangaka) -> None:
    ended = mangaka("draw", "story.txt", "--layout", "5koma")
    assert ended.returncode == 2
    assert "Invalid value for '--layout': '5koma' is not one of 'free', 'yonkoma', 'strip'." in only_line(ended.stderr)


def test_help_names_the_commands_and_exit_codes(mangaka: Mangaka) -> None:
    ended = mangaka("--help")
    text = ended.stdout.decode()
    assert ended.returncode == 0
    assert all(word in text for word in ("draw", "resume", "list", "audit", "doctor", "version", "130"))


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys\nfrom cli.main import main\nmain(['--help'])\n"
        "heavy = {'langgraph', 'psycopg', 'pydantic', 'rich', 'PIL', 'uharfbuzz', 'procrastinate', 'redis'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr


def test_what_only_reads_a_work_loads_neither_agents_nor_the_graph() -> None:
    script = (
        "import sys\nimport cli.show, cli.diff, cli.versions, cli.list_works\n"
        "heavy = {'langgraph.graph', 'agents.finishing', 'graph.build', 'graph.run', 'drawing.art.draw_panel'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f'{sys.executable} -c "{PROGRAM}" --help | true'
    ended = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in ended.stderr


def test_help_needs_none_of_what_draws_writes_or_stores() -> None:
    """How long it takes is measured by `benchmarks.startup_time`."""
    heavy = {"langgraph", "langchain_core", "drawing", "psycopg", "redis", "fastapi", "sudachipy", "google", "PIL"}
    look = (
        f"import sys, atexit; atexit.register(lambda: print(sorted({heavy!r} & sys.modules.keys()), file=sys.stderr))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", f"{look}; {PROGRAM}", "--help"], capture_output=True, text=True, check=True
    )
    assert ended.stderr.strip() == "[]"


def test_without_a_command_it_shows_its_help(mangaka: Mangaka) -> None:
    ended = mangaka()
    assert ended.returncode == 0
    assert ended.stdout.startswith(b"Usage:")
    assert ended.stderr == b""


def test_whoever_is_done_does_not_look_through_all_that_was_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.main.main", lambda arguments: 3)
    before = gc.get_freeze_count()
    with pytest.raises(SystemExit) as left:
        run()
    assert (left.value.code, gc.get_freeze_count() > before) == (3, True)
