"""A balloon that holds the second half of a line can be edited like any other."""

import copy
from typing import Any, cast

from drawing.lettering.moved_letters import Placing
from editing.phase_results import edits_of, result_of
from editing.placement_edits import placings
from graph.state import State
from manga.geometry import Rect
from manga.lettering import Balloon, BalloonKind, TextRun
from manga.phases import Phase
from manga.storyboard import LinePart, Storyboard
from manga.values import Span
from tests.editing.works import edited, sent, state, status

FIRST, SECOND = "l0000.1", "l0000.51"


def _half(key: str, said: str, x: float) -> Any:
    run = TextRun(
        source=said,
        span=Span(start=0, end=1),
        vertical=True,
        size_q=16,
        glyphs=(),
        box=Rect(x=x, y=60, width=8, height=20),
    )
    return Balloon(
        key=key, panel="b0000", line="l0000", kind=BalloonKind.SPEECH, polygon=run.box.polygon(), text=run, order=0
    ).to_json()


def _split() -> State:
    """The first line of the book stands in two balloons."""
    found: Any = copy.deepcopy(state())
    text = _line(found).text
    page = found["lettering"]["pages"][0]
    page["balloons"] = [_half(FIRST, text[:3], 110.0), _half(SECOND, text[3:], 90.0)]
    return cast("State", found)


def _line(of: State) -> LinePart:
    board = result_of(of, Phase.STORYBOARD, Storyboard)
    return next(part for panel in board.panels() for part in panel.dialogue.parts if part.key == FIRST)


def test_its_words_are_the_end_of_the_line() -> None:
    before = _line(_split()).text
    assert _line(edited(_split(), sent(SECOND, text="だよ！"))).text == before[:3] + "だよ！"


def test_its_kind_is_that_of_the_line() -> None:
    assert _line(edited(_split(), sent(SECOND, "selection", kind="shout"))).kind == "shout"


def test_its_place_is_its_own() -> None:
    moved = edited(_split(), sent(SECOND, "drag_drop", move={"dx_mm": 2.0, "dy_mm": 1.0}))
    found = placings(edits_of(moved))
    assert set(found) == {SECOND}
    assert isinstance(found[SECOND], Placing)
    assert list(status(moved).values()) == ["active"]
