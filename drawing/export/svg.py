"""Writes drawing calls as SVG: paths stay vectors, even tones are patterns, pictures are embedded.

The tones are those of the PDF: their marks are written once, as PDF text, and read here. Nothing in it runs.
"""

import base64
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from PIL import Image

from drawing.export.book_edition import Leaf, label_of, words_of
from drawing.export.xml_text import content
from drawing.ink.canvas import TONE_PERIOD_MM, Call, Drawing, Placement
from drawing.ink.pdf_pictures import toned
from drawing.ink.tones import ToneCell, bands, cell_of, even_dots, even_lines, graded_dots
from drawing.lettering.fonts import faces
from drawing.pages.compose_page import compose
from drawing.raster.toned_panel import Layer
from manga.geometry import Rect

_MIME = {"PNG": "image/png", "JPEG": "image/jpeg"}
_VERBS = {"m": "M", "l": "L", "c": "C", "h": "Z"}


def svg_page(leaf: Leaf) -> bytes:
    """A page, cut to its trim."""
    graph, composed = leaf.graph, compose(leaf.graph, leaf.pictures, faces(leaf.folders))
    title = f"{' '.join(graph.title.split())} – {label_of(graph, graph.language)}"
    shown = graph.trim.moved(-graph.bleed.x, -graph.bleed.y)
    return to_svg(composed.drawing, composed.images, shown, title=title, words=words_of(graph)).encode()


def to_svg(drawing: Drawing, images: Mapping[str, bytes], shown: Rect, *, title: str = "", words: str = "") -> str:
    """`shown` of the drawing's surface; `title` and `words` are a stranger's and are escaped."""
    picture = _Picture(images, toned(images), drawing.placed)
    body = "".join(part for call in drawing.calls for part in picture.elements(call))
    frame = f"{_n(shown.x)} {_n(shown.y)} {_n(shown.width)} {_n(shown.height)}"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" '
        f'width="{_n(shown.width)}mm" height="{_n(shown.height)}mm" viewBox="{frame}" role="img">'
        f"<title>{content(title)}</title><desc>{content(words)}</desc>"
        f"<defs>{''.join(picture.defined)}</defs>"
        f'<rect x="{_n(shown.x)}" y="{_n(shown.y)}" width="{_n(shown.width)}" height="{_n(shown.height)}" fill="#fff"/>'
        f"{body}</svg>\n"
    )


