"""The time and the kind of a story, by its words."""

import pytest

from manga.brief import Language, Settings
from manga.concept import Culture, Genre, Period
from offline.reading.concept import find_culture, find_genres, find_period, make_concept
from offline.reading.lexicon_tables import lore
from offline.writer import read_story


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("放課後の教室で、赤いランプがついた。ランプは消え、またランプがついた。", Period.MODERN),
        ("女中がランプをともし、書生が電報を読んだ。", Period.EARLY_MODERN),
        ("むかし、お城の侍が刀をさして村へ来た。", Period.OLD_JAPAN),
        ("ロボットは月の温室で水をやった。", Period.FUTURE),
        ("山に花が咲いていた。", Period.MODERN),
    ],
)
def test_one_word_of_any_time_dresses_nobody_in_old_clothes(text: str, period: Period) -> None:
    assert find_period(lore(Language.JA), text, Language.JA) is period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("She sat under the lamp on the stairs of the flat, and the lamp went out.", Period.MODERN),
        ("The butler took the telegram to the carriage by gaslight.", Period.EARLY_MODERN),
        ("The airlock of the starship opened, light-years from the sun.", Period.FUTURE),
    ],
)
def test_a_lamp_and_stairs_are_of_every_time(text: str, period: Period) -> None:
    assert find_period(lore(Language.EN), text, Language.EN) is period


@pytest.mark.parametrize(
    ("language", "story", "culture"),
    [
        (Language.EN, "Nell sat in the kitchen and drank tea.", Culture.WEST),
        (Language.EN, "In Kyoto the children ran over the futons in kimonos. “Kenta-san!” called Mina.", Culture.JAPAN),
        (Language.EN, "The sultan rode his camel to the bazaar of Baghdad.", Culture.ELSEWHERE),
        (Language.JA, "ミオは台所でお茶を飲みました。「おかえり」とミオは言いました。", Culture.JAPAN),
        (
            Language.JA,
            "ジョヴァンニとカムパネルラは走った。「待て」とジョヴァンニは言った。「だめ」とカムパネルラは言った。鐘と礼拝堂。",
            Culture.WEST,
        ),
    ],
)
def test_whose_houses_a_story_has_is_told_by_its_words_and_names(
    language: Language, story: str, culture: Culture
) -> None:
    reading = read_story(story, Settings(language=language))
    assert make_concept(reading, Settings()).world.culture is culture


@pytest.mark.parametrize(("period", "culture"), [(Period.OLD_CHINA, Culture.CHINA), (Period.MEDIEVAL, Culture.WEST)])
def test_an_old_country_has_its_own_houses(period: Period, culture: Culture) -> None:
    assert find_culture(lore(Language.JA), "武士と着物と畳", period, ()) is culture


def test_science_fiction_is_of_the_future_where_nothing_says_otherwise() -> None:
    text = "The crew had never seen Earth. The engines of the ship were silent, and the planet hung below the hull."
    assert find_period(lore(Language.EN), text, Language.EN, (Genre.SCIENCE_FICTION,)) is Period.FUTURE
    hinted = "I lit the lamp and looked at my watch. We had fuel for two voyages to Earth."
    assert find_period(lore(Language.EN), hinted, Language.EN) is not Period.FUTURE
    assert find_period(lore(Language.EN), hinted, Language.EN, (Genre.SCIENCE_FICTION,)) is Period.FUTURE


def test_tears_alone_do_not_outweigh_a_theft() -> None:
    text = "盗人はだれだ。刑事は足あとを調べ、みんなをうたがった。女は泣いて、涙をふき、黙って別れをつげ、後悔した。"
    assert find_genres(lore(Language.JA), text)[0] is Genre.MYSTERY


def test_a_kitchen_alone_does_not_outweigh_a_school() -> None:
    text = "The school orchestra had rehearsals; her neighbour brought tea, soup and bread from the shop."
    assert find_genres(lore(Language.EN), text)[0] is Genre.SCHOOL
