"""How much of a page is told in captions."""

from manga.brief import Language
from manga.measures import MEASURES
from manga.plot import Beat
from providers.offline.panels.captions import CAPTIONS_A_PAGE, with_captions
from providers.offline.panels.moments import Moment, moments_of
from tests.providers.offline.storyboard_plots import Teller, scene

MEASURE = MEASURES[Language.JA]
TOLD = "ごんは村の小川の堤まで出て来ました。"
LONG = "空はからっと晴れていて、もずの声がきんきん、ひびいていましたので、ごんはほっとして、穴からはい出しました。"


def _pages(count: int, teller: Teller, *texts: str, said: int = 0) -> list[list[Moment]]:
    found = []
    for _ in range(count):
        beats = [teller.beat(teller.line(text)) for text in texts]
        beats += [teller.beat(teller.line("そうだなあ。", "c01")) for _ in range(said)]
        found.append([moment for beat in beats for moment in _moments(beat)])
    return found


def _moments(beat: Beat) -> tuple[Moment, ...]:
    return moments_of(beat, scene(1, beat), MEASURE)


def _captions(page: list[Moment]) -> list[str]:
    return [part.text for moment in page if moment.purpose == "told" for part in moment.parts]


def test_where_people_speak_a_page_has_at_most_two_captions() -> None:
    for page in with_captions(_pages(8, Teller(), *[TOLD] * 6, said=3), MEASURE):
        assert len(_captions(page)) <= CAPTIONS_A_PAGE


def test_a_book_that_nobody_speaks_in_is_told_by_its_captions() -> None:
    pages = with_captions(_pages(8, Teller(), *[TOLD] * 6), MEASURE)
    assert all(len(_captions(page)) > CAPTIONS_A_PAGE for page in pages)


def test_a_long_sentence_is_given_whole_where_nobody_speaks() -> None:
    for page in with_captions(_pages(8, Teller(), LONG, LONG), MEASURE):
        assert LONG in "".join(_captions(page))


def test_a_page_full_of_balloons_bears_no_caption() -> None:
    for page in with_captions(_pages(8, Teller(), TOLD, said=8), MEASURE):
        assert _captions(page) == []
