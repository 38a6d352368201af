"""Drawing calls in, PDF out: paths stay vectors, even tones are tiling patterns anchored to the page.

The same drawing always gives the same bytes: no dates, no random ids. pikepdf writes the objects.
"""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import pikepdf
from isal import isal_zlib

from drawing.ink.canvas import TONE_PERIOD_MM, Call, Drawing, Placement
from drawing.ink.pdf_pictures import picture, stencil_name, stencils, toned
from drawing.ink.tones import ToneCell, bands, cell_of, even_dots, even_lines, graded_dots, shade
from drawing.raster.toned_panel import Layer
from manga.geometry import MM_PER_INCH, Point, Rect

PACKED = 3
"""ISA-L's level for page contents: a twentieth of the time of zlib's usual 6 for six bytes in a hundred."""
PT_PER_MM = 72 / MM_PER_INCH
_TOKEN = re.compile(r"([MLQCZ])([^MLQCZ]*)")
_OPERATORS = {"M": "m", "L": "l", "C": "c", "Z": "h"}
_CURVE = "%.3f %.3f %.3f %.3f %.2f %.2f c"
_VERB = re.compile(r"([MLCZ])")
_PATH = b"0123456789.- MLQCZ"
"""All that path data has: nothing else of it may become a page's content."""


@dataclass(slots=True)
class Content:
    """A content stream being written, and the resources it names."""

    parts: list[str] = field(default_factory=list)
    tones: dict[ToneCell, str] = field(default_factory=dict)
    images: dict[str, str] = field(default_factory=dict)
    toned: Mapping[str, Sequence[Layer]] = field(default_factory=dict)
    placed: Sequence[Drawing] = ()
    at: Placement = field(default_factory=Placement)
    """Where the drawing lies whose calls are written now."""

    def add(self, call: Call) -> None:
        _WRITERS[str(call[0])](self, call)

    def back(self) -> str:
        """From a placed drawing to the page: an operator, or none."""
        matrix = self.at.back()
        return f" {matrix} cm" if matrix else ""

    def named(self, cell: ToneCell) -> str:
        """The name of a tone among the page's resources."""
        return self.tones.setdefault(cell, f"T{len(self.tones)}")

    def text(self) -> str:
        return "\n".join(self.parts)


@lru_cache(maxsize=4096)
def _path(data: str) -> str:
    """Path data as PDF operators; quadratic curves become cubic ones. Raises ValueError on what is no path data.

    Remembered: most paths of a page are drawn twice or more, and again for its layers."""
    if data.encode().translate(None, _PATH):
        raise ValueError("path data: not as it is written")
    if "Q" not in data:
        return _plain(data)
    out: list[str] = []
    x, y = 0.0, 0.0
    for verb, rest in _TOKEN.findall(data):
        if verb == "Q":
            cx, cy, end_x, end_y = map(float, rest.split())
            near_x, near_y = 2 / 3 * cx, 2 / 3 * cy
            cubic = (x / 3 + near_x, y / 3 + near_y, end_x / 3 + near_x, end_y / 3 + near_y, end_x, end_y)
            out.append(_CURVE % cubic)
            x, y = end_x, end_y
        elif verb == "Z":
            out.append("h")
        else:
            out.append(f"{rest} {_OPERATORS[verb]}")
            x, y = map(float, rest.rsplit(maxsplit=2)[-2:])
    return " ".join(out)


def _plain(data: str) -> str:
    """Path data without quadratic curves: PDF has the same verbs, behind their numbers."""
    pieces = _VERB.split(data)[1:]
    pieces[::2], pieces[1::2] = pieces[1::2], [_OPERATORS[verb] for verb in pieces[::2]]
    return " ".join(pieces)


def _save(content: Content, call: Call) -> None:
    content.parts.append(str(call[0]))


def _clip(content: Content, call: Call) -> None:
    content.parts.append(f"{_path(str(call[1]))} W n")


def _fill(content: Content, call: Call) -> None:
    rule = "f*" if call[3] else "f"
    content.parts.append(f"{shade(float(call[2]))} g {_path(str(call[1]))} {rule}")


def _stroke(content: Content, call: Call) -> None:
    style = "1 j 1 J" if call[4] == "round" else "0 j 0 J 10 M"
    content.parts.append(f"{style} {call[2]} w {shade(float(call[3]))} G {_path(str(call[1]))} S")


