"""What sets a figure off from what is behind it: a white contour, and the shadow where its feet touch the floor."""

from drawing.art.frame_shot import Standing
from drawing.art.stage import Stage
from drawing.ink.canvas import Canvas
from drawing.ink.paths import ellipse
from drawing.ink.pen import MID
from manga.plot import TimeOfDay
from manga.storyboard import SceneDirection


def draw_rim(canvas: Canvas, direction: SceneDirection, stage: Stage, s: Standing) -> None:
    """A white contour sets the figure off from the tones behind it, a wider one in the dark."""
    evening = direction.time_of_day is TimeOfDay.EVENING
    dark = stage.night or evening or direction.background == "dark" or bool(direction.effects)
    wide = (0.34 if dark else 0.27) + 0.012 * s.size
    for path in s.figure.silhouette:
        canvas.stroke(path, 2 * min(wide, 0.7) / s.size, 255)
    for path in s.figure.silhouette:
        canvas.fill(path, 255)


def draw_shadow(canvas: Canvas, s: Standing) -> None:
    """Where feet touch the floor."""
    body = s.figure.marks.body
    wide = min(body.width, 2.2) * 0.42 * s.size
    x = s.x + s.figure.foot * s.size
    canvas.tone(ellipse(x, s.y - 0.04 * s.size, wide, 0.16 * s.size), MID)
