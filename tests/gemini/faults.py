"""Every way in which a call can fail, by name, as data.

An `HttpFault` is an answer with a status; a `LineFault` happens to the connection; an `AnswerFault` is a 200 whose body
is not what was asked for, made from the good one.
"""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from tests.gemini.wire import RPC, Json, error, quota, usage


@dataclass(frozen=True, slots=True)
class HttpFault:
    """`body` is JSON, or bytes that are not."""

    status: int
    body: Json | bytes


@dataclass(frozen=True, slots=True)
class LineFault:
    """`hang`: no answer until the client goes; `slow`: none until `release`; `cut`: closed before a byte of answer;
    `cut_body`: closed in the middle of a good answer. Of an answer that is streamed (others are good): `stream_cut`
    ends it politely before its last piece, `stream_err` says an error instead of that."""

    what: Literal["hang", "slow", "cut", "cut_body", "stream_cut", "stream_err"]


@dataclass(frozen=True, slots=True)
class AnswerFault:
    """`of` says which calls can have it."""

    spoil: Callable[[Json], Json]
    of: Literal["text", "image", "both"] = "both"


Fault: TypeAlias = HttpFault | LineFault | AnswerFault


def _fails(code: int, status: str, message: str, *details: Json) -> HttpFault:
    return HttpFault(code, error(code, status, message, *details))


def _without_answer(body: Json, **more: object) -> Json:
    read = usage(body["usageMetadata"]["promptTokenCount"], 0)
    kept = {key: value for key, value in body.items() if key not in ("candidates", "usageMetadata")}
    return {**kept, "usageMetadata": read, **more}


def _blocked(body: Json) -> Json:
    return _without_answer(body, promptFeedback={"blockReason": "PROHIBITED_CONTENT"})


def _finished(reason: str, **more: object) -> Callable[[Json], Json]:
    """A candidate without parts that ended for `reason`."""

    def spoil(body: Json) -> Json:
        candidate = {"content": {"role": "model"}, "finishReason": reason, "index": 0, **more}
        return _without_answer(body, candidates=[candidate])

    return spoil


def _said(change: Callable[[str], str], finish: str = "STOP") -> Callable[[Json], Json]:
    """The answer with other words."""

    def spoil(body: Json) -> Json:
        candidate = body["candidates"][0]
        parts = [{**part, "text": change(part["text"])} for part in candidate["content"]["parts"] if "text" in part]
        changed = {**candidate, "content": {"role": "model", "parts": parts}, "finishReason": finish}
        return {**body, "candidates": [changed]}

    return spoil


def _seen(change: Callable[[bytes], bytes]) -> Callable[[Json], Json]:
    """The answer with other bytes for its picture."""

    def changed(part: Json) -> Json:
        inline = part.get("inlineData")
        if inline is None:
            return part
        data = base64.b64encode(change(base64.b64decode(inline["data"]))).decode()
        return {**part, "inlineData": {**inline, "data": data}}

    def spoil(body: Json) -> Json:
        candidate = body["candidates"][0]
        content = {**candidate["content"], "parts": [changed(part) for part in candidate["content"]["parts"]]}
        return {**body, "candidates": [{**candidate, "content": content}]}

    return spoil


def _only_thoughts(body: Json) -> Json:
    empty = _finished("MAX_TOKENS")(body)
    prompt = body["usageMetadata"]["promptTokenCount"]
    return {**empty, "usageMetadata": usage(prompt, 0, thoughts=8192)}


