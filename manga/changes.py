"""What a model answers to a wish about pictures or letters that stand already: changes of single panels and parts."""

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
