"""The events that a run tells while it goes on, written as JSON into LangGraph's custom stream."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from manga.phases import Phase

if TYPE_CHECKING:  # whoever only reads events loads no LangGraph
    from langgraph.types import StreamWriter


@dataclass(frozen=True, slots=True)
class PhaseStarted:
    """The phase's node begins; it may find that its stored result stands."""

    phase: Phase


@dataclass(frozen=True, slots=True)
class PhaseComplete:
    """The phase's result is a version now. `preview` names its preview in the work's blobs."""

    phase: Phase
    version_id: str
    preview: str | None = None


@dataclass(frozen=True, slots=True)
class ImageProgress:
    """After every finished panel. `status` is drawn, placeholder or deferred; `cached`: no call was made for it."""

    panel: str
    completed: int
    total: int
    status: str = "drawn"
    cached: bool = False


@dataclass(frozen=True, slots=True)
class AnswerProgress:
    """While a model answers a phase's questions: how many characters of its answers have come so far."""

    phase: Phase
    characters: int


@dataclass(frozen=True, slots=True)
class PageReady:
    """A finished page; `image` and `graph` name its PNG and scene graph in the work's blobs. `changed`: there was a
    book, and this page of it looked otherwise."""

    number: int
    image: str
    graph: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class PlanReady:
    """What was understood of an answer that was given at the review of `phase`, before anything is done: `{items,
    question, redo}`. What could not be placed is the question."""

    phase: Phase
    plan: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReviewRequested:
    """The graph waits for an answer, which goes to `run_graph(..., answer=..., interrupt_id=...)`."""

    phase: Phase
    interrupt_id: str
    version_id: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Completed:
    """`book` is `manga.book.Book` as JSON, `values` are all the graph's channels at the end."""

    book: Mapping[str, Any]
    version_id: str
    values: Mapping[str, Any] = field(default_factory=dict, repr=False)


NodeEvent: TypeAlias = PhaseStarted | PhaseComplete | ImageProgress | AnswerProgress | PageReady | PlanReady
"""What nodes tell themselves."""
RunEvent: TypeAlias = NodeEvent | ReviewRequested | Completed

_FROM_NODES: dict[str, type[NodeEvent]] = {
    "phase_started": PhaseStarted,
    "phase_complete": PhaseComplete,
    "image_progress": ImageProgress,
    "answer_progress": AnswerProgress,
    "page_ready": PageReady,
    "plan_ready": PlanReady,
}
_NAMES = {kind: name for name, kind in _FROM_NODES.items()}


def tell(write: "StreamWriter", event: NodeEvent) -> None:
    """Puts an event into the custom stream."""
    write({"type": _NAMES[type(event)], **asdict(event)})


def heard(data: object) -> RunEvent | None:
    """The event that `tell` put in; None for anything else."""
    if not isinstance(data, dict) or data.get("type") not in _FROM_NODES:
        return None
    fields = {name: value for name, value in data.items() if name != "type"}
    if "phase" in fields:
        fields["phase"] = Phase(fields["phase"])
    return _FROM_NODES[data["type"]](**fields)
