"""What the rules find of hats, hair, wounds, wet clothes and things in hands: stories in, changes of the plot out."""

import pytest

from manga.continuity import OFF
from tests.offline.stories import BRIDGE, LAMP, read_all


def changes(story: str) -> list[tuple[str, str, str]]:
    """Who, what and how, in the order of telling."""
    _, cast, plot = read_all(story)
    names = {person.key: person.name for person in cast.characters}
    return [(names[c.who], c.aspect.value, c.to) for beat in plot.beats() for c in beat.changes]


JA_START = (
    "山の村\n\n　むかし、ある村に、権太というお百姓がいました。権太の家のとなりには、お花という娘がすんでいました。\n"
)
JA_TALK = "「お花、どこへ行く」と権太は言いました。\n「町へ」と、お花は答えました。\n"
EN_START = "The Hill\n\nOne day the old captain sat by the road. The maid stood at the wall. She ran to him.\n\n"
EN_TALK = '"Where are you going?" asked the captain.\n\n"To town," said the maid.\n\n'


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("　権太は笠をとって、汗をふきました。\n", ("権太", "hat", OFF)),
        ("　お花は草履をぬいで、川に入りました。\n", ("お花", "shoes", OFF)),
        ("　お花は髪をばっさり切りました。\n", ("お花", "hair", "short")),
        ("　お花は髪をほどきました。\n", ("お花", "hair", "long")),
        ("　権太は足をすべらせて、川に落ちました。\n", ("権太", "wet", "yes")),
        ("　権太の額に、大きな傷ができました。\n", ("権太", "wound", "face")),
        ("　お花は、権太の腕に包帯を巻きました。\n", ("権太", "bandage", "arm")),
        ("　お花の着物が、枝にかかって破れました。\n", ("お花", "torn", "yes")),
        ("　お花は、赤いドレスに着替えました。\n", ("お花", "costume", "dress dark")),
        ("　権太は鍵をひろいました。\n", ("権太", "holds", "key")),
        ("　お花はメガホンを口にあてました。\n", ("お花", "holds", "megaphone")),
        ("　お花は手紙を口にくわえて、走りました。\n", ("お花", "holds", "letter in mouth")),
    ],
)
def test_a_japanese_sentence_changes_somebody(told: str, expected: tuple[str, str, str]) -> None:
    assert expected in changes(JA_START + JA_TALK + told)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("The captain took off his hat.", ("captain", "hat", OFF)),
        ("On went her blue bonnet.", ("maid", "hat", "yes")),
        ("The maid cut off her hair.", ("maid", "hair", "short")),
        ("The maid let her hair down.", ("maid", "hair", "long")),
        ("The maid fell into the river.", ("maid", "wet", "yes")),
        ("The captain cut his hand.", ("captain", "wound", "arm")),
        ("The captain bandaged her knee.", ("maid", "bandage", "leg")),
        ("The maid tore her dress on a thorn.", ("maid", "torn", "yes")),
        ("The maid kicked off her shoes.", ("maid", "shoes", OFF)),
        ("The maid came down the hill with a lantern in one hand.", ("maid", "holds", "lantern")),
        ("The captain came in with a fish in his mouth.", ("captain", "holds", "fish in mouth")),
        ("The maid ran away, the letter held fast between her teeth.", ("maid", "holds", "letter in mouth")),
    ],
)
def test_an_english_sentence_changes_somebody(told: str, expected: tuple[str, str, str]) -> None:
    found = [
        (who.removeprefix("the ").removeprefix("old "), *rest) for who, *rest in changes(EN_START + EN_TALK + told)
    ]
    assert expected in found


@pytest.mark.parametrize(
    "told",
    [
        "　お花は髪を切りませんでした。\n",
        "　権太は、笠をとろうとしました。\n",
        "　お花の髪は長くて黒い。\n",
        "　権太は町で傘を売りました。\n",
    ],
)
def test_what_is_denied_or_only_described_changes_nobody(told: str) -> None:
    assert changes(JA_START + JA_TALK + told) == []


@pytest.mark.parametrize(
    "told",
    [
        "　お花は、権太の首に腕をまきつけました。\n",
        "　権太は、首にまきつけた手拭をとりませんでした。\n",
        "　権太は、縄を首にまきつけませんでした。\n",
    ],
)
def test_arms_and_scarves_are_no_coils(told: str) -> None:
    assert not [change for change in changes(JA_START + JA_TALK + told) if "neck" in change[2]]


@pytest.mark.parametrize("story", [BRIDGE, LAMP])
def test_a_story_that_tells_of_no_change_has_none(story: str) -> None:
    assert changes(story) == []


def test_another_day_brings_the_hat_back_and_leaves_the_hair_cut() -> None:
    story = (
        JA_START
        + JA_TALK
        + (
            "　お花は笠をとりました。それから、髪をばっさり切りました。\n"
            "　つぎの日、お花は村へ帰りました。\n「ただいま」と、お花は言いました。\n"
        )
    )
    assert [c for c in changes(story) if c[0] == "お花"] == [
        ("お花", "hat", OFF),
        ("お花", "hair", "short"),
        ("お花", "hat", ""),
    ]


def test_clothes_told_of_in_passing_are_those_of_the_scene() -> None:
    story = (
        JA_START + JA_TALK + "　権太は、白いかみしもをつけて、寺へ行きました。\n"
        "「おや、りっぱななりだ」と、お花は言いました。\n「おっ母の葬式だ」と、権太は言いました。\n\n"
        "　その晩、権太は家の中で酒を飲みました。\n「もう寝るか」と権太は言いました。\n"
    )
    assert [c for c in changes(story) if c[1] == "costume"] == [
        ("権太", "costume", "hakama white"),
        ("権太", "costume", ""),
    ]


def test_who_lays_a_thing_down_has_held_it_since_the_scene_began() -> None:
    story = JA_START + JA_TALK + "　権太は鉄砲を台の上に置きました。\n"
    assert [c[1:] for c in changes(story) if c[0] == "権太"] == [("holds", "gun"), ("holds", OFF)]