def _half(text: str) -> str:
    return text[: max(1, len(text) // 2)]


_REFUSED: Final = "Unable to show the generated image. It was filtered because it violated Google's policy."
_UNSAFE: Final = [{"category": "HARM_CATEGORY_DANGEROUS_CONTENT", "probability": "HIGH", "blocked": True}]
_QUOTA: Final = "You exceeded your current quota, please check your plan and billing details."
_MINUTE: Final = quota("GenerateRequestsPerMinutePerProjectPerModel-FreeTier", "5", "2.5s")
_DAY: Final = quota("GenerateRequestsPerDayPerProjectPerModel-FreeTier", "20", "41215s")

FAULTS: Final[dict[str, Fault]] = {
    "400": _fails(400, "INVALID_ARGUMENT", "Request contains an invalid argument."),
    "400key": _fails(
        400,
        "INVALID_ARGUMENT",
        "API key not valid. Please pass a valid API key.",
        {"@type": f"{RPC}ErrorInfo", "reason": "API_KEY_INVALID", "domain": "googleapis.com"},
    ),
    "400precond": _fails(400, "FAILED_PRECONDITION", "User location is not supported for the API use."),
    "400tokens": _fails(
        400,
        "INVALID_ARGUMENT",
        "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).",
    ),
    "401": _fails(401, "UNAUTHENTICATED", "Request had invalid authentication credentials."),
    "403": _fails(403, "PERMISSION_DENIED", "Your API key was reported as leaked. Please use another API key."),
    "404": _fails(404, "NOT_FOUND", "The model is not found for API version v1beta."),
    "429": _fails(429, "RESOURCE_EXHAUSTED", f"{_QUOTA} Please retry in 2.5s.", *_MINUTE),
    "429day": _fails(429, "RESOURCE_EXHAUSTED", _QUOTA, *_DAY),
    "429bare": _fails(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota)."),
    "500": _fails(500, "INTERNAL", "An internal error has occurred."),
    "502html": HttpFault(502, b"<html><head><title>502 Bad Gateway</title></head><body>bad gateway</body></html>"),
    "503": _fails(503, "UNAVAILABLE", "The model is overloaded. Please try again later."),
    "504": _fails(504, "DEADLINE_EXCEEDED", "Deadline expired before operation could complete."),
    "notjson": HttpFault(200, b"this is not json"),
    "hang": LineFault("hang"),
    "slow": LineFault("slow"),
    "cut": LineFault("cut"),
    "cut_body": LineFault("cut_body"),
    "stream_cut": LineFault("stream_cut"),
    "stream_err": LineFault("stream_err"),
    "blocked": AnswerFault(_blocked),
    "empty": AnswerFault(_without_answer),
    "safety": AnswerFault(_finished("SAFETY", safetyRatings=_UNSAFE)),
    "recitation": AnswerFault(_finished("RECITATION")),
    "max_tokens": AnswerFault(_said(_half, "MAX_TOKENS"), "text"),
    "thoughts_only": AnswerFault(_only_thoughts, "text"),
    "badjson": AnswerFault(_said(lambda text: '{"title": "unterminated'), "text"),
    "wrongshape": AnswerFault(_said(lambda text: json.dumps({"unexpected": 1})), "text"),
    "fenced": AnswerFault(_said(lambda text: f"```json\n{text}\n```"), "text"),
    "malformed_call": AnswerFault(_finished("MALFORMED_FUNCTION_CALL"), "text"),
    "image_safety": AnswerFault(_finished("IMAGE_SAFETY", finishMessage=_REFUSED), "image"),
    "image_prohibited": AnswerFault(_finished("IMAGE_PROHIBITED_CONTENT", finishMessage=_REFUSED), "image"),
    "image_recitation": AnswerFault(_finished("IMAGE_RECITATION", finishMessage=_REFUSED), "image"),
    "no_image": AnswerFault(_finished("NO_IMAGE"), "image"),
    "words_only": AnswerFault(_said(lambda text: "I cannot draw that."), "image"),
    "image_bytes": AnswerFault(_seen(lambda data: b"these are not the bytes of a picture"), "image"),
    "image_truncated": AnswerFault(_seen(lambda data: data[: len(data) // 2]), "image"),
}


def fits(name: str, draws: bool) -> bool:
    """Can a call to a model that draws (or writes) fail so?"""
    fault = FAULTS[name]
    return not isinstance(fault, AnswerFault) or fault.of in ("both", "image" if draws else "text")
