"""The envelope that every stream sends, and what each type of event carries. The list is closed; `v` rises when
something changes its meaning, and fields are added without.

In: nothing. Out: models for OpenAPI, and for whoever checks what was sent.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final, Literal, Union
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, create_model

from manga.phases import Phase
from manga.values import Value
from storage.base import EventType, WorkStatus
from works.base import Json


class Accepted(Value):
    """The story was taken; `copy_of`: the work is a copy of that one."""

    characters: int
    copy_of: UUID | None = None


class PhaseStarted(Value):
    """The phase begins; it may find that nothing of it has changed."""

    phase: Phase


class PhaseComplete(Value):
    """The phase's result is a version now. `preview_url` is the preview at that version, `preview` its object."""

    phase: Phase
    version_id: str
    preview_url: str
    preview: str | None


class ImageProgress(Value):
    """After every finished panel. `phase` is the phase's number; `percentage` has one decimal."""

    phase: int
    completed: int
    total: int
    percentage: float
    timestamp: datetime


class AnswerProgress(Value):
    """Every few seconds while a model answers: so many characters of the phase's answers have come. `phase` is the
    phase's number."""

    phase: int
    characters: int


class PageReady(Value):
    """A page of a finished book that is redrawn looks otherwise, and is there before its version is: where its picture
    and its scene graph can be had."""

    page: int
    image_url: str
    graph_url: str


class PreviewChange(Value):
    """An element that was there before looks or reads otherwise in this version: what is new of it by field, a value as
    long as a preview needs. `element_id` is a lasting key. Empty `change_data`: the element came, went or moved."""

    phase: Phase
    element_id: str
    kind: Literal["changed", "added", "removed", "moved"]
    change_data: Json
    version_id: str
    preview_url: str


class ReviewRequested(Value):
    """The work waits for an answer: the same as `pending_review` of the work."""

    phase: Phase
    interrupt_id: str
    version_id: str
    branch: str
    deadline: datetime
    on_timeout: str
    allowed: tuple[str, ...]
    question: str | None
    plan: Json | None
    refused: tuple[Any, ...]
    outcomes: tuple[Any, ...] = ()
    answered: tuple[Any, ...] = ()
    bill: Json | None
    missing_sheets: tuple[Any, ...]
    confirming: bool


class FeedbackReceived(Value):
    """Somebody answered; not with which words. `answer_id` is the answer's."""

    answer_id: UUID
    kind: Literal["answer", "fork"]
    branch: str
    action: str | None = None
    edits: int | None = None


class PlanReady(Value):
    """What was understood of an answer. `redo` is what it will redo at most: `{phases, images, pages}`, and `usd` where
    pictures cost something; `question` is asked back when something could not be placed."""

    answer_id: UUID | None
    phase: Phase
    items: tuple[Json, ...]
    question: str
    redo: Json


class VersionCreated(Value):
    """A phase's own end, a change, an old state restored, a lock: all are versions."""

    version_id: str
    parent_version_id: str | None
    branch: str
    phase: Phase
    kind: str
    author: str
    preview_url: str


class Parked(Value):
    """The work waits: until `resume_at`, or (null) until somebody resumes it. `code` is the error's."""

    resume_at: datetime | None
    code: str | None


class Resumed(Value):
    """A work that was parked or had failed goes on."""


class Degraded(Value):
    """The book has pictures that are placeholders."""

    placeholders: tuple[Any, ...]


class ExportReady(Value):
    """The finished book can be had in this format."""

    format: str
    url: str
    bytes: int
    sha256: str
    version_id: str


class Completed(Value):
    """The book is finished. `redrawn` is false where a change of it was cancelled: it is the book of before."""

    pages: int
    degraded: bool
    redrawn: bool = True


class Failed(Value):
    """The work cannot go on by itself; the error says why and what helps."""

    code: str
    phase: str | None
    element: str | None
    message: str
    remedy: str


class Cancelled(Value):
    """A person ended the work."""


class Snapshot(BaseModel):
    """The work as it stands, for a client whose last id this work never had: what a list shows of it. Events with
    greater ids than the snapshot's follow."""

    model_config = ConfigDict(frozen=True, extra="allow")

    id: UUID
    status: WorkStatus


class EnvelopeBase(Value):
    """`id` rises within a work: it is the Last-Event-ID to come back with. `at` is UTC."""

    v: Literal[1]
    id: Annotated[str, Field(pattern=r"^\d{1,19}$")]
    work_id: UUID
    version_id: str | None
    at: datetime


DATA: Final[Mapping[EventType, type[BaseModel]]] = {
    EventType.ACCEPTED: Accepted,
    EventType.PHASE_STARTED: PhaseStarted,
    EventType.PHASE_COMPLETE: PhaseComplete,
    EventType.IMAGE_PROGRESS: ImageProgress,
    EventType.ANSWER_PROGRESS: AnswerProgress,
    EventType.PREVIEW_CHANGE: PreviewChange,
    EventType.PAGE_READY: PageReady,
    EventType.REVIEW_REQUESTED: ReviewRequested,
    EventType.FEEDBACK_RECEIVED: FeedbackReceived,
    EventType.PLAN_READY: PlanReady,
    EventType.VERSION_CREATED: VersionCreated,
    EventType.PARKED: Parked,
    EventType.RESUMED: Resumed,
    EventType.DEGRADED: Degraded,
    EventType.COMPLETED: Completed,
    EventType.FAILED: Failed,
    EventType.CANCELLED: Cancelled,
    EventType.EXPORT_READY: ExportReady,
    EventType.SNAPSHOT: Snapshot,
}


def _event(kind: EventType, data: type[BaseModel]) -> type[BaseModel]:
    fields: dict[str, Any] = {"type": (Literal[kind.value], ...), "data": (data, ...)}
    return create_model(f"{data.__name__}Event", __base__=EnvelopeBase, __doc__=data.__doc__, **fields)


_EVENTS: Final = tuple(_event(kind, data) for kind, data in DATA.items())
Envelope: Any = Annotated[Union[_EVENTS], Field(discriminator="type")]  # noqa: UP007 - of a tuple


def checked_envelope(event: Json) -> Any:
    """The event as its model. Raises pydantic's `ValidationError` for what no stream may send."""
    return TypeAdapter(Envelope).validate_python(event)
