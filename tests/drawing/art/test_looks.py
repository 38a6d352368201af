"""What tells people, beasts and places apart in the pictures."""

from itertools import combinations

import pytest

from drawing.art.animals.species import breed_of
from drawing.art.face import HeadView, face_shape
from drawing.art.hair.back_hair import hair_behind
from drawing.art.hair.locks import Clump
from drawing.art.hair.styles import styles
from drawing.art.head import head
from drawing.art.outfits.outfit_parts import outfit
from drawing.ink.paths import box, flattened
from drawing.ink.pen import BLACK, WHITE
from manga.characters import Age, Kind, Look
from manga.storyboard import Expression


def test_every_age_and_gender_has_a_face_of_its_own() -> None:
    shapes = [face_shape(Look.model_validate({"age": a, "gender": g})) for a in Age for g in ("male", "female")]
    grown = [s for i, s in enumerate(shapes) if i > 1]
    assert all(a != b for a, b in combinations(grown, 2))
    assert shapes[0].eye_size > shapes[4].eye_size > shapes[6].eye_size


@pytest.mark.parametrize("age", list(Age))
def test_people_of_one_age_have_contours_noses_and_brows_of_their_own(age: Age) -> None:
    shapes = [face_shape(Look(age=age, gender="male", seed=seed)) for seed in range(10)]
    assert len({(s.cheek, s.jaw, s.chin) for s in shapes}) == 5
    assert {s.nose for s in shapes} == set(range(5))
    assert len({(s.brow, s.brow_lift, s.apart) for s in shapes}) > 5
    assert all(0.5 < (s.eye_y + 0.5) / (s.chin_y + 0.5) < 0.68 for s in shapes)


def test_braids_lie_over_the_shoulders_and_count_for_the_outline() -> None:
    drawn = head(Look(gender="female", hair_style="braids"), Expression.NEUTRAL, "front")
    links = [box(p) for p in drawn.hair.plaits]
    assert max(b.bottom for b in links) > 1.3
    assert min(b.x for b in links) < -0.4 < 0.4 < max(b.right for b in links)
    assert all(p in drawn.outlines for p in drawn.hair.plaits)


@pytest.mark.parametrize("age", list(Age))
@pytest.mark.parametrize("gender", ["male", "female"])
def test_eyes_lie_near_the_middle_of_the_skull_and_the_mouth_between_nose_and_chin(age: Age, gender: str) -> None:
    look = Look.model_validate({"age": age, "gender": gender})
    shape, drawn = face_shape(look), head(look, Expression.NEUTRAL, "front")
    share = (shape.eye_y + 0.5) / (shape.chin_y + 0.5)
    assert 0.5 < share < 0.68
    assert shape.eye_y + 0.15 < drawn.mouth[1] < shape.chin_y - 0.1


@pytest.mark.parametrize("view", ["front", "three_quarter", "profile"])
def test_only_a_womans_bun_has_a_pin_that_stands_out_from_it(view: HeadView) -> None:
    pinned, plain = (box(hair_behind(styles()["bun"], view, plain=plain)[1][0]) for plain in (False, True))
    knots = [box(hair_behind(styles()["bun"], view, plain=plain)[0][0]) for plain in (False, True)]
    assert pinned.right > knots[0].right
    assert knots[1].x - 0.05 <= plain.x
    assert plain.right <= knots[1].right + 0.05


def test_a_lock_of_hair_ends_in_a_point() -> None:
    lock = Clump((0.0, 0.0), (0.1, 0.6), 0.24)
    (outline,) = flattened(lock.path(), 24)
    near = [p for p in outline if p[1] > 0.57]
    assert max(p[0] for p in near) - min(p[0] for p in near) < 0.05


@pytest.mark.parametrize("style", ["short", "messy", "spiky", "bob", "long", "swept"])
@pytest.mark.parametrize("view", ["front", "three_quarter"])
def test_the_fringe_leaves_the_eyes_to_be_seen(style: str, view: str) -> None:
    look = Look.model_validate({"hair_style": style, "gender": "female", "age": "teen"})
    drawn = head(look, Expression.NEUTRAL, view)  # type: ignore[arg-type]
    tips = [c.tip for c in drawn.hair.strands if abs(c.tip[0]) < 0.26]
    assert all(y < drawn.shape.eye_y + 0.06 for _, y in tips)


@pytest.mark.parametrize("view", ["front", "three_quarter", "profile", "back"])
def test_a_bald_skull_is_round_from_every_side(view: str) -> None:
    drawn = head(Look(hair_style="bald"), Expression.NEUTRAL, view)  # type: ignore[arg-type]
    b = box(drawn.skin)
    assert 0.66 < b.width < 1.0
    assert b.y < -0.4


def test_a_black_cat_is_black_and_a_fox_keeps_its_coat() -> None:
    assert breed_of(Look(kind=Kind.CAT, hair_color="black")).coat == BLACK
    assert breed_of(Look(kind=Kind.CAT, hair_color="grey", marks=("black",))).coat == BLACK
    assert breed_of(Look(kind=Kind.RABBIT, hair_color="white")).coat == WHITE
    assert breed_of(Look(kind=Kind.FOX, hair_color="tone")).coat.tone > 0


def test_the_old_dress_as_the_old_do() -> None:
    old, young = (Look(age=age, outfit="casual", gender="male") for age in (Age.ELDER, Age.TEEN))
    assert outfit(old).collar == "cardigan"
    assert outfit(young).collar == "round"
    assert outfit(Look(age=Age.ELDER, outfit="kimono")).collar == "haori"
