"""The other way looks otherwise: back from the sea to the land, to the street's end, into a clearing of the wood."""

from collections.abc import Callable

import pytest

from drawing.art.settings.place_painters import PLACES
from drawing.art.settings.reverse_views_outdoors import other_side
from drawing.art.stage import Scenery, Stage
from drawing.ink.canvas import Canvas, Drawing
from manga.plot import TimeOfDay

OWN = ("sea", "street", "forest")


def painted(
    paint: Callable[[Scenery], None], width: float = 80, height: float = 60, *, hour: TimeOfDay = TimeOfDay.DAY,
    period: str = "modern", seed: int = 4,
) -> Drawing:  # fmt: skip
    canvas = Canvas(width, height)
    paint(Scenery.on(canvas, Stage(width, height, 28, 7, 5, width / 2, hour, period=period, seed=seed)))
    return canvas.finish()


@pytest.mark.parametrize("place", OWN)
def test_what_lies_behind_is_a_view_of_its_own_and_no_mirror_image(place: str) -> None:
    reverse = PLACES[place].reverse
    assert reverse is not None
    behind = painted(reverse)
    mirrored = set(painted(other_side(PLACES[place].paint)).calls)
    assert sum(call in mirrored for call in behind.calls) < 0.1 * len(behind.calls)
    assert len(behind.calls) > 60


@pytest.mark.parametrize("place", OWN)
@pytest.mark.parametrize("hour", list(TimeOfDay))
def test_it_is_drawn_at_every_hour_in_every_period_and_shape_the_same_each_time(place: str, hour: TimeOfDay) -> None:
    reverse = PLACES[place].reverse
    assert reverse is not None
    for width, height in ((120, 40), (40, 90), (60, 60)):
        for period in ("modern", "early_modern", "old_japan"):
            first = painted(reverse, width, height, hour=hour, period=period)
            assert first.calls == painted(reverse, width, height, hour=hour, period=period).calls


def test_modern_people_cross_at_stripes_and_those_of_old_on_cobbles() -> None:
    reverse = PLACES["street"].reverse
    assert reverse is not None
    assert painted(reverse).calls != painted(reverse, period="early_modern").calls
