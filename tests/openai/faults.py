"""Every way in which a call of OpenAI's can fail, by name, as data."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from tests.gemini.wire import Json
from tests.openai.wire import error


@dataclass(frozen=True, slots=True)
class HttpFault:
    """`body` is JSON, or bytes that are not."""

    status: int
    body: Json | bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LineFault:
    """`hang`: no answer until the client goes; `cut`: closed before a byte of answer; `cut_body`: in its middle."""

    what: Literal["hang", "cut", "cut_body"]


@dataclass(frozen=True, slots=True)
class AnswerFault:
    """A 200 whose body is not what was asked for, made from the good one."""

    spoil: Callable[[Json], Json]


Fault: TypeAlias = HttpFault | LineFault | AnswerFault


def _said(change: Callable[[str], str | None], finish: str = "stop", refusal: str | None = None) -> AnswerFault:
    """The answer with other words and another end."""

    def spoil(body: Json) -> Json:
        (choice,) = body["choices"]
        message = {**choice["message"], "content": change(choice["message"]["content"]), "refusal": refusal}
        return {**body, "choices": [{**choice, "message": message, "finish_reason": finish}]}

    return AnswerFault(spoil)


_LIMIT: Final = "Rate limit reached for this model in organization org-x on {}: Limit 500, Used 500, Requested 1."
_REQUEST: Final = "invalid_request_error"
_NO_SCHEMA: Final = (
    "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model. Learn more."
)

FAULTS: Final[dict[str, Fault]] = {
    "400": HttpFault(400, error("Unsupported parameter: 'seed'.", _REQUEST, "unsupported_parameter", "seed")),
    "400tokens": HttpFault(
        400,
        error("This model's maximum context length is 400000 tokens.", _REQUEST, "context_length_exceeded", "messages"),
    ),
    "400schema": HttpFault(400, error(_NO_SCHEMA, _REQUEST)),
    "400flagged": HttpFault(
        400,
        error("Invalid prompt: your prompt was flagged by our usage policy.", _REQUEST, "invalid_prompt"),
    ),
    "401": HttpFault(401, error("Incorrect API key provided: sk-no***body.", _REQUEST, "invalid_api_key")),
    "403": HttpFault(403, error("Your project does not have access to it.", _REQUEST, "model_not_found")),
    "404": HttpFault(404, error("The model does not exist.", _REQUEST, "model_not_found")),
    "429": HttpFault(
        429,
        error(_LIMIT.format("requests per min (RPM)"), "requests", "rate_limit_exceeded"),
        {"retry-after": "3", "retry-after-ms": "2500"},
    ),
    "429bare": HttpFault(429, error("Too many requests.", "requests", "rate_limit_exceeded"), {"retry-after": "7"}),
    "429day": HttpFault(
        429,
        error(_LIMIT.format("requests per day (RPD)"), "requests", "rate_limit_exceeded"),
        {"retry-after": "40000"},
    ),
    "429credit": HttpFault(429, error("You exceeded your current quota.", "insufficient_quota", "insufficient_quota")),
    "500": HttpFault(500, error("The server had an error while processing your request.", "server_error")),
    "502html": HttpFault(502, b"<html><body>bad gateway</body></html>"),
    "503": HttpFault(503, error("The engine is currently overloaded.", "server_error"), {"retry-after": "4"}),
    "504": HttpFault(504, b"upstream request timeout"),
    "notjson": HttpFault(200, b"this is not json"),
    "hang": LineFault("hang"),
    "cut": LineFault("cut"),
    "cut_body": LineFault("cut_body"),
    "refusal": _said(lambda text: None, refusal="I'm sorry, I can't help with that."),
    "content_filter": _said(lambda text: "", "content_filter"),
    "length": _said(lambda text: text[: len(text) // 2], "length"),
    "empty": _said(lambda text: ""),
    "badjson": _said(lambda text: '{"title": "unterminated'),
    "wrongshape": _said(lambda text: json.dumps({"unexpected": 1})),
    "fenced": _said(lambda text: f"```json\n{text}\n```"),
}
