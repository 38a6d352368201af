"""What a drawn sound hides is counted: size, faces, hair, hands and things."""

import pytest

from drawing.lettering.figure_anchors import figures_on_page
from evals.faces.placed_sounds import SoundCover, cover_of_sound
from manga.artwork import PictureMap
from manga.geometry import Rect, bounds
from manga.lettering import Sfx
from tests.drawing.lettering.desk import board, drawn, panel

BOARD = board([panel(1)])
PAGE = BOARD.pages[0]
FRAME = PAGE.frame("b0001").polygon
THING = Rect(x=0.02, y=0.9, width=0.1, height=0.08)


def cover(shape: Rect, *, behind: bool = False) -> SoundCover:
    art, _ = drawn(BOARD)
    hand = Rect(x=0.8, y=0.8, width=0.1, height=0.1)
    figures = tuple(one.model_copy(update={"hands": (hand,)}) for one in art["b0001"].figures)
    told = art["b0001"].model_copy(update={"figures": figures, "where": PictureMap(things=(THING,))})
    layer = "behind" if behind else "before"
    sound = Sfx.of({"key": "l0001.98", "panel": "b0001", "text": "ドン", "outline": "", "layer": layer,
                    "polygon": shape.polygon()})  # fmt: skip
    return cover_of_sound(sound, PAGE, {"b0001": told})


def within(x: float, y: float, width: float, height: float) -> Rect:
    box = bounds(FRAME)
    return Rect(x=box.x + x * box.width, y=box.y + y * box.height, width=width * box.width, height=height * box.height)


def test_a_sound_over_everything_hides_all_of_it_and_is_too_large() -> None:
    assert cover(within(0, 0, 1, 1)) == SoundCover(1, True, True, True, True, True, False)


def test_behind_people_it_hides_nobody() -> None:
    assert cover(within(0, 0, 1, 1), behind=True) == SoundCover(sounds=1, too_large=True)


@pytest.mark.parametrize(
    ("place", "kind"),
    [((0.79, 0.79, 0.12, 0.12), "hands"), ((0.02, 0.9, 0.1, 0.08), "things"), ((0.0, 0.0, 0.1, 0.1), "")],
)
def test_a_small_one_hides_what_is_under_it_alone(place: tuple[float, float, float, float], kind: str) -> None:
    expected = SoundCover(sounds=1, hands=kind == "hands", things=kind == "things")
    assert cover(within(*place)) == expected


def test_it_is_a_page_with_a_face() -> None:
    art, _ = drawn(BOARD)
    assert figures_on_page(art["b0001"], FRAME)[0].face is not None
