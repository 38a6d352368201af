"""People are in the last place that is certain until another one is."""

import pytest

from tests.offline.stories import read_all


def places(story: str) -> list[str]:
    return list(dict.fromkeys(scene.setting for scene in read_all(story)[2].scenes))


JA = """駅

　春の夕方、太郎と花子は教室で本を読んでいた。窓の外では、雨がふっていた。二人は、長いこと黙っていた。雨は、まだやまなかった。時計の音だけが、いつまでも、しずかに鳴っていた。
「帰ろう」と太郎は言った。
「ええ」と花子は答えた。

　{}
「寒いね」と太郎は言った。
「そうね」と花子は答えた。二人は、しばらく雨の音をきいていた。風がつめたかった。だれも来なかった。空はくらくなった。それでも二人は待った。長いこと、ただ黙って待っていた。
"""
EN = """The Road

Tom and Ann sat in the kitchen. It was late, and they had nothing to say to each other. The rain went on. It had rained
since noon, and nobody had lit the lamp, so that they could hardly see the faces of each other in the dark.

"Let us go," said Tom.

"Yes," said Ann.

{} The wind was cold, and nobody came. They waited for a long time, and listened to the rain, which did not stop, and
counted the carts that passed, and then the hours.

"It is cold," said Tom.

"It is," said Ann. "It is as cold as it was in the year of the great frost, when the birds fell out of the sky."
"""


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("二人は駅へ走った。", ["classroom", "station"]),
        ("駅には、人がいなかった。", ["classroom", "station"]),
        ("花子は、駅のような教室だと思った。", ["classroom"]),
        ("先生は、駅へ行くなと言った。", ["classroom"]),
        ("遠くに駅が見えた。", ["classroom"]),
    ],
)
def test_a_japanese_story_is_where_its_people_go(told: str, found: list[str]) -> None:
    assert places(JA.format(told)) == found


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("They ran to the station.", ["kitchen", "station"]),
        ("The station was dark.", ["kitchen", "station"]),
        ("Tom thought of the station.", ["kitchen"]),
        ("It was as cold as in a station.", ["kitchen"]),
        ("Tom would have gone to the station.", ["kitchen"]),
        ("Outside it had stopped raining.", ["kitchen", "street"]),
        ("They ran to the station.\n\nThere was a desk, and a shelf over it.", ["kitchen", "room"]),
    ],
)
def test_an_english_story_is_where_its_people_go(told: str, found: list[str]) -> None:
    assert places(EN.format(told)) == found