@dataclass(slots=True)
class _Picture:
    """What is being written: definitions, and how many groups each save has opened."""

    images: Mapping[str, bytes]
    printed: Mapping[str, Sequence[Layer]]
    placed: Sequence[Drawing] = ()
    at: Placement = field(default_factory=Placement)
    """Where the drawing lies whose calls are written now."""
    defined: list[str] = field(default_factory=list)
    patterns: dict[tuple[ToneCell, str], str] = field(default_factory=dict)
    masks: dict[tuple[str, int], str] = field(default_factory=dict)
    opened: list[int] = field(default_factory=list)
    clips: int = 0

    def elements(self, call: Call) -> Iterator[str]:
        writers = {
            "f": _fill, "s": _stroke, "t": self._tone, "g": self._graded, "i": self._image, "c": self._clip,
            "d": self._place,
        }  # fmt: skip
        if call[0] == "q":
            self.opened.append(0)
        elif call[0] == "Q":
            yield "</g>" * self.opened.pop()
        else:
            yield from writers[str(call[0])](call)

    def _place(self, call: Call) -> Iterator[str]:
        """Another drawing by a matrix."""
        x, y, k = map(float, call[2:])
        drawing, outer = self.placed[int(call[1])], (self.placed, self.at)
        self.placed, self.at = drawing.placed, self.at.within(x, y, k)
        yield f'<g transform="matrix({k:.6f} 0 0 {k:.6f} {x:.4f} {y:.4f})">'
        for inner in drawing.calls:
            yield from self.elements(inner)
        yield "</g>"
        self.placed, self.at = outer

    def _clip(self, call: Call) -> Iterator[str]:
        yield self._clipped(str(call[1]))
        if self.opened:
            self.opened[-1] += 1

    def _clipped(self, data: str) -> str:
        self.clips += 1
        self.defined.append(f'<clipPath id="c{self.clips}"><path d="{data}"/></clipPath>')
        return f'<g clip-path="url(#c{self.clips})">'

    def _tone(self, call: Call) -> Iterator[str]:
        _, data, period, density, angle, kind, grey = call
        measures = (float(period), float(density), float(angle))
        cell = cell_of(*measures, float(grey)) if kind == "dot" else None
        if cell is not None:
            yield f'<path d="{data}" fill="{self._pattern(cell, self.at.back())}"/>'
            return
        draw, cap = (even_dots, "round") if kind == "dot" else (even_lines, "butt")
        yield from self._within(str(data), float(grey), cap, draw(self.at.area(data), *measures))

    def _graded(self, call: Call) -> Iterator[str]:
        data, (x0, y0, d0, x1, y1, d1, period, angle, grey) = str(call[1]), map(float, call[2:])
        area, start, end = self.at.area(data), self.at.point(x0, y0), self.at.point(x1, y1)
        if cell_of(period, d0, angle, grey) is None:
            marks = graded_dots(area, start, d0, end, d1, period=period, angle=angle)
            yield from self._within(data, grey, "round", marks)
            return
        yield self._on_page(data)
        for density, corners in bands(area, start, d0, end, d1):
            cell = cell_of(period, density, angle, grey) if density > 0 else None
            if cell is not None:
                points = " ".join(f"{_n(x)},{_n(y)}" for x, y in corners)
                yield f'<polygon points="{points}" fill="{self._pattern(cell)}"/>'
        yield "</g></g>"

    def _within(self, data: str, grey: float, cap: str, marks: str) -> Iterator[str]:
        yield self._on_page(data)
        yield from marked(marks, _colour(grey), cap)
        yield "</g></g>"

    def _on_page(self, data: str) -> str:
        """Two groups: a clip, and in it the page's own millimetres, to which tones are anchored."""
        back = self.at.back()
        return self._clipped(data) + (f'<g transform="matrix({back})">' if back else "<g>")

    def _pattern(self, cell: ToneCell, back: str = "") -> str:
        """A tone; `back` is the matrix from where it is used to the page."""
        if (cell, back) not in self.patterns:
            name, side = f"t{len(self.patterns)}", _n(cell.side)
            self.patterns[cell, back] = name
            tile = "".join(marked(cell.body, "#000", "butt"))
            moved = f' patternTransform="matrix({back})"' if back else ""
            size = f'width="{side}" height="{side}" patternUnits="userSpaceOnUse"'
            self.defined.append(f'<pattern id="{name}" {size}{moved}>{tile}</pattern>')
        return f"url(#{self.patterns[cell, back]})"

    def _image(self, call: Call) -> Iterator[str]:
        name, x, y, width, height = str(call[1]), *(_n(float(v)) for v in call[2:])
        place = f'x="{x}" y="{y}" width="{width}" height="{height}"'
        layers = self.printed.get(name)
        if layers is None:
            yield f'<image {place} preserveAspectRatio="none" xlink:href="{_embedded(self.images[name])}"/>'
            return
        yield f'<rect {place} fill="#fff"/>'
        for number, layer in enumerate(layers):
            cell = cell_of(TONE_PERIOD_MM, layer.density, 45, 0) if layer.density < 1 else None
            ink = self._pattern(cell) if cell else "#000"
            yield f'<rect {place} fill="{ink}" mask="url(#{self._mask(name, number, layer, place)})"/>'

    def _mask(self, name: str, number: int, layer: Layer, place: str) -> str:
        alias = f"m{len(self.masks)}"
        self.masks[name, number] = alias
        out = io.BytesIO()
        Image.frombytes("1", (layer.width, layer.height), layer.mask).save(out, "PNG")
        image = f'<image {place} preserveAspectRatio="none" xlink:href="{_embedded(out.getvalue())}"/>'
        self.defined.append(f'<mask id="{alias}" maskUnits="userSpaceOnUse" {place}>{image}</mask>')
        return alias


def _fill(call: Call) -> Iterator[str]:
    rule = ' fill-rule="evenodd"' if call[3] else ""
    yield f'<path d="{call[1]}" fill="{_colour(float(call[2]))}"{rule}/>'


def _stroke(call: Call) -> Iterator[str]:
    style = 'stroke-linejoin="round" stroke-linecap="round"' if call[4] == "round" else 'stroke-miterlimit="10"'
    yield f'<path d="{call[1]}" fill="none" stroke="{_colour(float(call[3]))}" stroke-width="{call[2]}" {style}/>'


def marked(text: str, colour: str, cap: str) -> Iterator[str]:
    """The PDF text of a tone as elements: greys, widths, paths, fills and strokes are all that it has."""
    path: list[str] = []
    numbers: list[str] = []
    width = "1"
    for token in text.split():
        if token in _VERBS:
            path.append(_VERBS[token] + " ".join(numbers))
        elif token == "re":
            x, y, w, h = numbers
            path.append(f"M{x} {y}h{w}v{h}h-{w}Z")
        elif token == "g":
            colour = _colour(255 * float(numbers[0]))
        elif token == "w":
            width = numbers[0]
        elif token in {"f", "f*"}:
            rule = ' fill-rule="evenodd"' if token == "f*" else ""
            yield f'<path d="{"".join(path)}" fill="{colour}"{rule}/>'
            path = []
        elif token == "S":
            style = f'stroke="{colour}" stroke-width="{width}" stroke-linecap="{cap}"'
            yield f'<path d="{"".join(path)}" fill="none" {style}/>'
            path = []
        else:
            numbers.append(token)
            continue
        numbers = []


def _colour(grey: float) -> str:
    value = min(255, max(0, round(grey)))
    return f"#{value:02x}{value:02x}{value:02x}"


def _embedded(data: bytes) -> str:
    """As a data address; what is neither PNG nor JPEG is written anew as PNG."""
    with Image.open(io.BytesIO(data)) as image:
        kind = image.format or ""
        if kind not in _MIME:
            out = io.BytesIO()
            image.save(out, "PNG")
            kind, data = "PNG", out.getvalue()
    return f"data:{_MIME[kind]};base64,{base64.b64encode(data).decode()}"


def _n(value: float) -> str:
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
