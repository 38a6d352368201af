"""Rules for who speaks in Japanese, each on a small text of its own."""

from hypothesis import given
from hypothesis import strategies as st

from manga.brief import Language
from manga.story_source import read_source
from offline.reading.concept import find_genres
from offline.reading.ja.people import gender_of
from offline.reading.ja.speech_habits import Habits, endings
from offline.reading.lexicon_tables import lore
from offline.reading.speaker_scorer import measured
from offline.reading.story_reading import Person
from offline.writer import read
from tests.offline.stories import read_all, spoken_by

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
TOLD_BY_ME = """　ぼくは波止場で待っていた。姉の澄江が走ってきた。
「カンタ、船は？」と姉は言った。
　ぼくは首をふった。姉は泣いた。
「カンタ、帰ろう」と姉は言った。
　ぼくは姉の手をとった。ぼくたちは歩いた。
"""
STAGE = """　座長の雁之丞は、扇を投げた。女優の小夜が、紅をひいている。大工の辰が綱をにぎった。
「幕をあけろ」と雁之丞は言った。
　小夜が立ちあがった。辰は綱を引いた。雁之丞は咳をした。小夜の声が、ふるえた。
"""
CLERK = """　番頭の留吉が、戸をあけた。留吉は荷をおろした。
「お帰り」と留吉は言った。
　今お婆さんが来た。お婆さんは荷を見た。
「遅いねえ」とお婆さんは言った。
　いつも冷たい声の番頭さんは、下を向いた。そのときの番頭さんは、笑っていた。
"""
HERMIT = """　一人の老人が岩にすわっていた。老人は空を見た。
「あなたは、どなたですか」と春吉は言った。
「おれは山に棲んでいる、鉄冠子という者だ」と老人は言った。
　春吉は頭をさげた。鉄冠子は立ちあがった。
「来い」と鉄冠子は言った。
"""


def people_of(text: str) -> dict[str, set[str]]:
    return {p.name: set(p.names) for p in read(read_source(text)).people}


def test_whom_others_call_and_nobody_tells_of_is_who_tells_the_story() -> None:
    found = people_of(TOLD_BY_ME)
    assert found["ぼく"] == {"ぼく", "カンタ"}
    assert {"姉", "澄江"} in found.values()


def test_what_people_are_makes_their_names_and_is_one_of_them() -> None:
    found = people_of(STAGE)
    assert {"雁之丞", "小夜", "辰"} == set(found)
    assert ["座長" in found["雁之丞"], "女優" in found["小夜"]] == [True, True]


def test_words_of_the_clause_and_how_somebody_sounds_make_nobody_else() -> None:
    found = people_of(CLERK)
    assert set(found) == {"留吉", "お婆さん"}
    assert "番頭" in found["留吉"]


def test_a_father_is_a_man_however_he_is_written() -> None:
    assert [gender_of([name]) for name in ("おとうさん", "おにいさん", "おかあさん", "おきぬ")] == [
        "male", "male", "female", "female",
    ]  # fmt: skip


def test_who_says_his_name_is_no_longer_the_old_man_only() -> None:
    assert {"鉄冠子", "老人"} <= people_of(HERMIT)["鉄冠子"]


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_greater_chance_is_never_less_sure(one: float, other: float) -> None:
    assert (one <= other) == (measured(one) <= measured(other)) or measured(one) == measured(other)
    assert 0.0 <= measured(one) <= 0.97 + 1e-9


def test_words_that_are_one_persons_already_do_not_speak_for_that_person() -> None:
    habits = Habits()
    habits.heard("老人", "行くのじゃ", 1.0)
    alone = habits.fits(Person("老人"), "行くのじゃ", 1.0)
    habits.heard("老人", "来るのじゃ", 1.0)
    assert alone.get("ending", 0.0) <= 0.0 < habits.fits(Person("老人"), "行くのじゃ", 1.0)["ending"]


def test_a_voice_makes_twins_people_who_speak() -> None:
    said = {words: name for name, words in spoken_by(*read_all(TWINS)[1:])}
    assert said["海だ！"] == "双子"


def test_who_laughs_right_after_a_line_has_said_it() -> None:
    said = {words: name for name, words in spoken_by(*read_all(LAUGHED)[1:])}
    assert said["帰ろうぜ"] == "ケン"


def test_sentences_end_in_ways_that_tell_people_apart() -> None:
    assert endings("行くぞ。もういいのよ。") == ["harsh", "soft"]
    assert endings("男か") == ["asks_plainly"]
    assert endings("") == []


def test_one_word_often_makes_no_genre() -> None:
    text = "先生が来た。" * 9 + "ロボットと宇宙船が火星に着いた。惑星の酸素は少ない。"
    assert find_genres(lore(Language.JA), text)[0].value == "science_fiction"
