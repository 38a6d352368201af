"""In: a request's body as it came. Out: a checked brief, and the digest by which the same request is known again."""

import hashlib
import json
from typing import Any

from pydantic import ValidationError

from manga.brief import Brief
from manga.errors import BriefRejected


def brief_of(data: dict[str, Any]) -> Brief:
    """Reads a request's body. Raises `BriefRejected` that names the field."""
    try:
        brief = Brief.of(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "request"
        raise BriefRejected(f"{where}: {first['msg']}.", element=where) from error
    if "\0" in brief.text:
        raise BriefRejected("text: holds a NUL character.", remedy="Send plain text.", element="text")
    return brief


def digest_of(brief: Brief) -> str:
    """The same for the same request, whatever its own key."""
    body = brief.model_copy(update={"request_id": None}).to_json()
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
