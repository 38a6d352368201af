"""Raises what somebody holds into the picture, where he stands so low in it that his hands are below its border."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from drawing.art.frame_shot import Standing

_ABOVE_BORDER: Final = 0.28
"""Heads: so far above the lower border the middle of a hand is."""
_CHIN: Final = 0.15
"""Heads below the chin: no hand is higher."""


def held_in_view(standing: Sequence[Standing], height: float) -> list[Standing]:
    """`height` of the picture, mm. Who has his hands in it already, or on somebody, stays as he is."""
    return [_raised(s, height) for s in standing]


def _raised(s: Standing, height: float) -> Standing:
    figure = s.figure
    if figure.raising is None or not s.direction.holds or len(figure.marks.hands) < 2:
        return s
    if s.placed(figure.marks.hands[1]).centre[1] <= height - 0.5 * _ABOVE_BORDER * s.size:
        return s
    lowest = (height - s.y) / s.size - figure.marks.head.bottom - _ABOVE_BORDER
    return replace(s, figure=figure.raising(lowest)) if lowest >= _CHIN else s
