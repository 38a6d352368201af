"""Finds letters in a grey picture with the weights of PP-OCR v6 in ONNX Runtime: words that a model drew by itself.

One network says where letters may be, the other reads them; what looks like letters and can be read is letters, in
whatever script. The picture is looked at three times: at half the size, where large sounds are as small as letters
mostly are; whole, if anything was likely there; and its lower corners, where artists sign, enlarged if a glance at each
finds anything. Without the weights none are found.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import sqrt
from typing import Any, Final, TypeAlias
from unicodedata import name as name_of

import cv2
import numpy as np

from drawing.raster.grow_and_shrink import Grey
from drawing.raster.read_letters import Reading, answer, network, read, readings_apart, side_by_side
from manga.geometry import Rect

PIXELS, COARSE_PIXELS = 690_000, 172_500
"""Of the picture as it is looked at, whatever its proportions; what is smaller stays as it is."""
GLANCE_PIXELS: Final = 300_000
"""Of the picture, as a corner is looked at before it is enlarged."""
SUSPECTED, SIGNED = 0.4, 0.8
"""Likelihood of some pixel of the picture at half the size, or of a corner at a glance: below it there are none."""
CORNER: Final = (0.32, 0.14)
ENLARGED: Final = 1.7
"""The lower corners, in shares of the picture, and how many times as large as in the first look they are looked at."""
SIGNATURE: Final = 0.055
"""Of the picture's shorter side: what is higher, or a wider column, is no signature."""
_STEP: Final = 32
_INSIDE, _SEEN = 0.3, 0.4
"""Likelihoods of a pixel to lie in letters, and of a stretch of pixels to be looked at."""
_NARROWEST: Final = 3
_GROWN: Final = 1.6
"""The network marks the core of letters: how much larger they are, as a share of area by perimeter."""
_COLUMN: Final = 1.5
"""What is so many times as high as wide is a column, which is read lying."""
SURE: Final = 0.8
"""From this likelihood on, what nobody can read is letters too: signs of another world."""
SMALL: Final = 0.1
"""If it is no higher than this, or no wider as a column, by the picture's shorter side: hair and hands are larger."""
WORD, LETTER, AGAIN = 0.45, 0.65, 0.5
"""Likelihood of the place by that of the reading: from two letters on, of a single one, and of a second reading."""
PLAIN, DIFFERENT = 0.6, 3
"""Below this one it takes so many different letters: grass, blushes and hatching read as WWW and 1111."""
ONE: Final = 0.75
"""Of one Latin letter or digit, also again and again: rings read as 00 and D, blades as WWW."""
EASTERN, ONE_EASTERN = 0.4, 0.5
"""What later looks and readings ask of two kana or kanji, and of one as a signature; others must be `PLAIN`. Drawings
read as Latin letters and digits, or as a single kanji of a few strokes."""
_LARGE: Final = 0.03
"""Of the picture's shorter side, how large such letters are at least."""
_AROUND: Final = 0.12
"""How far around them is looked, in shares of their size."""
_KNOWN: Final = 0.5
"""What shares more than this of the smaller of two boxes with it was found before."""


