"""Tools that look: lists of works, pages as pictures and texts, results of phases, versions and what differs.

Pictures are drawn at the width that is asked for, few at a time; long texts come in pieces. Everything that a story or
a model said stands inside JSON strings.
"""

import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Final
from uuid import UUID

from pydantic import Field

from editing.phase_results import result_json, result_of
from editing.previews.images import PreviewImage, render_preview
from editing.work_blobs import blobs_of
from graph.state import State
from manga.brief import MAX_PAGES
from manga.characters import Cast
from manga.errors import NotFound
from manga.phases import Phase
from manga.storyboard import LinePart, PanelDraft, Storyboard, StoryPage
from manga.values import Value
from server.mcp.caller import Caller, cut
from server.mcp.make_and_answer import VersionName
from server.mcp.work_status import status_of
from storage.base import Version, WorkStatus
from storage.database import connection
from storage.works import list_works as read_works
from works.base import Json
from works.versions.compare_versions import compare
from works.versions.tree import HEAD, find_version, history_of, read_state, version_json

MOST_PAGES: Final = 4
"""Pages of one answer."""
MOST_PICTURE_BYTES: Final = 750_000
"""Of all pictures of one answer; base64 makes a third more of them."""
PIECE: Final = 20_000
"""Characters of a phase's result in one answer."""
DRAWN: Final = (Phase.FINISHING, Phase.LETTERING, Phase.ARTWORK, Phase.STORYBOARD)
"""Phases with pictures of pages, the one nearest to the book first."""


@dataclass(frozen=True, slots=True)
class Picture:
    """PNG, and what it shows."""

    data: bytes
    caption: str

    @property
    def base64(self) -> str:
        return base64.b64encode(self.data).decode()


@dataclass(frozen=True, slots=True)
class Shown:
    """What a tool tells, and the pictures beside it."""

    told: Json
    pictures: tuple[Picture, ...] = ()


class Listing(Value):
    """`cursor`: `next` of the answer before."""

    limit: Annotated[int, Field(ge=1, le=50)] = 20
    cursor: UUID | None = None
    status: tuple[WorkStatus, ...] = Field(default=(), max_length=8)


class Pages(Value):
    """Some pages of a version."""

    work_id: UUID
    first: Annotated[int, Field(ge=0, le=MAX_PAGES, description="number of the first page; 0 is the title page")] = 0
    count: Annotated[int, Field(ge=1, le=MOST_PAGES)] = 2
    version: VersionName = HEAD
    pictures: bool = True
    quality: Annotated[int, Field(ge=1, le=5, description="width: 320, 480, 640, 900 or 1200 pixels")] = 2


class PhaseText(Value):
    """A phase's result as JSON text, from `offset` on."""

    work_id: UUID
    phase: Phase
    version: VersionName = HEAD
    offset: Annotated[int, Field(ge=0)] = 0
    picture: bool = Field(default=False, description="of concept, characters and plot: a sheet that shows it")


class VersionPage(Value):
    """`cursor`: `next` of the answer before."""

    work_id: UUID
    limit: Annotated[int, Field(ge=1, le=50)] = 20
    cursor: Annotated[str, Field(max_length=80)] | None = None


class Comparison(Value):
    """Two versions of a work."""

    work_id: UUID
    old: VersionName
    new: VersionName = HEAD


async def list_mangas(caller: Caller, sent: Listing) -> Shown:
    """Newest first."""
    async with connection(caller.house.pool) as conn:
        found = await read_works(
            conn, caller.tenant, limit=sent.limit + 1, before=sent.cursor, statuses=sent.status or None
        )
    shown = found[: sent.limit]
    more = str(shown[-1].id) if len(found) > sent.limit else None
    return Shown({"items": [status_of(work) for work in shown], "next": more})


async def read_pages(caller: Caller, sent: Pages) -> Shown:
    """Raises `NotFound` for a version without a storyboard, or without such pages."""
    version, state = await _state(caller, sent.work_id, sent.version)
    phase = next((phase for phase in DRAWN if state.get(phase.value)), None)
    if phase is None:
        raise NotFound("There are no pages yet.", remedy="Follow the work until it has come to the storyboard.")
    numbers = range(sent.first, sent.first + sent.count)
    board = result_of(state, Phase.STORYBOARD, Storyboard)
    last = max(page.number for page in board.pages)
    if sent.first > last:
        raise NotFound(f"There is no page {sent.first}: the last is {last}.", element="first")
    names = _names(state)
    pages = [_page(page, names) for page in board.pages if page.number in numbers]
    told: Json = {"version": version.version_id, "phase": phase.value, "last_page": last, "pages": pages}
    told["next"] = numbers.stop if numbers.stop <= last else None
    return await _pictured(caller, sent, state, phase, told) if sent.pictures else Shown(told)


async def _pictured(caller: Caller, sent: Pages, state: State, phase: Phase, told: Json) -> Shown:
    numbers = range(sent.first, sent.first + sent.count)
    drawn = await _pictures(caller, sent.work_id, state, phase, sent.quality, numbers)
    shown = tuple(_within(drawn))
    if len(shown) < len(drawn):
        told = told | {"pictures_left_out": len(drawn) - len(shown), "remedy": "Ask for fewer pages, or less quality."}
    return Shown(told, shown)


