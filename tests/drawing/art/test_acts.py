"""Deeds at another: the hand really lies on him, whatever their sizes; a sentence without their words does nothing."""

import pytest

from drawing.art.acts import acts, doings
from drawing.art.draw_panel import draw_panel
from drawing.art.poses import ACTS, POSES
from drawing.art.what_a_picture_shows import place_of_thing
from manga.artwork import DrawnFigure
from manga.characters import Look
from manga.panel_brief import brief_for
from manga.storyboard import FigureDirection, Pose, SceneDirection, Shot
from manga.vocabulary.poses_and_effects import poses

LOOKS = {
    "a": Look.model_validate({"gender": "male", "outfit": "suit"}),
    "b": Look.model_validate({"gender": "female", "outfit": "dress"}),
    "k": Look.model_validate({"gender": "female", "age": "child", "outfit": "dress"}),
}


def scene(first: dict[str, str], other: dict[str, str], seen: str, **more: object) -> SceneDirection:
    """Two who face each other, the doer on the left."""
    figures = [{"x": 0.3, "facing": "right", **first}, {"x": 0.7, "facing": "left", **other}]
    return SceneDirection.model_validate({"shot": "full", "setting": "road", "seen": seen, "figures": figures, **more})


def drawn(direction: SceneDirection) -> dict[str, DrawnFigure]:
    panel = draw_panel(brief_for(70, 60, direction, LOOKS))
    return {figure.character: figure for figure in panel.drawn.figures}


TOGETHER = [
    ("reach", "", "He takes her by the arm.", "seize"),
    ("reach", "", "He strokes her hair.", "stroke"),
    ("reach", "", "He pushes her.", "push"),
    ("fight", "knife", "He strikes.", "stab"),
    ("carry", "", "He lifts her up.", "lift"),
    ("carry", "", "He carries her on his back.", "bear"),
    ("reach", "", "He helps her up.", "help"),
    ("crouch", "", "He ties her hands.", "bind"),
    ("give", "", "He gives her something.", "give"),
    ("reach", "", "He sets the tin crown on her head.", "crown"),
]


@pytest.mark.parametrize("other", ["b", "k"])
@pytest.mark.parametrize(("pose", "holds", "seen", "act"), TOGETHER)
def test_who_does_something_at_another_touches_him(pose: str, holds: str, seen: str, act: str, other: str) -> None:
    found = drawn(scene({"character": "a", "pose": pose, "holds": holds}, {"character": other, "pose": "stand"}, seen))
    assert found["a"].deed == act
    assert found["a"].touches or found[other].touches


@pytest.mark.parametrize(
    ("seen", "part"), [("He seizes her by the collar.", "neck"), ("男が女の肩をつかんだ。", "shoulder")]
)
def test_the_part_that_a_sentence_names_is_where_the_hand_goes(seen: str, part: str) -> None:
    found = doings(scene({"character": "a", "pose": "reach"}, {"character": "b", "pose": "stand"}, seen))
    assert [one.near for one in found.values()] == [part]


def test_two_of_whom_nothing_is_said_stand_apart() -> None:
    found = drawn(scene({"character": "a", "pose": "reach"}, {"character": "b"}, "They look at each other."))
    assert found["a"].deed == "reach"
    assert not found["a"].touches


BY_ACCIDENT = [
    ("reach", "He looks up and reaches for the shelf."),
    ("cheer", "He raises his fist."),
    ("carry", "He lifts the lid off the pot."),
    ("reach", "He shovels snow."),
    ("reach", "She takes the cake and licks it."),
    ("reach", "He lays his hand on her head."),
    ("reach", "He puts the hat on his own head."),
    ("walk", "He walks beside her with a pack on his back."),
    ("walk", "The path leads down to the sea."),
    ("stand", "He stands there in a coat and tie."),
    ("crouch", "The train is bound for the coast."),
    ("reach", "His face is pale. He takes the letter."),
    ("walk", "リュックを背負って歩く。"),
    ("reach", "みんなで手をふる。"),
    ("reach", "傘をさす。"),
    ("stand", "しばらく結果を待つ。"),
    ("carry", "箱を持ち上げる。"),
    ("turn", "いつか見つかる、とふりむく。"),
    ("crouch", "鏡がかがやく。"),
]


@pytest.mark.parametrize(("pose", "seen"), BY_ACCIDENT)
def test_a_word_that_only_looks_like_a_deed_is_none(pose: str, seen: str) -> None:
    assert not doings(scene({"character": "a", "pose": pose}, {"character": "b", "pose": "stand"}, seen))


