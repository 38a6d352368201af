"""Reads a line or a column of letters in a grey picture with the weights of PP-OCR v6, run by ONNX Runtime.

They come with the library `rapidocr`, of which nothing else is used. Where it is not installed nothing is read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import ceil
from typing import Any, Final

import cv2
import numpy as np

from drawing.raster.networks import answers, network_of, weights_in

_LINE_PX, _LONGEST_PX = 48, 1200
"""Height of a line as it is read, and its greatest length."""
_LOOSE: Final = 0.3
"""How far from where it is expected, in its heights, a letter of a column may end."""
_BLACK, _WHITE = 80, 175
"""What is darker, or lighter, may be a drawn letter, or the line around it."""
_LEAST: Final = 0.2
"""Of a line's height, how large a drawn letter is at least."""
_EDGE_PX, _RING_PX = 1, 3
"""Around a drawn letter: its soft edge, and how far out the line around it is looked for."""
_RINGED: Final = 0.8
"""The share of that which must be as light as the letter is dark, or the other way round."""
_INKED: Final = 0.02


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, and how sure its letters are in the mean."""

    text: str
    sure: float

    @property
    def letters(self) -> list[str]:
        """Without spaces and marks; capitals are small."""
        return [letter.casefold() for letter in self.text if letter.isalnum()]


def side_by_side(column: Any) -> Any:
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


def readings_apart(line: Any, *, column: bool) -> Iterator[Reading]:
    """The same with nothing in it but what stands by itself, dark or light: large letters that are drawn over a picture
    have a line around them, and what is behind them reaches the edge."""
    for dark in (True, False):
        alone = _alone(line, dark=dark)
        if (alone == 0).mean() >= _INKED:
            yield read(alone)
            if column:
                yield read(side_by_side(alone))


def _alone(line: Any, *, dark: bool) -> Any:
    """Black on white: what is dark, or light, touches no edge, and is surrounded by the other."""
    inked, paper = (line < _BLACK, line > _WHITE) if dark else (line > _WHITE, line < _BLACK)
    count, parts, sizes, _ = cv2.connectedComponentsWithStats(inked.astype(np.uint8))
    alone = np.full(line.shape, 255, np.uint8)
    for i in range(1, count):
        x, y, width, height, _ = sizes[i]
        inside = x > 0 and y > 0 and x + width < line.shape[1] and y + height < line.shape[0]
        if inside and max(width, height) >= _LEAST * min(line.shape):
            near = np.s_[
                max(0, y - _RING_PX - 1) : y + height + _RING_PX, max(0, x - _RING_PX - 1) : x + width + _RING_PX
            ]
            letter = parts[near] == i
            if paper[near][_ring(letter)].mean() >= _RINGED:
                alone[near][letter] = 0
    return alone


def _ring(letter: Any) -> Any:
    """What lies around a letter, but for its soft edge."""
    edge, far = (
        cv2.dilate(letter.astype(np.uint8), np.ones((2 * px + 1, 2 * px + 1), np.uint8)) for px in (_EDGE_PX, _RING_PX)
    )
    return (far > 0) & (edge == 0)


def read(line: Any) -> Reading:
    """All of it."""
    recognizer = network("rec")
    if recognizer is None:
        return Reading("", 0.0)
    width = max(_LINE_PX, min(_LONGEST_PX, ceil(_LINE_PX * line.shape[1] / line.shape[0])))
    likely = answer(recognizer, cv2.resize(line, (width, _LINE_PX)))[0]
    best = likely.argmax(axis=1)
    kept = [i for i, n in enumerate(best) if n and (i == 0 or n != best[i - 1])]
    alphabet = _alphabet()
    sure = float(np.mean([likely[i, best[i]] for i in kept] or [0.0]))
    return Reading("".join(alphabet[best[i]] for i in kept), sure)


def answer(network: Any, grey: Any) -> Any:
    """What a network makes of a grey picture."""
    return answers(network, grey / np.float32(127.5) - 1)[0]


def _weights(name: str) -> bytes | None:
    return weights_in("rapidocr", f"models/PP-OCRv6_{name}_small.onnx")


@cache
def network(name: str) -> Any:
    """A process reads it once; None where the weights are not installed."""
    weights = _weights(name)
    return None if weights is None else network_of(weights)


@cache
def _alphabet() -> tuple[str, ...]:
    """What each number of a reading means: nothing, a letter, a space. The file of the weights tells it at its end, as
    a protobuf entry `character`: the length in groups of seven bits, then a letter a line."""
    data = _weights("rec") or b""
    at, length, shift = data.rfind(_KEY) + len(_KEY), 0, 0
    while True:
        byte = data[at]
        length |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            break
    return ("", *data[at : at + length].decode().split("\n"), " ")


_KEY: Final = b"\n\x09character\x12"
