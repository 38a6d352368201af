"""Pages of short comic strips instead of one free layout: 4-koma in columns, newspaper strips in rows.

A strip is a little story of three or four panels under a title of its own.
"""

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

from pydantic import Field

from manga.geometry import Rect
from manga.values import Value

LayoutName: TypeAlias = Literal["free", "yonkoma", "strip"]
"""`free`: every page is cut for its content. `yonkoma`: two columns of four panels. `strip`: rows of three or four."""

STRIP_PANELS = 4
STRIPS_A_PAGE: dict[LayoutName, int] = {"free": 0, "yonkoma": 2, "strip": 3}
MOST_PANELS = STRIP_PANELS * STRIPS_A_PAGE["strip"]
"""Of any page."""


def is_empty(value: Any) -> bool:
    """Fields that only pages of strips have are left out of the JSON of all others: what was made before reads the
    same."""
    return not value or value == "free"


class Strip(Value):
    """A stretch of a page's panels that reads as one little story."""

    title: str = Field(default="", max_length=60)
    panels: int = Field(ge=1, le=2 * STRIP_PANELS)


class StripHead(Value):
    """Where a strip's title stands, millimetres; `panel` is the first panel under it."""

    panel: str
    title: str
    box: Rect


def strips_of(count: int, given: Sequence[Strip], layout: LayoutName) -> tuple[Strip, ...]:
    """The strips that `count` panels fall into: those given where they add up, else even ones with the same titles.

    None in a free layout. A page of too many panels has longer strips, never more of them.
    """
    if layout == "free":
        return ()
    most = STRIPS_A_PAGE[layout]
    if sum(strip.panels for strip in given) == count and len(given) <= most:
        return tuple(given)
    number = max(1, min(most, -(-count // STRIP_PANELS)))
    ends = [-(-count * n // number) for n in range(number + 1)]
    titles = [*(strip.title for strip in given), *[""] * number]
    return tuple(Strip(title=titles[n], panels=ends[n + 1] - ends[n]) for n in range(number))
