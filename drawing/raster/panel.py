"""A picture that an image model answered: bytes in, a panel fit for print out. Pure; for the process pool."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from PIL import Image

from drawing.art.panel import PanelRequest, draw_panel
from drawing.raster.crop import window_of
from drawing.raster.decode import decoded
from manga.artwork import FigureAnchors, FoundBy
from manga.characters import Look
from manga.geometry import Polygon, Rect, mm_to_px
from manga.storyboard import SceneDirection
from manga.values import Share

COLOR_DPI = 300
LEAST_SIDE_PX = 64
"""No image model answers a smaller picture than this; what is smaller is no panel."""


@dataclass(frozen=True, slots=True)
class RasterPanel:
    """An encoded picture of exactly the panel's proportions, `width` by `height` pixels, and where its figures are
    (shares of the picture). `ink` is its share of black, tones counted by their density."""

    data: bytes
    media_type: Literal["image/png", "image/jpeg"]
    width: int
    height: int
    figures: tuple[FigureAnchors, ...]
    found_by: FoundBy
    ink: Share


def make_panel(
    data: bytes,
    *,
    width_mm: float,
    height_mm: float,
    outline: Polygon,
    direction: SceneDirection,
    color: bool = False,
    boxes: tuple[tuple[str, Rect], ...] = (),
    looks: Mapping[str, Look] | None = None,
    period: str = "modern",
) -> RasterPanel:
    """Cut to the panel, inked and toned (or kept in colour), with faces.

    `boxes` are faces by character key, as a model told them: shares 0..1 of the picture as it was answered. `looks` are
    those of the cast. `outline` is the panel's border in millimetres from the picture's top left. Raises `BadPicture`,
    a ValueError with the reason, for bytes that are no picture.
    """
    image = decoded(data, least_side_px=LEAST_SIDE_PX)
    window = window_of(image.width, image.height, width_mm / height_mm, [box for _, box in boxes])
    width = min(round(mm_to_px(width_mm, COLOR_DPI)), 2 * round(window.width))
    height = max(1, round(width * height_mm / width_mm))
    cut = image.resize((width, height), Image.Resampling.LANCZOS, box=window.box)
    cut = cut if color else cut.convert("L")
    out = io.BytesIO()
    cut.save(out, "PNG")
    request = PanelRequest(width_mm, height_mm, direction, looks or {}, period)
    figures = draw_panel(request).figures
    mean = cut.convert("L").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    ink = round(1 - float(mean) / 255, 3) if isinstance(mean, int | float) else 0.0
    return RasterPanel(out.getvalue(), "image/png", width, height, figures, "direction", ink)
