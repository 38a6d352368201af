"""The OpenAPI document of the service: what FastAPI reads off the routes, with shapes, problems, examples, and who may.

In: the application. Out: OpenAPI 3.1. `make openapi` (`server.write_openapi`) writes it to docs/openapi.json.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any, Final

from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from manga.errors import MangaError
from server.openapi_operations import ANYBODY, CHANGING, OF_A_WORK, PROBLEMS, RESPONSES, WITH_BODY, WITH_BYTES
from server.openapi_webhooks import webhooks
from server.problem_json import MEDIA_TYPE, problem_of
from server.response_models import Problem
from server.security.identity import admin, editor
from server.security.request_guards import is_open
from works.base import Json

REF: Final = "#/components/schemas/{model}"
SECURITY: Final[list[Json]] = [{"bearer": []}, {"key": []}]
ABOUT: Final = """\
Give it a story, get a finished manga book.

A work is accepted once for each `request_id`, drawn in seven phases, and every result is a version that can be looked
at, compared, forked and restored. `GET /v1/works/{work_id}/events` tells everything that happens to it; the same events
come over a WebSocket at `/v1/works/{work_id}/ws`. `/v1/manga` is another name of `/v1/works`.

Errors are problem JSON (RFC 9457) with a stable `code`. Every answer has an `X-Request-Id`; send your own to find it in
the log.
"""
TAGS: Final = (
    ("works", "Stories that become books."),
    ("feedback", "Answers to reviews, changes of finished books, and plans that want a yes."),
    ("versions", "Every state of a work, for good."),
    ("previews", "A phase before the book is done, and what in it can be pointed at."),
    ("files", "Pages, pictures and the finished book."),
    ("streams", "Events as they happen: server-sent events, and a WebSocket at `/v1/works/{work_id}/ws`."),
    ("webhooks", "Events that are sent to an address of yours."),
    ("service", "What the service can do, and what your tenant has used."),
    (
        "langgraph",
        "LangGraph's own interface, for `langgraph_sdk`, `RemoteGraph` and the JavaScript SDK: described by LangGraph.",
    ),
)
_SCHEMES: Final = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "`mangaka token` makes one for trying.",
    },
    "key": {
        "type": "apiKey",
        "in": "header",
        "name": "X-Api-Key",
        "description": "The same token, as LangGraph's clients send it.",
    },
    "stream": {
        "type": "apiKey",
        "in": "query",
        "name": "token",
        "description": "For streams of browsers: of `…/stream-token`, good for a minute.",
    },
}
_BINARY: Final = {"schema": {"type": "string", "format": "binary"}}
_FILES: Final = ("image/png", "image/jpeg", "application/pdf", "application/vnd.comicbook+zip", "application/json")
_INVALID_BODY: Final = "invalid_body"


def operation_id(route: APIRoute) -> str:
    """What the route says, else its module and function: `works_create`."""
    return route.operation_id or f"{route.endpoint.__module__.rpartition('.')[2]}_{route.name}"


def document(title: str, version: str, routes: Sequence[Any]) -> Json:
    """All of it."""
    found = get_openapi(title=title, version=version, description=ABOUT, routes=routes, servers=[{"url": "/"}])
    schemas = found.setdefault("components", {}).setdefault("schemas", {})
    for old in ("HTTPValidationError", "ValidationError"):
        schemas.pop(old, None)
    models: list[type[BaseModel]] = sorted({Problem, *RESPONSES.values()}, key=lambda model: model.__name__)
    _, shaped = models_json_schema([(model, "serialization") for model in models], ref_template=REF)
    for name, schema in shaped["$defs"].items():
        if schemas.setdefault(name, schema) != schema:
            raise ValueError(f"two shapes have the name {name}")
    found["components"]["securitySchemes"] = _SCHEMES
    found["tags"] = [{"name": name, "description": told} for name, told in TAGS]
    roles, examples, problems = dict(_roles(routes)), _examples(), _problems()
    for path, methods in found["paths"].items():
        for operation in methods.values():
            _complete(path, operation, roles.get(operation["operationId"], ""), problems)
            _share(operation, found["components"])
            _exemplify(operation, examples.get(operation["operationId"], {}))
    found["webhooks"] = webhooks()
    return found


def _share(operation: Json, components: Json) -> None:
    """Problems that many operations have are written once."""
    for status, answer in operation["responses"].items():
        if MEDIA_TYPE not in answer.get("content", {}):
            continue
        examples = answer["content"][MEDIA_TYPE]["examples"]
        name = f"{status}_{'_or_'.join(examples)}"
        for code in examples:
            components.setdefault("examples", {})[code] = examples[code]
            examples[code] = {"$ref": f"#/components/examples/{code}"}
        components.setdefault("responses", {})[name] = answer
        operation["responses"][status] = {"$ref": f"#/components/responses/{name}"}


def _roles(routes: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """The least role of each operation that changes something."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from _roles(inner.routes)
        elif isinstance(route, APIRoute):
            calls = set(_calls(route.dependant))
            yield operation_id(route), "admin" if admin in calls else "editor" if editor in calls else "viewer"


