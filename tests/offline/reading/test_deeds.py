"""Who does what: the reader gives each deed its own doer, the storyboard each figure its own pose."""

from manga.brief import Language
from manga.plot import Deed, Emotion
from manga.storyboard import PanelDraft, Pose, Shot
from manga.values import Span
from offline.directing.storyboard import draft_storyboard
from offline.reading.deeds import BOTH
from offline.reading.lexicon_tables import lore
from tests.offline.stories import read_all
from tests.offline.storyboard_plots import Inputs, Teller, inputs, scene

HUNT = """狐と猟師

　むかし、ある山に、ごんという狐がいました。ふもとには、兵十という猟師がすんでいました。
　ある日、兵十は納屋にかけてある鉄砲をとって、火薬をつめました。
　ごんは、戸口で、じっとしていました。
「ようし」と、兵十は言いました。
　兵十は、足音をしのばせてちかよって、戸口を出ようとするごんを、ドンと、うちました。ごんは、ばたりとたおれました。
「おや」と、兵十は、びっくりしました。
　ごんは、ぐったりと目をつぶったまま、うなずきました。
　兵十は鉄砲を、とり落しました。
　扉が開いて、青い煙が外へ出ていきました。
"""
RACE = """The Race

The Hare and the Tortoise stood on the road. "You are slow," said the Hare. "I will win," said the Tortoise.

The Hare lay down and slept. The Tortoise walked on.

Waking up, the Hare ran to the goal. "You have lost," said the Tortoise.
"""


def told(story: str) -> list[tuple[str, str]]:
    _, cast, plot = read_all(story)
    names = {c.key: c.name for c in cast.characters}
    return [(names[deed.who], deed.action) for beat in plot.beats() for deed in beat.deeds]


def panels(given: Inputs) -> list[PanelDraft]:
    draft = draft_storyboard(given.plot, given.cast, given.concept, given.settings)
    return [panel for page in draft.pages for panel in page.panels]


def poses(panel: PanelDraft) -> dict[str, Pose]:
    return {figure.character: figure.pose for figure in panel.direction.figures}


def test_each_verb_belongs_to_its_own_subject() -> None:
    deeds = told(HUNT)
    assert ("兵十", "shoot") in deeds
    assert ("ごん", "fall") in deeds
    assert ("ごん", "nod") in deeds
    assert ("兵十", "drop") in deeds
    assert ("ごん", "shoot") not in deeds


def test_a_thing_that_moves_by_itself_is_nobodys_deed() -> None:
    assert not [who for who, action in told(HUNT) if action == "open"]


def test_what_leads_into_an_english_sentence_is_said_of_its_subject() -> None:
    deeds = told(RACE)
    assert ("the Hare", "wake") in deeds
    assert ("the Hare", "lie") in deeds
    assert ("the Tortoise", "lie") not in deeds


def test_a_weapon_that_was_taken_is_in_the_hand_that_shoots() -> None:
    _, _, plot = read_all(HUNT)
    assert [deed.thing for beat in plot.beats() for deed in beat.deeds if deed.action == "shoot"] == ["gun"]


def shot_and_fall() -> Inputs:
    teller = Teller()
    shot, fall = teller.line("兵十は、ごんをドンとうちました。"), teller.line("ごんは、ばたりとたおれました。")
    deeds = (
        Deed(who="c02", action="shoot", thing="gun", span=Span(start=shot.span.start + 10, end=shot.span.end)),
        Deed(who="c01", action="fall", span=Span(start=fall.span.start + 8, end=fall.span.end)),
    )
    struck = teller.beat(shot, fall, importance=5, deeds=deeds, present=("c01", "c02"), action="fall")
    after = teller.beat(teller.line("兵十は、それを見ました。"), present=("c02",), importance=4)
    return inputs(scene(1, teller.beat(teller.line("朝でした。")), struck, after))


def test_the_trigger_of_what_is_no_weapon_shoots_nobody() -> None:
    story = (
        "　校庭に、健太という少年がいた。\n「位置について」と健太は言った。\n"
        "　健太はメガホンを持ち、引き金をひいた。健太は笑った。\n「よし」と健太は言った。\n"
    )
    _, _, plot = read_all(story)
    deeds = [(deed.action, deed.thing) for beat in plot.beats() for deed in beat.deeds]
    assert ("hold", "megaphone") in deeds
    assert not any(thing == "gun" for _, thing in deeds)


def test_two_peoples_strong_deeds_are_two_panels_and_the_doer_has_the_pose() -> None:
    found = panels(shot_and_fall())
    aiming = [poses(panel) for panel in found if Pose.AIM in poses(panel).values()]
    assert [shown["c02"] for shown in aiming] == [Pose.AIM]
    assert aiming[0].get("c01") is not Pose.AIM
    falling = [poses(panel) for panel in found if poses(panel).get("c01") is Pose.FALL]
    assert len(falling) == 1
    assert all(shown.get("c02") is not Pose.AIM for shown in falling)


def test_whoever_has_fallen_stays_down_until_the_scene_is_over() -> None:
    assert poses(panels(shot_and_fall())[-1])["c01"] is Pose.LIE


def test_night_silence_and_sleep_fall_on_nobody() -> None:
    tables = lore(Language.EN)
    for words in (
        "Night fell over the town.",
        "Silence fell.",
        "He fell asleep.",
        "They fell in love.",
        "日が落ちた。",
    ):
        assert "fall" not in tables.table("actions").all(words)
    assert lore(Language.JA).table("actions").all("日が落ちた。眠りに落ちた。") == ("sleep",)
    assert tables.table("actions").all("She fell on her knees.") == ("kneel",)
    assert tables.table("actions").all("She fell down the stairs.") == ("fall",)


