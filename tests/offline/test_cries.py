"""Voices behind a door: with a cry they show what they are."""

import pytest

from manga.characters import Kind
from offline.reading.cries import cry_of
from tests.offline.stories import read_all

DOOR = """山の店

　ある晩、太郎と次郎が山の店に入りました。
「だれもいないね」と太郎は言いました。
「うん、静かだね」と次郎は答えました。
　すると、戸の中で、こそこそこんなことを云っています。
「だめだよ。もう気がついたよ」
「早く呼ぼう」
　太郎と次郎はふるえました。
「逃げよう」と太郎は言いました。
　そのとき、まっくらやみの中で、
「にゃあお、ごろごろ」という声がしました。
　二人は走って逃げました。
"""


@pytest.mark.parametrize(
    ("words", "kind"),
    [("にゃあお、くゎあ、ごろごろ。", Kind.CAT), ("わん、わん。", Kind.DOG), ("Meow!", Kind.CAT),
     ("わんぱくだね。", None), ("にゃあと鳴いたのは、あの家の三毛猫にちがいないと思う。", None)],
)  # fmt: skip
def test_a_cry_is_nothing_but_a_cry(words: str, kind: Kind | None) -> None:
    assert cry_of(words) is kind


def test_who_mews_behind_the_door_is_a_cat_and_is_seen_when_it_does() -> None:
    _, cast, plot = read_all(DOOR)
    cats = [person.key for person in cast.characters if person.look.kind is Kind.CAT]
    assert len(cats) == 1
    beat = next(beat for beat in plot.beats() if any("にゃあお" in line.text for line in beat.lines))
    assert next(line for line in beat.lines if "にゃあお" in line.text).speaker == cats[0]
    assert cats[0] in beat.present
    assert not any(cats[0] in other.present for other in plot.beats() if other.key < beat.key)
