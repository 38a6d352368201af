"""Rules for who speaks in Japanese, each on a small text of its own."""

from manga.brief import Language
from providers.offline.concept import find_genres
from providers.offline.habits_ja import endings
from providers.offline.story import lore
from tests.providers.offline.stories import read_all, spoken_by

ECHO = """　武士は門の前に立った。
「まことに」
と、武士は言いました。
「まことに、よい月だ」
　門番はおどろいて、頭をさげた。門番は武士を見た。
"""
TWINS = """　店には、大工の庄吉と、双子のミチとトモがいた。庄吉は金づちを置いた。
「休みにするか」と庄吉は言った。
　庄吉は戸を開けた。
「海だ！」
　双子の声が、店にひびいた。双子は走った。
"""
LAUGHED = """　ケンは坂の上で待っていた。サヨは走ってきた。
「おそいよ」とサヨは言った。
　風が強くなった。
「帰ろうぜ」
　手すりにもたれて、ケンが笑った。
"""
CAT = """　三毛猫の大将は番台で寝ていた。サヨは大将をなでた。
「起きて、大将」とサヨは言った。
　青い猫は走った。大将は飛び上がった。
"""


def test_who_begins_again_with_the_same_words_goes_on() -> None:
    said = {words: name for name, words in spoken_by(*read_all(ECHO)[1:])}
    assert said["まことに、よい月だ"] == "武士"


def test_a_voice_makes_twins_people_who_speak() -> None:
    said = {words: name for name, words in spoken_by(*read_all(TWINS)[1:])}
    assert said["海だ！"] == "双子"


def test_who_laughs_right_after_a_line_has_said_it() -> None:
    said = {words: name for name, words in spoken_by(*read_all(LAUGHED)[1:])}
    assert said["帰ろうぜ"] == "ケン"


def test_a_cat_under_two_words_is_one() -> None:
    found = [c for c in read_all(CAT)[1].characters if "猫" in "".join([c.name, *c.aliases])]
    assert len(found) == 1


def test_sentences_end_in_ways_that_tell_people_apart() -> None:
    assert endings("行くぞ。もういいのよ。") == ["harsh", "soft"]
    assert endings("男か") == ["asks_plainly"]
    assert endings("") == []


def test_one_word_often_makes_no_genre() -> None:
    text = "先生が来た。" * 9 + "ロボットと宇宙船が火星に着いた。惑星の酸素は少ない。"
    assert find_genres(lore(Language.JA), text)[0].value == "science_fiction"
