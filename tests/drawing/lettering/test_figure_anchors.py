"""Figures on the page: shares of a picture become millimetres; who can be pointed at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawing.lettering.figure_anchors import figures_on_page, find_speaker, picture_box, speaker_of, visible
from manga.artwork import FigureAnchors, Made, PanelArt
from manga.geometry import Rect

BODY = Rect(x=0.4, y=0.3, width=0.2, height=0.7)
HEAD = Rect(x=0.42, y=0.3, width=0.16, height=0.2)
FACE = Rect(x=0.45, y=0.36, width=0.1, height=0.12)
PANEL = Rect(x=10, y=20, width=100, height=50)


def figure(**seen: object) -> FigureAnchors:
    return FigureAnchors.of({"character": "a", "body": BODY, **seen})


def art(width: float, height: float, *figures: FigureAnchors) -> PanelArt:
    return PanelArt(
        panel="b0001",
        blob="blob",
        media_type="image/png",
        width=width,
        height=height,
        figures=figures,
        ink=0.2,
        made=Made(model="test"),
    )


def test_shares_of_a_picture_become_millimetres_of_the_page() -> None:
    (placed,) = figures_on_page(art(100, 50, figure(head=HEAD, face=FACE, mouth=(0.5, 0.46))), PANEL.polygon())
    assert placed.body == Rect(x=50, y=35, width=20, height=35)
    assert placed.mouth == (60.0, 43.0)


@given(st.floats(20, 300), st.floats(20, 300))
def test_a_picture_covers_its_whole_panel_in_its_own_proportion(width: float, height: float) -> None:
    box = picture_box(PANEL.polygon(), width, height)
    assert box.contains(PANEL, 1e-6)
    assert box == PANEL or box.width / box.height == pytest.approx(width / height)
    assert box.centre == pytest.approx(PANEL.centre)


@pytest.mark.parametrize(
    ("seen", "mouth"),
    [
        ({"head": HEAD, "face": FACE, "mouth": (0.5, 0.46)}, (0.5, 0.46)),
        ({"head": HEAD, "face": FACE}, (0.5, 0.45)),
        ({"head": HEAD}, (0.5, 0.44)),
        ({}, (0.5, 0.405)),
    ],
)
def test_without_a_mouth_the_best_guess_is_meant(seen: dict[str, object], mouth: tuple[float, float]) -> None:
    assert speaker_of(figure(**seen)).mouth == pytest.approx(mouth)


def test_who_is_outside_the_panel_cannot_be_pointed_at() -> None:
    inside, outside = Rect(x=0, y=0, width=1, height=1), Rect(x=0, y=0, width=0.3, height=1)
    one = figure(head=HEAD)
    assert visible(one, inside)
    assert not visible(one, outside)
    assert find_speaker([one], "a", inside) is not None
    assert find_speaker([one], "a", outside) is None
    assert find_speaker([one], "b", inside) is None
    assert find_speaker([one], None, inside) is None
