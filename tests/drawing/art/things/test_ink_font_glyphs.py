"""Line art becomes surfaces of our own: the width of its lines, how black it is, what it hides."""

from itertools import pairwise
from math import hypot
from random import Random

import pytest

from drawing.art.things.ink_font_glyphs import can_ink, inked
from drawing.ink.paths import Path, box, flattened
from manga.vocabulary.things import things

GLYPHS = {entry.key: entry.glyph for entry in things().values() if entry.glyph}


def area(path: Path) -> float:
    lines = flattened(path, 5)
    return abs(sum(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise([*line, line[0]])) / 2 for line in lines))


def edge(path: Path) -> float:
    lines = flattened(path, 5)
    return sum(sum(hypot(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise([*line, line[0]])) for line in lines)


def width(path: Path) -> float:
    """Of ground that is lines alone."""
    return 2 * area(path) / edge(path)


@pytest.mark.parametrize("weight", [0.010, 0.014, 0.019, 0.025, 0.031, 0.037])
@pytest.mark.parametrize("key", ["bucket", "ladder", "glasses", "t_shirt", "envelope", "tomato", "balloon", "scroll"])
def test_lines_are_as_wide_as_they_are_asked_for(key: str, weight: float) -> None:
    glyph = {"bucket": "🪣", "envelope": "✉"}.get(key) or GLYPHS[key]
    assert width(inked(glyph, weight).lines) == pytest.approx(weight, rel=0.15)


@pytest.mark.parametrize("key", list(GLYPHS))
def test_a_thing_is_whole_in_its_box_and_mostly_white(key: str) -> None:
    art = inked(GLYPHS[key], 0.012)
    ground = box(art.silhouette)
    assert 0.9 < max(ground.width, ground.height) < 1.02
    assert abs(ground.centre[0]) < 0.03
    assert abs(ground.centre[1]) < 0.03
    assert area(art.lines) <= 0.2 * ground.width * ground.height
    assert area(art.silhouette) > 0.05


def test_most_things_are_black_on_less_than_a_fifth_of_their_ground() -> None:
    """Thin ones, such as chopsticks, are lines in the main."""
    arts = [inked(glyph, 0.012) for glyph in Random(0).sample(sorted(GLYPHS.values()), 80)]
    assert sum(area(art.lines) <= 0.2 * area(art.silhouette) for art in arts) >= 0.8 * len(arts)


def test_what_is_wider_than_lines_is_toned_and_not_black() -> None:
    art = inked(GLYPHS["bomb"], 0.012)
    assert area(art.dark) > 0.2
    assert area(art.lines) < 0.1


def test_the_same_thing_is_the_same_bytes_again() -> None:
    assert inked("🧭", 0.02) == inked("🧭", 0.02)


def test_without_the_font_nothing_can_be_inked(tmp_path: object) -> None:
    folders = (str(tmp_path),)
    assert not can_ink("🧭", folders)
    with pytest.raises(FileNotFoundError, match="make setup"):
        inked("🧭", 0.02, folders)
