"""Paints into a picture what image models draw by themselves: balloons, captions, signs, signatures and sounds.

Japanese stands in columns, too, and balloons have several lines. Sizes, places, grounds and tilts are drawn by lot.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final, Literal

from PIL import Image, ImageDraw, ImageFont, ImageOps, ImageStat

Kind = Literal["balloon", "caption", "sign", "signature", "sound"]
KINDS: Final[tuple[Kind, ...]] = ("balloon", "caption", "sign", "signature", "sound")
Script = Literal["Latin", "line", "column"]
"""How letters stand: Japanese in lines or in columns."""
SCRIPTS: Final[tuple[Script, ...]] = ("Latin", "line", "column")
SIZES: Final[dict[Kind, tuple[float, float]]] = {
    "balloon": (0.032, 0.06),
    "caption": (0.03, 0.05),
    "sign": (0.045, 0.09),
    "signature": (0.024, 0.04),
    "sound": (0.1, 0.2),
}
"""Of an em, in shares of the picture's shorter side."""
LEAST_EM_PX: Final = 13
TILTED: Final[dict[Kind, float]] = {"balloon": 0, "caption": 0, "sign": 6, "signature": 8, "sound": 20}
"""Degrees at most."""
MARGINS: Final[dict[Kind, float]] = {"balloon": 0.34, "caption": 0.12, "sign": 0.16, "signature": 0.04, "sound": 0.04}
"""Around the text, in its widths and heights."""
_LEADING, _SPACED = 1.25, 1.04
"""Of lines and columns, and of letters in a column, in ems."""


@dataclass(frozen=True, slots=True)
class PaintedWords:
    """What may stand on each kind of ground."""

    latin: dict[Kind, Sequence[str]]
    japanese: dict[Kind, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Lettered:
    """A grey picture with letters in it, and what was painted."""

    image: Image.Image
    kind: Kind
    script: Script
    text: str


def painted(
    image: Image.Image, kind: Kind, script: Script, words: PaintedWords, fonts: Sequence[str], rng: Random
) -> Lettered:
    """The picture with one text, by one of the fonts: files that have its letters."""
    said = rng.choice((words.latin if script == "Latin" else words.japanese)[kind])
    low, high = SIZES[kind]
    em = max(LEAST_EM_PX, round(rng.uniform(low, high) * min(image.size)))
    ink = _Ink(ImageFont.truetype(rng.choice(fonts), em), em, _shade(kind, rng))
    patch = _patch(kind, script, said, ink, rng)
    patch = patch.rotate(rng.uniform(-TILTED[kind], TILTED[kind]), Image.Resampling.BICUBIC, expand=True)
    patch.thumbnail((round(0.96 * image.width), round(0.96 * image.height)), Image.Resampling.LANCZOS)
    x, y = _spot(kind, image.size, patch.size, rng)
    if kind == "signature" and ImageStat.Stat(image.crop((x, y, x + patch.width, y + patch.height))).mean[0] < 110:
        grey, alpha = patch.split()
        patch = Image.merge("LA", (ImageOps.invert(grey), alpha))
    whole = image.convert("LA")
    whole.alpha_composite(patch, (x, y))
    return Lettered(whole.convert("L"), kind, script, said)


@dataclass(frozen=True, slots=True)
class _Ink:
    """What is written with, and the grey of what it is written on."""

    font: ImageFont.FreeTypeFont
    em: int
    ground: int

    @property
    def grey(self) -> int:
        return 255 if self.ground < 110 else 0


def _shade(kind: Kind, rng: Random) -> int:
    if kind == "sign":
        return rng.choice((255, 205, 160, 60))
    return 0 if kind == "sound" and rng.random() < 0.4 else 255


def _spot(kind: Kind, size: tuple[int, int], patch: tuple[int, int], rng: Random) -> tuple[int, int]:
    free = [max(0, whole - part) for whole, part in zip(size, patch, strict=True)]
    if kind == "signature":
        return round(free[0] * rng.choice((0.02, 0.97))), round(0.98 * free[1])
    return rng.randint(0, free[0]), rng.randint(0, free[1])


def _patch(kind: Kind, script: Script, said: str, ink: _Ink, rng: Random) -> Image.Image:
    """Text on its ground, transparent around."""
    em, rows = ink.em, _rows(said, script, kind, rng)
    pitch = round(em * _LEADING)
    if script == "column":
        size = (pitch * len(rows), round(_SPACED * em * max(map(len, rows))))
    else:
        size = (max(round(ink.font.getlength(row)) for row in rows), pitch * len(rows))
    left, top = (round(MARGINS[kind] * side) + em // 2 for side in size)
    patch = Image.new("LA", (size[0] + 2 * left, size[1] + 2 * top), (255, 0))
    pen = ImageDraw.Draw(patch)
    _ground(kind, pen, (1, 1, patch.width - 2, patch.height - 2), ink)
    anchor, halo = "mm" if script == "column" else "la", max(1, em // 12) if kind == "sound" else 0
    for x, y, letters in _set(rows, script, pitch, em, size):
        pen.text(
            (left + x, top + y), letters, font=ink.font, fill=(ink.grey, 255), anchor=anchor,
            stroke_width=halo, stroke_fill=(255 - ink.grey, 255) if halo else None,
        )  # fmt: skip
    return patch


def _ground(kind: Kind, pen: ImageDraw.ImageDraw, box: tuple[int, int, int, int], ink: _Ink) -> None:
    """What the text stands on."""
    width = max(2, ink.em // 10)
    if kind == "balloon":
        pen.ellipse(box, fill=(255, 255), outline=(0, 255), width=width)
    elif kind in {"caption", "sign"}:
        pen.rectangle(box, fill=(ink.ground, 255), outline=(0, 255), width=width)


def _rows(said: str, script: Script, kind: Kind, rng: Random) -> list[str]:
    """Lines or columns, broken where a balloon's are."""
    if kind not in {"balloon", "caption"}:
        return [said]
    if script == "Latin":
        words = said.split()
        each = rng.randint(2, 4)
        return [" ".join(words[i : i + each]) for i in range(0, len(words), each)]
    each = rng.randint(5, 9)
    return [said[i : i + each] for i in range(0, len(said), each)]


def _set(
    rows: Sequence[str], script: Script, pitch: int, em: int, size: tuple[int, int]
) -> list[tuple[float, float, str]]:
    """Where each row, or each letter of a column, stands."""
    if script != "column":
        return [(0, i * pitch, row) for i, row in enumerate(rows)]
    return [
        (size[0] - (i + 0.5) * pitch, (j + 0.5) * _SPACED * em, _UPRIGHT.get(letter, letter))
        for i, row in enumerate(rows)
        for j, letter in enumerate(row)
    ]


_UPRIGHT: Final = {"ー": "｜", "…": "︙", "〜": "≀"}
"""Letters that have another form in columns."""
