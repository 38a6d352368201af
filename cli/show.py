"""`show`: one version in words: its concept, cast, scenes, storyboard page by page with what is said, and what it came
to. Out: pages of words, or everything as one JSON object."""

import asyncio
import json
from dataclasses import dataclass

from cli.find_work import Which
from cli.output import data
from cli.phase_results import lost_lines, tell_result
from cli.start_servers_early import open_tables
from cli.terminal_text import Sheet
from cli.versions import version_json
from editing.element_lookup import elements_of
from editing.list_losses import losses_told
from editing.locks import orphaned
from editing.phase_results import result_json
from editing.state_as_json import Json
from editing.wish_outcomes import outcome_lines
from editing.work_blobs import blobs_of
from graph.state import State
from manga.phases import PHASES, Phase
from storage.base import Version
from storage.choose_servers import ServerHold
from storage.database import connection
from storage.object_store import open_blobs
from storage.settings import StorageSettings
from storage.versions import find_owner
from works.base import LOCAL_TENANT
from works.versions.tree import find_version, history_of, read_state, short


@dataclass(frozen=True, slots=True)
class _Found:
    number: int
    version: Version
    state: State
    preview: Json


def show_version(
    hold: ServerHold, settings: StorageSettings, which: Which, text: str, phase: str | None, *, as_json: bool
) -> int:
    """Prints it and answers 0. With a phase only that phase's result is told."""
    found = asyncio.run(_read(hold, settings, which, text))
    phases = [p for p in PHASES if found.state.get(p.value) and phase in (None, p.value)]
    if as_json:
        data(json.dumps(_as_json(found, phases), ensure_ascii=False))
        return 0
    sheet = Sheet()
    _about(sheet, found)
    for one in phases:
        sheet.heading(f"{one.number}/{len(PHASES)} {one.value}")
        tell_result(sheet, one, found.state)
        for line in lost_lines(losses_told(found.state, (one,))):
            sheet.line(line, style="dim")
    return 0


async def _read(hold: ServerHold, settings: StorageSettings, which: Which, text: str) -> _Found:
    async with open_tables(hold) as pool:
        async with connection(pool) as conn:
            if which.id is not None and await find_owner(conn, str(which.id), tenant=LOCAL_TENANT) is not None:
                which, text = Which(), str(which.id)  # the one word was a version's id
            work_id = await which.find(conn, text)
        _, history = await history_of(pool, work_id)
        version = find_version(history, text)
        state = await read_state(pool, version)
    name = (state.get("previews") or {}).get(version.phase)
    blobs = blobs_of(open_blobs(settings), LOCAL_TENANT, str(work_id))
    preview: Json = json.loads(await blobs.get(name)) if name else {}
    return _Found(history.versions.index(version) + 1, version, state, preview)


def _as_json(found: _Found, phases: list[Phase]) -> Json:
    state = found.state
    return {
        "version": version_json(found.number, found.version),
        "preview": found.preview,
        "results": {phase.value: result_json(state, phase) for phase in phases},
        "losses": losses_told(state, phases),
        "locks": state.get("locks") or {},
        "orphaned_locks": list(orphaned(state)),
        "edits": state.get("edits") or [],
        "wishes": state.get("wishes") or {},
        "outcomes": _outcomes(state),
        "answered": _outcomes(state),
    }


def _outcomes(state: State) -> list[Json]:
    """What became of the wishes that led to the version."""
    return (state.get("feedback") or {}).get("outcomes") or []


def _about(sheet: Sheet, found: _Found) -> None:
    version = found.version
    sheet.line(f"version {found.number}  {version.version_id}", 0, "bold")
    parent = f", after {short(version.parent_version_id)}" if version.parent_version_id else ""
    when = version.created_at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    sheet.line(f"{version.kind} of {version.phase} on {version.branch}{parent}; {when}, by {version.author}")
    if version.change_description:
        sheet.line(version.change_description)
    for line in outcome_lines(_outcomes(found.state)):
        sheet.line(line)
    if version.quality_score is not None:
        sheet.line(f"{version.quality_score:.0%} of the gates hold")
    locked = [str(e) for e in elements_of(found.state) if e.key in (found.state.get("locks") or {})]
    if locked:
        sheet.line(f"locked: {', '.join(locked)}")
    if gone := orphaned(found.state):
        sheet.line(f"locked, but not in this version: {', '.join(gone)}")
