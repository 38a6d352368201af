"""Two people in one panel: how near, how they turn, who stands before us; what people sit on."""

import pytest

from drawing.art.background import attention
from drawing.art.draw_panel import DrawnPanel, draw_panel
from drawing.art.frame_shot import stage_for, standings
from drawing.art.make_figure import figure_of
from manga.characters import Look
from manga.panel_brief import brief_for
from manga.storyboard import SceneDirection, Shot

LOOKS = {
    "c01": Look.model_validate({"gender": "male", "age": "teen"}),
    "c02": Look.model_validate({"gender": "female", "age": "teen", "hair_style": "bob"}),
}


def drawn(width: float, second: dict[str, object], **how: object) -> DrawnPanel:
    first = {"character": "c01", "x": 0.73, "facing": "left"}
    direction = SceneDirection.model_validate(
        {"shot": "medium", "setting": "rooftop", **how, "figures": (first, {"character": "c02", "x": 0.27, **second})}
    )
    return draw_panel(brief_for(width, 40, direction, LOOKS))


def test_two_who_talk_stand_within_reach_however_wide_the_panel_is() -> None:
    for width in (60, 120, 180):
        right, left = sorted(drawn(width, {"facing": "right"}).figures, key=lambda f: f.character)
        assert right.head
        assert left.head
        apart = (right.head.centre[0] - left.head.centre[0]) * width
        assert apart < 4 * left.head.width * width


@pytest.mark.parametrize("shot", [Shot.MEDIUM, Shot.BUST])
def test_past_a_shoulder_one_is_large_at_the_edge_and_has_no_face(shot: Shot) -> None:
    found = drawn(60, {"facing": "back", "depth": "foreground"}, angle="over_shoulder", shot=shot)
    by_key = {f.character: f for f in found.figures}
    speaker, listener = by_key["c01"], by_key["c02"]
    assert listener.face is None
    assert speaker.face
    assert speaker.head
    assert listener.head
    assert listener.head.x <= 0.02
    assert listener.head.height > 1.25 * speaker.head.height
    assert speaker.face.x > listener.head.right - 0.05


@pytest.mark.parametrize("width", [60, 110, 160])
def test_past_a_shoulder_the_one_who_speaks_is_within_reach_however_wide_the_panel_is(width: int) -> None:
    found = drawn(width, {"facing": "back", "depth": "foreground"}, angle="over_shoulder", shot=Shot.BUST)
    by_key = {f.character: f for f in found.figures}
    speaker, listener = by_key["c01"].head, by_key["c02"].head
    assert speaker
    assert listener
    assert (speaker.centre[0] - listener.right) * width < 80
    assert listener.height > 1.25 * speaker.height


def test_lines_of_effect_lead_to_the_face_and_not_to_the_back_before_it() -> None:
    direction = SceneDirection.model_validate(
        {"shot": "bust", "setting": "rooftop", "angle": "over_shoulder", "figures": (
            {"character": "c01", "x": 0.73, "facing": "left"},
            {"character": "c02", "x": 0.27, "facing": "back", "depth": "foreground"})}
    )  # fmt: skip
    figures = [figure_of(LOOKS[f.character], f, direction) for f in direction.figures]
    stage = stage_for(direction, figures, 60, 40, "modern", 0, outdoors=True)
    assert attention(stage, standings(direction, figures, stage)).x > 30


@pytest.mark.parametrize("setting", ["rooftop", "street", "field", "japanese_room"])
def test_nobody_sits_on_a_seat_where_there_is_none(setting: str) -> None:
    sitting = drawn(60, {"facing": "right", "pose": "sit"}, shot="full", setting=setting)
    body = next(f.body for f in sitting.figures if f.character == "c02")
    standing = next(f.body for f in sitting.figures if f.character == "c01")
    assert body.height < 0.66 * standing.height


@pytest.mark.parametrize("shot", [Shot.FULL, Shot.MEDIUM])
def test_two_who_hug_hold_each_other_and_two_who_talk_do_not(shot: Shot) -> None:
    def apart(pose: str) -> float:
        figures = (
            {"character": "c01", "x": 0.73, "facing": "left", "pose": pose},
            {"character": "c02", "x": 0.27, "facing": "right", "pose": pose},
        )
        direction = SceneDirection.model_validate({"shot": shot, "setting": "room", "figures": figures})
        left, right = draw_panel(brief_for(60, 50, direction, LOOKS)).figures
        assert left.head
        assert right.head
        return (right.head.centre[0] - left.head.centre[0]) / left.head.width

    assert 0.6 < apart("hug") < 1.5 < apart("stand")


@pytest.mark.parametrize("shot", [Shot.FULL, Shot.MEDIUM])
def test_who_hugs_a_child_kneels_so_that_nobody_has_hands_before_the_face(shot: Shot) -> None:
    looks = {"c01": Look.model_validate({"age": "child"}), "c02": Look.model_validate({"gender": "female"})}
    figures = (
        {"character": "c01", "x": 0.3, "facing": "right", "pose": "hug"},
        {"character": "c02", "x": 0.7, "facing": "left", "pose": "hug"},
    )
    direction = SceneDirection.model_validate({"shot": shot, "setting": "room", "figures": figures})
    child, woman = sorted(draw_panel(brief_for(60, 50, direction, looks)).figures, key=lambda f: f.character)
    assert child.head
    assert woman.head
    assert abs(child.head.centre[1] - woman.head.centre[1]) < 0.8 * woman.head.height
    assert all(hand.centre[1] > child.head.bottom for hand in woman.hands)
