"""Reads a person's edits on the command line: words or a file in, checked `manga.edits.SentEdit` out."""

import asyncio
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, get_args
from uuid import UUID

from cli.draw import Begin
from cli.find_work import Which
from cli.output import data, note
from cli.start_servers_early import open_tables
from editing.accept_edits import accepted, undone
from editing.edit_registry import find_field
from editing.edit_status import standings
from editing.phase_results import result_of
from graph.state import State
from manga.edits import ChangeType
from manga.element_addresses import ElementKind, address_book, kind_of_key
from manga.errors import NotFound, UserError
from manga.phases import Phase
from manga.storyboard import Storyboard
from storage.choose_servers import ServerHold
from storage.database import connection
from storage.settings import StorageSettings
from works.base import Json
from works.composition import House
from works.reviews.answers import Reply, reply
from works.versions.tree import find_version, history_of, read_state

Sent = list[Json]
_MOST_BYTES = 1_000_000


def worded(words: Sequence[str]) -> Sent:
    """`ELEMENT FIELD=VALUE ...`: a value is JSON where it can be read as such, else plain words."""
    element, *pairs = words
    if bad := next((pair for pair in pairs if "=" not in pair), None):
        raise UserError(f"{bad!r} is not FIELD=VALUE.", remedy="For example: mangaka edit p03.k2.b1 text='Wait!'")
    return [{"element_id": element, "change_data": dict(_pair(pair) for pair in pairs)}]


def _pair(pair: str) -> tuple[str, Any]:
    name, _, value = pair.partition("=")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def read_edits(path: Path) -> Sent:
    """A JSON list of edits. Raises `UserError`, `NotFound`."""
    try:
        text = sys.stdin.read(_MOST_BYTES + 1) if str(path) == "-" else path.read_text(encoding="utf-8")
        found = json.loads(text) if len(text) <= _MOST_BYTES else None
    except FileNotFoundError as error:
        raise NotFound(f"There is no file {path}.", remedy="Check the path.") from error
    except (OSError, ValueError) as error:
        raise UserError(f"{path} holds no JSON.", remedy="Write a list of edits as docs/cli.md shows.") from error
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise UserError(f"{path} is not a list of edits of at most 1 MB.", remedy="docs/cli.md shows one.")
    return found


def editing(which: Which, sent: Sent, *, review: bool = False) -> Begin:
    """Judges the edits on the newest version and sends them. Raises `EditRejected` before anything is begun."""
    return _sending(which, lambda state: by_person(state, sent), review=review)


def undoing(which: Which, ids: Sequence[str], *, review: bool = False) -> Begin:
    """Takes back these edits, or the last one."""
    return _sending(which, lambda state: taken_back(state, ids), review=review)


def by_person(state: State, sent: Sent) -> Json:
    """The answer that holds these edits. Raises `EditRejected`."""
    full = [_complete(one, state) for one in sent]
    accepted(state, full)
    return {"action": "edit", "edits": full}


def taken_back(state: State, ids: Sequence[str]) -> Json:
    """The answer that takes these edits back, or the last one. Raises `EditRejected`, `NotFound`."""
    there = [str(one["id"]) for one in state.get("edits") or ()]
    if not there:
        raise NotFound("There is no edit to take back.", remedy="`mangaka edits` lists them.")
    wanted = list(ids) or there[-1:]
    undone(state, wanted)
    return {"action": "edit", "undo": wanted}


def _sending(which: Which, answer: Callable[[State], Json], *, review: bool) -> Begin:
    async def begin(house: House) -> UUID:
        async with connection(house.pool) as conn:
            work_id = await which.find(conn)
        _, history = await history_of(house.pool, work_id)
        head = find_version(history, "head")
        said = answer(await read_state(house.pool, head))
        sent = Reply(said, base_version=head.version_id, alone=True, review=review)
        await reply(house.pool, house.queue, work_id, sent)
        return work_id

    return begin


def _complete(sent: Json, state: State) -> Json:
    """With the change type that takes all its fields, where none is named."""
    name = str(sent.get("element_id", ""))
    storyboard = result_of(state, Phase.STORYBOARD, Storyboard) if state.get("storyboard") else None
    element = address_book(storyboard).find(name)
    kind = element.kind if element else kind_of_key(name)
    return {"change_type": _change_type(kind, sent.get("change_data") or {}), **sent}


def _change_type(kind: ElementKind | None, fields: Json) -> ChangeType:
    found = [find_field(kind, name) for name in fields] if kind else []
    allowed = [field.by for field in found if field is not None]
    types: tuple[ChangeType, ...] = get_args(ChangeType)
    return next((one for one in types if allowed and all(one in by for by in allowed)), types[0])


def list_edits(hold: ServerHold, settings: StorageSettings, which: Which, *, as_json: bool) -> int:
    """Prints them and answers 0."""
    found = [standing.to_json() for standing in standings(asyncio.run(_newest(hold, which)))]
    if as_json:
        data(json.dumps({"edits": found}, ensure_ascii=False))
        return 0
    if not found:
        note("There are no edits.")
    for one in found:
        reason = f": {one['reason']}" if one["reason"] else ""
        data(f"{one['id']}\t{one['status']:<10}\t{one['element']}\t{', '.join(one['fields'])}{reason}")  # type: ignore[arg-type]
    return 0


async def _newest(hold: ServerHold, which: Which) -> State:
    async with open_tables(hold) as pool:
        async with connection(pool) as conn:
            work_id = await which.find(conn)
        _, history = await history_of(pool, work_id)
        return await read_state(pool, find_version(history, "head"))
