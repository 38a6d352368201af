"""Phase 4: the storyboard (ネーム). A draft holds roles and importance; code turns it into geometry.

A model answers with `StoryboardDraft`; the agent adds a `PanelLayout` to each page and gets a `Storyboard`.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from manga.brief import MAX_PAGES
from manga.comic_strips import MOST_PANELS, LayoutName, Strip, StripHead, is_empty
from manga.editor_remarks import EditorNote
from manga.geometry import Polygon
from manga.losses import Loss
from manga.paper import Side
from manga.plot import Emotion, Ground, LineKind, TimeOfDay, Weather
from manga.values import Ruby, Share, Span, Value
from manga.vocabulary.places import SeenFrom
from manga.vocabulary.poses_and_effects import effects, poses
from manga.vocabulary.vocabulary_fields import NamedAs

PANEL_KEY = r"^b\d{4,5}(\+\d{1,2})?$"
PART_KEY = r"^l\d{4,5}\.\d{1,2}$"


class Shot(StrEnum):
    """Distance of the view. An insert shows a thing, not a person."""

    ESTABLISHING = "establishing"
    LONG = "long"
    FULL = "full"
    MEDIUM = "medium"
    BUST = "bust"
    CLOSE = "close"
    EXTREME_CLOSE = "extreme_close"
    INSERT = "insert"


class Angle(StrEnum):
    """Height of the view."""

    EYE = "eye"
    HIGH = "high"
    LOW = "low"
    BIRD = "bird"
    OVER_SHOULDER = "over_shoulder"


class Role(StrEnum):
    """What the panel is for; decides its weight, border and place on the page."""

    ESTABLISH = "establish"
    TALK = "talk"
    ACT = "act"
    REACT = "react"
    INSERT = "insert"
    BREATHER = "breather"
    HOOK = "hook"
    PAYOFF = "payoff"
    SPLASH = "splash"
    AFTERBEAT = "afterbeat"


class Expression(StrEnum):
    """A face's mood."""

    NEUTRAL = "neutral"
    SMILE = "smile"
    HAPPY = "happy"
    LAUGH = "laugh"
    SURPRISE = "surprise"
    SHOCK = "shock"
    ANGRY = "angry"
    SERIOUS = "serious"
    SAD = "sad"
    CRY = "cry"
    SHY = "shy"
    SMIRK = "smirk"
    SHOUT = "shout"
    RELIEF = "relief"
    FEAR = "fear"
    CALM = "calm"


class Pose(StrEnum):
    """What a body does."""

    STAND = "stand"
    RELAXED = "relaxed"
    WALK = "walk"
    RUN = "run"
    POINT = "point"
    WAVE = "wave"
    REACH = "reach"
    FIST = "fist"
    THINK = "think"
    AKIMBO = "akimbo"
    CHEER = "cheer"
    SHRUG = "shrug"
    CLASP = "clasp"
    SIT = "sit"
    KNEEL = "kneel"
    BOW = "bow"
    LIE = "lie"
    CARRY = "carry"
    AIM = "aim"
    CROUCH = "crouch"
    FALL = "fall"
    FIGHT = "fight"
    HUG = "hug"
    JUMP = "jump"
    CLIMB = "climb"
    CRAWL = "crawl"
    PRAY = "pray"
    WEEP = "weep"
    DESPAIR = "despair"
    FOLD = "fold"
    LOOK_UP = "look_up"
    LOOK_DOWN = "look_down"
    LOOK_BACK = "look_back"
    LOOKOUT = "lookout"
    LISTEN = "listen"
    WHISPER = "whisper"
    WRITE = "write"
    DIG = "dig"
    COOK = "cook"
    CUT = "cut"
    POUR = "pour"
    WASH = "wash"
    HANG = "hang"
    SWEEP = "sweep"
    KNOCK = "knock"
    ROW = "row"
    GIVE = "give"
    PULL = "pull"
    CRANK = "crank"
    TURN = "turn"


