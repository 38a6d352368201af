"""Places have depth: near and far, dark against light, no empty floor, no flat black sky; new places are drawn."""

import pytest

from drawing.art.draw_panel import DrawnPanel, draw_panel
from drawing.art.settings.foliage import tree
from drawing.art.settings.hills_and_fields import ground
from drawing.art.settings.place_painters import PLACES
from drawing.art.stage import Scenery, Stage
from drawing.ink.canvas import Canvas
from drawing.ink.drawing_calls import Call, Drawing
from drawing.ink.paths import box, flattened, from_data
from drawing.ink.pen import DARK
from manga.characters import Look
from manga.geometry import Rect
from manga.panel_brief import brief_for
from manga.plot import TimeOfDay, Weather
from manga.storyboard import SceneDirection

CHIEF = ("classroom", "corridor", "rooftop", "village", "field", "road", "forest", "room", "japanese_room", "mansion",
         "street", "shore", "lighthouse", "lighthouse_room", "hospital", "hospital_garden")  # fmt: skip
SOMEBODY = Look.model_validate({"gender": "female", "age": "teen"})
WIDE, HIGH = 100.0, 45.0


def drawn(place: str, shot: str = "long", hour: str = "day", width: float = WIDE, height: float = HIGH) -> DrawnPanel:
    figures = ({"character": "c01", "x": 0.4},)
    direction = SceneDirection.model_validate(
        {"shot": shot, "setting": place, "background": "full", "time_of_day": hour, "figures": figures}
    )
    period = "old_japan" if place == "japanese_room" else "modern"
    return draw_panel(brief_for(width, height, direction, {"c01": SOMEBODY}, period=period, seed=4))


def scenery(hour: TimeOfDay = TimeOfDay.DAY, quiet: tuple[Rect, ...] = ()) -> tuple[Canvas, Scenery]:
    canvas = Canvas(80, 60)
    return canvas, Scenery.on(canvas, Stage(80, 60, 30, 8, 7, 40, hour, seed=4), quiet)


def marks(drawing: Drawing, area: Rect) -> int:
    """How many separate lines and shapes begin in an area."""
    found = 0
    for call in drawing.calls:
        if call[0] in {"f", "s"}:
            for line in flattened(from_data(str(call[1])), 1):
                found += area.x <= line[0][0] <= area.right and area.y <= line[0][1] <= area.bottom
    return found


@pytest.mark.parametrize("place", CHIEF)
def test_the_lower_half_of_a_wide_view_is_no_empty_floor(place: str) -> None:
    panel = drawn(place)
    lower = Rect(x=0, y=HIGH * 0.5, width=WIDE, height=HIGH * 0.5)
    assert marks(panel.drawing, lower) > 60


@pytest.mark.parametrize("place", CHIEF)
def test_something_dark_stands_in_the_light_of_every_place(place: str) -> None:
    backdrop, _ = drawn(place).drawing.parted()
    _, before = drawn(place).drawing.parted()
    black = [c for c in (*backdrop.calls, *before.calls) if c[0] == "f" and float(c[2]) == 0]
    assert sum(box(from_data(str(c[1]))).area for c in black) > 0.01 * WIDE * HIGH


@pytest.mark.parametrize(
    "place", ["road", "forest", "field", "village", "river", "shore", "rooftop", "hospital_garden"]
)
def test_a_sky_by_night_is_not_one_flat_black(place: str) -> None:
    panel = drawn(place, hour="night")
    flat = [c for c in panel.drawing.calls if c[0] == "f" and float(c[2]) == 0 and len(from_data(str(c[1]))) <= 6]
    assert all(box(from_data(str(c[1]))).area < 0.4 * WIDE * HIGH for c in flat)
    assert any(c[0] == "g" and max(float(c[4]), float(c[7])) > 0.9 for c in panel.drawing.calls)


def test_people_stand_out_from_the_ground_by_day_and_by_night() -> None:
    """A grey coat is 28 in the hundred: what it stands on is lighter or darker by 22 and more."""
    for hour, darkest in ((TimeOfDay.DAY, False), (TimeOfDay.NIGHT, True)):
        canvas, s = scenery(hour)
        ground(s, 24)
        (tone,) = [c for c in canvas.finish().calls if c[0] == "g"]
        near = float(tone[7])
        assert (near > 0.5) if darkest else (near < 0.05)


def test_grass_is_spared_where_somebody_stands() -> None:
    def tufts(quiet: tuple[Rect, ...]) -> int:
        canvas, s = scenery(quiet=quiet)
        PLACES["field"].paint(s)
        return len("".join(str(c[1]) for c in canvas.finish().calls if c[0] == "f"))

    assert tufts((Rect(x=20, y=0, width=40, height=60),)) < tufts(())


def test_a_tree_has_masses_of_leaves_with_a_shadow_side_and_a_fork() -> None:
    canvas, s = scenery()
    tree(s, (40, 55), 40, s.stage.random("tree"))
    calls = canvas.finish().calls
    deep, leaves = tones(calls)[-1], tones(calls)[-2]
    assert deep.area < leaves.area
    assert deep.centre[0] > leaves.centre[0], "the light comes from the left"
    assert deep.centre[1] > leaves.centre[1], "and from above"


