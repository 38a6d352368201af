"""A storyboard planned before it is drawn: which page carries what, how it breathes, and who stands on which side.

For models whose questions have a limited room: one question answers with a `BookPlan`, then the pages are asked
for in batches, each with the `PageTask`s of its own pages and the `Neighbour`s around them.
"""

import re
from functools import partial
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import BeforeValidator, Field

from manga.brief import MAX_PAGES
from manga.comic_strips import is_empty
from manga.losses import AnswerWithLosses, Loss, Path, read_loss, shortened
from manga.phases import Phase
from manga.plot import Emotion, Ground, LineKind, PagePlan, TimeOfDay, Weather
from manga.plot_draft import ChangeDraft, DeedDraft
from manga.storyboard import PANEL_KEY, PART_KEY, LinePart, PageDraft, SceneDirection
from manga.values import Share, Value

MOST_PANELS = 9
"""Of one page."""

Pace = Literal["open", "calm", "talk", "tense", "fast", "quiet"]


_SET_BY_CODE: Final[dict[str, frozenset[str]]] = {
    LinePart.__name__: frozenset({"span", "ruby", "confidence"}),
    SceneDirection.__name__: frozenset({"place", "flashback", "presents", "in_frame"}),
}
"""Of every part and panel, whatever is answered: nobody need write it."""
_UNASKED: Final = frozenset({"Span", "Ruby"})
"""Types of these."""
Hook: TypeAlias = Annotated[str, BeforeValidator(partial(shortened, most=200)), Field(max_length=200)]
Weight: TypeAlias = Annotated[int, Field(ge=1, le=5)]


class OutlineLine(Value):
    """What somebody says. Of a long line the beginning; `letters` counts all of it then."""

    speaker: str | None = None
    text: str
    letters: int = 0


class OutlineBeat(Value):
    """A beat as far as a page plan needs it. `lines` are what is said in it, in order, `must` is what of its narration
    has to be read, `needs` the beats that it makes no sense without. `place`
    is where it plays, if elsewhere than its scene."""

    key: str
    told: str = ""
    present: tuple[str, ...] = ()
    emotion: Emotion = Emotion.NEUTRAL
    importance: int = 2
    reveal: bool = False
    lines: tuple[OutlineLine, ...] = ()
    must: str = ""
    needs: tuple[str, ...] = ()
    place: str = ""


class OutlineScene(Value):
    """A scene and its beats in the order of telling; `left_out` is what of it no reader will be told, `room`
    how often more panels were wished for of its moments (below 0: fewer)."""

    key: str
    place: str = ""
    time_of_day: TimeOfDay = TimeOfDay.DAY
    importance: int = 3
    emotion: Emotion = Emotion.NEUTRAL
    flashback: bool = False
    what_happens: str = ""
    beats: tuple[OutlineBeat, ...]
    left_out: tuple[str, ...] = ()
    room: int = 0


class Outline(Value):
    """The plot in brief. `pages` is how the plot shares it out, a proposal."""

    scenes: tuple[OutlineScene, ...]
    pages: tuple[PagePlan, ...]


class Limits(Value):
    """What a plan must keep to. `panels` None: as many as the pages need."""

    pages: int = Field(ge=1)
    panels: int | None = Field(default=None, ge=1)

    def told(self) -> dict[str, int]:
        """Those that somebody has set: that no book is longer than any book may be says nothing."""
        named = {"pages": self.pages if self.pages < MAX_PAGES else None, "panels": self.panels}
        return {name: most for name, most in named.items() if most is not None}


