"""What a text model puts forward: changes of single panels and parts that a wish asks for, and unasked, what it
proposes for the letters of a storyboard and about a finished book. Code takes only what keeps to the rules.
"""

from typing import Literal

from pydantic import Field

from manga.plot import LineKind
from manga.storyboard import SceneDirection
from manga.values import Value

FARTHEST = 1.0


class PictureChange(Value):
    """Another direction for one panel's picture (None: as it is), and how many times more it is to be drawn."""

    panel: str
    direction: SceneDirection | None = None
    again: int = Field(default=0, ge=0, le=99)


class PictureChanges(Value):
    """What is to be drawn differently. The storyboard stays as it is."""

    changes: tuple[PictureChange, ...] = Field(default=(), max_length=600)


class PartChange(Value):
    """Another wording, kind, speaker or place for one part; None leaves it as it is.

    `place` is a corner of the panel; `right` and `down` move the text from where it would stand, in shares of the
    panel's shorter side; `scale` is its size against its own. `removed` takes it off the page.
    """

    key: str
    text: str | None = Field(default=None, min_length=1, max_length=200)
    kind: LineKind | None = None
    speaker: str | None = None
    place: Literal["auto", "top_right", "top_left", "bottom_right", "bottom_left"] | None = None
    off_panel: bool | None = None
    right: float = Field(default=0.0, ge=-FARTHEST, le=FARTHEST)
    down: float = Field(default=0.0, ge=-FARTHEST, le=FARTHEST)
    scale: float = Field(default=1.0, ge=0.3, le=3.0)
    removed: bool = False


class NewSound(Value):
    """Drawn letters that a panel has not had."""

    panel: str
    text: str = Field(min_length=1, max_length=20)


class LetteringChanges(Value):
    """What the text model answers to a person's wish about letters."""

    changes: tuple[PartChange, ...] = Field(default=(), max_length=2000)
    sounds: tuple[NewSound, ...] = Field(default=(), max_length=40)


class Reading(Value):
    """How a word of a text is read, in kana."""

    word: str = Field(min_length=1, max_length=20)
    reading: str = Field(min_length=1, max_length=40)


class PartProposal(Value):
    """For one part of a line: another voice, fewer words, readings. None leaves it as it is."""

    key: str
    kind: LineKind | None = None
    text: str | None = Field(default=None, min_length=1, max_length=200)
    readings: tuple[Reading, ...] = Field(default=(), max_length=20)


class LetteringProposal(Value):
    """What a letterer would have otherwise."""

    changes: tuple[PartProposal, ...] = Field(default=(), max_length=800)
    sounds: tuple[NewSound, ...] = Field(default=(), max_length=40)


class EditorNote(Value):
    """A fault that a reader would feel, and the phase that can mend it."""

    page: int = Field(ge=1)
    panel: str | None = None
    fault: str = Field(min_length=1, max_length=300)
    phase: Literal["concept", "characters", "plot", "storyboard", "artwork", "lettering"]


class EditorNotes(Value):
    """What the desk editor marks in a finished book, the worst first."""

    notes: tuple[EditorNote, ...] = Field(default=(), max_length=10)


class ProofPart(Value):
    """A text of a panel as it is read: who says it, and how it is voiced."""

    speaker: str | None = None
    kind: LineKind | Literal["sfx"]
    text: str


class ProofPanel(Value):
    """A panel as it is read. `seen` is what it shows."""

    key: str
    role: str
    importance: int
    seen: str = ""
    texts: tuple[ProofPart, ...] = ()


class ProofPage(Value):
    """A page as an editor reads it, in reading order; whether the leaf is turned after it."""

    number: int
    turned: bool = False
    panels: tuple[ProofPanel, ...] = ()
