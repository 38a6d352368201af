"""Birds that perch on a branch in the open: where somebody stands and the stage in, the place and its ink out."""

from dataclasses import replace
from math import cos, sin

from drawing.art.frame_shot import Standing
from drawing.art.settings.surface_texture import joined
from drawing.art.stage import Stage
from drawing.ink.canvas import Canvas
from drawing.ink.paths import Path, ellipse, stroke, union
from drawing.ink.pen import DARK_TONE, Pen
from manga.storyboard import Shot

_NEAR = frozenset({Shot.CLOSE, Shot.EXTREME_CLOSE})
_TOP = 0.07
"""Of the height: so much is above a head on a branch."""
_RISE = 0.3
"""Of the height: so far a branch is above where others stand."""
_THICK, _OVER = 0.42, 1.5
"""Heads: the branch, and how far it goes on beyond the bird."""


def perched(s: Standing, stage: Stage, shot: Shot, *, outdoors: bool) -> Standing:
    """Up on a branch, as high as the picture allows."""
    if not (s.figure.perches and outdoors) or shot in _NEAR:
        return s
    top = s.y + s.figure.marks.body.y * s.size
    return replace(s, y=s.y - max(0.0, min(_RISE * stage.height, top - _TOP * stage.height)))


def draw_branch(canvas: Canvas, stage: Stage, s: Standing) -> None:
    """From the nearer side of the picture to a little beyond the bird, with leaves at its tip."""
    if s.y > stage.height:
        return
    r, size = stage.random("branch", s.direction.character), s.size
    left = s.x < stage.width / 2
    away, root = (1, -size) if left else (-1, stage.width + size)
    y, tip = s.y + 0.1 * size, s.x + away * _OVER * size
    bough = stroke(
        ((root, y + 0.5 * size), ((root + s.x) / 2, y + 0.2 * size), (s.x, y), (tip, y - 0.25 * size)),
        _THICK * size, (0.0, 0.85), steps=6,
    )  # fmt: skip
    twig = ((tip + s.x) / 2, y - 0.1 * size)
    fork = stroke((twig, (twig[0] + away * 0.5 * size, twig[1] + 0.45 * size)), 0.16 * size, (0.0, 0.9), steps=4)
    leaves: list[Path] = []
    for x, up in ((tip, -0.25), (twig[0] + away * 0.5 * size, 0.4), (root + away * 1.4 * size, 0.15)):
        for k in range(5):
            turn = k * 1.26 + r.uniform(-0.3, 0.3)
            far = 0.34 * size
            leaves.append(ellipse(x + far * cos(turn), y + up * size + far * sin(turn), 0.3 * size, 0.15 * size, turn))
    pen = Pen.on(canvas)
    for path in (union(bough, fork), joined(leaves)):
        canvas.stroke(path, pen.weight * 3, 255)
        pen.shape(path, DARK_TONE, 1.1)
