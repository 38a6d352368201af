"""Checks faces that a model tells against what is seen in its picture: a veto on what cannot be true, and the faces
that nobody has told.

A face that is told is never put anywhere else. It is struck out where the picture is blank, or where a face that nobody
has told is surely seen so near to it that it must be the one that was meant.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import hypot

from drawing.raster.find_faces import SURE, FoundFace
from manga.geometry import Point, Rect

MISSED = 3.6
"""How far from a told box, in heights of the seen face, the face may be that was meant: two heads."""
ALIKE = 2.0
"""How many times as large as the other a seen face and a told one may be, to be the same."""
WITHIN = 0.8
"""A seen face that lies with less than this share in the box that was told for it is kept free as well."""
AROUND = 0.3
"""How far outside a told box, in its widths and heights, the middle of its face may lie."""


@dataclass(frozen=True, slots=True)
class CheckedFaces:
    """What stays of the told faces, whose is struck out, and faces that are seen: of nobody told, or `beside` the box
    that they were told for."""

    told: tuple[tuple[str, Rect], ...]
    vetoed: tuple[str, ...] = ()
    others: tuple[FoundFace, ...] = ()
    beside: tuple[Rect, ...] = ()


def checked(
    told: Sequence[tuple[str, Rect]], found: Sequence[FoundFace], blank: Callable[[Rect], bool], aspect: float
) -> CheckedFaces:
    """Boxes are shares of one picture, `aspect` its width by height. `blank` says whether a box holds nothing."""
    surest_last = sorted(found, key=lambda face: face.likelihood)
    confirmed = {name: face.box for name, box in told for face in surest_last if _holds(box, face.box)}
    others = tuple(face for face in found if not any(_holds(box, face.box) for _, box in told))
    doubted = [(name, box) for name, box in told if name not in confirmed]
    missed = [face for face in others if face.likelihood >= SURE]
    vetoed = {name for name, box in doubted if blank(box) or any(_meant(box, face.box, aspect) for face in missed)}
    beside = tuple(confirmed[name] for name, box in told if name in confirmed and _sticks_out(confirmed[name], box))
    return CheckedFaces(tuple(one for one in told if one[0] not in vetoed), tuple(sorted(vetoed)), others, beside)


def _holds(box: Rect, face: Rect) -> bool:
    """Whether a seen face is the one that a box was told for."""
    x, y = face.centre
    across, down = AROUND * box.width, AROUND * box.height
    near = box.x - across <= x <= box.right + across and box.y - down <= y <= box.bottom + down
    return near and max(box.height, face.height) <= 2.5 * min(box.height, face.height)


def _sticks_out(face: Rect, box: Rect) -> bool:
    return face.overlap(box) < WITHIN * face.area


def _meant(box: Rect, face: Rect, aspect: float) -> bool:
    larger, smaller = max(box.height, face.height), max(1e-6, min(box.height, face.height))
    return larger <= ALIKE * smaller and _apart(box.centre, face.centre, aspect) <= MISSED * face.height


def _apart(one: Point, other: Point, aspect: float) -> float:
    """In heights of the picture."""
    return hypot((one[0] - other[0]) * aspect, one[1] - other[1])
