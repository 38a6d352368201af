"""The values of an editor's remarks (赤入れ) on a storyboard, before anything is drawn."""

from enum import StrEnum

from pydantic import Field, JsonValue

from manga.edits import ChangeType
from manga.values import Value


class Rule(StrEnum):
    """What a remark is about. The order is the order of the report."""

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
    reason: str = Field(max_length=240)
    fix: Fix | None = None
