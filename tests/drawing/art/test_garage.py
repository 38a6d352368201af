"""A garage has its bench at one end and its big door at the other."""

import pytest

from drawing.art.camera import Facing, paint_place
from drawing.art.settings.place_painters import PLACES
from drawing.art.stage import Scenery, Stage
from drawing.ink.canvas import Call, Canvas
from manga.plot import TimeOfDay
from manga.vocabulary.places import place_to_draw


def painted(facing: Facing, *, night: bool = False) -> tuple[Call, ...]:
    canvas = Canvas(80, 56)
    stage = Stage(80, 56, 24, 5.6, 5.6, 40, seed=4, time=TimeOfDay.NIGHT if night else TimeOfDay.DAY)
    paint_place(Scenery.on(canvas, stage), PLACES["garage"], facing)
    return canvas.finish().calls


@pytest.mark.parametrize("word", ["garage", "Nani's garage", "ガレージ", "車庫"])
def test_words_lead_to_the_garage(word: str) -> None:
    assert place_to_draw(word, ()) == ("garage", True)


def test_every_side_of_it_differs_and_is_the_same_each_time() -> None:
    sides: tuple[Facing, ...] = ("front", "left", "right", "reverse")
    seen = [painted(side) for side in sides]
    assert seen == [painted(side) for side in sides]
    assert len(set(seen)) == len(sides)


def test_its_door_is_open_by_day_and_shut_at_night() -> None:
    assert painted("reverse") != painted("reverse", night=True)
