"""What processes of one run make for one another."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.shared_work import FOLDER, alone, found, keep, open_shared_folder


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Of a run of its own."""
    monkeypatch.delenv(FOLDER, raising=False)
    end = open_shared_folder()
    place = Path(os.environ[FOLDER])
    open_shared_folder()()  # of a process of this run
    yield place
    end()
    assert not place.exists()


def test_what_is_kept_is_found_under_its_name_and_no_other(folder: Path) -> None:
    assert found("a book") is None
    keep("a book", b"1")
    keep("a book", b"2")
    assert (found("a book"), found("another")) == (b"2", None)
    assert len(list(folder.iterdir())) == 1


def test_of_many_that_want_the_same_one_makes_it(folder: Path) -> None:
    made = []

    def want(number: int) -> bytes | None:
        with alone("a book"):
            if found("a book") is None:
                made.append(number)
                keep("a book", b"made")
        return found("a book")

    with ThreadPoolExecutor(8) as people:
        assert set(people.map(want, range(24))) == {b"made"}
    assert len(made) == 1


def test_outside_a_run_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FOLDER, raising=False)
    with alone("a book"), alone("a book"):
        keep("a book", b"1")
    assert found("a book") is None


def test_every_process_of_this_run_has_its_folder() -> None:
    keep("a process", b"here")
    assert found("a process") == b"here"
