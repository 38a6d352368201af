"""Pictures as a model might answer them, each a few shapes whose place and grey are known."""

import io
import math

from PIL import Image, ImageDraw

from drawing.raster.panel_from_picture import RasterPanel, make_panel
from manga.geometry import Polygon, Rect
from manga.storyboard import FigureDirection, SceneDirection, Shot

Picture = Image.Image


def scene(*people: str, shot: Shot = Shot.BUST) -> SceneDirection:
    """People from left to right."""
    places = [(i + 1) / (len(people) + 1) for i in range(len(people))]
    figures = tuple(FigureDirection(character=who, x=x) for who, x in zip(people, places, strict=True))
    return SceneDirection(shot=shot, figures=figures, setting="street")


def paper(width: int = 640, height: int = 480, grey: int = 255) -> Picture:
    return Image.new("L", (width, height), grey)


def disc(image: Picture, x: float, y: float, radius: float, grey: int = 0) -> Picture:
    ImageDraw.Draw(image).ellipse((x - radius, y - radius, x + radius, y + radius), fill=grey)
    return image


def box(image: Picture, left: float, top: float, right: float, bottom: float, grey: int = 0) -> Picture:
    ImageDraw.Draw(image).rectangle((left, top, right, bottom), fill=grey)
    return image


def screened(image: Picture, left: int, top: int, right: int, bottom: int, period: float, density: float) -> Picture:
    """A tone of round dots at 45 degrees, drawn four times as large and made smaller, as scans and models have them."""
    tone = Image.new("L", ((right - left) * 4, (bottom - top) * 4), 255)
    pen, step, radius = ImageDraw.Draw(tone), period * 4 / math.sqrt(2), period * 4 * math.sqrt(density / math.pi)
    for row in range(int(tone.height / step) + 2):
        for column in range(row % 2, int(tone.width / step) + 2, 2):
            x, y = column * step, row * step
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=0)
    image.paste(tone.resize((right - left, bottom - top), Image.Resampling.BOX), (left, top))
    return image


def encoded(image: Picture, form: str = "PNG", **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **more)
    return out.getvalue()


def outline(width_mm: float, height_mm: float) -> Polygon:
    return Rect(x=0, y=0, width=width_mm, height=height_mm).polygon()


def panel_of(
    image: Picture | bytes,
    width_mm: float = 80,
    height_mm: float = 60,
    *,
    direction: SceneDirection | None = None,
    color: bool = False,
    boxes: tuple[tuple[str, Rect], ...] = (),
    lettered: bool = False,
) -> RasterPanel:
    return make_panel(
        image if isinstance(image, bytes) else encoded(image),
        width_mm=width_mm,
        height_mm=height_mm,
        outline=outline(width_mm, height_mm),
        direction=direction or scene(),
        color=color,
        boxes=boxes,
        lettered=lettered,
    )


def shown(panel: RasterPanel) -> Picture:
    """The panel's own picture in greys, as anything shows it."""
    return Image.open(io.BytesIO(panel.data)).convert("L")
