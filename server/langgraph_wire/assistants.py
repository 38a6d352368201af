"""`/assistants`: the one graph there is, and what clients ask a LangGraph server about itself: `/info`, `/ok`."""

from datetime import UTC, datetime
from importlib.metadata import version
from typing import Annotated, Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from fastapi import APIRouter, Path
from pydantic import Field

from graph.build import MangaGraph
from manga.errors import NotFound
from server.composition import Open
from server.langgraph_wire.request_models import Metadata, Name, Sent
from server.security.identity import Anybody
from works.base import Json

GRAPH: Final = "mangaka"
ASSISTANT: Final[UUID] = uuid5(NAMESPACE_URL, "urn:mangaka:assistant")
_SINCE: Final = datetime(2026, 1, 1, tzinfo=UTC).isoformat()
router = APIRouter(tags=["langgraph"])
Assistant = Annotated[str, Path(max_length=200, description="`mangaka`, or its assistant's id")]


class Search(Sent):
    """Which assistants are looked for."""

    metadata: Metadata | None = None
    graph_id: Name | None = None
    name: Name | None = None
    limit: int = Field(default=10, ge=1, le=1000)
    offset: int = Field(default=0, ge=0)


def check_assistant(assistant: str) -> None:
    """Raises `NotFound` for all but the one there is."""
    if assistant not in (GRAPH, str(ASSISTANT)):
        raise NotFound(f"There is no assistant {assistant[:60]!r}.", remedy=f"Use {GRAPH!r}.")


def assistant_json() -> Json:
    return {
        "assistant_id": str(ASSISTANT),
        "graph_id": GRAPH,
        "name": GRAPH,
        "description": "Draws a manga book from a story.",
        "config": {},
        "context": {},
        "metadata": {"created_by": "system"},
        "version": 1,
        "created_at": _SINCE,
        "updated_at": _SINCE,
    }


@router.post("/assistants/search", summary="The assistants there are")
async def search(sent: Search, who: Anybody) -> list[Json]:
    fits = sent.graph_id in (None, GRAPH) and sent.name in (None, GRAPH) and not sent.offset
    known: Json = assistant_json()["metadata"]
    fits = fits and all(known.get(name) == value for name, value in (sent.metadata or {}).items())
    return [assistant_json()] if fits else []


@router.post("/assistants/count", summary="How many assistants there are")
async def count(sent: Search, who: Anybody) -> int:
    return len(await search(sent, who))


@router.get("/assistants/{assistant}", summary="The assistant")
async def read(assistant: Assistant, who: Anybody) -> Json:
    check_assistant(assistant)
    return assistant_json()


@router.get("/assistants/{assistant}/graph", summary="Nodes and edges of the graph")
async def drawn(assistant: Assistant, who: Anybody, rooms: Open) -> Json:
    check_assistant(assistant)
    found: dict[str, Any] = rooms.house.graph.get_graph().to_json()
    return found


@router.get("/assistants/{assistant}/schemas", summary="What the graph takes and gives")
async def schemas(assistant: Assistant, who: Anybody, rooms: Open) -> Json:
    check_assistant(assistant)
    return schemas_of(rooms.house.graph)


@router.post("/assistants/{assistant}/versions", summary="The one version that there is")
async def versions(assistant: Assistant, who: Anybody) -> list[Json]:
    check_assistant(assistant)
    return [assistant_json()]


@router.get("/assistants/{assistant}/subgraphs/{namespace}", include_in_schema=False)
@router.get("/assistants/{assistant}/subgraphs", summary="There are none")
async def subgraphs(assistant: Assistant, who: Anybody) -> Json:
    check_assistant(assistant)
    return {}


def schemas_of(graph: MangaGraph) -> Json:
    """JSON Schemas. Nothing is configurable from outside: a brief says everything."""
    state = graph.get_output_jsonschema()
    return {
        "graph_id": GRAPH,
        "input_schema": graph.get_input_jsonschema(),
        "output_schema": state,
        "state_schema": state,
        "config_schema": {"type": "object", "properties": {}},
        "context_schema": {"type": "object", "properties": {}},
    }


@router.get("/info", summary="What this server can do")
async def info(who: Anybody) -> Json:
    return {
        "version": version("langgraph-sdk"),
        "langgraph_py_version": version("langgraph"),
        "flags": {"assistants": True, "crons": False, "langsmith": False},
        "metadata": {"graphs": [GRAPH]},
    }


@router.get("/ok", summary="Is anybody there?")
async def ok(who: Anybody) -> Json:
    return {"ok": True}
