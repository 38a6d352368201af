"""The painters of places: the key of the register in, the painter out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from drawing.art.settings import (
    afloat,
    behind,
    city,
    coast,
    country,
    garage,
    glasshouse,
    gothic,
    grounds,
    halls,
    hell,
    home,
    hospital,
    indoors,
    laboratory,
    lamp_room,
    nature,
    old_indoors,
    paradise,
    public,
    rear,
    starship,
    theatre,
    today,
    town,
    waterside,
    wood,
)
from drawing.art.stage import Scenery
from manga.vocabulary.places import PlaceEntry, places


@dataclass(frozen=True, slots=True)
class Place:
    """A painter; the register tells the rest."""

    key: str
    paint: Callable[[Scenery], None]
    reverse: Callable[[Scenery], None] | None = None
    """The same place seen the other way: what lies behind whoever looks at it."""
    boxed: bool = True
    """Indoors: whether it has walls and corners."""

    @property
    def entry(self) -> PlaceEntry:
        return places().entries[self.key]

    @property
    def outdoors(self) -> bool:
        return not self.entry.inside


PLACES: Final[Mapping[str, Place]] = {
    place.key: place
    for place in (
        Place("classroom", indoors.classroom, reverse=indoors.classroom_windows),
        Place("room", home.living_room, reverse=rear.rear),
        Place("kitchen", home.kitchen, reverse=rear.rear_today),
        Place("garage", garage.garage, reverse=garage.garage_door),
        Place("corridor", indoors.corridor),
        Place("shop", indoors.shop, reverse=rear.rear_today),
        Place("hospital", hospital.ward, reverse=rear.rear_today),
        Place("hospital_garden", hospital.garden, reverse=behind.other_side(hospital.garden)),
        Place("stairs", today.stairs),
        Place("office", public.office, reverse=rear.rear_today),
        Place("library", public.library, reverse=rear.rear),
        Place("factory", public.factory, reverse=rear.rear_farmhouse),
        Place("laboratory", laboratory.laboratory, reverse=laboratory.laboratory_door),
        Place("theatre", theatre.theatre, reverse=theatre.auditorium),
        Place("bath", public.bath),
        Place("station", public.station),
        Place("park", public.park, reverse=behind.other_side(public.park)),
        Place("rooftop", today.rooftop, reverse=today.rooftop_back),
        Place("lighthouse", coast.lighthouse, reverse=behind.dunes),
        Place("lighthouse_room", lamp_room.lighthouse_room, boxed=False),
        Place("shore", coast.shore, reverse=behind.dunes),
        Place("japanese_room", old_indoors.japanese_room, reverse=rear.rear_japanese),
        Place("farmhouse", old_indoors.farmhouse, reverse=rear.rear_farmhouse),
        Place("temple_hall", halls.temple_hall),
        Place("parlour", old_indoors.parlour, reverse=rear.rear),
        Place("restaurant", halls.dining_hall, reverse=halls.passage),
        Place("mansion", halls.dining_hall, reverse=halls.passage),
        Place("palace", halls.palace, reverse=rear.rear_hall),
        Place("street", city.street, reverse=city.street_end),
        Place("town", town.town, reverse=behind.other_side(town.town)),
        Place("gate", grounds.palace_gate, reverse=behind.avenue),
        Place("village", town.village, reverse=behind.village_back),
        Place("garden", town.garden, reverse=behind.garden_back),
        Place("temple", grounds.temple_yard, reverse=behind.village_back),
        Place("church", grounds.church, reverse=behind.road_back),
        Place("grave", grounds.graves, reverse=behind.road_back),
        Place("forest", wood.forest, reverse=wood.clearing),
        Place("den", wood.den, boxed=False),
        Place("river", nature.river, reverse=behind.other_side(country.field)),
        Place("bridge", waterside.bridge, reverse=behind.other_side(waterside.bridge)),
        Place("wooden_bridge", waterside.wooden_bridge, reverse=behind.other_side(waterside.wooden_bridge)),
        Place("pond", waterside.pond, reverse=behind.other_side(waterside.pond)),
        Place("ditch", waterside.ditch, reverse=behind.other_side(waterside.ditch)),
        Place("channel", waterside.channel, reverse=behind.other_side(waterside.channel)),
        Place("mountain", nature.mountain, reverse=behind.valley),
        Place("field", country.field, reverse=behind.other_side(country.field)),
        Place("road", country.road, reverse=behind.road_back),
        Place("sea", coast.sea, reverse=coast.inland),
        Place("sky", nature.sky),
        Place("night_sky", nature.sky),
        Place("tarn_house", gothic.tarn_house, reverse=gothic.moor),
        Place("chamber", gothic.chamber, reverse=gothic.chamber_rear),
        Place("summit", nature.summit, reverse=behind.valley),
        Place("deck", afloat.deck, reverse=afloat.stern),
        Place("boat", afloat.boat, reverse=behind.other_side(afloat.boat)),
        Place("greenhouse", glasshouse.greenhouse, reverse=glasshouse.greenhouse_door),
        Place("vault", gothic.vault, reverse=gothic.vault_rear),
        Place("spaceship", starship.spaceship, reverse=starship.cabin),
        Place("ship_bridge", starship.bridge, reverse=starship.bridge_rear),
        Place("mess", starship.mess, reverse=starship.cabin),
        Place("space", starship.space, reverse=behind.other_side(starship.space)),
        Place("hell", hell.hell, reverse=behind.other_side(hell.hell)),
        Place("hell_court", hell.hell_court),
        Place("lotus_pond", paradise.lotus_pond, reverse=behind.other_side(paradise.lotus_pond)),
    )
}
