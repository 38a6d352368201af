"""Draws a thing from its file in `drawing/art/shapes`: paths and circles in a box of 100 by 100, the farther first.

The class of an element is its surface: white, light, mid, dark or black, each with a contour; `line` is a line alone.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path as FilePath
from xml.etree import ElementTree

from drawing.ink.path_data import from_data
from drawing.ink.paths import Path, ellipse, mapped
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Pen

FOLDER = FilePath(__file__).resolve().parents[1] / "shapes"
SURFACES = {"white": WHITE, "light": LIGHT_TONE, "mid": MID_TONE, "dark": DARK_TONE, "black": BLACK}
_SVG = "{http://www.w3.org/2000/svg}"


def shape_names() -> frozenset[str]:
    """The names of all files."""
    return frozenset(file.stem for file in FOLDER.glob("*.svg"))


def draw_shape(pen: Pen, name: str) -> None:
    """Fill a box of one unit around the origin."""
    for surface, path in _elements(name):
        if surface == "line":
            pen.contour(path)
        else:
            pen.shape(path, SURFACES[surface])


@cache
def _elements(name: str) -> tuple[tuple[str, Path], ...]:
    root = ElementTree.fromstring((FOLDER / f"{name}.svg").read_text(encoding="utf-8"))
    return tuple((element.get("class", "line"), _centred(path)) for element, path in _paths(root))


def _paths(root: ElementTree.Element) -> Iterator[tuple[ElementTree.Element, Path]]:
    for element in root:
        if element.tag == f"{_SVG}circle":
            x, y, r = (float(element.get(name, "0")) for name in ("cx", "cy", "r"))
            yield element, ellipse(x, y, r, r)
        else:
            yield element, from_data(element.get("d", ""))


def _centred(path: Path) -> Path:
    return mapped(path, lambda x, y: (x / 100 - 0.5, y / 100 - 0.5))
