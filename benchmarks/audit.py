"""`make audit`: every gate of the audit over whole stories and thousands of random pages. Exit code 1: one is broken.

Stories are told, drawn and lettered by the offline models, through the product's own steps. Random pages are laid out,
peopled and lettered (`benchmarks.random_pages`). What must hold for any page is held over both. Averages (panels,
silence, letters, faces covered) are held over all stories together: one story of letters or without a word spoken is
told so on purpose. Other gates of single stories are printed and hold nothing up.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from benchmarks.random_pages import random_graph
from drawing.lettering.fonts import faces, standard_folders
from drawing.pages.audit import audit
from evals.answering_models import ModelChoice, open_models
from evals.measured_stories import Subject
from evals.read_gold import STORIES
from evals.run_phases import walk
from manga.book import Book, Gate
from manga.phases import Phase
from manga.story_source import read_source

OF_ANY_PAGE = (
    "reading_order_ok",
    "panel_overlaps",
    "balloon_overlaps",
    "faces_covered",
    "tails_right",
    "text_lost_chars",
    "kinsoku_violations",
    "missing_glyphs",
    "min_font_q",
    "importance_area_rho",
    "gutter_ratio",
    "panel_share",
    "balloon_area",
    "type_outside",
    "text_overflow",
    "long_columns",
    "gaze_crossings",
    "backtracks",
    "breakouts",
    "in_the_fold",
    "far_tails",
)
"""What holds whatever a storyboard asks for; the other gates judge the storyboard."""
RANDOM_PAGES = 2000
BLOCK = 50
RARE = 0.001
"""Of random pages, or of their balloons: so many may break a gate that no page of a story may, for chance fills some
beyond help: seven panels on a small page, and in the smallest of them three people and two long sentences."""
_RARELY_BROKEN = frozenset({"reading_order_ok", "backtracks", "gaze_crossings"})
_OVER_ALL = frozenset({"faces_covered", "balloon_area", "gaze_crossings", "far_tails"})
OF_EVERY_STORY = (*(name for name in OF_ANY_PAGE if name not in _OVER_ALL), "ink_ratio",
                  "hooks", "equal_shots", "equal_layouts", "texts_per_page")  # fmt: skip
OF_ALL_STORIES: dict[str, tuple[float, float]] = {
    "panels_per_page": (4.5, 5.8),
    "silent_panels": (0.10, 0.25),
    "importance_area_rho": (0.7, 1.0),
    "hooks": (0.75, 1.0),
    "one_size": (0.9, 1.0),
    "faces_covered": (0.0, 0.005),
}
LETTERS_TOGETHER: dict[str, tuple[float, float]] = {"ja": (70, 120), "en": (0, 600)}


@dataclass(frozen=True, slots=True)
class Told:
    """A story's gates, or why it has none."""

    name: str
    gates: tuple[Gate, ...] = ()
    balloons: int = 0
    error: str = ""

    @property
    def language(self) -> str:
        return self.name[:2]

    def value(self, name: str) -> float:
        return next(gate.value for gate in self.gates if gate.name == name)


def story_told(path: Path) -> Told:
    """In a process of its own."""
    return asyncio.run(_told(path.stem, path.read_text(encoding="utf-8")))


async def _told(name: str, text: str) -> Told:
    subject = Subject(id=f"{name}-{uuid4()}", text=text, source=read_source(text))
    with tempfile.TemporaryDirectory(prefix="mangaka-audit-") as home:
        async with open_models(ModelChoice(), Path(home), 0) as models:
            outputs = [output async for output in walk(subject, models, Phase.FINISHING)]
    last = outputs[-1]
    if last.result is None or last.phase != Phase.FINISHING.value:
        return Told(name, error=f"{last.phase}: {last.error}")
    lettered = next(o.result for o in outputs if o.phase == Phase.LETTERING.value and o.result)
    balloons = sum(len(page["balloons"]) for page in lettered["pages"])
    return Told(name, Book.of(last.result).report.gates, balloons)


def random_block(start: int, size: int = BLOCK) -> tuple[int, tuple[Gate, ...]]:
    """The gates of some random pages, and how many balloons they have. Pages are numbered from 1."""
    pages = [random_graph(seed) for seed in range(start, start + size)]
    gates = audit(pages, faces(standard_folders()))
    return sum(len(page.balloons) for page in pages), tuple(gate for gate in gates if gate.name in OF_ANY_PAGE)


def stories(names: Sequence[str]) -> list[Path]:
    found = sorted(STORIES.glob("*.txt"))
    return [path for path in found if not names or path.stem in names]