def test_hands_and_eyes_are_opened_without_reaching_for_a_door() -> None:
    for language, words in ((Language.EN, "He opened his very long hands."), (Language.JA, "猫は目を開けた。")):
        assert "open" not in lore(language).table("actions").all(words)
    assert "open" in lore(Language.EN).table("actions").all("She opened the door.")


def test_two_who_fight_are_seen_fighting() -> None:
    teller = Teller()
    line = teller.line("ごんは兵十につかみかかりました。")
    deeds = (Deed(who="c01", action="fight", span=line.span),)
    found = panels(inputs(scene(1, teller.beat(line, importance=4, deeds=deeds, present=("c01", "c02")))))
    assert any(poses(panel).get("c01") is Pose.FIGHT and "c02" in poses(panel) for panel in found)
    assert lore(Language.JA).table("actions").all("ごんは兵十につかみかかりました。")[0] == "fight"


def test_a_beat_of_another_model_without_deeds_gives_its_action_to_the_first_who_is_there() -> None:
    teller = Teller()
    beat = teller.beat(teller.line("走りました。"), action="run", present=("c02", "c01"), importance=5)
    shown = [poses(panel) for panel in panels(inputs(scene(1, beat)))]
    assert any(pose.get("c02") is Pose.RUN for pose in shown)
    assert not any(pose.get("c01") is Pose.RUN for pose in shown)


def test_eyes_at_a_telescope_and_a_struck_match_are_deeds() -> None:
    night = """The Night

Nora stood at the window. "Dark," said Nora. The cat sat by her. "Mrow," said the cat.

Nora struck the last match. She climbed the last stair of the tower. The cat looked through the brass telescope.
"""
    deeds = told(night)
    assert ("Nora", "light") in deeds
    assert ("Nora", "walk") in deeds
    assert ("Nora", "climb") not in deeds
    assert ("the cat", "peer") in deeds


def test_what_somebody_had_done_before_is_not_done_again() -> None:
    story = (
        "The Giant\n\nThe Giant sat in the garden. The Giant loved Tom best because he had kissed him.\n\n"
        '"Come," said the Giant. "I come," said Tom.\n'
    )
    _, _, plot = read_all(story)
    assert not [deed for beat in plot.beats() for deed in beat.deeds if deed.action == "hug"]


def test_two_things_are_not_the_two_who_were_told_of() -> None:
    for words in ("It so identified the two as to merge their names.", "He set it between the two standard clocks."):
        assert not BOTH.search(words)
    assert BOTH.search("On that day the two girls learnt it.")
    assert BOTH.search("the two of them")


def test_what_goes_on_behind_a_door_is_done_by_nobody_who_stands_before_it() -> None:
    story = (
        "店\n\n　ごんは扉の前に立っていました。兵十はごんを見ました。ごんはふるえました。\n"
        "　中ではふっふっとわらって、また叫んでいます。\n「いらっしゃい、いらっしゃい。」\n　ごんは泣きました。\n"
    )
    _, _, plot = read_all(story)
    done = [deed.action for beat in plot.beats() for deed in beat.deeds if "中では" in beat.told]
    assert not {"laugh", "shout"} & set(done)
    assert all(beat.emotion is not Emotion.JOY for beat in plot.beats() if "中では" in beat.told)
    assert "cry" in [deed.action for beat in plot.beats() for deed in beat.deeds]


RESCUE = """The Rope

Kyle and Tamsin walked along the shore. "The sand is soft," said Kyle. "Go back," said Tamsin.

Kyle fell into the mud. Tamsin seized him by the wrist. She pulled him over the sand, and went down on one knee.

"Thank you," said Kyle. He took the crown from the box, and set it on Tamsin's head. Tamsin raised her hand. The clock \
struck. She seized her own sleeve.
"""
OASHI = """傘

　千鶴と源太が石段を歩いていました。
「あぶない」と、千鶴が言いました。「平気だ」と、源太が言いました。
　源太が足をすべらせました。千鶴は源太の手首をつかみました。そして、源太をひきあげました。
　千鶴は源太のまえに来て、歯をくいしばりました。
"""


def at_somebody(story: str) -> list[tuple[str, str, str]]:
    _, cast, plot = read_all(story)
    names = {c.key: c.name for c in cast.characters}
    found = (deed for beat in plot.beats() for deed in beat.deeds)
    return [(names[deed.who], deed.action, names[deed.whom]) for deed in found if deed.whom]


def test_it_is_read_to_whom_a_deed_is_done() -> None:
    assert at_somebody(RESCUE) == [
        ("Tamsin", "seize", "Kyle"), ("Tamsin", "pull", "Kyle"), ("Kyle", "crown", "Tamsin"),
    ]  # fmt: skip
    assert not {"strike", "lift"} & {action for _, action in told(RESCUE)}
    assert at_somebody(OASHI) == [("千鶴", "seize", "源太"), ("千鶴", "pull", "源太")]


def test_whoever_lays_hands_on_somebody_is_seen_beside_him_and_the_artist_is_told() -> None:
    teller = Teller()
    line = teller.line("ごんは兵十の腕をつかみました。")
    deeds = (Deed(who="c01", action="seize", whom="c02", span=line.span),)
    found = panels(inputs(scene(1, teller.beat(line, importance=4, deeds=deeds, present=("c01",)))))
    shown = [panel for panel in found if poses(panel).get("c01") is Pose.REACH]
    assert [set(poses(panel)) for panel in shown] == [{"c01", "c02"}]
    assert shown[0].direction.shot in {Shot.MEDIUM, Shot.FULL}
    assert "の腕をつかむ。" in shown[0].direction.seen
