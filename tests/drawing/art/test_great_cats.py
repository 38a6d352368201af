"""Tigers, lions and leopards are no kittens: heavy jaws, great paws, small ears, and a roar with fangs."""

import pytest

from drawing.art.animals.animal_figure import animal
from drawing.art.animals.head import AnimalHead
from drawing.art.animals.species import breed_called, breed_of
from drawing.art.expressions import FACES
from drawing.ink.paths import box
from manga.characters import Look
from manga.storyboard import Expression, Pose

CATS = ("tiger", "虎", "lion", "獅子", "leopard", "豹")


def look(mark: str) -> Look:
    return Look.model_validate({"kind": "beast", "outfit": "none", "marks": [mark]})


@pytest.mark.parametrize("mark", CATS)
def test_a_great_cat_has_heavier_jaws_than_a_cat(mark: str) -> None:
    breed, cat = breed_of(look(mark)), breed_called("cat")
    assert breed.roars
    assert breed.muzzle[0] / breed.skull[0] > 1.5 * cat.muzzle[0] / cat.skull[0]
    assert breed.scale > 2 * cat.scale


@pytest.mark.parametrize("mark", CATS)
@pytest.mark.parametrize("view", ["front", "three_quarter"])
def test_a_roar_opens_the_jaws_below_the_muzzle(mark: str, view: str) -> None:
    breed = breed_of(look(mark))
    shut, open_ = (
        box(AnimalHead(look(mark), breed, FACES[face], view).skull)  # type: ignore[arg-type]
        for face in (Expression.NEUTRAL, Expression.SHOUT)
    )
    assert open_.bottom > shut.bottom + 0.1


@pytest.mark.parametrize("pose", [Pose.STAND, Pose.SIT, Pose.RUN, Pose.FIGHT, Pose.LIE])
@pytest.mark.parametrize("facing", ["left", "front", "back"])
def test_a_great_cat_can_do_what_others_do(pose: Pose, facing: str) -> None:
    assert animal(look("tiger"), Expression.SHOUT, pose, facing).marks.body.height > 0


def test_a_tiger_has_stripes_and_a_leopard_spots_all_over() -> None:
    assert (breed_of(look("tiger")).pelt, breed_of(look("leopard")).pelt) == ("striped", "spotted")
