"""The picture of a panel: complete, repeatable, and with anchors that are where the ink is."""

from itertools import pairwise

import pytest

from drawing.art.draw_panel import DrawnPanel, draw_panel
from drawing.art.settings.place_painters import PLACES
from drawing.ink.pen import DARK, LIGHT, MID
from manga.characters import Age, Kind, Look
from manga.geometry import Rect
from manga.panel_brief import brief_for
from manga.plot import TimeOfDay, Weather
from manga.storyboard import Angle, Expression, FigureDirection, Pose, SceneDirection, Shot

PAPER = Rect(x=0, y=0, width=1, height=1)
LOOKS = {
    "boy": Look(gender="male", age=Age.TEEN, outfit="gakuran", hair_style="messy"),
    "woman": Look(gender="female", outfit="kimono", hair_style="bun"),
    "child": Look(age=Age.CHILD, outfit="casual"),
    "fox": Look(kind=Kind.FOX, outfit="none"),
}


def directed(name: str, x: float = 0.5, **how: object) -> FigureDirection:
    return FigureDirection.model_validate({"character": name, "x": x, **how})


def drawn(
    *figures: FigureDirection,
    shot: Shot = Shot.MEDIUM,
    setting: str = "room",
    width: float = 70,
    height: float = 52,
    **how: object,
) -> DrawnPanel:
    direction = SceneDirection.model_validate({"shot": shot, "setting": setting, "figures": figures, **how})
    return draw_panel(brief_for(width, height, direction, LOOKS, seed=4))


def test_the_same_request_gives_the_same_calls() -> None:
    one, two = (drawn(directed("boy", 0.3), directed("fox", 0.7), setting="forest") for _ in range(2))
    assert one == two


@pytest.mark.parametrize("shot", list(Shot))
def test_every_shot_is_drawn(shot: Shot) -> None:
    assert len(drawn(directed("boy"), shot=shot, props=("watch",)).drawing.calls) > 20


@pytest.mark.parametrize("shot", [s for s in Shot if s is not Shot.INSERT])
@pytest.mark.parametrize("size", [(70, 52), (38, 90), (150, 44)])
def test_anchors_lie_inside_the_picture_and_faces_inside_heads(shot: Shot, size: tuple[float, float]) -> None:
    panel = drawn(
        directed("boy", 0.25, facing="right"), directed("child", 0.75), shot=shot, width=size[0], height=size[1]
    )
    assert len(panel.figures) == 2
    for figure in panel.figures:
        assert figure.head is not None
        assert figure.face is not None
        assert PAPER.contains(figure.head)
        assert PAPER.contains(figure.body)
        assert figure.head.inset(-0.02).contains(figure.face)


@pytest.mark.parametrize("shot", [Shot.CLOSE, Shot.BUST, Shot.MEDIUM, Shot.FULL])
@pytest.mark.parametrize("name", list(LOOKS))
def test_the_mouth_of_a_lone_figure_is_in_its_face(shot: Shot, name: str) -> None:
    (figure,) = drawn(directed(name, 0.5, facing="left"), shot=shot).figures
    assert figure.face is not None
    assert figure.mouth is not None
    face = figure.face.inset(-0.01)
    assert face.x <= figure.mouth[0] <= face.right
    assert face.y <= figure.mouth[1] <= face.bottom


def test_a_figure_seen_from_behind_has_a_head_but_no_face() -> None:
    (figure,) = drawn(directed("woman", facing="back")).figures
    assert figure.head is not None
    assert figure.face is None
    assert figure.mouth is None


def test_figures_keep_the_order_of_their_places_and_faces_stay_clear() -> None:
    panel = drawn(directed("boy", 0.5), directed("woman", 0.52), directed("child", 0.54), shot=Shot.FULL, width=90)
    boxes = [f.face for f in panel.figures if f.face]
    assert [b.x for b in boxes] == sorted(b.x for b in boxes)
    assert all(a.overlap(b) == 0 for a, b in pairwise(boxes))