class PlannedPage(Value):
    """One page. `weights` has one number a panel, in reading order: 5 fills most of the page, 1 is a glance.

    `big` is the beat that the heaviest panel shows; `hook` what the page holds back until the next one. `together` are
    beats that share one panel.
    """

    number: int = Field(ge=1)
    beats: tuple[str, ...] = Field(min_length=1)
    weights: tuple[Weight, ...] = Field(min_length=1, max_length=MOST_PANELS)
    big: str = ""
    hook: Hook = ""
    pace: Pace = "calm"
    together: tuple[tuple[str, ...], ...] = Field(
        default=(), max_length=MOST_PANELS, description="beats that share one panel, a row each"
    )
    more: tuple[str, ...] = Field(
        default=(), max_length=MOST_PANELS, exclude_if=is_empty, description="beats of the panels beyond one a beat"
    )

    @property
    def key(self) -> str:
        return f"g{self.number:03d}"


class PageLine(Value):
    """A line as pages are drawn up from it: without its place in the source. `whole` is all of one that is abridged,
    `must` what of a told one only words can tell."""

    key: str
    kind: LineKind
    text: str
    speaker: str | None = None
    confidence: Share = 1.0
    addressee: str | None = None
    whole: str = ""
    must: str = ""


class PageBeat(Value):
    """A beat as pages are drawn up from it. `told` is empty where the told lines say it all."""

    key: str
    told: str = ""
    lines: tuple[PageLine, ...] = ()
    present: tuple[str, ...] = ()
    emotion: Emotion = Emotion.NEUTRAL
    importance: int = 2
    action: str = ""
    deeds: tuple[DeedDraft, ...] = ()
    changes: tuple[ChangeDraft, ...] = ()
    props: tuple[str, ...] = ()
    sound: str = ""
    reveal: bool = False
    place: str = Field(default="", exclude_if=is_empty)
    setting: str = Field(default="", exclude_if=is_empty)
    time_of_day: TimeOfDay | None = Field(default=None, exclude_if=is_empty)
    weather: Weather | None = Field(default=None, exclude_if=is_empty)
    ground: Ground | None = Field(default=None, exclude_if=is_empty)
    flashback: bool = Field(default=False, exclude_if=is_empty)


class PageScene(Value):
    """A scene as pages are drawn up from it. `by_then` is what of people's looks and hands has changed before."""

    key: str
    place: str = ""
    setting: str = ""
    time_of_day: TimeOfDay = TimeOfDay.DAY
    weather: Weather = Weather.CLEAR
    ground: Ground = Ground.DRY
    what_happens: str = ""
    emotion: Emotion = Emotion.NEUTRAL
    importance: int = 3
    flashback: bool = False
    room: int = Field(default=0, exclude_if=is_empty)
    by_then: tuple[ChangeDraft, ...] = ()
    beats: tuple[PageBeat, ...]


class Sides(Value):
    """The 180° line of a scene: who stands on the side that is read first, who on the other. Keys of the cast."""

    scene: str
    read_first: tuple[str, ...] = ()
    read_last: tuple[str, ...] = ()


class BookPlan(AnswerWithLosses):
    """What a model answers to the question for a plan."""

    pages: tuple[PlannedPage, ...] = Field(min_length=1, max_length=MAX_PAGES)
    sides: tuple[Sides, ...] = Field(default=(), max_length=200)

    def loss_of(self, path: Path, said: str, read: str | None) -> Loss:
        """The element is the key of the page as it is counted."""
        return read_loss(Phase.STORYBOARD, f"g{int(path[1]) + 1:03d}", path, said, read)


class PageTask(PlannedPage):
    """A page to be drawn up: the plan's words, the keys of the lines it shows, and whether the leaf is turned after
    it. `pieces` has the words of those lines that go on over a leaf, as far as this page shows them; `unused` are those
    of its lines that no page says so far; `room` counts the letters that it holds at most, where some are abridged."""

    lines: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    pieces: dict[str, str] = Field(default_factory=dict)
    turned: bool = False
    room: int = 0


class LeftOut(Value):
    """A moment of a scene that the book does not show."""

    scene: str
    told: str


class Neighbour(Value):
    """A page beside those that are asked for: what it carries, and how it weighs."""

    number: int
    told: tuple[str, ...] = ()
    scenes: tuple[str, ...] = ()
    weights: tuple[Weight, ...] = ()
    hook: str = ""


