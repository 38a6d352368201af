"""Keeps heads off the fold of a picture over two pages, where the binding would swallow them. Millimetres."""

from collections.abc import Sequence
from dataclasses import replace

from drawing.art.frame_shot import Standing
from drawing.layout.spreads import FOLD_MM

AIR_MM = 1.0


def off_the_fold(standing: Sequence[Standing], fold: float) -> list[Standing]:
    """Those on each side of the fold moved away from it together, as far as the nearest head needs."""
    found = list(standing)
    for side in (-1, 1):
        own = [s for s in found if (_middle(s) >= fold) == (side > 0)]
        need = max((_need(s, fold, side) for s in own), default=0.0)
        if need > 0:
            found = [replace(s, x=s.x + side * need) if s in own else s for s in found]
    return found


def _middle(s: Standing) -> float:
    return s.x + s.figure.marks.head.centre[0] * s.size


def _need(s: Standing, fold: float, side: int) -> float:
    """How much farther from the fold a head must be."""
    head = s.figure.marks.head
    inner = s.x + (head.x if side > 0 else head.right) * s.size
    return FOLD_MM + AIR_MM - side * (inner - fold)
