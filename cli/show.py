"""`show`: one version in words: its concept, cast, scenes, storyboard page by page with what is said, and what it came
to. Out: pages of words, or everything as one JSON object."""

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cli.say import data
from cli.sheet import Sheet
from cli.versions import version_json
from cli.which import Which
from graph.blobs import blobs_of
from graph.elements import elements_of
from graph.locks import orphaned
from graph.results import result_json
from graph.state import Json, State
from manga.phases import PHASES, Phase
from storage.base import Version
from storage.blobs import FolderBlobs
from storage.database import connection, open_database
from storage.embedded import ServerHold
from storage.migrate import migrate
from storage.settings import StorageSettings
from storage.versions import find_owner
from works.base import LOCAL_TENANT
from works.versions import find_version, history_of, read_state, short

_LOOK = ("kind", "gender", "age", "build", "hair_style", "hair_color", "eyes", "outfit")


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
        _WORDS[one](sheet, result_json(found.state, one), found.state)
    return 0


async def _read(hold: ServerHold, settings: StorageSettings, which: Which, text: str) -> _Found:
    servers = await hold.wait_async()
    async with open_database(servers.database_url) as pool:
        await migrate(pool)
        async with connection(pool) as conn:
            if which.id is not None and await find_owner(conn, str(which.id), tenant=LOCAL_TENANT) is not None:
                which, text = Which(), str(which.id)  # the one word was a version's id
            work_id = await which.find(conn, text)
        _, history = await history_of(pool, work_id)
        version = find_version(history, text)
        state = await read_state(pool, version)
    name = (state.get("previews") or {}).get(version.phase)
    blobs = blobs_of(FolderBlobs(settings.blobs_dir), LOCAL_TENANT, str(work_id))
    preview: Json = json.loads(await blobs.get(name)) if name else {}
    return _Found(history.versions.index(version) + 1, version, state, preview)


def _as_json(found: _Found, phases: list[Phase]) -> Json:
    state = found.state
    return {
        "version": version_json(found.number, found.version),
        "preview": found.preview,
        "results": {phase.value: result_json(state, phase) for phase in phases},
        "locks": state.get("locks") or {},
        "orphaned_locks": list(orphaned(state)),
        "edits": state.get("edits") or [],
        "wishes": state.get("wishes") or {},
    }


def _about(sheet: Sheet, found: _Found) -> None:
    version = found.version
    sheet.line(f"version {found.number}  {version.version_id}", 0, "bold")
    parent = f", after {short(version.parent_version_id)}" if version.parent_version_id else ""
    when = version.created_at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    sheet.line(f"{version.kind} of {version.phase} on {version.branch}{parent}; {when}, by {version.author}")
    if version.change_description:
        sheet.line(version.change_description)
    if version.quality_score is not None:
        sheet.line(f"{version.quality_score:.0%} of the gates hold")
    locked = [str(e) for e in elements_of(found.state) if e.key in (found.state.get("locks") or {})]
    if locked:
        sheet.line(f"locked: {', '.join(locked)}")
    if gone := orphaned(found.state):
        sheet.line(f"locked, but not in this version: {', '.join(gone)}")


def _names(state: State) -> Mapping[str, str]:
    return {p["key"]: p["name"] for p in result_json(state, Phase.CHARACTERS).get("characters", ())}


def _concept(sheet: Sheet, result: Json, _: State) -> None:
    world = result.get("world") or {}
    sheet.line(f"{result['title']}" + (f" by {result['author']}" if result.get("author") else ""), style="bold")
    sheet.line(result["logline"])
    sheet.line(f"genre: {', '.join(result['genres'])}; mood: {result['mood']}; for {result['target_readers']}")
    sheet.line(f"theme: {result['theme']}")
    sheet.line(f"world: {world.get('place', '')}, {world.get('period', '')}")
    sheet.line(f"style: {result['art_style']}; {result['language']}, read {result['direction']}")


