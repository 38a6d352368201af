"""What stands nearer than the people: where there is room, large, and never before anybody."""

import pytest

from drawing.art.settings.foreground import free_sides, paint_front
from drawing.art.settings.place_painters import PLACES
from drawing.art.stage import Scenery, Stage
from drawing.ink.canvas import Call, Canvas
from drawing.ink.paths import box, from_data
from manga.geometry import Rect

SOMEBODY = Rect(x=18, y=12, width=14, height=44)
CROWD = Rect(x=2, y=4, width=76, height=54)


def painted(place: str, clear: list[Rect], seed: int = 1, period: str = "modern") -> tuple[Call, ...]:
    canvas = Canvas(80, 60)
    stage = Stage(80, 60, 30, 8, 7, 40, seed=seed, period=period)
    paint_front(Scenery.on(canvas, stage), place, clear)
    return canvas.finish().calls


@pytest.mark.parametrize("place", ["forest", "field", "road", "village", "room", "classroom", "street", "mansion"])
@pytest.mark.parametrize("period", ["modern", "early_modern"])
def test_something_large_stands_near_on_the_side_with_room(place: str, period: str) -> None:
    found = [box(from_data(str(call[1]))) for call in painted(place, [SOMEBODY], period=period) if call[0] == "f"]
    low = [b for b in found if b.bottom > 40 and b.x > SOMEBODY.right]
    assert max(b.bottom for b in low) > 60, "cut by the lower edge"
    assert max(b.right for b in low) > 78, "at the picture's side"
    assert min(b.y for b in low) < 45, "and not a trifle"


@pytest.mark.parametrize("place", sorted(PLACES))
def test_nothing_near_stands_where_people_are(place: str) -> None:
    for seed in range(3):
        assert painted(place, [CROWD], seed) == ()


def test_the_side_with_more_room_is_taken_first_and_nobody_is_reached_into() -> None:
    sides = free_sides(Scenery.on(Canvas(80, 60), Stage(80, 60, 30, 8, 7, 40)), [SOMEBODY])
    assert [side.side for side in sides] == [-1, 1]
    assert sides[0].at(1, 0)[0] > SOMEBODY.right
    assert sides[1].at(1, 0)[0] < SOMEBODY.x


def test_what_is_near_leaves_the_middle_of_the_picture_free() -> None:
    for side in free_sides(Scenery.on(Canvas(80, 60), Stage(80, 60, 30, 8, 7, 40)), []):
        assert side.wide < 80 * 0.4
        assert side.tall < 60 * 0.5
