"""Skirts and wide trousers: pleated and long skirts, wrapped garments, skirts of coats; what hangs from the waist."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import cos, hypot, pi, radians, sin

from drawing.art.limbs import around, hull
from drawing.art.outfits.buttons_and_bands import band, contrast
from drawing.art.outfits.cloth_folds import Fold, falling, gathered, ink_folds
from drawing.art.outfits.outfit_parts import Outfit
from drawing.art.points_in_space import Vec, add, between
from drawing.art.skeleton import LegBones
from drawing.art.trunk_outline import Frame
from drawing.ink.paths import Path, poly, smooth
from drawing.ink.pen import Pen, Shade
from manga.geometry import Point

Piece = tuple[Path, Callable[[Pen], None]]

HANGING = frozenset({"skirt", "long_skirt", "tunic", "kimono", "short_kimono", "hakama"})
COAT_TAILS = {"coat": (0.6, 0.36), "blazer": (0.07, 0.3), "cardigan": (0.06, 0.3), "haori": (0.4, 0.36)}
"""How far jackets fall over the legs, and how wide."""
_SASHED = frozenset({"crossed", "monk", "ragged"})
_ON_FLOOR = -0.75
"""Heads: a knee that is lower bears weight."""
_HIP = 0.58
"""Half the breadth of hips that need no wider cloth."""
_FLARED = frozenset({"skirt", "long_skirt", "tunic"})
_DOWN = {"skirt": 0.42, "long_skirt": 1.0, "tunic": 0.3, "kimono": 0.93, "short_kimono": 0.56, "hakama": 0.97}
_WIDE = {"skirt": 0.32, "long_skirt": 0.46, "tunic": 0.4, "kimono": 0.27, "short_kimono": 0.34, "hakama": 0.44}
_WAVES = {"skirt": (9, 0.055), "long_skirt": (7, 0.05), "tunic": (6, 0.05), "hakama": (6, 0.035), "kimono": (3, 0.02),
          "short_kimono": (4, 0.03)}  # fmt: skip
"""Folds along the hem, and how deep they are."""


def hanging(frame: Frame, outfit: Outfit) -> Piece:
    down, wide = _DOWN[outfit.lower], _WIDE[outfit.lower]
    flares = outfit.lower in _FLARED
    top = 0.7 if flares else 0.66
    skin = swung(frame, _skin(frame, top, down, wide, flares=flares), swing(frame) * (1.0 if flares else 0.4))
    waves, deep = _WAVES[outfit.lower]
    sides, hem = hemmed(skin, waves, deep)
    outline = (*poly(sides, close=False), *(("L", *op[1:]) if op[0] == "M" else op for op in smooth(hem)), ("Z",))
    inner = outfit.lower in {"skirt", "long_skirt", "hakama"} or outfit.collar == "haori"
    shade = outfit.bottom if inner else outfit.top
    waist = frame.edge(top + 0.04)

    def ink(pen: Pen) -> None:
        if shade.black:
            pen.contour(outline, 2.4, 255)
        pen.shape(outline, shade)
        ink_folds(pen, _folds(frame, outfit, waist, hem), shade)
        if outfit.lower in {"kimono", "short_kimono"} and frame.shows_front:
            _ink_overlap(pen, frame, outfit, shade)
        towards = [leg for leg in (frame.bones.left_leg, frame.bones.right_leg) if towards_us(frame, leg)]
        for leg in towards:
            _ink_knee(pen, frame, leg, shade, kneels=on_heels(frame, leg))
        if outfit.lower == "kimono" and outfit.collar in _SASHED and frame.shows_front and frame.lap:
            band(pen, frame, 0.6, 0.8 if towards else 0.72, contrast(outfit.top))
        if len(towards) == 2 and all(on_heels(frame, leg) for leg in towards):
            _ink_hem(pen, frame, hem, outfit, shade)

    return outline, ink


def on_heels(frame: Frame, leg: LegBones) -> bool:
    """Whether somebody kneels on this leg and is seen from before."""
    folded = frame.depth(leg.ankle) < frame.depth(leg.knee) - 0.4 and leg.knee[1] > leg.hip[1] - 0.2
    return folded and leg.knee[1] > _ON_FLOOR


def _ink_knee(pen: Pen, frame: Frame, leg: LegBones, shade: Shade, *, kneels: bool) -> None:
    """The round of a knee under cloth, and the fall of the cloth between both; of a thigh that lies before us, its
    upper edge, too."""
    (x, y), side = frame.flat(leg.knee), 1 if frame.flat(leg.knee)[0] > frame.flat(frame.bones.pelvis)[0] else -1
    r = 0.24 * (0.3 + 0.7 * frame.p.limb)
    turns = [(0.5 - side * 0.5) * pi + side * t for t in (2.5, 1.9, 1.2, 0.5)]
    if not kneels:
        pen.line([(x + cos(t) * r, y + sin(t) * r * 0.85) for t in turns], 1.1, (0.6, 0.6), shade.line)
        return
    inner, wide = x - side * 1.5 * r, 1.5 * r
    pen.line(((inner, y + 0.9 * r), (inner - side * 0.06, y), (x - side * 0.7 * r, y - wide * 0.9), (x + side * 0.5 * r,
             y - wide)), 1.3, (0.3, 0.8), shade.line)  # fmt: skip
    for share, drop in ((0.5, 0.5), (1.0, 0.2)):
        start = (x + side * share * r, y - 0.4 * r)
        pen.line((start, (start[0] + side * 0.05, y + drop * r), (start[0] - side * 0.1, y + r)), 0.9, (0.5, 0.9),
                 shade.line)  # fmt: skip


def _ink_hem(pen: Pen, frame: Frame, hem: Sequence[Point], outfit: Outfit, shade: Shade) -> None:
    """Where the cloth lies on the floor before the knees: its border, and what is worn under it in the gap between."""
    x, _ = frame.flat(frame.bones.pelvis)
    low = max(y for _, y in hem)
    if outfit.lower == "kimono":
        gap = poly(((x - 0.16, low - 0.02), (x - 0.02, low - 0.36), (x + 0.1, low - 0.02)))
        pen.shape(gap, contrast(outfit.top), 1.0)
    border = [(px, py - 0.1) for px, py in hem[1:-1]]
    pen.canvas.stroke(smooth(border), pen.weight * 0.9, shade.line)


def coat_tails(frame: Frame, outfit: Outfit) -> Piece:
    down, wide = COAT_TAILS[outfit.collar]
    wide *= 0.6 + 0.4 * frame.p.hip / 0.56
    skin = swung(frame, _skin(frame, 0.72, down, wide, flares=down > 0.3), swing(frame) * 0.8 * (down > 0.3))
    sides, hem = hemmed(skin, 5, 0.03 if down > 0.3 else 0.012)
    outline = (*poly(sides, close=False), *(("L", *op[1:]) if op[0] == "M" else op for op in smooth(hem)), ("Z",))

    def ink(pen: Pen) -> None:
        if outfit.top.black:
            pen.contour(outline, 2.4, 255)
        pen.shape(outline, outfit.top)
        x, y = frame.surface(0, 1.0) if frame.shows_front else frame.surface(180, 1.0)
        end = hem[round((0.5 + 0.3 * sin(radians(frame.turn))) * (len(hem) - 1))]
        pen.line(((x, y), ((x + end[0]) / 2 + 0.02, (y + end[1]) / 2), end), 1.1, (0, 0.2), outfit.top.line)
        if down > 0.3:
            ink_folds(pen, falls(frame.edge(0.78), hem), outfit.top)

    return outline, ink


def _skin(frame: Frame, top: float, down: float, wide: float, *, flares: bool) -> list[Point]:
    """All that the cloth goes around: the waist and both legs down to the hem."""
    spread = (1.0 + 0.2 * (down > 0.6)) if flares else 1.0
    stout = max(1.0, frame.p.hip / _HIP)
    points = list(frame.edge(top))
    for leg in (frame.bones.left_leg, frame.bones.right_leg):
        for share in (0.0, 0.5, 1.0):
            centre = frame.flat(along(leg, down * share))
            r = stout * (0.3 + (wide - 0.3) * share) * (0.9 * (spread if share == 1.0 else 1.0) if flares else 1.0)
            points += _cut(centre, r) if share == 1.0 else around(centre, r, 12)
    return hull(points)


def towards_us(frame: Frame, leg: LegBones) -> bool:
    """Whether its thigh points out of the picture, so that it is short on paper."""
    (ax, ay), (bx, by) = frame.flat(leg.hip), frame.flat(leg.knee)
    return frame.depth(leg.knee) > frame.depth(leg.hip) + 0.4 and hypot(bx - ax, by - ay) < 0.56 * frame.p.thigh


def _cut(centre: Point, r: float) -> list[Point]:
    """Cloth that ends straight, a little lower in the middle."""
    x, y = centre
    return [(x - r, y + r * 0.42), (x - r * 0.4, y + r * 0.58), (x + r * 0.4, y + r * 0.58), (x + r, y + r * 0.42)]


def along(leg: LegBones, share: float) -> Vec:
    """A point of a leg, from the hip (0) over the knee (0.5) to the ankle (1)."""
    return between(leg.hip, leg.knee, share * 2) if share < 0.5 else between(leg.knee, leg.ankle, share * 2 - 1)


def swing(frame: Frame) -> float:
    """How far the hem trails behind somebody who runs, in heads; negative to the page's left."""
    ahead = frame.flat((0, 0, 1))[0] - frame.flat((0, 0, 0))[0]
    stride = abs(frame.bones.left_leg.ankle[2] - frame.bones.right_leg.ankle[2])
    return -ahead * min(1.0, max(0.0, frame.bones.lean - 2) / 15) * min(1.0, stride) * 0.34


