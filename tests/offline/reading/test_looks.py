"""Stories in, looks out: what the text says is worn, and what is open differs from one to the next."""

import re
from itertools import combinations

import pytest

from manga.characters import Age, Character, Kind
from manga.concept import Period
from offline.reading.complete_looks import worn_then
from offline.reading.looks import (
    About,
    named_after,
)
from offline.reading.story_reading import Person
from tests.offline.stories import BRIDGE, LAMP, read_all

SCHOOL = """　放課後の教室で、山田ユウは先生を待っていた。教頭先生が入ってきた。白いひげをなでて、ユウを見た。
「山田、まだいたのか」と教頭先生は言った。
「はい、先生」とユウは言った。
　ユウはくちびるをかんだ。クラスの少女、木村アキが廊下を走ってきた。
「ユウ、部活に行こう」とアキは言った。
　教頭先生は笑った。アキも笑った。
"""
HUNTERS = """　二人の若い紳士が、イギリスの兵隊のなりをして、鉄砲をかついで、白熊のような犬をつれて、
汽車のある山を歩いていた。
「寒いね」と一人の紳士が言った。
「外套が要るな」と、もひとりの紳士が言った。
　犬は黙って歩いた。犬は二人のあとについていった。犬がほえた。
"""
CAT = """Tom Reed was eight. He had a large black cat with one white paw. Tom called the cat.

"Come in!" said Tom.

The cat came in. The cat sat down by the stove. His father hung up his hat and came in, too.

"It is late," said his father. The father laughed.
"""

SWANS = """　白鳥先生が教室に入ってきた。熊谷くんが手をあげた。鶴田さんは笑った。池の白鳥は首をのばした。
「出席をとります」と白鳥先生は言った。
「はい」と熊谷くんは答えた。
「はい、先生」と鶴田さんは言った。白鳥先生はうなずいた。熊谷くんは座った。鶴田さんも座った。
"""
TALE = """　むかし、山に熊さんとうさぎさんがいた。
「寒いな」と熊さんは言った。
「雪ですよ」とうさぎさんは言った。熊さんは穴に入った。うさぎさんは走った。
"""


def cast_of(story: str) -> dict[str, Character]:
    return {c.name: c for c in read_all(story)[1].characters}


def test_a_teacher_of_today_wears_a_suit_and_glasses_and_no_hat() -> None:
    look = cast_of(SCHOOL)["教頭先生"].look
    assert (look.outfit, look.glasses, look.hat, look.gender) == ("suit", True, "none", "male")
    assert look.facial_hair == "beard"
    assert look.hair_color == "grey"


def test_pupils_wear_what_pupils_wear_and_lips_make_nobody_small() -> None:
    cast = cast_of(SCHOOL)
    assert cast["ユウ"].look.outfit == "gakuran"
    assert cast["ユウ"].look.build == "medium"
    assert cast["アキ"].look.outfit in ("sailor", "blazer")
    assert cast["アキ"].look.age is Age.TEEN


def test_beasts_have_the_colour_that_the_story_gives_them() -> None:
    assert cast_of(CAT)["the cat"].look.hair_color == "black"
    assert cast_of(HUNTERS)["犬"].look.hair_color == "white"


def test_an_age_in_words_is_an_age() -> None:
    assert cast_of(CAT)["Tom"].look.age is Age.CHILD


def test_old_japan_ties_its_hair() -> None:
    looks = [c.look for c in cast_of(BRIDGE).values() if c.look.kind is Kind.HUMAN]
    assert all(look.hair_style in ("topknot", "ponytail", "shaved", "bun", "shimada") for look in looks)


@pytest.mark.parametrize("story", [BRIDGE, LAMP, SCHOOL, HUNTERS, CAT])
def test_nobody_has_the_head_or_the_clothes_of_another(story: str) -> None:
    looks = [c.look for c in cast_of(story).values() if c.look.kind is Kind.HUMAN]
    for one, other in combinations(looks, 2):
        assert (one.hair_style, one.hair_color) != (other.hair_style, other.hair_color)
        assert (one.outfit, one.outfit_tone) != (other.outfit, other.outfit_tone)


def test_a_family_name_that_is_written_like_an_animal_is_a_persons() -> None:
    people = cast_of(SWANS)
    assert {people[name].look.kind for name in ("白鳥先生", "熊谷くん", "鶴田さん")} == {Kind.HUMAN}


