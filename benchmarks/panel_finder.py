"""`python -m benchmarks.panel_finder [BOOK ...]`: does a panel finder that is not ours see the panels that we drew?

Guided-view readers cut pages into panels by themselves. One of their finders (cbxy: contours of OpenCV, its own
settings) gets the finished pictures of pages and nothing else; its boxes are held against the scene graphs beside them.
A panel is found where one box fits it by `FITS` (intersection over union, each box for one panel); a page is right
where all its panels are found and nothing else is. Without a BOOK ten of our own stories are drawn first.

What is missed is counted by what lies at the panel's edge; `MEANT` kinds leave it open on purpose. Exit code 0: all
bounds hold, 1: one is broken, 2: wrong use.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.figure import Figure
from manga.book import PageGraph, PanelNode
from manga.geometry import Rect, bounds, inside

ROOT: Final = Path(__file__).resolve().parents[1]
FITS: Final = 0.7
PANELS_FOUND, PAGES_RIGHT = 0.95, 0.90
IN_ANOTHER: Final = 0.55
"""Of a panel's box, inside another's: more, and finders take it for a part of that one."""
STORIES: Final = {
    "en_goose": "free", "en_mole": "free", "en_remarks": "free", "en_window": "free", "en_nines": "strip",
    "ja_bandai": "free", "ja_housou": "free", "ja_jizou": "free", "ja_tokei": "free", "ja_denwa": "yonkoma",
}  # fmt: skip
"""Both languages and directions, free pages, a newspaper's strips and 4-koma columns."""
MEANT: Final = ("bleed", "figure before the border", "sound over the border")
AT_ONCE: Final = 2
"""Books that are drawn at the same time."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page's scene graph and the boxes found in its picture, in millimetres of the page."""

    name: str
    graph: PageGraph
    found: tuple[Rect, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """Which panels of a page nobody found, why, and how many boxes are no panel."""

    page: Page
    missed: tuple[tuple[PanelNode, str], ...]
    strays: int

    @property
    def right(self) -> bool:
        return not self.missed and not self.strays


def pages_of(book: Path) -> list[Path]:
    """The scene graphs of a book's folder, title page and colophon left out. Raises FileNotFoundError without one."""
    files = sorted(book.rglob("pages/*.json"))
    bodies = [file for file in files if json.loads(file.read_bytes())["kind"] == "body"]
    if not bodies:
        raise FileNotFoundError(f"{book} holds no pages; give a folder that `mangaka draw --out` wrote")
    return bodies


def look(file: Path) -> Page:
    """What the finder sees in the picture beside a scene graph. Raises OSError for a picture that cannot be read."""
    import cv2
    from cbxy.detect.cv import detect_panels

    picture = file.with_suffix(".png")
    image = cv2.imread(str(picture))
    if image is None:
        raise OSError(f"{picture} is no picture that OpenCV reads; draw the book again")
    graph = PageGraph.of(json.loads(file.read_bytes()))
    found = (_placed((box.x, box.y, box.w, box.h), graph.trim) for box in detect_panels(image))
    return Page(f"{file.parents[1].name} {file.stem}", graph, tuple(found))


def _placed(share: Sequence[float], trim: Rect) -> Rect:
    x, y, width, height = share
    return Rect(x=x * trim.width, y=y * trim.height, width=width * trim.width, height=height * trim.height)


def shown(panel: PanelNode, trim: Rect) -> Rect:
    """The box of what the cut page shows of a panel."""
    points = ((min(max(x, trim.x), trim.right), min(max(y, trim.y), trim.bottom)) for x, y in panel.polygon)
    return bounds(tuple(points))


def fit(a: Rect, b: Rect) -> float:
    """Intersection over union."""
    both = a.overlap(b)
    return both / (a.area + b.area - both) if both else 0.0


def judge(page: Page) -> Seen:
    """Best fits first; a box counts for one panel and a panel for one box."""
    panels = [shown(panel, page.graph.trim) for panel in page.graph.panels]
    fits = ((fit(panel, box), i, j) for i, panel in enumerate(panels) for j, box in enumerate(page.found))
    seen: dict[int, int] = {}
    for share, i, j in sorted(fits, reverse=True):
        if share >= FITS and i not in seen and j not in seen.values():
            seen[i] = j
    missed = tuple((panel, kind(panel, page.graph)) for i, panel in enumerate(page.graph.panels) if i not in seen)
    return Seen(page, missed, len(page.found) - len(seen))


def kind(panel: PanelNode, graph: PageGraph) -> str:
    """What stands at a panel's edge that can hide it from a finder; the first that does."""
    box = shown(panel, graph.trim)
    others = [shown(other, graph.trim) for other in graph.panels if other.key != panel.key]
    if panel.bleeds:
        return "bleed"
    if any(other.breakout for other in graph.panels if other.key == panel.key or _touched(other, panel)):
        return "figure before the border"
    if any(other.overlap(box) >= IN_ANOTHER * min(box.area, other.area) for other in others):
        return "in another's corner"
    if any(sfx.layer == "before" and _crosses(sfx.polygon, panel) for sfx in graph.sfx):
        return "sound over the border"
    if any(_crosses(balloon.polygon, panel) for balloon in graph.balloons):
        return "balloon over the border"
    return "no border" if panel.borderless else "nothing at its edge"


def _touched(other: PanelNode, panel: PanelNode) -> bool:
    lines = other.breakout.outlines if other.breakout else ()
    return any(bounds(panel.polygon).overlap(bounds(line)) > 0 for line in lines)


def _crosses(polygon: Sequence[tuple[float, float]], panel: PanelNode) -> bool:
    """Whether some of it lies in the panel and some outside."""
    return len({inside(point, panel.polygon) for point in polygon}) > 1


def figures(seen: Sequence[Seen]) -> tuple[Figure, ...]:
    """Two bounds, what is missed beside them by kind, and what is missed without being meant."""
    panels = sum(len(one.page.graph.panels) for one in seen)
    kinds = Counter(name for one in seen for _, name in one.missed)
    unmeant = sum(count for name, count in kinds.items() if name not in MEANT)
    return (
        Figure("panels found", 1 - kinds.total() / panels, "", least=PANELS_FOUND),
        Figure("pages right", sum(one.right for one in seen) / len(seen), "", least=PAGES_RIGHT),
        Figure("boxes that are no panel, to a page", sum(one.strays for one in seen) / len(seen), ""),
        *(Figure(f"missed: {name}", count, "") for name, count in sorted(kinds.items())),
        Figure("missed, and no bleed or breakout is meant, of all panels", unmeant / panels, ""),
    )


def lines(seen: Sequence[Seen]) -> Iterator[str]:
    """Each page that is not right."""
    for one in seen:
        if not one.right:
            told = ", ".join(f"{panel.address} ({name})" for panel, name in one.missed)
            yield f"  {one.page.name}: missed {told or 'none'}; boxes that are no panel: {one.strays}"


def drawn(home: Path) -> list[Path]:
    """The ten stories, drawn by the product as anybody would. Raises CalledProcessError."""

    def draw(name: str, layout: str) -> Path:
        story, out = ROOT / f"evals/stories/{name}.txt", home / name
        command: list[str | Path] = [ROOT / "mangaka", "draw", story, "--layout", layout, "--out", out, "--quiet"]
        environment = {"MANGA_HOME": str(home / f"home_{name}"), "PATH": "/usr/bin:/bin"}
        subprocess.run(command, env=environment, check=True, capture_output=True)
        return out

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(draw, STORIES, STORIES.values()))


def main(arguments: Sequence[str]) -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.panel_finder", description=__doc__.split("\n")[0])
    parser.add_argument("books", nargs="*", type=Path, metavar="BOOK", help="folders of books (default: ten are drawn)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="draw the ten books here, and leave them")
    told = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory() as place:
            books = told.books or drawn(told.keep or Path(place))
            seen = [judge(page) for page in (look(file) for book in books for file in pages_of(book))]
    except OSError as failure:
        print(f"panel_finder: {failure}", file=sys.stderr)
        return 2
    except subprocess.CalledProcessError as failure:
        print(f"panel_finder: a book was not drawn: {failure.stderr.decode()[-300:]}", file=sys.stderr)
        return 2
    print(*lines(seen), sep="\n")
    print(f"{len(books)} books, {len(seen)} pages, {sum(len(one.page.graph.panels) for one in seen)} panels")
    table = figures(seen)
    print(*table, sep="\n")
    return 0 if all(figure.ok for figure in table) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
