"""Bodies of requests, looked at before any route sees them: their kind, their size, and JSON that means one thing.

What passes is well-formed UTF-8 JSON without doubled names, without numbers that are none, not too deep, and without
characters that neither PostgreSQL nor UTF-8 can hold. Everything else is refused with what is wrong and where.
"""

import asyncio
import json
import math
import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any, Final

from starlette.types import Message, Receive

from manga.errors import UserError

DEEPEST: Final = 32
MOST_VALUES: Final = 100_000
MOST_DIGITS: Final = 400
LONGEST_S: Final = 30.0
"""How long a body may take to arrive."""
APART_BYTES: Final = 32 * 1024
"""Longer ones are read in a thread, so that nobody else waits."""
_UNSPEAKABLE = re.compile("[\0\ud800-\udfff]")
_PLAIN = re.compile(r"[A-Za-z0-9_.\[\]-]{1,80}")


class UnsupportedMedia(UserError):
    """The body is of a kind that is not taken here."""

    code = "unsupported_media_type"
    http_status = 415
    default_remedy = "Send JSON as UTF-8, with `Content-Type: application/json` and without Content-Encoding."


class TooLarge(UserError):
    """The body is too large."""

    code = "too_large"
    http_status = 413
    default_remedy = "Send less; `/v1/capabilities` tells the limit."


class TooSlow(UserError):
    """The body did not arrive in time."""

    code = "too_slow"
    http_status = 408


class BadJson(UserError):
    """The body is no JSON that can be read in one way only."""

    code = "bad_json"


class BadText(UserError):
    """A text holds what cannot be kept: U+0000, or half a surrogate pair."""

    http_status = 422


@dataclass(slots=True)
class Body:
    """A body that was read already, for whoever asks for it next; then what the connection tells."""

    content: bytes
    receive: Receive
    _given: bool = False

    async def __call__(self) -> Message:
        if self._given:
            return await self.receive()
        self._given = True
        return {"type": "http.request", "body": self.content, "more_body": False}


def has_body(headers: Mapping[str, str]) -> bool:
    return headers.get("content-length", "0") != "0" or "transfer-encoding" in headers


def check_kind(headers: Mapping[str, str], most_bytes: int) -> None:
    """JSON? Before anything of it is read. Raises `UnsupportedMedia`, `TooLarge`."""
    kind, _, parameters = headers.get("content-type", "").partition(";")
    charset = parameters.strip().lower().replace('"', "").replace(" ", "")
    if kind.strip().lower() != "application/json" or charset not in ("", "charset=utf-8"):
        raise UnsupportedMedia
    check_sent(headers, most_bytes)


def check_sent(headers: Mapping[str, str], most_bytes: int) -> None:
    """Of whatever kind: is it as it is, and not too long? Raises `UnsupportedMedia`, `TooLarge`."""
    if headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise UnsupportedMedia("Packed bodies are not taken.")
    length = headers.get("content-length", "0")
    if length.isdecimal() and int(length[:20]) > most_bytes:
        raise _too_large(most_bytes)


async def read_json(receive: Receive, most_bytes: int) -> Body:
    """The whole body, when it is JSON as above. Raises `TooLarge`, `TooSlow`, `BadJson`, `BadText`."""
    content = await read_whole(receive, most_bytes)
    if len(content) > APART_BYTES:
        await asyncio.to_thread(check_json, content)
    elif content:
        check_json(content)
    return Body(content, receive)


async def read_whole(receive: Receive, most_bytes: int) -> bytes:
    """All of its bytes. Raises `TooLarge`, `TooSlow`, `BadJson` when the connection ends within it."""
    try:
        async with asyncio.timeout(LONGEST_S):
            return await _read(receive, most_bytes)
    except TimeoutError:
        raise TooSlow from None


async def _read(receive: Receive, most_bytes: int) -> bytes:
    content, more = bytearray(), True
    while more:
        message: MutableMapping[str, Any] = await receive()
        if message["type"] == "http.disconnect":
            raise BadJson("The connection ended within the body.")
        content += message.get("body", b"")
        if len(content) > most_bytes:
            raise _too_large(most_bytes)
        more = message.get("more_body", False)
    return bytes(content)


def _too_large(most_bytes: int) -> TooLarge:
    return TooLarge(f"A body has at most {most_bytes} bytes.")


def check_json(content: bytes) -> None:
    """Raises `BadJson`, `BadText`."""
    try:
        text = content.decode("utf-8")
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number, parse_int=_whole)
    except UnicodeDecodeError:
        raise BadJson("The body is not UTF-8.") from None
    except RecursionError:
        raise _too_deep() from None
    except json.JSONDecodeError as error:
        raise BadJson(f"The body is no JSON: line {error.lineno}, column {error.colno}.") from None
    check_values(value)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadJson("A name stands twice in one object of the body.")
    return found


def _no_number(text: str) -> float:
    raise BadJson(f"{text} is no number in JSON.")


def _whole(text: str) -> int:
    if len(text) > MOST_DIGITS or abs(value := int(text)) >= 2**63:
        raise BadJson("A whole number in the body is too large.")
    return value


def _too_deep() -> BadJson:
    return BadJson(f"The body is nested deeper than {DEEPEST}.")


def check_values(value: Any) -> None:
    """Every value of what was JSON, without recursion. Raises `BadJson`, `BadText`."""
    left: list[tuple[Any, str, int]] = [(value, "", 0)]
    seen = 0
    while left:
        value, place, depth = left.pop()
        seen += 1
        if depth > DEEPEST:
            raise _too_deep()
        if isinstance(value, str):
            _check_text(value, place)
        elif isinstance(value, float) and not math.isfinite(value):
            raise BadJson("A number in the body is too large.")
        elif isinstance(value, dict):
            for name, inner in value.items():
                _check_text(name, place)
                left.append((inner, f"{place}.{name}" if place else name, depth + 1))
        elif isinstance(value, list):
            left.extend((inner, place, depth + 1) for inner in value)
        if seen + len(left) > MOST_VALUES:
            raise BadJson(f"The body has more than {MOST_VALUES} values.")


def _check_text(text: str, place: str) -> None:
    if _UNSPEAKABLE.search(text):
        named = place if _PLAIN.fullmatch(place) else "the body"
        raise BadText(f"{named}: a text cannot hold U+0000 or half a surrogate pair.", element=named)