def test_an_animal_of_a_tale_with_a_title_stays_an_animal() -> None:
    assert {c.look.kind for c in cast_of(TALE).values()} == {Kind.BEAR, Kind.RABBIT}


def test_a_goose_that_has_a_name_is_a_goose() -> None:
    goose = cast_of(
        "There was a goose on the bridge. She was very white, and her name was Gertrude. Nobody could pass.\n\n"
        "“Shoo!” said Mr. Pell. Gertrude looked at him. Mr. Pell went home. Gertrude sat down. Gertrude hissed.\n"
    )["Gertrude"].look
    assert (goose.kind, goose.gender, goose.hair_color) == (Kind.BIRD, "female", "white")


@pytest.mark.parametrize(
    ("told", "age"),
    [
        ("a boy called Wat", Age.CHILD),
        ("Wat, an old man", Age.ELDER),
        ("Wat, who is six,", Age.CHILD),
        ("Wat", Age.ADULT),
    ],
)
def test_people_are_as_old_as_they_are_introduced(told: str, age: Age) -> None:
    story = (
        f"By the gate stood {told}.\n\n“Good day,” said Wat. Wat laughed. Wat went in. “Good day,” said Wat again.\n"
    )
    look = cast_of(story)["Wat"].look
    assert (look.age, look.gender) == (age, "male")


def test_an_old_man_of_an_english_story_wears_no_kimono() -> None:
    story = "The old man sat by the road.\n\n“Rain,” said the old man. The old man stood up. The old man went home.\n"
    assert {c.look.outfit for c in cast_of(story).values()} != {"kimono"}


def test_names_of_old_tell_women_from_men() -> None:
    cast = cast_of(
        "　むかし、おきぬと福市がいた。\n「雨だ」と福市は言った。\n「雨ですね」とおきぬは言った。\n"
        "　福市は笑った。おきぬも笑った。\n"
    )
    assert {name: c.look.gender for name, c in cast.items()} == {"おきぬ": "female", "福市": "male"}


def test_a_robot_is_of_metal_and_the_girl_beside_it_is_not() -> None:
    cast = cast_of(
        "　畑に、古いロボットがいた。ロボットは水をまいた。少女はロボットを見ていた。\n"
        "「咲きますか」とロボットは言った。\n「咲くわ」と少女は言った。少女は笑った。\n"
    )
    robot, girl = cast["ロボット"].look, cast["少女"].look
    assert (robot.outfit, robot.hair_style, robot.marks) == ("armour", "bald", ("ロボット",))
    assert girl.marks == ()


def test_whoever_is_introduced_by_a_noun_is_meant_by_it_later() -> None:
    cast = cast_of(
        "There was a goose on the bridge. She was very white, and her name was Gertrude. Nobody could pass.\n\n"
        "“Shoo!” said Mr. Pell. The goose hissed. Gertrude looked at him. Mr. Pell went home. Gertrude sat down.\n\n"
        "“Honk,” said the goose. Gertrude slept.\n"
    )
    assert set(cast) == {"Gertrude", "Mr. Pell"}
    assert "the goose" in cast["Gertrude"].aliases


def test_people_of_1900_wear_neither_spikes_nor_a_short_dress() -> None:
    story = "\n\n".join(
        f'"Good evening, {other}," said {name}. {name} put down {their} watch.'
        for name, other, their in (
            ("Mr. Reed", "Mrs. Bell", "his"), ("Mrs. Bell", "Mr. Reed", "her"), ("Mr. Cole", "Miss Dora", "his"),
            ("Miss Dora", "Mr. Cole", "her"), ("Mr. Lane", "Mr. Reed", "his"), ("Mr. Park", "Mr. Lane", "his"),
        )
    )  # fmt: skip
    text = f"The Lamplighter\n\nIn the winter of 1897 the gas lamps were lit in London.\n\n{story}\n"
    concept, cast, _ = read_all(text)
    assert concept.world.period is Period.EARLY_MODERN
    assert len(cast.characters) >= 5
    assert not {person.look.hair_style for person in cast.characters} & {"spiky", "messy", "twintail"}
    assert not {person.look.outfit for person in cast.characters} & {"dress", "casual", "hoodie"}