def swung(frame: Frame, skin: list[Point], by: float) -> list[Point]:
    if abs(by) < 0.02:
        return skin
    top, low = min(p[1] for p in skin), max(p[1] for p in skin)
    high = low - top
    return [(x + by * ((y - top) / high) ** 2, y - 0.12 * abs(by) * (y - top) / high) for x, y in skin]


def hemmed(skin: Sequence[Point], waves: int, deep: float) -> tuple[list[Point], list[Point]]:
    """The outline above the hem, from its right corner over the waist to its left one, and the wavy hem back."""
    low = max(p[1] for p in skin)
    bottom = [p for p in skin if p[1] > low - max(0.42, 0.4 * (low - min(p[1] for p in skin)))]
    left = min(bottom, key=lambda p: p[0] - 0.35 * p[1])
    right = max(bottom, key=lambda p: p[0] + 0.35 * p[1])
    i = skin.index(right)
    ring = [*skin[i:], *skin[:i]]
    turn = ring.index(left)
    one, other = ring[: turn + 1], [right, *reversed(ring[turn:])]
    sides, chain = (one, other) if _height(one) < _height(other) else (other, one)
    return sides, _wavy(list(reversed(chain)), waves, deep)


def _height(points: Sequence[Point]) -> float:
    """Mean height on the page: the waist's side lies higher."""
    return sum(p[1] for p in points) / len(points)


