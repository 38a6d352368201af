"""Finds panels that a model has drawn within a picture: a white gutter from edge to edge, with a border on both sides.

A grey picture in, yes or no out. A wall, a tree or a window frame has no gutter that runs through the whole picture.
"""

from typing import Any, Final

import cv2
import numpy as np

from drawing.raster.grow_and_shrink import Grey

_SIDE_PX: Final = 640
"""The longer side of the picture as it is looked at."""
_INK, _PAPER = 120, 215
_GUTTER, _BORDER = 0.97, 0.72
"""The share of a column that is paper in a gutter, and ink in a border, which pictures and other gutters may break."""
_NARROWEST, _WIDEST = 3, 0.09
"""Of a gutter: pixels, and a share of the picture."""
_EDGE: Final = 0.1
"""How near to the picture's own edge, as a share of it, a gutter is that edge's paper."""
_REACH: Final = 4
"""Pixels beside a gutter in which its border lies."""


def has_frames(grey: Grey) -> bool:
    """Whether the picture is divided into panels."""
    scale = min(1.0, _SIDE_PX / max(grey.shape))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    return _is_split(np.asarray(small)) or _is_split(np.asarray(small).T)


def _is_split(grey: Any) -> bool:
    """By an upright gutter."""
    columns = grey.shape[1]
    paper = (grey >= _PAPER).mean(axis=0) >= _GUTTER
    ink = (cv2.erode(np.ascontiguousarray(grey), np.ones((1, 3), np.uint8)) <= _INK).mean(axis=0) >= _BORDER
    edges = np.flatnonzero(np.diff(np.concatenate(([0], paper.astype(np.int8), [0]))))
    for first, end in zip(edges[::2], edges[1::2], strict=True):
        inside = _EDGE * columns <= first and end <= (1 - _EDGE) * columns
        wide = _NARROWEST <= end - first <= max(_NARROWEST, _WIDEST * columns)
        if inside and wide and ink[max(0, first - _REACH) : first].any() and ink[end : end + _REACH].any():
            return True
    return False
