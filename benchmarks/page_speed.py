"""`make bench-pages`: how fast pages are drawn and books exported, beside a bare Pillow that pastes and encodes a page.

Draws a book of 24 pages with the offline models into a home of its own, then measures: each page built and rendered at
1600 px and as a 600 dpi sheet, in this process, one after the other; and every export of the book, in the process pool.
Seconds of the processor are told beside those of the clock: others may work on the machine too.
"""

import argparse
import asyncio
import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from uuid import UUID

from PIL import Image

from drawing.export.book_edition import Leaf
from drawing.export.formats import NAMES
from drawing.export.pdf_sheets import mono_sheet
from drawing.lettering.fonts import standard_folders
from drawing.pages.page_files import page_files
from manga.book import PageGraph
from providers.process_pool import open_process_pool
from storage.choose_servers import ServerHold
from storage.database import open_database
from storage.object_store import open_blobs
from storage.settings import StorageSettings
from works.base import LOCAL_TENANT
from works.delivery.exports import Desk, Wish, export

ROOT = Path(__file__).resolve().parents[1]
STORY = ROOT / "examples/hoshi_no_kagi.txt"
PAGES = 24
TARGETS_MS = {"page at 1600 px": 300, "sheet at 600 dpi": 900}
ALL_S = 30
AT_ONCE = 2
"""Formats."""


def drawn_book(home: Path, story: Path) -> Path:
    """A finished book's folder."""
    command: list[str | Path] = [ROOT / "mangaka", "draw", story, "--pages", str(PAGES), "--out", home / "books", "-q"]
    environment = {"MANGA_HOME": str(home), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return Path(done.stdout.strip().splitlines()[-1])


def leaves_of(book: Path, home: Path, work_id: str) -> Iterator[Leaf]:
    """The book's pages with their pictures."""
    corner = home / "blobs" / LOCAL_TENANT / work_id
    for file in sorted((book / "pages").glob("*.json")):
        graph = PageGraph.of(json.loads(file.read_bytes()))
        names = {panel.picture for panel in graph.panels if panel.picture}
        pictures = {name: (corner / name).read_bytes() for name in names}
        png = file.with_suffix(".png").read_bytes()
        yield Leaf(graph, pictures, standard_folders(), png, options={"dpi": 600})


def bare(leaf: Leaf) -> None:
    """What any program must do that makes a page of a picture: paste it on paper and encode that."""
    with Image.open(io.BytesIO(leaf.png or b"")) as image:
        paper = Image.new("L", image.size, 255)
        paper.paste(image.convert("L"))
    paper.save(io.BytesIO(), "PNG", compress_level=4)


def per_page(name: str, work: Callable[[Leaf], object], leaves: Sequence[Leaf]) -> float:
    """Prints the median of all pages in milliseconds: the clock's and the processor's. Answers the latter."""
    work(leaves[0])  # opens the faces
    clock, cpu = [], []
    for leaf in leaves:
        started, used = time.perf_counter(), time.process_time()
        work(leaf)
        clock.append(1000 * (time.perf_counter() - started))
        cpu.append(1000 * (time.process_time() - used))
    target = f"   target {TARGETS_MS[name]} ms" if name in TARGETS_MS else ""
    print(f"{name:<22}{median(clock):7.0f} ms   of one core {median(cpu):5.0f} ms{target}")
    return median(cpu)


async def all_exports(home: Path, work_id: UUID) -> float:
    """Prints seconds of each format, of which two are made at a time: while one is bound, pages of the other are drawn.
    Answers seconds of all."""
    settings = StorageSettings(home=home)
    with _held(settings) as hold:
        servers = await hold.wait_async()
        async with open_database(servers.database_url) as pool, open_process_pool() as offload:
            desk = Desk(pool, open_blobs(settings), offload)
            turn = asyncio.Semaphore(AT_ONCE)
            whole = time.perf_counter()
            await asyncio.gather(*(_exported(desk, work_id, name, turn) for name in NAMES))
            return time.perf_counter() - whole


async def _exported(desk: Desk, work_id: UUID, name: str, turn: asyncio.Semaphore) -> None:
    async with turn:
        started = time.perf_counter()
        made = await export(desk, work_id, Wish(name))
        print(f"  {name:<20}{time.perf_counter() - started:7.2f} s   {made.bytes / 1e6:7.2f} MB")


def _of_children() -> float:
    """Seconds of the processor of all processes that have ended: the pool's."""
    told = getrusage(RUSAGE_CHILDREN)
    return told.ru_utime + told.ru_stime


@contextmanager
def _held(settings: StorageSettings) -> Iterator[ServerHold]:
    hold = ServerHold(settings)
    try:
        hold.begin()
        yield hold
    finally:
        hold.release()


def main() -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--story", type=Path, default=STORY)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mangaka-pages-") as folder:
        home = Path(folder)
        book = drawn_book(home, chosen.story)
        work_id = json.loads((book / "work.json").read_bytes())["id"]
        leaves = list(leaves_of(book, home, work_id))
        print(f"{len(leaves)} pages, one after the other, medians:")
        ours = per_page("page at 1600 px", lambda leaf: page_files(leaf.graph, leaf.pictures, leaf.folders), leaves)
        per_page("sheet at 600 dpi", mono_sheet, leaves)
        pasted = per_page("bare paste, encode", bare, leaves)
        print(f"a page takes {ours / pasted:.1f} times as long as a bare paste and encode of the same picture")
        print("every export, in the process pool:")
        used = _of_children()
        total = asyncio.run(all_exports(home, UUID(work_id)))
        used = _of_children() - used
        print(f"  {'all':<20}{total:7.2f} s   {used:.2f} s of processors   target {ALL_S} s on 2 cores")
    return 0


if __name__ == "__main__":
    sys.exit(main())