def _wavy(chain: Sequence[Point], waves: int, deep: float) -> list[Point]:
    """From left to right along the hem, in and out."""
    (x0, y0), (x1, y1) = chain[0], chain[-1]
    count, found = waves * 2, [(x0, y0)]
    for i in range(1, count):
        t = i / count
        x = x0 + (x1 - x0) * (t - 0.05 * sin(2 * pi * t))
        y = _level(chain, x)
        found.append((x, y + (deep * 0.35 if i % 2 else -deep * (0.8 + 0.4 * ((i // 2) % 2)))))
    return [*found, (x1, y1)]


def _level(chain: Sequence[Point], x: float) -> float:
    """The height of a line at a place across."""
    best = chain[0][1]
    for (ax, ay), (bx, by) in pairwise(chain):
        if min(ax, bx) <= x <= max(ax, bx) and ax != bx:
            best = ay + (by - ay) * (x - ax) / (bx - ax)
    return best


def _folds(frame: Frame, outfit: Outfit, waist: tuple[Point, Point], hem: Sequence[Point]) -> list[Fold]:
    if outfit.lower in {"kimono", "short_kimono"}:
        return _wrapped(frame, waist, hem)
    return falls(waist, hem, full=outfit.lower != "long_skirt")


def falls(waist: tuple[Point, Point], hem: Sequence[Point], *, full: bool = False) -> list[Fold]:
    """From each wave of the hem up towards the waist, and gathers down from there."""
    (ax, ay), (bx, by) = waist
    (x0, _), (x1, _) = hem[0], hem[-1]
    folds = []
    for i in range(2, len(hem) - 1, 2):
        x, y = hem[i]
        t = (x - x0) / ((x1 - x0) or 1.0)
        top = (ax + (bx - ax) * t, ay + (by - ay) * t)
        share = 0.97 if full else (0.72, 0.45, 0.86)[(i // 2) % 3]
        end = (x + (top[0] - x) * share, y + (top[1] - y) * share)
        folds.append(falling((x, y), end, 0.05 * (t - 0.5), weight=1.15, rank=(0, 1, 0, 2)[(i // 2) % 4]))
    down = ((x0 + x1 - ax - bx) / 2, (hem[0][1] + hem[-1][1] - ay - by) / 2)
    inner = ((ax + (bx - ax) * 0.06, ay + (by - ay) * 0.06), (ax + (bx - ax) * 0.94, ay + (by - ay) * 0.94))
    return folds if full else [*folds, *gathered(*inner, down, (0.2, 0.32, 0.16, 0.28, 0.2))]


def _wrapped(frame: Frame, waist: tuple[Point, Point], hem: Sequence[Point]) -> list[Fold]:
    """From the sash down, from each knee to the hem, and from the knee that is bent up towards the other hip."""
    (ax, ay), (bx, by) = waist
    bones = (frame.bones.left_leg, frame.bones.right_leg)
    knees = sorted(frame.flat(leg.knee) for leg in bones)
    bent = frame.flat(max(bones, key=lambda leg: frame.depth(leg.knee)).knee)
    low = max(p[1] for p in hem)
    folds = []
    for (kx, ky), t, side, rank in ((knees[0], 0.2, -1, 1), (knees[1], 0.82, 1, 0)):
        top = (ax + (bx - ax) * t, ay + (by - ay) * t)
        high = min(ky - 0.25, low - 0.5)
        if high > top[1] + 0.2:
            folds.append(falling(top, (kx - 0.03 * side, high), 0.06 * side, rank=rank))
        start = (kx - 0.02 * side, min(ky - 0.05, low - 0.4))
        end = min(max(kx + 0.06 * side, hem[0][0] + 0.1), hem[-1][0] - 0.1)
        folds.append(falling(start, (end, low - 0.12), -0.07 * side, weight=0.9, rank=2))
    side = 1 if bent[0] < (ax + bx) / 2 else -1
    hip = (bx, by) if side > 0 else (ax, ay)
    if bent[1] < low - 0.2:
        for share, down, rank in ((0.62, 0.0, 1), (0.5, 0.16, 3)):
            start = (bent[0] + 0.06 * side, bent[1] - 0.1 + down)
            tip = (start[0] + (hip[0] - start[0]) * share, start[1] + (hip[1] - start[1]) * share * 0.8)
            folds.append(falling(start, tip, 0.12 * side, weight=1.05, rank=rank))
    return folds


def _ink_overlap(pen: Pen, frame: Frame, outfit: Outfit, shade: Shade) -> None:
    """The front edge of a wrapped garment: the wearer's left side lies over the right."""
    down = 0.9 if outfit.lower == "kimono" else 0.52
    bones = frame.bones
    top = frame.surface(-14, 0.74)
    low_leg = along(bones.right_leg, down)
    mid = frame.flat(between(along(bones.right_leg, down * 0.5), along(bones.left_leg, down * 0.5), 0.35))
    end = frame.flat(add(low_leg, (0.04, 0.12, 0.25)))
    pen.line((top, mid, end), 1.2, (0, 0.3), shade.line)
