"""Forecasts what a plan will redo before it is carried out: an upper bound, told to the person."""

from collections.abc import Iterable, Mapping
from itertools import dropwhile
from typing import Any

from agents.artwork import shown_things
from agents.character_sheets import sheet_keys
from editing.phase_results import result_of
from editing.state_as_json import Json, WorkState
from manga.element_addresses import kind_of_key
from manga.phases import PHASES, Phase
from manga.plot import Plot
from manga.storyboard import Storyboard

_NO_PICTURE = frozenset(
    {"move", "at", "tail", "tail_at", "scale", "turn_deg", "runs", "face", "ink"}
    | {"text", "ruby", "speaker", "kind", "place", "off_panel"}
)
"""Fields of words: they move no line of a picture."""


def foreseen(state: WorkState, items: Iterable[Mapping[str, Any]]) -> Json:
    """`{phases, images, pages}`: phases that are entered again, pictures (sheets too) and lettered pages that may be
    made anew.

    Offline it costs time alone; what is found equal on the way is not made again.
    """
    wanted = list(items)
    if not wanted:
        return {"phases": [], "images": 0, "pages": 0}
    first = min(Phase(item["phase"]).number for item in wanted)
    panels = _panels(state)
    drawn: set[str] = set()
    lettered: set[str] = set()
    for item in wanted:
        touched = _from_then_on(state, item, panels) or _touched(item, panels)
        lettered |= {panels[key]["page"] for key in touched}
        drawn |= touched if _draws(item) else set()
    reached = [phase.value for phase in PHASES if phase.number >= first and state.get(phase.value)]
    sheets = {key for item in wanted for key in _sheets(item, (state.get("sheets") or {}).keys())}
    return {"phases": reached, "images": len(drawn) + len(sheets), "pages": len(lettered)}


def _panels(state: WorkState) -> dict[str, dict[str, Any]]:
    """Panel key -> its page, and the keys of all that is in it."""
    if not state.get("storyboard"):
        return {}
    things = result_of(state, Phase.PLOT, Plot).things
    return {
        panel.key: {
            "page": page.key,
            "holds": {page.key, panel.scene, *panel.beats, *panel.names()}
            | {figure.character for figure in panel.direction.figures}
            | {thing.key for thing in shown_things(panel.direction, things)},
        }
        for page in result_of(state, Phase.STORYBOARD, Storyboard).pages
        for panel in page.panels
    }


def _touched(item: Mapping[str, Any], panels: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """The panels of the item's scope; without a scope, or with one that is in no panel, all of them. A thing may be in
    none."""
    if Phase(item["phase"]) is Phase.FINISHING:
        return set()
    scope = set(item.get("scope") or ())
    found = {key for key, panel in panels.items() if panel["holds"] & scope}
    things = bool(scope) and all(kind_of_key(key) == "thing" for key in scope)
    return found if things else found or set(panels)


def _sheets(item: Mapping[str, Any], known: Iterable[str]) -> set[str]:
    """The people whose character sheets may be drawn anew: a style concerns all of them."""
    phase, scope = Phase(item["phase"]), set(item.get("scope") or ())
    if phase is Phase.CHARACTERS and scope:
        return {key for person in scope for key in sheet_keys(person)} & set(known)
    return set(known) if phase in (Phase.CONCEPT, Phase.CHARACTERS) else set()


def _from_then_on(state: WorkState, item: Mapping[str, Any], panels: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """Of changed looks: the panels from theirs on that show somebody who changes there, or did until now."""
    changes = ((item.get("edit") or {}).get("change_data") or {}).get("changes")
    scope = set(item.get("scope") or ())
    if changes is None or not scope:
        return set()
    beats = {beat.key: beat for beat in result_of(state, Phase.PLOT, Plot).beats()}
    people = {change["who"] for change in changes}
    people |= {change.who for key in scope & beats.keys() for change in beats[key].changes}
    later = dropwhile(lambda key: key not in scope, panels)
    return {key for key in later if panels[key]["holds"] & people}


def _draws(item: Mapping[str, Any]) -> bool:
    if Phase(item["phase"]).number > Phase.ARTWORK.number:
        return False
    edit = item.get("edit")
    return edit is None or not set(edit["change_data"]) <= _NO_PICTURE
