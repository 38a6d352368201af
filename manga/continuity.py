"""Continuity: how people look and what they hold from some moment on, other than their sheets say.

The plot's beats hold the changes, because that is where a story makes them: one change in one place reaches every later
panel, and whoever edits it edits all of them. Panels hold none of it; what a panel shows is worked out from the plot.
"""

from collections.abc import Mapping
from enum import StrEnum

from pydantic import Field

from manga.values import Span, Value


class Aspect(StrEnum):
    """What about somebody may change. The order is that of telling."""

    SHAPE = "shape"
    COSTUME = "costume"
    COAT = "coat"
    HAT = "hat"
    GLASSES = "glasses"
    SHOES = "shoes"
    GLOVES = "gloves"
    MASK = "mask"
    HAIR = "hair"
    FACE = "face"
    HANDS = "hands"
    SIZE = "size"
    WET = "wet"
    TORN = "torn"
    WOUND = "wound"
    BANDAGE = "bandage"
    HOLDS = "holds"


OF_A_SCENE = frozenset({Aspect.WET, Aspect.HOLDS})
"""What ends with its scene by itself; everything else lasts until a change says otherwise."""

OF_A_BODY = frozenset({Aspect.WET, Aspect.WOUND, Aspect.BANDAGE})
"""What stays on somebody who takes another shape. Clothes, hair and what is in hand belong to the shape."""

OTHER = "other"
"""The shape that is not the first one."""

OFF = "off"
"""What has been taken off, or is not in the hand any more."""


LONGEST_TO = 40
"""Letters of a change's word."""


class Change(Value):
    """From `span` on somebody is otherwise.

    `to` is a word of the rig: an outfit, a hat or a hair style of `Look` (an outfit may have a tone after it), a part
    of the body for wounds and bandages, a thing for what is held, `other` for a shape, `off`, or `yes`; empty is back
    to the sheet.
    `words` are the story's own or a model's, when the rig's word says too little. An empty span: no word tells of it,
    it is to be understood (a day has gone by), or a person has put it there; then it is so from the beat's beginning.
    """

    who: str
    aspect: Aspect
    to: str = Field(default="", max_length=LONGEST_TO)
    words: str = Field(default="", max_length=60)
    span: Span = Span(start=0, end=0)


class State(Value):
    """All in which somebody differs from the sheet at one moment."""

    changes: tuple[Change, ...] = ()

    def to(self, aspect: Aspect) -> str:
        """The word of an aspect; empty where all is as on the sheet."""
        return next((change.to for change in self.changes if change.aspect is aspect), "")

    def after(self, change: Change) -> "State":
        """The state when a change has come to it."""
        before = self.of_a_body() if change.aspect is Aspect.SHAPE else self
        kept = [c for c in before.changes if c.aspect is not change.aspect]
        new = [*kept, change] if change.to else kept
        order = list(Aspect)
        return State(changes=tuple(sorted(new, key=lambda c: order.index(c.aspect))))

    def of_a_body(self) -> "State":
        """What is left of it in another shape."""
        return State(changes=tuple(c for c in self.changes if c.aspect in OF_A_BODY))

    def next_scene(self) -> "State":
        """What is left of it when a scene is over."""
        return State(changes=tuple(c for c in self.changes if c.aspect not in OF_A_SCENE))


AS_ON_THE_SHEET = State()
States = Mapping[str, State]
"""By character; who is missing looks as the sheet says."""


class Entry(Value):
    """A row of the bible: somebody in a scene. `begins` is the sentence for the prompts as the scene begins, empty for
    as on the sheet; `changes` are pairs of a beat and words."""

    scene: str
    place: str
    who: str
    name: str
    costume: str
    begins: str = ""
    changes: tuple[tuple[str, str], ...] = ()
