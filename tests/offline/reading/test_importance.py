"""Which moments of a story weigh most."""

from manga.brief import Language
from manga.plot import Beat, LineKind
from offline.reading.importance import ranked
from tests.offline.stories import read_all
from tests.offline.storyboard_plots import Teller


def _importance(*beats: Beat, opening: frozenset[str] = frozenset()) -> list[int]:
    return [beat.importance for beat in ranked(beats, opening, Language.JA)]


def _told(teller: Teller, text: str) -> Beat:
    return teller.beat(teller.line(text))


def _plain(teller: Teller, count: int) -> list[Beat]:
    return [_told(teller, "空はよく晴れていました。") for _ in range(count)]


def test_what_happens_all_at_once_weighs_more_than_the_weather() -> None:
    teller = Teller()
    turn = _told(teller, "そのとき、うしろの扉がいきなり倒れました。")
    found = _importance(*_plain(teller, 10), turn, *_plain(teller, 10))
    assert found[10] == 5 == max(found)


def test_words_that_are_read_in_the_story_weigh_more_than_small_talk() -> None:
    teller = Teller()
    sign = teller.line("料理はもうすぐできます。").model_copy(update={"kind": LineKind.SIGN})
    talk = [teller.beat(teller.line("そうだね。", "c01")) for _ in range(20)]
    found = _importance(*talk[:10], teller.beat(sign), *talk[10:])
    assert found[10] == max(found)


def test_the_beginning_of_a_scene_weighs_more_than_its_middle() -> None:
    teller = Teller()
    beats = _plain(teller, 21)
    found = _importance(*beats, opening=frozenset({beats[5].key}))
    assert found[5] > found[6]


def test_a_thing_that_comes_again_and_again_makes_its_moments_weigh() -> None:
    teller = Teller()
    beats = [
        beat.model_copy(update={"props": ("key",) if n in (3, 9, 15) else ()})
        for n, beat in enumerate(_plain(teller, 20))
    ]
    found = _importance(*beats)
    assert all(found[n] > 2 for n in (3, 9, 15))


def test_few_moments_are_great() -> None:
    teller = Teller()
    found = _importance(*_plain(teller, 100))
    assert found.count(5) == 6
    assert found.count(4) == 14


def test_an_apology_weighs_more_than_small_talk_of_the_same_length() -> None:
    teller = Teller()
    talk = [teller.beat(teller.line("今日は寒いね", "c01")) for _ in range(20)]
    found = _importance(*talk[:10], teller.beat(teller.line("すまなかった", "c01")), *talk[10:])
    assert found[10] > max(found[9], found[11])


def test_a_line_that_its_author_set_apart_is_a_moment_of_its_own() -> None:
    long = "She was in the bow of the ship and watched the dark for four hours, and then she wrote of it."
    story = "The Watch\n\n" + f"{long} {long}\n\n" * 4 + "The dark flashed back.\n\n" + f"{long} {long}\n\n" * 4
    assert [beat.told for beat in read_all(story)[2].beats() if beat.reveal] == ["The dark flashed back."]


def test_what_is_held_back_weighs_more_than_another_short_sentence() -> None:
    teller = Teller()
    beats = _plain(teller, 21)
    beats[10] = beats[10].model_copy(update={"reveal": True})
    found = _importance(*beats)
    assert found[10] > max(found[9], found[11])


def test_where_every_sentence_is_a_paragraph_none_is_set_apart() -> None:
    story = "The Watch\n\n" + "The dark was still.\n\n" * 12
    assert not any(beat.reveal for beat in read_all(story)[2].beats())


def test_the_last_match_weighs_more_than_the_first() -> None:
    teller = Teller()
    beats = [
        *_plain(teller, 8),
        _told(teller, "ミオは最後の一本をすりました。"),
        _told(teller, "ミオは最初の一本をすりました。"),
    ]
    last, first = _importance(*beats)[-2:]
    assert last > first
