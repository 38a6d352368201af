"""What a person has locked (`state['locks']`), and plans that leave locked elements alone and say so.

- A **panel** keeps its picture whatever its digest becomes (the artwork plan leaves it out), its direction, its role
  and its words. Its frame may change with the page, and its balloons may give way to their neighbours'.
- A **page** keeps its panels, layout and pictures, and the place of every balloon.
- A **character** keeps its sheet.

Results are held to their locks right after they were made, before they go into the state; the agents need not know. No
lock loses or doubles a line: where the new storyboard gives a locked panel other words, the panel takes them. A lock
whose element is gone does nothing and comes back with its element. Taking a lock off redoes nothing by itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from editing.element_lookup import Element, Kind, elements_of
from editing.phase_results import result_json
from editing.state_as_json import Json, WorkState
from manga.phases import Phase

_DRAWN = frozenset({Phase.STORYBOARD, Phase.ARTWORK, Phase.LETTERING})
_CONCERNS: Mapping[Kind, frozenset[Phase]] = {
    "character": frozenset({Phase.CHARACTERS}),
    "page": _DRAWN,
    "panel": _DRAWN,
}
_MAX_REASON = 200
_MAX_QUESTION = 400


def respected(state: WorkState, feedback: Json) -> Json:
    """Locked elements are taken out of each item's scope, and its reason names them. What would touch nothing else, and
    an edit of something locked (or taking one back), is asked back as a whole."""
    plan: Json = feedback.get("plan") or {}
    if not state.get("locks") or not plan.get("items"):
        return feedback
    guard = _Guard.of(state)
    undone = set(feedback.get("undo") or ())
    edits = [*(feedback.get("edits") or ()), *(edit for edit in state.get("edits") or () if edit["id"] in undone)]
    if edits:
        named = guard.named(key for edit in edits for key in guard.touched(edit))
        return {**feedback, "edits": [], "undo": [], "plan": _asked_back(named)} if named else feedback
    items = [left for item in plan["items"] if (left := guard.left(item)) is not None]
    named = guard.named(key for item in plan["items"] for key in (*item["scope"], *_wished(item)))
    return {**feedback, "plan": {**plan, "items": items} if items else _asked_back(named)}


@dataclass(frozen=True, slots=True)
class _Guard:
    """`locked` by key; `holders`: part or line key -> the panel it is in."""

    locked: Mapping[str, Element]
    free_panels: tuple[str, ...]
    holders: Mapping[str, str]

    @classmethod
    def of(cls, state: WorkState) -> "_Guard":
        keys = frozenset().union(*(locked_keys(state, kind) for kind in _CONCERNS))
        there = elements_of(state)
        return cls(
            {element.key: element for element in there if element.key in keys},
            tuple(element.key for element in there if element.kind == "panel" and element.key not in keys),
            _holders(state),
        )

    def find(self, key: str) -> Element | None:
        """The locked element that this key is, or is in."""
        return self.locked.get(key) or self.locked.get(self.holders.get(key, ""))

    def touched(self, edit: Json) -> Iterator[str]:
        """The keys that an edit would change: its element, the panels of a page that it deletes, the panel that it
        merges or moves a line to, the rows of a table."""
        yield edit["element_key"]
        data = edit["change_data"]
        if data.get("delete"):
            yield from (key for key, element in self.locked.items() if element.page == edit["element_key"])
        yield from _keys([data.get(name) for name in ("merge", "panel", "lines")])

    def named(self, keys: Iterable[str]) -> list[str]:
        found = (self.find(key) for key in keys)
        return list(dict.fromkeys(str(element) for element in found if element is not None))

    def left(self, item: Json) -> Json | None:
        """The item without what is locked; None when nothing is left of it."""
        if self.named(_wished(item)):
            return None
        phase, scope = Phase(item["phase"]), list(item["scope"])
        concerned = {key for key, element in self.locked.items() if phase in _CONCERNS[element.kind]}
        stays = {key for key in scope if (found := self.find(key)) is not None and found.key in concerned}
        inside = {key for key in concerned if not scope or self.locked[key].page in scope}
        if not stays and not inside:
            return item
        free = [key for key in scope if key not in stays]
        if scope and not free:
            return None
        if not scope and phase is Phase.LETTERING:
            # Words are changed by scope alone: a whole book's wish becomes one for all panels that are free.
            free = list(self.free_panels)
            if not free:
                return None
        return {**item, "scope": free, "reason": self._reason(item, stays | inside)}

    def _reason(self, item: Json, keys: Iterable[str]) -> str:
        reason = f"{item['reason']}; " if item.get("reason") else ""
        kept = [element for element in map(self.find, sorted(keys)) if element is not None]
        pages = {element.key for element in kept if element.kind == "page"}
        names = dict.fromkeys(str(element) for element in kept if element.page not in pages)
        return f"{reason}locked and kept: {', '.join(names)}"[:_MAX_REASON]


def _wished(item: Json) -> tuple[str, ...]:
    """The element of an item that is as good as an edit."""
    edit = item.get("edit")
    return (edit["element_key"],) if edit else ()


def _keys(node: object) -> Iterator[str]:
    """Every text in a value: keys are among them, and a text that is none names nothing."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list | tuple):
        for child in node.values() if isinstance(node, dict) else node:
            yield from _keys(child)


def _holders(state: WorkState) -> dict[str, str]:
    panels = [panel for page in result_json(state, Phase.STORYBOARD).get("pages", ()) for panel in page["panels"]]
    return {
        key: panel["key"]
        for panel in panels
        for part in panel["dialogue"]["parts"]
        for key in (part["key"], part["line"])
    }


def _asked_back(named: Iterable[str]) -> Json:
    who = ", ".join(named) or "Everything that this would change"
    return {"items": [], "question": f"{who}: locked. Take the lock off first, or say more."[:_MAX_QUESTION]}


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
