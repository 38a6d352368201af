"""The page plan: how many pages, which beats on each, what is left out."""

import pytest

from manga.brief import MAX_PAGES, Language
from manga.fit_story_to_pages import plan_book
from manga.page_planning import cuts, page_budget
from manga.plot import Beat, PagePlan, Scene
from tests.offline.storyboard_plots import Teller, scene

SENTENCE = "ごんは村の小川の堤まで出て来ました、すすきの穂には雨のしずくが光っていました。"


def _told(count: int, teller: Teller | None = None) -> tuple[Beat, ...]:
    teller = teller or Teller()
    return tuple(teller.beat(teller.line(SENTENCE)) for _ in range(count))


def _chars(scenes: tuple[Scene, ...]) -> int:
    return sum(beat.span.end - beat.span.start for found in scenes for beat in found.beats)


def _plan(scenes: tuple[Scene, ...], pages: int | None = None, fidelity: str = "faithful") -> tuple[PagePlan, ...]:
    return plan_book(scenes, Language.JA, _chars(scenes), pages, fidelity).pages


def test_five_thousand_japanese_characters_fill_22_to_26_pages() -> None:
    scenes = (scene(1, *_told(124)),)
    assert 4800 <= _chars(scenes) <= 5100
    assert 22 <= len(_plan(scenes)) <= 26


def test_the_budget_is_the_greatest_of_balloons_letters_and_source() -> None:
    teller = Teller()
    chatter = scene(1, *(teller.beat(teller.line("うん", "c01")) for _ in range(65)))
    assert page_budget((chatter,), Language.JA, 130) == 10
    assert page_budget((chatter,), Language.JA, 2640) == 12
    assert page_budget((scene(1, *_told(1)),), Language.EN, 742) == 2


def test_a_sentence_is_one_page() -> None:
    assert len(_plan((scene(1, *_told(1)),))) == 1


def test_no_story_makes_more_than_64_pages() -> None:
    teller = Teller()
    scenes = tuple(scene(n, *_told(60, teller)) for n in range(1, 51))
    assert len(_plan(scenes)) == MAX_PAGES


def test_every_beat_stands_on_a_page_in_order() -> None:
    scenes = (scene(1, *_told(50)),)
    shown = [key for page in _plan(scenes) for key in page.beats]
    assert list(dict.fromkeys(shown)) == [beat.key for beat in scenes[0].beats]
    assert cuts(scenes, _plan(scenes)) == ()


@pytest.mark.parametrize("pages", [1, 3, 9, 20])
def test_a_wish_for_pages_wins(pages: int) -> None:
    plans = _plan((scene(1, *_told(50)),), pages)
    assert [plan.number for plan in plans] == list(range(1, pages + 1))


def test_too_few_pages_cut_the_least_important_beats_and_name_them() -> None:
    teller = Teller()
    beats = tuple(teller.beat(teller.line(SENTENCE), importance=1 + 4 * (n % 10 == 0)) for n in range(60))
    scenes = (scene(1, *beats),)
    plans = _plan(scenes, 3)
    shown = {key for plan in plans for key in plan.beats}
    assert {beat.key for beat in beats if beat.importance == 5} <= shown
    assert len(cuts(scenes, plans)) == len(beats) - len(shown) > 0


def test_an_adaptation_takes_at_most_ten_pages() -> None:
    scenes = (scene(1, *_told(124)),)
    assert len(_plan(scenes, None, "adapted")) <= 10


def test_pages_end_where_scenes_end() -> None:
    teller = Teller()
    scenes = tuple(scene(n, *_told(11, teller)) for n in range(1, 7))
    lasts = {found.beats[-1].key for found in scenes}
    ends = [plan.beats[-1] for plan in _plan(scenes)]
    assert len(lasts & set(ends)) >= 5


def test_what_is_revealed_opens_the_page_after_a_turn() -> None:
    teller = Teller()
    beats = [teller.beat(teller.line(SENTENCE)) for _ in range(60)]
    beats[17] = beats[17].model_copy(update={"reveal": True, "importance": 5})
    plans = _plan((scene(1, *beats),))
    page = next(plan for plan in plans if beats[17].key in plan.beats)
    assert page.beats[0] == beats[17].key
    assert page.number % 2 == 0
    assert plans[page.number - 2].hook == SENTENCE


def test_a_speech_longer_than_a_page_runs_over_several() -> None:
    teller = Teller()
    speech = teller.beat(teller.line("おれはあれからずっと考えていたが、どうもそりゃ神さまだ。" * 20, "c01"))
    plans = _plan((scene(1, *_told(3, teller), speech, *_told(3, teller)),))
    assert sum(speech.key in plan.beats for plan in plans) >= 4
