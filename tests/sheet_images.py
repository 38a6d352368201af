"""An image model that draws after sheets, for tests."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from manga.panel_brief import PanelBrief
from providers.base import Picture, Sheet, SheetBrief
from tests.graph.crew import ScriptedImages, picture_of


def sheet_png(brief: SheetBrief) -> bytes:
    """A small picture that differs with everything that the sheet is drawn from."""
    image = Image.new("L", (64, 80), 255)
    ImageDraw.Draw(image).multiline_text((2, 2), f"{brief.character.description}\n{brief.take} {brief.art_style}", 0)
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue() + str(brief.to_json()).encode()


@dataclass
class SheetImages(ScriptedImages):
    """Draws sheets at once, or as `on_sheet` says. `sketched` are the characters and takes that it was asked for,
    `after` the sheets (by character and bytes) that each panel was last drawn after."""

    on_sheet: Callable[[SheetBrief], Any] | None = None
    most: int = 4
    sketched: list[tuple[str, int]] = field(default_factory=list)
    after: dict[str, list[tuple[str, bytes]]] = field(default_factory=dict)
    paid_for: bool = False
    name: str = "sheet-images/1"

    @property
    def paid(self) -> bool:
        return self.paid_for

    @property
    def most_sheets(self) -> int:
        return self.most

    async def draw_sheet(self, brief: SheetBrief) -> Picture:
        self.active += 1
        self.peak = max(self.peak, self.active)
        try:
            self.sketched.append((brief.character.key, brief.take))
            await asyncio.sleep(0)
            if self.on_sheet is not None:
                result = self.on_sheet(brief)
                if asyncio.iscoroutine(result):
                    await result
            return Picture(sheet_png(brief), "image/png", 64, 80, model="sheet-images/1.2", cost_usd=0.03)
        finally:
            self.active -= 1

    async def draw(self, brief: PanelBrief, sheets: Sequence[Sheet] = (), *, simplified: bool = False) -> Picture:
        await super().draw(brief, sheets, simplified=simplified)
        self.after[brief.panel] = [(sheet.character, sheet.data) for sheet in sheets]
        return picture_of(brief)
