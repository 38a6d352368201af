"""What a person said is to stay: `state["locks"]`, element key -> `{kind, at}`, a part of every version.

- A **panel** keeps its picture whatever its digest becomes (the artwork plan leaves it out), its direction, its role
  and its words. Its frame may change with the page, and its balloons may give way to their neighbours'.
- A **page** keeps its panels, layout and pictures, and the place of every balloon.
- A **character** keeps its sheet.

Results are held to their locks right after they were made, before they go into the state; the agents need not know. No
lock loses or doubles a line: where the new storyboard gives a locked panel other words, the panel takes them. A lock
whose element is gone does nothing and comes back with its element. Taking a lock off redoes nothing by itself.
"""

from collections.abc import Mapping
from typing import Any

from editing.elements import elements_of
from editing.results import result_json
from editing.work_state import Json, WorkState
from manga.phases import Phase


def locked_keys(state: WorkState, kind: str) -> frozenset[str]:
    """Keys of the locked elements of this kind; a panel of a locked page is locked."""
    locks: Mapping[str, Json] = state.get("locks") or {}
    found = {key for key, lock in locks.items() if lock["kind"] == kind}
    if kind == "panel":
        pages = {key for key, lock in locks.items() if lock["kind"] == "page"}
        seen = result_json(state, Phase.STORYBOARD).get("pages", ()) if pages else ()
        found |= {p["key"] for page in seen if page["key"] in pages for p in page["panels"]}
    return frozenset(found)


def orphaned(state: WorkState) -> tuple[str, ...]:
    """Locks whose element is not in this version."""
    there = {element.key for element in elements_of(state)}
    return tuple(sorted((state.get("locks") or {}).keys() - there))


def holds_picture(state: WorkState, panel: str, locked: frozenset[str]) -> bool:
    """Whether the panel's picture stays although its digest has changed."""
    art: Json = (state.get("artwork") or {}).get(panel) or {}
    return panel in locked and art.get("status") == "drawn"


def held(phase: Phase, state: WorkState, made: Json) -> Json:
    """The new result with every locked element as it is in `state`; without locks the very same object."""
    before: Any = state.get(phase.value)
    if not state.get("locks") or not before:
        return made
    if phase is Phase.CHARACTERS:
        return _held_cast(before, made, locked_keys(state, "character"))
    if phase is Phase.STORYBOARD:
        return _held_storyboard(before, made, state)
    if phase is Phase.LETTERING:
        return _held_letters(before, made, locked_keys(state, "page"))
    return made


def _held_cast(before: Json, made: Json, locked: frozenset[str]) -> Json:
    old = {person["key"]: person for person in before["characters"] if person["key"] in locked}
    kept = [old.pop(person["key"], person) for person in made["characters"]]
    return {**made, "characters": [*kept, *old.values()]}


def _held_storyboard(before: Json, made: Json, state: WorkState) -> Json:
    pages = {page["key"]: page for page in before["pages"]}
    panels = {panel["key"]: panel for page in before["pages"] for panel in page["panels"]}
    whole, single = locked_keys(state, "page"), locked_keys(state, "panel")
    return {**made, "pages": [_held_page(page, pages, panels, whole, single) for page in made["pages"]]}


def _held_page(
    page: Json, pages: Mapping[str, Json], panels: Mapping[str, Json], whole: frozenset[str], single: frozenset[str]
) -> Json:
    old = pages.get(page["key"])
    if old is not None and page["key"] in whole and old["side"] == page["side"] and _words(old) == _words(page):
        return {**old, "number": page["number"]}
    kept = [_held_panel(panels.get(p["key"]) if p["key"] in single else None, p) for p in page["panels"]]
    return {**page, "panels": kept}


def _held_panel(old: Json | None, new: Json) -> Json:
    if old is None:
        return new
    same_words = _parts(old) == _parts(new)
    return {
        **new,
        **{name: old[name] for name in ("role", "importance", "direction")},
        "dialogue": old["dialogue"] if same_words else new["dialogue"],
    }


def _words(page: Json) -> frozenset[str]:
    return frozenset(key for panel in page["panels"] for key in (*panel["beats"], *_parts(panel)))


def _parts(panel: Json) -> frozenset[str]:
    return frozenset(part["key"] for part in panel["dialogue"]["parts"])


def _held_letters(before: Json, made: Json, locked: frozenset[str]) -> Json:
    old = {page["page"]: page for page in before["pages"] if page["page"] in locked}

    def page_of(page: Json) -> Json:
        kept = old.get(page["page"])
        return kept if kept is not None and _letters(kept) == _letters(page) else page

    return {**made, "pages": [page_of(page) for page in made["pages"]]}


def _letters(page: Json) -> frozenset[str]:
    return frozenset(letter["key"] for letter in (*page["balloons"], *page["sfx"]))
