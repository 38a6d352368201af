"""A figure fails where its bound is broken, and is the same after it was written to a file."""

import math
from pathlib import Path

from benchmarks.figure import Figure, read_figures, write_figures


def test_a_figure_is_held_against_its_bound() -> None:
    assert Figure("x", 1.0, "s", 1.0).ok
    assert not Figure("x", 1.01, "s", 1.0).ok
    assert Figure("x", 1e9, "s").ok
    assert Figure("x", 50, "/s", least=50).ok
    assert not Figure("x", 49, "/s", least=50).ok


def test_a_value_that_is_no_number_is_out_of_every_bound() -> None:
    assert not Figure("x", math.nan, "s", most=1).ok
    assert not Figure("x", math.nan, "s", least=1).ok
    assert not Figure("x", math.nan, "s", peer=1, times=1).ok


def test_a_figure_is_held_to_so_many_times_its_peer() -> None:
    assert Figure("x", 6.0, "s", peer=2.0, times=3).ok
    assert not Figure("x", 6.1, "s", peer=2.0, times=3).ok
    assert not Figure("x", 6.1, "s", peer=0.0, times=3).ok, "a peer that does nothing says nothing"


def test_the_ratio_is_to_the_peer_and_without_one_to_the_bound() -> None:
    assert Figure("x", 6.0, "s", most=3.0, peer=2.0).ratio == 3.0
    assert Figure("x", 6.0, "s", most=3.0).ratio == 2.0
    assert Figure("x", 6.0, "s", least=12.0).ratio == 0.5
    assert Figure("x", 6.0, "s").ratio is None


def test_what_is_out_says_so_beside_what_was_wanted() -> None:
    told = str(Figure("a page", 9.0, "ms", peer=2.0, peer_name="a bare paste", times=3))
    assert told.startswith("OUT ")
    assert "a bare paste 2.00 ms" in told
    assert told.endswith("at most 3 x")


def test_figures_come_back_from_a_file_as_they_were(tmp_path: Path) -> None:
    found = [Figure("x", 1.5, "s", most=2.0), Figure("y", 3.0, "MiB", peer=1.0, peer_name="z", times=4)]
    write_figures(found, tmp_path / "figures.json")
    assert read_figures(tmp_path / "figures.json") == found
    assert read_figures(tmp_path / "nothing.json") == []
