"""`python -m evals sealed a`: the strict figures of stories that nobody who works on reading has seen, pooled.

Nothing of a story leaves this module: not a line, a page, a name, nor a figure of one story. What was told is thrown
away with its folder; figures, date and commit go to a log in the repository, so that everybody sees how often a set was
asked.
"""

import asyncio
import subprocess
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from evals.answering_models import ModelChoice
from evals.eval_runs import Plan, run, samples_of
from evals.measured_stories import pool_subjects
from evals.read_gold import STORIES
from evals.run_jobs import StoryJob
from evals.strict_figures import Row, rows
from manga.phases import Phase

SEALED: Final = STORIES / "sealed"
LOG: Final = SEALED / "LOG.md"
Part = Literal["a", "b"]
_HEAD: Final = """# When sealed stories were measured

One line each time that anybody asked, written by `make sealed SET=a|b`. Figures are means over a set, and in brackets
what chance gives.

| date (UTC) | commit | set | by | figures |
|---|---|---|---|---|
"""


class SealedBroken(ValueError):
    """A sealed story could not be measured. Does not say which, nor at which words."""


def measured_sealed(
    part: Part, choice: ModelChoice, workers: int | None = None, folder: Path = SEALED
) -> tuple[Row, ...]:
    """Tells every story of the set and keeps nothing but figures. Raises SealedBroken."""
    try:
        jobs = [StoryJob(subject, Phase.ARTWORK) for subject in pool_subjects(folder / part)]
        with tempfile.TemporaryDirectory(prefix="mangaka-sealed-") as home:
            done = asyncio.run(run(Plan(choice=choice), Path(home), workers, lambda one, many: None, jobs))
            failed = sum(bool(output.error) for one in done for output in one.outputs)
            found = rows(samples_of(Path(home), jobs))
    except Exception as error:  # noqa: BLE001 - whatever it says may be words of the story
        raise SealedBroken(f"a story of set {part} cannot be measured ({type(error).__name__})") from None
    if failed:
        raise SealedBroken(f"{failed} phases of set {part} have no answer, so there are no figures")
    return found


def logged(found: Sequence[Row], part: Part, by: str, code: str, log: Path = LOG) -> str:
    """Appends a line to the log, and says it. `code` is the commit that measured."""
    figures = ", ".join(
        f"{row.metric.name} {row.told.change:.2f} ({row.chance:.2f})"
        for row in found
        if row.told is not None and row.chance is not None
    )
    line = f"| {datetime.now(UTC):%Y-%m-%d %H:%M} | {code} | {part} | {by} | {figures} |"
    if not log.is_file():
        log.write_text(_HEAD, encoding="utf-8")
    with log.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    return line


def commit() -> str:
    """Of the code that measured; `+` where it has changes of its own, `unknown` outside a clone."""
    try:
        changed = _git("status", "--porcelain", "--untracked-files=no", "--", ".", f":!{LOG}")
        return _git("rev-parse", "--short=12", "HEAD") + ("+" if changed else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _git(*words: str) -> str:
    home = Path(__file__).parents[1]
    return subprocess.run(["git", *words], cwd=home, check=True, capture_output=True, text=True).stdout.strip()
