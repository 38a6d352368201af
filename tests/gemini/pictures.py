"""The pictures that the stub answers with: a panel by the offline artist, or a test card. Pure, so a pool can do it."""

import hashlib
import io
import json
from typing import Final

from PIL import Image, ImageDraw
from pydantic import TypeAdapter, ValidationError

from drawing.ink.canvas import Drawing
from drawing.ink.pdf import to_pdf
from drawing.pages.render import pixels
from manga.characters import Character
from manga.storyboard import SceneDirection
from providers.base import PanelBrief
from providers.offline.artist import picture
from tests.gemini.wire import Json

HEIGHT_MM: Final = 60.0
_CAST: Final = TypeAdapter(tuple[Character, ...])


def brief_of(inputs: Json, width: int, height: int) -> PanelBrief | None:
    """The panel that a prompt's inputs direct, in the proportions asked for; None when they direct none."""
    wide = HEIGHT_MM * width / height
    outline = ((0.0, 0.0), (wide, 0.0), (wide, HEIGHT_MM), (0.0, HEIGHT_MM))
    cast = inputs.get("cast") or ()
    try:
        return PanelBrief(
            panel="b0001",
            width_mm=wide,
            height_mm=HEIGHT_MM,
            outline=outline,
            direction=SceneDirection.of(inputs.get("direction")),
            cast=_CAST.validate_python(cast.get("characters", ()) if isinstance(cast, dict) else cast),
        )
    except ValidationError:
        return None


def panel(brief: PanelBrief, width: int, height: int, media_type: str) -> bytes:
    """The offline artist's drawing as an image of exactly this size."""
    drawing = Drawing.of(json.loads(picture(brief, "stub").data))
    drawn = pixels(to_pdf(drawing), width_px=width)
    return encoded(drawn if drawn.size == (width, height) else drawn.resize((width, height)), media_type)


def card(prompt: str, seed: int, width: int, height: int, media_type: str) -> bytes:
    """A grey card with a frame and its diagonals; the grey follows from prompt and seed."""
    grey = 96 + hashlib.sha256(f"{seed}/{prompt}".encode()).digest()[0] // 2
    image = Image.new("L", (width, height), grey)
    pen = ImageDraw.Draw(image)
    pen.rectangle((8, 8, width - 9, height - 9), outline=0, width=4)
    pen.line((8, 8, width - 9, height - 9), fill=0, width=2)
    pen.line((8, height - 9, width - 9, 8), fill=0, width=2)
    return encoded(image, media_type)


def encoded(image: Image.Image, media_type: str) -> bytes:
    out = io.BytesIO()
    image.convert("RGB").save(out, media_type.removeprefix("image/").upper())
    return out.getvalue()