def _calls(dependant: Any) -> Iterator[Any]:
    for inner in dependant.dependencies:
        yield inner.call
        yield from _calls(inner)


def _complete(path: str, operation: Json, role: str, problems: Mapping[str, Json]) -> None:
    """Its answer's shape, its problems, and who may."""
    name, answers = operation["operationId"], operation["responses"]
    answers.pop("422", None)
    if name in RESPONSES:
        good = next(status for status in answers if status.startswith("2"))
        kinds = answers[good].setdefault("content", {})
        kinds["application/json"] = {"schema": {"$ref": REF.format(model=RESPONSES[name].__name__)}}
        _also(name, answers, kinds)
    if name in ("files_file", "signed_link"):
        answers["200"]["content"] = dict.fromkeys(_FILES, _BINARY)
        answers["206"] = {"description": "The part that `Range` names.", "content": dict.fromkeys(_FILES, _BINARY)}
    if name == "files_file":
        answers["302"] = {"description": "Where the store makes links: a fresh one, good for minutes."}
        answers["304"] = {"description": "You have it already (`If-None-Match`)."}
    if name == "runs_cancel":
        del answers["200"]
        answers |= {"202": {"description": "It is being stopped."}, "204": {"description": "It has stopped."}}
    if is_open(path) or path.startswith("/v1/links/"):
        operation["security"] = []
    else:
        streams: list[Json] = [{"stream": []}] if name in ("events_events", "graph_events_graph_events") else []
        operation["security"] = SECURITY + streams
        operation["description"] = f"{operation.get('description', '')}\n\nFor {role}s and above.".strip()
    for status, codes in _by_status(_codes(path, operation, role), problems).items():
        answers[status] = _problem(codes, problems)


def _also(name: str, answers: Json, kinds: Json) -> None:
    """Other good answers of the same operation."""
    other = {
        "works_create": ("200", "It is done already."),
        "answers_feedback": ("200", "With its plan."),
        "answers_confirm": ("200", "With its plan."),
    }
    if name in other:
        status, told = other[name]
        answers[status] = {"description": told, "content": dict(kinds)}
    if name == "versions_diff":
        kinds["image/png"] = _BINARY


def _codes(path: str, operation: Json, role: str) -> list[str]:
    codes = list(PROBLEMS.get(operation["operationId"], ()))
    if operation["security"]:
        codes.extend(ANYBODY)
    if "requestBody" in operation:
        codes.extend(WITH_BODY if "application/json" in operation["requestBody"]["content"] else WITH_BYTES)
    elif operation.get("parameters"):
        codes.append(_INVALID_BODY)
    if role in ("editor", "admin"):
        codes.extend(CHANGING)
    if "{work_id}" in path or "{thread_id}" in path:
        codes.extend(OF_A_WORK)
    return sorted(set(codes))


def _problems() -> Mapping[str, Json]:
    """An example of every problem, by code."""
    found: dict[str, Json] = {}
    for kind in _below(MangaError):
        told: Json = json.loads(bytes(problem_of(kind()).body))
        found.setdefault(kind.code, told)
    found[_INVALID_BODY] = found["invalid"] | {
        "title": "Unprocessable Content",
        "status": 422,
        "detail": "settings.pages: Input should be less than or equal to 400.",
        "errors": [{"field": "settings.pages", "message": "Input should be less than or equal to 400"}],
    }
    return found


def _below(kind: type[MangaError]) -> Iterator[type[MangaError]]:
    yield kind
    for inner in sorted(kind.__subclasses__(), key=lambda one: one.__name__):
        yield from _below(inner)


def _by_status(codes: Sequence[str], problems: Mapping[str, Json]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code in codes:
        found.setdefault(str(problems[code]["status"]), []).append(code)
    return dict(sorted(found.items()))


def _problem(codes: Sequence[str], problems: Mapping[str, Json]) -> Json:
    """An answer with one of these codes."""
    stable = sorted({problems[code]["code"] for code in codes})
    schema = {"allOf": [{"$ref": REF.format(model="Problem")}, {"properties": {"code": {"enum": stable}}}]}
    examples = {code: {"value": problems[code]} for code in codes}
    return {
        "description": f"{problems[codes[0]]['title']}: {', '.join(f'`{code}`' for code in stable)}.",
        "content": {MEDIA_TYPE: {"schema": schema, "examples": examples}},
    }


def _exemplify(operation: Json, example: Json) -> None:
    """With what was really sent and answered."""
    if "request" in example and "requestBody" in operation:
        operation["requestBody"]["content"]["application/json"]["example"] = example["request"]
    for status, told in example.get("responses", {}).items():
        for kind, content in operation["responses"].get(status, {}).get("content", {}).items():
            if kind == "application/json":
                content["example"] = told
            elif kind == "text/event-stream":
                content["examples"] = {name: {"value": event} for name, event in told.items()}


def _examples() -> Mapping[str, Json]:
    """By operation id: `{request, responses: {status: answer}}`, as a service with offline models gave them."""
    found: Mapping[str, Json] = json.loads((files("server") / "examples.json").read_text(encoding="utf-8"))
    return found


def written(found: Json) -> str:
    """As it is kept: the same whoever writes it."""
    return json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