SAID = [
    ("carry", "Marit lifts Luc onto the cart.", "lift"),
    ("pull", "She pulls the old man to his feet.", "help"),
    ("walk", "He leads them through the yard.", "lead"),
    ("reach", "He takes hold of her sleeve.", "seize"),
    ("reach", "She wipes the tears from his cheek.", "stroke"),
    ("walk", "妹をおぶって歩く。", "bear"),
    ("carry", "老人を背負う。", "bear"),
    ("reach", "腕をつかむ。", "seize"),
    ("kneel", "縄で縛る。", "bind"),
    ("reach", "頭をなでる。", "stroke"),
]


@pytest.mark.parametrize(("pose", "seen", "act"), SAID)
def test_it_is_found_however_it_is_said(pose: str, seen: str, act: str) -> None:
    found = doings(scene({"character": "a", "pose": pose}, {"character": "b", "pose": "stand"}, seen))
    behind = doings(
        scene({"character": "b", "pose": "walk"}, {"character": "a", "pose": pose, "facing": "right"}, seen)
    )
    assert act in {one.act.name for one in (*found.values(), *behind.values())}


def test_who_kneels_to_a_child_is_as_low_as_it_is() -> None:
    told = scene({"character": "a", "pose": "give", "holds": "cup"}, {"character": "k", "pose": "sit"}, "He feeds her.")
    panel = draw_panel(brief_for(70, 60, told, LOOKS))
    heads = {figure.character: figure.head for figure in panel.figures}
    assert heads["a"]
    assert heads["k"]
    assert heads["a"].y > heads["k"].y - 2 * heads["k"].height


def test_who_leads_is_before_the_one_whom_he_leads() -> None:
    told = scene(
        {"character": "k", "pose": "walk"}, {"character": "b", "pose": "walk", "facing": "right"},
        "She leads the child by the hand.",
    )  # fmt: skip
    assert {i: (one.act.name, one.other) for i, one in doings(told).items()} == {1: ("lead", 0)}


def test_nobody_is_in_two_deeds() -> None:
    told = scene({"character": "a", "pose": "reach"}, {"character": "b", "pose": "reach"}, "They hold hands.")
    assert len(doings(told)) == 1


def test_every_act_refines_poses_and_every_body_is_of_an_act() -> None:
    assert all(set(act.of) <= {pose.value for pose in Pose} for act in acts())
    assert set(ACTS) <= {act.name for act in acts()}
    assert set(POSES) == set(Pose)


def test_what_is_thrown_is_in_the_hand() -> None:
    told = scene({"character": "a", "pose": "reach", "holds": "stone"}, {"character": "b"}, "He throws a stone.")
    assert drawn(told)["a"].deed == "throw"
    assert drawn(told)["a"].holds == ("stone",)
    himself = scene(
        {"character": "a", "pose": "reach", "holds": "stone"}, {"character": "b"}, "He throws himself down."
    )
    assert drawn(himself)["a"].deed != "throw"


def test_somebody_feeds_a_beast_that_lies_on_its_back_on_his_knees() -> None:
    seen = "The guard holds a crust to the beak of the tortoise, who lies on its back."
    looks = {"a": Look(), "b": Look.model_validate({"kind": "tortoise", "outfit": "none"})}
    figures = [
        {"character": "a", "x": 0.3, "pose": "reach", "facing": "right", "depth": "background"},
        {"character": "b", "x": 0.7, "pose": "lie", "facing": "left"},
    ]
    direction = SceneDirection.model_validate({"shot": "full", "setting": "shop", "figures": figures, "seen": seen})
    told = {one.character: one for one in draw_panel(brief_for(80, 80, direction, looks)).drawn.figures}
    assert (told["a"].deed, told["a"].touches, told["b"].deed) == ("feed", ("b",), "on_back")


HORSE = {"a": LOOKS["a"], "h": Look.model_validate({"kind": "horse", "outfit": "none"})}