def tones(calls: tuple[Call, ...]) -> list[Rect]:
    return [box(from_data(str(c[1]))) for c in calls if c[0] == "t"]


def test_a_den_is_dark_around_its_bright_round_mouth() -> None:
    canvas, s = scenery()
    PLACES["den"].paint(s)
    calls = canvas.finish().calls
    assert calls[0][0] == "f"
    assert float(calls[0][2]) == 0
    (mouth,) = [box(from_data(str(c[1]))) for c in calls if c[0] == "c"]
    assert 0.7 < mouth.width / mouth.height < 1.5
    assert mouth.bottom < 60 * 0.75


def test_the_great_lens_stands_on_its_foot_on_the_floor_of_the_lamp_room() -> None:
    canvas, s = scenery()
    PLACES["lighthouse_room"].paint(s)
    shapes = [(c, box(from_data(str(c[1])))) for c in canvas.finish().calls if c[0] == "f"]
    foot = s.stage.floor(1.9)
    standing = [b for c, b in shapes if abs(b.bottom - foot) < 0.1 and 2 < b.width < 30 and float(c[2]) == 255]
    assert standing, "a pedestal whose lower edge lies on the floor"
    assert any(b.bottom <= min(p.y for p in standing) + 20 and b.height > 20 for _, b in shapes), "and glass over it"


def test_windows_of_a_hospital_are_lit_by_night() -> None:
    def white(hour: TimeOfDay) -> int:
        canvas, s = scenery(hour)
        PLACES["hospital_garden"].paint(s)
        calls = canvas.finish().calls
        panes = [c for c in calls if c[0] == "f" and float(c[2]) == 255 and str(c[1]).count("M") > 3]
        return sum(str(c[1]).count("M") for c in panes)

    assert white(TimeOfDay.NIGHT) > 5


def test_a_face_in_sorrow_has_hatching_over_it_and_none_on_it() -> None:
    def strokes(emotion: str) -> list[Rect]:
        figures = ({"character": "c01", "expression": "sad"},)
        direction = SceneDirection.model_validate(
            {"shot": "close", "setting": "room", "background": "none", "emotion": emotion, "figures": figures}
        )
        panel = draw_panel(brief_for(60, 50, direction, {"c01": SOMEBODY}))
        backdrop, _ = panel.drawing.parted()
        return [box(from_data(str(call[1]))) for call in backdrop.calls if call[0] == "s"]

    (hatching,) = strokes("sadness")
    assert hatching.bottom < 25
    assert strokes("joy") == []


def test_trees_are_bare_in_snow_and_gardens_of_old_tales_are_in_blossom() -> None:
    def garden(period: str, weather: Weather) -> list[Call]:
        canvas = Canvas(80, 60)
        PLACES["garden"].paint(Scenery.on(canvas, Stage(80, 60, 30, 8, 7, 40, weather=weather, period=period, seed=4)))
        return [c for c in canvas.finish().calls if box(from_data(str(c[1]))).bottom < 28]

    old, new, winter = (
        garden(p, w) for p, w in (("medieval", Weather.CLEAR), ("modern", Weather.CLEAR), ("medieval", Weather.SNOW))
    )
    leaves = [[c for c in calls if c[0] == "t"] for calls in (old, new, winter)]
    assert leaves[0]
    assert leaves[1]
    assert not leaves[2]
    white = [sum(len(from_data(str(c[1]))) for c in calls if c[0] == "f" and c[2] == 255) for calls in (old, new)]
    assert white[0] > white[1] + 100, "petals"


@pytest.mark.parametrize(("hour", "dark"), [("day", False), ("evening", True)])
def test_the_town_below_a_roof_stands_out_against_the_evening_sky(hour: str, dark: bool) -> None:
    tones = [call for call in drawn("rooftop", hour=hour).drawing.calls if call[0] == "t" and float(call[3]) >= DARK]
    boxes = [box(from_data(str(call[1]))) for call in tones]
    blocks = [b for b in boxes if WIDE / 30 < b.width < WIDE / 9 and HIGH * 0.2 < b.y < HIGH * 0.6]
    assert (len(blocks) > 6) is dark


def test_a_hearth_in_the_floor_is_of_old_times_and_a_low_table_of_today() -> None:
    direction = SceneDirection.model_validate({"shot": "establishing", "setting": "japanese_room"})
    old, today = (
        draw_panel(brief_for(90, 60, direction, {}, period)).drawing.calls for period in ("old_japan", "modern")
    )
    assert old != today


def test_a_place_is_paler_behind_people_near_by_than_where_it_is_the_subject() -> None:
    def densest(shot: str, hour: str = "day") -> float:
        drawing = drawn("village", shot, hour).drawing
        return max(float(call[3]) for call in drawing.calls[: drawing.backdrop] if call[0] == "t" and call[-1] == 0)

    assert densest("medium") < DARK == densest("long")
    assert densest("medium", "night") >= DARK
