"""Beards and moustaches. In the head's coordinates."""

from dataclasses import dataclass

from drawing.art.face import MIDDLE, FaceShape, HeadView
from drawing.art.hair.locks import SHADES
from drawing.art.mouth import mouth_point
from drawing.ink.paths import Path, flattened, smooth, union
from drawing.ink.pen import BLACK, Pen, Shade
from manga.characters import Look
from manga.geometry import Point

_FULL = frozenset({"beard", "long_beard"})
_SQUEEZE: dict[HeadView, float] = {"front": 1.0, "three_quarter": 0.85, "profile": 0.7, "back": 1.0}
_INKED = frozenset({"black", "tone"})
"""Hair of which a small moustache is black: a tone there reads as painted lips."""
_TUFTS = ((-0.82, 0.18), (-0.56, 0.56), (-0.28, 0.84), (0.02, 1.0), (0.32, 0.82), (0.6, 0.54), (0.84, 0.16))
"""The tips of a beard: how far across, and how deep."""


def ink_beard(pen: Pen, look: Look, shape: FaceShape, view: HeadView) -> None:
    """The hair of cheeks and chin; the mouth is drawn on it."""
    if look.facial_hair == "side_whiskers" and view != "back":
        _ink_whiskers(pen, shape, view, SHADES[look.hair_color])
    if look.facial_hair not in _FULL or view == "back":
        return
    shade, long = SHADES[look.hair_color], look.facial_hair == "long_beard"
    path = _beard(shape, view, long=long)
    pen.canvas.stroke(path, pen.weight * 1.0)
    pen.cover(path, shade)
    _ink_falls(pen, shape, view, shade, long=long)
    pen.canvas.fill(_lips(shape, view), 255)


def ink_moustache(pen: Pen, look: Look, shape: FaceShape, view: HeadView) -> None:
    """Over the upper lip, and over the mouth with a full beard."""
    if look.facial_hair in {"none", "side_whiskers"} or view == "back":
        return
    shade, at = SHADES[look.hair_color], mouth_point(shape, view)
    if look.facial_hair == "moustache" and look.hair_color in _INKED:
        shade = BLACK
    size = {"long_beard": 1.35, "beard": 1.18}.get(look.facial_hair, 1.12)
    reach = _WINGS[view]
    wings = [_wing(at, side * wide * size, size) for side, wide in reach]
    if view == "profile":
        wings.append(_tuft(at, size))
    pen.shape(union(*wings), shade, 0.7)
    hairs: list[tuple[str | float, ...]] = []
    for side, wide in reach:
        for t in (0.2, 0.42, 0.64):
            x, y = at[0] + side * wide * size * t, at[1] - 0.074 + 0.05 * t * t
            hairs += [("M", x, y), ("Q", x + side * 0.006, y + 0.012, x + side * 0.016, y + 0.026 * size)]
    pen.canvas.stroke(tuple(hairs), pen.weight * 0.5, shade.line)


def _ink_whiskers(pen: Pen, s: FaceShape, view: HeadView, shade: Shade) -> None:
    """Before the ears and down the jaw, full below and ending short of the chin."""
    f = _field(s, view, long=False)
    roots = ((f.right, 1.0),) if view == "profile" else ((f.right, 1.0), (f.left, -1.0))
    for root, side in roots:
        wide = abs(f.mid - root)
        points = [
            (root - side * wide * across, f.high + (s.chin_y - f.high) * down)
            for across, down in ((0.0, -0.12), (-0.05, 0.35), (0.06, 0.74), (0.36, 0.96), (0.5, 0.78), (0.36, 0.42),
                                 (0.2, 0.08), (0.16, -0.1))
        ]  # fmt: skip
        path = smooth(points, closed=True, tension=0.5)
        pen.canvas.stroke(path, pen.weight * 0.8)
        pen.cover(path, shade)
        for across, down in ((0.08, 0.2), (0.16, 0.44), (0.26, 0.66)):
            x, y = root - side * wide * across, f.high + (s.chin_y - f.high) * down
            bow = (x - side * wide * 0.03, y + 0.06)
            pen.line(((x, y), bow, (x - side * wide * 0.1, y + 0.12)), 0.55, (1, 1), shade.line)


_WINGS: dict[HeadView, tuple[tuple[int, float], ...]] = {
    "front": ((-1, 0.165), (1, 0.165)), "three_quarter": ((-1, 0.095), (1, 0.165)), "profile": ((1, 0.13),), "back": (),
}  # fmt: skip
"""The halves of a moustache that are seen: to which side, and how far they reach."""


def _wing(at: Point, wide: float, size: float) -> Path:
    """From under the nose outwards: full near the middle, hanging a little, its tip turned up. It leaves the lips."""
    x, y = at[0], at[1] - 0.058
    thick = 0.03 * size
    return smooth(
        ((x - wide * 0.04, y - thick * 0.8), (x + wide * 0.34, y - thick), (x + wide * 0.72, y + thick * 0.1),
         (x + wide, y + thick * 0.5), (x + wide * 0.62, y + thick * 1.1), (x + wide * 0.3, y + thick * 0.9),
         (x - wide * 0.04, y + thick * 0.55)), closed=True, tension=0.5,
    )  # fmt: skip


