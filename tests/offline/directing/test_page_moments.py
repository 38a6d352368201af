"""Which moments a page has."""

from manga.brief import Language
from manga.text_capacity import MEASURES
from offline.directing.page_moments import FULL, pages_of
from tests.offline.storyboard_plots import Teller, inputs, scene

MEASURE = MEASURES[Language.JA]


def _replies(*said: int) -> list[list[str]]:
    return [[f"{page}の{n}だ。" for n in range(many)] for page, many in enumerate(said)]


def _talks(*said: int) -> list[list[str]]:
    """Pages of so many short replies each, and what is said on each page of the book."""
    teller = Teller()
    pages = [
        [teller.beat(teller.line(f"{page}の{n}だ。", "c01")) for n in range(many)] for page, many in enumerate(said)
    ]
    plan = tuple(tuple(beat.key for beat in beats) for beats in pages)
    plot = inputs(scene(1, *(beat for beats in pages for beat in beats)), pages=plan).plot
    return [[moment.line.text for moment in page if moment.line] for page in pages_of(plot, MEASURE)]


def test_a_page_too_full_of_replies_hands_its_first_or_last_to_a_page_with_room() -> None:
    before, full, after = _talks(8, 14, 6)
    assert len(full) == FULL
    assert [*before, *full, *after] == [text for page in _replies(8, 14, 6) for text in page]


def test_pages_that_are_all_full_keep_what_they_have() -> None:
    assert [len(page) for page in _talks(13, 13, 13)] == [13, 13, 13]
