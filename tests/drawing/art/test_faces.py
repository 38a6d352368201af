"""A man is a man and a woman a woman with any hair; a face that is half turned is seen in perspective."""

from itertools import combinations, pairwise, product
from math import atan2, degrees

import pytest

from drawing.art.eyes import ink_brows, ink_eyes, sockets
from drawing.art.face import MIDDLE, HeadView, contour, ears, face_shape
from drawing.art.head import Head, head
from drawing.art.mouth import ink_mouth
from drawing.ink.canvas import Canvas
from drawing.ink.paths import box, common, ellipse, flattened, from_data
from drawing.ink.pen import Pen
from manga.characters import Age, Look
from manga.geometry import Rect
from manga.storyboard import Expression

SEEN: tuple[HeadView, ...] = ("front", "three_quarter", "profile")
BOUND = ("topknot", "bun", "ponytail", "swept", "parted", "crew")


def drawn(view: HeadView = "front", mood: Expression = Expression.NEUTRAL, **words: object) -> Head:
    return head(Look.model_validate(words), mood, view)


def fills(h: Head, ink: object) -> list[tuple[Rect, float]]:
    """What a part of the face fills, each with its grey."""
    canvas = Canvas(10, 10)
    with canvas.moved(0, 0, 10):
        ink(Pen.on(canvas), h)  # type: ignore[operator]
    return [(box(from_data(str(c[1]))), float(c[2])) for c in canvas.finish().calls if c[0] == "f"]


def eye(**words: object) -> tuple[float, float, float]:
    """Height of an open eye, area of its iris, thickness of the brow above it."""
    h = drawn("front", Expression.NEUTRAL, **words)
    (white, _), (iris, _) = fills(h, lambda pen, h: ink_eyes(pen, h.look, h.shape, h.face, h.view))[:2]
    brow = fills(h, lambda pen, h: ink_brows(pen, h.look, h.shape, h.face, h.view))[0][0]
    return white.height, iris.width * iris.height, h.shape.eye_y * 10 - brow.bottom


@pytest.mark.parametrize("eyes", ["round", "sharp", "gentle"])
@pytest.mark.parametrize("seed", range(4))
def test_a_man_has_narrower_eyes_and_smaller_irises_under_lower_brows(eyes: str, seed: int) -> None:
    man, woman = (eye(gender=g, eyes=eyes, seed=seed) for g in ("male", "female"))
    boy = eye(gender="male", eyes=eyes, seed=seed, age="teen")
    assert man[0] < boy[0] < woman[0]
    assert man[0] < 0.75 * woman[0]
    assert man[1] < boy[1] < woman[1]
    assert man[1] < 0.6 * woman[1]
    assert man[2] < woman[2]


def test_boys_and_girls_have_the_same_eyes() -> None:
    boy, girl = (eye(gender=g, age="child") for g in ("male", "female"))
    assert boy[:2] == girl[:2]


@pytest.mark.parametrize("view", SEEN)
@pytest.mark.parametrize("mood", [Expression.NEUTRAL, Expression.LAUGH, Expression.SHOUT])
def test_a_mans_mouth_is_wider_and_every_mouth_is_where_tails_point(view: HeadView, mood: Expression) -> None:
    wide = []
    for gender in ("male", "female"):
        h = drawn(view, mood, gender=gender)
        mouth = fills(h, lambda pen, h: ink_mouth(pen, h.shape, h.face, h.view))[0][0]
        wide.append(mouth.width)
        x, y = h.mouth
        assert mouth.x - 0.2 <= x * 10 <= mouth.right + 0.2
        assert abs(mouth.centre[1] - y * 10) < 0.5
        assert common(h.skin, ellipse(x, y, 0.01, 0.01))
    assert wide[0] > 1.15 * wide[1]


@pytest.mark.parametrize("view", SEEN)
@pytest.mark.parametrize("age", list(Age))
@pytest.mark.parametrize("gender", ["male", "female"])
def test_the_face_box_holds_eyes_brows_mouth_and_chin(view: HeadView, age: Age, gender: str) -> None:
    for seed in range(5):
        h = drawn(view, Expression.SERIOUS, gender=gender, age=age, seed=seed)
        face = h.face_box
        assert face is not None
        brows = fills(h, lambda pen, h: ink_brows(pen, h.look, h.shape, h.face, h.view))
        assert all(face.y * 10 < brow.y and face.x * 10 < brow.x and brow.right < face.right * 10 for brow, _ in brows)
        assert abs(face.bottom - box(h.skin).bottom) < 0.03
        for point in (h.mouth, *((s.x, s.y) for s in sockets(h.shape, view))):
            assert face.x < point[0] < face.right
            assert face.y < point[1] < face.bottom


@pytest.mark.parametrize("age", list(Age))
@pytest.mark.parametrize("gender", ["male", "female"])
def test_a_half_turned_face_is_built_on_its_turned_middle(age: Age, gender: str) -> None:
    h = drawn("three_quarter", gender=gender, age=age)
    far, near = sockets(h.shape, "three_quarter")
    assert far.squeeze < 0.8 < near.squeeze
    assert abs((far.x + near.x) / 2 - MIDDLE) < 0.03
    assert abs(h.mouth[0] - MIDDLE) < 0.02
    far_edge = min(x for x, _ in flattened(h.skin, 12)[0])
    assert far.x - 0.11 * far.squeeze * h.shape.eye_size > far_edge - 0.01