def _tuft(at: Point, size: float) -> Path:
    """Seen from the side it stands out a little before the lip."""
    x, y = at[0], at[1] - 0.058
    return smooth(
        ((x + 0.01, y - 0.034 * size), (x - 0.03, y - 0.012 * size), (x - 0.046, y + 0.02 * size), (x - 0.012,
         y + 0.03 * size), (x + 0.03, y + 0.016)), closed=True, tension=0.5,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Field:
    """Where a beard grows: its roots on the cheeks, its middle, how deep it hangs, how high it begins, the mouth."""

    left: float
    right: float
    mid: float
    deep: float
    high: float
    mouth: float

    def at(self, u: float) -> float:
        """Across, from -1 at the left root to 1 at the right one."""
        return self.mid + u * (self.mid - self.left if u < 0 else self.right - self.mid)


def _field(s: FaceShape, view: HeadView, *, long: bool) -> _Field:
    mouth = mouth_point(s, view)[1]
    left, right, mid, high = {
        "front": (-s.jaw - 0.03, s.jaw + 0.03, 0.0, mouth - 0.2),
        "three_quarter": (-0.3 - (s.jaw - 0.3) * 0.5, 0.275, MIDDLE - 0.005, mouth - 0.18),
        "profile": (-0.36, 0.09, -0.23, 0.1),
    }[view]
    return _Field(left, right, mid, s.chin_y + (0.5 if long else 0.12), high, mouth)


def _lips(s: FaceShape, view: HeadView) -> Path:
    """The skin round the mouth that a beard leaves."""
    x, y = mouth_point(s, view)
    k = _SQUEEZE[view]
    return smooth(
        ((x - 0.115 * k, y - 0.02), (x, y - 0.06), (x + 0.115 * k, y - 0.02), (x + 0.07 * k, y + 0.055), (x, y + 0.07),
         (x - 0.07 * k, y + 0.055)), closed=True, tension=0.55,
    )  # fmt: skip


def _beard(s: FaceShape, view: HeadView, *, long: bool) -> Path:
    """Grows from the sideburns along the jaw, thin on the cheeks, and ends in soft tufts."""
    f = _field(s, view, long=long)
    side, half = view == "profile", (f.right - f.left) / 2
    cheek: tuple[Point, ...] = ((f.right, f.high), (f.right - 0.05, f.mouth - 0.1), (f.at(0.5), f.mouth - 0.035))
    far: tuple[Point, ...] = (
        ((f.at(-0.3), f.mouth - 0.07), (f.left + 0.02, f.mouth - 0.075)) if side else
        ((f.mid, f.mouth - 0.05), (f.at(-0.5), f.mouth - 0.035), (f.left + 0.04, f.mouth - 0.1), (f.left, f.high))
    )  # fmt: skip
    inner = _hairy((*cheek, *far))
    ops: list[tuple[str | float, ...]] = [("M", *inner[-1])]
    ops.append(("C", f.left - 0.012, f.mouth, f.left, s.chin_y - 0.1, f.at(-0.94), s.chin_y - 0.05))
    low = s.chin_y - 0.02
    for k, (u, v) in enumerate(_TUFTS):
        tip = (f.at(u * 0.92), low + (f.deep - low) * v)
        ops.append(("Q", tip[0] - half * (0.16 if u < 0.1 else -0.02), tip[1] - 0.02, *tip))
        if k + 1 < len(_TUFTS):
            ahead = _TUFTS[k + 1]
            dip = (f.at((u + ahead[0]) / 2 * 0.92), low + (f.deep - low) * (min(v, ahead[1]) * 0.92) - 0.008)
            ops.append(("Q", (tip[0] + dip[0]) / 2, dip[1] - 0.004, *dip))
    ops.append(("Q", f.at(0.94), s.chin_y - 0.04, f.at(0.94), s.chin_y - 0.06))
    ops.append(("C", f.right - 0.002, s.chin_y - 0.1, f.right + 0.012, f.mouth, f.right, f.high))
    return (*ops, *(("L", *p) for p in inner[1:]), ("Z",))


def _hairy(points: tuple[Point, ...]) -> list[Point]:
    """A line that is not cut with a razor: small points along it."""
    (line,) = flattened(smooth(points, tension=0.55), 4)
    return [(x, y + (0.012 if i % 2 and 0 < i < len(line) - 1 else 0.0)) for i, (x, y) in enumerate(line)]


def _ink_falls(pen: Pen, s: FaceShape, view: HeadView, shade: Shade, *, long: bool) -> None:
    """Short broken hairs, finer than the outline."""
    f = _field(s, view, long=long)
    for k, u in enumerate((-0.78, -0.56, -0.4, -0.2, 0.0, 0.2, 0.42, 0.58, 0.8)):
        start = f.mouth + 0.1 - abs(u) * 0.07 + 0.02 * (k % 2)
        end = s.chin_y + (f.deep - s.chin_y) * (0.75 - 0.7 * abs(u)) - 0.02 * (k % 3)
        bow = (f.at(u * 0.98), (start + end) / 2)
        pen.line(((f.at(u * 0.93), start), bow, (f.at(u * 0.84), end)), 0.55, (1, 1), shade.line)
