"""A theatre is a stage from the hall, and from the stage a hall full of people."""

import pytest

from drawing.art.camera import Facing, paint_place
from drawing.art.settings.place_painters import PLACES
from drawing.art.stage import Scenery, Stage
from drawing.ink.canvas import Call, Canvas
from drawing.ink.paths import box, from_data
from manga.vocabulary.places import place_to_draw


def painted(facing: Facing) -> tuple[Call, ...]:
    canvas = Canvas(80, 56)
    paint_place(Scenery.on(canvas, Stage(80, 56, 24, 5.6, 5.6, 40, seed=4)), PLACES["theatre"], facing)
    return canvas.finish().calls


@pytest.mark.parametrize("word", ["theatre", "concert hall", "auditorium", "舞台", "劇場"])
def test_words_lead_to_the_theatre(word: str) -> None:
    assert place_to_draw(word, ()) == ("theatre", True)


def test_every_side_of_it_differs_and_is_the_same_each_time() -> None:
    sides: tuple[Facing, ...] = ("front", "left", "right", "reverse")
    seen = [painted(side) for side in sides]
    assert seen == [painted(side) for side in sides]
    assert len(set(seen)) == len(sides)


def test_only_the_hall_is_full_of_people_and_its_stage_is_lit() -> None:
    def rounds(facing: Facing) -> int:
        """How many rows of more than three heads or hats are drawn at once."""
        return sum(str(c[1]).count("c") + str(c[1]).count("C") > 30 for c in painted(facing) if c[0] == "s")

    assert rounds("reverse") >= 6
    light = [box(from_data(str(c[1]))) for c in painted("front") if c[0] == "f" and float(c[2]) == 255]
    assert any(30 < b.width < 80 and 5 < b.height < 30 and b.y > 30 for b in light), "where the light falls"
