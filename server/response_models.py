"""Shapes of answers about works, for OpenAPI and for whoever checks what was sent: routes answer plain JSON, and are
not slowed by them. `server.openapi_operations` says which operation answers which.

What the graph makes (results of phases, previews) is open: it grows with it.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from editing.element_lookup import Kind
from manga.phases import Phase
from storage.base import WorkStatus
from works.base import Json


class Shape(BaseModel):
    """An answer. Clients take fields that they do not know yet."""

    model_config = ConfigDict(extra="allow")


class Problem(Shape):
    """RFC 9457. `code` is stable and the one to switch on; `remedy` says what helps; `element` names what is at fault,
    and `errors` each field of a request."""

    type: str = Field(examples=["urn:mangaka:problem:not_found"])
    title: str
    status: int
    code: str
    detail: str
    remedy: str | None = None
    phase: str | None = None
    element: str | None = None
    instance: str | None = None
    errors: list["FieldFault"] | None = None


class FieldFault(Shape):
    """What is wrong with one field."""

    field: str
    message: str


class Progress(Shape):
    """Of the phase that goes on: so many of so many."""

    phase: Phase
    completed: int
    total: int
    percentage: float


class Review(Shape):
    """What the work waits for: an answer to `POST …/feedback`, or with `confirming` to the `plan`. After `deadline` it
    goes on by itself as `on_timeout` says."""

    phase: Phase
    interrupt_id: str
    version_id: str
    branch: str
    deadline: datetime
    on_timeout: str
    allowed: list[str]
    question: str | None
    confirming: bool
    plan: Json | None
    bill: Json | None
    refused: list[Any]
    outcomes: list[Any] = []
    answered: list[Any] = []


class Fault(Shape):
    """Why a work waits or has failed. `model`: the one that is busy; its works go on as soon as it answers again."""

    code: str
    phase: str | None
    element: str | None
    message: str
    remedy: str
    model: str | None = None


class Links(Shape):
    """Stable addresses."""

    self: str
    events: str
    versions: str
    elements: str
    exports: str


class Summary(Shape):
    """A work as lists show it. `finished`: there is a whole book, also while a change of it is drawn."""

    id: UUID
    request_id: str
    status: WorkStatus
    title: str | None
    created_at: datetime
    updated_at: datetime
    progress: Progress | None
    pending_review: Review | None
    error: Fault | None
    degraded: bool
    finished: bool = False
    resume_at: datetime | None
    links: Links


class AcceptedWork(Summary):
    """`warnings` name limits of this day that are used up: the work goes on by itself at `resume_at`."""

    warnings: list[str]


class Understood(Shape):
    """What was understood of a sentence or of edits, and what it will redo at most."""

    phase: Phase
    items: list[Json]
    question: str
    redo: Json


class Answered(Summary):
    """`plan` where it was waited for, and there in time."""

    plan: Understood | None = None


class Works(Shape):
    """A page of works. `next` is the cursor of the following one; null at the end."""

    items: list[Summary]
    next: UUID | None


class PageFile(Shape):
    """A page; `image` and `graph` are names under `…/files/`."""

    number: int
    side: str
    image: str
    graph: str


class ExportFile(Shape):
    """A file of the finished book."""

    format: str
    url: str
    sha256: str
    bytes: int
    status: str


class Exports(Shape):
    """All of them."""

    items: list[ExportFile]


class PhaseResult(Shape):
    """What a phase (1 to 7) has made: `content` as far as `include` asks for it."""

    phase: int
    content: Json
    preview_url: str | None
    version_id: str


class Cost(Shape):
    """Of everything that was paid for, in the book or not."""

    estimated_usd: float
    spent_usd: float
    text_calls: int
    images: int


class Whole(Summary):
    """A work with its result, as far as it is made. Its stream goes on behind it with `last_event_id`."""

    manga_result: Json
    phase_results: list[PhaseResult]
    pages: list[PageFile]
    exports: list[ExportFile]
    warnings: list[str]
    losses: list[Json] = []
    placeholders: list[str]
    processing_time: float
    processing_times: list[float]
    cost: Cost
    counters: dict[str, int]
    last_event_id: str = "0"
    phase_begun_at: datetime | None = None


class OneVersion(Shape):
    """A state of a work, for good. `name` is what people call it; `cost` is the work's until then, null where it was
    not noted yet."""

    version_id: str
    parent_version_id: str | None
    work_id: UUID
    phase: Phase
    branch: str
    kind: str
    change_description: str
    quality_level: int | None
    quality_score: float | None
    author: str
    created_at: datetime
    name: str = ""
    cost: Cost | None = None


class VersionRead(OneVersion):
    """With the results of all phases that it has come to."""

    content: Json


class Line(Shape):
    """A line of versions, and its newest."""

    name: str
    head: str


class Versions(Shape):
    """A page of the history, oldest first."""

    items: list[OneVersion]
    next: str | None
    branches: list[Line]
    head: str | None


class Change(Shape):
    """`text` says it in words."""

    phase: Phase
    kind: str
    element: str
    where: str
    text: str


class Compared(Shape):
    """From `old` to `new`; pages by number."""

    old: OneVersion
    new: OneVersion
    changes: list[Change]
    pages: list[int]
    only_old: list[int]
    only_new: list[int]
    locked: list[str]
    unlocked: list[str]
    panels: list[Json] = []
    panels_changed: int = 0


class Exchange(Shape):
    """What a person (`by`: as their token says) said, and what was answered. `state`: `waiting`, `asked_back` (see
    `question`), `done`, `dropped`; `noted` is false where nobody wrote down what became of it. `outcomes` are
    `{phase, instruction, changed, count, reason}`: a `reason` says what was not done."""

    answer_id: UUID
    at: datetime
    by: str
    action: str
    text: str
    edits: int
    state: str
    noted: bool
    understood: list[Json]
    redo: Json | None
    question: str
    outcomes: list[Json]
    before: str | None
    version_id: str | None


class Talk(Shape):
    """Oldest first."""

    items: list[Exchange]


class OneElement(Shape):
    """`key` lasts; `address` (`p03.k2`) is where it stands in this version."""

    key: str
    kind: Kind
    address: str
    name: str
    page: str


class Elements(Shape):
    """All that can be pointed at."""

    version_id: str
    items: list[OneElement]


class PreviewImage(Shape):
    """A picture of a preview; `page` is null where it is of no page."""

    page: int | None
    blob: str
    media_type: str
    width: int
    height: int
    url: str


class Preview(Shape):
    """Structure, elements with the edits that they allow, and pictures; more by phase."""

    version_id: str
    phase: Phase
    summary: Json
    elements: list[Json]
    images: list[PreviewImage]
    quality: int
    locks: list[str] = []


class AlternativePicture(Shape):
    """`change` is what an edit says to hang it; null for the one that hangs now."""

    take: int
    own: bool
    status: str
    change: Json | None
    image: PreviewImage


class Alternatives(Shape):
    """A panel's pictures. `box` and `polygon` are its frame, of `page`; millimetres."""

    version_id: str
    panel: str
    page: Json
    box: Json
    polygon: list[list[float]]
    items: list[AlternativePicture]


class PanelStaging(Shape):
    """`change` is the `change_data` of the `selection` edit that takes it."""

    name: str
    shot: str
    angle: str
    change: Json
    image: PreviewImage


class Stagings(Shape):
    """Other ways of showing a panel. `polygon` is its border on the picture (`page`); millimetres."""

    version_id: str
    panel: str
    page: Json
    polygon: list[list[float]]
    items: list[PanelStaging]