@pytest.mark.parametrize("place", list(PLACES))
@pytest.mark.parametrize("time", [TimeOfDay.DAY, TimeOfDay.NIGHT])
def test_every_place_is_drawn_by_day_and_night(place: str, time: TimeOfDay) -> None:
    panel = drawn(shot=Shot.LONG, setting=place, time_of_day=time)
    assert len(panel.drawing.calls) >= 8
    assert panel.missing == ()


@pytest.mark.parametrize("weather", list(Weather))
@pytest.mark.parametrize("angle", list(Angle))
def test_weather_and_angles_are_drawn(weather: Weather, angle: Angle) -> None:
    assert drawn(directed("boy"), shot=Shot.FULL, setting="village", weather=weather, angle=angle).figures


@pytest.mark.parametrize(
    "effect",
    [
        "focus_lines",
        "speed_lines",
        "flash",
        "beta_flash",
        "gloom",
        "bokeh",
        "flowers",
        "sparkle",
        "rain",
        "snow",
        "impact",
    ],
)
def test_every_effect_adds_marks(effect: str) -> None:
    plain = drawn(directed("boy"), shot=Shot.CLOSE, background="none")
    assert drawn(directed("boy"), shot=Shot.CLOSE, background="none", effects=(effect,)).drawing != plain.drawing


@pytest.mark.parametrize("setting", ["classroom", "village", "parlour", "mansion", "forest", "street"])
def test_a_panel_holds_at_most_three_even_tones(setting: str) -> None:
    panel = drawn(directed("boy", 0.2), directed("woman", 0.5), directed("fox", 0.8), shot=Shot.FULL, setting=setting)
    densities = {call[3] for call in panel.drawing.calls if call[0] == "t"}
    assert densities <= {LIGHT, MID, DARK}


def test_what_cannot_be_drawn_is_reported_and_left_out() -> None:
    panel = drawn(directed("boy", holds="theodolite"), directed("nobody"), setting="zeppelin hangar")
    assert set(panel.missing) == {"prop: theodolite", "character: nobody", "setting: zeppelin hangar"}
    assert [f.character for f in panel.figures] == ["boy"]


def test_an_insert_shows_its_things() -> None:
    with_thing = drawn(shot=Shot.INSERT, props=("栗",), setting="village")
    assert with_thing.missing == ()
    assert with_thing.drawing != drawn(shot=Shot.INSERT, props=("櫛",), setting="village").drawing


@pytest.mark.parametrize("expression", list(Expression))
@pytest.mark.parametrize("name", ["boy", "fox"])
def test_expressions_differ(expression: Expression, name: str) -> None:
    neutral = drawn(directed(name), shot=Shot.CLOSE).drawing
    shown = drawn(directed(name, expression=expression), shot=Shot.CLOSE).drawing
    assert (shown == neutral) is (expression is Expression.NEUTRAL)


@pytest.mark.parametrize("pose", list(Pose))
def test_distant_figures_stand_inside_the_picture(pose: Pose) -> None:
    for name in LOOKS:
        (figure,) = drawn(directed(name, pose=pose), shot=Shot.FULL, background="none", width=90).figures
        assert figure.body.bottom < 1
        assert figure.head is not None
        assert figure.head.y > 0


def test_the_estimate_of_ink_tells_night_from_day() -> None:
    day = drawn(shot=Shot.LONG, setting="town", background="full")
    night = drawn(shot=Shot.LONG, setting="town", time_of_day=TimeOfDay.NIGHT)
    assert 0 <= day.ink < night.ink <= 1


def test_a_king_of_the_west_wears_no_robe_of_the_east() -> None:
    """And what a story tells of a kimono stays one."""
    direction = SceneDirection.model_validate({"shot": "full", "setting": "castle", "figures": [{"character": "k"}]})

    def drawn(outfit: str, culture: str) -> object:
        look = Look.model_validate({"gender": "male", "age": "elder", "hat": "crown", "outfit": outfit})
        brief = brief_for(60, 60, direction, {"k": look}).model_copy(update={"culture": culture})
        return draw_panel(brief).drawing.calls

    assert drawn("robe", "west") == drawn("gown", "west")
    assert drawn("robe", "west") != drawn("robe", "japan")
    assert drawn("kimono", "west") != drawn("gown", "west")