class StoryboardPages(AnswerWithLosses):
    """What a model answers to the question for some pages of a storyboard, numbered as asked.

    What code sets anyway may be missing or misspelt: keys, the scene, places of words. Descriptions that run too long
    are cut, and that is told: no call is worth repeating for them.
    """

    pages: tuple[PageDraft, ...] = Field(min_length=1, max_length=MAX_PAGES)

    @classmethod
    def model_json_schema(cls, *args: Any, **more: Any) -> dict[str, Any]:
        """Without what code sets of every part and panel."""
        schema = super().model_json_schema(*args, **more)
        types = {name: one for name, one in schema["$defs"].items() if name not in _UNASKED}
        for kind, unasked in _SET_BY_CODE.items():
            kept = {name: field for name, field in types[kind]["properties"].items() if name not in unasked}
            required = [name for name in types[kind]["required"] if name not in unasked]
            types[kind] = {**types[kind], "properties": kept, "required": required}
        return {**schema, "$defs": types}

    def as_asked(self) -> dict[str, Any]:
        told = super().as_asked()
        for page in told["pages"]:
            for name in ("hook", "pace"):
                page.pop(name, None)
            for panel in page["panels"]:
                parts = panel.get("dialogue", {}).get("parts", ())
                pairs = [(SceneDirection.__name__, panel["direction"]), *((LinePart.__name__, part) for part in parts)]
                for kind, written in pairs:
                    for name in _SET_BY_CODE[kind]:
                        written.pop(name, None)
        return told

    def loss_of(self, path: Path, said: str, read: str | None) -> Loss:
        """The element is the place of the page and of the panel on it, `0.3`, counted from 0."""
        element = ".".join(str(step) for step in path[1:4:2] if isinstance(step, int))
        return read_loss(Phase.STORYBOARD, element, path, said, read)

    @classmethod
    def completed(cls, data: Any) -> Any:
        if not isinstance(data, dict) or not isinstance(data.get("pages"), list):
            return data
        return {**data, "pages": [_completed_page(page) for page in data["pages"]]}


_LONGEST: Final = {"seen": 400, "lighting": 80, "place": 120, "setting": 40, "props": 6, "effects": 3, "figures": 6}


def _completed_page(page: Any) -> Any:
    if not isinstance(page, dict) or not isinstance(page.get("panels"), list):
        return page
    number = page.get("number")
    key = f"g{number:03d}" if isinstance(number, int) and 0 < number < 10_000 else "g000"
    return {**page, "key": _key(page, r"^g\d{3,4}$", key), "panels": [_completed_panel(one) for one in page["panels"]]}


def _completed_panel(panel: Any) -> Any:
    beats = panel.get("beats") if isinstance(panel, dict) else None
    if not isinstance(beats, list) or not beats:
        return panel
    found = {"scene": "", **panel, "key": _key(panel, PANEL_KEY, str(beats[0]))}
    if isinstance(shown := panel.get("direction"), dict):
        cut = {name: _within(shown[name], most) for name, most in _LONGEST.items() if name in shown}
        found["direction"] = {"setting": "", **shown, **cut}
    if isinstance(said := panel.get("dialogue"), dict) and isinstance(said.get("parts"), list):
        found["dialogue"] = {**said, "parts": [_completed_part(part) for part in said["parts"]]}
    return found


def _within(value: Any, most: int) -> Any:
    return value[:most] if isinstance(value, list) else shortened(value, most)


def _completed_part(part: Any) -> Any:
    if not isinstance(part, dict):
        return part
    return {"span": {"start": 0, "end": 0}, **part, "key": _key(part, PART_KEY, "l0000.1")}


def _key(thing: dict[str, Any], pattern: str, otherwise: str) -> str:
    key = thing.get("key")
    return key if isinstance(key, str) and re.match(pattern, key) else otherwise
