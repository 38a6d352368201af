"""Writes one page as files: scene graph and pictures in; PDF, PNG, JSON and share of ink out. For the process pool."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from drawing.ink.pdf import kept_and_passing
from drawing.lettering.fonts import faces
from drawing.pages.compose_page import compose
from drawing.pages.pdf_to_pixels import ink_ratio, pixels, png
from manga.book import PageGraph

PAGE_WIDTH_PX = 1600


@dataclass(frozen=True, slots=True)
class PageFiles:
    """`pdf` is one vector page with trim and bleed boxes, `png` the trimmed page, `graph` canonical JSON."""

    number: int
    pdf: bytes
    png: bytes
    graph: bytes
    ink: float


def page_files(
    page: PageGraph, pictures: Mapping[str, bytes], folders: tuple[str, ...], width_px: int = PAGE_WIDTH_PX
) -> PageFiles:
    """Draw a page once for all formats."""
    composed = compose(page, pictures, faces(folders))
    dx, dy = -page.bleed.x, -page.bleed.y
    trim, bleed = page.trim.moved(dx, dy), page.bleed.moved(dx, dy)
    pdf, passing = kept_and_passing(composed.drawing, composed.images, trim=trim, bleed=bleed)
    image = pixels(passing, width_px=width_px, color=composed.color)
    if composed.color and _is_grey(image.convert("RGB").resize((64, 64)).tobytes()):
        image = image.convert("L")
    return PageFiles(page.number, pdf, png(image), graph_bytes(page), round(ink_ratio(image), 4))


def _is_grey(data: bytes) -> bool:
    """Whether red, green and blue agree in all pixels."""
    return all(max(data[i : i + 3]) - min(data[i : i + 3]) < 6 for i in range(0, len(data), 3))


def graph_bytes(page: PageGraph) -> bytes:
    """The scene graph as it lies beside its picture."""
    return (json.dumps(page.to_json(), ensure_ascii=False, separators=(",", ":")) + "\n").encode()
