"""`python -m evals letters`: letters that are found in pictures, and letterless pictures that are flagged.

Pictures are panels of our own artist, in even greys as image models answer, and those of a folder, if one is named.
Each is looked at as it is, and once more with a balloon, a caption, a sign, a signature or a sound painted into it.
"""

import argparse
import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from random import Random
from typing import Any, Final

from PIL import Image
from rich.console import Console
from rich.table import Table

from drawing.raster.decode_picture import decoded
from evals.addable_counts import Tally
from evals.faces.others_pictures import strayed
from evals.letters.painted_letters import KINDS, SCRIPTS, Kind, Lettered, Script, painted
from evals.letters.words_to_paint import WORDS, fonts_of
from evals.terminal_tables import wide
from evals.told_boards import add_stories, boards
from manga.panel_brief import PanelBrief

LEAST_FOUND, MOST_FLAGGED = 0.90, 0.02
PIXELS: Final = 1024 * 1024
"""How large image models answer: so many at least, whatever the proportions."""

_ENDINGS: Final = {".png", ".jpg", ".jpeg", ".webp"}


@dataclass(frozen=True, slots=True)
class LetterCount(Tally):
    """Pictures with letters, those that are flagged, and those from which all letters are painted out."""

    pictures: int = 0
    found: int = 0
    clean: int = 0

    @property
    def share(self) -> float:
        """Of pictures, that are flagged."""
        return self.found / self.pictures if self.pictures else 0.0


@dataclass(frozen=True, slots=True)
class LettersFound:
    """Of some pictures as they are, and of the same with letters in them, by what was painted."""

    letterless: LetterCount
    lettered: dict[tuple[Kind, Script], LetterCount]
    flagged: tuple[str, ...] = ()

    @property
    def whole(self) -> LetterCount:
        """Of all that was painted."""
        return sum(self.lettered.values(), LetterCount())


def add_parser(commands: "argparse._SubParsersAction[Any]") -> None:
    """Options of `letters`."""
    top = commands.add_parser("letters", help="letters that image models draw by themselves: found, and false alarms")
    add_stories(top)
    top.add_argument("--pictures", type=Path, metavar="DIR", help="with these pictures too, which have no letters")


def letters(told: argparse.Namespace, console: Console) -> int:
    """The exit code: 1 where too few letters are found, or too many letterless pictures are flagged."""
    pictures = asyncio.run(_drawn(told.stories))
    if told.pictures is not None:
        pictures += [(path.name, _opened(path.read_bytes())) for path in _files(told.pictures)]
    if not pictures:
        raise ValueError("these stories have no panels")
    found = measured(pictures)
    wide(console).print(_table(found))
    for name in found.flagged:
        console.print(f"flagged without letters: {name}", markup=False)
    few, many = found.whole.share < LEAST_FOUND, found.letterless.share > MOST_FLAGGED
    if few:
        console.print(f"too few are found: {100 * found.whole.share:.0f} % of {100 * LEAST_FOUND:.0f} %", markup=False)
    if many:
        console.print("too many pictures without letters are flagged", markup=False)
    return int(few or many)


async def _drawn(stories: Iterable[str]) -> list[tuple[str, Image.Image]]:
    """Every panel of these stories as our artist draws it."""
    return [
        (f"{board.story} {key}", _opened(strayed(brief, "as directed", _width_of(brief)).data))
        async for board in boards(stories)
        for key, brief in board.briefs.items()
    ]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in _ENDINGS)


def _opened(data: bytes) -> Image.Image:
    grey = decoded(data, grey=True)
    scale = sqrt(PIXELS / (grey.width * grey.height))
    if scale >= 1:
        return grey
    return grey.resize((round(grey.width * scale), round(grey.height * scale)), Image.Resampling.LANCZOS)


def _width_of(brief: PanelBrief) -> int:
    return round(sqrt(PIXELS * brief.width_mm / brief.height_mm))


def measured(pictures: Iterable[tuple[str, Image.Image]]) -> LettersFound:
    """Each picture twice."""
    letterless, flagged = LetterCount(), []
    lettered: dict[tuple[Kind, Script], LetterCount] = {}
    for name, plain, written in _painted(pictures):
        alone = count_in(plain)
        flagged += [name] * alone.found
        letterless += alone
        kind = (written.kind, written.script)
        lettered[kind] = lettered.get(kind, LetterCount()) + count_in(written.image)
    return LettersFound(letterless, lettered, tuple(flagged))


def _painted(pictures: Iterable[tuple[str, Image.Image]]) -> Iterator[tuple[str, Image.Image, Lettered]]:
    """With letters of every kind and script in turn."""
    turns = [(kind, script) for script in SCRIPTS for kind in KINDS]
    for i, (name, picture) in enumerate(pictures):
        kind, script = turns[i % len(turns)]
        yield name, picture, painted(picture, kind, script, WORDS, fonts_of(script), Random(f"{name} {kind} {script}"))


def count_in(picture: Image.Image) -> LetterCount:
    """What the product finds in one picture, and whether it can take it away."""
    import numpy as np

    from drawing.raster.find_letters import found_letters
    from drawing.raster.paint_out_letters import painted_out

    found = found_letters(np.asarray(picture))
    return LetterCount(1, bool(found), bool(found) and not painted_out(picture, found)[1])


def _table(found: LettersFound) -> Table:
    table = Table(title="Letters that a model drew by itself")
    for name in ("painted in", "script", "pictures", "found", "painted out"):
        table.add_column(name)
    for (kind, script), count in sorted(found.lettered.items()):
        table.add_row(kind, script, str(count.pictures), str(count.found), str(count.clean))
    for name, count in (("all", found.whole), ("nothing", found.letterless)):
        share = f"{count.found} ({100 * count.share:.1f} %)"
        table.add_row(name, "", str(count.pictures), share, str(count.clean))
    return table
