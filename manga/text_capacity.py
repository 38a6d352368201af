"""How much a balloon, a caption and a page hold in each language, in characters; how many texts a panel holds."""

from dataclasses import dataclass, replace

from manga.brief import Language

MUTE = 1.0
"""Balloons a page; a book in which there are fewer is told by its captions, whatever their share."""
TOLD_A_PAGE = 5
"""Captions of a page of such a book: fewer would leave much unsaid that no picture shows, more would be an illustrated
text."""

WIDE_PANEL = 0.55
"""Of the live area's width."""


def texts_held(width: float, live_width: float) -> int:
    """The most balloons and captions of a panel so wide."""
    return 3 if width > WIDE_PANEL * live_width else 2


@dataclass(frozen=True, slots=True)
class Measure:
    """Characters of a balloon, of one that reads with ease, of a caption; lettered and told characters of a page."""

    language: Language
    balloon: int
    comfortable: int
    caption: int
    page_letters: float
    page_most: int
    source_per_page: float


SMALL = 0.75
"""What a balloon of a small panel holds of a usual one."""


def in_small_panels(measure: Measure) -> Measure:
    """The same for pages of strips."""
    balloon, comfortable = round(measure.balloon * SMALL), round(measure.comfortable * SMALL)
    return replace(measure, balloon=balloon, comfortable=comfortable, caption=round(measure.caption * SMALL))


MEASURES = {
    Language.JA: Measure(Language.JA, 32, 21, 35, 110.0, 158, 220.0),
    Language.EN: Measure(Language.EN, 95, 64, 96, 480.0, 700, 570.0),
}
