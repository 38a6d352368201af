"""Bodies of frogs and spiders, and the shell of a kappa. Same conventions as the four-legged ones."""

from drawing.art.animals.breeds import Breed, ink_coat
from drawing.art.animals.four_legged_bodies import BeastBody, Inking
from drawing.art.limbs import limb
from drawing.ink.paths import Path, ellipse, poly, smooth, stroke
from drawing.ink.pen import DARK_TONE, WHITE, Pen
from manga.geometry import Point


def frog_body(breed: Breed, *, leaping: bool) -> BeastBody:
    """Squatting on folded legs, or in a leap with the hind legs stretched out."""
    lift = -0.8 if leaping else 0.0
    trunk = smooth(
        [(x, y + lift) for x, y in ((-0.5, -1.2), (-0.1, -1.34), (0.5, -0.95), (0.92, -0.38), (0.75, -0.1),
         (0.1, -0.1), (-0.4, -0.3), (-0.62, -0.8))],
        closed=True,
        tension=0.55,
    )  # fmt: skip
    thigh = ellipse(0.6, -0.4 + lift, 0.42, 0.3) if not leaping else _bone(((0.6, -1.1), (1.3, -0.75)), 0.4)
    shin = _bone(((0.8, -0.2), (0.15, -0.12)), 0.2) if not leaping else _bone(((1.25, -0.75), (1.95, -0.9)), 0.22)
    arm = limb(
        [(-0.3, -0.72 + lift), (-0.52, -0.42 + lift), (-0.5, -0.08 + lift)], (0.15, 0.13, 0.1), (0.1, 0.09, 0.09)
    )
    feet = ((-0.56, -0.05 + lift), (0.0, -0.05)) if not leaping else ((-0.56, -0.05 + lift), (2.05, -0.92))

    def ink(pen: Pen) -> None:
        ink_coat(pen, trunk, breed.coat, 1.3)
        with pen.canvas.saved():
            pen.canvas.clip(trunk)
            pen.canvas.fill(ellipse(-0.42, -0.52 + lift, 0.34, 0.62), 255)
        pen.contour(trunk, 1.3)
        for x, y in ((0.1, -0.95), (0.4, -0.72), (0.12, -0.6)):
            pen.cover(ellipse(x, y + lift, 0.08, 0.06), DARK_TONE)
        for path in (shin, thigh, arm.path):
            ink_coat(pen, path, breed.coat, 1.2)
        for x, y in feet:
            ink_coat(pen, _webbed(x, y), breed.coat, 1.0)

    outlines = (trunk, thigh, shin, arm.path, *(_webbed(x, y) for x, y in feet))
    return BeastBody((-0.46, -1.42 + lift), outlines, ink, (feet[0],))


def _bone(points: tuple[Point, Point], wide: float) -> Path:
    return stroke(points, wide, (0.15, 0.3), steps=4)


def _webbed(x: float, y: float) -> Path:
    """Three toes with skin between them."""
    toes = ((0.1, -0.08), (-0.16, -0.1), (-0.12, -0.03), (-0.3, -0.02), (-0.14, 0.02), (-0.22, 0.06), (0.12, 0.05))
    return poly([(x + dx, y + dy) for dx, dy in toes])


_KNEES = ((-0.75, -1.25, -1.25, -0.05), (-0.4, -1.45, -0.7, -0.02), (0.75, -1.5, 1.05, -0.02), (1.15, -1.3, 1.7, -0.05))


def spider_body(breed: Breed) -> BeastBody:
    """A round abdomen, and eight legs over their knees."""
    abdomen = ellipse(0.5, -0.75, 0.6, 0.5)
    near = [_spider_leg(knee, 0.0) for knee in _KNEES]
    far = [_spider_leg(knee, 0.14) for knee in _KNEES]

    def ink(pen: Pen) -> None:
        for path in far:
            pen.canvas.fill(path)
        ink_coat(pen, abdomen, breed.coat, 1.3)
        for x in (0.3, 0.52, 0.74):
            pen.shape(ellipse(x, -0.95 + abs(x - 0.52) * 0.4, 0.07, 0.06), WHITE, 0.8)
        for path in near:
            pen.canvas.fill(path)

    return BeastBody((-0.22, -0.72), (abdomen, *near, *far), ink, ())


def _spider_leg(knee: tuple[float, float, float, float], aside: float) -> Path:
    kx, ky, fx, fy = knee
    return stroke(((0.12 + aside, -0.7), (kx + aside, ky + aside), (fx + aside * 1.6, fy)), 0.1, (0.1, 0.75), steps=5)


def shell_on_back(turn: float) -> tuple[Path, Inking]:
    """The shell of a kappa that stands, behind its trunk. Origin on the floor."""
    side = -1 if turn > 0 else 1
    path = ellipse(side * 0.16, -2.35, 0.72, 0.86)

    def ink(pen: Pen) -> None:
        pen.shape(path, DARK_TONE, 1.3)
        with pen.canvas.saved():
            pen.canvas.clip(path)
            for y in (-2.8, -2.35, -1.9):
                pen.line(((side * 0.16 - 0.8, y + 0.06), (side * 0.16 + 0.8, y - 0.06)), 0.9, (0.2, 0.2))

    return path, ink
