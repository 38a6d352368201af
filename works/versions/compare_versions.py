"""Compares two versions in words (`editing.compare_versions`), and their pages side by side in one picture."""

import asyncio
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from editing.compare_versions import Difference, difference
from editing.work_blobs import WorkBlobs, blobs_of
from graph.state import State
from manga.errors import Conflict
from storage.base import Version
from storage.database import Pool
from storage.objects import BlobStore
from works.base import LOCAL_TENANT
from works.versions.tree import find_version, history_of, read_state, short

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
PAGE_WIDTH_PX = 560
MAX_SIDE_PX = 60_000
"""What viewers still open; many pages are drawn smaller."""
_MARGIN = 24
_LABEL = 22
_PAPER = (236, 236, 232)
_INK = (40, 40, 40)
_MARK = (214, 40, 40)
_NOISE = 24
"""Grey levels of 255 that are no difference for the eye."""
_AIR = 4


@dataclass(frozen=True, slots=True)
class Comparison:
    """`old` and `new` are the versions; their states are as their reviews saw them."""

    old: Version
    new: Version
    states: tuple[State, State]
    difference: Difference


async def compare(pool: Pool, work_id: UUID, old: str, new: str, *, tenant: str = LOCAL_TENANT) -> Comparison:
    """Versions by whatever a person calls them. Raises `NotFound`, `Conflict` (several are meant)."""
    _, history = await history_of(pool, work_id, tenant=tenant)
    one, other = find_version(history, old), find_version(history, new)
    states = await read_state(pool, one), await read_state(pool, other)
    return Comparison(one, other, states, difference(*states))


async def pages_beside(
    blobs: BlobStore, found: Comparison, *, tenant: str = LOCAL_TENANT, every: bool = False
) -> bytes:
    """A PNG of the pages that differ, or of every page. Raises `Conflict` when there is nothing to show."""
    before, after = (_images(state) for state in found.states)
    if not before or not after:
        missing = short(found.new if before else found.old)
        raise Conflict(f"Version {missing} has no finished pages.", remedy="Compare two versions of finishing.")
    numbers = sorted({*before, *after})
    shown = [n for n in numbers if every or before.get(n) != after.get(n)]
    if not shown:
        raise Conflict("All pages of the two versions are the same.", remedy="--every-page shows them all.")
    store = blobs_of(blobs, tenant, str(found.old.work_id))
    pairs = [
        Pair(page_name(number), await _get(store, before, number), await _get(store, after, number)) for number in shown
    ]
    titles = (_title(found.old), _title(found.new))
    return await asyncio.to_thread(side_by_side, pairs, titles)


def page_name(number: int) -> str:
    """The title page has the number 0."""
    return f"page {number}" if number else "title page"


def _title(version: Version) -> str:
    return f"{short(version)}  {version.phase}"


def _images(state: State) -> Mapping[int, str]:
    return {page["number"]: page["image"] for page in (state.get("finishing") or {}).get("pages", ())}


async def _get(store: WorkBlobs, images: Mapping[int, str], number: int) -> bytes | None:
    return await store.get(images[number]) if number in images else None


@dataclass(frozen=True, slots=True)
class Pair:
    """One page in both versions; None where a version does not have it."""

    label: str
    old: bytes | None
    new: bytes | None


def side_by_side(pairs: Sequence[Pair], titles: tuple[str, str]) -> bytes:
    """A PNG; at least one pair is needed."""
    from PIL import Image, ImageDraw

    rows = [_Row.of(pair) for pair in pairs]
    height = 2 * _MARGIN + _LABEL + sum(row.height + _LABEL + _MARGIN for row in rows)
    sheet = Image.new("RGB", (2 * PAGE_WIDTH_PX + 3 * _MARGIN, height), _PAPER)
    draw = ImageDraw.Draw(sheet)
    for x, title in zip(_columns(), titles, strict=True):
        _write(draw, x, _MARGIN, title)
    y = 2 * _MARGIN + _LABEL
    for row in rows:
        row.paint(sheet, y)
        y += row.height + _LABEL + _MARGIN
    if height > MAX_SIDE_PX:
        scale = MAX_SIDE_PX / height
        sheet = sheet.resize((round(sheet.width * scale), MAX_SIDE_PX), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    sheet.save(out, "PNG", optimize=False, compress_level=6)
    return out.getvalue()


def _columns() -> tuple[int, int]:
    return _MARGIN, PAGE_WIDTH_PX + 2 * _MARGIN


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    pages: "tuple[Image | None, Image | None]"

    @classmethod
    def of(cls, pair: Pair) -> "_Row":
        return cls(pair.label, (_page(pair.old), _page(pair.new)))

    @property
    def height(self) -> int:
        return max(page.height for page in self.pages if page is not None)

    def paint(self, sheet: "Image", y: int) -> None:
        """The label, the two pages, and a frame around each place that differs."""
        from PIL import ImageDraw

        draw = ImageDraw.Draw(sheet)
        _write(draw, _MARGIN, y, self.label)
        marks = _differing(*self.pages)
        for x, page in zip(_columns(), self.pages, strict=True):
            if page is None:
                continue
            sheet.paste(page, (x, y + _LABEL))
            for left, top, right, bottom in marks:
                box = (x + left - _AIR, y + _LABEL + top - _AIR, x + right + _AIR, y + _LABEL + bottom + _AIR)
                draw.rectangle(box, outline=_MARK, width=3)


def _page(data: bytes | None) -> "Image | None":
    from PIL import Image

    if data is None:
        return None
    with Image.open(io.BytesIO(data), formats=("PNG",)) as image:
        grey = image.convert("L")
    height = round(PAGE_WIDTH_PX * grey.height / grey.width)
    return grey.resize((PAGE_WIDTH_PX, height), Image.Resampling.LANCZOS).convert("RGB")


def _differing(old: "Image | None", new: "Image | None") -> list[tuple[int, int, int, int]]:
    """Boxes around what differs, those that touch brought together. Pages of another size differ as a whole."""
    from PIL import ImageChops

    if old is None or new is None or old.size != new.size:
        return []
    apart = ImageChops.difference(old, new).convert("L").point(lambda grey: 255 * (grey > _NOISE))
    # Cells instead of single pixels: strokes of one thing are one box.
    cell = 14
    cells = apart.reduce(cell).point(lambda grey: 255 * (grey > 0))
    found = _islands(cells.width, cells.height, cells.tobytes())
    return [
        (x * cell, y * cell, min((r + 1) * cell, old.width), min((b + 1) * cell, old.height)) for x, y, r, b in found
    ]


def _islands(width: int, height: int, data: bytes) -> list[tuple[int, int, int, int]]:
    """Bounding boxes of cells that hang together, also over a corner; columns and rows, both ends included."""
    left = {(at % width, at // width) for at, value in enumerate(data[: width * height]) if value}
    boxes = []
    while left:
        edge = [min(left)]
        left.discard(edge[0])
        island = []
        while edge:
            x, y = edge.pop()
            island.append((x, y))
            near = {(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)} & left
            left -= near
            edge.extend(sorted(near))
        xs, ys = [x for x, _ in island], [y for _, y in island]
        boxes.append((min(xs), min(ys), max(xs), max(ys)))
    return sorted(boxes)


def _write(draw: "ImageDraw", x: int, y: int, text: str) -> None:
    from PIL import ImageFont

    draw.text((x, y), text, fill=_INK, font=ImageFont.load_default(16))
