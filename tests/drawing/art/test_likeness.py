"""Each of a cast is unmistakable: a head drawn in a panel is nearest to its own sheet, in any view and mood."""

import numpy as np
import pytest

from drawing.art.figure import human
from drawing.gallery.people import CAST
from drawing.ink.canvas import Canvas
from drawing.ink.pdf import to_pdf
from drawing.ink.pen import Pen
from drawing.pages.pdf_to_pixels import pixels
from manga.characters import Look
from manga.storyboard import Expression, Pose

SIDE = 26
FACINGS = ("front", "left", "back")
MOODS = (Expression.ANGRY, Expression.LAUGH, Expression.SAD, Expression.SHOCK)


def drawn(look: Look, mood: Expression, facing: str, pose: Pose = Pose.STAND) -> np.ndarray:
    """A head in a square of greys, small enough that lines count less than masses."""
    figure = human(look, mood, pose, facing)
    head, canvas = figure.marks.head, Canvas(30, 30)
    size = 15.0
    with canvas.moved(15 - head.centre[0] * size, 16 - head.centre[1] * size, size):
        figure.ink(Pen.on(canvas))
    image = pixels(to_pdf(canvas.finish()), width_px=SIDE * 6).resize((SIDE, SIDE))
    return np.asarray(image, dtype=np.float64) / 255


@pytest.fixture(scope="module")
def sheets() -> dict[tuple[str, str], np.ndarray]:
    return {(name, facing): drawn(look, Expression.NEUTRAL, facing) for name, look in CAST for facing in FACINGS}


def test_a_drawn_head_is_nearest_to_its_own_sheet(sheets: dict[tuple[str, str], np.ndarray]) -> None:
    wrong = []
    for i, (name, look) in enumerate(CAST):
        for facing in FACINGS:
            head = drawn(look, MOODS[i % len(MOODS)], facing, Pose.RELAXED)
            nearest = min(sheets, key=lambda key: float(np.abs(sheets[key] - head).mean()))
            if nearest[0] != name:
                wrong.append((name, facing, nearest))
    assert not wrong
