"""What an artist tells of its picture is what is on the canvas: neither what was wished nor what was cut off."""

import pytest

from drawing.art.draw_panel import DrawnPanel, draw_panel
from drawing.art.things.find_drawing import can_be_held, thing_named, thing_of
from drawing.art.what_a_picture_shows import seen_in
from drawing.ink.canvas import Canvas
from drawing.ink.drawing_calls import ShownKind
from drawing.ink.paths import rect
from manga.artwork import DrawnFigure, Made, PanelArt
from manga.characters import Kind, Look
from manga.panel_brief import brief_for
from manga.plot import Weather
from manga.storyboard import FigureDirection, Pose, SceneDirection, Shot
from manga.vocabulary.things import things

LOOKS = {"a": Look(), "b": Look(), "fox": Look(kind=Kind.FOX, outfit="none"), "bird": Look(kind=Kind.BIRD)}
LANTERN = FigureDirection(character="a", holds="lantern")


def panel(
    *figures: FigureDirection, shot: Shot = Shot.FULL, setting: str = "forest", props: tuple[str, ...] = (),
    weather: Weather = Weather.CLEAR, background: str = "full", looks: dict[str, Look] = LOOKS,
) -> DrawnPanel:  # fmt: skip
    told = {"shot": shot, "setting": setting, "figures": figures, "props": props, "weather": weather}
    direction = SceneDirection.of({**told, "background": background})
    return draw_panel(brief_for(80.0, 60.0, direction, looks, seed=3))


def alone(drawn: DrawnPanel) -> DrawnFigure:
    (figure,) = drawn.drawn.figures
    return figure


HELD = sorted(
    name for name in things() if thing_of(name) == name and can_be_held(name) and not thing_named(name).stands
)


@pytest.mark.parametrize("name", HELD[::23])
def test_a_thing_that_is_told_to_be_held_has_been_drawn(name: str) -> None:
    empty, full = panel(FigureDirection(character="a")), panel(FigureDirection(character="a", holds=name))
    assert alone(full).holds == (name.replace("_", " "),)
    assert empty.drawing.calls != full.drawing.calls
    assert alone(empty).holds == ()


def test_a_thing_that_nobody_can_draw_is_not_told() -> None:
    drawn = panel(FigureDirection(character="a", holds="zither"))
    assert alone(drawn).holds == ()
    assert drawn.drawing.calls == panel(FigureDirection(character="a")).drawing.calls
    assert drawn.missing == ("prop: zither",)


@pytest.mark.parametrize("pose", [Pose.FOLD, Pose.PRAY, Pose.WEEP])
def test_hands_that_are_needed_elsewhere_hold_nothing(pose: Pose) -> None:
    assert alone(panel(FigureDirection(character="a", pose=pose, holds="book"))).holds == ()


def test_a_hand_that_is_cut_off_holds_nothing_that_is_seen() -> None:
    far, near = panel(LANTERN), panel(LANTERN, shot=Shot.CLOSE)
    assert alone(far).holds == ("lantern",)
    assert alone(near).holds == ()


def test_things_beside_people_are_told_when_they_are_drawn_and_only_then() -> None:
    beside, without = panel(LANTERN, props=("umbrella",)), panel(LANTERN)
    assert (beside.drawn == without.drawn) == (beside.drawing.calls == without.drawing.calls)
    insert = panel(shot=Shot.INSERT, props=("umbrella", "zither"))
    assert insert.drawn.things == ("umbrella",)


def test_what_is_too_large_for_hands_stands_beside() -> None:
    drawn = panel(FigureDirection(character="a", holds="cupboard"), setting="room")
    assert alone(drawn).holds == ()
    assert drawn.drawn.things == ("cupboard",)


def test_work_brings_its_own_things() -> None:
    drawn = panel(FigureDirection(character="a", pose=Pose.COOK), setting="kitchen")
    assert alone(drawn) == DrawnFigure(character="a", deed="cook", face="neutral", holds=("spoon",))
    assert drawn.drawn.things == ("stove", "pot")


def test_a_deed_is_told_where_it_can_be_seen() -> None:
    walks = FigureDirection(character="a", pose=Pose.WALK)
    assert alone(panel(walks)).deed == "walk"
    assert alone(panel(walks, shot=Shot.CLOSE)).deed == ""


