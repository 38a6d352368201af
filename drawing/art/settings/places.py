"""The register of places: a setting word in, the painter out; the nearest one for a word that is not known."""

from collections.abc import Callable
from dataclasses import dataclass

from drawing.art.settings import (
    afloat,
    behind,
    bridge,
    city,
    coast,
    country,
    garage,
    glasshouse,
    gothic,
    grounds,
    halls,
    heights,
    home,
    hospital,
    indoors,
    laboratory,
    lamp_room,
    nature,
    old_indoors,
    open_sea,
    paradise,
    passage,
    public,
    rear,
    space,
    starship,
    theatre,
    today,
    town,
    vault,
    waterside,
    wood,
)
from drawing.art.settings import hell as beyond
from drawing.art.stage import Scenery


@dataclass(frozen=True, slots=True)
class Place:
    """A painter and what people do there."""

    paint: Callable[[Scenery], None]
    outdoors: bool = False
    on_floor: bool = False
    """People sit on the floor here, not on chairs."""
    reverse: Callable[[Scenery], None] | None = None
    """The same place seen the other way: what lies behind whoever looks at it."""
    boxed: bool = True
    """Indoors: whether it has walls and corners."""
    unlit: bool = False
    """Nobody lights a lamp here."""


PLACES: dict[str, Place] = {
    "classroom": Place(indoors.classroom, reverse=indoors.classroom_windows),
    "room": Place(home.living_room, reverse=rear.rear),
    "kitchen": Place(home.kitchen, reverse=rear.rear_today),
    "garage": Place(garage.garage, reverse=garage.garage_door),
    "corridor": Place(indoors.corridor),
    "shop": Place(indoors.shop, reverse=rear.rear_today),
    "hospital": Place(hospital.ward, reverse=rear.rear_today),
    "hospital_garden": Place(hospital.garden, outdoors=True, reverse=behind.other_side(hospital.garden)),
    "stairs": Place(today.stairs),
    "office": Place(public.office, reverse=rear.rear_today),
    "library": Place(public.library, reverse=rear.rear),
    "factory": Place(public.factory, reverse=rear.rear_farmhouse),
    "laboratory": Place(laboratory.laboratory, reverse=laboratory.laboratory_door),
    "theatre": Place(theatre.theatre, reverse=theatre.auditorium, unlit=True),
    "bath": Place(public.bath, on_floor=True),
    "station": Place(public.station, outdoors=True),
    "park": Place(public.park, outdoors=True, on_floor=True, reverse=behind.other_side(public.park)),
    "rooftop": Place(today.rooftop, outdoors=True, reverse=today.rooftop_back),
    "lighthouse": Place(coast.lighthouse, outdoors=True, on_floor=True, reverse=behind.dunes),
    "lighthouse_room": Place(lamp_room.lighthouse_room, boxed=False),
    "shore": Place(coast.shore, outdoors=True, on_floor=True, reverse=behind.dunes),
    "japanese_room": Place(old_indoors.japanese_room, on_floor=True, reverse=rear.rear_japanese),
    "farmhouse": Place(old_indoors.farmhouse, on_floor=True, reverse=rear.rear_farmhouse),
    "temple_hall": Place(halls.temple_hall, on_floor=True),
    "parlour": Place(old_indoors.parlour, reverse=rear.rear),
    "restaurant": Place(halls.dining_hall, reverse=passage.passage),
    "mansion": Place(halls.dining_hall, reverse=passage.passage),
    "palace": Place(halls.palace, reverse=rear.rear_hall),
    "street": Place(city.street, outdoors=True, reverse=city.street_end),
    "town": Place(town.town, outdoors=True, reverse=behind.other_side(town.town)),
    "gate": Place(grounds.palace_gate, outdoors=True, on_floor=True, reverse=behind.avenue),
    "village": Place(town.village, outdoors=True, on_floor=True, reverse=behind.village_back),
    "garden": Place(town.garden, outdoors=True, on_floor=True, reverse=behind.garden_back),
    "temple": Place(grounds.temple_yard, outdoors=True, on_floor=True, reverse=behind.village_back),
    "church": Place(grounds.church, outdoors=True, on_floor=True, reverse=behind.road_back),
    "grave": Place(grounds.graves, outdoors=True, on_floor=True, reverse=behind.road_back),
    "forest": Place(wood.forest, outdoors=True, on_floor=True, reverse=wood.clearing),
    "den": Place(wood.den, on_floor=True, unlit=True, boxed=False),
    "river": Place(nature.river, outdoors=True, on_floor=True, reverse=behind.other_side(country.field)),
    "bridge": Place(bridge.bridge, outdoors=True, on_floor=True, reverse=behind.other_side(bridge.bridge)),
    "wooden_bridge": Place(
        bridge.wooden_bridge, outdoors=True, on_floor=True, reverse=behind.other_side(bridge.wooden_bridge)
    ),
    "pond": Place(waterside.pond, outdoors=True, on_floor=True, reverse=behind.other_side(waterside.pond)),
    "ditch": Place(waterside.ditch, outdoors=True, on_floor=True, reverse=behind.other_side(waterside.ditch)),
    "channel": Place(waterside.channel, outdoors=True, on_floor=True, reverse=behind.other_side(waterside.channel)),
    "mountain": Place(nature.mountain, outdoors=True, on_floor=True, reverse=behind.valley),
    "field": Place(country.field, outdoors=True, on_floor=True, reverse=behind.other_side(country.field)),
    "road": Place(country.road, outdoors=True, on_floor=True, reverse=behind.road_back),
    "sea": Place(open_sea.sea, outdoors=True, on_floor=True, reverse=open_sea.inland),
    "sky": Place(nature.sky, outdoors=True),
    "night_sky": Place(nature.sky, outdoors=True),
    "tarn_house": Place(gothic.tarn_house, outdoors=True, on_floor=True, reverse=gothic.moor),
    "chamber": Place(gothic.chamber, reverse=gothic.chamber_rear),
    "castle_room": Place(gothic.chamber, reverse=gothic.chamber_rear),
    "summit": Place(heights.summit, outdoors=True, on_floor=True, reverse=behind.valley),
    "deck": Place(afloat.deck, outdoors=True, on_floor=True, reverse=afloat.stern),
    "boat": Place(afloat.boat, outdoors=True, on_floor=True, reverse=behind.other_side(afloat.boat)),
    "greenhouse": Place(glasshouse.greenhouse, reverse=glasshouse.greenhouse_door),
    "vault": Place(vault.vault, reverse=vault.vault_rear),
    "spaceship": Place(starship.spaceship, reverse=starship.cabin),
    "ship_bridge": Place(starship.bridge, reverse=starship.bridge_rear),
    "mess": Place(starship.mess, reverse=starship.cabin),
    "space": Place(space.space, outdoors=True, reverse=behind.other_side(space.space)),
    "hell": Place(beyond.hell, outdoors=True, on_floor=True, reverse=behind.other_side(beyond.hell), unlit=True),
    "hell_court": Place(beyond.hell_court, on_floor=True, unlit=True),
    "lotus_pond": Place(
        paradise.lotus_pond, outdoors=True, on_floor=True, reverse=behind.other_side(paradise.lotus_pond)
    ),
}  # fmt: skip

