"""The types and bounds of the values that an edit's fields may hold: untrusted JSON in, checked values out."""

import unicodedata
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, Field, StringConstraints

from manga.continuity import Aspect
from manga.geometry import Point
from manga.paper import PAPERS
from manga.plot import Ground, LineKind, TimeOfDay, Weather
from manga.storyboard import Angle, EffectName, Expression, Pose, Shape, Shot
from manga.values import Ruby, Share, Value
from manga.vocabulary.poses_and_effects import poses
from manga.vocabulary.vocabulary_fields import NamedAs

LINE_LENGTH = 200
FARTHEST_MM = max(paper.trim_height_mm for paper in PAPERS.values())
FORBIDDEN = frozenset({"Cc", "Cs", "Co", "Cn"})
"""Unicode categories that no face has and some stores refuse: controls, lone surrogates, private and unassigned."""


def _plain(text: str) -> str:
    bad = next((c for c in text if unicodedata.category(c) in FORBIDDEN), None)
    if bad is not None:
        raise ValueError(f"the character U+{ord(bad):04X} cannot be lettered")
    return text


PLAIN = AfterValidator(_plain)


def _seen(text: str) -> str:
    if not any(unicodedata.category(c)[0] in "LNPS" for c in text):
        raise ValueError("nothing of it can be seen")
    return text


def words(longest: int, *, empty: bool = False) -> Any:
    """The type of plain text of at most so many characters; where it may not be empty, something of it is seen."""
    if empty:
        return Annotated[str, Field(max_length=longest), PLAIN]
    return Annotated[str, Field(min_length=1, max_length=longest), PLAIN, AfterValidator(_seen)]


Name: TypeAlias = Annotated[str, StringConstraints(max_length=40, pattern=r"^[A-Za-z0-9.+_]*$")]
"""An address or a key; empty for none."""
LineText: TypeAlias = Annotated[str, Field(min_length=1, max_length=LINE_LENGTH), PLAIN]
Millimetres: TypeAlias = Annotated[float, Field(ge=-FARTHEST_MM, le=FARTHEST_MM)]
Place: TypeAlias = Literal["auto", "top_right", "top_left", "bottom_right", "bottom_left"]
Runs: TypeAlias = Literal["auto", "vertical", "level"]
Ink: TypeAlias = Literal["auto", "black", "white"]


class Move(Value):
    """How far a balloon or a sound is moved from where it is, millimetres; x right, y down."""

    dx_mm: Millimetres
    dy_mm: Millimetres


class At(Value):
    """Where a text's middle, or its tail's tip, lies in its panel: shares of the panel's box. What a move becomes when
    it is accepted.

    A text in the margin has a share below 0 or above 1.
    """

    x: float = Field(ge=-4, le=5)
    y: float = Field(ge=-4, le=5)


class ToPanel(Value):
    """Another panel for a line; `index` among its texts, the last when there is none."""

    panel: Name
    index: int | None = Field(default=None, ge=0, le=5)


class BeforePage(Value):
    """Before which page; the last when empty."""

    before: Name = ""


class BeforePanel(Value):
    """On which page and before which panel there; the last of the page when empty."""

    page: Name
    before: Name = ""


class NewPanel(Value):
    """A silent panel. What is left out is as in the panel beside it. `key` is given when the edit is accepted."""

    before: Name = ""
    key: Name = ""
    shot: Shot | None = None
    angle: Angle | None = None
    seen: Annotated[str, Field(max_length=400), PLAIN] = ""
    setting: Annotated[str, Field(max_length=40), PLAIN] = ""
    place: Annotated[str, Field(max_length=120), PLAIN] = ""
    time_of_day: TimeOfDay | None = None
    weather: Weather | None = None
    background: Literal["full", "partial", "none", "dark"] | None = None
    effects: tuple[EffectName, ...] = Field(default=(), max_length=3)
    importance: int = Field(default=2, ge=1, le=5)
    ground: Ground | None = None


class NewPage(NewPanel):
    """A page of one silent panel, before another page; the last when empty."""

    page: Name = ""


class NewLine(Value):
    """Words that the author adds to a panel. `key` is given when the edit is accepted."""

    text: LineText
    kind: LineKind = LineKind.SPEECH
    speaker: Name | None = None
    index: int | None = Field(default=None, ge=0, le=5)
    key: Name = ""


class NewSound(Value):
    """Drawn letters that the author adds to a panel."""

    text: Annotated[str, Field(min_length=1, max_length=20), PLAIN]
    key: Name = ""


class EdgePoint(Value):
    """A point on a panel's border: on the side that begins at corner `edge`, the share `along` of it."""

    edge: int = Field(ge=0, le=11)
    along: Share


class Split(Value):
    """A drawn cut from one point of the border to another, millimetres of the page. `lines` stay in the first part.

    Accepted, it has `start` and `end` on the border instead, and the `key` of the second panel.
    """

    a: Point | None = None
    b: Point | None = None
    lines: int | None = Field(default=None, ge=0, le=6)
    start: EdgePoint | None = None
    end: EdgePoint | None = None
    key: Name = ""


Edge: TypeAlias = Literal["top", "right", "bottom", "left"]


class Border(Value):
    """The side of a panel's border that begins at corner `edge` goes out (above 0) or in, with all along its gutter.

    Sent, it may have `side` instead: the side of the panel that looks that way.
    """

    edge: int = Field(default=0, ge=0, le=11)
    side: Edge | None = None
    by_mm: Millimetres


class Tip(Value):
    """Where a balloon's tail ends, millimetres of the page."""

    x_mm: Millimetres
    y_mm: Millimetres


class BeforeScene(Value):
    """Before which scene; the last when empty."""

    before: Name = ""


class Row(Value):
    """A row of the table of all lines: what is left out stays."""

    key: Name
    text: LineText | None = None
    speaker: Name | None = None
    kind: LineKind | None = None


class Picture(Value):
    """The author's own picture, by its name in the work's store. The rest is measured when the edit is accepted."""

    blob: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    media_type: Literal["image/png", "image/jpeg"] = "image/png"
    width: float = Field(default=1, gt=0, le=100_000)
    height: float = Field(default=1, gt=0, le=100_000)
    ink: Share = 0.0


Rubies: TypeAlias = Annotated[tuple[Ruby, ...], Field(max_length=60)]


class NewChange(Value):
    """Somebody looks otherwise, or holds something, from a beat on; fields as in `manga.continuity.Change`."""

    who: Name
    aspect: Aspect
    to: Annotated[str, Field(max_length=40), PLAIN] = ""
    words: Annotated[str, Field(max_length=60), PLAIN] = ""


FIGURE_FIELDS: dict[str, Any] = {
    "expression": Expression,
    "pose": Annotated[Pose, NamedAs(poses)],
    "facing": Literal["left", "right", "front", "back"],
    "depth": Literal["foreground", "middle", "background"],
    "x": Share,
    "holds": Annotated[str, Field(max_length=40), PLAIN],
    "shape": Shape,
    "present": bool,
}
