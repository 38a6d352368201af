"""Phase 1: what kind of book this is."""

from enum import StrEnum

from pydantic import Field

from manga.brief import Language
from manga.paper import Direction, Side, side_of, turns_after
from manga.values import Value


class Genre(StrEnum):
    """What kind of story it is; the first of several leads."""

    DRAMA = "drama"
    FOLK_TALE = "folk_tale"
    FANTASY = "fantasy"
    MYSTERY = "mystery"
    HORROR = "horror"
    ROMANCE = "romance"
    COMEDY = "comedy"
    ADVENTURE = "adventure"
    SCIENCE_FICTION = "science_fiction"
    SCHOOL = "school"
    SLICE_OF_LIFE = "slice_of_life"
    HISTORICAL = "historical"


class Period(StrEnum):
    """When the story plays; decides clothes and houses."""

    MODERN = "modern"
    EARLY_MODERN = "early_modern"  # Meiji to early Showa, or Victorian to 1930s
    OLD_JAPAN = "old_japan"
    OLD_CHINA = "old_china"
    MEDIEVAL = "medieval"
    FUTURE = "future"


class Culture(StrEnum):
    """Whose houses, clothes and things a story has."""

    JAPAN = "japan"
    CHINA = "china"
    WEST = "west"
    ELSEWHERE = "elsewhere"


class World(Value):
    """Where and when the story plays, and what holds there."""

    place: str = Field(max_length=200)
    period: Period
    rules: tuple[str, ...] = ()
    culture: Culture | None = Field(default=None, description="whose houses, clothes and things the story has")


class Concept(Value):
    """The result of the phase."""

    title: str = Field(min_length=1, max_length=120)
    author: str | None = None
    logline: str = Field(max_length=400)
    theme: str = Field(max_length=200)
    genres: tuple[Genre, ...] = Field(min_length=1, max_length=4)
    target_readers: str = Field(max_length=80)
    world: World
    mood: str = Field(max_length=80)
    art_style: str = Field(max_length=80)
    direction: Direction
    start_side: Side
    language: Language

    def turned(self, number: int) -> bool:
        """Whether the reader turns the leaf after this page, where another one follows."""
        return turns_after(side_of(number, self.start_side), self.direction)
