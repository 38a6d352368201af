"""Open space: a ship before the stars."""

from drawing.art.settings.texture import joined
from drawing.art.stage import Scenery
from drawing.ink.paths import Path, box, ellipse, poly, rect, smooth
from drawing.ink.pen import DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Pen


def space(s: Scenery) -> None:
    """The ship before the stars, and the edge of a world under her."""
    w, h = s.stage.width, s.stage.height
    stars(s, s.stage.frame, "space")
    k = max(w, h) * 0.72
    world = ellipse(w * 0.84, h * 0.92 + k * 0.84, k, k)
    s.canvas.fill(world, 255)
    s.canvas.graded_tone(world, ((0, h * 0.84), 0.06), ((0, h * 1.06), 0.5))
    with s.canvas.moved(w * 0.46, h * 0.52, min(w, h * 1.5) * 0.62, -0.14):
        _ship(s)


def _ship(s: Scenery) -> None:
    """In a box of one unit: bow to the right, drums on a spine, engines; one window is lit."""
    pen = Pen(s.canvas, s.pen.weight / s.canvas.magnification)
    for y in (-0.075, 0.0, 0.075):
        pen.shape(poly(((-0.5, y - 0.045), (-0.38, y - 0.025), (-0.38, y + 0.025), (-0.5, y + 0.045))), DARK_TONE, 1.2)
    pen.shape(poly(((-0.4, -0.1), (-0.3, -0.12), (-0.3, 0.12), (-0.4, 0.1))), LIGHT_TONE, 1.3)
    pen.shape(poly(((-0.3, -0.03), (0.3, -0.03), (0.3, 0.03), (-0.3, 0.03))), MID_TONE, 1.2)
    for x in (-0.22, -0.06, 0.1):
        drum = smooth(((x - 0.06, -0.1), (x + 0.06, -0.1), (x + 0.07, 0.0), (x + 0.06, 0.1), (x - 0.06, 0.1),
                       (x - 0.07, 0.0)), closed=True, tension=0.3)  # fmt: skip
        pen.shape(drum, WHITE, 1.3)
        pen.cover(poly(((x - 0.06, 0.03), (x + 0.06, 0.03), (x + 0.055, 0.095), (x - 0.055, 0.095))), MID_TONE)
    for side in (-1, 1):
        pen.shape(poly(((-0.1, side * 0.1), (0.0, side * 0.1), (-0.02, side * 0.27), (-0.16, side * 0.27))), WHITE, 1.1)
    bow = smooth(((0.22, -0.12), (0.34, -0.115), (0.44, -0.06), (0.46, 0.0), (0.44, 0.06), (0.34, 0.115), (0.22, 0.12)),
                 tension=0.4)  # fmt: skip
    pen.shape((*bow, ("Z",)), WHITE, 1.4)
    pen.cover(poly(((0.22, 0.04), (0.44, 0.04), (0.42, 0.08), (0.34, 0.11), (0.22, 0.115))), MID_TONE)
    pen.canvas.stroke(joined(poly(((x, -0.118), (x, 0.118)), close=False) for x in (0.27, 0.34)), pen.weight * 0.9)
    pen.canvas.fill(joined(rect(0.285 + 0.02 * k, -0.05, 0.011, 0.018) for k in range(2)))
    pen.canvas.fill(joined(rect(x + 0.025 * k, -0.05, 0.013, 0.02) for x in (-0.25, -0.09, 0.07) for k in range(3)))
    pen.canvas.fill(ellipse(0.462, 0.0, 0.012, 0.02), 255)
    rays = [((0.48, 0.0), (0.56, 0.0)), ((0.475, -0.025), (0.52, -0.055)), ((0.475, 0.025), (0.52, 0.055))]
    for ray in rays:
        pen.straight(ray, 1.0, 255)


def stars(s: Scenery, field: Path, word: str) -> None:
    """Blackness, and stars of three sizes in it."""
    area, r = box(field), s.stage.random("stars", word)
    s.canvas.fill(field)
    dots: list[Path] = []
    for _ in range(min(160, max(12, round(area.width * area.height / 18)))):
        size = r.choice((0.14, 0.18, 0.18, 0.26, 0.4))
        dots.append(ellipse(area.x + area.width * r.random(), area.y + area.height * r.random(), size, size))
    with s.canvas.saved():
        s.canvas.clip(field)
        s.canvas.fill(joined(dots), 255)
