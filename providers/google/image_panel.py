"""A stranger's bytes in, a picture of ours out, or AnswerInvalid. Pure computation, for the process pool."""

from dataclasses import dataclass

from PIL import Image

from drawing.raster.decode import BadPicture, opened
from drawing.raster.panel import LEAST_SIDE_PX, RasterPanel, make_panel
from manga.artwork import MediaType
from manga.errors import AnswerInvalid
from manga.geometry import Rect
from providers.base import PanelBrief

_TYPES: dict[str, MediaType] = {"PNG": "image/png", "JPEG": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class RasterSheet:
    """A sheet's bytes as they came, and what they are: the type that they say themselves, pixels, share of black."""

    data: bytes
    media_type: MediaType
    width: int
    height: int
    ink: float


def panel_of(data: bytes, brief: PanelBrief, boxes: tuple[tuple[str, Rect], ...]) -> RasterPanel:
    """Raises AnswerInvalid for bytes that are no picture."""
    try:
        return make_panel(
            data,
            width_mm=brief.width_mm,
            height_mm=brief.height_mm,
            outline=brief.outline,
            direction=brief.direction,
            color=brief.color,
            boxes=boxes,
            looks={person.key: person.look for person in brief.cast},
            period=brief.period,
        )
    except BadPicture as error:
        raise _invalid(error, brief.panel) from None


def sheet_of(data: bytes, character: str) -> RasterSheet:
    """Raises AnswerInvalid for bytes that are no picture that can be sent again."""
    try:
        image = opened(data, formats=tuple(_TYPES), least_side_px=LEAST_SIDE_PX)
    except BadPicture as error:
        raise _invalid(error, character) from None
    mean = image.convert("L").resize((1, 1), Image.Resampling.BOX).tobytes()[0]
    return RasterSheet(data, _TYPES[str(image.format)], image.width, image.height, round(1 - mean / 255, 3))


def _invalid(error: BadPicture, element: str) -> AnswerInvalid:
    return AnswerInvalid(f"The model's picture cannot be used: {error}.", phase="artwork", element=element)
