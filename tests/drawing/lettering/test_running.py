"""Letters along a path: on an arc the middle stands out, nearing letters grow, falling ones shrink."""

from random import Random
from typing import get_args

import pytest

from drawing.ink.paths import Path, box
from drawing.lettering.drawn_sounds import lettered
from drawing.lettering.sound_words import Run
from manga.geometry import Rect
from tests.drawing.lettering.typing_desk import all_faces


def ran(run: Run, text: str = "口口口口口", seed: int = 3) -> Path:
    return lettered(text, run, all_faces(), Random(seed), vertical=True)


def cells(path: Path) -> list[Rect]:
    """Boxes of the letters 口: two contours each."""
    starts = [i for i, op in enumerate(path) if op[0] == "M"] + [len(path)]
    return [box(path[a:b]) for a, b in zip(starts[:-1:2], starts[2::2], strict=True)]


def test_a_word_that_comes_nearer_grows_and_one_that_falls_shrinks() -> None:
    near, fall = cells(ran("rise")), cells(ran("fall"))
    assert near[-1].width > 1.4 * near[0].width
    assert fall[-1].height < fall[0].height


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_the_middle_of_an_arc_stands_out_beyond_its_ends(seed: int) -> None:
    first, *_, last = found = cells(ran("arc", seed=seed))
    straight = (first.centre[0] + last.centre[0]) / 2
    assert abs(found[2].centre[0] - straight) > 0.4


@pytest.mark.parametrize("run", get_args(Run))
def test_letters_follow_one_another_and_lie_about_the_middle(run: Run) -> None:
    path = ran(run)
    assert [c.centre[1] for c in cells(path)] == sorted(c.centre[1] for c in cells(path))
    assert max(map(abs, box(path).centre)) < 1e-6
    assert lettered(" \u3000", run, all_faces(), Random(1), vertical=True) == ()
