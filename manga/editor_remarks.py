"""The values of an editor's remarks (赤入れ) on a storyboard, before anything is drawn."""

from enum import StrEnum
from typing import Final, Literal

from pydantic import Field, JsonValue

from manga.comic_strips import is_empty
from manga.edits import ChangeType
from manga.values import Value, on_one_line

MOST_REASON: Final = 300


class Rule(StrEnum):
    """What a remark is about. The order is the order of the report."""

    EDITOR = "editor"
    """What a model that proof-reads says, in its own words."""
    DOUBTFUL_SPEAKER = "doubtful_speaker"
    WEAK_HOOK = "weak_hook"
    CONTRADICTION = "contradiction"
    NO_NAME = "no_name"
    PLACE_NOT_SHOWN = "place_not_shown"
    ANSWER_FIRST = "answer_first"
    LINE_CROSSED = "line_crossed"
    SAME_DISTANCE = "same_distance"
    TILTED_TWICE = "tilted_twice"
    NO_SILENCE = "no_silence"
    NO_REACTION = "no_reaction"
    WEAK_TURN = "weak_turn"
    EQUAL_LAYOUTS = "equal_layouts"
    CROWDED_PAGE = "crowded_page"
    CROWDED_PANEL = "crowded_panel"
    LONG_BALLOON = "long_balloon"
    BREAKS_OFF = "breaks_off"
    FAR_AND_SMALL = "far_and_small"
    TALKING_HEADS = "talking_heads"
    NO_AFTERBEAT = "no_afterbeat"


class Fix(Value):
    """One edit that would mend it, as `manga.edits.SentEdit` takes it; on a lasting key."""

    change_type: ChangeType
    element_id: str = Field(max_length=40)
    change_data: dict[str, JsonValue]
    label: str = Field(max_length=120)


class Remark(Value):
    """One mark of the red pen. `page` is the page's number, `panel` a key; without a panel it is about the page."""

    rule: Rule
    page: int = Field(ge=1)
    panel: str | None = None
    element: str = Field(max_length=40, description="the key of what it is about: panel, page or part of a line")
    reason: str = Field(max_length=MOST_REASON)
    fix: Fix | None = None


class EditorNote(Value):
    """A fault that a reader would feel, and the phase that can mend it."""

    page: int = Field(ge=1)
    panel: str | None = None
    fault: str = Field(min_length=1, max_length=300)
    phase: Literal["concept", "characters", "plot", "storyboard", "artwork", "lettering"]

    @property
    def line(self) -> str:
        """In one line, without anything that a screen obeys: the words are a model's."""
        return f"{on_one_line(self.fault)} ({self.phase})"


class EditorNotes(Value):
    """What the desk editor marks in a storyboard or a finished book, the worst first; `mended` are the numbers of known
    faults that are there no more."""

    notes: tuple[EditorNote, ...] = Field(default=(), max_length=10)
    mended: tuple[int, ...] = Field(default=(), max_length=60, exclude_if=is_empty)
