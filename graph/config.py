"""Where a work's state is, as LangGraph is told. Light: what only reads a state needs no graph."""

from typing import Any

from langchain_core.runnables import RunnableConfig

from graph.schema import SCHEMA, STATE

RECURSION_LIMIT = 150


def config_of(work: str, epoch: int | None, checkpoint_id: str | None = None) -> RunnableConfig:
    """Where a work's state is. `checkpoint_id` only to answer an unanswered head or to change state: with it, a
    start after a crash would draw finished panels again."""
    configurable: dict[str, Any] = {"thread_id": work, "checkpoint_ns": ""}
    if epoch is not None:
        configurable |= {"epoch": epoch, SCHEMA: STATE}
    if checkpoint_id is not None:
        configurable["checkpoint_id"] = checkpoint_id
    return {"configurable": configurable, "recursion_limit": RECURSION_LIMIT}
