"""The offline artist: an `ImageModel` that draws with the procedural artist; the same bytes every time.

In: `PanelBrief`. Out: `Picture` whose data is canonical JSON of drawing calls (`Drawing.to_json`).
"""

import json
from collections.abc import Sequence

from drawing.art.draw_panel import draw_panel
from manga.artwork import PictureMap
from manga.panel_brief import PanelBrief
from providers.base import Offload, Picture, Sheet, SheetBrief

STYLE = "ink-14"
"""Raised whenever the artist draws differently, so that stored pictures are told apart."""


class OfflineArtist:
    """Draws in a worker process, because drawing is pure computation."""

    def __init__(self, offload: Offload) -> None:
        self._offload = offload

    @property
    def name(self) -> str:
        return f"offline-artist/{STYLE}"

    @property
    def paid(self) -> bool:
        return False

    @property
    def most_sheets(self) -> int:
        return 0

    async def draw(self, brief: PanelBrief, sheets: Sequence[Sheet] = (), *, simplified: bool = False) -> Picture:
        return await self._offload.run(picture, brief, self.name)

    async def draw_sheet(self, brief: SheetBrief) -> Picture:
        """This artist draws from looks alone, so nobody asks it for a sheet."""
        raise NotImplementedError


def picture(brief: PanelBrief, model: str) -> Picture:
    """The pure work of one panel."""
    drawn = draw_panel(brief.with_own_chance())
    data = json.dumps(drawn.drawing.to_json(), separators=(",", ":"), sort_keys=True, ensure_ascii=True).encode()
    return Picture(
        data=data,
        media_type="application/x-manga-art+json",
        width=brief.width_mm,
        height=brief.height_mm,
        figures=drawn.figures,
        ink=drawn.ink,
        model=model,
        missing=drawn.missing,
        breakout=drawn.breakout,
        drawn=drawn.drawn,
        where=PictureMap(things=drawn.things) if drawn.things else None,
    )