def _characters(sheet: Sheet, result: Json, _: State) -> None:
    for person in result["characters"]:
        aliases = f" ({', '.join(person['aliases'])})" if person.get("aliases") else ""
        sheet.line(f"{person['key']} {person['name']}{aliases}, {person['role']}", style="bold")
        sheet.line(person["description"], 2)
        if person.get("personality"):
            sheet.line(person["personality"], 2)
        looks = ", ".join(str(person["look"][name]).replace("_", " ") for name in _LOOK)
        sheet.line(looks + (f"; {person['costume']}" if person.get("costume") else ""), 2, "dim")


def _plot(sheet: Sheet, result: Json, state: State) -> None:
    names = _names(state)
    for scene in result["scenes"]:
        sheet.line(f"{scene['key']} {scene['heading'] or scene['place']}", style="bold")
        there = ", ".join(names.get(key, key) for key in scene.get("present", ()))
        facts = (scene["place"], scene["time_of_day"], scene["weather"], scene["emotion"], there)
        sheet.line(", ".join(fact for fact in facts if fact), 2, "dim")
        if scene.get("what_happens"):
            sheet.line(scene["what_happens"], 2)
        lines = sum(len(beat["lines"]) for beat in scene["beats"])
        sheet.line(f"{len(scene['beats'])} beats, {lines} lines", 2, "dim")
    sheet.line(f"{len(result['pages'])} pages")


def _storyboard(sheet: Sheet, result: Json, state: State) -> None:
    names = _names(state)
    for page in result["pages"]:
        sheet.line(f"p{page['number']:02} {page['side']}, {len(page['panels'])} panels", style="bold")
        for place, panel in enumerate(page["panels"], start=1):
            sheet.line(f"p{page['number']:02}.k{place} {', '.join(_seen(panel, names))}", 2)
            for part in panel["dialogue"]["parts"]:
                sheet.line(f"{_said_by(part, names)}: {part['text']}", 3)


def _seen(panel: Json, names: Mapping[str, str]) -> Iterator[str]:
    direction = panel["direction"]
    yield f"{direction['shot']} ({panel['role']})"
    yield direction["place"] or direction["setting"]
    for figure in direction["figures"]:
        yield f"{names.get(figure['character'], figure['character'])} {figure['expression']}, {figure['pose']}"
    if direction["effects"]:
        yield " ".join(direction["effects"])


def _said_by(part: Json, names: Mapping[str, str]) -> str:
    who = names.get(str(part.get("speaker")), "") or part["kind"]
    return f"{who} ({part['kind']})" if who != part["kind"] and part["kind"] != "speech" else who


def _artwork(sheet: Sheet, result: Json, state: State) -> None:
    places = {element.key: element.address for element in elements_of(state)}
    missing = [places.get(key, key) for key, art in result.items() if art["status"] != "drawn"]
    sheet.line(f"{len(result) - len(missing)} pictures" + (f"; not drawn: {', '.join(missing)}" if missing else ""))


def _lettering(sheet: Sheet, result: Json, _: State) -> None:
    balloons = sum(len(page["balloons"]) for page in result["pages"])
    sheet.line(f"{balloons} balloons and captions, {sum(len(page['sfx']) for page in result['pages'])} drawn sounds")


def _finishing(sheet: Sheet, result: Json, _: State) -> None:
    gates = (result.get("report") or {}).get("gates", ())
    broken = [gate["name"] for gate in gates if not gate["ok"]]
    sheet.line(f"{len(result['pages'])} pages; {len(gates) - len(broken)} of {len(gates)} gates hold")
    if broken:
        sheet.line(f"broken: {', '.join(broken)}")


_WORDS: Mapping[Phase, Callable[[Sheet, Any, State], None]] = {
    Phase.CONCEPT: _concept,
    Phase.CHARACTERS: _characters,
    Phase.PLOT: _plot,
    Phase.STORYBOARD: _storyboard,
    Phase.ARTWORK: _artwork,
    Phase.LETTERING: _lettering,
    Phase.FINISHING: _finishing,
}