@pytest.mark.parametrize("age", list(Age))
@pytest.mark.parametrize("gender", ["male", "female"])
@pytest.mark.parametrize("seed", range(5))
def test_the_far_side_of_a_face_has_brow_dent_and_cheekbone_and_no_jaw_is_cut_with_a_razor(
    age: Age, gender: str, seed: int
) -> None:
    shape = face_shape(Look.model_validate({"age": age, "gender": gender, "seed": seed}))
    line = flattened(contour(shape, "three_quarter"), 12)[0]

    def far(y: float) -> float:
        return min(x for x, b in line if abs(b - y) < 0.03 and x < 0)

    deep = shape.chin_y - shape.eye_y
    brow, dent, bone = far(shape.eye_y - 0.28 * deep), far(shape.eye_y - 0.01 * deep), far(shape.eye_y + 0.2 * deep)
    chin = far(shape.chin_y - 0.03)
    assert brow < dent
    assert bone < dent < chin - 0.05
    low = [p for p in line if p[1] > shape.eye_y + 0.1]
    ways = [degrees(atan2(b[1] - a[1], b[0] - a[0])) for a, b in pairwise(low) if a != b]
    assert max(abs((b - a + 180) % 360 - 180) for a, b in pairwise(ways)) < 35


@pytest.mark.parametrize("gender", ["male", "female"])
@pytest.mark.parametrize("view", ["front", "three_quarter"])
def test_the_five_contours_can_be_told_apart(gender: str, view: HeadView) -> None:
    outlines = []
    for seed in range(5):
        shape = face_shape(Look.model_validate({"gender": gender, "seed": seed}))
        line = flattened(contour(shape, view), 12)[0]
        rows = (0.2, 0.3, 0.38, 0.44)
        widths = [
            max(x for x, b in line if abs(b - y) < 0.03) - min(x for x, b in line if abs(b - y) < 0.03) for y in rows
        ]
        outlines.append((*widths, shape.chin_y))
    for a, b in combinations(outlines, 2):
        assert max(abs(m - n) for m, n in zip(a, b, strict=True)) > 0.014


@pytest.mark.parametrize("style", BOUND)
@pytest.mark.parametrize("age", [Age.TEEN, Age.ADULT, Age.ELDER])
@pytest.mark.parametrize("view", SEEN)
def test_a_mans_hair_leaves_brow_cheek_and_ear_free(style: str, age: Age, view: HeadView) -> None:
    h = drawn(view, gender="male", hair_style=style, age=age)
    free = [ellipse(s.x, s.y - 0.1, 0.1 * s.squeeze, 0.12) for s in sockets(h.shape, view)]
    free += [ellipse(x + side * 0.016, y + 0.03, 0.02, 0.05) for x, y, side in ears(view)]
    for part in free:
        assert not common(h.hair.front, part)


@pytest.mark.parametrize(
    ("outfit", "shaved"), [("samurai", True), ("kimono", True), ("farmer", False), ("robe", False)]
)
def test_a_topknot_lies_on_a_shaved_pate_where_the_dress_asks_for_it(outfit: str, shaved: bool) -> None:
    h = drawn(gender="male", hair_style="topknot", outfit=outfit)
    assert bool(h.hair.stubble) is shaved
    crown = ellipse(0.0, -0.37, 0.05, 0.03)
    assert bool(common(h.hair.front, crown)) is not shaved


OUT_OF_SIGHT = {("ponytail", "front"), ("ponytail", "three_quarter")}
"""Where a tail is bound behind the head."""
KNOTS = [
    (style, view)
    for style, view in product(("topknot", "bun", "ponytail"), (*SEEN, "back"))
    if (style, view) not in OUT_OF_SIGHT
]


@pytest.mark.parametrize(("style", "view"), KNOTS)
def test_bound_hair_runs_together_at_the_knot(style: str, view: HeadView) -> None:
    h = drawn(view, gender="male", hair_style=style, outfit="farmer")
    ends = [line[-1] for line in h.hair.flow]
    starts = [line[0] for line in h.hair.flow]
    assert len(ends) > 5

    def spread(points: list[tuple[float, float]]) -> float:
        return max(x for x, _ in points) - min(x for x, _ in points)

    assert spread(ends) < 0.3 * spread(starts)


@pytest.mark.parametrize(
    "style", ["short", "messy", "spiky", "bob", "long", "pixie", "wavy", "princess", "curly", "afro", "shimada"]
)
@pytest.mark.parametrize("gender", ["male", "female"])
def test_no_lock_lies_on_an_eye_of_a_half_turned_face(style: str, gender: str) -> None:
    for age, seed in ((Age.CHILD, 6), (Age.TEEN, 3), (Age.ADULT, 6), (Age.ADULT, 1)):
        h = drawn("three_quarter", gender=gender, age=age, hair_style=style, seed=seed)
        for s in sockets(h.shape, "three_quarter"):
            size = h.shape.eye_size
            assert not common(h.hair.front, ellipse(s.x, s.y + 0.01, 0.08 * s.squeeze * size, 0.05 * size))