def test_a_burglar_is_no_boy_for_the_end_of_his_word_and_a_boy_is_one() -> None:
    story = """　犍陀多は大泥坊で、悪事を働いた。犍陀多は池を見た。
「蜘蛛の糸だ」と犍陀多は言った。
「あれは何」と豆坊は言った。豆坊は糸をつかんだ。犍陀多は上を見た。豆坊は笑った。
"""
    cast = cast_of(story)
    assert (cast["犍陀多"].look.age, cast["豆坊"].look.age) == (Age.ADULT, Age.CHILD)


FAIRY_TALE = """Once upon a time a king lived in a castle with his daughter, the princess. A giant came to the castle.

"Let me in," said the giant. The giant knocked. The king opened the gate.

"Who are you?" asked the king. The king laughed. The princess laughed, too.

"I am cold," said the giant. A little boy ran to the giant.

"Come to the fire," said the little boy. "Yes, come in," said the princess. The little boy smiled.
"""


def test_people_of_a_fairy_tale_wear_tunics_and_gowns_and_nothing_crossed_on_the_breast() -> None:
    concept, cast, _ = read_all(FAIRY_TALE)
    assert concept.world.period is Period.MEDIEVAL
    worn = {c.name.removeprefix("the "): c.look.outfit for c in cast.characters if c.look.kind is Kind.HUMAN}
    assert worn["giant"] == worn["little boy"] == "tunic"
    assert worn["king"] == worn["princess"] == "gown"


def test_a_word_for_clothes_means_what_was_worn_then() -> None:
    assert worn_then("dress", Period.MEDIEVAL, "female") == "gown"
    assert worn_then("gown", Period.EARLY_MODERN, "female") == "victorian_dress"
    assert worn_then("gown", Period.EARLY_MODERN, "male") == "gown"
    assert worn_then("uniform", Period.MEDIEVAL, "male") == "armour"
    assert worn_then("robe", Period.OLD_CHINA, "male") == "robe"


def test_a_hat_of_today_is_worn_by_the_grown_too() -> None:
    _, cast, _ = read_all(
        'The Hall\n\nMrs. Adair, in a hat with cherries on it, struck the table. "Order," said Mrs. Adair.\n\n'
        '"Yes," said Tom.\n'
    )
    assert {c.name: c.look.hat for c in cast.characters} == {"Mrs. Adair": "hunting", "Tom": "none"}


HERON = """　沼のほとりに、権太という狸がすんでいました。権太は、沼へ走りました。
「たいへんだ」と権太は言いました。
　青鷺のおきぬは、一本足で立ったまま、片目をあけました。
「雨なら、天にお言いよ」とおきぬは言いました。
　その片目の年寄り、作左が、戸をあけました。
「なにごとじゃ」と作左は言いました。おきぬは、はねをひろげました。作左はわらいました。
"""


def test_what_stands_right_before_a_name_says_what_its_bearer_is() -> None:
    cast = cast_of(HERON)
    assert (cast["おきぬ"].look.kind, cast["おきぬ"].look.marks) == (Kind.BIRD, ("鷺",))
    assert cast["作左"].look.age is Age.ELDER


def test_a_noun_is_not_what_stands_before_it() -> None:
    owner = About(Person("主人"), "主人", "猫の主人は笑いました。", "", "", "猫の")
    assert named_after(owner, re.compile("猫")) == ""


def test_hair_in_the_sentence_after_is_that_of_whom_it_goes_on_about() -> None:
    told = "　あかりは丸いすにすわって、マイクをながめていた。三つ編みの先が、しめってはねている。\n"
    talk = "「放送は」とあかりは言った。\n「まだだよ」と日向は言った。日向は笑った。あかりは首をふった。\n"
    assert cast_of(told + talk)["あかり"].look.hair_style == "braids"


def test_wrinkled_paper_makes_nobody_old() -> None:
    story = (
        "　ミオは、ポケットから、しわくちゃの紙を出して見せた。\n「これ」とミオは言った。\n"
        "　サエは、そのしわをのばした。\n「うん」とサエは言った。\n"
    )
    cast = cast_of(story)
    assert Age.ELDER not in {cast["ミオ"].look.age, cast["サエ"].look.age}