def _tone(content: Content, call: Call) -> None:
    _, data, period, density, angle, kind, grey = call
    measures = (float(period), float(density), float(angle))
    cell = cell_of(*measures, float(grey)) if kind == "dot" else None
    if cell is not None:
        content.parts.append(f"/Pattern cs /{content.named(cell)} scn {_path(str(data))} f")
        return
    draw, cap = (even_dots, 1) if kind == "dot" else (even_lines, 0)
    content.parts.append(_within(content, data, grey, cap, draw(content.at.area(data), *measures)))


def _graded(content: Content, call: Call) -> None:
    data, (x0, y0, d0, x1, y1, d1, period, angle, grey) = call[1], map(float, call[2:])
    area, start, end = content.at.area(data), content.at.point(x0, y0), content.at.point(x1, y1)
    if cell_of(period, d0, angle, grey) is not None:
        strips = " ".join(
            f"/{content.named(cell)} scn {_polygon(corners)} f"
            for density, corners in bands(area, start, d0, end, d1)
            if density > 0 and (cell := cell_of(period, density, angle, grey)) is not None
        )
        content.parts.append(f"q {_path(str(data))} W n{content.back()} /Pattern cs {strips} Q")
        return
    dots = graded_dots(area, start, d0, end, d1, period=period, angle=angle)
    content.parts.append(_within(content, data, grey, 1, dots))


def _polygon(corners: Sequence[Point]) -> str:
    first, *others = (f"{x:.3f} {y:.3f}" for x, y in corners)
    return f"{first} m {' '.join(f'{other} l' for other in others)} h"


def _within(content: Content, data: object, grey: str | float, cap: int, marks: str) -> str:
    return f"q {_path(str(data))} W n{content.back()} {cap} J {shade(float(grey))} G {marks} Q"


def _place(content: Content, call: Call) -> None:
    """Another drawing by a matrix. Patterns are the page's, whatever the matrix."""
    x, y, k = map(float, call[2:])
    drawing, outer = content.placed[int(call[1])], (content.placed, content.at)
    content.parts.append(f"q {k:.6f} 0 0 {k:.6f} {x:.4f} {y:.4f} cm")
    content.placed, content.at = drawing.placed, content.at.within(x, y, k)
    for inner in drawing.calls:
        content.add(inner)
    content.placed, content.at = outer
    content.parts.append("Q")


def _image(content: Content, call: Call) -> None:
    _, name, x, y, width, height = call
    alias = content.images.setdefault(str(name), f"I{len(content.images)}")
    bottom = float(y) + float(height)
    place = f"{width} 0 0 -{height} {x} {bottom:.3f} cm"
    printed = content.toned.get(str(name))
    if printed is None:
        content.parts.append(f"q {place} /{alias} Do Q")
        return
    content.parts.append(f"q 1 g {x} {y} {width} {height} re f {place}")
    for i, layer in enumerate(printed):
        cell = cell_of(TONE_PERIOD_MM, layer.density, 45, 0) if layer.density < 1 else None
        ink = f"/Pattern cs /{content.named(cell)} scn" if cell else "0 g"
        content.parts.append(f"{ink} /{stencil_name(alias, i)} Do")
    content.parts.append("Q")


_WRITERS = {
    "q": _save,
    "Q": _save,
    "c": _clip,
    "f": _fill,
    "s": _stroke,
    "t": _tone,
    "g": _graded,
    "i": _image,
    "d": _place,
}


def to_pdf(
    drawing: Drawing,
    images: Mapping[str, bytes] | None = None,
    *,
    trim: Rect | None = None,
    bleed: Rect | None = None,
    kept: bool = True,
) -> bytes:
    """A PDF of one page. `trim` and `bleed` are on the drawing's surface; what lies outside `trim` is not shown.

    One that is not `kept`, but only turned into pixels, is not packed: that takes a quarter of its time.
    """
    return _file(_written(drawing, images or {}), drawing, images or {}, trim, bleed, kept=kept)


def kept_and_passing(drawing: Drawing, images: Mapping[str, bytes], *, trim: Rect, bleed: Rect) -> tuple[bytes, bytes]:
    """A page's PDF to keep, and the same, not packed, to turn into pixels. Its content is written once for both."""
    content = _written(drawing, images)
    kept, passing = (_file(content, drawing, images, trim, bleed, kept=kept) for kept in (True, False))
    return kept, passing


