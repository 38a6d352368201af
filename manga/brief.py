"""What a person sends: the story and what they wish for. Validated here, once, at the entrance."""

from enum import StrEnum
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import Field, StringConstraints

from manga.comic_strips import LayoutName, is_empty
from manga.paper import PaperName
from manga.values import Value

MAX_CHARACTERS = 100_000
MAX_PAGES = 400


class Language(StrEnum):
    """Of the story and its lettering."""

    JA = "ja"
    EN = "en"


Title: TypeAlias = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
StoryText: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=MAX_CHARACTERS)]
RubyLevel: TypeAlias = Literal["none", "rare", "all", "auto"]
"""`auto` is for adults, `none` takes even the text's own readings away."""

RUBY_OF_STYLE: Final[dict[str, RubyLevel]] = {"children": "all", "shonen": "rare", "shojo": "rare"}
"""Readings that go with a style that was asked for, where nothing is said of readings."""


class Settings(Value):
    """Wishes for the book. `auto` leaves the choice to the concept phase."""

    title: Title | None = None
    author: Title | None = None
    language: Literal["auto", "ja", "en"] = "auto"
    pages: Literal["auto"] | Annotated[int, Field(ge=1, le=MAX_PAGES)] = "auto"
    fidelity: Literal["faithful", "adapted"] = "faithful"
    direction: Literal["auto", "rtl", "ltr"] = "auto"
    start_side: Literal["auto", "left", "right"] = "auto"
    paper: PaperName = PaperName.B5
    layout: LayoutName = Field(default="free", exclude_if=is_empty)
    style: Literal["shonen", "shojo", "seinen", "children", "auto"] = "auto"
    color: Literal["mono", "color"] = "mono"
    ruby: RubyLevel = "auto"
    punctuation: Literal["magazine", "literal"] = "magazine"
    seed: int = Field(default=0, ge=0, le=2**31 - 1)
    max_images: Annotated[int, Field(ge=0, le=1000)] | None = None
    max_cost_usd: Annotated[float, Field(ge=0, le=10_000)] | None = None


class FeedbackMode(Value):
    """Whether and how long the work waits for a person after each phase."""

    enabled: bool = False
    timeout_seconds: int = Field(default=1800, ge=1, le=7 * 24 * 3600)
    on_timeout: Literal["approve", "hold"] = "approve"
    confirm_plans: bool = False


class Brief(Value):
    """One request: the story in plain text (ruby mark-up still in it) and the wishes."""

    text: StoryText
    request_id: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    ai_auto_settings: bool = True
    feedback_mode: FeedbackMode = FeedbackMode()
    settings: Settings = Settings()
    working_minutes: Annotated[int, Field(ge=1, le=24 * 60)] | None = Field(
        default=None,
        exclude_if=is_empty,
        description="how long the work may be worked on before what is missing is left out; null: by its size",
    )
