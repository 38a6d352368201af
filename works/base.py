"""Values and ports of a work's life: what a run is given, and the graph as `works` sees it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias
from uuid import UUID

from graph.events import RunEvent
from manga.brief import Brief
from storage.base import Command

Json: TypeAlias = dict[str, Any]

WIRE = "wire"
"""In a command's payload: what a client that follows the graph itself sent along with it."""
HELD = "held"
"""In a fork's payload: it waits for somebody to go on."""

LOCAL_TENANT = "local"
"""Who the works of the command line belong to."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """One run of the graph on a work. `epoch` is its fence: who holds an older one may write nothing any more.
    `working_seconds` is what is left of the work's working time; `order` the answer or fork to be carried out. In the
    `last_try` nothing is put off any more (`works.queue.failed_runs`)."""

    work_id: UUID
    tenant: str
    epoch: int
    brief: Brief
    working_seconds: float
    order: Command | None = None
    last_try: bool = False


@dataclass(frozen=True, slots=True)
class BookShown:
    """The first page, or the whole book, stands in this folder or file now."""

    path: str
    complete: bool


Listener: TypeAlias = Callable[[UUID, RunEvent | BookShown], Awaitable[None]]
"""Is told what happened, after it was written down."""


class Story(Protocol):
    """The graph as `works` sees it. Raises errors of `manga.errors`."""

    def run(self, ticket: Ticket) -> AsyncIterator[RunEvent]:
        """Starts the graph, or goes on where its last checkpoint is, until it ends or a person is asked.

        An answer in the ticket's order is given to the review that waits for it.
        """
        ...

    async def fork(self, ticket: Ticket, order: Command) -> str:
        """Makes an older state the newest one, as the order says; answers its checkpoint."""
        ...

    async def values(self, work_id: UUID, *channels: str) -> Json:
        """The channels at the last checkpoint, all or those that are named; empty before the first."""
        ...
