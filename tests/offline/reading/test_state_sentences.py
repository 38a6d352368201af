"""More sentences, written when the rules were done: what was missed then was mended afterwards."""

import pytest

from tests.offline.reading.test_state_changes import EN_START, EN_TALK, JA_START, JA_TALK, changes

Told = tuple[str, str, str]
JAPANESE: list[tuple[str, Told]] = [
    ("権太は頭巾をぬいで、おじぎをしました。", ("権太", "hat", "off")),
    ("お花は帽子をかぶると、外へ出ました。", ("お花", "hat", "yes")),
    ("権太は上着を脱ぎ捨てました。", ("権太", "coat", "off")),
    ("お花は長い髪を短く切ってしまいました。", ("お花", "hair", "short")),
    ("お花は髪を後ろで束ねました。", ("お花", "hair", "ponytail")),
    ("権太は夕立にあって、ずぶぬれになりました。", ("権太", "wet", "yes")),
    ("権太は石につまずいて、膝をすりむきました。", ("権太", "wound", "leg")),
    ("お花の頬から血が流れました。", ("お花", "wound", "face")),
    ("権太は肩に矢を受けて、怪我をしました。", ("権太", "wound", "arm")),
    ("権太の頭には、白い包帯が巻かれていました。", ("権太", "bandage", "head")),
    ("お花の袖がびりっと裂けました。", ("お花", "torn", "yes")),
    ("権太は提灯を手に取りました。", ("権太", "holds", "paper_lantern")),
    ("お花は手紙を拾いあげました。", ("お花", "holds", "letter")),
    ("お花は権太に傘を渡しました。", ("権太", "holds", "umbrella")),
    ("お花は裸足で雪の中を走りました。", ("お花", "shoes", "off")),
    ("権太はめがねをはずして、目をこすりました。", ("権太", "glasses", "off")),
    ("お花は白い着物に着がえました。", ("お花", "costume", "kimono white")),
    ("権太は鎧を身につけました。", ("権太", "costume", "armour")),
]
ENGLISH: list[tuple[str, Told]] = [
    ("The captain lifted his hat and bowed.", ("captain", "hat", "off")),
    ("The maid put on her straw hat.", ("maid", "hat", "straw")),
    ("The captain threw off his coat.", ("captain", "coat", "off")),
    ("The maid had her long hair cut short by the barber.", ("maid", "hair", "short")),
    ("The maid tied back her hair with a ribbon.", ("maid", "hair", "ponytail")),
    ("The captain was soaked to the skin.", ("captain", "wet", "yes")),
    ("Blood ran down his cheek.", ("captain", "wound", "face")),
    ("The captain was wounded in the shoulder.", ("captain", "wound", "arm")),
    ("The maid wrapped a bandage around his head.", ("captain", "bandage", "head")),
    ("Her skirt was torn by the thorns.", ("maid", "torn", "yes")),
    ("The maid picked up the letter.", ("maid", "holds", "letter")),
    ("The maid gave the key to the captain.", ("captain", "holds", "key")),
    ("The captain took off his spectacles and wiped them.", ("captain", "glasses", "off")),
    ("The maid ran barefoot across the snow.", ("maid", "shoes", "off")),
    ("The maid changed into a white gown.", ("maid", "costume", "gown white")),
]


@pytest.mark.parametrize(("told", "expected"), JAPANESE)
def test_a_japanese_sentence_is_understood(told: str, expected: Told) -> None:
    assert expected in changes(f"{JA_START}{JA_TALK}　{told}\n")


@pytest.mark.parametrize(("told", "expected"), ENGLISH)
def test_an_english_sentence_is_understood(told: str, expected: Told) -> None:
    found = [
        (who.removeprefix("the ").removeprefix("old "), *rest) for who, *rest in changes(EN_START + EN_TALK + told)
    ]
    assert expected in found


def test_whoever_sits_down_lays_nothing_down() -> None:
    story = f"{JA_START}権太は帽子をかぶりなおし、石に腰をおろしました。\n{JA_TALK}"
    assert not [found for found in changes(story) if found[1:] == ("holds", "off")]
