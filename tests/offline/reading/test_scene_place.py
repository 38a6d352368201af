"""What a scene dwells on tells which pond, hall, peak or house it is."""

import pytest

from manga.brief import Language
from manga.vocabulary.places import places
from offline.reading.scene_place import particular
from offline.reading.story_tables import lore
from tests.offline.stories import read_all


@pytest.mark.parametrize(
    ("language", "setting", "place", "told", "expected"),
    [
        (Language.JA, "river", "極楽の蓮池", "池の中に咲いている蓮の花は、みんな玉のようにまっ白で", "lily_pond"),
        (Language.JA, "river", "村の小川の堤", "川の水は濁っていた。", "river"),
        (Language.JA, "hell", "森羅殿", "閻魔大王はきざはしの上から見下ろした。", "judgement_hall"),
        (Language.JA, "hell", "針の山", "血の池で浮いたり沈んだりしていた。", "hell"),
        (Language.JA, "mountain", "峨眉山", "一枚岩の上に坐った。", "summit"),
        (Language.JA, "garden", "月の温室", "葉に水をやった。", "greenhouse"),
        (Language.EN, "road", "causeway", "We passed a Gothic archway; in his studio hung dark draperies.", "chamber"),
        (Language.EN, "road", "road", "He walked the long road to the mill.", "road"),
        (Language.EN, "grave", "vault", "We laid the coffin in the vault and shut the copper door.", "vault"),
        (Language.EN, "mansion", "House of", "I saw the black tarn, at the turrets of the domain.", "lake_house"),
        (Language.EN, "sea", "ship", "The captain stood on deck under the mast.", "deck"),
        (Language.EN, "spaceship", "ship", "She stood on the bridge. The screens were black.", "spaceship"),
        (Language.EN, "spaceship", "ship", "The bridge was still. The screens and the instruments showed clear.",
         "ship_bridge"),
        (Language.EN, "spaceship", "ship", "By supper they called along the tables and passed the beans.", "mess"),
        (Language.JA, "spaceship", "宇宙船の艦橋", "舵が鳴った。", "ship_bridge"),
        (Language.EN, "river", "bridge", "A goose sat exactly in the middle.", "bridge"),
        (Language.EN, "river", "river", "The stream ran under a bridge.", "river"),
        (Language.JA, "river", "橋のたもと", "二人はだまって立っていました。", "bridge"),
        (Language.EN, "room", "shabby little couch", "Della lay on the couch in the flat with her combs.", "room"),
    ],
)  # fmt: skip
def test_words_lead_from_a_common_place_to_its_own(
    language: Language, setting: str, place: str, told: str, expected: str
) -> None:
    assert particular(lore(language), setting, place, told) == expected


def test_rooms_of_who_lives_in_a_castle_are_there() -> None:
    assert particular(lore(Language.EN), "room", "bed", "He lay awake.", castle=True) == "castle_room"
    assert particular(lore(Language.EN), "garden", "garden", "He stood there.", castle=True) == "garden"


@pytest.mark.parametrize("language", list(Language))
def test_every_place_of_its_own_is_named_in_each_language(language: Language) -> None:
    assert set(dict(lore(language).places("marks").rows)) == {key for key, p in places().entries.items() if p.among}


def test_who_has_not_gone_elsewhere_stays_in_the_place_of_its_own() -> None:
    scenes = read_all(
        "The Painter\n\nI walked up the road and came under a Gothic archway, and in a vaulted studio hung dark "
        "draperies.\n\n***\n\nUpon this my friend rose and greeted me. We talked until the lamps were lit.\n"
    )[2].scenes
    assert [scene.setting for scene in scenes] == ["chamber", "chamber"]


def test_a_place_that_is_only_named_takes_nobody_out_of_the_place_of_its_own() -> None:
    scenes = read_all(
        "The Painter\n\nI came into the hall under a Gothic archway, and in a vaulted studio hung dark draperies. I "
        "stood in the hall.\n\n***\n\nUpon this my friend spoke of the family mansion. We talked of the mansion until "
        "the lamps were lit.\n"
    )[2].scenes
    assert [scene.setting for scene in scenes] == ["chamber", "chamber"]
