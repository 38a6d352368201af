"""Dirty texts make sensible books, or are refused in so many words."""

import pytest

from cli.draw_options import decode
from manga.brief import MAX_PAGES
from manga.errors import BriefRejected
from manga.plot import LineKind
from tests.offline.dirty_texts import BOOKS, REFUSED
from tests.offline.stories import lines_of, read_all


def text_of(sent: str | bytes) -> str:
    return decode(sent if isinstance(sent, bytes) else sent.encode(), "story")[0]


@pytest.mark.parametrize("name", BOOKS)
def test_title_cast_and_talk_are_found_in(name: str) -> None:
    sent, title, people, spoken = BOOKS[name]
    concept, cast, plot = read_all(text_of(sent))
    known = {word for c in cast.characters for called in (c.name, *c.aliases) for word in (called, *called.split())}
    said = [line for line in lines_of(plot) if line.kind is not LineKind.NARRATION]
    assert concept.title == title
    assert people <= known
    assert len(said) == spoken


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_remedy_is(name: str) -> None:
    with pytest.raises(BriefRejected) as refused:
        read_all(text_of(REFUSED[name]))
    assert (refused.value.code, bool(refused.value.remedy)) == ("brief_rejected", True)


@pytest.mark.slow
def test_a_hundred_thousand_characters_make_a_book_of_no_more_pages_than_any() -> None:
    story = "　権太は川へ行った。狐が泣いていた。\n「どうした」と権太は言った。\n" * 2850
    concept, cast, plot = read_all(story)
    assert concept.title == "権太は川へ行った"
    assert {c.name for c in cast.characters} == {"権太", "狐"}
    assert len(plot.pages) <= MAX_PAGES
