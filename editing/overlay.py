"""Lays edits over a raw result: raw JSON and edits in, JSON out; fields by dotted name.

An edit hangs on a lasting key. Fields of concept, characters and plot replace those of the element with that key; the
storyboard is changed as a whole (`editing.storyboard_overlay`); pictures and the places of letters have ways of their
own.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from editing.editable_pages import Unfit
from editing.relayout_pages import PLAIN, Ground
from editing.state_as_json import Json
from editing.storyboard_overlay import lay_over, layer_of, planned
from manga.edits import Edit
from manga.phases import Phase
from manga.storyboard import Storyboard

FIELDS = frozenset({Phase.CONCEPT, Phase.CHARACTERS, Phase.PLOT})
"""Phases of whose results an edit changes single fields."""
LOOK = "look."
_OTHER_LOOK = f"other.{LOOK}"
_LONGEST = 1200
_MOST_NAMES = 12


def with_scene_moved(raw: Json, key: str, before: str) -> Json:
    """The plot with a scene before another one (the last when `before` is empty); the very same when one is gone."""
    scenes: list[Json] = list(raw.get("scenes", ()))
    own = next((scene for scene in scenes if scene["key"] == key), None)
    rest = [scene for scene in scenes if scene["key"] != key]
    at = next((i for i, scene in enumerate(rest) if scene["key"] == before), len(rest) if not before else None)
    if own is None or at is None or before == key:
        return raw
    moved = [*rest[:at], own, *rest[at:]]
    acts = _acts(raw.get("acts", ()), key, before)
    return {**raw, "scenes": moved, "acts": acts, "pages": list(_pages(raw.get("pages", ()), moved))}


def _acts(acts: Sequence[Json], key: str, before: str) -> list[Json]:
    """The scene belongs to the act that it stands in now; an act that has lost its last scene is gone."""
    found = []
    for number, act in enumerate(acts, start=1):
        scenes = [scene for scene in act["scenes"] if scene != key]
        if before in scenes:
            scenes.insert(scenes.index(before), key)
        elif not before and number == len(acts):
            scenes.append(key)
        found.append({**act, "scenes": scenes})
    return [act for act in found if act["scenes"]]


def _pages(pages: Sequence[Json], scenes: Sequence[Json]) -> Iterator[Json]:
    """Beats in their new order. A page ends where one did, and where a scene begins that began a page."""
    page_of = {beat: page for page in pages for beat in page["beats"]}
    order = [beat["key"] for scene in scenes for beat in scene["beats"] if beat["key"] in page_of]
    last = {page["beats"][-1] for page in pages}
    first = {page["beats"][0] for page in pages}
    groups: list[list[str]] = [order[:1]] if order else []
    for one, two in pairwise(order):
        together = page_of[one] is page_of[two] or not (one in last or two in first)
        if together:
            groups[-1].append(two)
        else:
            groups.append([two])
    for number, beats in enumerate(groups, start=1):
        page: dict[str, Any] = {**page_of[beats[-1]], "number": number, "beats": beats}
        yield page if beats[-1] in last else {**page, "hook": ""}


def with_beat_shown(raw: Json, key: str) -> Json:
    """The plot with a beat that was cut on the page of its neighbour; nothing goes for it. The very same when it is
    there, or is gone."""
    pages: list[Json] = list(raw.get("pages", ()))
    scene = next((scene for scene in raw.get("scenes", ()) if any(beat["key"] == key for beat in scene["beats"])), None)
    if scene is None or any(key in page["beats"] for page in pages):
        return raw
    order = [beat["key"] for one in raw["scenes"] for beat in one["beats"]]
    own = [beat["key"] for beat in scene["beats"]]
    page_of = {beat: n for n, page in enumerate(pages) for beat in page["beats"]}
    near = min(page_of, key=lambda other: (other not in own, abs(order.index(other) - order.index(key))))
    page = pages[page_of[near]]
    beats = sorted({*page["beats"], key}, key=order.index)
    pages[page_of[near]] = {**page, "beats": beats}
    beat = next(beat for beat in scene["beats"] if beat["key"] == key)
    return {**raw, "pages": pages, "cuts": _without(raw.get("cuts", ()), beat["span"])}


def with_line_whole(raw: Json, key: str) -> Json:
    """The plot with all the words of a speech that was abridged."""
    line = found(raw.get("scenes", ()), key)
    return {**raw, "cuts": _without(raw.get("cuts", ()), line["span"])} if line is not None else raw


def _without(cuts: Sequence[Json], span: Json) -> list[Json]:
    """The cuts that lie elsewhere."""
    return [cut for cut in cuts if cut["end"] <= span["start"] or span["end"] <= cut["start"]]


def without_thing(raw: Json, key: str) -> Json:
    """The plot without a thing's own shape: its class is drawn."""
    return {**raw, "things": [thing for thing in raw.get("things", ()) if thing["key"] != key]}


_IN_PLOT: Mapping[str, Callable[[Json, str], Json]] = {
    "shown": with_beat_shown,
    "whole": with_line_whole,
    "delete": without_thing,
}
"""Fields that change more of the plot than their element: two take back a cut."""


