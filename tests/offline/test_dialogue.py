"""Talks without tags: who says what, and how sure that is."""

import math
from pathlib import Path

import numpy as np
import pytest

from offline.reading.speaker_chain import NOBODY, Array, States, probabilities
from tests.offline.stories import lines_of, read_all, spoken_by

EXAMPLES = Path(__file__).parents[2] / "examples"
FOUND = """　放課後の図書室には、だれもいなかった。水野ハルは窓ぎわで本を読んでいた。
「それ、きみの傘？」
　ふり向くと、となりの組の、森川ナギが立っていた。髪の長い少女だった。
「ちがうよ。もとから、ここに……。」
「じゃあ、わたしの妹のだ。」
　ナギは目を丸くして、ハルの傘を指さした。
　ハルは傘をさし出した。
「持っていきなよ、森川さん。」
「ありがとう、水野くん。」
　ナギはにっこりと笑った。
"""
GRANDMOTHER = """　タクは庭の木を見上げた。
「ばあちゃんが植えたんだよ、この木。」とタクは言った。
　リカは幹にふれた。
「おばあさまは、お元気なの？」とリカは言った。
「ばあちゃんなら、来月、退院するよ。」
「よかった。おばあさまに、写真を送りましょう。」
　老婆は病院の窓から空を見ていた。
「ばあちゃん、来たよ。」
　老婆は答えない。タクは窓を開けた。
"""
APPEARS = """　ケンは小屋で待っていた。
「だれも来ないのかな」とケンは言った。
　夜になって、戸がひらいた。見ると、サヨが立っていました。
「ケンさん、道に迷ったの」
「はやく、火のそばへ」
　ケンは薪をくべた。
"""


def test_who_answers_a_question_is_not_who_asked_even_after_the_asker_is_described() -> None:
    _, cast, plot = read_all(FOUND)
    assert [name for name, _ in spoken_by(cast, plot)] == ["ナギ", "ハル", "ナギ", "ハル", "ナギ"]


def test_two_alone_who_take_turns_are_sure_enough_for_a_tail() -> None:
    _, _, plot = read_all(FOUND)
    assert sum(line.confidence >= 0.6 for line in lines_of(plot) if line.speaker) >= 4


def test_a_relative_is_spoken_of_in_everybodys_own_word() -> None:
    _, cast, plot = read_all(GRANDMOTHER)
    assert [name for name, _ in spoken_by(cast, plot)] == ["タク", "リカ", "タク", "リカ", "タク"]


def test_who_comes_into_view_right_before_a_quote_speaks() -> None:
    _, cast, plot = read_all(APPEARS)
    assert [name for name, _ in spoken_by(cast, plot)] == ["ケン", "サヨ", "ケン"]


def scores(_at: int, older: States, before: States, now: States) -> Array:
    """Nobody likes to speak twice."""
    return np.array([[[-3.0 * (one == state) for state in now] for one in before] for _ in older])


def test_chances_of_a_chain_add_up_to_one_and_evidence_spreads_to_the_neighbours() -> None:
    a, b = ("a",), ("b",)
    rows = [{a: 2.0, b: 0.0}, {a: 0.0, b: 0.0}, {a: 0.0, b: 0.0}]
    found = probabilities(rows, scores)
    assert all(math.isclose(sum(chances.values()), 1.0) for chances in found)
    assert found[0][a] > 0.8
    assert found[1][b] > 0.8
    assert found[2][a] > 0.8


@pytest.mark.parametrize("rows", [[], [{NOBODY: 0.0}], [{("a",): -700.0}, {("b",): 700.0}]])
def test_short_chains_and_great_numbers_do_no_harm(rows: list[dict[tuple[str, ...], float]]) -> None:
    assert len(probabilities(rows, scores)) == len(rows)


PIP = """James Arthur Hale, the clerk, came home late. Everybody called him Jim. Jim hung up his coat and Jim sat down.

"Captain!" said Jim. "Where are you?"

A small black dog looked out from under the table.

"Woof!" said the dog.

"Come here, Captain!" said Jim. "Captain is a good dog."

The dog came. The dog wagged his tail.

"Are you hungry?"

The dog barked.
"""


def test_whoever_is_alone_with_a_beast_does_the_talking() -> None:
    _, cast, plot = read_all(PIP)
    assert {text: name for name, text in spoken_by(cast, plot)}["Are you hungry?"] == "Jim"


FEELINGS = """　ソラは門の前で待っていた。
「怒られない？」とソラは言った。
「怒られるよ。」とリンは言った。
　門の扉は、さびて赤くなっていた。リンは立ち上がった。
「じいちゃん……！」とリンは言った。
　ソラは笑わなかった。
「ただいま！」とリンは言った。
「逃げろ！」とソラは言った。
"""


def test_feelings_and_shouts_need_evidence() -> None:
    plot = read_all(FEELINGS)[2]
    kinds = {line.text: line.kind.value for line in lines_of(plot)}
    assert kinds["ただいま！"] == kinds["じいちゃん……！"] == "speech"
    assert kinds["逃げろ！"] == "shout"
    feelings = {beat.emotion.value for beat in plot.beats()}
    assert not feelings & {"anger", "shame", "resolve", "joy", "surprise"}


def test_those_who_are_only_told_of_say_nothing_in_the_example_stories() -> None:
    key = (EXAMPLES / "hoshi_no_kagi.txt").read_text(encoding="utf-8")
    said = {words: name for name, words in spoken_by(*read_all(key)[1:])}
    assert said["おじいさんは、今……。"] == said["直そうよ、これ。"] == said["天城くんに言われたくない！"] == "ミオ"
    assert said["春野って、変なやつだな。"] == "レン"
    assert not {name for name in said.values() if "祖父" in name}


def test_what_is_read_off_a_wall_is_said_by_nobody() -> None:
    reading = read_all(
        "　水は少しずつ減った。「残り三十」。「残り十二」。壁の数字を、太郎は毎朝見あげた。\n"
        "「もうない」と太郎は言った。\n"
    )[2]
    kinds = {line.text: line.kind.value for beat in reading.beats() for line in beat.lines}
    assert (kinds["残り三十"], kinds["残り十二"], kinds["もうない"]) == ("sign", "sign", "speech")
