"""`/v1/works/{id}/book-link` and `/v1/links/book`: a finished book, shown to somebody who has no token."""

import time
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from editing.phase_results import result_of
from editing.work_blobs import blobs_of
from manga.book import Book
from manga.concept import Concept
from manga.phases import Phase
from manga.values import Value
from server.composition import Open
from server.security.identity import Editor
from works.base import Json
from works.delivery.file_lookup import finished_version
from works.versions.tree import HEAD

DAY_S = 86_400
router = APIRouter(tags=["files"])


class WantedBookLink(Value):
    """For how long, and which version: the newest where none is named."""

    days: int = Field(default=30, ge=1, le=365)
    version: str = Field(default=HEAD, min_length=1, max_length=80)


class BookLink(Value):
    """What stands behind the `#` of a link's address."""

    token: Annotated[str, Field(min_length=1, max_length=2048)]


@router.post("/works/{work_id}/book-link", operation_id="book_link", summary="A link by which anybody reads the book")
async def share(work_id: UUID, wanted: WantedBookLink, who: Editor, rooms: Open) -> Json:
    """To look only, at this version only, until it ends; whoever has it may pass it on. It cannot be called back: it
    ends by itself, and with `MANGA_LINK_SECRET` all of them do."""
    version, _ = await finished_version(rooms.house.pool, work_id, wanted.version, who.tenant)
    token, end = rooms.signing.books.issue(who, work_id, version.version_id, wanted.days * DAY_S)
    return {"url": f"/studio/shared#{token}", "version_id": version.version_id, "expires_at": _told(end)}


@router.post("/links/book", operation_id="linked_book", summary="A book by its link")
async def read(link: BookLink, rooms: Open) -> Json:
    """Without a token of one's own. The pictures' addresses are good until `pictures_until`: ask again for others."""
    shared = rooms.signing.books.check(link.token)
    version, state = await finished_version(rooms.house.pool, shared.work_id, shared.version, shared.tenant)
    book, concept = result_of(state, Phase.FINISHING, Book), result_of(state, Phase.CONCEPT, Concept)
    blobs = blobs_of(rooms.house.runner.blobs, shared.tenant, str(shared.work_id))
    signer, now = rooms.signing.links, int(time.time())
    seconds = max(1, min(rooms.settings.link_seconds, shared.end - now))
    pages = [
        {
            "number": page.number,
            "side": page.side.value,
            "url": await signer.link_to(blobs, page.image, "image/png", seconds),
            "small_url": f"{signer.sign(f'{blobs.prefix}/{page.image}', seconds)}?small=true",
        }
        for page in book.pages
    ]
    return {
        "title": book.title,
        "author": book.author,
        "direction": book.direction.value,
        "language": concept.language.value,
        "version_id": version.version_id,
        "expires_at": _told(shared.end),
        "pictures_until": _told(now + seconds),
        "pages": pages,
    }


def _told(end: int) -> str:
    return datetime.fromtimestamp(end, UTC).isoformat()
