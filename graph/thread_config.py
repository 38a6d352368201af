"""LangGraph's config of a work's thread: id, checkpoint, recorded form. Light: reading a state needs no graph."""

from collections.abc import Mapping
from typing import Any, Final

from langchain_core.runnables import RunnableConfig

from manga.errors import NewerState

STATE: Final = 1
"""The newest form that this program knows. Checkpoints without a number have the first."""
SCHEMA: Final = "schema"
RECURSION_LIMIT = 150


def check_known(metadata: Mapping[str, Any] | None) -> None:
    """Raises `NewerState`: while services are exchanged one by one, a work may come back to an older one."""
    found = int((metadata or {}).get(SCHEMA, 1))
    if found > STATE:
        raise NewerState(f"The work was recorded in form {found}; this program knows {STATE}.")


def config_of(work: str, epoch: int | None, checkpoint_id: str | None = None) -> RunnableConfig:
    """Where a work's state is. `checkpoint_id` only to answer an unanswered head or to change state: with it, a
    start after a crash would draw finished panels again."""
    configurable: dict[str, Any] = {"thread_id": work, "checkpoint_ns": ""}
    if epoch is not None:
        configurable |= {"epoch": epoch, SCHEMA: STATE}
    if checkpoint_id is not None:
        configurable["checkpoint_id"] = checkpoint_id
    return {"configurable": configurable, "recursion_limit": RECURSION_LIMIT}