def with_person_merged(raw: Json, key: str, other: str) -> Json:
    """The cast in which two are one: whoever stays is called by the other's names, too. The very same when one is
    gone."""
    people: list[Json] = list(raw.get("characters", ()))
    known = {person["key"]: person for person in people}
    if key == other or not known.keys() >= {key, other}:
        return raw
    stays, goes = known[key], known[other]
    names = dict.fromkeys((*stays.get("aliases", ()), goes["name"], *goes.get("aliases", ())))
    names.pop(stays["name"], None)
    mentions = stays.get("mentions", 0) + goes.get("mentions", 0)
    one = {**stays, "aliases": list(names)[:_MOST_NAMES], "mentions": mentions}
    return {**raw, "characters": [one if person is stays else person for person in people if person is not goes]}


def with_fields(raw: Json, edit: Edit, changes: Mapping[str, Any]) -> Json:
    """The result with the element's fields changed; the very same values where the element is not there."""
    if edit.element_key == edit.phase.value:
        return _set(raw, changes)
    if "position" in changes:
        raw = with_scene_moved(raw, edit.element_key, str(changes["position"]["before"]))
        changes = {name: value for name, value in changes.items() if name != "position"}
    if "same_as" in changes:
        raw = with_person_merged(raw, edit.element_key, str(changes["same_as"]))
        changes = {name: value for name, value in changes.items() if name != "same_as"}
    for name, changed_by in _IN_PLOT.items():
        if name in changes:
            raw = changed_by(raw, edit.element_key)
            changes = {other: value for other, value in changes.items() if other != name}
    changed = _changed(raw, edit.element_key, changes)
    return changed if isinstance(changed, dict) else raw


def has_element(node: Any, key: str) -> bool:
    """Whether an edit on this key would find its element; one that would not is orphaned."""
    if isinstance(node, dict):
        return node.get("key") == key or any(has_element(child, key) for child in node.values())
    return isinstance(node, list | tuple) and any(has_element(child, key) for child in node)


def found(node: Any, key: str) -> Json | None:
    """The element of this key. A panel's frame has the key of its panel, and is none."""
    if isinstance(node, dict):
        if node.get("key") == key:
            return node
        children = (child for name, child in node.items() if name != "layout")
        return next((hit for child in children if (hit := found(child, key)) is not None), None)
    if isinstance(node, list | tuple):
        return next((hit for child in node if (hit := found(child, key)) is not None), None)
    return None


def _changed(node: Any, key: str, changes: Mapping[str, Any]) -> Any:
    """A copy of the tree in which the element is changed; values without it are shared, not copied."""
    if isinstance(node, dict):
        if node.get("key") == key:
            return _set(node, changes)
        return {name: _changed(child, key, changes) for name, child in node.items()}
    if isinstance(node, list | tuple):
        return [_changed(child, key, changes) for child in node]
    return node


def _set(element: Json, changes: Mapping[str, Any]) -> Json:
    """What hangs together is changed together: other words have no ruby, and whom a person names is certain."""
    for name, value in changes.items():
        if name == "text" and "ruby" in element and element.get("text") != value:
            element = {**element, "ruby": []}
        if name == "speaker" and "confidence" in element:
            element = {**element, "confidence": 1.0}
        if name.startswith(LOOK) and "description" in element:
            element = {**element, "description": _told(element, name.removeprefix(LOOK), value)}
        if name.startswith(_OTHER_LOOK) and (other := element.get("other")):
            element = {
                **element,
                "other": {**other, "description": _told(other, name.removeprefix(_OTHER_LOOK), value)},
            }
        element = _put(element, name.split("."), value)
    return element


def _put(node: Json, path: list[str], value: Any) -> Json:
    first, *rest = path
    return {**node, first: _put(node.get(first) or {}, rest, value) if rest else value}


def _told(person: Json, field: str, value: Any) -> str:
    """The description names the new look too, because a model reads nothing else."""
    told = ", ".join(value) if isinstance(value, list | tuple) else str(value).lower()
    note = f" [{field.replace('_', ' ')}: {told.replace('_', ' ')}]"
    text = str(person["description"])
    return text + note if len(text) + len(note) <= _LONGEST else text


def overlay(phase: Phase, raw: Json, edits: Sequence[Edit], ground: Ground = PLAIN) -> Json:
    """The result as people see it. `ground` is what pages of the storyboard are laid out on."""
    concerned = layered(phase, edits)
    if not concerned or not raw:
        return raw
    if phase is Phase.STORYBOARD:
        return _laid(json.dumps(raw), json.dumps([edit.to_json() for edit in concerned]), ground)
    if phase in FIELDS:
        for edit in concerned:
            changes = {name: value for name, value in edit.changes.items() if layer_of(edit.element_key, name) is phase}
            raw = with_fields(raw, edit, changes)
    return raw


@lru_cache(maxsize=8)
def _laid(raw: str, edits: str, ground: Ground) -> Json:
    """Remembered, because everybody who looks at a storyboard sees it with its edits."""
    concerned = [Edit.of(edit) for edit in json.loads(edits)]
    return lay_over(Storyboard.model_validate_json(raw), concerned, ground).storyboard.to_json()


def layered(phase: Phase, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """The edits that change something in this phase's result."""
    return tuple(edit for edit in edits if any(layer_of(edit.element_key, name) is phase for name in edit.changes))


def unfit(raw: Json, edits: Sequence[Edit], ground: Ground = PLAIN) -> Mapping[str, Unfit]:
    """Why edits of a storyboard found no place, by their ids."""
    concerned = layered(Phase.STORYBOARD, edits)
    return planned(Storyboard.of(raw), concerned, ground)[1] if concerned and raw else {}
