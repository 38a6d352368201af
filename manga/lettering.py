"""Phase 6: balloons, captions and sound effects of each page, glyph by glyph. Millimetres from the trim's top left."""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from manga.comic_strips import is_empty
from manga.geometry import Point, Polygon, Rect
from manga.losses import Loss
from manga.values import Share, Span, Value

FaceName = Literal[
    "antique", "gothic", "gothic_heavy", "round", "ruby", "sharp", "heavy", "hand", "pop", "comic", "comic_sfx"
]
"""A role a typeface plays; `drawing.lettering.fonts` maps it to a file."""
LetterFace = Literal["auto", "antique", "gothic", "gothic_heavy", "round", "sharp", "heavy", "hand", "pop"]
"""Of a balloon: by itself the one of its kind, else a role that whole sentences are set in."""


class BalloonKind(StrEnum):
    """The border that a text has; a monologue has none."""

    SPEECH = "speech"
    SHOUT = "shout"
    WHISPER = "whisper"
    THOUGHT = "thought"
    MONOLOGUE = "monologue"
    CAPTION = "caption"
    TELEPHONE = "telephone"
    OFF_PANEL = "off_panel"
    WAVERING = "wavering"


class Glyph(Value):
    """One cell of set type: a character, a tate-chu-yoko group or a Latin word's letter.

    `at` is the origin for drawing: the cell's top centre when `vertical`, the baseline's left end otherwise.
    """

    text: str
    face: FaceName
    at: Point
    size_mm: float = Field(gt=0)
    vertical: bool
    box: Rect
    turn: float = Field(default=0.0, description="radians, clockwise, about the box's centre")
    stretch: float = Field(default=1.0, gt=0, description="horizontal squeeze of a tate-chu-yoko group")


class TextRun(Value):
    """The set text of one part. `source` is the part's words; `span` their place in the story."""

    source: str
    span: Span
    vertical: bool
    size_q: float = Field(gt=0, description="size of the body type; 1 Q = 0.25 mm")
    glyphs: tuple[Glyph, ...]
    ruby: tuple[Glyph, ...] = ()
    box: Rect


class Balloon(Value):
    """A balloon or caption. `outline` is the drawn border as path data (M L C Q Z, mm); `polygon` is its flat hull.

    The tail is part of the outline; `tail_tip` stops short of the speaker's mouth. None: no tail.
    """

    key: str
    panel: str
    line: str
    kind: BalloonKind
    speaker: str | None = None
    confidence: Share = 1.0
    outline: str = ""
    polygon: Polygon
    tail_tip: Point | None = None
    aims_at: Point | None = Field(default=None, description="the mouth the tail points to")
    joins: str | None = Field(default=None, description="key of the balloon before, with which it is one shape")
    text: TextRun
    order: int = Field(ge=0, description="place in the page's reading order")


class Sfx(Value):
    """Drawn letters: `outline` is the finished shape as path data."""

    key: str
    panel: str
    text: str
    outline: str
    polygon: Polygon
    style: Literal["black", "white"] = "black"
    layer: Literal["before", "behind"] = Field(default="before", description="whether people stand in front of it")
    span: Span | None = None


class StripTitle(Value):
    """The set title of a strip; `panel` is the first panel under it."""

    panel: str
    text: TextRun


class PageLettering(Value):
    """All letters of one page."""

    page: str
    balloons: tuple[Balloon, ...] = ()
    sfx: tuple[Sfx, ...] = ()
    titles: tuple[StripTitle, ...] = Field(default=(), exclude_if=is_empty)


class Lettering(Value):
    """The result of the phase."""

    pages: tuple[PageLettering, ...]
    base_size_q: float
    warnings: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = Field(default=(), description="what of an answer is not in it as it was said")
