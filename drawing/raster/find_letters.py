"""Finds letters in a grey picture with the weights of PP-OCR v6, run by OpenCV: words that a model drew by itself.

They come with the library `rapidocr`, of which nothing else is used. One network says where letters may be, the other
reads them; what looks like letters and can be read is letters, in whatever script. Where the library is not installed
none are found.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from math import ceil, sqrt
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np

from drawing.raster.grow_and_shrink import Grey
from manga.geometry import Rect

PIXELS: Final = 690_000
"""Of the picture as it is looked at, whatever its proportions; what is smaller stays as it is."""
_STEP: Final = 32
_INSIDE, _SEEN = 0.3, 0.4
"""Likelihoods of a pixel to lie in letters, and of a stretch of pixels to be looked at."""
_NARROWEST: Final = 3
_GROWN: Final = 1.6
"""The network marks the core of letters: how much larger they are, as a share of area by perimeter."""
_LINE_PX, _LONGEST_PX = 48, 1200
"""Height of a line as it is read, and its greatest length."""
_COLUMN: Final = 1.5
"""What is so many times as high as wide is a column, which is read lying."""
_LOOSE: Final = 0.3
"""How far from where it is expected, in its heights, a letter of a column may end."""
SURE: Final = 0.8
"""From this likelihood on, what nobody can read is letters too: painted sounds, signs of another world."""
WORD, LETTER, AGAIN = 0.45, 0.65, 0.5
"""Likelihood of the place by that of the reading: from two letters on, of a single one, and of a second reading."""
PLAIN, DIFFERENT = 0.6, 3
"""Below this one it takes so many different letters: grass, blushes and hatching read as WWW and 1111."""


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


def found_letters(grey: Grey) -> tuple[FoundLetters, ...]:
    """From where letters are likeliest."""
    rows, columns = grey.shape
    likeliest = sorted(_stretches(grey), key=lambda one: -one.likelihood)
    read = ((one, _text_of(grey, one)) for one in likeliest)
    return tuple(FoundLetters(_box(one, columns, rows), text) for one, text in read if text is not None)


def _text_of(grey: Grey, one: _Stretch) -> str | None:
    """What a stretch says; None where it says nothing. A column is read lying, then with its letters upright."""
    line = _cut_out(grey, one)
    text, sure = _read(line)
    if _is_text(one.likelihood, text, sure):
        return text
    if one.height < _COLUMN * one.width:
        return None
    upright, sure = _read(_side_by_side(line))
    return upright if len(_letters(upright)) > 1 and _says(upright, one.likelihood * sure, AGAIN) else None


def _is_text(likely: float, text: str, sure: float) -> bool:
    return likely >= SURE or _says(text, likely * sure, WORD if len(_letters(text)) > 1 else LETTER)


def _says(text: str, likely: float, least: float) -> bool:
    letters = _letters(text)
    return bool(letters) and likely >= (least if len(set(letters)) >= DIFFERENT else max(least, PLAIN))


def _letters(text: str) -> list[str]:
    return [letter.casefold() for letter in text if letter.isalnum()]


def _stretches(grey: Grey) -> Iterator[_Stretch]:
    network = _network("det")
    if network is None:
        return
    rows, columns = grey.shape
    scale = min(1.0, sqrt(PIXELS / (rows * columns)))
    width, height = (max(_STEP, round(v * scale / _STEP) * _STEP) for v in (columns, rows))
    likely = _answer(network, cv2.resize(grey, (width, height), interpolation=cv2.INTER_AREA))[0, 0]
    inside = cv2.dilate((likely > _INSIDE).astype(np.uint8), np.ones((2, 2), np.uint8))
    for outline in cv2.findContours(inside, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        (x, y), sizes, tilt = cv2.minAreaRect(outline)
        if min(sizes) < _NARROWEST:
            continue
        likelihood = _mean_inside(likely, cv2.boxPoints(((x, y), sizes, tilt)))
        if likelihood >= _SEEN:
            more = sizes[0] * sizes[1] * _GROWN / sum(sizes)
            across, down = columns / width, rows / height
            yield _Stretch(likelihood, x * across, y * down, *_upright(
                (sizes[0] + more) * across, (sizes[1] + more) * down, tilt
            ))  # fmt: skip


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
    return np.ascontiguousarray(np.rot90(cut)) if one.height >= _COLUMN * one.width else cut


def _side_by_side(column: Any) -> Any:
    """The letters of a lying column, set upright in a line: cut where there is least ink near each letter's end."""
    high, long = column.shape
    count = max(1, round(long / high))
    ink = (column < 128 if column.mean() >= 128 else column >= 128).sum(axis=0)
    step = long / count
    cuts = [0]
    for i in range(1, count):
        first = int((i - _LOOSE) * step)
        cuts.append(first + int(ink[first : int((i + _LOOSE) * step) + 1].argmin()))
    letters = (column[:, start:end] for start, end in pairwise((*cuts, long)) if end > start)
    return np.hstack([cv2.resize(np.rot90(one, -1), (high, high), interpolation=cv2.INTER_AREA) for one in letters])


def _read(line: Any) -> tuple[str, float]:
    """Its letters, and how sure they are in the mean."""
    network = _network("rec")
    if network is None:
        return "", 0.0
    width = max(_LINE_PX, min(_LONGEST_PX, ceil(_LINE_PX * line.shape[1] / line.shape[0])))
    likely = _answer(network, cv2.resize(line, (width, _LINE_PX)))[0]
    best = likely.argmax(axis=1)
    kept = [i for i, n in enumerate(best) if n and (i == 0 or n != best[i - 1])]
    alphabet = _alphabet()
    return "".join(alphabet[best[i]] for i in kept), float(np.mean([likely[i, best[i]] for i in kept] or [0.0]))


def _answer(network: Any, grey: Any) -> Any:
    size = (grey.shape[1], grey.shape[0])
    network.setInput(cv2.dnn.blobFromImage(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), 1 / 127.5, size, (127.5,) * 3))
    return np.asarray(network.forward())


def _weights(name: str) -> Path | None:
    found = find_spec("rapidocr")
    folders = found.submodule_search_locations or () if found else ()
    files = (Path(folder) / "models" / f"PP-OCRv6_{name}_small.onnx" for folder in folders)
    return next((file for file in files if file.is_file()), None)


@cache
def _network(name: str) -> Any:
    """A process reads it once; None where the weights are not installed."""
    file = _weights(name)
    return None if file is None else cv2.dnn.readNetFromONNX(str(file))


@cache
def _alphabet() -> tuple[str, ...]:
    """What each number of a reading means: nothing, a letter, a space. The file of the weights tells it at its end, as
    a protobuf entry `character`: the length in groups of seven bits, then a letter a line."""
    file = _weights("rec")
    data = b"" if file is None else file.read_bytes()
    at, length, shift = data.rfind(_KEY) + len(_KEY), 0, 0
    while True:
        byte = data[at]
        length |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            break
    return ("", *data[at : at + length].decode().split("\n"), " ")


_KEY: Final = b"\n\x09character\x12"
