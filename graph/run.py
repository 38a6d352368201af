"""One run of the graph on a work, told as small typed events.

    async for event in run_graph(graph, services, work_id, epoch=epoch, brief=brief):
        match event:
            case ImageProgress(completed=n, total=m): ...

The run starts a work that has no checkpoint yet, answers a pending review when `answer` is given, and otherwise goes
on where the work stopped (a crash, a quota). It ends after `Completed` or `ReviewRequested`; everything else is raised.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from typing import Any, TypeAlias, cast

from langgraph.types import Command, StateSnapshot

from calls.services import Services
from editing.state_as_json import Json
from graph.build import MangaGraph
from graph.context import RunOptions
from graph.events import Completed, ReviewRequested, RunEvent, heard
from graph.stream_json import MODES
from graph.thread_config import check_known, config_of
from manga.brief import Brief
from manga.errors import Conflict, NotFound
from manga.phases import Phase

Record: TypeAlias = Callable[[Mapping[str, Any]], Awaitable[None]]
"""Is told every part of LangGraph's own stream, after what follows from it is written down."""


async def run_graph(
    graph: MangaGraph,
    services: Services,
    work: str,
    *,
    epoch: int | None,
    brief: Brief | None = None,
    answer: Json | None = None,
    interrupt_id: str | None = None,
    options: RunOptions | None = None,
    record: Record | None = None,
) -> AsyncGenerator[RunEvent]:
    """Runs until the book is finished or a person is asked. Raises `MangaError`s; cancelling it loses nothing."""
    options = options or RunOptions()
    config = config_of(work, epoch)
    state = await graph.aget_state(config)
    check_known(state.metadata)
    begin = _beginning(state, brief, answer, interrupt_id)
    if interrupt_id is not None:
        config["configurable"]["__pregel_strict_resume"] = True
    with services.desks.opened(work, options) as desk:
        desk.pending = state.next.count("artwork_panel")  # after a crash the plan does not run again
        modes: Any = ["custom", "updates"] if record is None else list(MODES)
        parts = graph.astream(begin, config, context=options, stream_mode=modes, version="v2", durability="sync")
        held: list[Mapping[str, Any]] = []
        try:
            # Whoever stops listening stops the run.
            async with aclosing(cast("AsyncGenerator[Mapping[str, Any]]", parts)):
                async for part in parts:
                    if held or _asks(part):
                        held.append(part)
                        continue
                    for event in _told(part):
                        yield event
                    if record is not None:
                        await record(part)
        finally:
            await services.reserve_pictures(work, 0)
    # Only now the question is in the checkpoint. Told before, it could be answered and then be asked again.
    for late in held:
        for event in _told(late):
            yield event
        if record is not None:
            await record(late)
    state = await graph.aget_state(config)
    if not state.next:
        yield Completed(book=state.values["finishing"], version_id=state.values["version"], values=state.values)


def _beginning(state: StateSnapshot, brief: Brief | None, answer: Json | None, interrupt_id: str | None) -> Any:
    """What LangGraph is started with: an answer, nothing (go on), or the brief."""
    if answer is not None:
        pending = {interrupt.id for interrupt in state.interrupts}
        wanted = interrupt_id or next(iter(pending), None)
        if wanted is None or wanted not in pending:
            raise Conflict("This review was answered before.")
        return Command(resume={wanted: answer})
    if state.values:
        return None
    if brief is None:
        raise NotFound("There is nothing to go on with: this work was never begun.")
    return {"brief": brief.to_json()}


def _told(part: Mapping[str, Any]) -> list[RunEvent]:
    """The events in one part of LangGraph's stream."""
    if part["type"] == "custom":
        event = heard(part["data"])
        return [] if event is None else [event]
    if part["type"] != "updates":
        return []
    return [_review(interrupt) for interrupt in part["data"].get("__interrupt__", ())]


def _asks(part: Mapping[str, Any]) -> bool:
    return part["type"] == "updates" and "__interrupt__" in part["data"]


def _review(interrupt: Any) -> ReviewRequested:
    value = interrupt.value
    return ReviewRequested(Phase(value["phase"]), interrupt.id, value["version_id"], value)
