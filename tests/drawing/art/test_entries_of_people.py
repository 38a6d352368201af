"""Every entry of the register that people are drawn by has a drawing or is like another, and every drawing an entry."""

from dataclasses import fields
from typing import get_args

import pytest

from drawing.art.animals.breeds import Body, Breed, Ears, Tail
from drawing.art.animals.species import breed_called
from drawing.art.background import DRAWN_EFFECTS
from drawing.art.hair.styles import styles
from drawing.art.headgear import HATS
from drawing.art.outfits.outfit_parts import Collar, Lower, Shoes, Sleeve, drawn_look, outfit
from drawing.art.poses import POSES
from drawing.art.spirits.spirit_figure import BACKS, FRONTS, WORN
from drawing.art.spirits.spirit_kinds import aspect_of, embodied
from manga.characters import Age, Kind, Look
from manga.vocabulary.beings import beings
from manga.vocabulary.clothes_and_hair import hair_styles, headgear, outfits
from manga.vocabulary.poses_and_effects import effects, poses

OF_AGE_OR_BEASTS = {"cardigan", "haori", "fur"}
"""Collars of the grown and the old, and of beasts that walk upright: no outfit is called after them."""


def test_every_drawing_of_hats_hair_poses_and_effects_has_an_entry() -> None:
    own = {key for key, entry in headgear().entries.items() if not entry.like} - {"none"}
    assert set(HATS) - {"sedge"} == own
    assert set(styles()) == {key for key, entry in hair_styles().entries.items() if not entry.like}
    assert {pose.value for pose in POSES} == set(poses().entries)
    assert set(effects().entries) == DRAWN_EFFECTS


@pytest.mark.parametrize("key", outfits().entries)
def test_every_outfit_covers_a_body_with_garments_that_can_be_drawn(key: str) -> None:
    entry = outfits().entries[key]
    assert (entry.covers is None) == bool(entry.like)
    for age in Age:
        for gender in ("female", "male"):
            worn = outfit(drawn_look(Look.model_validate({"outfit": key, "age": age, "gender": gender})))
            assert worn.sleeve in get_args(Sleeve)
            assert worn.lower in get_args(Lower)
            assert worn.collar in get_args(Collar)
            assert worn.shoes in get_args(Shoes)


def test_every_collar_belongs_to_an_outfit() -> None:
    covers = [entry.covers for entry in outfits().entries.values() if entry.covers]
    collars = {c for one in covers for c in ([one.collar] if isinstance(one.collar, str) else one.collar.values())}
    assert set(get_args(Collar)) - OF_AGE_OR_BEASTS == collars


@pytest.mark.parametrize("key", beings().entries)
def test_every_being_has_a_body_or_is_a_person_who_looks_like_it(key: str) -> None:
    being = beings().entries[key]
    if being.kind is Kind.THING:
        return
    if being.kind in {Kind.HUMAN, Kind.SPIRIT}:
        assert being.adorned or being.look or key == "human"
        return
    assert being.body or (being.adorned and being.like)
    if being.body:
        breed = breed_called(key)
        assert breed.body in get_args(Body)
        assert breed.ears in get_args(Ears)
        assert breed.tail in get_args(Tail)
        assert {type(getattr(breed, f.name)) for f in fields(Breed) if f.name in {"skull", "muzzle"}} == {tuple}


def test_every_adornment_is_that_of_a_being() -> None:
    adorned = [being.adorned for being in beings().entries.values() if being.adorned]
    assert {name for one in adorned for name in (*one.behind, *one.before)} == set(WORN)
    assert {one.back for one in adorned if one.back} == set(BACKS)
    assert {one.body for one in adorned if one.body} == set(FRONTS)


def test_a_spirit_of_no_known_kind_is_a_spirit_all_the_same() -> None:
    look = Look(kind=Kind.SPIRIT, marks=("the spirit of the stairwell",))
    being = aspect_of(look)
    assert being is not None
    assert embodied(look, being).kind is Kind.HUMAN
