"""How much of a page is told in captions."""

from manga.brief import Language
from manga.plot import Beat, Deed, LineKind
from manga.text_capacity import MEASURES, TOLD_A_PAGE
from offline.directing.choose_captions import CAPTIONS_A_PAGE, MOST_BOXES, with_captions
from offline.directing.limit_captions import CAPTION_SHARE
from offline.directing.page_moments import Moment, moments_of
from tests.offline.storyboard_plots import Teller, scene

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


def test_a_thin_book_has_one_caption_more_a_page() -> None:
    pages = _pages(8, Teller(), *[f"{day}の雨が降りました。" for day in "月火水木金土"], said=1)
    assert {len(_captions(page)) for page in with_captions(pages, MEASURE)} == {MOST_BOXES}


def test_written_words_count_among_the_captions_of_a_page() -> None:
    teller = Teller()
    letter = teller.line("お気の毒でした。もうこれだけです。", "c01").model_copy(update={"kind": LineKind.LETTER})
    beats = [*(teller.beat(letter) for _ in range(2)), *(teller.beat(teller.line(TOLD)) for _ in range(3))]
    page = [moment for beat in beats for moment in _moments(beat)]
    assert len(_captions(with_captions([page], MEASURE)[0])) == MOST_BOXES - 2


def test_a_book_that_nobody_speaks_in_is_told_by_its_captions() -> None:
    pages = with_captions(_pages(8, Teller(), *[f"{day}よう日、{TOLD}" for day in "月火水木金土"]), MEASURE)
    assert all(CAPTIONS_A_PAGE < len(_captions(page)) <= TOLD_A_PAGE for page in pages)


def test_a_long_sentence_is_given_whole_where_nobody_speaks() -> None:
    for page in with_captions(_pages(8, Teller(), LONG, LONG), MEASURE):
        assert LONG in "".join(_captions(page))


def test_a_page_full_of_balloons_bears_no_caption() -> None:
    for page in with_captions(_pages(8, Teller(), TOLD, said=8), MEASURE):
        assert _captions(page) == []


def test_where_people_speak_captions_are_shortened_before_they_are_dropped() -> None:
    told = "ごんは、すすきの穂の光る小川の堤の上を、ゆっくりと歩いて行きました。"
    teller = Teller()
    pages = []
    for _ in range(8):
        beats = [teller.beat(teller.line(told)) for _ in range(3)]
        beats += [teller.beat(teller.line("そうだなあ、よい天気だなあ。", "c01")) for _ in range(4)]
        pages.append([moment for beat in beats for moment in _moments(beat)])
    found = with_captions(pages, MEASURE)
    captions = sum(len(text) for page in found for text in _captions(page))
    letters = sum(moment.letters for page in found for moment in page)
    assert 0 < captions <= CAPTION_SHARE * letters + 1
    assert any(len(text) < len(told) for page in found for text in _captions(page))
    assert all(_captions(page) for page in found)


def test_what_the_picture_shows_is_told_after_what_it_cannot_show() -> None:
    teller = Teller()
    seen = teller.line("兵十は土手を走りました。")
    deed = Deed(who="c01", action="run", span=seen.span)
    unseen = [teller.line("それは長い長い一年でした。"), teller.line("だれもその名を知りませんでした。")]
    beats = [teller.beat(teller.line("ああ。", "c01")), teller.beat(seen, deeds=(deed,)), *map(teller.beat, unseen)]
    page = [moment for beat in beats for moment in _moments(beat)]
    assert _captions(with_captions([page], MEASURE)[0]) == [line.text for line in unseen]


def test_who_tells_the_story_as_his_own_tells_all_of_it() -> None:
    found = with_captions(_pages(2, Teller(), TOLD, "雨が降りました。"), MEASURE, teller="c01")
    kinds = {(part.kind, part.speaker) for page in found for moment in page for part in moment.parts}
    assert kinds == {(LineKind.MONOLOGUE, "c01")}


def test_of_two_who_write_letters_each_tells_his_own() -> None:
    teller = Teller()
    letters = []
    for number, who in enumerate(("c01", "c02"), start=1):
        lines = [teller.line(text) for text in ("私は港を見ています。", "風が変わりました。", "私は待っています。")]
        beats = [teller.beat(line, present=(who,)) for line in lines]
        letters.append([m for beat in beats for m in moments_of(beat, scene(number, *beats), MEASURE)])
    found = with_captions(letters, MEASURE)
    assert [{part.speaker for moment in page for part in moment.parts} for page in found] == [{"c01"}, {"c02"}]


def test_what_the_story_turns_on_is_told_even_where_somebody_is_seen_doing_it() -> None:
    teller = Teller()
    turn = teller.line("兵十は灯りを空へ向けました。")
    deed = Deed(who="c01", action="take", span=turn.span)
    beats = [teller.beat(teller.line(f"{word}の日は風がありませんでした。")) for word in ("春", "夏", "秋")]
    beats.append(teller.beat(turn, deeds=(deed,), importance=5))
    beats.append(teller.beat(*[teller.line("ああ、そうか。", "c01") for _ in range(3)]))
    page = [moment for beat in beats for moment in _moments(beat)]
    assert turn.text in _captions(with_captions([page], MEASURE)[0])


def test_the_last_caption_of_a_page_is_dropped_last() -> None:
    teller = Teller()
    told = "ごんは、穴の中で、雨の音をきいていました。"
    talk = [[teller.beat(teller.line("そうだなあ、よい天気だ。", "c01")) for _ in range(5)] for _ in range(6)]
    pages = [[m for beat in (*own, teller.beat(teller.line(told))) for m in _moments(beat)] for own in talk[:1]]
    for own in talk[1:]:
        beats = (*own[:3], *(teller.beat(teller.line(told)) for _ in range(4)))
        pages.append([m for beat in beats for m in _moments(beat)])
    assert all(_captions(page) for page in with_captions(pages, MEASURE))


def test_the_last_words_of_a_story_are_never_left_out_and_are_given_whole() -> None:
    teller = Teller()
    pages = _pages(6, teller, TOLD, *["とうとう、雨が降りました。"] * 4, said=3)
    pages[-1] += _moments(teller.beat(teller.line(LONG), importance=1))
    assert "".join(_captions(with_captions(pages, MEASURE)[-1])).endswith(LONG)


def test_what_the_story_says_twice_is_read_once_on_a_page() -> None:
    for page in with_captions(_pages(8, Teller(), TOLD, LONG, TOLD, said=1), MEASURE):
        assert len(_captions(page)) == len(set(_captions(page)))


def test_a_paragraph_of_its_own_with_nobody_in_it_is_told() -> None:
    teller = Teller()
    walks = [f"ごんは{nth}番目の堤のところまで出て来ました。" for nth in "一二三四"]
    beats = [teller.beat(teller.line(words), present=("c01",), importance=4) for words in walks]
    held = teller.beat(teller.line("闇が光りかえした。"), present=()).model_copy(
        update={"reveal": True, "importance": 2}
    )
    page = [moment for beat in (*beats[:2], held, *beats[2:]) for moment in _moments(beat)]
    assert "闇が光りかえした。" in _captions(with_captions([page], MEASURE)[0])
