"""A page at 1600 px and a sheet at 600 dpi, each beside a bare paste and encode of the same picture.

python -m benchmarks.page_ratio [--leaves 12] [--figures FILE]

A book of 24 pages is drawn with the offline models, then so many of its pages are built and rendered, in this process,
one after the other. Told are medians of processor time. `benchmarks.page_speed` measures the exports too.
"""

import argparse
import io
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Final, TypeVar

from PIL import Image

from benchmarks import page_speed as pages
from benchmarks.figure import Figure, told
from drawing.export.book_edition import Leaf
from drawing.export.pdf_sheets import mono_sheet, uncut_sheet
from drawing.pages.page_files import page_files
from drawing.pages.pdf_to_pixels import pixels

T = TypeVar("T")
TIMES: Final = 3.0


def median_ms(work: Callable[[T], object], items: Sequence[T]) -> float:
    """Processor milliseconds of one, after a first one that does not count."""
    work(items[0])
    spent = []
    for item in items:
        begun = time.process_time()
        work(item)
        spent.append(1000 * (time.process_time() - begun))
    return median(spent)


def bare(png: bytes) -> None:
    """What any program must do that makes a page of a picture: paste it on paper and encode that."""
    with Image.open(io.BytesIO(png)) as image:
        paper = Image.new("L", image.size, 255)
        paper.paste(image.convert("L"))
    paper.save(io.BytesIO(), "PNG", compress_level=4)


def as_png(leaf: Leaf) -> bytes:
    """The sheet in greys, as another program would be given it."""
    out = io.BytesIO()
    pixels(uncut_sheet(leaf), dpi=leaf.options["dpi"]).save(out, "PNG", compress_level=1)
    return out.getvalue()


def figures(leaves: Sequence[Leaf]) -> list[Figure]:
    """Of the pages of a book."""
    sheets = [as_png(leaf) for leaf in leaves]
    kinds: tuple[tuple[str, float, float], ...] = (
        (
            "page at 1600 px",
            median_ms(lambda leaf: page_files(leaf.graph, leaf.pictures, leaf.folders), leaves),
            median_ms(bare, [leaf.png or b"" for leaf in leaves]),
        ),
        ("sheet at 600 dpi", median_ms(mono_sheet, leaves), median_ms(bare, sheets)),
    )
    return [
        Figure(f"{name}, built and rendered", ours, "ms", peer=peer, peer_name="bare paste", times=TIMES)
        for name, ours, peer in kinds
    ]


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What is asked for. Ends the program with a line on what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.page_ratio")
    parser.add_argument("--leaves", type=int, default=12, help="1 to 24")
    parser.add_argument("--figures", type=Path, help="a file for the figures, as JSON")
    chosen = parser.parse_args(arguments)
    if not 1 <= chosen.leaves <= pages.PAGES:
        parser.error(f"--leaves is 1 to {pages.PAGES}")
    return chosen


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures; 1 when one is out of bounds."""
    chosen = parsed(arguments)
    with tempfile.TemporaryDirectory(prefix="mangaka-pages-") as folder:
        home = Path(folder)
        book = pages.drawn_book(home, pages.STORY)
        work_id = json.loads((book / "work.json").read_bytes())["id"]
        return told(figures(list(islice(pages.leaves_of(book, home, work_id), chosen.leaves))), chosen.figures)


if __name__ == "__main__":
    sys.exit(main())
