"""What a sentence tells is what the body does, in both languages: from the words over the deed to the pose."""

import pytest

from manga.brief import Language
from manga.plot import Deed, Emotion
from manga.storyboard import FigureDirection, Pose
from offline.directing.storyboard import draft_storyboard
from offline.reading.lexicon_tables import lore
from tests.offline.storyboard_plots import Teller, inputs, scene

TOLD = [
    (Language.JA, "ごんは手を合わせて拝みました。", "pray", Pose.PRAY),
    (Language.JA, "ごんは頭を抱えました。", "despair", Pose.DESPAIR),
    (Language.JA, "ごんは腕を組んで黙っていました。", "fold", Pose.FOLD),
    (Language.JA, "ごんは四つん這いになりました。", "crawl", Pose.CRAWL),
    (Language.JA, "ごんは空を見上げました。", "look up", Pose.LOOK_UP),
    (Language.JA, "ごんは空を仰いでいました。", "look up", Pose.LOOK_UP),
    (Language.JA, "ごんはうつむきました。", "look down", Pose.LOOK_DOWN),
    (Language.JA, "ごんはうしろをふり返りました。", "look back", Pose.LOOK_BACK),
    (Language.JA, "ごんは耳をすましました。", "listen", Pose.LISTEN),
    (Language.JA, "ごんは畑を掘りました。", "dig", Pose.DIG),
    (Language.JA, "ごんは手紙を書きました。", "write", Pose.WRITE),
    (Language.JA, "ごんは小躍りしました。", "cheer", Pose.CHEER),
    (Language.JA, "ごんはうなずきました。", "nod", Pose.LOOK_DOWN),
    (Language.EN, "Gon buried his face in his hands.", "weep", Pose.WEEP),
    (Language.EN, "Gon prayed aloud.", "pray", Pose.PRAY),
    (Language.EN, "Gon clutched his head.", "despair", Pose.DESPAIR),
    (Language.EN, "Gon folded his arms.", "fold", Pose.FOLD),
    (Language.EN, "Gon crawled over the stones.", "crawl", Pose.CRAWL),
    (Language.EN, "Gon looked up at the moon.", "look up", Pose.LOOK_UP),
    (Language.EN, "Gon hung his head.", "look down", Pose.LOOK_DOWN),
    (Language.EN, "Gon looked back at the house.", "look back", Pose.LOOK_BACK),
    (Language.EN, "Gon shaded his eyes.", "lookout", Pose.LOOKOUT),
    (Language.EN, "Gon listened.", "listen", Pose.LISTEN),
    (Language.EN, "Gon dug a deep hole.", "dig", Pose.DIG),
    (Language.EN, "Gon swept the floor.", "sweep", Pose.SWEEP),
    (Language.EN, "Gon wrote a letter.", "write", Pose.WRITE),
    (Language.EN, "Gon clapped his hands.", "cheer", Pose.CHEER),
    (Language.JA, "ごんは鍋をかきまぜました。", "cook", Pose.COOK),
    (Language.JA, "ごんは魚を焼きました。", "cook", Pose.COOK),
    (Language.JA, "ごんは包丁で大根を切りました。", "cut", Pose.CUT),
    (Language.JA, "ごんはじゃがいもの皮をむいた。", "cut", Pose.CUT),
    (Language.JA, "ごんはお茶をつぎました。", "pour", Pose.POUR),
    (Language.JA, "ごんは湯のみにお湯を注いだ。", "pour", Pose.POUR),
    (Language.JA, "ごんは皿を洗いました。", "wash", Pose.WASH),
    (Language.JA, "ごんは洗濯物を干しました。", "hang", Pose.HANG),
    (Language.JA, "ごんは戸をとんとんと叩いた。", "knock", Pose.KNOCK),
    (Language.JA, "ごんはドアをノックした。", "knock", Pose.KNOCK),
    (Language.JA, "ごんは先へ先へと漕いで行く。", "row", Pose.ROW),
    (Language.JA, "ごんは麦をといでいました。", "wash", Pose.WASH),
    (Language.EN, "Gon stirred the soup.", "cook", Pose.COOK),
    (Language.EN, "Gon fried the eggs.", "cook", Pose.COOK),
    (Language.EN, "Gon peeled the potatoes.", "cut", Pose.CUT),
    (Language.EN, "Gon sliced a loaf.", "cut", Pose.CUT),
    (Language.EN, "Gon poured him another cup of tea.", "pour", Pose.POUR),
    (Language.EN, "Gon poured the water.", "pour", Pose.POUR),
    (Language.EN, "Gon washed the dishes.", "wash", Pose.WASH),
    (Language.EN, "Gon hung out the washing.", "hang", Pose.HANG),
    (Language.EN, "Gon knocked softly at the door.", "knock", Pose.KNOCK),
    (Language.EN, "Gon rapped on the window.", "knock", Pose.KNOCK),
    (Language.EN, "Gon rowed across the lake.", "row", Pose.ROW),
]


