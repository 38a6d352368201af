"""`python -m evals roughs`: does a picture follow its direction better when our own rough of the panel goes along?

The same panels are drawn by the image model of the settings, without the rough and with it. Faces are found in both by
the detector, and compared with where they were directed. Without a model that costs money there is no data.
"""

import argparse
import asyncio
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from math import hypot
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from agents.picture_references import needs_rough
from drawing.art.draw_panel import expected_anchors
from drawing.pages.rough_picture import rough_png
from drawing.raster.decode_picture import decoded
from drawing.raster.find_faces import found_faces
from drawing.raster.panel_from_picture import make_panel
from evals.addable_counts import Tally
from evals.terminal_tables import wide
from evals.told_boards import add_stories, boards
from graph.open_services import open_images, read_model_settings, tariff_of
from manga.errors import MangaError
from manga.geometry import Rect
from manga.panel_brief import PanelBrief
from prompts.library import load_prompts
from providers.base import ImageModel, Picture, Sheet
from providers.process_pool import InlineOffload
from providers.settings import OFFLINE, ModelSettings

PANELS, MOST_USD = 24, 2.0
UNMEASURED: Final = 3
NEAR: Final = 1.0
"""How far from where it was directed a face may be, in heights of the directed face."""
AT_ONCE: Final = 4


@dataclass(frozen=True, slots=True)
class Followed(Tally):
    """How pictures follow their directions. `overlap` is the sum of each directed face's intersection over union."""

    panels: int = 0
    faces: int = 0
    there: int = 0
    overlap: float = 0.0
    as_many: int = 0


def add_parser(commands: "argparse._SubParsersAction[Any]") -> None:
    """Options of `roughs`."""
    top = commands.add_parser("roughs", help="are people where they were directed, without our rough and with it?")
    add_stories(top)
    top.add_argument("--panels", type=int, default=PANELS, help="how many panels; each is paid for twice")
    top.add_argument("--most-usd", type=float, default=MOST_USD, help="what the pictures may cost together")
    top.add_argument("--out", type=Path, metavar="DIR", help="keep roughs and pictures here, to look at")


def roughs(told: argparse.Namespace, console: Console) -> int:
    """The exit code: 3 where there is no image model to ask."""
    settings = read_model_settings()
    price = tariff_of(settings, datetime.now(UTC).date()).picture_usd
    if settings.image() == OFFLINE:
        console.print("insufficient data: no key of an image model, so nothing was drawn", markup=False)
        return UNMEASURED
    panels = told.panels if not price else min(told.panels, int(told.most_usd / (2 * price)))
    found = asyncio.run(_compared(settings, told.stories, panels, told.out))
    if not found[0].faces:
        console.print("insufficient data: no panel was drawn both ways", markup=False)
        return UNMEASURED
    wide(console).print(_table(settings.image(), found))
    return 0


async def _compared(
    settings: ModelSettings, stories: Sequence[str], most: int, out: Path | None
) -> tuple[Followed, Followed]:
    chosen = [brief async for board in boards(stories) for brief in board.briefs.values() if needs_rough(brief)]
    step = max(1, len(chosen) // max(1, most))
    gate = asyncio.Semaphore(AT_ONCE)
    async with AsyncExitStack() as stack:
        images = open_images(settings, load_prompts(), InlineOffload(), stack)

        async def pair(brief: PanelBrief) -> tuple[Followed, Followed] | None:
            async with gate:
                return await both_ways(images, brief, out)

        pairs = await asyncio.gather(*map(pair, chosen[::step][:most]))
    drawn = [one for one in pairs if one is not None]
    return sum((one for one, _ in drawn), Followed()), sum((other for _, other in drawn), Followed())


async def both_ways(images: ImageModel, brief: PanelBrief, out: Path | None = None) -> tuple[Followed, Followed] | None:
    """One panel, first without its rough. None where the model refuses either: a panel counts on both sides or none."""
    rough = Sheet("", rough_png(brief), "image/png", rough=True)
    found = []
    for name, sheets in (("without", ()), ("with", (rough,))):
        try:
            picture = await images.draw(brief, sheets)
        except MangaError:
            return None
        if out is not None:
            await asyncio.to_thread(_keep, out, brief.panel, name, rough.data, picture)
        found.append(followed(picture.data, brief))
    return found[0], found[1]


def _keep(folder: Path, panel: str, name: str, rough: bytes, picture: Picture) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{panel}-rough.png").write_bytes(rough)
    (folder / f"{panel}-{name}.{picture.media_type.rpartition('/')[2]}").write_bytes(picture.data)


def followed(data: bytes, brief: PanelBrief) -> Followed:
    """Of one picture as a model answered it. Raises BadPicture for bytes that are none."""
    import numpy as np

    shown = make_panel(
        data, width_mm=brief.width_mm, height_mm=brief.height_mm, outline=brief.outline, direction=brief.direction,
        looks=brief.looks, period=brief.period, culture=brief.culture,
    ).shown  # fmt: skip
    seen = [face.box.in_shares_of(shown) for face in found_faces(np.asarray(decoded(data, grey=True)))]
    directed = [one.face for one in expected_anchors(brief) if one.face is not None]
    pairs = list(_paired(directed, seen, brief.width_mm / brief.height_mm))
    return Followed(
        panels=1,
        faces=len(directed),
        there=sum(apart <= NEAR for apart, _ in pairs),
        overlap=sum(overlap for _, overlap in pairs),
        as_many=len(seen) == len(directed),
    )


def _paired(directed: Sequence[Rect], seen: Sequence[Rect], aspect: float) -> Iterator[tuple[float, float]]:
    """Every directed face with the nearest seen one that no other has: how far apart, in its heights, and their
    intersection over union."""
    ways = sorted(
        (hypot((a.centre[0] - b.centre[0]) * aspect, a.centre[1] - b.centre[1]) / max(1e-6, a.height), i, j)
        for i, a in enumerate(directed)
        for j, b in enumerate(seen)
    )
    taken: set[tuple[str, int]] = set()
    for apart, i, j in ways:
        if ("directed", i) in taken or ("seen", j) in taken:
            continue
        taken |= {("directed", i), ("seen", j)}
        both = directed[i].overlap(seen[j])
        yield apart, both / (directed[i].area + seen[j].area - both)


def _table(model: str, found: tuple[Followed, Followed]) -> Table:
    table = Table(title=f"{model}: where people were directed")
    for name in ("our rough", "panels", "faces directed", "faces there", "overlap (IoU)", "as many as directed"):
        table.add_column(name)
    for way, one in zip(("without", "with"), found, strict=True):
        table.add_row(
            way, str(one.panels), str(one.faces), f"{one.there} ({100 * one.there / one.faces:.0f} %)",
            f"{one.overlap / one.faces:.2f}", f"{one.as_many} of {one.panels}",
        )  # fmt: skip
    return table
