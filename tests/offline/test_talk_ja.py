"""What a line says of whoever speaks it: how people talk, whom they call, and what they were asked."""

import pytest

from evals.read_gold import STORIES
from manga.story_source import read_source
from offline.reading.ja.dialogue_speakers import contents
from offline.reading.ja.fitting_words import CRY, Suits, age_of, talk
from offline.reading.ja.forms_of_address import Address, told_of
from offline.reading.ja.people import find_people
from offline.reading.ja.speech_habits import Habits
from offline.reading.story_reading import Person, QuoteKind, find_quotes, masked
from offline.writer import read

INN = """　宿屋には、浪人がひとりと、左官の源次、それに旅の娘がいた。
「すまぬ」と浪人は言った。
「よう降るな」と源次は言った。
「そうですね」と娘は言った。
　浪人は酒を飲んだ。源次は笑った。娘は黙っていた。
"""
PEOPLE = (
    Person("梅", gender="female"),
    Person("孫の健太", gender="male"),
    Person("武士", gender="male"),
    Person("百合", gender="female"),
    Person("猫"),
)


def suits() -> Suits:
    return Suits({person.name: person for person in PEOPLE}, {"梅": "老女"}, set())


def signs(words: str, name: str) -> dict[str, float]:
    return dict(suits().fits(words, name))


def address(text: str) -> Address:
    source = read_source(text)
    quotes = find_quotes(source)
    people = find_people(source.text, quotes)
    return Address(people, told_of(people, masked(source.text, quotes)))


def speakers(text: str) -> list[tuple[str, ...]]:
    return [quote.speakers for quote in read(read_source(text)).quotes]


@pytest.mark.parametrize(("told", "age"), [("小学三年の健太", "child"), ("祖母のトメ", "elder"), ("大工の坊", "")])
def test_what_somebody_is_called_tells_child_from_elder(told: str, age: str) -> None:
    assert age_of(told) == age


def test_men_order_plainly_and_women_do_not() -> None:
    assert signs("着いたら、手紙を送れよ", "武士")["m_orders"] == 1.0
    assert signs("着いたら、手紙を送れよ", "百合")["m_orders"] == -1.0


def test_an_old_woman_may_talk_as_roughly_as_a_man() -> None:
    assert -1.0 < signs("知ったことじゃねえ", "梅")["m_rough"] < 0.0


def test_words_that_nobody_finishes_with_te_are_no_order() -> None:
    assert "m_orders" not in signs("お鍋に油をひいて、お肉を入れて。", "百合")


def test_the_tongue_of_old_times_is_a_warriors_where_there_is_one() -> None:
    assert signs("拙者は参る", "武士")["warrior"] == 1.0
    assert signs("拙者は参る", "百合")["warrior"] == -1.0


def test_a_child_cries_as_children_do() -> None:
    assert "childish_child" in signs("だって、ぼくが先だもん", "孫の健太")
    assert "childish_other" in signs("だって、ぼくが先だもん", "武士")


@pytest.mark.parametrize(("words", "noise"), [("ふぎゃっ", True), ("こん、こん", True), ("はしれ！", False)])
def test_a_beasts_noise_is_no_word(words: str, noise: bool) -> None:
    assert (CRY.fullmatch(words) is not None) is noise


def test_people_are_called_by_what_they_are() -> None:
    inn = address(INN)
    assert inn.named_in("お侍さま、どちらへ", "浪人") == "called_in"
    assert inn.named_in("左官に酒がわかるか", "源次") == "mentioned_in"
    assert inn.named_in("お嬢さん、足もとに気をつけなさい", "娘") == "called_in"
    assert inn.named_in("よい月だ", "浪人") == ""


def test_a_word_taken_up_is_one_that_means_something() -> None:
    assert contents("少し休めば") & contents("休んだことがない")
    assert not contents("そうだね") & contents("そうかもね")


def test_a_wife_is_not_called_by_her_name_by_whoever_calls_her_mother() -> None:
    habits = Habits()
    habits.heard("娘", "お母さん、来て", 1.0, [("母", "お母さん")])
    habits.heard("父", "静江、お茶", 1.0, [("母", "静江")])
    called = [("母", "静江")]
    assert habits.in_terms("父", called, 0.0) > 0 > habits.in_terms("娘", called, 0.0)


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("mute", "健太は言いかけて、やめた。"),
        ("reacts", "梅は目を丸くした。"),
        ("enters", "郵便屋が坂をのぼってきた。"),
        ("ordered", "戸を閉めてください"),
    ],
)
def test_narration_beside_a_line_says_who_is_still_to_speak(key: str, told: str) -> None:
    assert talk(key).search(told)
    assert not talk(key).search("雨は夜どおし降った。")


def test_who_does_as_told_has_not_given_the_order() -> None:
    story = """　台所では、料理長の黒木が鍋をのぞいていた。見習いの正太は皿を洗っている。
「塩が足りない」と黒木は言った。
「はい」と正太は言った。
「棚から塩を取ってくれ」
　正太は棚へ走った。
"""
    assert speakers(story)[2] == ("黒木",)


def test_a_thought_told_after_a_line_does_not_make_the_line_one() -> None:
    story = """　垣根のかげで、狸がふたりの話を聞いていた。
「明日も来るかい」と茂作は言った。
「うん」
　狸は、つまらないなと思った。
「明日も晴れる」
　と、狸は思った。
"""
    kinds = [quote.kind for quote in read(read_source(story)).quotes]
    assert kinds[1] is QuoteKind.SPEECH
    assert kinds[2] is QuoteKind.THOUGHT


def test_a_grandson_beside_his_grandfather_is_no_old_man() -> None:
    story = "　縁側に、祖父と孫の健太がいた。健太は笑った。「寒い」と健太は言った。「そうか」と祖父は言った。"
    source = read_source(story)
    quotes = find_quotes(source)
    assert told_of(find_people(source.text, quotes), masked(source.text, quotes))["健太"] == "孫"


def heard(start: str) -> tuple[str, float]:
    """Who says the line of a talk over a telephone that begins so, and how sure that is."""
    source = read_source((STORIES / "ja_denwa.txt").read_text(encoding="utf-8"))
    quote = next(q for q in read(source).quotes if source.text.startswith(start, q.start))
    return quote.speakers[0], quote.confidence
