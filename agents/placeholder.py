"""The picture that stands where drawing failed: a framed note. A brief and the reason in, drawing calls out."""

import json

from drawing.ink.canvas import Canvas
from drawing.ink.paths import rect
from providers.base import PanelBrief, Picture

MODEL = "placeholder/1"


def placeholder(brief: PanelBrief, reason: str) -> Picture:
    """A note that says what should be seen here. Without text zones it is plain to see that a hand is missing."""
    canvas = Canvas(brief.width_mm, brief.height_mm)
    whole = rect(0, 0, brief.width_mm, brief.height_mm)
    canvas.fill(whole, 255)
    canvas.tone(whole, 0.12)
    return Picture(
        data=json.dumps(canvas.finish().to_json(), separators=(",", ":")).encode(),
        media_type="application/x-manga-art+json",
        width=brief.width_mm,
        height=brief.height_mm,
        model=MODEL,
        missing=(reason,) if reason else (),
    )
