"""What is counted as a work's cost, and what is not."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.real_service import Spent, family_s
from benchmarks.work_cost import (
    MOST_S,
    REFERENCE_S,
    Connections,
    Cost,
    Objects,
    Stored,
    figures,
    objects_in,
    parsed,
    waste,
)

_BURNS = "import sys, time\nwhile time.process_time() < 0.3: pass\n"
_FAMILY = f"""
import subprocess, sys, time
subprocess.run([sys.executable, "-c", {_BURNS!r}])
living = [sys.executable, "-c", {_BURNS!r} + "print('burnt', flush=True); sys.stdin.read()"]
living = subprocess.Popen(living, stdin=subprocess.PIPE)
input()
"""


def test_processor_time_of_children_counts_whether_they_live_or_have_ended() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _FAMILY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as head:
        assert head.stdout is not None
        head.stdout.readline()
        own, below = family_s(head.pid)
        head.communicate("\n")
    assert own < 0.3
    assert 0.5 < below < 2.0


def test_the_same_bytes_twice_are_stored_bytes_and_once_unique_ones(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for name, data in (("one", b"xx"), ("a/two", b"xx"), ("a/three", b"yyy")):
        (tmp_path / name).write_bytes(data)
    assert objects_in([tmp_path]) == Objects(count=3, total=7, unique=5)
    assert objects_in([tmp_path / "a", tmp_path]).unique == 10, "works are looked at one by one"
    assert not waste(Objects(3, 7, 5))[0].ok
    assert waste(Objects(2, 5, 5))[0].ok


def cost(total_s: float, calibration_s: float, paid: int = 48) -> Cost:
    stored = Stored({"works": 2}, {"works": 4096}, Objects(2, 10, 10))
    return Cost(2, Spent({"service": total_s}), 1.0, calibration_s, paid, 48, 16, 16, 12, stored, Connections())


def test_a_work_is_held_to_its_bound_at_the_pace_of_the_reference_machine() -> None:
    at_pace, slower = cost(2 * MOST_S, REFERENCE_S), cost(4 * MOST_S, 2 * REFERENCE_S)
    assert figures(at_pace)[0].ok
    assert figures(slower)[0].value == figures(at_pace)[0].value
    assert not figures(cost(2.1 * MOST_S, REFERENCE_S))[0].ok


def test_a_picture_that_is_paid_for_twice_is_out_of_bounds() -> None:
    assert [figure.name for figure in figures(cost(1.0, 1.0)) if not figure.ok] == []
    assert [figure.name for figure in figures(cost(1.0, 1.0, paid=49)) if not figure.ok] == ["paid calls for pictures"]


def test_a_difference_is_what_came_since() -> None:
    before = Stored({"works": 1}, {"works": 10}, Objects(0, 0, 0))
    now = Stored({"works": 3, "events": 5}, {"works": 30, "events": 50}, Objects(1, 1, 1))
    assert now.since(before).rows == {"works": 2, "events": 5}
    assert Spent({"a": 3.0}).since(Spent({"a": 1.0})).total == 2.0


@pytest.mark.parametrize("wrong", [["--works", "0"], ["--works", "many"], ["--story", "no/such.txt"]])
def test_what_is_wrongly_asked_for_is_told_in_a_line(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        parsed(wrong)
    assert wrong[0] in capsys.readouterr().err.splitlines()[-1]
