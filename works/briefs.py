"""In: a request's body as it came. Out: a checked brief, and the digest by which the same request is known again."""

import hashlib
import json
import re
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from manga.brief import Brief
from manga.errors import BriefRejected

NESTED = frozenset({"settings", "feedback"})


def brief_of(data: dict[str, Any]) -> Brief:
    """Reads a request's body. Raises `BriefRejected` that names the field."""
    try:
        brief = Brief.of(data)
    except ValidationError as error:
        raise _rejected(error) from error
    if "\0" in brief.text:
        raise BriefRejected("text: holds a NUL character.", remedy="Send plain text.", element="text")
    return brief


def _rejected(error: ValidationError) -> BriefRejected:
    """Names the first wrong field, and of a field of several types what each of them asks for."""
    found = error.errors(include_url=False, include_input=False)
    field = _field(found[0])
    asked = dict.fromkeys(_asked(one["msg"]) for one in found if _field(one) == field)
    first, *others = asked
    asked_for = ", or ".join([first, *(other.removeprefix("should be ") for other in others)])
    where = ".".join(field) or "request"
    remedy = None if field == ("text",) else f"Change {where} and send it again."
    return BriefRejected(f"{where}: {asked_for}.", remedy=remedy, element=where)


def _field(error: ErrorDetails) -> tuple[str, ...]:
    """The path without the names that pydantic gives the types of a union."""
    depth = 2 if error["loc"] and error["loc"][0] in NESTED else 1
    return tuple(str(part) for part in error["loc"][:depth])


def _asked(message: str) -> str:
    return re.sub(r"^(Input|String|Value|List) ", "", message[:1].upper() + message[1:])


def digest_of(brief: Brief) -> str:
    """The same for the same request, whatever its own key."""
    body = brief.model_copy(update={"request_id": None}).to_json()
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