_NEAREST: tuple[tuple[str, str], ...] = (
    ("theat", "theatre"), ("auditorium", "theatre"), ("concert", "theatre"), ("opera", "theatre"),
    ("on_stage", "theatre"), ("劇場", "theatre"), ("舞台", "theatre"), ("演奏会", "theatre"), ("音楽堂", "theatre"),
    ("spaceship", "spaceship"), ("starship", "spaceship"), ("airlock", "spaceship"), ("宇宙船", "spaceship"),
    ("ship's_bridge", "ship_bridge"), ("艦橋", "ship_bridge"), ("船橋", "ship_bridge"), ("操縦", "ship_bridge"),
    ("outer_space", "space"), ("宇宙", "space"), ("laborat", "laboratory"),
    ("研究", "laboratory"), ("実験", "laboratory"),
    ("tarn", "tarn_house"), ("crypt", "vault"), ("dungeon", "vault"), ("lotus", "lotus_pond"), ("蓮", "lotus_pond"),
    ("paradise", "lotus_pond"), ("極楽", "lotus_pond"), ("閻魔", "hell_court"), ("summit", "summit"),
    ("山頂", "summit"),
    ("garage", "garage"), ("ガレージ", "garage"), ("車庫", "garage"),
    ("deck", "deck"), ("甲板", "deck"), ("rowing", "boat"), ("greenhouse", "greenhouse"), ("温室", "greenhouse"),
    ("roof", "rooftop"), ("屋上", "rooftop"), ("stair", "stairs"), ("階段", "stairs"), ("landing", "stairs"),
    ("hospital_grounds", "hospital_garden"), ("病院の庭", "hospital_garden"),
    ("hospital", "hospital"), ("clinic", "hospital"), ("infirmary", "hospital"), ("sickroom", "hospital"),
    ("病", "hospital"), ("lamp_room", "lighthouse_room"), ("lantern_room", "lighthouse_room"),
    ("lighthouse", "lighthouse"), ("灯台", "lighthouse"), ("cape", "lighthouse"), ("hallway", "corridor"),
    ("school", "classroom"), ("office", "office"), ("bed", "room"), ("apartment", "room"),
    ("flat", "parlour"),
    ("cabin", "parlour"), ("study", "parlour"), ("library", "library"), ("図書", "library"), ("bookshop", "library"),
    ("factory", "factory"), ("workshop", "factory"), ("mill", "factory"), ("工場", "factory"), ("bath", "bath"),
    ("銭湯", "bath"), ("風呂", "bath"), ("hot_spring", "bath"), ("salon", "parlour"), ("house", "room"),
    ("home", "room"),
    ("hall", "mansion"), ("castle", "palace"), ("throne", "palace"), ("inn", "restaurant"), ("cafe", "restaurant"),
    ("church", "church"), ("chapel", "church"), ("cathedral", "church"),
    ("shrine", "temple"), ("cemetery", "grave"), ("tomb", "grave"), ("funeral", "grave"), ("store", "shop"),
    ("market", "town"), ("city", "street"),
    ("station", "station"), ("platform", "station"), ("駅", "station"), ("park", "park"), ("公園", "park"),
    ("playground", "park"), ("lawn", "garden"), ("wood", "forest"),
    ("cave", "den"), ("burrow", "den"), ("lair", "den"), ("穴", "den"),
    ("jungle", "forest"), ("stream", "river"),
    ("lake", "pond"), ("池", "pond"), ("沼", "pond"), ("湖", "pond"),
    ("bridge", "bridge"), ("橋", "bridge"), ("trench", "ditch"), ("canal", "channel"), ("bank",
    "river"), ("hill", "mountain"),
    ("cliff", "mountain"), ("meadow", "field"), ("farm", "field"), ("paddy", "village"), ("countryside", "village"),
    ("path", "road"),
    ("race", "road"), ("course", "road"), ("highway", "road"), ("beach", "shore"), ("coast", "shore"),
    ("seaside", "shore"), ("harbour", "shore"), ("砂浜", "shore"), ("ship", "sea"),
    ("ocean", "sea"),
    ("star", "night_sky"), ("space", "night_sky"), ("heaven", "sky"), ("cloud", "sky"), ("underworld", "hell"),
    ("barn", "farmhouse"),
    ("hut", "farmhouse"), ("door", "mansion"), ("corridor", "corridor"), ("indoor", "room"), ("outdoor", "field"),
)  # fmt: skip

