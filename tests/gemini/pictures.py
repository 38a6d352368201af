"""The pictures that the stub answers with: a panel or a character sheet by the offline artist, or a test card.

Pure, so a pool can do it.
"""

import hashlib
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw
from pydantic import TypeAdapter, ValidationError

from drawing.ink.drawing_calls import Call, Drawing
from drawing.ink.pdf import to_pdf
from drawing.pages.pdf_to_pixels import pixels
from manga.artwork import FigureAnchors
from manga.characters import Character
from manga.panel_brief import PanelBrief
from manga.storyboard import FigureDirection, SceneDirection, Shot
from offline.artist import picture
from tests.gemini.wire import Json

HEIGHT_MM: Final = 60.0
JPEG_QUALITY: Final = 92
_CAST: Final = TypeAdapter(tuple[Character, ...])


@dataclass(frozen=True, slots=True)
class Shown:
    """An encoded picture, and what a model says beside it."""

    data: bytes
    says: str


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
            period=(inputs.get("style") or {}).get("period", "modern"),
        )
    except ValidationError:
        return None


def sheet_of(inputs: Json) -> tuple[PanelBrief, ...]:
    """The views of a character sheet that a prompt's inputs ask for, from left to right; empty when they ask for none.

    Their proportions are thirds of a sheet of 3:2.
    """
    try:
        person = Character.of(inputs.get("character"))
    except ValidationError:
        return ()
    wide = HEIGHT_MM / 2
    views = (
        (Shot.FULL, FigureDirection(character=person.key)),
        (Shot.FULL, FigureDirection(character=person.key, facing="left")),
        (Shot.CLOSE, FigureDirection(character=person.key)),
    )
    return tuple(
        PanelBrief(
            panel="b0001",
            width_mm=wide,
            height_mm=HEIGHT_MM,
            outline=((0.0, 0.0), (wide, 0.0), (wide, HEIGHT_MM), (0.0, HEIGHT_MM)),
            direction=SceneDirection(shot=shot, setting="", background="none", figures=(figure,)),
            cast=(person,),
            period=(inputs.get("style") or {}).get("period", "modern"),
        )
        for shot, figure in views
    )


def panel(brief: PanelBrief, width: int, height: int, media_type: str) -> Shown:
    """The offline artist's drawing as an image of exactly this size, with the faces in it."""
    made = picture(brief, "stub")
    return Shown(encoded(_image(made.data, width, height), media_type), faces(made.figures))


def sheet(views: tuple[PanelBrief, ...], width: int, height: int, media_type: str) -> Shown:
    """Views side by side."""
    whole = Image.new("RGB", (width, height), "white")
    each = width // len(views)
    for place, view in enumerate(views):
        whole.paste(_image(picture(view, "stub").data, each, height), (each * place, 0))
    return Shown(encoded(whole, media_type), "")


def _image(calls: bytes, width: int, height: int) -> Image.Image:
    drawn = pixels(to_pdf(flat(Drawing.of(json.loads(calls)))), width_px=width)
    return drawn if drawn.size == (width, height) else drawn.resize((width, height))


def flat(drawing: Drawing) -> Drawing:
    """With even greys for tones, as our prompts ask for: dots are laid on in print."""
    return Drawing(drawing.width, drawing.height, tuple(_untoned(call) for call in drawing.calls))


def _untoned(call: Call) -> Call:
    match call:
        case ("t", path, _, density, _, _, grey):
            inked = float(density)
        case ("g", path, _, _, start, _, _, end, _, _, grey):
            inked = (float(start) + float(end)) / 2
        case _:
            return call
    return ("f", path, round(255 - inked * (255 - float(grey)), 1), 0)


def faces(figures: Iterable[FigureAnchors]) -> str:
    """As our prompts ask for them: one line of JSON, in thousandths, clipped to the picture."""

    def clipped(*shares: float) -> list[int]:
        return [round(1000 * min(1.0, max(0.0, share))) for share in shares]

    found = [
        {"character": figure.character, "box": clipped(face.y, face.x, face.bottom, face.right)}
        for figure in figures
        if (face := figure.face) is not None
    ]
    return json.dumps({"faces": found})


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
    image.convert("RGB").save(out, media_type.removeprefix("image/").upper(), quality=JPEG_QUALITY)
    return out.getvalue()
