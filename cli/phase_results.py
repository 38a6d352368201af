"""Prints the result of a phase in words, with the author's edits: for `show` and for a review."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from cli.terminal_text import Page
from editing.element_lookup import elements_of
from editing.phase_results import result_json
from editing.state_as_json import Json
from graph.state import State
from manga.phases import Phase

_LOOK = ("kind", "gender", "age", "build", "hair_style", "hair_color", "eyes", "outfit")


def tell_result(sheet: Page, phase: Phase, state: State) -> None:
    """Writes it, indented below whatever heads it."""
    _WORDS[phase](sheet, result_json(state, phase), state)


def lost_lines(losses: Sequence[Json], most: int | None = None) -> list[str]:
    """What was said and is not in a result as it was said, a line each."""
    if not losses:
        return []
    places = (" ".join(filter(None, (one["address"], one["element"]))) for one in losses)
    kinds = (one["kind"].replace("_", " ") for one in losses)
    lines = [f"  {at} {kind}: {one['told']}" for at, kind, one in zip(places, kinds, losses[:most], strict=False)]
    more = [f"  and {len(losses) - most} more: `mangaka show`"] if most is not None and len(losses) > most else []
    return [f"Not as it was said, {len(losses)}:", *lines, *more]


def _names(state: State) -> Mapping[str, str]:
    return {p["key"]: p["name"] for p in result_json(state, Phase.CHARACTERS).get("characters", ())}


def _concept(sheet: Page, result: Json, _: State) -> None:
    world = result.get("world") or {}
    sheet.line(f"{result['title']}" + (f" by {result['author']}" if result.get("author") else ""), style="bold")
    sheet.line(result["logline"])
    sheet.line(f"genre: {', '.join(result['genres'])}; mood: {result['mood']}; for {result['target_readers']}")
    sheet.line(f"theme: {result['theme']}")
    sheet.line(f"world: {world.get('place', '')}, {world.get('period', '')}")
    sheet.line(f"style: {result['art_style']}; {result['language']}, read {result['direction']}")


def _characters(sheet: Page, result: Json, _: State) -> None:
    for person in result["characters"]:
        aliases = f" ({', '.join(person['aliases'])})" if person.get("aliases") else ""
        sheet.line(f"{person['key']} {person['name']}{aliases}, {person['role']}", style="bold")
        sheet.line(person["description"], 2)
        if person.get("personality"):
            sheet.line(person["personality"], 2)
        _looks(sheet, person)
        if other := person.get("other"):
            sheet.line(f"in the other shape: {other['description']}", 2)
            _looks(sheet, other)


def _looks(sheet: Page, shape: Json) -> None:
    looks = ", ".join(str(shape["look"][name]).replace("_", " ") for name in _LOOK)
    sheet.line(looks + (f"; {shape['costume']}" if shape.get("costume") else ""), 2, "dim")


def _plot(sheet: Page, result: Json, state: State) -> None:
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
        for beat in scene["beats"]:
            for change in beat.get("changes", ()):
                who = names.get(change["who"], change["who"])
                sheet.line(f"{beat['key']} {who}, {change['aspect']}: {change['to'] or 'as on the sheet'}", 2)
    for thing in result.get("things", ()):
        held = f"held: {thing['grip'].replace('_', ' ')}"
        told = ", ".join(filter(None, (thing["word"], thing["kind"], f"{thing['cm']:g} cm", held)))
        sheet.line(f"{thing['key']} drawn for this work: {told}")
    sheet.line(f"{len(result['pages'])} pages")


def _storyboard(sheet: Page, result: Json, state: State) -> None:
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


def _artwork(sheet: Page, result: Json, state: State) -> None:
    places = {element.key: element.address for element in elements_of(state)}
    missing = [places.get(key, key) for key, art in result.items() if art["status"] != "drawn"]
    sheet.line(f"{len(result) - len(missing)} pictures" + (f"; not drawn: {', '.join(missing)}" if missing else ""))


def _lettering(sheet: Page, result: Json, _: State) -> None:
    balloons = sum(len(page["balloons"]) for page in result["pages"])
    sheet.line(f"{balloons} balloons and captions, {sum(len(page['sfx']) for page in result['pages'])} drawn sounds")
    for page in result["pages"]:
        for balloon in page["balloons"]:
            sheet.line(f"{balloon['key']} {balloon['kind']}: {balloon['text']['source']}", 2)


def _finishing(sheet: Page, result: Json, _: State) -> None:
    gates = (result.get("report") or {}).get("gates", ())
    broken = [gate["name"] for gate in gates if not gate["ok"]]
    sheet.line(f"{len(result['pages'])} pages; {len(gates) - len(broken)} of {len(gates)} gates hold")
    if broken:
        sheet.line(f"broken: {', '.join(broken)}")


_WORDS: Mapping[Phase, Callable[[Page, Any, State], None]] = {
    Phase.CONCEPT: _concept,
    Phase.CHARACTERS: _characters,
    Phase.PLOT: _plot,
    Phase.STORYBOARD: _storyboard,
    Phase.ARTWORK: _artwork,
    Phase.LETTERING: _lettering,
    Phase.FINISHING: _finishing,
}