_IN_OLD_JAPAN = {
    "kitchen": "farmhouse",
    "room": "japanese_room",
    "street": "town",
    "restaurant": "japanese_room",
    "parlour": "japanese_room",
    "hospital": "japanese_room",
    "stairs": "japanese_room",
    "rooftop": "town",
    "lighthouse_room": "japanese_room",
    "office": "japanese_room",
    "library": "japanese_room",
    "station": "town",
    "park": "garden",
    "factory": "farmhouse",
    "bridge": "wooden_bridge",
}
_IN_OLD_CHINA = {
    "room": "palace",
    "stairs": "palace",
    "hospital": "palace",
    "street": "town",
    "japanese_room": "palace",
    "town": "gate",
}
_AROUND_1900 = {"office": "parlour", "room": "parlour", "kitchen": "parlour", "temple": "church"}
_MEDIEVAL = {"room": "farmhouse", "kitchen": "farmhouse", "mansion": "palace", "street": "village", "temple": "church"}


def place_of(setting: str, period: str, *, western: bool = True) -> tuple[str, bool]:
    """The name of the place, and whether the word itself was known. `western` is how its people dress."""
    word = setting.strip().lower().replace(" ", "_")
    times = _times(period, western=western)
    if word in PLACES:
        return times.get(word, word), True
    for part, name in _NEAREST:
        if part in word:
            return times.get(name, name), True
    return "field", not word


def _times(period: str, *, western: bool) -> dict[str, str]:
    """What places become in a period."""
    if period == "early_modern":
        return _AROUND_1900 if western else {**_IN_OLD_JAPAN, "restaurant": "restaurant"}
    return {"old_japan": _IN_OLD_JAPAN, "old_china": _IN_OLD_CHINA, "medieval": _MEDIEVAL}.get(period, {})
