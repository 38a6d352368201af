"""Figures that tests measure, in one table at the end of the run, also when processes share the tests out:

    def test_...(figures: Figures) -> None:
        figures("kill -9 of workers", kills=56, lost=0)

With MANGA_FIGURES the table holds those of earlier runs with the same file too. A `conftest.py` takes the fixture and
the hook by import. The load is the machine's average of a minute when the figures were told.
"""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, TypeAlias

import pytest

FILE: Final = "MANGA_FIGURES"
_NAME: Final = "figures"
Figures: TypeAlias = Callable[..., None]


@pytest.fixture
def figures(record_property: Callable[[str, object], None]) -> Figures:
    """Writes down what was measured: a float of seconds as `recovery_s=5.5`, everything else as it is."""

    def told(what: str, **found: object) -> None:
        words = "; ".join(f"{_words(name)} {_value(name, value)}" for name, value in found.items())
        record_property(_NAME, [what, words, f"{os.getloadavg()[0]:.1f}"])

    return told


def _words(name: str) -> str:
    return name.removesuffix("_s").replace("_", " ")


def _value(name: str, value: object) -> str:
    number = f"{value:.1f}" if isinstance(value, float) else str(value)
    return f"{number} s" if name.endswith("_s") else number


def _told(terminalreporter: Any) -> Iterator[list[str]]:
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", None) == "call":
                yield from (list(value) for name, value in report.user_properties if name == _NAME)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The table."""
    rows = list(_told(terminalreporter))
    if (name := os.environ.get(FILE)) is not None:
        file = Path(name)
        rows = (json.loads(file.read_text() or "[]") if file.exists() else []) + rows
        file.write_text(json.dumps(rows))
    if not rows:
        return
    wide = max(len(what) for what, _, _ in rows)
    terminalreporter.section("figures (fault; what was seen; load average)")
    for what, words, load in rows:
        terminalreporter.write_line(f"{what:<{wide}}  {words}  [{load}]")
