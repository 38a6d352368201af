"""Moves people of a near view a little up or down, so that its lower border goes through no neck, hand or knee."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Protocol, TypeVar

from drawing.art.figure import Figure
from manga.geometry import Rect

_SHIFTS: Final = (0.0, 0.12, -0.12, 0.24, -0.24, 0.36, -0.36)
"""Heads, the least first; up is negative."""
_NECK: Final = 0.3
"""Heads below the head, where the shoulders are."""
_KNEE: Final = 0.265
"""Of the height of a body on its legs."""
_ROUND: Final = 0.15
"""Heads on both sides of a knee."""
_HIGHEST, _LOWEST = 0.02, 0.86
"""Of the height: no head that was in the picture leaves it upwards, no chin is lower."""
_ON_LEGS: Final = frozenset({"stand", "relaxed", "lean", "walk", "run", "turn", "bow", "give", "reach", "point"})
_WORTH: Final = 3
"""A neck against a hand or a knee."""


class _Stands(Protocol):
    @property
    def figure(self) -> Figure: ...
    @property
    def y(self) -> float: ...
    @property
    def size(self) -> float: ...
    def placed(self, r: Rect) -> Rect: ...


S = TypeVar("S", bound=_Stands)


def clear_of_joints(standing: Sequence[S], unit: float, width: float, height: float) -> list[S]:
    """`unit` is the height of an adult's head, mm. All are moved alike; nobody where nothing is gained."""
    people = [s for s in standing if s.figure.human]
    shifts = [k * unit for k in _SHIFTS if k == 0 or all(_stays(s, k * unit, height) for s in people)]
    best = min(shifts, key=lambda shift: sum(_cuts(s, shift, width, height) for s in people))
    return [replace(s, y=s.y + best) for s in standing] if best else list(standing)  # type: ignore[type-var]


def _stays(s: _Stands, shift: float, height: float) -> bool:
    head = s.placed(s.figure.marks.head)
    above = head.y + shift >= min(head.y, _HIGHEST * height)
    return (above or shift > 0) and (head.bottom + shift <= max(head.bottom, _LOWEST * height) or shift < 0)


def _cuts(s: _Stands, shift: float, width: float, height: float) -> float:
    border, marks = height - shift, s.figure.marks
    chin = s.placed(marks.head).bottom
    neck = chin < border < chin + _NECK * s.size
    hands = [s.placed(hand) for hand in marks.hands]
    cut = sum(hand.y < border < hand.bottom and hand.x < width and hand.right > 0 for hand in hands)
    knee = s.y - _KNEE * marks.body.height * s.size
    knees = s.figure.deed in _ON_LEGS and abs(knee - border) < _ROUND * s.size
    return _WORTH * neck + cut + knees
