"""Draws a thing from its file in `drawing/art/shapes`: marks in a box of 100 by 100, the farther first.

The class of a mark is its surface (white, light, mid, dark, black, each with a contour), `line` for a line alone, or
`taper` for a stroke that swells and thins. `stroke-width` counts in lines of the pen, so that lines follow the depth at
which a thing is drawn; 0 is a surface without a contour, `fill="none"` its tone without the white below it. Groups are
moved, or clipped by a path that stands before them.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from math import radians
from pathlib import Path as FilePath
from re import findall
from xml.etree.ElementTree import Element, fromstring

from drawing.ink.paths import Path, ellipse, from_data, mapped
from drawing.ink.pen import BLACK_INK, SHADES, WHITE_INK, Pen
from manga.geometry import Point

FOLDER = FilePath(__file__).resolve().parents[1] / "shapes"
Ink = Callable[[Pen], None]
_SVG = "{http://www.w3.org/2000/svg}"
_CONTOUR, _LINE, _TAPER = 1.25, 1.0, "0.6 1"
"""What a mark is drawn with where its file does not say."""


@cache
def shape_names() -> frozenset[str]:
    """The names of all files but of parts."""
    return frozenset(file.stem for file in FOLDER.glob("*.svg"))


def draw_shape(pen: Pen, name: str) -> None:
    """Fill a box of one unit around the origin. A part is named with its folder: `parts/flame`."""
    for ink in _marks(name):
        ink(pen)


@cache
def _marks(name: str) -> tuple[Ink, ...]:
    return tuple(_read(fromstring((FOLDER / f"{name}.svg").read_text(encoding="utf-8")), {}))


def _read(parent: Element, clips: dict[str, Path]) -> Iterator[Ink]:
    for element in parent:
        if element.tag == f"{_SVG}clipPath":
            clips[f"url(#{element.get('id')})"] = _path(element[0])
        elif element.tag == f"{_SVG}g":
            yield _group(element, clips)
        else:
            yield _mark(element)


def _group(element: Element, clips: Mapping[str, Path]) -> Ink:
    inks = tuple(_read(element, dict(clips)))
    clip = element.get("clip-path")
    return _clipped(inks, clips[clip]) if clip else _moved(inks, element.get("transform", ""))


def _clipped(inks: tuple[Ink, ...], clip: Path) -> Ink:
    def ink(pen: Pen) -> None:
        with pen.canvas.saved():
            pen.canvas.clip(clip)
            for one in inks:
                one(pen)

    return ink


def _moved(inks: tuple[Ink, ...], transform: str) -> Ink:
    """By `translate`, `rotate` and `scale` around the middle of the box, in this order."""
    told = {name: numbers.split() for name, numbers in reversed(findall(r"(\w+)\(([^)]*)\)", transform))}
    x, y = (_placed(float(value)) for value in told["translate"])
    scale, turn = (float(told.get(name, [default])[0]) for name, default in (("scale", "1"), ("rotate", "0")))

    def ink(pen: Pen) -> None:
        with pen.canvas.moved(x, y, scale, radians(turn)):
            for one in inks:
                one(Pen(pen.canvas, pen.weight / scale))

    return ink


def _mark(element: Element) -> Ink:
    path, kind = _path(element), element.get("class", "line")
    grey = WHITE_INK if element.get("stroke") == "white" else BLACK_INK
    weight = float(element.get("stroke-width", _CONTOUR if kind in SHADES else _LINE))
    if kind == "line":
        return lambda pen: pen.contour(path, weight, grey)
    if kind == "taper":
        start, end = map(float, element.get("data-taper", _TAPER).split())
        points: list[Point] = [(float(op[1]), float(op[2])) for op in path]
        return lambda pen: pen.line(points, weight, (start, end), grey)
    shade = SHADES[kind]
    if weight:
        return partial(ink_mark, path=path, kind=kind, weight=weight)
    if element.get("fill") == "none":
        return lambda pen: pen.canvas.tone(path, shade.tone)
    return lambda pen: pen.cover(path, shade)


def ink_mark(pen: Pen, path: Path, kind: str, weight: float | None = None) -> None:
    """A surface with its contour, or a line alone."""
    if kind == "line":
        pen.contour(path, weight or _LINE)
    else:
        pen.shape(path, SHADES[kind], weight or _CONTOUR)


def _path(element: Element) -> Path:
    if element.tag == f"{_SVG}path":
        return mapped(from_data(element.get("d", "")), lambda x, y: (_placed(x), _placed(y)))
    x, y, r, rx, ry = (float(element.get(name, "0")) for name in ("cx", "cy", "r", "rx", "ry"))
    turn = findall(r"rotate\((\S+)", element.get("transform", "")) or [0]
    return ellipse(_placed(x), _placed(y), (rx or r) / 100, (ry or r) / 100, radians(float(turn[0])))


def _placed(value: float) -> float:
    return value / 100 - 0.5
