"""A scene is seen from more than one side: who answers stands before another wall, corners come into view."""

from dataclasses import replace
from typing import get_args

import pytest

from drawing.art.camera import Facing, facing_of, paint_place
from drawing.art.draw_panel import draw_panel
from drawing.art.frame_shot import SKY, stage_for
from drawing.art.make_figure import figures_of
from drawing.art.settings.place_painters import PLACES
from drawing.art.settings.room_in_perspective import Room
from drawing.art.stage import Scenery, Stage
from drawing.ink.canvas import Canvas
from drawing.ink.drawing_calls import Call
from drawing.ink.paths import box, flattened, from_data
from manga.characters import Look
from manga.geometry import Rect, inside
from manga.panel_brief import brief_for
from manga.storyboard import SceneDirection

STAGE = Stage(80, 60, 30, 8, 7, 40, seed=4)


def direction(*figures: dict[str, object], **told: object) -> SceneDirection:
    return SceneDirection.model_validate({"shot": "bust", "setting": "room", "figures": figures, **told})


def somebody(facing: str, character: str = "c01") -> dict[str, object]:
    return {"character": character, "facing": facing, "x": 0.3 if facing == "right" else 0.7}


def painted(place: str, facing: Facing) -> tuple[Call, ...]:
    canvas = Canvas(80, 60)
    paint_place(Scenery.on(canvas, STAGE), PLACES[place], facing)
    return canvas.finish().calls


def test_who_answers_is_never_seen_before_the_wall_of_who_spoke() -> None:
    for n in range(20):
        one = facing_of(direction(somebody("right"), seen=f"beat {n}"))
        other = facing_of(direction(somebody("left", "c02"), seen=f"beat {n}"))
        assert one in {"left", "reverse"}
        assert other in {"right", "front"}


def test_a_scene_in_whole_figures_is_seen_from_all_sides() -> None:
    two = (somebody("right"), somebody("left", "c02"))
    found = {facing_of(direction(*two, shot="full", seen=f"beat {n}")) for n in range(30)}
    assert found == set(get_args(Facing))


@pytest.mark.parametrize("told", [{"shot": "establishing"}, {"fixed_camera": True}])
def test_a_place_is_shown_first_from_the_front_and_a_camera_that_is_fixed_stays(told: dict[str, object]) -> None:
    assert {facing_of(direction(somebody("left"), seen=f"beat {n}", **told)) for n in range(20)} == {"front"}


@pytest.mark.parametrize("place", sorted(PLACES))
def test_every_place_looks_otherwise_when_the_view_turns(place: str) -> None:
    assert painted(place, "front") != painted(place, "left") != painted(place, "right")


def test_a_turned_view_of_a_room_holds_its_corner() -> None:
    right = Room.of(replace(STAGE, turn=1.0))
    assert Room.of(STAGE).pt(1, 0)[0] > 65
    assert 30 < right.pt(1, 0)[0] < 55
    top, foot = right.pt(1, 1), right.pt(1, 0)
    near = right.pt(1, 1, 0.4), right.pt(1, 0, 0.4)
    assert near[0][0] > top[0] + 8, "the side wall comes towards us beyond the corner"
    assert near[1][1] - near[0][1] > foot[1] - top[1], "and grows"


def test_what_passes_a_turned_viewer_is_cut_off_where_it_leaves_the_picture() -> None:
    room = Room.of(replace(STAGE, turn=1.0))
    x, y = room.pt(-1, 0, -2.6)
    assert x < 0 or y > STAGE.height


def test_behind_a_face_a_part_of_the_place_is_seen_paler_than_it_is_elsewhere() -> None:
    look = Look.model_validate({"gender": "female"})
    seen = [direction(somebody("left"), shot="close", background="partial", seen=f"beat {n}") for n in range(8)]
    drawn = [draw_panel(brief_for(50, 50, d, {"c01": look}, seed=4)).drawing.parted()[0] for d in seen]
    faded = [[c for c in one.calls if c[0] == "t" and float(c[6]) == 255] for one in drawn]
    shown = [one for one, white in zip(drawn, faded, strict=True) if white]
    assert 3 <= len(shown) < 8, "not behind every face"
    for one in shown:
        lines = [box(from_data(str(c[1]))) for c in one.calls if c[0] == "s"]
        assert len(lines) > 10


@pytest.mark.parametrize("place", ["room", "kitchen", "shop", "office", "bath", "parlour", "farmhouse", "mansion"])
@pytest.mark.parametrize("facing", ["left", "right"])
def test_the_side_wall_that_comes_into_view_is_not_bare(place: str, facing: Facing) -> None:
    beside = Rect(x=0 if facing == "left" else 52, y=4, width=28, height=44)
    lines = [line for c in painted(place, facing) if c[0] == "s" for line in flattened(from_data(str(c[1])), 1)]
    assert sum(any(inside(p, beside.polygon()) for p in line) for line in lines) >= 4


@pytest.mark.parametrize("angle", ["eye", "high", "bird"])
@pytest.mark.parametrize("kind", ["human", "bird", "mouse"])
@pytest.mark.parametrize("size", [(150.0, 50.0), (60.0, 90.0)])
def test_the_first_view_of_a_place_outdoors_has_its_horizon(angle: str, kind: str, size: tuple[float, float]) -> None:
    told = direction(somebody("left"), shot="establishing", setting="bridge", angle=angle)
    looks = {"c01": Look.model_validate({"kind": kind})}
    figures = figures_of(looks, told)
    stage = stage_for(told, figures, *size, "modern", 3, outdoors=True)
    assert stage.horizon >= SKY * size[1] - 1e-6
