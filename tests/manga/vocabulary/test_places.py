"""The register of places: every entry can be drawn, is listed, and is found by its words."""

from typing import Any

import pytest

from drawing.art.settings.place_painters import PLACES
from manga.concept import Culture, Period
from manga.time_and_culture import culture_of, times_of
from manga.vocabulary.places import PlaceEntry, place_named, place_to_draw, places, same_place


@pytest.mark.parametrize("entry", places().entries.values(), ids=lambda entry: entry.key)
def test_an_entry_is_drawn_by_itself_or_like_another(entry: PlaceEntry) -> None:
    assert (entry.key in PLACES) is not bool(entry.like)
    assert places().drawn_as(entry.key) in PLACES


def test_every_drawing_has_an_entry() -> None:
    assert PLACES.keys() <= places().entries.keys()


@pytest.mark.parametrize("entry", places().entries.values(), ids=lambda entry: entry.key)
def test_what_an_entry_names_is_there(entry: PlaceEntry) -> None:
    named = {
        *entry.within,
        *entry.beside,
        *entry.then.values(),
        entry.inner,
        entry.from_outside,
        entry.from_inside,
        entry.front or "",
        entry.like,
    }
    assert named - {""} <= places().entries.keys()
    assert not entry.told, "what a story tells of a place is found by its words, in frames"


def test_variants_are_of_times_that_there_are() -> None:
    times = {time for period in Period for culture in Culture for time in times_of(period, culture)}
    assert {time for entry in places().entries.values() for time in entry.then} <= times


def test_every_class_stands_for_a_place() -> None:
    assert all(kind.like in places().entries for kind in places().classes.values())


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("rooftop", "rooftop"), ("school roof", "rooftop"), ("屋上", "rooftop"), ("hospital", "hospital"),
        ("病室", "hospital"), ("clinic", "hospital"), ("stairs", "stairs"), ("staircase", "stairs"),
        ("lighthouse", "lighthouse"), ("lamp room", "lighthouse_room"), ("beach", "shore"), ("shore", "shore"),
        ("corridor", "corridor"), ("school", "classroom"), ("駅", "station"), ("railway platform", "station"),
        ("park", "park"), ("図書館", "library"), ("工場", "factory"), ("public bath", "bath"), ("office", "office"),
        ("burrow", "den"), ("狐の巣穴", "den"), ("hospital garden", "hospital_garden"), ("病院の庭", "hospital_garden"),
        ("school corridor", "corridor"), ("橋の上", "bridge"), ("the foot of the stairs", "stairs"),
        ("裏山", "mountain"),
        ("the garden door", "mansion"), ("教室", "classroom"), ("ユリの部屋", "room"), ("控室", "room"),
    ],
)  # fmt: skip
def test_words_name_a_place(words: str, key: str) -> None:
    found = place_named(words)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize("words", ["spaceport", "rive", "waterfowl", "森永", "…"])
def test_what_is_merely_spelt_alike_names_no_place(words: str) -> None:
    assert place_named(words) is None
    assert place_to_draw(words, ()) == ("field", False)


@pytest.mark.parametrize(
    ("words", "period", "culture", "key"),
    [
        ("bridge", Period.MODERN, Culture.WEST, "bridge"),
        ("stone bridge", Period.EARLY_MODERN, Culture.WEST, "bridge"),
        ("橋の上", Period.OLD_JAPAN, Culture.JAPAN, "wooden_bridge"),
        ("room", Period.EARLY_MODERN, Culture.WEST, "parlour"),
        ("room", Period.EARLY_MODERN, Culture.JAPAN, "japanese_room"),
        ("room", Period.EARLY_MODERN, Culture.CHINA, "palace"),
        ("restaurant", Period.EARLY_MODERN, Culture.JAPAN, "restaurant"),
        ("restaurant", Period.OLD_JAPAN, Culture.JAPAN, "japanese_room"),
        ("mansion", Period.MEDIEVAL, Culture.WEST, "palace"),
        ("castle", Period.MODERN, Culture.ELSEWHERE, "palace"),
    ],
)
def test_time_and_culture_choose_the_place_that_is_drawn(
    words: str, period: Period, culture: Culture, key: str
) -> None:
    assert place_to_draw(words, times_of(period, culture)) == (key, True)


def test_every_place_is_drawn_in_all_times() -> None:
    every = [times_of(period, culture) for period in Period for culture in Culture]
    assert all(place_to_draw(key, times)[0] in PLACES for key in places().entries for times in every)


@pytest.mark.parametrize(
    ("period", "words", "told", "culture"),
    [
        (Period.OLD_CHINA, "門の下", "", Culture.CHINA),
        (Period.MODERN, "台所", "", Culture.JAPAN),
        (Period.MODERN, "kitchen", "", Culture.WEST),
        (Period.MODERN, "台所", "west", Culture.WEST),
    ],
)
def test_a_culture_that_is_not_told_is_that_of_the_period_or_the_language(
    period: Period, words: str, told: str, culture: Culture
) -> None:
    assert culture_of(period, words, told) is culture


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("stairs", "mansion", True), ("mansion", "stairs", True), ("sea", "shore", True), ("town", "shop", True),
        ("den", "forest", True), ("kitchen", "forest", False), ("nowhere", "forest", False),
        ("nowhere", "nowhere", True),
    ],
)  # fmt: skip
def test_nobody_travels_to_a_part_of_where_he_is(one: str, other: str, same: bool) -> None:
    assert same_place(one, other) is same


@pytest.mark.parametrize(
    ("setting", "seen_from", "drawn"),
    [
        ("temple", "", "temple"), ("temple", "inside", "temple_hall"), ("temple", "outside", "temple"),
        ("lighthouse_room", "outside", "lighthouse"), ("japanese_room", "outside", "village"),
        ("village", "inside", "farmhouse"), ("kitchen", "outside", "street"), ("street", "inside", "room"),
        ("nowhere at all", "inside", "field"),
    ],
)  # fmt: skip
def test_a_panel_may_look_from_the_other_side_of_the_walls(setting: str, seen_from: Any, drawn: str) -> None:
    assert place_to_draw(setting, (), seen_from)[0] == drawn


@pytest.mark.parametrize(
    ("was", "key"), [("tarn_house", "lake_house"), ("hell_court", "judgement_hall"), ("lotus_pond", "lily_pond")]
)
def test_places_of_single_stories_have_general_names_and_the_old_ones_are_read(was: str, key: str) -> None:
    assert place_to_draw(was, ()) == (key, True)


@pytest.mark.parametrize("words", ["loft", "hay loft", "backstage", "inn yard", "屋根裏", "楽屋"])
def test_lofts_yards_and_the_back_of_a_stage_are_known(words: str) -> None:
    assert place_to_draw(words, ())[1]
