"""Where people are, and what they only see or speak of."""

import pytest

from manga.brief import Language
from offline.reading.lexicon_tables import lore
from offline.reading.place_mentions import SURE, furniture_named, most_named, sightings


def there(sentence: str, language: Language) -> list[str]:
    return [s.label for s in sightings(lore(language), sentence) if s.strength >= SURE]


@pytest.mark.parametrize(
    ("sentence", "places"),
    [
        ("次の日から、二人は毎日、屋上に通った。", ["rooftop"]),
        ("二人は階段をのぼった。", ["stairs"]),
        ("少女は廊下を走った。", ["corridor"]),
        ("母は病室で待っていた。", ["hospital"]),
        ("老人は灯台へ入った。", ["lighthouse"]),
        ("子どもたちは海岸を歩いた。", ["shore"]),
        ("病院の庭に、木が立っている。", []),
        ("狐は穴の中で考えた。", ["den"]),
        ("二人は学校の帰り道に。", []),
        ("公園の隅に、大きな木。", []),
        ("町が、海の向こうまで見えた。", []),
        ("遠くに、お城の屋根が光っている。", []),
        ("屋上の扉は、さびて赤くなっていた。", []),
        ("お城の前まで来たとき、男が言った。", []),
        ("男湯では、親方が壁を見ていた。", ["bath"]),
        ("父は事務所へもどった。", ["office"]),
        ("二人は公園のベンチに、ならんで座っていた。", ["park"]),
        ("よその組は、銭湯に行ってしまった。", []),
        ("むすめは、学校へ行くと言った。", []),
        ("二人は森へは行かなかった。", []),
        ("子どもが座敷にすわっていた。", ["japanese_room"]),
        ("納屋の戸をあけると、声がした。", ["farmhouse"]),
        ("娘が教室に顔を出した。", ["classroom"]),
        ("弟は松林へ走った。", ["forest"]),
        ("父は青森へ行った。", []),
        ("廊下の奥で、鈴が鳴った。", []),
        ("それは窓から見た庭だ。", []),
        ("また三人ほど、人がつれだって家へはいっていきました。", []),
    ],
)
def test_japanese_places(sentence: str, places: list[str]) -> None:
    assert there(sentence, Language.JA) == places


@pytest.mark.parametrize(
    ("sentence", "places"),
    [
        ("He carried the sack up the hill.", ["mountain"]),
        ("She climbed the last stair of the lighthouse.", ["lighthouse_room"]),
        ("He walked along the shore.", ["shore"]),
        ("They sat on the roof top.", ["rooftop"]),
        ("He woke in the hospital.", ["hospital"]),
        ("She ran down the stairs to the street.", ["street"]),
        ("When he reached home it was late.", ["room"]),
        ("He stared at the sea again.", []),
        ("Combs that she had worshipped long in a Broadway window.", []),
        ("He sat on the corner of the table.", []),
        ("But if you shout at a cliff, you can tell how far it is.", []),
        ("She waited at the station.", ["station"]),
        ("They sang in the church.", ["church"]),
        ("The vault in which we placed it was small and damp.", ["vault"]),
        ("The tarn into which they all looked down was dim.", []),
        ("And travellers now within that valley, Through the red windows, see Forms that move To a melody.", []),
        ("He pushed the cart up the hill.", ["mountain"]),
        ("The smoke went over the roof.", []),
        ("He had gone on walking home the other way.", []),
        ("She fell asleep on the quay.", ["shore"]),
        ("I saw the tottering of his lofty reason upon her throne.", []),
    ],
)
def test_english_places(sentence: str, places: list[str]) -> None:
    assert there(sentence, Language.EN) == places


def test_places_are_counted_however_they_are_spelt() -> None:
    assert most_named(Language.EN, "A Control-Room, a control room, and two stations.") == ("ship_bridge", "station")


@pytest.mark.parametrize(("told", "places"), [("in the \u0130nn.", []), ("at the \u017ftation.", ["station"])])
def test_letters_that_searches_take_for_others_stop_no_reader(told: str, places: list[str]) -> None:
    assert there(f"He waited {told}", Language.EN) == places
    assert most_named(Language.EN, told) == tuple(places)


def test_what_is_only_supposed_is_no_place_at_all() -> None:
    found = sightings(lore(Language.EN), "If you shout at a cliff, you can tell how far it is.")
    assert [sighting.strength for sighting in found] == [0.0]


def test_whoever_looks_out_of_a_window_is_indoors() -> None:
    assert there("One winter morning he looked out of his window as he was dressing.", Language.EN) == ["room"]
    assert there("He sat at the window and looked at his cold white garden.", Language.EN) == ["room"]


@pytest.mark.parametrize(
    ("sentence", "language", "place"),
    [
        ("七階は、おもちゃ売り場だった。", Language.JA, "shop"),
        ("川ぞいの道には、街灯が三つしかなかった。", Language.JA, "road"),
        ("午前十時、駅前の空は晴れていた。", Language.JA, "street"),
        ("病院の庭に、木が立っている。", Language.JA, "hospital_garden"),
        ("公園の隅に、雪をかぶった小さな箱があった。", Language.JA, "park"),
        ("The cottage by the sluice had one room.", Language.EN, "farmhouse"),
        ("Saltmouth Harbour, 6th October 1881.", Language.EN, "shore"),
        ("In the yard of the inn it was raining.", Language.EN, "garden"),
    ],
)
def test_what_a_paragraph_opens_with_is_where_it_is(sentence: str, language: Language, place: str) -> None:
    opening = [s.label for s in sightings(lore(language), sentence, opens=True) if s.strength >= SURE]
    within = [s.label for s in sightings(lore(language), sentence) if s.strength >= SURE]
    assert (opening, within) in (([place], []), ([place], [place]))


def test_what_is_only_heard_from_a_place_opens_no_scene_there() -> None:
    heard = (
        ("Up on the hill, the church clock struck twelve.", Language.EN),
        ("廊下の奥で、杖が鳴った。", Language.JA),
    )
    assert [s.strength for told, code in heard for s in sightings(lore(code), told, opens=True)] == [0.0, 0.0]


def test_furniture_is_counted_where_it_is_there() -> None:
    assert furniture_named("He laid it on the desk beneath the shelf.", Language.EN) == {"desk", "shelf"}
    assert furniture_named("It was dark as if someone had drawn a curtain.", Language.EN) == frozenset()
    assert furniture_named("猫は棚から机へとびおりた。", Language.JA) == {"棚", "机"}
    assert furniture_named("荷台にはトラックの幕があった。", Language.JA) == frozenset()
