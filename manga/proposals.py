"""What a text model puts forward unasked: for the letters of a storyboard, and about a finished book.

Everything here may be left out, and code takes only what keeps to the rules.
"""

from typing import Literal

from pydantic import Field

from manga.changes import NewSound
from manga.plot import LineKind
from manga.values import Value


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
