"""A laboratory has glass on its bench, and is seen from every side."""

import pytest

from drawing.art.camera import Facing, paint_place
from drawing.art.settings.place_painters import PLACES
from drawing.art.stage import Scenery, Stage
from drawing.ink.canvas import Call, Canvas
from drawing.ink.paths import box, from_data
from manga.vocabulary.places import place_to_draw


def painted(facing: Facing) -> tuple[Call, ...]:
    canvas = Canvas(80, 56)
    paint_place(Scenery.on(canvas, Stage(80, 56, 24, 5.6, 5.6, 40, seed=4)), PLACES["laboratory"], facing)
    return canvas.finish().calls


@pytest.mark.parametrize("word", ["laboratory", "laboratories", "研究所", "実験室"])
def test_words_lead_to_the_laboratory(word: str) -> None:
    assert place_to_draw(word, ()) == ("laboratory", True)


def test_every_side_of_it_differs_and_is_the_same_each_time() -> None:
    sides: tuple[Facing, ...] = ("front", "left", "right", "reverse")
    seen = [painted(side) for side in sides]
    assert seen == [painted(side) for side in sides]
    assert len(set(seen)) == len(sides)


def test_flasks_stand_in_a_row_on_the_bench_before_a_black_board() -> None:
    calls = [(c, box(from_data(str(c[1])))) for c in painted("front") if c[0] == "f"]
    board = max((b for c, b in calls if float(c[2]) == 0), key=lambda b: b.width * b.height)
    assert board.width > 1.5 * board.height
    flasks = [
        b for c, b in calls if float(c[2]) == 255 and 1 < b.width < 8 and b.height > b.width and b.y > board.y + 9
    ]
    assert len(flasks) >= 4
    assert len({round(b.bottom, 1) for b in flasks if b.bottom > board.bottom}) <= 6
