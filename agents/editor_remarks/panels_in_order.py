"""The panels of a book in reading order, each with its neighbours, page and words: what the rules read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pydantic import JsonValue

from agents.appearance_timeline import Bible
from agents.changed_appearance import dressed
from manga.characters import Cast, Character
from manga.continuity import State, States
from manga.editor_remarks import Fix, Remark, Rule
from manga.edits import ChangeType
from manga.geometry import bounds
from manga.paper import Direction
from manga.storyboard import LinePart, PanelDraft, Storyboard, StoryPage
from manga.values import Span

VOICES = frozenset({"speech", "shout", "whisper", "thought", "monologue", "telephone"})


@dataclass(frozen=True)
class Seat:
    """A panel in its place: its page and its index on it."""

    page: StoryPage
    index: int

    @property
    def panel(self) -> PanelDraft:
        return self.page.panels[self.index]

    @property
    def last(self) -> bool:
        """Whether it ends its page."""
        return self.index == len(self.page.panels) - 1

    @property
    def share(self) -> float:
        """Its part of the page's panels, 0..1, by the boxes of the frames."""
        boxes = {frame.key: bounds(frame.polygon) for frame in self.page.layout.frames}
        whole = sum(box.width * box.height for box in boxes.values())
        mine = boxes[self.panel.key]
        return mine.width * mine.height / whole if whole else 1.0


@dataclass(frozen=True)
class Sheet:
    """A storyboard on the editor's desk. `vertical` is Japanese lettering."""

    storyboard: Storyboard
    cast: Cast
    direction: Direction
    vertical: bool
    bible: Bible

    @cached_property
    def seats(self) -> tuple[Seat, ...]:
        return tuple(Seat(page, n) for page in self.storyboard.pages for n in range(len(page.panels)))

    @cached_property
    def states(self) -> dict[str, States]:
        """How those in a panel look by then, by the panel's key."""
        return self.bible.panels(self.storyboard)

    def seat_of(self, beat: str) -> Seat | None:
        """The first panel that shows a beat."""
        return next((seat for seat in self.seats if beat in seat.panel.beats), None)

    def earlier(self, span: Span, seat: Seat) -> bool:
        """Whether something is told before the beats that a panel shows."""
        told = self.bible.beats.get(seat.panel.beats[0])
        return told is not None and span.end <= told.beat.span.start

    def dressed(self, key: str, state: State) -> Character | None:
        """Somebody as he is in that state."""
        person = self.cast.get(key)
        return dressed(person, state) if person else None

    def name(self, key: str) -> str:
        person = self.cast.get(key)
        return person.name if person else key

    def runs(self, length: int) -> Iterator[tuple[Seat, ...]]:
        """Every stretch of so many panels."""
        return zip(*(self.seats[n:] for n in range(length)), strict=False)

    @property
    def ahead(self) -> float:
        """The sign of x in reading direction."""
        return -1.0 if self.direction is Direction.RTL else 1.0


def words_of(panel: PanelDraft) -> tuple[LinePart, ...]:
    """What is read in it, drawn sounds apart."""
    return tuple(part for part in panel.dialogue.parts if part.kind != "sfx")


def remark(rule: Rule, seat: Seat, reason: str, fix: Fix | None = None, element: str | None = None) -> Remark:
    """A mark on a panel."""
    key = seat.panel.key
    return Remark(rule=rule, page=seat.page.number, panel=key, element=element or key, reason=reason, fix=fix)


def fix(element: str, label: str, data: Mapping[str, JsonValue], *, by: ChangeType = "selection") -> Fix:
    """One edit."""
    return Fix(change_type=by, element_id=element, change_data=dict(data), label=label)
