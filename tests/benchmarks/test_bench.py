"""`make bench`: the table says what was measured and what was not, and nothing that it started outlives it."""

import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest

from benchmarks.bench import OUT, PARTS, Part, Run, page, parsed, ran
from benchmarks.figure import Figure
from tests.storage.server_users import until

HOLDS = Figure("GET p99", 40.0, "ms", most=100.0)
BROKEN = Figure("a page", 12.5, "ms", peer=2.5, peer_name="bare paste", times=3.0)
TOLD = Figure("  rows", 305.0, "")
STUBBORN = """
import signal, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
signal.signal(signal.SIGINT, signal.SIG_IGN)
open(sys.argv[1], "w").write(str(child.pid))
time.sleep(60)
"""


def run_of(*figures: Figure, problem: str = "") -> Run:
    part = Part("load", "Many | works", figures, 61.0, 0.4, problem)
    return Run(datetime(2026, 11, 29, 20, 30, tzinfo=UTC), "abc, with changes", "2 cores", 61.0, (part,))


def rows(text: str) -> list[list[str]]:
    return [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in text.splitlines()
        if line.startswith("|") and not line.startswith(("| |", "|---"))
    ]


def test_the_table_has_a_row_a_figure_with_its_peer_or_bound_its_ratio_and_what_is_wanted() -> None:
    assert rows(page(run_of(HOLDS, BROKEN, TOLD))) == [
        ["ok", "GET p99", "40 ms", "100 ms", "0.40", "at most 100 ms"],
        ["**OUT**", "a page", "12.50 ms", "bare paste 2.50 ms", "5.00", "at most 3 x"],
        ["", "&nbsp;&nbsp;rows", "305", "", "", ""],
    ]


def test_the_table_names_date_commit_and_machine_and_counts_what_holds() -> None:
    text = page(run_of(HOLDS, BROKEN, TOLD))
    assert "2026-11-29 20:30 UTC, commit abc, with changes, 2 cores, 1.0 minutes. 1 figures hold, 1 do not." in text


def test_a_part_without_figures_says_why() -> None:
    text = page(run_of(problem="it was stopped after 3 s"))
    assert "**OUT: it was stopped after 3 s; figures are missing.**" in text
    assert rows(text) == []


def test_no_name_breaks_the_table_and_no_value_the_writer() -> None:
    odd = replace(HOLDS, name="a | b\nc", value=float("inf"))
    assert "| a \\| b c | inf ms |" in page(run_of(odd))


def test_all_parts_are_measured_where_nothing_is_said() -> None:
    chosen = parsed([])
    assert (chosen.only, chosen.minutes, chosen.out) == ([*PARTS], 10.0, None)
    assert OUT.name == "FIGURES.md"
    assert all(0 < share <= 1 for _, share in PARTS.values())


@pytest.mark.parametrize("wrong", [["--only", "nothing"], ["--minutes", "0"], ["--out", "/no/such/folder/x.md"]])
def test_what_is_wrongly_asked_for_is_told_in_a_line(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        parsed(wrong)
    assert wrong[0] in capsys.readouterr().err.splitlines()[-1]


def test_a_part_that_takes_too_long_is_stopped_with_all_that_it_has_started(tmp_path: Path) -> None:
    ended = ran([sys.executable, "-c", STUBBORN, str(tmp_path / "pid")], 1.5, leave_s=0.3)
    assert ended.problem == "it was stopped after 2 s"
    child = int((tmp_path / "pid").read_text())
    until(lambda: is_gone(child))


def is_gone(pid: int) -> bool:
    """A process that was killed is there for a moment yet, and then until its parent has looked."""
    try:
        return bool(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def test_a_part_that_fails_says_so_and_one_with_a_broken_bound_has_its_figures() -> None:
    assert ran([sys.executable, "-c", "raise SystemExit(1)"], 30).problem == ""
    assert ran([sys.executable, "-c", "raise SystemExit(3)"], 30).problem == "it ended with code 3"


def test_ctrl_c_stops_the_part_that_runs(tmp_path: Path) -> None:
    program = f"""
import sys
from benchmarks.bench import ran
ran([sys.executable, "-c", {STUBBORN!r}, sys.argv[1]], 60, leave_s=0.3)
"""
    file = tmp_path / "pid"
    with subprocess.Popen([sys.executable, "-c", program, str(file)], stderr=subprocess.PIPE) as bench:
        while not (file.exists() and file.read_text()):
            assert bench.poll() is None
        bench.send_signal(signal.SIGINT)
        bench.communicate()
    child = int(file.read_text())
    until(lambda: is_gone(child))


@pytest.mark.parametrize("name", PARTS)
def test_every_part_is_a_program(name: str) -> None:
    assert find_spec(f"benchmarks.{name}") is not None
