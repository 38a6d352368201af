"""In a picture over two pages no head lies where the binding swallows it, and nobody changes sides for that."""

import pytest

from drawing.art.draw_panel import draw_panel, expected_anchors
from drawing.layout.spreads import FOLD_MM
from manga.characters import Look
from manga.panel_brief import PanelBrief, brief_for
from manga.storyboard import FigureDirection, SceneDirection, Shot

WIDE, HIGH = 370.0, 263.0
LOOKS = {f"c0{n}": Look(gender="female", hair_style="long") for n in range(1, 5)}


def request(*xs: float, fold: float | None = 0.5, shot: Shot = Shot.FULL) -> PanelBrief:
    figures = tuple(FigureDirection(character=f"c0{n}", x=x) for n, x in enumerate(xs, start=1))
    scene = SceneDirection(shot=shot, setting="street", figures=figures)
    return brief_for(WIDE, HIGH, scene, LOOKS, fold=fold)


@pytest.mark.parametrize("shot", [Shot.FULL, Shot.LONG, Shot.MEDIUM])
@pytest.mark.parametrize("xs", [(0.5,), (0.34, 0.66), (0.2, 0.5, 0.8), (0.15, 0.38, 0.62, 0.85)])
@pytest.mark.parametrize("fold", [0.49, 0.51])
def test_no_head_lies_in_the_fold(xs: tuple[float, ...], fold: float, shot: Shot) -> None:
    found = expected_anchors(request(*xs, fold=fold, shot=shot))
    for figure in found:
        assert figure.head is not None
        near, far = figure.head.x * WIDE, figure.head.right * WIDE
        assert far < fold * WIDE - FOLD_MM or near > fold * WIDE + FOLD_MM
    assert [f.character for f in found] == [f"c0{n}" for n in range(1, len(xs) + 1)]


def test_the_picture_is_drawn_where_its_figures_are_said_to_be() -> None:
    wanted = request(0.34, 0.66)
    assert draw_panel(wanted).figures == expected_anchors(wanted)


def test_a_picture_on_one_page_has_no_fold() -> None:
    (alone,) = expected_anchors(request(0.5, fold=None))
    assert abs(alone.body.centre[0] - 0.5) < 0.05
