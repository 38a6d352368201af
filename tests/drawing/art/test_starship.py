"""Ships among the stars: what is behind their windows, where one sits and sleeps, and the ship from outside."""

import pytest

from drawing.art.camera import Facing, paint_place
from drawing.art.draw_panel import draw_panel
from drawing.art.settings.place_painters import PLACES
from drawing.art.stage import Scenery, Stage
from drawing.ink.canvas import Canvas
from drawing.ink.drawing_calls import Call
from drawing.ink.paths import box, from_data
from manga.geometry import Rect
from manga.panel_brief import brief_for
from manga.plot import TimeOfDay
from manga.storyboard import SceneDirection
from manga.vocabulary.places import place_to_draw

ABOARD = ("spaceship", "mess", "ship_bridge")


def painted(place: str, facing: Facing = "front", hour: TimeOfDay = TimeOfDay.DAY) -> tuple[Call, ...]:
    canvas = Canvas(80, 56)
    stage = Stage(80, 56, 24, 5.6, 5.6, 40, hour, period="future", seed=4)
    paint_place(Scenery.on(canvas, stage), PLACES[place], facing)
    return canvas.finish().calls


def windows(calls: tuple[Call, ...]) -> list[Rect]:
    """Black fields with white stars that are clipped to them."""
    found = []
    for i, call in enumerate(calls[:-3]):
        starry = [c[0] for c in calls[i + 1 : i + 4]] == ["q", "c", "f"] and float(calls[i + 3][2]) == 255
        if call[0] == "f" and float(call[2]) == 0 and starry:
            found.append(box(from_data(str(call[1]))))
    return found


@pytest.mark.parametrize(
    ("word", "place"),
    [
        ("starship", "spaceship"),
        ("宇宙船", "spaceship"),
        ("艦橋", "ship_bridge"),
        ("outer space", "space"),
        ("ship", "deck"),
        ("bridge", "bridge"),
        ("deck", "deck"),
    ],
)
def test_words_for_ships_of_space_and_of_the_sea_are_told_apart(word: str, place: str) -> None:
    assert place_to_draw(word, ()) == (place, True)


@pytest.mark.parametrize("place", [*ABOARD, "space"])
@pytest.mark.parametrize("facing", ["front", "left", "right", "reverse"])
def test_a_ship_is_seen_from_every_side_and_the_same_each_time(place: str, facing: Facing) -> None:
    calls = painted(place, facing)
    assert calls == painted(place, facing)
    assert calls != painted(place, "front" if facing != "front" else "reverse")


def test_the_window_of_the_bridge_is_wide_and_has_stars() -> None:
    (glass,) = windows(painted("ship_bridge"))
    assert glass.width > 40
    assert glass.y < 28


def test_portholes_are_round_from_before_and_narrow_along_the_wall() -> None:
    (front,) = windows(painted("spaceship", "reverse"))
    assert front.centre[0] == pytest.approx(40, abs=0.5)
    assert front.width == pytest.approx(front.height, rel=0.02)
    aside = windows(painted("spaceship"))
    assert len(aside) == 3
    assert all(b.x > 48 and b.height > 1.5 * b.width for b in aside)


def test_a_ships_night_is_darker_than_her_day() -> None:
    day, night = painted("spaceship"), painted("spaceship", hour=TimeOfDay.NIGHT)
    assert len(night) == len(day) + 1
    assert night[-1][0] == "g"


def test_the_ship_is_white_before_black_space_and_whole_in_the_picture() -> None:
    calls = painted("space")
    assert box(from_data(str(calls[0][1]))).width > 80
    assert float(calls[0][2]) == 0
    white = [box(from_data(str(c[1]))) for c in calls if c[0] == "f" and float(c[2]) == 255]
    hull = [b for b in white if 3 < b.width < 20 and b.height > 3]
    assert len(hull) >= 4
    assert all(b.x > 0 and b.right < 80 and b.y > 0 for b in hull)


def test_things_aboard_lie_on_no_boards() -> None:
    def calls(place: str) -> int:
        direction = SceneDirection.model_validate({"shot": "insert", "setting": place, "props": ["lamp"]})
        return len(draw_panel(brief_for(60, 50, direction, {}, period="future")).drawing.calls)

    assert calls("mess") < calls("room")
