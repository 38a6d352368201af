"""Ports and value types of storage. Light to import: no driver, no pydantic at run time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

Json = dict[str, Any]
"""A JSON object as psycopg reads `jsonb`."""


@dataclass(frozen=True, slots=True)
class Servers:
    """Where the two servers answer. The URLs may hold a password, so `repr` leaves them out."""

    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)


class WorkStatus(StrEnum):
    """The spec's words for the state of a work."""

    NEW = "new"
    QUEUED = "queued"
    PROCESSING = "processing"
    AWAITING_FEEDBACK = "awaiting_feedback"
    PARKED = "parked"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def closed(self) -> bool:
        """Nothing more happens by itself."""
        return self in (WorkStatus.COMPLETED, WorkStatus.FAILED, WorkStatus.CANCELLED)


class CommandStatus(StrEnum):
    """A command is pending until what it asks for is in a checkpoint."""

    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"


class EventType(StrEnum):
    """The closed list of event types on a work's stream."""

    ACCEPTED = "accepted"
    PHASE_STARTED = "phase_started"
    PHASE_COMPLETE = "phase_complete"
    IMAGE_PROGRESS = "image_progress"
    ANSWER_PROGRESS = "answer_progress"
    PREVIEW_CHANGE = "preview_change"
    PAGE_READY = "page_ready"
    REVIEW_REQUESTED = "review_requested"
    FEEDBACK_RECEIVED = "feedback_received"
    PLAN_READY = "plan_ready"
    VERSION_CREATED = "version_created"
    PARKED = "parked"
    RESUMED = "resumed"
    DEGRADED = "degraded"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPORT_READY = "export_ready"
    SNAPSHOT = "snapshot"


@dataclass(frozen=True, slots=True)
class Work:
    """One row of `works` without its two large columns (`storage.works.read_brief`, `read_result`). `finished`: there
    is a whole book, also while it is redrawn."""

    id: UUID
    tenant: str
    request_id: str
    request_digest: str
    status: WorkStatus
    title: str | None
    out_dir: str | None
    head_version: str | None
    progress: Json | None
    pending_review: Json | None
    error: Json | None
    warnings: list[Any]
    degraded: bool
    resume_at: datetime | None
    created_at: datetime
    updated_at: datetime
    finished_at: datetime | None
    finished: bool = False


@dataclass(frozen=True, slots=True)
class Accepted:
    """What `accept` answers: the work, and whether this call made it."""

    work: Work
    created: bool


@dataclass(frozen=True, slots=True)
class Command:
    """An answer, edit, fork or due timer. `child_checkpoint` is what it led to; None while that is missing."""

    id: UUID
    work_id: UUID
    kind: str
    target_checkpoint: str | None
    payload: Json
    status: CommandStatus
    child_checkpoint: str | None
    created_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewVersion:
    """What the review node knows of a version. `quality_score` is the share of gates passed, 0..1."""

    work_id: UUID
    checkpoint_id: str
    phase: str
    kind: str = "phase"
    parent_version_id: str | None = None
    branch: str = "main"
    change_description: str = ""
    quality_level: int | None = None
    quality_score: float | None = None
    author: str = "mangaka"


@dataclass(frozen=True, slots=True)
class Version:
    """One row of `versions`, see `NewVersion`. `name` is what people call it (empty: nothing); `used` are the work's
    counters as they stood when it was made."""

    version_id: str
    work_id: UUID
    parent_version_id: str | None
    checkpoint_id: str
    phase: str
    branch: str
    kind: str
    change_description: str
    quality_level: int | None
    quality_score: float | None
    author: str
    created_at: datetime
    name: str = ""
    used: Mapping[str, int] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Event:
    """`id` rises within a work in the order of commits; it is also the stream id `{id}-0` and the Last-Event-ID."""

    id: int
    work_id: UUID
    type: EventType
    version_id: str | None
    at: datetime
    data: Json


class Api(StrEnum):
    """What a provider counts apart."""

    TEXT = "text"
    IMAGES = "images"


@dataclass(frozen=True, slots=True)
class Standing:
    """How much of a day's limit is used up and promised. `day` is the provider's date."""

    api: Api
    day: str
    limit: int
    used: int
    reserved: int

    @property
    def left(self) -> int:
        return max(0, self.limit - self.used - self.reserved)


class Allowance(Protocol):
    """What may be asked of a provider: so many calls a day, so many a minute, all works together."""

    async def reserve(self, api: Api, work: str, calls: int) -> int:
        """Keeps calls of today for a work, in place of what was kept for it before. Answers how many there were; with
        fewer than asked for, the rest must wait for the next day. 0 gives all back."""
        ...

    async def take(self, api: Api, work: str) -> float:
        """Counts one call, out of what is kept for the work as long as that lasts. Answers how many seconds the caller
        must wait before it makes the call. Raises `QuotaExhausted`, with the seconds until the provider's day turns.
        """
        ...

    async def standing(self, api: Api) -> Standing: ...


@dataclass(frozen=True, slots=True)
class Unlimited:
    """An `Allowance` without limits: for models that cost nothing."""

    async def reserve(self, api: Api, work: str, calls: int) -> int:
        return calls

    async def take(self, api: Api, work: str) -> float:
        return 0.0

    async def standing(self, api: Api) -> Standing:
        return Standing(api, "", 0, 0, 0)


@dataclass(frozen=True, slots=True)
class KeptScene:
    """A picture that may serve again: what it shows (`manga.scene_similarity.DrawnScene`), what is known of it
    (`PanelArt`), the full name of its object, and where it was drawn for."""

    id: str
    scene: Json
    art: Json
    blob: str
    work: str
    panel: str
    page: int


class SceneCache(Protocol):
    """Pictures of the last 24 hours that may serve again. A shelf holds those of one tenant that could be alike at all.

    No method raises when the cache is away: there is nothing on the shelf then.
    """

    async def shelf(self, tenant: str, shelf: str) -> tuple[KeptScene, ...]:
        """What stands there, newest first."""
        ...

    async def keep(self, tenant: str, shelf: str, scene: KeptScene) -> None: ...

    async def claim(self, tenant: str, scene: KeptScene, work: str, panel: str, page: int) -> bool:
        """May this panel show that picture too? Never on a page where the work shows it, nor beside one, and at most
        twice a work. Yes is written down; asked again for the same panel it is yes again."""
        ...


@dataclass(frozen=True, slots=True)
class NoScenes:
    """A `SceneCache` that keeps nothing: for image models that cost nothing."""

    async def shelf(self, tenant: str, shelf: str) -> tuple[KeptScene, ...]:
        return ()

    async def keep(self, tenant: str, shelf: str, scene: KeptScene) -> None:
        return None

    async def claim(self, tenant: str, scene: KeptScene, work: str, panel: str, page: int) -> bool:
        return False
