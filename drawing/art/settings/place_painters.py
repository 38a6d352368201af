"""The painter of each place: the key of the register in, the painter out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from drawing.art.settings import (
    bridges_and_ponds,
    city,
    classroom_corridor_shop,
    coast,
    garage,
    gothic_house,
    great_halls,
    greenhouse,
    hell_and_paradise,
    home_rooms,
    hospital,
    laboratory,
    lighthouse_lamp_room,
    meadow_and_road,
    old_rooms,
    old_town_and_village,
    public_places,
    reverse_views_of_rooms,
    reverse_views_outdoors,
    river_mountain_sky,
    school_roof_and_stairs,
    ships_and_boats,
    starship,
    temple_and_graves,
    theatre,
    woods,
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
        Place("classroom", classroom_corridor_shop.classroom, reverse=classroom_corridor_shop.classroom_windows),
        Place("room", home_rooms.living_room, reverse=reverse_views_of_rooms.rear),
        Place("kitchen", home_rooms.kitchen, reverse=reverse_views_of_rooms.rear_today),
        Place("garage", garage.garage, reverse=garage.garage_door),
        Place("corridor", classroom_corridor_shop.corridor),
        Place("shop", classroom_corridor_shop.shop, reverse=reverse_views_of_rooms.rear_today),
        Place("hospital", hospital.ward, reverse=reverse_views_of_rooms.rear_today),
        Place("hospital_garden", hospital.garden, reverse=reverse_views_outdoors.other_side(hospital.garden)),
        Place("stairs", school_roof_and_stairs.stairs),
        Place("office", public_places.office, reverse=reverse_views_of_rooms.rear_today),
        Place("library", public_places.library, reverse=reverse_views_of_rooms.rear),
        Place("factory", public_places.factory, reverse=reverse_views_of_rooms.rear_farmhouse),
        Place("laboratory", laboratory.laboratory, reverse=laboratory.laboratory_door),
        Place("theatre", theatre.theatre, reverse=theatre.auditorium),
        Place("bath", public_places.bath),
        Place("station", public_places.station),
        Place("park", public_places.park, reverse=reverse_views_outdoors.other_side(public_places.park)),
        Place("rooftop", school_roof_and_stairs.rooftop, reverse=school_roof_and_stairs.rooftop_back),
        Place("lighthouse", coast.lighthouse, reverse=reverse_views_outdoors.dunes),
        Place("lighthouse_room", lighthouse_lamp_room.lighthouse_room, boxed=False),
        Place("shore", coast.shore, reverse=reverse_views_outdoors.dunes),
        Place("japanese_room", old_rooms.japanese_room, reverse=reverse_views_of_rooms.rear_japanese),
        Place("farmhouse", old_rooms.farmhouse, reverse=reverse_views_of_rooms.rear_farmhouse),
        Place("temple_hall", great_halls.temple_hall),
        Place("parlour", old_rooms.parlour, reverse=reverse_views_of_rooms.rear),
        Place("restaurant", great_halls.dining_hall, reverse=great_halls.passage),
        Place("mansion", great_halls.dining_hall, reverse=great_halls.passage),
        Place("palace", great_halls.palace, reverse=reverse_views_of_rooms.rear_hall),
        Place("street", city.street, reverse=city.street_end),
        Place("town", old_town_and_village.town, reverse=reverse_views_outdoors.other_side(old_town_and_village.town)),
        Place("gate", temple_and_graves.palace_gate, reverse=reverse_views_outdoors.avenue),
        Place("village", old_town_and_village.village, reverse=reverse_views_outdoors.village_back),
        Place("garden", old_town_and_village.garden, reverse=reverse_views_outdoors.garden_back),
        Place("temple", temple_and_graves.temple_yard, reverse=reverse_views_outdoors.village_back),
        Place("church", temple_and_graves.church, reverse=reverse_views_outdoors.road_back),
        Place("grave", temple_and_graves.graves, reverse=reverse_views_outdoors.road_back),
        Place("forest", woods.forest, reverse=woods.clearing),
        Place("den", woods.den, boxed=False),
        Place("river", river_mountain_sky.river, reverse=reverse_views_outdoors.other_side(meadow_and_road.field)),
        Place("bridge", bridges_and_ponds.bridge, reverse=reverse_views_outdoors.other_side(bridges_and_ponds.bridge)),
        Place(
            "wooden_bridge",
            bridges_and_ponds.wooden_bridge,
            reverse=reverse_views_outdoors.other_side(bridges_and_ponds.wooden_bridge),
        ),
        Place("pond", bridges_and_ponds.pond, reverse=reverse_views_outdoors.other_side(bridges_and_ponds.pond)),
        Place("ditch", bridges_and_ponds.ditch, reverse=reverse_views_outdoors.other_side(bridges_and_ponds.ditch)),
        Place(
            "channel", bridges_and_ponds.channel, reverse=reverse_views_outdoors.other_side(bridges_and_ponds.channel)
        ),
        Place("mountain", river_mountain_sky.mountain, reverse=reverse_views_outdoors.valley),
        Place("field", meadow_and_road.field, reverse=reverse_views_outdoors.other_side(meadow_and_road.field)),
        Place("road", meadow_and_road.road, reverse=reverse_views_outdoors.road_back),
        Place("sea", coast.sea, reverse=coast.inland),
        Place("sky", river_mountain_sky.sky),
        Place("night_sky", river_mountain_sky.sky),
        Place("lake_house", gothic_house.lake_house, reverse=gothic_house.moor),
        Place("chamber", gothic_house.chamber, reverse=gothic_house.chamber_rear),
        Place("summit", river_mountain_sky.summit, reverse=reverse_views_outdoors.valley),
        Place("deck", ships_and_boats.deck, reverse=ships_and_boats.stern),
        Place("boat", ships_and_boats.boat, reverse=reverse_views_outdoors.other_side(ships_and_boats.boat)),
        Place("greenhouse", greenhouse.greenhouse, reverse=greenhouse.greenhouse_door),
        Place("vault", gothic_house.vault, reverse=gothic_house.vault_rear),
        Place("spaceship", starship.spaceship, reverse=starship.cabin),
        Place("ship_bridge", starship.bridge, reverse=starship.bridge_rear),
        Place("mess", starship.mess, reverse=starship.cabin),
        Place("space", starship.space, reverse=reverse_views_outdoors.other_side(starship.space)),
        Place("hell", hell_and_paradise.hell, reverse=reverse_views_outdoors.other_side(hell_and_paradise.hell)),
        Place("judgement_hall", hell_and_paradise.judgement_hall),
        Place(
            "lily_pond",
            hell_and_paradise.lily_pond,
            reverse=reverse_views_outdoors.other_side(hell_and_paradise.lily_pond),
        ),
    )
}