def _file(
    content: Content,
    drawing: Drawing,
    images: Mapping[str, bytes],
    trim: Rect | None,
    bleed: Rect | None,
    *,
    kept: bool,
) -> bytes:
    pdf = pikepdf.new()
    _add(pdf, content, drawing, images, trim, bleed, kept=kept)
    return saved(pdf, kept=kept)


def _written(drawing: Drawing, images: Mapping[str, bytes]) -> Content:
    content = Content(toned=toned(images), placed=drawing.placed)
    for call in drawing.calls:
        content.add(call)
    return content


def saved(pdf: pikepdf.Pdf, *, kept: bool = True) -> bytes:
    """The file's bytes; equal for equal content."""
    out = io.BytesIO()
    plain = pikepdf.ObjectStreamMode.disable
    pdf.save(out, deterministic_id=True, object_stream_mode=plain, compress_streams=kept)
    return out.getvalue()


def add_page(
    pdf: pikepdf.Pdf,
    drawing: Drawing,
    images: Mapping[str, bytes],
    *,
    trim: Rect | None = None,
    bleed: Rect | None = None,
) -> None:
    """Append a drawing as a page."""
    _add(pdf, _written(drawing, images), drawing, images, trim, bleed, kept=True)


def _add(
    pdf: pikepdf.Pdf,
    content: Content,
    drawing: Drawing,
    images: Mapping[str, bytes],
    trim: Rect | None,
    bleed: Rect | None,
    *,
    kept: bool,
) -> None:
    height = drawing.height * PT_PER_MM
    matrix = [PT_PER_MM, 0, 0, -PT_PER_MM, 0, height]
    stream = f"q {' '.join(f'{v:.5f}' for v in matrix)} cm\n{content.text()}\nQ"
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=_page_box(Rect(x=0, y=0, width=drawing.width, height=drawing.height), height),
        Resources=pikepdf.Dictionary(
            Pattern=_dictionary({name: _pattern(pdf, cell, matrix) for cell, name in content.tones.items()}),
            XObject=_dictionary(_pictures(pdf, content, images, kept=kept)),
        ),
        Contents=_contents(pdf, stream.encode("ascii"), kept=kept),
    )
    if bleed is not None:
        page.BleedBox = _page_box(bleed, height)
    if trim is not None:
        page.TrimBox = _page_box(trim, height)
        page.CropBox = _page_box(trim, height)
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


def _contents(pdf: pikepdf.Pdf, stream: bytes, *, kept: bool) -> pikepdf.Object:
    if not kept:
        return pdf.make_stream(stream)
    return pdf.make_stream(isal_zlib.compress(stream, PACKED), Filter=pikepdf.Name.FlateDecode)


def _dictionary(entries: Mapping[str, pikepdf.Object]) -> pikepdf.Dictionary:
    return pikepdf.Dictionary({f"/{name}": entry for name, entry in entries.items()})


def _page_box(rect: Rect, height_pt: float) -> pikepdf.Array:
    corners = (rect.x, height_pt / PT_PER_MM - rect.bottom, rect.right, height_pt / PT_PER_MM - rect.y)
    return pikepdf.Array([round(v * PT_PER_MM, 3) for v in corners])


def _pattern(pdf: pikepdf.Pdf, cell: ToneCell, matrix: list[float]) -> pikepdf.Object:
    side = round(cell.side, 4)
    return pdf.make_stream(
        cell.body.encode("ascii"),
        Type=pikepdf.Name.Pattern,
        PatternType=1,
        PaintType=1,
        TilingType=1,
        BBox=pikepdf.Array([0, 0, side, side]),
        XStep=side,
        YStep=side,
        Resources=pikepdf.Dictionary(),
        Matrix=pikepdf.Array([round(v, 5) for v in matrix]),
    )


def _pictures(
    pdf: pikepdf.Pdf, content: Content, images: Mapping[str, bytes], *, kept: bool
) -> dict[str, pikepdf.Object]:
    found: dict[str, pikepdf.Object] = {}
    for name, alias in content.images.items():
        layers = content.toned.get(name)
        found |= {alias: picture(pdf, images[name])} if layers is None else stencils(pdf, alias, layers, kept=kept)
    return found
