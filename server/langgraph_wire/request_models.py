"""Requests as LangGraph's clients send them. What they send that means nothing here is left out; what would be promised
and not kept is refused (`check_offered`)."""

import json
from typing import Annotated, Any, Final, Literal, TypeAlias
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from manga.errors import UserError
from works.base import Json

MOST_METADATA: Final = 8_192
"""Characters of JSON."""
UNHEARD: Final = frozenset({"messages", "messages-tuple", "events"})
"""Stream modes of chats."""
Name = Annotated[str, Field(max_length=200)]
CheckpointId = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[0-9a-fA-F-]+$")]
Strategy: TypeAlias = Literal["reject", "interrupt", "rollback", "enqueue"]
ThreadStatus: TypeAlias = Literal["idle", "busy", "interrupted", "error"]


class NotOffered(UserError):
    """LangGraph's interface has this; Mangaka has not."""

    code = "not_offered"
    http_status = 422
    default_remedy = "Leave it out."


def _small(metadata: Json) -> Json:
    if len(json.dumps(metadata)) > MOST_METADATA:
        raise ValueError(f"has at most {MOST_METADATA} characters as JSON")
    return metadata


Metadata = Annotated[dict[str, Any], AfterValidator(_small)]


class Sent(BaseModel):
    """The base: unknown fields are ignored, as clients are newer and older than we are."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Checkpoint(Sent):
    """Where to look or go on."""

    checkpoint_id: CheckpointId | None = None
    checkpoint_ns: Name | None = None


class Command(Sent):
    """An answer to what is asked; `resume` is what the review takes, or `{interrupt id: that}`."""

    resume: Any = None
    update: Any = None
    goto: Any = None


class RunBody(Sent):
    """A run that is wanted."""

    assistant_id: Name
    input: Any = None
    command: Command | None = None
    stream_mode: Name | Annotated[list[Name], Field(max_length=20)] | None = None
    metadata: Metadata | None = None
    config: dict[str, Any] | None = None
    context: dict[str, Any] | None = None
    checkpoint: Checkpoint | None = None
    checkpoint_id: CheckpointId | None = None
    multitask_strategy: Strategy | None = None
    if_not_exists: Literal["create", "reject"] | None = None
    on_disconnect: Literal["cancel", "continue"] | None = None
    interrupt_before: Any = None
    interrupt_after: Any = None
    webhook: Any = None
    after_seconds: Any = None

    @property
    def modes(self) -> frozenset[str]:
        """What is to be streamed."""
        wanted = self.stream_mode or "values"
        return frozenset([wanted] if isinstance(wanted, str) else wanted)

    @property
    def place(self) -> str | None:
        """The checkpoint to go on from; None: the newest state."""
        configurable = (self.config or {}).get("configurable")
        named = configurable.get("checkpoint_id") if isinstance(configurable, dict) else None
        found = (self.checkpoint and self.checkpoint.checkpoint_id) or self.checkpoint_id or named
        return str(found)[:80] if found else None


class ThreadBody(Sent):
    """A thread that is to be made."""

    thread_id: UUID | None = None
    metadata: Metadata | None = None
    if_exists: Literal["raise", "do_nothing"] | None = None


class MetadataBody(Sent):
    """Laid over what is there."""

    metadata: Metadata


class SearchBody(Sent):
    """Which threads are looked for."""

    metadata: Metadata | None = None
    ids: Annotated[list[UUID], Field(max_length=100)] | None = None
    status: ThreadStatus | None = None
    limit: int = Field(default=10, ge=1, le=1000)
    offset: int = Field(default=0, ge=0, le=1_000_000)
    sort_by: Name | None = None
    sort_order: Literal["asc", "desc"] | None = None


class StateBody(Sent):
    """Which state is to be read."""

    checkpoint: Checkpoint


class UpdateBody(Sent):
    """A change of a state: `values` is what a review takes."""

    values: dict[str, Any] | None = None
    as_node: Name | None = None
    checkpoint: Checkpoint | None = None
    checkpoint_id: CheckpointId | None = None


class HistoryBody(Sent):
    """Which states are to be read, newest first. `before` is an id, a checkpoint, or a config."""

    limit: int = Field(default=10, ge=1, le=1000)
    before: CheckpointId | dict[str, Any] | None = None
    metadata: Metadata | None = None
    checkpoint: Checkpoint | None = None

    @property
    def place(self) -> str | None:
        """The checkpoint before which they are."""
        if not isinstance(self.before, dict):
            return self.before
        inner = self.before.get("configurable")
        found = (inner if isinstance(inner, dict) else self.before).get("checkpoint_id")
        return str(found)[:80] if found else None


def check_offered(body: RunBody) -> None:
    """Raises `NotOffered` for what would be ignored although a client relies on it."""
    command = body.command or Command()
    refused = {
        "command.update": command.update,
        "command.goto": command.goto,
        "context": body.context,
        "interrupt_before": body.interrupt_before,
        "interrupt_after": body.interrupt_after,
        "webhook": body.webhook,
        "after_seconds": body.after_seconds,
        "multitask_strategy": body.multitask_strategy == "rollback",
    }
    for name, value in refused.items():
        if value:
            raise NotOffered(f"{name} is not offered here.", element=name)
    check_modes(body.modes)


def check_modes(modes: frozenset[str]) -> None:
    """Raises `NotOffered` for modes in which nothing would ever come."""
    if unheard := modes & UNHEARD:
        raise NotOffered(
            f"stream_mode {', '.join(sorted(unheard))}: nothing here is told word by word.",
            remedy="Use values, updates, custom, tasks, checkpoints or debug.",
            element="stream_mode",
        )
