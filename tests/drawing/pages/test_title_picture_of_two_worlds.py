"""A title page of two worlds: who never meets the hero stands apart from him, above a border, in a place of his own."""

from dataclasses import replace

import pytest

from drawing.pages.title_page import cover_plan
from drawing.pages.title_picture import CoverPlan, cover_files, leads_of
from drawing.pages.title_picture_of_two_worlds import apart
from manga.characters import Cast, Character, Look
from manga.storyboard import Shot, Storyboard
from tests.drawing.lettering.desk import board
from tests.drawing.pages.covers import FACES, facts, shown

HERE = {"setting": "hell", "place": "hell", "shot": Shot.LONG}
THERE = {"setting": "lily_pond", "place": "the pond", "shot": Shot.LONG}
CAST = Cast(
    characters=tuple(
        Character(key=key, name=key, role="main", look=Look(outfit="kimono"), description="")
        for key in ("c01", "c02", "c03")
    )
)


def story(*, met: bool) -> Storyboard:
    """The first and the third are together; whether the second is in their place, too."""
    other = shown(3, ("c01", "c02"), **HERE) if met else shown(3, ("c02",), **THERE)
    return board(
        [shown(1, ("c01", "c03"), **HERE), shown(2, ("c01", "c03"), **HERE), other, shown(4, ("c02",), **THERE)]
    )


def plan(language: str, *, met: bool) -> CoverPlan:
    found = cover_plan(facts("蜘蛛の糸", language), story(met=met), CAST, {}, FACES, "old_japan")
    assert found is not None
    return found


def test_only_somebody_who_never_meets_the_hero_is_of_another_world() -> None:
    found = apart(story(met=False), leads_of(story(met=False), CAST))
    assert found is not None
    assert found.character == "c02"
    assert apart(story(met=True), leads_of(story(met=True), CAST)) is None


@pytest.mark.parametrize("language", ["ja", "en"])
def test_he_stands_above_in_his_own_place_and_the_others_below(language: str) -> None:
    parted = plan(language, met=False)
    assert parted.other is not None
    assert (parted.scene.setting, parted.other.scene.setting) == ("hell", "lily_pond")
    heads = {figure.character: figure.head for figure in cover_files(parted).figures}
    assert set(heads) == {"c01", "c02", "c03"}
    away = heads["c02"]
    assert away is not None
    assert all(head is not None and head.y > away.bottom for who, head in heads.items() if who != "c02")


def test_people_who_meet_stand_before_one_place() -> None:
    assert plan("ja", met=True).other is None


def test_what_hangs_down_is_climbed_by_the_hero_alone() -> None:
    parted = plan("ja", met=False)
    hung = cover_files(replace(parted, leads=tuple(replace(lead, holds="thread") for lead in parted.leads)))
    assert hung.data != cover_files(parted).data
