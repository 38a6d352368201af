"""Two panels are alike when nothing that a reader would see is wrong."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manga.plot import Emotion, TimeOfDay
from manga.scene_similarity import ENOUGH, GATED, DrawnScene, likeness, scene_of
from manga.storyboard import Angle, FigureDirection, Pose, SceneDirection, Shot

BASE = DrawnScene(
    setting="river",
    place="村の小川の堤",
    people=("gon", "hyoju"),
    staging=("c01 stand right middle", "c02 stand left middle"),
    shot=Shot.MEDIUM,
    emotion=Emotion.JOY,
    proportion=1.5,
)


def changed(**fields: Any) -> DrawnScene:
    return BASE.model_copy(update=fields)


def test_a_scene_is_wholly_like_itself() -> None:
    assert likeness(BASE, BASE).score == pytest.approx(1.0)
    assert likeness(BASE, BASE).enough


@pytest.mark.parametrize(
    ("fields", "score"),
    [
        ({"emotion": Emotion.SADNESS}, 0.90),
        ({"time_of_day": TimeOfDay.EVENING}, 0.90),
        ({"shot": Shot.FULL}, 0.95),
        ({"angle": Angle.HIGH}, 0.95),
        ({"shot": Shot.ESTABLISHING}, 0.85),
    ],
)
def test_one_soft_field_may_differ(fields: dict[str, Any], score: float) -> None:
    found = likeness(BASE, changed(**fields))
    assert found.score == pytest.approx(score)
    assert found.enough
    assert not found.gates


@pytest.mark.parametrize(
    "fields",
    [
        {"people": ("gon", "kasuke")},
        {"people": ("gon",)},
        {"people": ("gon in a wet coat", "hyoju")},
        {"time_of_day": TimeOfDay.NIGHT},
        {"staging": ("c01 run right middle", "c02 stand left middle")},
        {"staging": ("c02 stand right middle", "c01 stand left middle")},
        {"things": ("eel",)},
        {"weather": "rain"},
        {"proportion": 0.7},
    ],
)
def test_what_a_reader_would_see_keeps_two_panels_apart(fields: dict[str, Any]) -> None:
    found = likeness(BASE, changed(**fields))
    assert found.gates
    assert found.score <= GATED < ENOUGH
    assert not found.enough


def test_a_mood_matters_where_a_face_fills_the_panel() -> None:
    close, sad = changed(shot=Shot.CLOSE), changed(shot=Shot.CLOSE, emotion=Emotion.SADNESS)
    assert likeness(close, sad).gates == ("emotion of a face",)


def test_two_soft_fields_are_too_many() -> None:
    other = changed(shot=Shot.LONG, emotion=Emotion.SADNESS)
    assert not likeness(BASE, other).gates
    assert not likeness(BASE, other).enough


@pytest.mark.parametrize("place", ["寺の本堂の中", "村を流れる川のほとり"])
def test_another_place_is_not_enough_like_this_one(place: str) -> None:
    assert not likeness(BASE, changed(setting="temple", place=place)).enough


def test_a_place_is_known_by_its_name_however_it_is_written() -> None:
    one = SceneDirection(shot=Shot.LONG, setting="street", place="Ｍａｉｎ  Street")
    other = one.model_copy(update={"place": "main street"})
    both = [scene_of(d, (), width_mm=40, height_mm=30) for d in (one, other)]
    assert likeness(both[0], both[1]).score == pytest.approx(1.0)


def test_who_stands_where_is_read_from_left_to_right() -> None:
    left, right = FigureDirection(character="c01", x=0.2), FigureDirection(character="c02", x=0.8, pose=Pose.RUN)
    direction = SceneDirection(shot=Shot.LONG, setting="street", figures=(right, left))
    staging = scene_of(direction, ("a", "b"), width_mm=40, height_mm=30).staging
    assert [entry.split()[0] for entry in staging] == ["c01", "c02"]


SCENES = st.builds(
    DrawnScene,
    setting=st.sampled_from(["river", "temple"]),
    place=st.text(max_size=6),
    people=st.lists(st.sampled_from("abc"), max_size=3, unique=True).map(lambda p: tuple(sorted(p))),
    shot=st.sampled_from(list(Shot)),
    angle=st.sampled_from(list(Angle)),
    emotion=st.sampled_from(list(Emotion)),
    time_of_day=st.sampled_from(list(TimeOfDay)),
    proportion=st.floats(0.1, 10),
)


@given(SCENES, SCENES)
def test_likeness_has_no_direction_and_stays_between_0_and_1(one: DrawnScene, other: DrawnScene) -> None:
    assert likeness(one, other).score == likeness(other, one).score
    assert 0.0 <= likeness(one, other).score <= 1.0 + 1e-9
