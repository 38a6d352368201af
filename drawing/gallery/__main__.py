"""`python -m drawing.gallery FOLDER [NAME=BOOK ...]`: writes the contact sheets, and the first pages of finished books.

A book is a folder that `mangaka draw` made, or the one above it. `make gallery` draws four and calls this.
"""

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from drawing.gallery import lettered_pages, people, places_and_things, two_people
from drawing.gallery.contact_sheet import encoded, webp_of
from drawing.gallery.page_layouts import layouts

FIRST = 8
PAGE_PX = 390


def first_pages(book: Path) -> bytes:
    """The first pages side by side, four in a row."""
    found = sorted(book.glob("**/pages/*.png"))[:FIRST]
    if not found:
        raise SystemExit(f"no pages in {book}: draw the book first (mangaka draw STORY --out FOLDER)")
    opened = [Image.open(file).convert("L") for file in found]
    high = round(PAGE_PX * opened[0].height / opened[0].width)
    rows = -(-len(opened) // 4)
    sheet = Image.new("L", (4 * PAGE_PX + 50, rows * (high + 10) + 10), 200)
    for i, page in enumerate(opened):
        small = page.resize((PAGE_PX, high), Image.Resampling.LANCZOS)
        sheet.paste(small, (10 + (i % 4) * (PAGE_PX + 10), 10 + (i // 4) * (high + 10)))
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return encoded(out.getvalue())


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m drawing.gallery", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("books", nargs="*", metavar="NAME=BOOK")
    parser.add_argument("--only", default="", help="only sheets whose names begin so")
    chosen = parser.parse_args(words)
    chosen.folder.mkdir(parents=True, exist_ok=True)
    for page in (*people.sheets(), *places_and_things.thing_sheets(), *places_and_things.sheets(), layouts(),
                 two_people.deeds_between()):  # fmt: skip
        if page.name.startswith(chosen.only):
            _write(chosen.folder, page.name, webp_of(page))
    if "balloons sfx".find(chosen.only) >= 0:
        for name, data in lettered_pages.pages().items():
            _write(chosen.folder, name, data)
    for book in chosen.books:
        name, _, folder = book.partition("=")
        _write(chosen.folder, f"pages_{name}", first_pages(Path(folder)))
    return 0


def _write(folder: Path, name: str, data: bytes) -> None:
    (folder / f"{name}.webp").write_bytes(data)
    sys.stdout.write(f"{name}.webp  {len(data) // 1024} KB\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
