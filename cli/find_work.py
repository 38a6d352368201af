"""Finds which work a command is about: the first word when it is there, else the only work, else (`--last`) the
newest."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from manga.errors import NotFound, UserError
from storage.database import Connection
from storage.versions import find_owner
from storage.works import list_works, read_work
from works.base import LOCAL_TENANT


@dataclass(frozen=True, slots=True)
class Which:
    """`id` None: it was left out."""

    id: UUID | None = None
    last: bool = False

    async def find(self, conn: Connection, *versions: str) -> UUID:
        """Raises `NotFound`, and `UserError` when there are several and none is named. A whole id among the versions
        that the command names says which work it is, too."""
        if self.id is not None:
            return (await read_work(conn, self.id, tenant=LOCAL_TENANT)).id
        for text in versions:
            if (owner := await find_owner(conn, text, tenant=LOCAL_TENANT)) is not None:
                return owner
        works = await list_works(conn, LOCAL_TENANT, limit=2)
        if not works:
            raise NotFound("There are no works yet.", remedy="Draw one: `mangaka draw STORY`.")
        if len(works) > 1 and not self.last:
            raise UserError(
                "There are several works, and this names none.",
                remedy="Put the ID first, or say --last for the newest. `mangaka list` shows them.",
            )
        return works[0].id


def split(words: Sequence[str], least: int, most: int | None = None, *, last: bool = False) -> tuple[Which, list[str]]:
    """The work, and the other words: `least` to `most` of them, without `most` any number.

    The first word is the work when it has the form of an id and enough words follow. Raises `UserError`.
    """
    found = _uuid(words[0]) if words and len(words) > least else None
    left = list(words[1:] if found else words)
    if len(left) < least or (most is not None and len(left) > most):
        raise UserError("There is a word too few or too many.", remedy="`--help` shows the words in order.")
    return Which(found, last), left


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