def test_a_deed_is_the_one_that_was_drawn() -> None:
    stone = {"a": Look(kind=Kind.SPIRIT, marks=("jizo",))}
    assert alone(panel(FigureDirection(character="a", pose=Pose.RUN), looks=stone)).deed == "stand"
    assert alone(panel(FigureDirection(character="bird", pose=Pose.RUN))).deed == "fly"
    assert alone(panel(FigureDirection(character="fox", pose=Pose.AIM, holds="gun"))) == DrawnFigure(
        character="fox", deed="crouch", face="neutral"
    )


def test_a_beast_holds_in_its_mouth() -> None:
    assert alone(panel(FigureDirection(character="fox", pose=Pose.WALK, holds="fish"))).holds == ("fish",)


def test_those_who_hug_touch_and_those_who_stand_apart_do_not() -> None:
    def pair(pose: Pose, left: float, right: float) -> tuple[DrawnFigure, ...]:
        first = FigureDirection(character="a", x=left, facing="right", pose=pose)
        return panel(first, FigureDirection(character="b", x=right, facing="left", pose=pose)).drawn.figures

    assert [figure.touches for figure in pair(Pose.HUG, 0.45, 0.55)] == [("b",), ("a",)]
    assert [figure.touches for figure in pair(Pose.STAND, 0.1, 0.9)] == [(), ()]


def test_who_turns_away_shows_no_face() -> None:
    assert alone(panel(FigureDirection(character="a", facing="back"))).face == ""


def test_the_place_is_the_one_that_was_painted() -> None:
    assert panel(setting="tea house").drawn.place == "room"
    assert panel(LANTERN, setting="kitchen").drawn.inside is True
    bare = panel(LANTERN, setting="kitchen", shot=Shot.MEDIUM, background="none").drawn
    assert (bare.place, bare.inside) == ("", None)
    assert panel(LANTERN, background="dark").drawn.place == ""


def test_rain_falls_out_of_doors() -> None:
    assert panel(LANTERN, weather=Weather.RAIN).drawn.weather == "rain"
    assert panel(LANTERN, weather=Weather.RAIN, setting="kitchen").drawn.weather == ""


def test_a_picture_without_an_account_is_stored_as_before() -> None:
    made = Made(model="m")
    art = PanelArt(panel="b0001", blob="x", media_type="image/png", width=1, height=1, made=made)
    assert "drawn" not in art.to_json()
    told = art.model_copy(update={"drawn": panel(LANTERN).drawn})
    assert PanelArt.of(told.to_json()) == told


def test_arms_that_are_drawn_for_a_thing_say_what_is_done_with_it() -> None:
    reads = FigureDirection(character="a", pose=Pose.SIT, holds="book")
    assert alone(panel(reads, setting="room")).deed == "read"
    assert alone(panel(FigureDirection(character="a", pose=Pose.CARRY, holds="book"))).deed == "carry"


def test_what_the_hands_hide_is_not_told() -> None:
    hidden = FigureDirection(character="a", pose=Pose.CARRY, holds="key")
    assert alone(panel(hidden)).holds == ()
    assert panel(hidden).drawing.calls != panel(FigureDirection(character="a", pose=Pose.CARRY)).drawing.calls
    assert alone(panel(hidden.model_copy(update={"pose": Pose.STAND}))).holds == ("key",)


@pytest.mark.parametrize("kind", ["thing", "part", "holds"])
def test_what_is_covered_later_is_not_told(kind: ShownKind) -> None:
    canvas = Canvas(40, 40)
    with canvas.showing(kind, "box"):
        canvas.fill(rect(10, 10, 5, 5))
    assert [one.name for one in seen_in(canvas.finish())] == ["box"]
    canvas.fill(rect(8, 8, 9, 9), 255)
    assert seen_in(canvas.finish()) == ()


@pytest.mark.parametrize(("ground", "lies"), [("wet", "puddle"), ("leafy", "leaves"), ("snowy", "snow")])
def test_what_lies_on_the_ground_is_told_where_ground_is_seen(ground: str, lies: str) -> None:
    told = {"shot": "long", "setting": "field", "background": "full", "ground": ground}

    def parts(**other: str) -> tuple[str, ...]:
        return draw_panel(brief_for(80, 60, SceneDirection.of(told | other), LOOKS)).drawn.parts

    assert lies in parts()
    assert lies not in parts(ground="dry")
    assert lies not in parts(background="none", shot="close")
