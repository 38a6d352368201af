"""Shows what happens to a work: live bars on a terminal, one plain line a phase elsewhere; always on stderr."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from cli.output import note, printable
from graph.events import AnswerProgress, ImageProgress, PageReady, PhaseComplete, PhaseStarted, RunEvent
from manga.phases import PHASES, Phase
from works.base import BookShown, Listener

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_QUARTERS = 4
_HEARD_EVERY_S = 30.0


def letters_heard(event: AnswerProgress) -> str:
    """How far the answers are."""
    return f"{event.characters:,} characters of answers"


class Show(Protocol):
    """Tells a person of one work."""

    def say(self, line: str) -> None: ...

    def tell(self, event: RunEvent | BookShown) -> None: ...


@dataclass(slots=True)
class Quiet:
    """Nothing but what must be said."""

    def say(self, line: str) -> None:
        """See `Show`."""

    def tell(self, event: RunEvent | BookShown) -> None:
        """See `Show`."""


@dataclass(slots=True)
class Plain:
    """Lines for a log: one when a phase ends, one for every quarter of the panels, and one for every half minute of an
    answer."""

    _since: float = field(default_factory=time.monotonic)
    _quarter: int = 0
    _heard: float = 0.0

    def say(self, line: str) -> None:
        """See `Show`."""
        note(line)

    def tell(self, event: RunEvent | BookShown) -> None:
        """See `Show`."""
        match event:
            case PhaseStarted():
                self._since = time.monotonic()
            case PhaseComplete(phase=phase):
                note(f"[{phase.number}/{len(PHASES)}] {phase:<10} {time.monotonic() - self._since:6.1f} s")
            case ImageProgress(completed=completed, total=total) if total:
                quarter = completed * _QUARTERS // total
                if self._quarter < quarter < _QUARTERS:
                    note(f"[5/{len(PHASES)}] artwork    {completed} of {total} panels")
                self._quarter = quarter
            case AnswerProgress(phase=phase) if time.monotonic() - max(self._since, self._heard) >= _HEARD_EVERY_S:
                self._heard = time.monotonic()
                note(f"[{phase.number}/{len(PHASES)}] {phase:<10} {letters_heard(event)}")
            case BookShown(path=path, complete=False):
                note(f"Page 1: {path}")
            case _:
                pass


@dataclass(slots=True)
class Bars:
    """A bar a phase on a terminal."""

    progress: "Progress"
    _bars: "dict[Phase, TaskID]" = field(default_factory=dict)
    _pages: int = 0

    def say(self, line: str) -> None:
        """See `Show`."""
        self.progress.console.print(printable(line), highlight=False, markup=False, soft_wrap=True)

    def tell(self, event: RunEvent | BookShown) -> None:
        """See `Show`."""
        match event:
            case PhaseStarted(phase=phase):
                self._bar(phase)
            case PhaseComplete(phase=phase):
                bar = self._bar(phase)
                total = self.progress.tasks[bar].total or 1
                self.progress.update(bar, total=total, completed=total)
                self.progress.stop_task(bar)
            case ImageProgress(completed=completed, total=total):
                unit = f"{completed}/{total} panels"
                self.progress.update(self._bar(Phase.ARTWORK), completed=completed, total=total, unit=unit)
            case AnswerProgress(phase=phase):
                self.progress.update(self._bar(phase), unit=letters_heard(event))
            case PageReady():
                self._pages += 1
                self.progress.update(self._bar(Phase.FINISHING), unit=f"{self._pages} pages")
            case BookShown(path=path, complete=False):
                self.say(f"Page 1: {path}")
            case _:
                pass

    def _bar(self, phase: Phase) -> "TaskID":
        if phase not in self._bars:
            label = f"{phase.number}/{len(PHASES)} {phase.value}"
            self._bars[phase] = self.progress.add_task(label, total=None, unit="")
        return self._bars[phase]


@contextmanager
def shown(*, quiet: bool) -> Iterator[Show]:
    """The right kind of telling for this stderr."""
    if quiet:
        yield Quiet()
    elif sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        with _bars() as progress:
            yield Bars(progress)
    else:
        yield Plain()


@contextmanager
def _bars() -> "Iterator[Progress]":
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(finished_text="[green]✓"),
        TextColumn("{task.description:<14}"),
        BarColumn(bar_width=28),
        TextColumn("{task.fields[unit]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=False) as progress:
        yield progress


def listener(show: Show) -> Listener:
    """`show` as a listener of runs."""

    async def listen(_work: UUID, event: RunEvent | BookShown) -> None:
        show.tell(event)

    return listen
