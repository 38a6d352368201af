"""Edits laid over a raw result. Raw JSON and edits in, JSON out; without edits of that phase the very same object.

An edit hangs on a lasting key. Fields of concept, characters and plot replace those of the element with that key; the
storyboard is changed as a whole (`editing.storyboard_layers`); pictures and the places of letters have ways of their
own.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache

from editing.fields import holds, with_fields
from editing.page_sheets import Unfit
from editing.relayout import PLAIN, Ground
from editing.storyboard_layers import lay_over, layer_of, planned
from editing.work_state import Json
from manga.edits import Edit
from manga.phases import Phase
from manga.storyboard import Storyboard

FIELDS = frozenset({Phase.CONCEPT, Phase.CHARACTERS, Phase.PLOT})


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


def has_element(raw: Json, key: str) -> bool:
    """Whether an edit on this key would find its element; one that would not is orphaned."""
    return holds(raw, key)
