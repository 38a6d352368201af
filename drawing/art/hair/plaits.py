"""Braids: links of hair one over the other, from behind the ears down over the shoulders."""

from collections.abc import Sequence
from math import atan2, pi

from drawing.art.face import HeadView, shifted
from drawing.ink.paths import Path, ellipse, smooth
from manga.geometry import Point

_LINKS = 12


def plaits(back: str, view: HeadView) -> tuple[Path, ...]:
    """The links from the lowest to the highest, so that each lies over the one below it."""
    if back == "braid":
        return _braid(_single(view), 0.13)
    if back != "braids":
        return ()
    if view == "profile":
        return _braid(((0.22, 0.3), (0.2, 0.6), (0.1, 1.0), (0.06, 1.4)), 0.12)
    found: list[Path] = []
    for side in (-1, 1):
        far = view == "three_quarter" and side < 0
        way = ((0.39, 0.26), (0.44, 0.56), (0.42, 0.95), (0.36, 1.4))
        points = [shifted(side * x * (1.05 if far else 1.0), y, view) for x, y in way]
        found += _braid(points, 0.1 if far else 0.115)
    return tuple(found)


def _single(view: HeadView) -> tuple[Point, ...]:
    """Down the back; seen from before, it comes over one shoulder."""
    if view == "back":
        return ((0.0, 0.22), (0.02, 0.7), (-0.02, 1.2), (0.0, 1.75))
    if view == "profile":
        return ((0.42, 0.14), (0.52, 0.6), (0.5, 1.1), (0.44, 1.6))
    return ((0.38, 0.3), (0.43, 0.6), (0.36, 1.05), (0.28, 1.5))


def _braid(way: Sequence[Point], half: float) -> tuple[Path, ...]:
    links: list[Path] = []
    for i in range(_LINKS):
        (x, y), (dx, dy) = _on(way, i / _LINKS)
        turn = atan2(dy, dx) - pi / 2 + (0.8 if i % 2 else -0.8)
        k = half * (1 - 0.3 * i / _LINKS)
        aside = k * (0.34 if i % 2 else -0.34)
        links.append(ellipse(x + aside, y, k * 0.62, k * 0.98, turn))
    (x, y), _ = _on(way, 1.0)
    links.append(ellipse(x, y - half * 0.5, half * 0.5, half * 0.34))
    tuft = ((x - half * 0.45, y - half * 0.4), (x - half * 0.9, y + half * 0.9), (x - half * 0.2, y + half * 1.9),
            (x + half * 0.1, y + half * 1.3), (x + half * 0.5, y + half * 2.1), (x + half * 0.8, y + half * 0.7),
            (x + half * 0.45, y - half * 0.4))  # fmt: skip
    links.append(smooth(tuft, closed=True, tension=0.35))
    return tuple(reversed(links))


def _on(way: Sequence[Point], t: float) -> tuple[Point, Point]:
    """A point of a line of three stretches, and its direction."""
    at = min(2.999, t * 3)
    i = int(at)
    (ax, ay), (bx, by) = way[i], way[i + 1]
    return (ax + (bx - ax) * (at - i), ay + (by - ay) * (at - i)), (bx - ax, by - ay)
