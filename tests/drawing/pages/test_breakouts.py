"""A figure before its panel's border is drawn over all borders, and goes back inside where it would hide anything."""

import json

import pytest

from drawing.art.draw_panel import DrawnPanel, draw_panel
from drawing.export.webtoon import strip_page
from drawing.lettering.figure_anchors import breakout_on_page
from drawing.pages.breakouts import stands_clear, with_clear_breakouts
from drawing.pages.page_files import page_files
from manga.artwork import Breakout, Made, PanelArt
from manga.book import PageGraph
from manga.characters import Look
from manga.geometry import Rect, bounds
from manga.panel_brief import brief_for
from manga.storyboard import BreakoutRoom, FigureDirection, SceneDirection, Shot
from tests.drawing.pages.made import page, with_panel
from tests.drawing.pages.test_page import FOLDERS, at, black_art, painted

WIDE = 2
"""The panel over the whole width of the page."""


def drawn(box: Rect) -> DrawnPanel:
    who = FigureDirection(character="c01", x=0.3)
    scene = SceneDirection(shot=Shot.BUST, setting="street", figures=(who,))
    room = BreakoutRoom(character="c01", top=4, left=0, right=0)
    return draw_panel(brief_for(box.width, box.height, scene, {"c01": Look(hair_color="black")}, room=room))


@pytest.fixture(scope="module")
def stepped() -> tuple[PageGraph, dict[str, bytes]]:
    """A page whose wide panel has somebody before its upper border; the other pictures are black."""
    graph = page(1)
    box = bounds(graph.panels[WIDE].polygon)
    picture = drawn(box)
    art = PanelArt(
        panel="b0012", blob="own", media_type="application/x-manga-art+json", width=box.width, height=box.height,
        figures=picture.figures, breakout=picture.breakout, made=Made(model="test"),
    )  # fmt: skip
    out = breakout_on_page(art, graph.panels[WIDE].polygon)
    assert out is not None
    own = {"picture": "own", "breakout": out, "picture_box": box}
    silent = graph.model_copy(update={"balloons": ()})
    images = {p.picture: black_art(p.picture_box) for p in graph.panels}
    return with_panel(silent, WIDE, **own), images | {"own": json.dumps(picture.drawing.to_json()).encode()}


def highest(graph: PageGraph) -> tuple[float, float]:
    out = graph.panels[WIDE].breakout
    assert out is not None
    return min((point for line in out.outlines for point in line), key=lambda p: p[1])


def test_it_is_drawn_in_the_gutter_in_a_white_rim(stepped: tuple[PageGraph, dict[str, bytes]]) -> None:
    graph, images = stepped
    x, y = highest(graph)
    border = bounds(graph.panels[WIDE].polygon).y
    inside, without = painted(with_panel(graph, WIDE, breakout=None), images), painted(graph, images)
    assert at(inside, x, border - 1.5) > 250
    assert min(at(without, x, y + 0.3 * k) for k in range(10)) < 120
    assert at(inside, x, border) < 100


def test_every_other_panel_stays_as_it_is(stepped: tuple[PageGraph, dict[str, bytes]]) -> None:
    graph, images = stepped
    inside, without = painted(with_panel(graph, WIDE, breakout=None), images), painted(graph, images)
    for panel in graph.panels[:WIDE]:
        box = bounds(panel.polygon).inset(1)
        assert [at(inside, *p) for p in box.polygon()] == [at(without, *p) for p in box.polygon()]


def test_it_stands_clear_of_everything(stepped: tuple[PageGraph, dict[str, bytes]]) -> None:
    graph, _ = stepped
    assert stands_clear(graph.panels[WIDE], graph)
    assert with_clear_breakouts(graph) is graph


def test_over_words_it_goes_back_inside(stepped: tuple[PageGraph, dict[str, bytes]]) -> None:
    graph, _ = stepped
    words = page(1).balloons[0]
    x, y = highest(graph)
    over = words.model_copy(update={"polygon": Rect(x=x - 3, y=y, width=6, height=3).polygon()})
    found = with_clear_breakouts(graph.model_copy(update={"balloons": (over,)}))
    assert found.panels[WIDE].breakout is None


@pytest.mark.parametrize(("place", "clear"), [(0, False), (WIDE + 1, True)])
def test_it_may_lean_only_into_the_empty_part_of_the_panel_that_is_read_next(place: int, clear: bool) -> None:
    graph = page(1).model_copy(update={"balloons": ()})
    box = bounds(graph.panels[place].polygon)
    corner = Rect(x=box.x + 1, y=box.y + 1, width=5, height=5)
    leaning = with_panel(graph, WIDE, breakout=Breakout(character="c01", outlines=(corner.polygon(),)))
    assert stands_clear(leaning.panels[WIDE], leaning) is clear
    body = graph.panels[place].figures[0].body
    on_somebody = Breakout(character="c01", outlines=(body.polygon(),))
    hiding = with_panel(graph, WIDE, breakout=on_somebody)
    assert not stands_clear(hiding.panels[WIDE], hiding)


def test_at_most_one_a_page_stands_out(stepped: tuple[PageGraph, dict[str, bytes]]) -> None:
    graph, _ = stepped
    gutter = Rect(x=100, y=89.5, width=3, height=3)
    two = with_panel(graph, 0, breakout=Breakout(character="c01", outlines=(gutter.polygon(),)))
    found = with_clear_breakouts(two)
    assert [panel.key for panel in found.panels if panel.breakout] == [graph.panels[0].key]


def test_in_a_strip_it_stays_in_its_panel(stepped: tuple[PageGraph, dict[str, bytes]]) -> None:
    graph, _ = stepped
    assert all(panel.breakout is None for panel in strip_page(graph).panels)


def test_a_page_without_any_is_written_as_before() -> None:
    assert b"breakout" not in page_files(page(1), {}, FOLDERS, 100).graph