@pytest.mark.parametrize("facing", ["left", "right"])
def test_a_rider_sits_on_the_back_of_his_horse_and_is_before_it(facing: str) -> None:
    figures = [{"character": key, "pose": pose, "facing": facing} for key, pose in (("a", "sit"), ("h", "walk"))]
    told = {"shot": "full", "setting": "road", "figures": figures, "seen": "The man rides the horse."}
    made = draw_panel(brief_for(80, 62, SceneDirection.model_validate(told), HORSE))
    man, horse = (next(one.body for one in made.figures if one.character == key) for key in "ah")
    assert horse.y < man.bottom < horse.bottom
    assert horse.x < man.centre[0] < horse.right
    assert [one.name for one in made.drawing.shown if one.kind == "figure"] == ["h", "a"]


def test_of_two_who_run_only_the_one_behind_chases() -> None:
    one, other = ({"character": key, "pose": "run", "facing": "right"} for key in "ab")
    assert doings(scene(one, other | {"facing": "right"}, "He chases her down the road."))[0].act.name == "chase"
    assert drawn(scene(one, other | {"facing": "right"}, "He chases her down the road."))["b"].deed == "run"


def test_a_table_is_between_two_who_sit_across_it() -> None:
    pair = ({"character": key, "pose": "sit"} for key in "ab")
    direction = scene(*pair, "They sit at the table.", setting="room", props=("table",))
    made = draw_panel(brief_for(80, 62, direction, LOOKS))
    left, right = sorted(one.body.centre[0] for one in made.figures)
    table = place_of_thing(made.drawing, "table")
    assert table is not None
    assert left < table.centre[0] < right


def test_whoever_is_by_the_bed_of_another_has_the_face_above_him() -> None:
    one, other = {"character": "b", "pose": "kneel"}, {"character": "a", "pose": "lie"}
    made = draw_panel(brief_for(80, 62, scene(one, other, "She kneels beside his bed.", setting="hospital"), LOOKS))
    her, him = (next(f for f in made.figures if f.character == key) for key in "ba")
    assert her.face
    assert her.face.bottom < him.body.centre[1]


def test_nobody_kneels_out_of_a_low_picture() -> None:
    one = {"character": "a", "pose": "give", "depth": "foreground"}
    told = scene(one, {"character": "k", "depth": "middle"}, "He gives it to her.", angle="high")
    made = draw_panel(brief_for(150, 60, told, LOOKS))
    assert all(figure.face is not None for figure in made.figures)


def test_what_prompts_say_of_poses_is_what_the_artist_draws() -> None:
    """Every act that prompts name is found by the pose and the words that they name."""
    for entry in poses().entries.values():
        for words in entry.more:
            thing = "stone" if words in ("throws", "eats", "holds it up") else ""
            doer = FigureDirection(character="c01", x=0.3, pose=Pose(entry.key), holds=thing)
            other = FigureDirection(character="c02", x=0.7, pose=Pose.STAND)
            seen = f"He {words} a branch."
            scene = SceneDirection(shot=Shot.FULL, setting="field", figures=(doer, other), seen=seen)
            assert 0 in doings(scene), (entry.key, words)


@pytest.mark.parametrize(
    ("seen", "prop", "deed", "holds"),
    [
        ("He comes up out of the dark stairs.", "stairs", "ascend", ()),
        ("He goes up, the lantern in his hand.", "", "ascend", ("lantern",)),
        ("He climbs up the rope.", "rope", "climb", ("rope",)),
    ],
)
def test_whoever_climbs_hangs_on_a_rope_only_where_one_is_told(
    seen: str, prop: str, deed: str, holds: tuple[str, ...]
) -> None:
    doer = {
        "character": "a",
        "pose": "climb",
        "facing": "right",
        "holds": holds[0] if deed == "ascend" and holds else "",
    }
    told = {"shot": "full", "setting": "road", "seen": seen, "props": [prop] if prop else [], "figures": [doer]}
    found = drawn(SceneDirection.model_validate(told))["a"]
    assert (found.deed, found.holds) == (deed, holds)


def test_a_crown_goes_from_one_head_to_the_other() -> None:
    people = ({"character": "a", "pose": "reach"}, {"character": "b", "pose": "stand"})
    direction = scene(*people, "He sets it on her head.")

    def tops(hat: str) -> dict[str, float]:
        """Where each head begins with all that is on it: a crown lies closer than hair stands."""
        looks = {**LOOKS, "a": LOOKS["a"].model_copy(update={"hat": hat})}
        made = draw_panel(brief_for(70, 60, direction, looks))
        return {one.character: one.head.y for one in made.figures if one.head}

    crowned, bare = tops("crown"), tops("none")
    assert crowned["a"] == bare["a"]
    assert crowned["b"] != bare["b"]
