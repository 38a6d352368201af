"""Paper formats and page sides, in millimetres.

Trim sizes and live areas of B5, A5 and B4 follow common printers' templates for manga manuscripts
(B4: trim 220 x 310, live area 180 x 270, bleed 5; B5: 182 x 257, 150 x 220, 3), tankobon is the small
shonen format 112 x 174.
"""

from enum import StrEnum

from manga.geometry import Rect
from manga.values import Value


class PaperName(StrEnum):
    """The formats on offer."""

    B5 = "B5"
    A5 = "A5"
    B4 = "B4"
    TANKOBON = "tankobon"


class Direction(StrEnum):
    """Which way panels, balloons and pages are read."""

    RTL = "rtl"
    LTR = "ltr"


class Side(StrEnum):
    """Of an open book, as it lies before the reader."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> "Side":
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


class Paper(Value):
    """One format. The live area is centred on the trim; text keeps `text_margin_mm` inside the trim."""

    name: PaperName
    trim_width_mm: float
    trim_height_mm: float
    live_width_mm: float
    live_height_mm: float
    bleed_mm: float
    text_margin_mm: float

    @property
    def scale(self) -> float:
        """Size relative to the B4 manuscript on which the trade's measures are given."""
        return self.trim_width_mm / 220.0

    @property
    def trim(self) -> Rect:
        return Rect(x=0, y=0, width=self.trim_width_mm, height=self.trim_height_mm)

    @property
    def bleed(self) -> Rect:
        return self.trim.inset(-self.bleed_mm)

    @property
    def live(self) -> Rect:
        """The frame that panels keep to (基本枠)."""
        return Rect(
            x=(self.trim_width_mm - self.live_width_mm) / 2,
            y=(self.trim_height_mm - self.live_height_mm) / 2,
            width=self.live_width_mm,
            height=self.live_height_mm,
        )

    @property
    def text_area(self) -> Rect:
        return self.trim.inset(self.text_margin_mm)


def _paper(name: PaperName, trim: tuple[float, float], live: tuple[float, float], bleed: float, margin: float) -> Paper:
    return Paper(
        name=name,
        trim_width_mm=trim[0],
        trim_height_mm=trim[1],
        live_width_mm=live[0],
        live_height_mm=live[1],
        bleed_mm=bleed,
        text_margin_mm=margin,
    )


PAPERS: dict[PaperName, Paper] = {
    PaperName.B5: _paper(PaperName.B5, (182, 257), (150, 220), 3, 10),
    PaperName.A5: _paper(PaperName.A5, (148, 210), (122, 180), 3, 8),
    PaperName.B4: _paper(PaperName.B4, (220, 310), (180, 270), 5, 12),
    PaperName.TANKOBON: _paper(PaperName.TANKOBON, (112, 174), (92, 150), 3, 6.5),
}


def first_side(direction: Direction) -> Side:
    """Page 1 of a right-to-left book lies on the left, so that the turn comes after it; left-to-right mirrors this."""
    return Side.LEFT if direction is Direction.RTL else Side.RIGHT


def side_of(number: int, start_side: Side) -> Side:
    """The side of a page by its number (1-based) and the side of page 1."""
    return start_side if number % 2 == 1 else start_side.other


def turns_after(side: Side, direction: Direction) -> bool:
    """Whether the reader turns the leaf after a page on this side."""
    return side is first_side(direction)