def tell_stories(pool: ProcessPoolExecutor, paths: Sequence[Path]) -> Iterator[str]:
    """Prints a line a story and what they are together; yields what is broken."""
    told: list[Told] = []
    for one in pool.map(story_told, paths):
        wrong = [gate for gate in one.gates if not gate.ok]
        words = ", ".join(map(_row, wrong)) or "every gate holds"
        print(f"  {one.name:<14} {one.balloons:>4} balloons  {one.error or words}", flush=True)
        yield from (f"{one.name}: {_row(gate)}" for gate in wrong if gate.name in OF_EVERY_STORY)
        if one.error:
            yield f"{one.name}: {one.error}"
        else:
            told.append(one)
    for name, (low, high) in OF_ALL_STORIES.items():
        yield from _over_all(name, told, low, high)
    for language, (low, high) in LETTERS_TOGETHER.items():
        yield from _over_all("chars_per_page", [one for one in told if one.language == language], low, high)


def _over_all(name: str, told: Sequence[Told], low: float, high: float) -> Iterator[str]:
    """A mean over stories; a balloon that covers a face counts among all balloons."""
    weights = [one.balloons if name == "faces_covered" else 1 for one in told]
    values = [one.value(name) for one in told]
    mean = sum(w * v for w, v in zip(weights, values, strict=True)) / max(1, sum(weights))
    spread = f"{min(values, default=0):.3f} to {max(values, default=0):.3f}"
    ok = low <= mean <= high or not told
    print(f"  {'ok' if ok else 'BROKEN':<7}{name:<22}{mean:9.4f}  {low:g} to {high:g}; stories {spread}")
    if not ok:
        yield f"all stories: {name} {mean:.4f}"


def tell_random(pool: ProcessPoolExecutor, count: int) -> Iterator[str]:
    """Prints a line a gate; yields what is broken."""
    blocks = list(pool.map(random_block, range(0, count, BLOCK)))
    balloons = sum(size for size, _ in blocks)
    for name in OF_ANY_PAGE:
        found = [(size, next(gate for gate in gates if gate.name == name)) for size, gates in blocks]
        value, ok = _together(name, found, balloons)
        pages = sum(len(gate.pages) for _, gate in found if not gate.ok)
        print(f"  {'ok' if ok else 'BROKEN':<7}{name:<22}{value:9.4f}  {found[0][1].gate}  {pages or ''}")
        if not ok:
            yield f"random pages: {name} {value:g}"


def _together(name: str, found: Sequence[tuple[int, Gate]], balloons: int) -> tuple[float, bool]:
    """A gate over all blocks: shares of balloons are weighed, correlations averaged, counts added."""
    if name in {"faces_covered", "tails_right", "long_columns", "far_tails"}:
        value = sum(size * gate.value for size, gate in found) / max(1, balloons)
        limits = {"faces_covered": 0.005, "far_tails": 0.01, "long_columns": 0.02}
        return value, value >= 1 - RARE if name == "tails_right" else value <= limits[name]
    if name in _RARELY_BROKEN:
        pages = sum(len(gate.pages) for _, gate in found if not gate.ok) / (BLOCK * len(found))
        return (1 - pages if name == "reading_order_ok" else pages), pages <= RARE
    values = [gate.value for _, gate in found]
    if found[0][1].gate == "= 0":
        return sum(values), not any(values)
    if name == "min_font_q":
        return min(values), all(gate.ok for _, gate in found)
    return sum(values) / len(values), all(gate.ok for _, gate in found)


def _row(gate: Gate) -> str:
    pages = f" on pages {', '.join(map(str, gate.pages[:6]))}" if gate.pages else ""
    return f"{gate.name} {gate.value:g} ({gate.gate}){pages}"


def main(arguments: Iterable[str] | None = None) -> int:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", nargs="*", default=[], help="names in evals/stories; all without")
    parser.add_argument("--random", type=int, default=RANDOM_PAGES)
    parser.add_argument("--processes", type=int, default=2)
    chosen = parser.parse_args(list(arguments) if arguments is not None else None)
    broken: list[str] = []
    started = time.perf_counter()
    with ProcessPoolExecutor(chosen.processes) as pool:
        if paths := stories(chosen.stories):
            print(f"{len(paths)} stories:")
            broken += tell_stories(pool, paths)
        if chosen.random:
            print(f"{chosen.random} random pages:")
            broken += tell_random(pool, chosen.random)
    print(f"{len(broken)} broken, {time.perf_counter() - started:.0f} s")
    for what in broken:
        print(f"  BROKEN {what}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