def _within(pictures: Sequence[Picture]) -> Iterator[Picture]:
    room = MOST_PICTURE_BYTES
    for picture in pictures:
        room -= len(picture.data)
        if room < 0:
            return
        yield picture


async def _pictures(
    caller: Caller, work_id: UUID, state: State, phase: Phase, quality: int, pages: Sequence[int] | None
) -> list[Picture]:
    blobs = blobs_of(caller.house.runner.blobs, caller.tenant, str(work_id))
    images = await render_preview(state, phase, quality, blobs, caller.house.offload, pages=pages)
    return [Picture(await blobs.get(image.blob), _caption(image, phase)) for image in images]


def _caption(image: PreviewImage, phase: Phase) -> str:
    what = f"{phase.value} sheet" if image.page is None else f"page {image.page}" if image.page else "title page"
    return f"{what}, {image.width}x{image.height}"


async def _state(caller: Caller, work_id: UUID, version: str) -> tuple[Version, State]:
    _, history = await history_of(caller.house.pool, work_id, tenant=caller.tenant)
    if not history.versions:
        raise NotFound("The work has no version yet.", remedy="Follow it until its first phase is done.")
    found = find_version(history, version)
    return found, await read_state(caller.house.pool, found)


def _names(state: State) -> dict[str, str]:
    return {person.key: person.name for person in result_of(state, Phase.CHARACTERS, Cast).characters}


def _page(page: StoryPage, names: dict[str, str]) -> Json:
    panels = [_panel(page, place, panel, names) for place, panel in enumerate(page.panels, start=1)]
    return {"page": page.number, "address": f"p{page.number:02}", "panels": panels}


def _panel(page: StoryPage, place: int, panel: PanelDraft, names: dict[str, str]) -> Json:
    direction = panel.direction
    return {
        "address": f"p{page.number:02}.k{place}",
        "key": panel.key,
        "shows": cut(direction.seen),
        "shot": direction.shot.value,
        "place": cut(direction.place or direction.setting, 120),
        "people": [cut(names.get(figure.character, figure.character), 80) for figure in direction.figures],
        "texts": [_text(part, names) for part in panel.dialogue.parts],
    }


def _text(part: LinePart, names: dict[str, str]) -> Json:
    return {
        "key": part.key,
        "kind": str(part.kind),
        "speaker": cut(names.get(part.speaker, part.speaker), 80) if part.speaker else None,
        "text": cut(part.text, 600),
    }


async def read_phase(caller: Caller, sent: PhaseText) -> Shown:
    """Raises `NotFound` for a version that has not come to the phase."""
    version, state = await _state(caller, sent.work_id, sent.version)
    if not state.get(sent.phase.value):
        raise NotFound(f"This version has not come to {sent.phase.value}.", element="phase")
    text = json.dumps(result_json(state, sent.phase), ensure_ascii=False)
    end = sent.offset + PIECE
    told: Json = {
        "version": version.version_id,
        "phase": sent.phase.value,
        "characters": len(text),
        "content": text[sent.offset : end],
        "next_offset": end if end < len(text) else None,
    }
    if not sent.picture or sent.phase in DRAWN:
        return Shown(told)
    return Shown(told, tuple(_within(await _pictures(caller, sent.work_id, state, sent.phase, 2, None))))


async def list_versions(caller: Caller, sent: VersionPage) -> Shown:
    """Newest first, with each line's newest."""
    _, history = await history_of(caller.house.pool, sent.work_id, tenant=caller.tenant)
    versions = list(reversed(history.versions))
    ids = [version.version_id for version in versions]
    first = ids.index(sent.cursor) + 1 if sent.cursor in ids else 0
    shown = versions[first : first + sent.limit]
    return Shown(
        {
            "items": [_version(version) for version in shown],
            "next": shown[-1].version_id if first + sent.limit < len(versions) else None,
            "branches": [{"name": line.name, "newest": line.head_version_id} for line in history.branches],
            "newest": history.current.head_version_id if history.current else None,
        }
    )


def _version(version: Version) -> Json:
    found = version_json(version)
    names = ("version_id", "parent_version_id", "phase", "branch", "kind", "author", "created_at")
    return {name: found[name] for name in names} | {
        "name": cut(version.name, 80),
        "change_description": cut(version.change_description),
    }


async def compare_versions(caller: Caller, sent: Comparison) -> Shown:
    """In words by phase, the first hundred changes."""
    found = await compare(caller.house.pool, sent.work_id, sent.old, sent.new, tenant=caller.tenant)
    told = found.difference.to_json()
    changes = told.pop("changes")
    shown = [{name: cut(value) for name, value in change.items()} for change in changes[:100]]
    told = {"old": found.old.version_id, "new": found.new.version_id, "count": len(changes), "changes": shown} | told
    return Shown(told)