LEAPS = frozenset({Pose.RUN, Pose.FALL, Pose.FIGHT, Pose.CHEER, Pose.JUMP, Pose.AIM, Pose.POINT, Pose.FIST})
"""Poses that go out of themselves."""


Shape: TypeAlias = Literal["as_told", "first", "other"]
"""Of a being in two shapes: the one that the plot tells by then, else the first of the sheet, or the other."""


class FigureDirection(Value):
    """One figure. `x` is 0 at the panel's left edge and 1 at its right."""

    character: str
    x: Share = 0.5
    depth: Literal["foreground", "middle", "background"] = "middle"
    facing: Literal["left", "right", "front", "back"] = "front"
    expression: Expression = Expression.NEUTRAL
    pose: Annotated[Pose, NamedAs(poses)] = Pose.STAND
    holds: str = Field(default="", max_length=40)
    shape: Shape = "as_told"

    @property
    def side(self) -> Literal["left", "middle", "right"]:
        """The third of the frame in which it stands."""
        return "left" if self.x < 0.36 else "right" if self.x > 0.64 else "middle"


EffectName = Annotated[
    Literal[
        "focus_lines", "speed_lines", "flash", "beta_flash", "gloom", "bokeh", "flowers", "sparkle", "rain", "snow",
        "impact",
    ],
    NamedAs(effects),
]  # fmt: skip


class SceneDirection(Value):
    """What the panel shows. `seen` is one sentence for a model or a placeholder; the rest is for the rig."""

    shot: Shot
    angle: Angle = Angle.EYE
    figures: tuple[FigureDirection, ...] = Field(default=(), max_length=6)
    place: str = Field(default="", max_length=120)
    setting: str = Field(max_length=40)
    background: Literal["full", "partial", "none", "dark"] = "full"
    props: tuple[str, ...] = Field(default=(), max_length=6)
    time_of_day: TimeOfDay = TimeOfDay.DAY
    weather: Weather = Weather.CLEAR
    emotion: Emotion = Emotion.NEUTRAL
    effects: tuple[EffectName, ...] = Field(default=(), max_length=3)
    lighting: str = Field(default="", max_length=80)
    seen: str = Field(default="", max_length=400)
    fixed_camera: bool = False
    flashback: bool = False
    presents: bool = Field(
        default=False, exclude_if=is_empty, description="a main character is shown for the first time, alone"
    )
    in_frame: bool = Field(default=False, exclude_if=is_empty, description="nobody may step over the panel's border")
    ground: Ground = Ground.DRY
    seen_from: SeenFrom = Field(
        default="", description="only where a panel looks from the other side of the walls than its scene"
    )


class LinePart(Value):
    """What one balloon or caption holds: a line, or a piece of one cut at a natural joint.

    `span` is the piece's own place in the source; `place` is the rough corner of the panel it should sit in.
    `sfx` parts are drawn letters; their `text` may be the artist's word for a sound that the source only describes.
    """

    key: str = Field(pattern=PART_KEY)
    line: str
    kind: LineKind | Literal["sfx"]
    text: str = Field(min_length=1)
    ruby: tuple[Ruby, ...] = ()
    span: Span
    speaker: str | None = None
    confidence: Share = 1.0
    off_panel: bool = False
    place: Literal["auto", "top_right", "top_left", "bottom_right", "bottom_left"] = "auto"


class DialogueLayout(Value):
    """The parts of one panel in reading order."""

    parts: tuple[LinePart, ...] = Field(default=(), max_length=6)


class PanelDraft(Value):
    """A panel without geometry. `key` is its first beat, with `+n` for further panels of the same beat."""

    key: str = Field(pattern=PANEL_KEY)
    beats: tuple[str, ...] = Field(min_length=1)
    scene: str
    role: Role
    importance: int = Field(ge=1, le=5)
    direction: SceneDirection
    dialogue: DialogueLayout = DialogueLayout()

    def names(self) -> frozenset[str]:
        """The keys of the panel, its lines and their parts: by each of them a wish may mean it."""
        return frozenset((self.key, *(key for part in self.dialogue.parts for key in (part.key, part.line))))