def figures(words: str, *deeds: tuple[str, str], emotion: Emotion = Emotion.NEUTRAL) -> list[FigureDirection]:
    """Those of the only beat in which somebody does these deeds with these things, one beat a deed."""
    teller = Teller()
    beats = []
    for action, thing in deeds:
        line = teller.line(words)
        done = (Deed(who="c01", action=action, thing=thing, span=line.span),)
        beats.append(teller.beat(line, importance=4, deeds=done, present=("c01",), action=action, emotion=emotion))
    given = inputs(scene(1, *beats))
    draft = draft_storyboard(given.plot, given.cast, given.concept, given.settings)
    return [f for page in draft.pages for panel in page.panels for f in panel.direction.figures]


@pytest.mark.parametrize(("language", "words", "action", "pose"), TOLD)
def test_the_words_name_the_deed_and_the_deed_has_its_pose(
    language: Language, words: str, action: str, pose: Pose
) -> None:
    assert lore(language).table("actions").all(words)[0] == action
    assert pose in [figure.pose for figure in figures(words, (action, ""))]


@pytest.mark.parametrize(
    "words",
    [
        "息をのんだ。", "座敷へ這入った。", "Nobody was there.", "It was a headland.", "She is a teacher.",
        "All attempt at cheering a mind was futile.", "雨が屋根に降り注いだ。", "水を打ったように静かだった。",
        "縁を切った。", "漕ぎ手がいた。", "Rain poured down on them.", "There was a knock at the door.",
        "He cut his finger.",
        "They stood in a row.", "The picture hung on the wall.", "The waves washed up on the sand.",
    ],
)  # fmt: skip
def test_other_words_name_none_of_them(words: str) -> None:
    language = Language.JA if words.endswith("。") else Language.EN
    named = {action for _, _, action, _ in TOLD} | {"drink"}
    assert not named & set(lore(language).table("actions").all(words))


def test_who_climbs_a_thread_goes_on_climbing_and_whoever_climbs_a_hill_walks() -> None:
    told = figures("ごんは糸をのぼりました。", ("climb", "thread"), ("look down", ""), ("laugh", ""))
    climbing = [figure for figure in told if figure.pose is Pose.CLIMB]
    assert len(climbing) >= 2
    assert all(figure.holds == "thread" for figure in climbing)
    hill = figures("ごんは山にのぼりました。", ("climb", ""))
    assert Pose.WALK in [figure.pose for figure in hill]
    assert Pose.CLIMB not in [figure.pose for figure in hill]


def test_what_is_handed_over_lies_on_both_hands_and_a_cook_goes_on_cooking_while_others_are_looked_at() -> None:
    gives = figures("ごんは手紙を渡しました。", ("give", "letter"))
    assert {(f.pose, f.holds) for f in gives if f.pose is Pose.GIVE} == {(Pose.GIVE, "letter")}
    assert Pose.GIVE not in [f.pose for f in figures("ごんは渡しました。", ("give", ""))]
    cooks = figures("ごんは鍋をかきまぜました。", ("cook", ""), ("look", ""))
    assert [f.pose for f in cooks].count(Pose.COOK) >= 2


def test_gladness_alone_throws_up_no_arms() -> None:
    for deed in ("laugh", "look", "think"):
        assert Pose.CHEER not in [f.pose for f in figures("ごんは喜びました。", (deed, ""), emotion=Emotion.JOY)]


def test_nothing_is_in_a_hand_that_nobody_tells_of() -> None:
    for action in ("sweep", "drink", "read", "look"):
        assert {figure.holds for figure in figures("ごんはいました。", (action, ""))} == {""}
