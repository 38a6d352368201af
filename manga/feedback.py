"""What a person's sentence is understood by: a view of the book in, a plan out.

The view holds only what a sentence can point at; the plan is what is going to be done about it.
"""

from typing import Literal

from pydantic import Field, JsonValue

from manga.brief import Language
from manga.phases import Phase
from manga.values import Value

MAX_SENTENCE = 2_000
MAX_QUESTION = 400


class PersonView(Value):
    """One of the cast. `kind`, `gender` and `age` are `manga.characters.Look`'s words."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    role: str = "supporting"
    kind: str = "human"
    gender: str = "neutral"
    age: str = "adult"


class SceneView(Value):
    """A scene by what it may be called."""

    key: str
    heading: str = ""
    place: str = ""
    setting: str = ""


class ThingView(Value):
    """A thing whose shape is this work's own."""

    key: str
    word: str


class PageView(Value):
    """`panels` are keys in reading order."""

    key: str
    number: int
    panels: tuple[str, ...] = ()


class PanelView(Value):
    """`address` is `p03.k2`; `people` are the keys of those who are seen, `seen` is what the panel shows, in words."""

    key: str
    address: str
    page: int
    scene: str = ""
    people: tuple[str, ...] = ()
    seen: str = ""
    things: tuple[str, ...] = ()


class MomentView(Value):
    """A moment that the plot has cut, with its first words."""

    key: str
    scene: str
    words: str


class LineView(Value):
    """A balloon, caption (`p03.k2.b1`) or drawn sound (`p03.k2.s1`, kind `sfx`). `key` is its part's."""

    key: str
    address: str
    panel: str
    line: str
    kind: str
    text: str
    speaker: str | None = None


class BookView(Value):
    """The book as far as it is made. `phase` is the one whose result the person looks at."""

    phase: Phase
    language: Language
    title: str = ""
    people: tuple[PersonView, ...] = ()
    scenes: tuple[SceneView, ...] = ()
    pages: tuple[PageView, ...] = ()
    panels: tuple[PanelView, ...] = ()
    lines: tuple[LineView, ...] = ()
    things: tuple[ThingView, ...] = ()
    left_out: tuple[MomentView, ...] = ()


class WishedEdit(Value):
    """A structured edit as far as a sentence tells it; id, author and base version come when it is accepted.

    `phase` is the one whose result holds the element: a line's words stand in the storyboard.
    """

    change_type: Literal["text_edit", "selection", "drag_drop", "style_adjust"]
    phase: Phase
    element_key: str = Field(max_length=40)
    change_data: dict[str, JsonValue] = Field(max_length=12)


class PlanItem(Value):
    """One wish. `scope` holds the keys it may touch; empty means the whole phase.

    `edit` says the same as `instruction` for those who can apply it without asking a model.
    """

    phase: Phase
    instruction: str = Field(min_length=1, max_length=MAX_SENTENCE)
    scope: tuple[str, ...] = ()
    reason: str = Field(default="", max_length=200)
    edit: WishedEdit | None = None


class Plan(Value):
    """What will be done, and one question about what could not be placed. One of the two is always there."""

    items: tuple[PlanItem, ...] = ()
    question: str = Field(default="", max_length=MAX_QUESTION)
