"""What is known of every operation beside its route, for OpenAPI: the shape of its answer, the codes of its problems.

An operation's id is its module and function: `works_create`. A new one needs a line here only where it answers what no
other does, or has problems of its own.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from pydantic import BaseModel

from manga.phases import Phase
from server.response_models import (
    AcceptedWork,
    Alternatives,
    Answered,
    Compared,
    Elements,
    ExportFile,
    Exports,
    OneVersion,
    Preview,
    Shape,
    Stagings,
    Summary,
    Talk,
    VersionRead,
    Versions,
    Whole,
    Works,
)
from storage.base import WorkStatus
from works.base import Json
from works.estimate import Estimate

ANYBODY: Final = (
    *("unauthorized", "limit_reached", "invalid", "address_too_long", "headers_too_large"),
    *("database_unreachable", "storage", "internal"),
)
"""Of every operation that wants a token."""
WITH_BODY: Final = ("bad_json", "invalid_body", "too_large", "unsupported_media_type", "too_slow", "other_site")
WITH_BYTES: Final = ("invalid_body", "too_large", "unsupported_media_type", "too_slow", "other_site")
CHANGING: Final = ("forbidden",)
OF_A_WORK: Final = ("not_found",)
PROBLEMS: Final[Mapping[str, Sequence[str]]] = {
    "works_create": ("brief_rejected", "conflict", "cost_limit"),
    "works_foretell": ("brief_rejected",),
    "works_read": ("brief_rejected",),
    "works_stop": ("conflict",),
    "works_go_on": ("conflict",),
    "works_hold": ("conflict",),
    "answers_feedback": ("conflict", "edit_rejected", "wish_refused"),
    "answers_confirm": ("conflict",),
    "pictures_bring": ("conflict", "edit_rejected", "too_many_pictures", "busy"),
    "versions_fork": ("conflict",),
    "versions_bring_back": ("conflict",),
    "versions_keep_panels": ("conflict", "edit_rejected"),
    "version_names_call": ("edit_rejected",),
    "versions_lock_elements": ("conflict",),
    "events_events": ("too_many_streams",),
    "graph_events_graph_events": ("too_many_streams",),
    "files_file": ("range_not_satisfiable",),
    "signed_link": (
        *("link_expired", "not_found", "range_not_satisfiable", "address_too_long", "headers_too_large"),
        *("storage", "internal"),
    ),
    "webhooks_add": ("address_refused",),
    "webhooks_read": ("not_found",),
    "webhooks_remove": ("not_found",),
    "webhooks_deliveries": ("not_found",),
    "webhooks_again": ("not_found", "conflict"),
    "assistants_read": ("not_found",),
    "assistants_drawn": ("not_found",),
    "assistants_schemas": ("not_found",),
    "assistants_subgraphs": ("not_found",),
    "threads_create": ("conflict",),
    "threads_copy": ("not_found", "conflict", "limit_reached"),
    "many_threads_prune": ("not_offered",),
    "many_threads_batch": ("conflict", "not_offered", "brief_rejected"),
    "many_threads_cancel_many": ("conflict", "not_offered", "not_found"),
    "assistants_versions": ("not_found",),
    "runs_remove": ("conflict",),
    "runs_create": ("conflict", "not_offered", "brief_rejected"),
    "runs_create_alone": ("conflict", "not_offered", "brief_rejected"),
    "runs_stream": ("conflict", "not_offered", "brief_rejected"),
    "runs_stream_alone": ("conflict", "not_offered", "brief_rejected"),
    "runs_wait": ("conflict", "not_offered", "brief_rejected"),
    "runs_wait_alone": ("conflict", "not_offered", "brief_rejected"),
    "state_update": ("conflict", "not_offered"),
    "protocol_command": ("conflict", "not_offered", "brief_rejected"),
}


class OwnPicture(Shape):
    """`picture` is the value of that field in an edit of a panel."""

    picture: Json
    url: str


class PanelPicture(Shape):
    """`status` is drawn, placeholder or own."""

    status: str
    blob: str | None
    media_type: str | None


class PanelsSoFar(Shape):
    """By panel's key."""

    panels: dict[str, PanelPicture]