@dataclass(frozen=True, slots=True)
class FoundLetters:
    """A line or a column, as a box in shares of the picture, and what it says as far as it can be read."""

    box: Rect
    text: str


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Where letters may be: the middle, sizes and degrees of a tilted box, in pixels."""

    likelihood: float
    x: float
    y: float
    width: float
    height: float
    tilt: float

    @property
    def is_column(self) -> bool:
        return self.height >= _COLUMN * self.width

    @property
    def thick(self) -> float:
        """As high as a line is, or as wide as a column."""
        return min(self.width, self.height)


def found_letters(grey: Grey) -> tuple[FoundLetters, ...]:
    """From where letters are likeliest, the first look before the others."""
    found: list[FoundLetters] = []
    if network("det") is None:
        return ()
    for text, box in (*_in_whole(grey), *_in_corners(grey)):
        if not any(box.overlap(one.box) > _KNOWN * min(box.area, one.box.area) for one in found):
            found.append(FoundLetters(box, text))
    return tuple(found)


def _in_whole(grey: Grey) -> Iterator[tuple[str, Rect]]:
    """As it is, if it is suspected, then at half the size; large letters once more without what is behind them."""
    coarse = _likelihoods(grey, _scale(grey, COARSE_PIXELS))
    if coarse.max() >= SUSPECTED:
        fine = _likelihoods(grey, _scale(grey, PIXELS))
        yield from _said(grey, fine, _is_likely_text, _is_text)
    yield from _said(grey, coarse, _is_surely_text, _is_surely_text)


def _said(grey: Grey, likely: Any, of_small: "_Accepts", of_large: "_Accepts") -> Iterator[tuple[str, Rect]]:
    for one in _stretches(likely, grey):
        size = one.thick / min(grey.shape)
        text = _text_of(grey, one, of_small if size <= SMALL else of_large)
        if text is None and size >= _LARGE:
            text = _text_apart(grey, one)
        if text is not None:
            yield text, _box(one, *grey.shape[::-1])


def _in_corners(grey: Grey) -> Iterator[tuple[str, Rect]]:
    rows, columns = grey.shape
    width, height = round(CORNER[0] * columns), round(CORNER[1] * rows)
    for left in (0, columns - width):
        corner = np.ascontiguousarray(grey[rows - height :, left : left + width])
        if _likelihoods(corner, _scale(grey, GLANCE_PIXELS)).max() < SIGNED:
            continue
        for one in _stretches(_likelihoods(corner, ENLARGED * _scale(grey, PIXELS)), corner):
            small = one.thick <= SIGNATURE * min(grey.shape)
            text = _text_of(corner, one, _is_signature) if small else None
            if text is not None:
                yield text, _box(replace(one, x=one.x + left, y=one.y + rows - height), columns, rows)


def _scale(grey: Grey, pixels: int) -> float:
    rows, columns = grey.shape
    return min(1.0, sqrt(pixels / (rows * columns)))


_Accepts: TypeAlias = Callable[[float, Reading], bool]
"""Whether a place so likely to have letters, read so, has some."""


def _text_of(grey: Grey, one: _Stretch, accepts: _Accepts) -> str | None:
    """What a stretch says; None where it says nothing. A column is read lying, then with its letters upright."""
    line = _cut_out(grey, one)
    reading = read(line)
    if accepts(one.likelihood, reading):
        return reading.text
    if not one.is_column:
        return None
    upright = read(side_by_side(line))
    several = len(upright.letters) > 1
    return upright.text if several and _says(upright, one.likelihood, AGAIN) else None


def _text_apart(grey: Grey, one: _Stretch) -> str | None:
    """What is said by letters that are drawn over the picture, without what is behind them."""
    more = _AROUND * one.thick
    wider = replace(one, width=one.width + more, height=one.height + more)
    readings = readings_apart(_cut_out(grey, wider), column=wider.is_column)
    return next((found.text for found in readings if _is_surely_text(one.likelihood, found)), None)


def _is_likely_text(likelihood: float, reading: Reading) -> bool:
    return likelihood >= SURE or _is_text(likelihood, reading)


def _is_text(likelihood: float, reading: Reading) -> bool:
    return _says(reading, likelihood, WORD if len(reading.letters) > 1 else LETTER)


def _says(reading: Reading, likelihood: float, least: float) -> bool:
    different = len(set(reading.letters))
    if not different or _is_one_kanji_again(reading):
        return False
    if different == 1 and not _is_eastern(reading):
        least = max(least, ONE)
    return likelihood * reading.sure >= (least if different >= DIFFERENT else max(least, PLAIN))


def _is_surely_text(likelihood: float, reading: Reading) -> bool:
    likely = likelihood * reading.sure
    if _is_eastern(reading):
        return len(reading.letters) > 1 and likely >= EASTERN and not _is_one_kanji_again(reading)
    return len(set(reading.letters)) >= DIFFERENT and likely >= PLAIN


def _is_signature(likelihood: float, reading: Reading) -> bool:
    if len(reading.letters) == 1:
        return _is_eastern(reading) and likelihood * reading.sure >= ONE_EASTERN
    return _is_surely_text(likelihood, reading) or _says(reading, likelihood, WORD)


def _is_eastern(reading: Reading) -> bool:
    return all(name_of(letter, "").startswith(("CJK", "HIRAGANA", "KATAKANA")) for letter in reading.letters)


def _is_one_kanji_again(reading: Reading) -> bool:
    """A row of one kanji is grass, a fence or folds; kana are repeated in sounds."""
    several = len(reading.letters) > 1 and len(set(reading.letters)) == 1
    return several and name_of(reading.letters[0], "").startswith("CJK")


def _likelihoods(grey: Grey, scale: float) -> Any:
    """Of each pixel to lie in letters, in a picture that is looked at so many times as large."""
    width, height = (max(_STEP, round(v * scale / _STEP) * _STEP) for v in grey.shape[::-1])
    way = cv2.INTER_AREA if scale <= 1 else cv2.INTER_CUBIC
    return answer(network("det"), cv2.resize(grey, (width, height), interpolation=way))[0, 0]


def _stretches(likely: Any, grey: Grey) -> list[_Stretch]:
    """Where letters may be in a picture, likeliest first."""
    down, across = (whole / seen for whole, seen in zip(grey.shape, likely.shape, strict=True))
    inside = cv2.dilate((likely > _INSIDE).astype(np.uint8), np.ones((2, 2), np.uint8))
    outlines = cv2.findContours(inside, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]
    found = (_stretch(likely, outline, across, down) for outline in outlines)
    return sorted((one for one in found if one is not None), key=lambda one: -one.likelihood)


def _stretch(likely: Any, outline: Any, across: float, down: float) -> _Stretch | None:
    """Within an outline, if it is likely enough. `across` and `down` are pixels of the picture by those looked at."""
    (x, y), sizes, tilt = cv2.minAreaRect(outline)
    if min(sizes) < _NARROWEST:
        return None
    likelihood = _mean_inside(likely, cv2.boxPoints(((x, y), sizes, tilt)))
    more = sizes[0] * sizes[1] * _GROWN / sum(sizes)
    upright = _upright((sizes[0] + more) * across, (sizes[1] + more) * down, tilt)
    return _Stretch(likelihood, x * across, y * down, *upright) if likelihood >= _SEEN else None


def _mean_inside(likely: Any, corners: Any) -> float:
    left, top = np.maximum(0, np.floor(corners.min(axis=0))).astype(int)
    part = likely[top : int(corners[:, 1].max()) + 1, left : int(corners[:, 0].max()) + 1]
    mask = np.zeros(part.shape, np.uint8)
    cv2.fillPoly(mask, [(corners - (left, top)).astype(np.int32)], (1,))
    return float(part[mask > 0].mean()) if mask.any() else 0.0


def _upright(width: float, height: float, tilt: float) -> tuple[float, float, float]:
    """The same box, tilted by at most 45 degrees."""
    turns = round(tilt / 90)
    return (height, width, tilt - 90 * turns) if turns % 2 else (width, height, tilt - 90 * turns)


def _box(one: _Stretch, columns: int, rows: int) -> Rect:
    corners = cv2.boxPoints(((one.x, one.y), (one.width, one.height), one.tilt)) / (columns, rows)
    (left, top), (right, bottom) = corners.min(axis=0).clip(0, 1), corners.max(axis=0).clip(0, 1)
    return Rect(x=float(left), y=float(top), width=float(right - left), height=float(bottom - top))


def _cut_out(grey: Grey, one: _Stretch) -> Any:
    """The letters in one line, columns lying."""
    turn = cv2.getRotationMatrix2D((one.x, one.y), one.tilt, 1.0)
    turn[:, 2] += np.array((one.width / 2 - one.x, one.height / 2 - one.y))
    size = (max(1, round(one.width)), max(1, round(one.height)))
    cut = cv2.warpAffine(grey, turn, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.ascontiguousarray(np.rot90(cut)) if one.is_column else cut
