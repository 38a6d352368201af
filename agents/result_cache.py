"""Keeps what an agent has made under the digest of its inputs: the same inputs give the kept result."""

import hashlib
import json
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from manga.errors import NotFound
from manga.revision import Revision
from manga.values import Value

V = TypeVar("V", bound=Value)


class Shelf(Protocol):
    """The work's objects by name. `get` raises NotFound."""

    async def get(self, name: str) -> bytes: ...

    async def put(self, name: str, data: bytes, *, content_type: str = ...) -> object: ...


def name_of(kind: str, read: object) -> str:
    """The name of a piece: exactly what it depends on, as JSON."""
    text = json.dumps(read, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return f"{kind}/{hashlib.sha256(text.encode()).hexdigest()}"


async def found(shelf: Shelf | None, name: str, kind: type[V]) -> V | None:
    """The piece from the shelf; None where it was not made yet."""
    if shelf is None:
        return None
    try:
        return kind.of(json.loads(await shelf.get(name)))
    except NotFound:
        return None


async def first_answered(
    shelf: Shelf | None, revision: Revision[V], name: Callable[[Revision[V]], str], kind: type[V]
) -> tuple[Revision[V], V] | None:
    """Of works of before 2026-12, which asked all wishes at once: the most of the first wishes that there is an answer
    to, and that answer, whose pictures may be paid for. `name` is under which it stands."""
    for count in range(len(revision.wishes) if shelf is not None else 0, 0, -1):
        first: Revision[V] = Revision(revision.wishes[:count])
        if (answer := await found(shelf, name(first), kind)) is not None:
            return first, answer
    return None


async def remembered(shelf: Shelf | None, name: str, kind: type[V], make: Callable[[], Awaitable[V]]) -> V:
    """The piece from the shelf, else made and put there. Without a shelf it is made."""
    if (kept := await found(shelf, name, kind)) is not None:
        return kept
    made = await make()
    if shelf is not None:
        await keep(shelf, name, made)
    return made


async def keep(shelf: Shelf, name: str, piece: Value) -> None:
    """Puts the piece there, in place of one of the same name."""
    await shelf.put(name, json.dumps(piece.to_json()).encode(), content_type="application/json")
