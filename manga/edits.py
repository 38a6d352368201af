"""Structured edits: one change to one element, laid over the raw results. A list of them is all that people changed.

An edit is sent with an address or a key (`SentEdit`), and hangs on lasting keys once it is accepted (`Edit`).
"""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from pydantic import Field, JsonValue

from manga.phases import Phase
from manga.values import Value

MAX_EDITS = 200
"""Of one answer."""

ChangeType: TypeAlias = Literal["text_edit", "selection", "drag_drop", "style_adjust"]
EDIT_ID = r"^[^\x00-\x20/\\][^\x00-\x1f/\\]{0,63}$"
MOST_FIELDS = 12


class SentEdit(Value):
    """What a person sends. `element_id` is an address, valid at `base_version`, or a key, which is valid always.

    `phase` may be left out: the element and its fields tell where the graph has to go. `element_key` is another name
    for `element_id`, so that an accepted edit can be sent again.
    """

    change_type: ChangeType
    element_id: str = Field(default="", max_length=40)
    element_key: str = Field(default="", max_length=40)
    change_data: dict[str, JsonValue] = Field(min_length=1, max_length=MOST_FIELDS)
    base_version: str = Field(default="", max_length=80)
    phase: Phase | None = None
    id: str = Field(default="", pattern=r"^$|" + EDIT_ID)
    author: str = Field(default="", max_length=120)
    retired: tuple[str, ...] = Field(default=(), max_length=MOST_FIELDS)
    wishes: int = Field(default=0, ge=0)
    anchors: tuple[str, ...] = Field(default=(), max_length=9)


class Edit(Value):
    """An accepted edit. It hangs on a lasting key, never on an address.

    `retired` names fields that a later instruction has changed. `wishes` is how many instructions about the letters
    had been given when it came: it stands over those. `anchors` are the panels that stood on the page it is about: a
    page is the one that has them, because a model that makes the storyboard anew counts its pages again.
    """

    id: str
    change_type: ChangeType
    phase: Phase
    element_key: str = Field(max_length=40)
    change_data: dict[str, JsonValue] = Field(max_length=MOST_FIELDS)
    base_version: str
    author: str = ""
    retired: tuple[str, ...] = ()
    wishes: int = 0
    anchors: tuple[str, ...] = ()

    @property
    def changes(self) -> Mapping[str, JsonValue]:
        """What still counts of it, by field."""
        return {name: value for name, value in self.change_data.items() if name not in self.retired}


class Standing(Value):
    """Whether an edit counts: `superseded` by a later one or an instruction, `orphaned` when its element is gone.

    `numbers` are those of its fields that are one number, such as a size or a turn; `face` is its typeface.
    """

    id: str
    element: str
    phase: Phase
    change_type: ChangeType
    fields: tuple[str, ...]
    status: Literal["active", "superseded", "orphaned"]
    reason: str = Field(default="", max_length=400)
    author: str = ""
    numbers: dict[str, float] = Field(default_factory=dict)
    face: str = ""
