"""Products of every place, pose, fault, field and so on: `make test` runs a sample of each, `make slow` all of them.

The sample changes from day to day and is the same for everybody on one day: `MANGA_SAMPLE=2026-11-29 make test` runs
that day's. It is drawn for each test by itself, so that it depends neither on the order nor on what else is run.
"""

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Final, TypeVar

import pytest

SEED: Final = "MANGA_SAMPLE"
MOST: Final = 2
"""Cases of a test that are run at once; a test that has no more is never sampled."""
FOLDERS: Final = ("agents", "drawing", "editing", "evals", "gemini", "manga", "offline", "providers")
"""Folders that are sampled: they ask one thing of many. What keeps works, money and secrets is always run whole."""

Case = TypeVar("Case")


def seed() -> str:
    """Of this run. Kept in the environment: the processes of one run must choose alike, at midnight too."""
    return os.environ.setdefault(SEED, f"{datetime.now(UTC):%Y-%m-%d}")


def unsampled(cases: Mapping[str, Sequence[Case]], by: str, most: int = MOST) -> list[Case]:
    """What is left for another time, of the cases of each test."""
    left: list[Case] = []
    for name, found in cases.items():
        if len(found) > most:
            kept = frozenset(Random(f"{by} {name}").sample(range(len(found)), most))
            left += [case for at, case in enumerate(found) if at not in kept]
    return left


def folders_of(items: Sequence[pytest.Item], tests: Path) -> Mapping[Path, str]:
    """The folder right below `tests` in which each file of these tests lies."""
    return {path: path.relative_to(tests).parts[0] for path in {item.path for item in items}}


def mark_unsampled(items: Sequence[pytest.Item], tests: Path) -> None:
    """What the sample leaves out is slow."""
    cases: dict[str, list[pytest.Item]] = {}
    folders = folders_of(items, tests)
    for item in sorted(items, key=lambda one: one.nodeid):
        if folders[item.path] in FOLDERS:
            cases.setdefault(item.nodeid.partition("[")[0], []).append(item)
    for item in unsampled(cases, seed()):
        item.add_marker(pytest.mark.slow)
