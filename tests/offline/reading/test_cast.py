"""Stories in, casts and concepts out: who, how they look, what kind of book."""

from itertools import combinations

from manga.brief import Settings
from manga.characters import Age, Kind
from manga.concept import Genre, Period
from manga.paper import Direction, Side
from manga.plot import LineKind
from offline.writer import write_concept
from tests.offline.stories import BRIDGE, LAMP, lines_of, read_all

NARRATED = """　私は坂道を歩いた。海が見えた。
「遅いぞ」と兄が言った。
　私は笑った。兄は怒っていた。
　私は兄に傘を渡した。雨が降り出した。
「ありがとう」と兄は言った。
　私は黙ってうなずいた。兄は走り出した。私も走った。
"""
PAIR = """　二人の紳士が山を歩いていた。
「道に迷ったね」と一人の紳士が言った。
「困ったな」と、もひとりの紳士が言った。
「戻ろうか」
「そうしよう」
　二人の紳士は山を下りた。
"""


def test_beasts_and_farmers_look_as_the_story_says() -> None:
    _, cast, _ = read_all(BRIDGE)
    by_name = {c.name: c for c in cast.characters}
    assert by_name["狐"].look.kind is Kind.FOX
    assert by_name["権太"].look.outfit == "farmer"
    assert by_name["お花"].look.gender == "female"


def test_an_old_man_is_old_and_has_a_beard_or_white_hair() -> None:
    _, cast, _ = read_all(LAMP)
    captain = next(c for c in cast.characters if "captain" in c.name)
    assert captain.look.age is Age.ELDER
    assert captain.look.hair_color in ("white", "grey")


def test_no_two_people_share_hair_build_and_tone() -> None:
    for story in (BRIDGE, LAMP, PAIR):
        people = [c.look for c in read_all(story)[1].characters if c.look.kind is Kind.HUMAN]
        for one, other in combinations(people, 2):
            assert (one.hair_style, one.build, one.outfit_tone) != (other.hair_style, other.build, other.outfit_tone)


def test_whoever_says_i_is_a_character() -> None:
    _, cast, _ = read_all(NARRATED)
    assert "私" in {c.name for c in cast.characters}


def test_every_sheet_has_a_description_and_the_protagonist_comes_first() -> None:
    for story in (BRIDGE, LAMP):
        _, cast, _ = read_all(story)
        assert all(c.name in c.description for c in cast.characters)
        assert [c.role for c in cast.characters].count("protagonist") == 1
        assert cast.characters[0].role == "protagonist"


def test_the_concept_knows_title_period_genre_and_reading_direction() -> None:
    concept, _, _ = read_all(BRIDGE)
    assert (concept.title, concept.world.period) == ("古い橋", Period.OLD_JAPAN)
    assert Genre.FOLK_TALE in concept.genres
    assert (concept.direction, concept.start_side) == (Direction.RTL, Side.LEFT)
    assert read_all(LAMP)[0].direction is Direction.LTR


def test_what_the_person_has_set_is_kept() -> None:
    settings = Settings(title="橋", author="山田", direction="ltr", style="seinen")
    concept = write_concept({"story": BRIDGE, "settings": settings})
    assert (concept.title, concept.author, concept.direction, concept.art_style) == (
        "橋",
        "山田",
        Direction.LTR,
        "seinen",
    )
    assert concept.start_side is Side.RIGHT


def test_a_surname_alone_is_its_bearer_and_the_brother_and_sister_have_names() -> None:
    story = (
        "The House\n\nIn the House of Usher lived Roderick Usher, with Mary Usher. Roderick Usher was pale.\n\n"
        "Usher rose from a sofa. Then Usher walked to the window. The brother wept.\n\n"
        "The likeness between the brother and sister was great. Mary Usher looked at Usher.\n\n"
        '"Come in," said Roderick Usher. "I will," said Mary Usher.\n'
    )
    _, cast, _ = read_all(story)
    assert not [c.name for c in cast.characters if c.name.endswith("brother")]


def test_what_stands_alone_behind_a_door_is_written_on_it() -> None:
    story = (
        "店\n\n　太郎と花子は廊下を歩きました。\n「長い廊下だね」と、太郎が言いました。\n　また黒い扉がありました。\n\n"
        "「どうか帽子をおとり下さい。」\n\n「とろうか」と、花子が言いました。\n"
    )
    _, _, plot = read_all(story)
    kinds = {line.text: line.kind for line in lines_of(plot)}
    assert kinds["どうか帽子をおとり下さい。"] is LineKind.SIGN


def test_sinners_of_an_old_story_are_men() -> None:
    _, cast, _ = read_all("地獄\n\n　むかし、地獄に罪人たちがいました。罪人たちは走りました。罪人たちは泣きました。\n")
    assert {c.look.gender for c in cast.characters} == {"male"}


def test_towns_and_things_are_nobody_however_often_they_are_named() -> None:
    story = (
        "The Road\n\nTom walked to Saltmouth. “Saltmouth is far,” said Tom. Saltmouth was grey, and Saltmouth was "
        "asleep. Ann met Tom. Ann took his hand. “I know the seal,” said Ann. It was red.\n\nThe seal "
        "fell. The seal rolled. Tom looked at the seal. Ann picked up the seal, and Tom held it.\n\nKit came. Kit "
        "looked at Ann. Kit sat down. " + "The rain fell, and nobody spoke. " * 40
    )
    names = {one.name for one in read_all(story)[1].characters}
    assert names == {"Tom", "Ann", "Kit"}
