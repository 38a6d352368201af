"""Things: every one is drawn, stays near its box, and is found by its words."""

import pytest

from drawing.art.panel import PanelRequest, draw_panel
from drawing.art.props.things import THINGS, thing_of
from drawing.ink.canvas import Canvas
from drawing.ink.paths import box, from_data
from drawing.ink.pen import Pen
from manga.storyboard import SceneDirection


@pytest.mark.parametrize("name", list(THINGS))
def test_a_thing_fills_a_box_of_one_unit(name: str) -> None:
    canvas = Canvas(40, 40)
    with canvas.moved(20, 20, 10):
        THINGS[name].draw(Pen.on(canvas))
    calls = canvas.finish().calls
    assert len(calls) > 3
    for call in calls:
        if call[0] in {"f", "s"}:
            b = box(from_data(str(call[1])))
            assert b.x > 12
            assert b.y > 12
            assert b.right < 28
            assert b.bottom < 28


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("火縄銃", "gun"),
        ("栗", "chestnuts"),
        ("a gold watch", "watch"),
        ("うなぎ", "eel"),
        ("松たけ", "mushrooms"),
        ("びく", "basket"),
        ("combs", "comb"),
        ("two eggs", "egg"),
        ("a fountain pen", "pencil"),
        ("a string", "rope"),
        ("おにぎり", "rice_ball"),
        ("自転車", "bicycle"),
    ],
)
def test_words_find_things(word: str, name: str) -> None:
    assert thing_of(word) == name


def test_an_unknown_word_finds_nothing() -> None:
    assert thing_of("theodolite") is None
    assert all(thing_of(word) is None for word in ("opening", "spring", "beggar", "shoe", "infant"))


def test_no_grass_grows_around_a_thing_on_a_roof() -> None:
    def marks(place: str) -> int:
        direction = SceneDirection.model_validate({"shot": "insert", "setting": place, "props": ["telescope"]})
        return len(draw_panel(PanelRequest(60, 50, direction, {})).drawing.calls)

    assert marks("rooftop") == marks("room")
    assert marks("rooftop") < marks("field") - 8
