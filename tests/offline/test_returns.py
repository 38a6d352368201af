"""A scene that is only remembered ends when those who remember it are told of again."""

from manga.plot import Plot
from tests.offline.stories import read_all

REMEMBERED = """糸

　ある日の事でございます。お釈迦様は極楽の蓮池のふちを、一人で歩いていらっしゃいました。蓮の花はまっ白に咲いて居りました。極楽は丁度朝なのでございましょう。お釈迦様は蓮池のふちに立ちどまって、水の上をじっと御覧になりました。
　その下の地獄の底に、権太という男が一人でいる姿が、お目に止まりました。この権太という男は大泥坊でございます。数年前、権太が深い林の中を通りますと、小さな蜘蛛が一匹、路ばたを這って行くのが見えました。そこで権太は足を挙げて踏み殺そうと致しました。権太は林の中に立って考えました。とうとう権太はその蜘蛛を殺さずに、林の中を歩いて行きました。
　お釈迦様はその事を御思い出しになりました。お釈迦様は側の蓮の葉の上を御覧になりました。お釈迦様は極楽の蜘蛛の糸をそっと御手に御取りになりました。そうしてお釈迦様は玉のような蓮の花の間から、それをまっすぐに御下しなさいました。
"""

TOLD_TO_NOW = "\n\n".join(
    (
        "The Concert",
        (
            "Mina and Tess sat in the orchestra behind the curtain, and the audience coughed. Mina looked at the "
            "back of Tess. They had not spoken for a year, and nobody in the orchestra knew why. Mina counted the "
            "people in the audience, and the lamps, and the rows. The conductor lifted his baton, and the curtain "
            "rose. Tess stood in the front row, and Mina stood in the back row. The conductor looked at Mina, and "
            "then at Tess, and he smiled at both of them."
        ),
        (
            "One winter when they were nine there had been one violin. Mina had kept it in her room, at home, on the "
            "bed, and all that summer the two of them had learnt on it together, turn and turn about. Tess would come "
            "to her home and play, and Mina would sit in her room and listen. They had laughed so much in that "
            "room that the neighbours shut their windows. Then Tess had walked home the other way, and had gone "
            "on walking home the other way ever since."
        ),
        (
            "Tess stood up. She looked very small in the light. She began, and Mina listened. Mina forgot to be "
            "angry. The tune went up, and Tess smiled at Mina."
        ),
    )
)


def _setting_at(plot: Plot, words: str) -> str:
    return next(scene.setting for scene in plot.scenes if any(words in beat.told for beat in scene.beats))


def test_those_who_remember_are_where_they_were_before() -> None:
    _, _, plot = read_all(REMEMBERED)
    assert _setting_at(plot, "路ばた") == "forest"
    assert _setting_at(plot, "側の蓮の葉") == "lily_pond"
    assert _setting_at(plot, "御思い出し") == "lily_pond"


def test_what_is_remembered_is_a_flashback_and_what_follows_is_none() -> None:
    _, _, plot = read_all(REMEMBERED)
    flags = [scene.flashback for scene in plot.scenes if any("林" in beat.told for beat in scene.beats)]
    assert flags == [True]
    assert not plot.scenes[-1].flashback


def test_a_memory_that_has_been_told_to_now_is_over() -> None:
    _, _, plot = read_all(TOLD_TO_NOW)
    assert _setting_at(plot, "behind the curtain") == "theatre"
    assert _setting_at(plot, "on the bed") == "room"
    assert _setting_at(plot, "Tess stood up") == "theatre"
