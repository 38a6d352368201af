"""The corpus of forty edits as data, and what each of them needs at the least.

`element` is `concept`, `storyboard`, `person:N`, `scene:N`, `page:N`, `panel:N`, `balloon:N`, `caption:N` (the N-th in
reading order, from 0), or `figure:N` (the first figure of the N-th panel with people). `images` is the least number of
pictures: `none`, `all`, `it` (the element's panel), `seen:person:N` (where that person is visible), `cut` (panels whose
frame changes), `shown` (panels whose direction changes). `pages`: `none`, `it` (the element's page), or `read` (pages
whose letters depend on what has changed).
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from editing.phase_results import result_of
from editing.state_as_json import Json
from graph.state import State
from manga.characters import Cast
from manga.phases import Phase
from manga.plot import Plot
from manga.storyboard import PanelDraft, Storyboard
from manga.values import Value

DATA = Path(__file__).parent / "data" / "edits.jsonl"
_SPOKEN = frozenset({"speech", "shout", "whisper", "thought"})


class Case(Value):
    """One edit, and the rules for the least that it redoes."""

    name: str
    element: str
    by: str
    change: dict[str, object]
    images: str
    pages: str


def cases() -> tuple[Case, ...]:
    """The whole corpus."""
    return tuple(Case.of(json.loads(line)) for line in DATA.read_text(encoding="utf-8").splitlines() if line)


def sent(case: Case, state: State) -> Json:
    """The edit in the form of `manga.edits.SentEdit`."""
    change = dict(case.change)
    if isinstance(page := change.get("insert_page"), dict):
        change["insert_page"] = {name: key_of(str(value), state) for name, value in page.items()}
    if case.element.startswith("figure:"):
        panel = _with_people(state)[_number(case.element)]
        who = panel.direction.figures[0].character
        change = {f"figures.{who}.{name}": value for name, value in change.items()}
    return {"change_type": case.by, "element_id": key_of(case.element, state), "change_data": change}


def key_of(element: str, state: State) -> str:
    """The lasting key of the N-th element of a kind."""
    kind = element.partition(":")[0]
    if kind in _KEYS:
        return _KEYS[kind](state)[_number(element)]
    return element


def panel_of(element: str, state: State) -> str:
    """The key of the panel that the element is, or is in."""
    if element.startswith(("balloon:", "caption:")):
        return _texts(state, spoken=element.startswith("balloon:"))[_number(element)][0]
    return key_of(element, state)


def board(state: State) -> Storyboard:
    """As people see it."""
    return result_of(state, Phase.STORYBOARD, Storyboard)


def _number(element: str) -> int:
    return int(element.rpartition(":")[2])


def _with_people(state: State) -> list[PanelDraft]:
    return [panel for panel in board(state).panels() if panel.direction.figures]


def _texts(state: State, *, spoken: bool) -> list[tuple[str, str]]:
    """Panel and part keys."""
    return [
        (panel.key, part.key)
        for panel in board(state).panels()
        for part in panel.dialogue.parts
        if part.kind != "sfx" and (part.kind in _SPOKEN) is spoken
    ]


_KEYS: Mapping[str, Callable[[State], list[str]]] = {
    "person": lambda state: [person.key for person in result_of(state, Phase.CHARACTERS, Cast).characters],
    "scene": lambda state: [scene.key for scene in result_of(state, Phase.PLOT, Plot).scenes],
    "page": lambda state: [page.key for page in board(state).pages],
    "panel": lambda state: [panel.key for panel in board(state).panels()],
    "figure": lambda state: [panel.key for panel in _with_people(state)],
    "balloon": lambda state: [key for _, key in _texts(state, spoken=True)],
    "caption": lambda state: [key for _, key in _texts(state, spoken=False)],
}
