"""What LangGraph's clients can ask a LangGraph server for and Mangaka does not do: why, and what to use instead."""

from typing import Final, NoReturn

from fastapi import APIRouter

from server.langgraph_wire.request_models import NotOffered
from server.security.identity import Anybody

router = APIRouter(tags=["langgraph"], include_in_schema=False)
_ONE_ASSISTANT: Final = ("There is one assistant, and it is not changed.", "Use `mangaka`; a brief says everything.")
_NO_TIMER: Final = (
    "No run begins by a clock.",
    "Begin runs with a scheduler of your own; a work that waits for a limit goes on by itself.",
)
_NO_STORE: Final = (
    "There is no store beside the works.",
    "A thread's metadata takes notes (`threads.update`); pictures are brought by POST /v1/works/{id}/pictures.",
)
CALLS: Final[tuple[tuple[str, str, tuple[str, str]], ...]] = (
    ("POST", "/assistants", _ONE_ASSISTANT),
    ("PATCH", "/assistants/{assistant}", _ONE_ASSISTANT),
    ("DELETE", "/assistants/{assistant}", _ONE_ASSISTANT),
    ("POST", "/assistants/{assistant}/latest", _ONE_ASSISTANT),
    ("POST", "/threads/{thread_id}/runs/crons", _NO_TIMER),
    ("POST", "/runs/crons", _NO_TIMER),
    ("PATCH", "/runs/crons/{cron_id}", _NO_TIMER),
    ("DELETE", "/runs/crons/{cron_id}", _NO_TIMER),
    ("POST", "/runs/crons/search", _NO_TIMER),
    ("POST", "/runs/crons/count", _NO_TIMER),
    ("PUT", "/store/items", _NO_STORE),
    ("GET", "/store/items", _NO_STORE),
    ("DELETE", "/store/items", _NO_STORE),
    ("POST", "/store/items/search", _NO_STORE),
    ("POST", "/store/namespaces", _NO_STORE),
    ("POST", "/ui/{assistant}", ("No pictures of components are kept here.", "The studio at /studio/ shows works.")),
    ("POST", "/a2a/{assistant}", ("Agents are not spoken to by A2A.", "Use runs, or POST /v1/works.")),
)


def _refuse(method: str, path: str, reason: str, instead: str) -> None:
    async def refuse(who: Anybody) -> NoReturn:
        raise NotOffered(reason, remedy=instead, element=path)

    router.add_api_route(path, refuse, methods=[method], status_code=422, response_model=None)


for _method, _path, (_reason, _instead) in CALLS:
    _refuse(_method, _path, _reason, _instead)
