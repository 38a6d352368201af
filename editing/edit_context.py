"""What an edit is judged against: the work as the person sees it, read from the state once."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from editing.editable_pages import Plan, plan_of
from editing.phase_results import edits_of, ground_of, result_json
from editing.placement_edits import whole_key
from editing.relayout_pages import Ground
from editing.state_as_json import Json, WorkState
from manga.edits import Edit
from manga.element_addresses import AddressBook, address_book
from manga.errors import EditRejected
from manga.geometry import Rect, bounds
from manga.phases import Phase
from manga.storyboard import Storyboard

FIRST_PANEL, LAST_PANEL = 50, 99
"""Panels that a person adds are `b0012+50` and up; a model counts from 1."""


def rejected(where: str, reason: str) -> EditRejected:
    """The refusal that names the field."""
    return EditRejected(f"{where}: {reason}.", element=where)


@dataclass(frozen=True)
class Desk:
    """One state. `asked_at` is the phase that the person looks at, `version` the version; `minted` are new keys."""

    state: WorkState
    asked_at: Phase
    version: str
    minted: set[str] = field(default_factory=set)

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        return edits_of(self.state)

    @cached_property
    def storyboard(self) -> Storyboard | None:
        seen = result_json(self.state, Phase.STORYBOARD)
        return Storyboard.of(seen) if seen else None

    @cached_property
    def plan(self) -> Plan:
        if self.storyboard is None:
            raise rejected("element_id", "there is no storyboard yet")
        return plan_of(self.storyboard)

    @cached_property
    def book(self) -> AddressBook:
        return address_book(self.storyboard)

    @cached_property
    def ground(self) -> Ground:
        return ground_of(self.state)

    @cached_property
    def people(self) -> frozenset[str]:
        cast = result_json(self.state, Phase.CHARACTERS).get("characters", ())
        return frozenset(person["key"] for person in cast)

    @cached_property
    def scenes(self) -> frozenset[str]:
        return frozenset(scene["key"] for scene in result_json(self.state, Phase.PLOT).get("scenes", ()))

    @cached_property
    def _taken(self) -> str:
        """All that has a key, in this version and in edits that may come back, as text to look in."""
        return json.dumps([self.state.get("storyboard"), self.state.get("edits")])

    def has(self, phase: Phase) -> bool:
        return bool(result_json(self.state, phase))

    def anchors(self, page: str) -> tuple[str, ...]:
        """The panels by which a page is known again; none for a page that an edit of the same answer adds."""
        sheet = next((sheet for sheet in self.plan.sheets if sheet.key == page), None)
        return tuple(panel.key for panel in sheet.panels) if sheet is not None else ()

    def text_box(self, key: str) -> Rect:
        """Where a text's type or letters are now, millimetres. Raises EditRejected."""
        letters: Json = self.state.get("lettering") or {}
        for page in letters.get("pages", ()):
            for balloon in page["balloons"]:
                if balloon["key"] == key:
                    return Rect.of(balloon["text"]["box"])
            for sfx in page["sfx"]:
                if sfx["key"] == key:
                    return bounds(tuple((x, y) for x, y in sfx["polygon"]))
        raise rejected("element_id", "this text is not lettered yet")

    def balloon_kind(self, key: str) -> str:
        """How a text is enclosed now. Raises EditRejected."""
        letters: Json = self.state.get("lettering") or {}
        kinds = (b["kind"] for page in letters.get("pages", ()) for b in page["balloons"] if b["key"] == key)
        if (found := next(kinds, None)) is None:
            raise rejected("element_id", "this text is not lettered yet")
        return str(found)

    def frame_of(self, key: str) -> Rect:
        """The box of the panel that a text is in."""
        i, j, _ = self.plan.part(whole_key(key))
        sheet = self.plan.sheets[i]
        if sheet.laid is None:
            raise rejected("element_id", "this text is not lettered yet")
        return bounds(sheet.laid.frame(sheet.panels[j].key).polygon)

    def new_panel(self, beside: str) -> str:
        """A key for a panel beside another one, of the same beat."""
        beat = beside.partition("+")[0]
        return self._free(f"{beat}+{n}" for n in range(FIRST_PANEL, LAST_PANEL + 1))

    def new_page(self) -> str:
        return self._free(f"g{n}" for n in range(9001, 10_000))

    def new_part(self) -> str:
        return self._free(f"l{n}.1" for n in range(90_001, 100_000))

    def _free(self, keys: Iterable[str]) -> str:
        found = next((key for key in keys if f'"{key}"' not in self._taken and key not in self.minted), None)
        if found is None:
            raise rejected("change_data", "there are too many additions here")
        self.minted.add(found)
        return found
