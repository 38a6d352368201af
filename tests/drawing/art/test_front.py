"""What stands nearer than the people: in corners, and never before anybody."""

import pytest

from drawing.art.settings.front import corners, paint_front
from drawing.art.stage import Scenery, Stage
from drawing.ink.canvas import Canvas
from manga.geometry import Rect


def painted(place: str, clear: list[Rect], seed: int = 1) -> int:
    canvas = Canvas(80, 60)
    stage = Stage(80, 60, 30, 8, 7, 40, seed=seed)
    paint_front(Scenery.on(canvas, stage), place, clear)
    return len(canvas.finish().calls)


def test_grass_and_leaves_frame_a_wide_view_outdoors() -> None:
    assert painted("forest", []) > 20


@pytest.mark.parametrize("place", ["forest", "park", "room"])
def test_nothing_near_stands_where_people_are(place: str) -> None:
    assert all(painted(place, list(corners(80, 60).values()), seed) == 0 for seed in range(5))


def test_corners_leave_the_middle_of_the_picture_free() -> None:
    middle = Rect(x=30, y=20, width=20, height=20)
    assert all(box.overlap(middle) == 0 for box in corners(80, 60).values())
