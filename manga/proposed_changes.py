"""What a text model puts forward: changes of single panels and parts that a wish asks for, and unasked, what it
proposes for the letters of a storyboard and about a finished book. Code takes only what keeps to the rules.
"""

from typing import Annotated, Literal

from pydantic import Field

from manga.plot import Emotion, Ground, LineKind, TimeOfDay, Weather
from manga.plot_draft import Unchanged
from manga.storyboard import Angle, EffectName, Expression, FigureDirection, Pose, Role, SceneDirection, Shape, Shot
from manga.values import Value
from manga.vocabulary.places import SeenFrom
from manga.vocabulary.poses_and_effects import poses
from manga.vocabulary.vocabulary_fields import NamedAs

FARTHEST = 1.0
MOST_FIGURES = 6


class PictureChange(Value):
    """Another direction for one panel's picture (None: as it is), and how many times more it is to be drawn."""

    panel: str
    direction: SceneDirection | None = None
    again: int = Field(default=0, ge=0, le=99)


class PictureChanges(Value):
    """What is to be drawn differently. The storyboard stays as it is."""

    changes: tuple[PictureChange, ...] = Field(default=(), max_length=600)


class ChangedFigure(Value):
    """What is otherwise about one figure of a panel; one who was not there comes in. None: as it is."""

    character: str
    gone: bool = False
    depth: Literal["foreground", "middle", "background"] | Unchanged = None
    facing: Literal["left", "right", "front", "back"] | Unchanged = None
    expression: Expression | Unchanged = None
    pose: Annotated[Pose, NamedAs(poses)] | Unchanged = None
    holds: Annotated[str, Field(max_length=40)] | Unchanged = None
    shape: Shape | Unchanged = None


class ChangedDirection(Value):
    """What is otherwise about a panel's direction. None: as it is. `props` and `effects` are all there are then."""

    seen: Annotated[str, Field(max_length=400)] | Unchanged = None
    figures: tuple[ChangedFigure, ...] = Field(default=(), max_length=MOST_FIGURES)
    shot: Shot | Unchanged = None
    angle: Angle | Unchanged = None
    background: Literal["full", "partial", "none", "dark"] | Unchanged = None
    props: Annotated[tuple[str, ...], Field(max_length=6)] | Unchanged = None
    time_of_day: TimeOfDay | Unchanged = None
    weather: Weather | Unchanged = None
    ground: Ground | Unchanged = None
    seen_from: SeenFrom | Unchanged = None
    emotion: Emotion | Unchanged = None
    effects: Annotated[tuple[EffectName, ...], Field(max_length=3)] | Unchanged = None
    lighting: Annotated[str, Field(max_length=80)] | Unchanged = None

    def laid_over(self, direction: SceneDirection) -> SceneDirection:
        """The direction with what this says, the rest as it was."""
        said = {name: value for name, value in self if value is not None and name != "figures"}
        return direction.model_copy(update={**said, "figures": self._figures(direction)})

    def _figures(self, direction: SceneDirection) -> tuple[FigureDirection, ...]:
        patches = {patch.character: patch for patch in self.figures}
        kept = [
            _patched(figure, patches.pop(figure.character, None))
            for figure in direction.figures
            if not ((patch := patches.get(figure.character)) and patch.gone)
        ]
        new = [patch for patch in self.figures if patch.character in patches and not patch.gone]
        room = (len(kept) + 1) / (len(kept) + len(new) + 1)
        places = {patch.character: min(1.0, room + n / (len(new) + 1)) for n, patch in enumerate(new)}
        come = (
            _patched(FigureDirection(character=patch.character, x=round(places[patch.character], 3)), patch)
            for patch in new
        )
        return (*kept, *come)[:MOST_FIGURES]


def _patched(figure: FigureDirection, patch: ChangedFigure | None) -> FigureDirection:
    if patch is None:
        return figure
    said = {name: value for name, value in patch if value is not None and name not in ("character", "gone")}
    return figure.model_copy(update=said)


class ChangedPicture(Value):
    """What is to be drawn otherwise in one panel, and how many times more it is to be drawn."""

    panel: str
    direction: ChangedDirection = ChangedDirection()
    again: int = Field(default=0, ge=0, le=99)


class ChangedPictures(Value):
    """What a model answers to a wish about pictures. What is not named stays."""

    changes: tuple[ChangedPicture, ...] = Field(default=(), max_length=600)


class ChangedText(Value):
    """A text that comes into a panel or goes out of it. `line` is the key of a line whose words it takes, all of them
    where `text` is empty; of kind sfx `text` is a new sound."""

    key: str = Field(default="", description="of a text that is there: with gone, it is taken out")
    gone: bool = False
    line: str = Field(default="", description="key of the line that a new text is of")
    kind: LineKind | Literal["sfx"] | Unchanged = None
    text: str = Field(default="", max_length=400, description="letter for letter of the line; empty: all of it")
    off_panel: bool = False


class ChangedPanel(Value):
    """What is otherwise about one panel of a storyboard. None: as it is. `texts` come behind those that are there."""

    panel: str
    importance: Annotated[int, Field(ge=1, le=5)] | Unchanged = None
    role: Role | Unchanged = None
    direction: ChangedDirection = ChangedDirection()
    texts: tuple[ChangedText, ...] = Field(default=(), max_length=12)


class ChangedPanels(Value):
    """What a model answers to a wish about a storyboard. `anew` are pages whose panels come, go, change places or give
    words to one another: they are drawn up anew. What is not named stays."""

    changes: tuple[ChangedPanel, ...] = Field(default=(), max_length=600)
    anew: tuple[str, ...] = Field(default=(), max_length=64)


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
    """A page as an editor reads it, in reading order; whether the leaf is turned after it. `left_out` are words and
    moments of its stretch of the story that it does not have, each after its key."""

    number: int
    turned: bool = False
    panels: tuple[ProofPanel, ...] = ()
    left_out: tuple[str, ...] = ()