def words_said(panels: Iterable[PanelDraft]) -> dict[str, str]:
    """What the panels say of each line, by its key; drawn sounds say nothing of it."""
    said: dict[str, str] = {}
    for part in (part for panel in panels for part in panel.dialogue.parts if part.kind != "sfx"):
        said[part.line] = said.get(part.line, "") + part.text
    return said


Half: TypeAlias = Literal["", "first", "second"]
"""Of a spread; empty for all other pages."""


class PageDraft(Value):
    """A page without geometry. `strips` are the stretches of its panels in a book of strips.

    A `spread` is one panel over this page and the one that faces it, which is none of its own in a draft. `hook` and
    `pace` are what the page was planned with; code knows them.
    """

    key: str = Field(pattern=r"^g\d{3,4}$")
    number: int = Field(ge=1)
    panels: tuple[PanelDraft, ...] = Field(min_length=1, max_length=MOST_PANELS)
    strips: tuple[Strip, ...] = Field(default=(), max_length=3, exclude_if=is_empty)
    spread: bool = Field(default=False, exclude_if=is_empty)
    hook: SkipJsonSchema[str] = ""
    pace: SkipJsonSchema[str] = ""


class StoryboardDraft(Value):
    """What a model answers: everything but geometry. `losses` are what of its answers is not in it as it was said."""

    pages: tuple[PageDraft, ...] = Field(min_length=1, max_length=MAX_PAGES)
    losses: SkipJsonSchema[tuple[Loss, ...]] = ()


class PanelFrame(Value):
    """A panel's border on its page. `bleeds` names the trim edges it runs over."""

    key: str = Field(pattern=PANEL_KEY)
    polygon: Polygon
    importance: int = Field(ge=1, le=5)
    bleeds: tuple[Literal["top", "bottom", "left", "right"], ...] = ()
    borderless: bool = False


class BreakoutRoom(Value):
    """Somebody who may stand before his panel's border, and how far beyond each side of its box, millimetres.

    One who is `standing` is shown whole, higher than the panel is.
    """

    character: str
    top: float = Field(default=0.0, ge=0)
    right: float = Field(default=0.0, ge=0)
    bottom: float = Field(default=0.0, ge=0)
    left: float = Field(default=0.0, ge=0)
    standing: bool = False


class PanelLayout(Value):
    """コマ割り of one page: frames in reading order; polygons in millimetres from the trim's top left.

    `heads` are the titles over the strips of a page that is not laid out freely.
    """

    frames: tuple[PanelFrame, ...]
    flow: Literal["rtl", "ltr"]
    emphasis: tuple[str, ...] = ()
    name: LayoutName = Field(default="free", exclude_if=is_empty)
    heads: tuple[StripHead, ...] = Field(default=(), exclude_if=is_empty)


class StoryPage(Value):
    """A page of the storyboard: panels and their frames. The second half of a spread has neither."""

    key: str
    number: int
    side: Side
    layout: PanelLayout
    panels: tuple[PanelDraft, ...]
    strips: tuple[Strip, ...] = Field(default=(), max_length=3, exclude_if=is_empty)
    spread: Half = Field(default="", exclude_if=is_empty)
    hook: str = ""
    pace: str = ""

    def frame(self, key: str) -> PanelFrame:
        return next(f for f in self.layout.frames if f.key == key)


class Storyboard(Value):
    """The result of the phase."""

    pages: tuple[StoryPage, ...] = Field(min_length=1, max_length=MAX_PAGES)
    losses: tuple[Loss, ...] = Field(default=(), description="what of an answer is not in it as it was said")
    notes: tuple[EditorNote, ...] = Field(default=(), description="what its proof-reader found and nothing has mended")

    def panels(self) -> tuple[PanelDraft, ...]:
        return tuple(panel for page in self.pages for panel in page.panels)
