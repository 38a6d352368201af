"""Observers of runs, phases and model calls, and the marks (request, work, phase) that every line of log carries.

A run, its phases and the questions to its models are told to observers (`works.run_metrics` counts, `server.telemetry`
traces). They see names, numbers and durations; nothing of a story, of a prompt or of an answer.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, Protocol, TypeAlias
from uuid import UUID

from graph.events import PhaseComplete, PhaseStarted, RunEvent
from manga.phases import PHASES, Phase
from works.base import BookShown, Json

Kind: TypeAlias = Literal["text", "image"]
ORIGIN: Final = "origin"
"""In a command's payload: the request that it came by, and the trace."""
TRACE: Final = "traceparent"
_PICTURES: Final[Mapping[str, Phase]] = {"panel": Phase.ARTWORK, "sheet": Phase.CHARACTERS}


@dataclass(slots=True, eq=False)
class Marks:
    """Where something happens. One object for a request or a run and all its tasks, so that tasks which began before a
    phase did know it too. `kept` is for observers."""

    request: str | None = None
    work: UUID | None = None
    phase: Phase | None = None
    since: float = 0.0
    kept: dict[str, Any] = field(default_factory=dict)


# A task has one place: it is the only thing that a line of log can know without being told.
_MARKS: Final[ContextVar[Marks | None]] = ContextVar("mangaka_marks", default=None)


def marks() -> Marks:
    """Those of this task; without any, none."""
    return _MARKS.get() or Marks()


@contextmanager
def marked(own: Marks) -> Iterator[Marks]:
    """Within the block, and in the tasks that begin there, these are the marks."""
    token = _MARKS.set(own)
    try:
        yield own
    finally:
        _MARKS.reset(token)


def carried() -> Json:
    """For the payload of a command that is written now: which request it comes by. Nothing where there is none."""
    own = marks()
    if own.request is None:
        return {}
    trace = own.kept.get(TRACE)
    return {ORIGIN: {"request": own.request} | ({TRACE: trace} if trace else {})}


class Observer(Protocol):
    """Is told what goes on. Nothing it does may fail."""

    def run(self, own: Marks) -> AbstractContextManager[None]:
        """Around a run; whatever ends it comes through."""
        ...

    def phase_begun(self, own: Marks, phase: Phase) -> None: ...

    def phase_ended(self, own: Marks, phase: Phase, seconds: float, *, complete: bool) -> None:
        """`complete`: it has a new version; else nothing of it had changed, or the run was cut."""
        ...

    def call(self, own: Marks, kind: Kind, question: str, model: str) -> AbstractContextManager[None]:
        """Around a question to a model, with its waiting and its repetitions."""
        ...

    def counted(self, counters: Mapping[str, int]) -> None:
        """Of what a work has used, as `work_counters` names it."""
        ...

    def drawn(self, level: int) -> None:
        """A picture: 0 as asked, 1 simplified."""
        ...


@dataclass(frozen=True, slots=True)
class Watched:
    """Runs, told to every observer; without any it costs nothing."""

    observers: Sequence[Observer] = ()

    @contextmanager
    def run(self, work_id: UUID, origin: Mapping[str, str] | None = None) -> Iterator[None]:
        """Around a run: marks its tasks. `origin` is what its command has `carried`."""
        came = origin or {}
        own = Marks(request=came.get("request"), work=work_id, kept={TRACE: came[TRACE]} if TRACE in came else {})
        with marked(own), ExitStack() as stack:
            for observer in self.observers:
                stack.enter_context(observer.run(own))
            try:
                yield
            finally:
                self._end_phase(own, complete=False)

    async def heard(self, work_id: UUID, event: RunEvent | BookShown) -> None:
        """As `works.base.Listener`: what a run tells."""
        own = marks()
        match event:
            case PhaseStarted(phase=phase) if phase is not own.phase:
                self._end_phase(own, complete=False)
                own.phase, own.since = phase, time.monotonic()
                for observer in self.observers:
                    observer.phase_begun(own, phase)
            case PhaseComplete(phase=phase) if phase is own.phase:
                self._end_phase(own, complete=True)
            case _:
                pass

    def _end_phase(self, own: Marks, *, complete: bool) -> None:
        phase, own.phase = own.phase, None
        if phase is None:
            return
        for observer in self.observers:
            observer.phase_ended(own, phase, time.monotonic() - own.since, complete=complete)

    @contextmanager
    def call(self, kind: Kind, question: str, model: str) -> Iterator[None]:
        """Around a question to a model. The question tells its phase: a run hears later of a phase that begins."""
        around = marks()
        own = replace(around, phase=_phase_of(question) or around.phase)
        with marked(own), ExitStack() as stack:
            for observer in self.observers:
                stack.enter_context(observer.call(own, kind, question, model))
            yield

    def counted(self, counters: Mapping[str, int]) -> None:
        """Of a work."""
        for observer in self.observers:
            observer.counted(counters)

    def drawn(self, level: int) -> None:
        """A picture was drawn."""
        for observer in self.observers:
            observer.drawn(level)


def _phase_of(question: str) -> Phase | None:
    """Of `plot`, `plot_part`, a panel, a sheet; None for what is asked about all phases."""
    word = _PICTURES.get(question) or question.partition("_")[0]
    return Phase(word) if word in PHASES else None
