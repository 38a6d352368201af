"""Pictures that stand for those of an image model, with boxes of the people in them that are known to be right.

Most are panels that our own artist draws of a direction that it was not given: as directed, mirrored, or one shot
farther, because image models mix up sides and sizes. Its anchors are the boxes. Others come from a folder, with boxes
that somebody has set by hand.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PIL import Image

from drawing.art.draw_panel import draw_panel
from drawing.ink.drawing_calls import Call, Drawing
from drawing.ink.pdf import to_pdf
from drawing.pages.pdf_to_pixels import pixels, png
from manga.artwork import Drawn, FigureAnchors
from manga.geometry import Rect
from manga.panel_brief import PanelBrief
from manga.storyboard import SceneDirection, Shot

WIDTH_PX: Final = 1024
"""How wide a model answers."""
_FARTHER: Final = {
    Shot.EXTREME_CLOSE: Shot.CLOSE,
    Shot.CLOSE: Shot.BUST,
    Shot.BUST: Shot.MEDIUM,
    Shot.MEDIUM: Shot.FULL,
    Shot.FULL: Shot.LONG,
}
_MIRRORED: Final = {"left": "right", "right": "left"}
STRAYS: Final = ("as directed", "mirrored", "farther")


@dataclass(frozen=True, slots=True)
class SeenFigure:
    """Somebody in a picture; boxes are shares of it. `contact` are hands that hold or touch something."""

    character: str
    head: Rect
    face: Rect | None = None
    contact: tuple[Rect, ...] = ()


@dataclass(frozen=True, slots=True)
class OthersPicture:
    """A picture as a model would answer it."""

    name: str
    data: bytes
    figures: tuple[SeenFigure, ...]

    @property
    def aspect(self) -> float:
        """Width by height."""
        with Image.open(io.BytesIO(self.data)) as image:
            return image.width / image.height


def strayed(brief: PanelBrief, stray: str, width_px: int = WIDTH_PX) -> OthersPicture:
    """What our artist draws of a direction that is not quite the panel's, in even greys."""
    drawn = draw_panel(brief.model_copy(update={"direction": _other(brief.direction, stray), "room": None}))
    data = png(pixels(to_pdf(flat(drawn.drawing)), width_px=width_px), kept=False)
    figures = tuple(found for one in drawn.figures if (found := _of_anchors(one, drawn.drawn)) is not None)
    return OthersPicture(f"{brief.panel} {stray}", data, figures)


def _other(direction: SceneDirection, stray: str) -> SceneDirection:
    if stray == "farther":
        return direction.model_copy(update={"shot": _FARTHER.get(direction.shot, direction.shot)})
    if stray == "as directed":
        return direction
    figures = (
        one.model_copy(update={"x": round(1 - one.x, 4), "facing": _MIRRORED.get(one.facing, one.facing)})
        for one in direction.figures
    )
    return direction.model_copy(update={"figures": tuple(figures)})


def _of_anchors(anchors: FigureAnchors, drawn: Drawn) -> SeenFigure | None:
    told = next((one for one in drawn.figures if one.character == anchors.character), None)
    if anchors.head is None:
        return None
    busy = told is not None and bool(told.holds or told.touches)
    return SeenFigure(anchors.character, anchors.head, anchors.face, anchors.hands if busy else ())


def flat(drawing: Drawing) -> Drawing:
    """With even greys for tones, as models are asked for."""
    calls = tuple(_even(call) if call[0] in {"t", "g"} else call for call in drawing.calls)
    return Drawing(drawing.width, drawing.height, calls)


def _even(call: Call) -> Call:
    density = float(call[3]) if call[0] == "t" else (float(call[4]) + float(call[7])) / 2
    return ("f", call[1], round(255 - density * (255 - float(call[-1])), 1), 0)


def pictures_in(folder: Path, boxes: Path) -> tuple[OthersPicture, ...]:
    """Pictures of a folder that a JSON file has boxes for: by file name a list of people, each with `head`, `face`
    (null: turned away) and `hands` in contact as [left, top, width, height] in pixels. Raises ValueError."""
    try:
        told: Mapping[str, Sequence[Mapping[str, Any]]] = json.loads(boxes.read_text(encoding="utf-8"))
        return tuple(_by_hand(folder / name, people) for name, people in sorted(told.items()))
    except (KeyError, TypeError) as error:
        raise ValueError(f"{boxes}: not boxes of people by file name ({error!r})") from error


def _by_hand(path: Path, people: Sequence[Mapping[str, Any]]) -> OthersPicture:
    data = path.read_bytes()
    with Image.open(io.BytesIO(data)) as image:
        size = image.size

    def share(box: Sequence[float]) -> Rect:
        x, y, width, height = box
        return Rect(x=x / size[0], y=y / size[1], width=width / size[0], height=height / size[1])

    figures = [
        SeenFigure("", share(one["head"]), share(one["face"]) if one["face"] else None, tuple(map(share, one["hands"])))
        for one in people
    ]
    return OthersPicture(path.name, data, tuple(sorted(figures, key=lambda one: one.head.centre[0])))
