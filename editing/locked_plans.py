"""A plan that leaves locked elements alone and says so. State and feedback in, feedback out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from editing.elements import Element, Kind, elements_of
from editing.locks import locked_keys
from editing.results import result_json
from editing.work_state import Json, WorkState
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
    """`holders`: part or line key -> the panel it is in; `pages`: panel key -> its page."""

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
