"""Hair under hats, fringes before eyes and glasses, beards."""

from itertools import product

import pytest

from drawing.art.beards import ink_moustache
from drawing.art.draw_panel import draw_panel
from drawing.art.eyes import sockets
from drawing.art.face import HeadView
from drawing.art.hair.hair_under_hats import presses, worn_hat
from drawing.art.head import head
from drawing.art.headgear import hat_outline, ink_brim_shadow
from drawing.art.make_figure import figure_of
from drawing.art.mouth import ink_mouth
from drawing.art.robot import crest
from drawing.art.wounds_and_marks import ink_on_hair
from drawing.ink.canvas import Canvas
from drawing.ink.paths import box, common, ellipse, flattened, from_data
from drawing.ink.pen import Pen
from manga.characters import Look
from manga.panel_brief import brief_for
from manga.storyboard import Expression, FigureDirection, SceneDirection, Shot

HATS = ("straw", "cap", "hunting", "top", "helmet", "crown")
STYLES = ("short", "messy", "spiky", "bob", "long", "ponytail", "twintail", "bun", "topknot", "swept", "curly")
VIEWS: tuple[HeadView, ...] = ("front", "three_quarter", "profile", "back")


@pytest.mark.parametrize(("hat", "style"), list(product(HATS, STYLES)))
def test_a_hat_presses_the_hair_down(hat: str, style: str) -> None:
    look = Look.model_validate({"hat": hat, "hair_style": style})
    assert presses(look.hat)
    for view in VIEWS:
        hair = head(look, Expression.NEUTRAL, view).hair
        tops = [box(path).y for path in (hair.front, *hair.behind, *hair.ties) if path]
        assert all(top > -0.45 for top in tops), view


@pytest.mark.parametrize("hat", ["hunting", "top", "straw"])
def test_the_head_that_words_keep_off_has_its_hat_in_it(hat: str) -> None:
    direction = SceneDirection(shot=Shot.BUST, setting="street", figures=(FigureDirection(character="c01", x=0.5),))
    boxes = []
    for worn in ("none", hat):
        look = Look.model_validate({"hat": worn, "hair_style": "short"})
        drawn = draw_panel(brief_for(80, 80, direction, {"c01": look}))
        assert drawn.figures[0].head is not None
        boxes.append(drawn.figures[0].head)
    bare, hatted = boxes
    assert hatted.y < bare.y
    assert hatted.bottom == pytest.approx(bare.bottom, abs=0.001)
    assert hatted.width >= bare.width


def test_a_cloth_round_the_head_leaves_the_hair_as_it_is() -> None:
    bare, tied = (head(Look.model_validate({"hat": h}), Expression.NEUTRAL, "front") for h in ("none", "scarf"))
    assert bare.hair.front == tied.hair.front


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("hat", ["none", "hunting", "top"])
def test_no_lock_hangs_before_glasses(style: str, hat: str) -> None:
    look = Look.model_validate({"hat": hat, "hair_style": style, "glasses": True, "gender": "male"})
    for view in ("front", "three_quarter"):
        drawn = head(look, Expression.NEUTRAL, view)
        for socket in sockets(drawn.shape, view):
            eye = ellipse(socket.x, socket.y + 0.02, 0.06 * socket.squeeze, 0.05)
            assert not common(drawn.hair.front, eye), (view, socket)


@pytest.mark.parametrize("view", ["front", "three_quarter"])
def test_wet_locks_cling_beside_the_eyes(view: HeadView) -> None:
    look = Look.model_validate({"hair_style": "short", "gender": "male", "marks": ("wet",)})
    drawn, canvas = head(look, Expression.NEUTRAL, view), Canvas(10, 10)
    ink_on_hair(Pen.on(canvas), look, view, lambda: ())
    assert canvas.finish().calls
    for call in canvas.finish().calls:
        if call[0] != "f":
            continue
        for socket in sockets(drawn.shape, view):
            iris = ellipse(socket.x, socket.y, 0.05 * socket.squeeze, 0.05)
            assert not common(from_data(str(call[1])), iris)


@pytest.mark.parametrize("hat", ["straw", "cap", "hunting", "top", "helmet"])
def test_a_brim_casts_a_light_shadow_on_the_brow(hat: str) -> None:
    look = Look.model_validate({"hat": hat})
    drawn, canvas = head(look, Expression.NEUTRAL, "front"), Canvas(10, 10)
    ink_brim_shadow(Pen.on(canvas), look, "front", drawn.skin)
    assert [call[3] for call in canvas.finish().calls if call[0] == "t"] == [0.13]


@pytest.mark.parametrize("beard", ["beard", "long_beard"])
def test_a_moustache_lies_over_the_mouth_of_a_full_beard(beard: str) -> None:
    look = Look.model_validate({"facial_hair": beard, "hair_color": "grey"})
    drawn, canvas, mouth = head(look, Expression.ANGRY, "front"), Canvas(10, 10), Canvas(10, 10)
    ink_mouth(Pen.on(mouth), drawn.shape, drawn.face, "front")
    ink_moustache(Pen.on(canvas), look, drawn.shape, "front")
    hair = canvas.finish().calls
    drawn.ink(Pen.on(canvas))
    calls = canvas.finish().calls[len(hair) :]
    assert calls.index(hair[0]) > calls.index(mouth.finish().calls[-1])


@pytest.mark.parametrize(("hair", "toned"), [("tone", False), ("black", False), ("grey", True)])
def test_a_small_moustache_is_black_where_a_tone_would_read_as_lips(hair: str, toned: bool) -> None:
    look = Look.model_validate({"facial_hair": "moustache", "hair_color": hair})
    drawn, canvas = head(look, Expression.NEUTRAL, "front"), Canvas(10, 10)
    ink_moustache(Pen.on(canvas), look, drawn.shape, "front")
    assert any(call[0] == "t" for call in canvas.finish().calls) is toned


@pytest.mark.parametrize("hat", ["hunting", "top"])
@pytest.mark.parametrize("view", VIEWS)
def test_a_brim_is_not_much_wider_than_the_head_and_leaves_the_eyes_free(hat: str, view: HeadView) -> None:
    look = Look.model_validate({"hat": hat, "gender": "male"})
    brim, crown = (box(path) for path in hat_outline(look, view))
    assert brim.width < 1.35 * crown.width
    assert brim.bottom < -0.2


def test_a_hat_in_the_hand_is_not_on_the_head() -> None:
    look = Look.model_validate({"hat": "top", "outfit": "suit"})
    scene = SceneDirection.model_validate({"shot": "full", "setting": "road"})

    def top(thing: str) -> float:
        figure = figure_of(look, FigureDirection(character="c01", x=0.5, holds=thing), scene)
        return min(y for path in figure.silhouette for ring in flattened(path, 6) for _, y in ring)

    assert top("hat") > top("") + 0.2


@pytest.mark.parametrize(
    ("outfit", "hat"), [("kimono", "sedge"), ("samurai", "sedge"), ("casual", "straw"), ("armour", "straw")]
)
def test_a_straw_hat_is_of_its_country(outfit: str, hat: str) -> None:
    look = Look.model_validate({"hat": "straw", "outfit": outfit})
    assert worn_hat(look) == hat
    tip = min(y for path in hat_outline(look, "front") for ring in flattened(path, 6) for _, y in ring)
    assert (tip < -0.85) == (hat == "sedge")


def test_a_hat_lays_an_antenna_down() -> None:
    bare, hatted = (Look.model_validate({"hat": hat, "outfit": "armour"}) for hat in ("none", "straw"))
    assert box(crest(bare, "front")).y < box(crest(hatted, "front")).y