class Recipes(Shape):
    """By phase."""

    recipes: dict[str, dict[str, str]]
    digests: Json


class StreamToken(Shape):
    """For `?token=` of one work's streams."""

    token: str
    expires_at: datetime


class SignedLink(Shape):
    """One file."""

    name: str
    url: str


class SignedLinks(Shape):
    """All good until then."""

    items: list[SignedLink]
    expires_at: datetime


class BookLinkMade(Shape):
    """An address of the studio under which anybody reads that version until then."""

    url: str
    version_id: UUID
    expires_at: datetime


class LinkedPage(Shape):
    """0 is the cover."""

    number: int
    side: Literal["left", "right"]
    url: str


class LinkedBook(Shape):
    """One version of a book, to read. `expires_at` is the link's own end, `pictures_until` that of the addresses."""

    title: str
    author: str | None
    direction: Literal["rtl", "ltr"]
    language: Literal["ja", "en"]
    version_id: UUID
    expires_at: datetime
    pictures_until: datetime
    pages: list[LinkedPage]


class ExportOption(Shape):
    """A whole number."""

    name: str
    default: int
    least: int
    most: int
    means: str


class ExportFormat(Shape):
    """What a book can be had as."""

    name: str
    media_type: str
    file: str
    good_for: str
    options: list[ExportOption]


class Capabilities(Shape):
    """Words, choices and limits."""

    phases: list[Phase]
    statuses: list[WorkStatus]
    events: list[str]
    roles: list[str]
    change_types: list[str]
    exports: list[str]
    export_formats: list[ExportFormat]
    brief: Json
    limits: dict[str, int | None]
    models: Json
    minds: Json
    """As `models`, under its name of before."""


class Used(Shape):
    """What a tenant has used."""

    works: int
    by_status: dict[str, int]
    text_calls: int
    images_drawn: int
    cache_hits: int
    placeholders: int
    input_tokens: int
    output_tokens: int
    spent_usd: float
    saved_usd: float


class Usage(Shape):
    """`today`: of works that were begun on this day (UTC)."""

    today: Used
    total: Used


class Webhook(Shape):
    """Where events are sent."""

    id: UUID
    url: str
    events: list[str]
    created_at: datetime


class WebhookMade(Webhook):
    """`secret` is told this once."""

    secret: str


class Webhooks(Shape):
    """Oldest first."""

    items: list[Webhook]


class Deliveries(Shape):
    """The newest 100."""

    items: list[Json]


class Again(Shape):
    """It waits to be sent."""

    id: UUID
    state: Literal["waiting"]


RESPONSES: Final[Mapping[str, type[BaseModel]]] = {
    "works_create": AcceptedWork,
    "works_foretell": Estimate,
    "works_index": Works,
    "works_read": Whole,
    "works_stop": Summary,
    "works_rest": Summary,
    "works_go_on": Summary,
    "works_hold": Summary,
    "works_panels": PanelsSoFar,
    "works_recipes": Recipes,
    "answers_feedback": Answered,
    "talk_read": Talk,
    "answers_confirm": Answered,
    "pictures_bring": OwnPicture,
    "versions_index": Versions,
    "versions_read": VersionRead,
    "versions_diff": Compared,
    "versions_fork": Summary,
    "versions_bring_back": Summary,
    "versions_keep_panels": Summary,
    "version_names_call": OneVersion,
    "versions_lock_elements": Summary,
    "previews_elements": Elements,
    "previews_preview": Preview,
    "previews_alternatives": Alternatives,
    "previews_other_stagings": Stagings,
    "files_exports": Exports,
    "files_export": ExportFile,
    "signed_stream_token": StreamToken,
    "signed_links": SignedLinks,
    "book_link": BookLinkMade,
    "linked_book": LinkedBook,
    "status_capabilities": Capabilities,
    "status_usage": Usage,
    "webhooks_add": WebhookMade,
    "webhooks_index": Webhooks,
    "webhooks_read": Webhook,
    "webhooks_deliveries": Deliveries,
    "webhooks_again": Again,
}
"""By operation id. What LangGraph's clients are answered is LangGraph's to describe."""
