"""An animal's head that acts: skull, ears, muzzle, and the same eyes and feelings that people have.

Coordinates: the head's own, origin in the middle of the skull; the three-quarter and side views look to the left.
"""

from dataclasses import dataclass, replace

from drawing.art.animals.breeds import Breed, ink_coat
from drawing.art.animals.ears import BULGE, ink_ears, outer_ears
from drawing.art.animals.great_cats import gapes, ink_gape, ink_snarl, jaw
from drawing.art.animals.manes_and_hoofs import ink_mane, mane
from drawing.art.animals.muzzle import ink_muzzle, mouth_of
from drawing.art.animals.owls_and_waders import ink_discs, ink_hook, tufts
from drawing.art.animals.snake import ink_tongue
from drawing.art.expressions import Face
from drawing.art.eyes import Socket, ink_eye_in
from drawing.art.face import CHILD, HeadView
from drawing.art.hair.locks import Clump
from drawing.art.headgear import ink_hat
from drawing.art.mouth import ink_signs
from drawing.ink.paths import Path, ellipse, poly, stroke, union
from drawing.ink.pen import DARK_TONE, WHITE, Pen
from manga.characters import Kind, Look
from manga.geometry import Point, Rect


@dataclass(frozen=True, slots=True)
class AnimalHead:
    """A head of a kind, with a feeling, in a view."""

    look: Look
    breed: Breed
    face: Face
    view: HeadView
    laid: bool = False
    """Long ears lie back along the neck, as of who runs or sleeps."""

    @property
    def skull(self) -> Path:
        rx, ry = self.breed.skull
        parts = [ellipse(0, 0, rx, ry)]
        mx, my = self.muzzle_at
        if self.view != "back":
            parts.append(ellipse(mx, my, *self.breed.muzzle))
        if self.view in {"three_quarter", "profile"} and self.breed.reach > 0.2:
            wide = self.breed.muzzle[1] * 2.1
            parts.append(stroke(((-rx * 0.25, 0.02), (mx * 0.7, my * 0.8), (mx, my)), wide, (0.0, 0.12), steps=4))
        if self.breed.cheeks:
            parts += self._cheeks()
        if self.view != "back" and gapes(self.breed, self.face):
            parts.append(jaw(self.breed, (mx, my), self.view))
        if self.breed.body == "owl":
            parts += tufts(self.breed.skull, 0.0 if self.view in {"front", "back"} else -0.05, self.mood)
        return union(*parts)

    def _cheeks(self) -> list[Path]:
        rx, ry = self.breed.skull
        long = self.breed.cheeks
        right = [
            Clump((rx * 0.55, ry * 0.4), (rx + long, ry * 0.42), 0.26, 0.1),
            Clump((rx * 0.4, ry * 0.6), (rx * 0.86 + long * 0.5, ry * 0.95), 0.22, 0.1),
        ]
        if self.view in {"front", "back"}:
            return [c.path() for c in (*right, *(c.mirrored() for c in right))]
        return [c.path() for c in right]

    @property
    def muzzle_at(self) -> Point:
        k = {"front": 0.0, "three_quarter": 0.75, "profile": 1.0, "back": 0.0}[self.view]
        rx, ry = self.breed.skull
        return (-(rx * 0.42 + self.breed.reach) * k if k else 0.0, ry * 0.5 + 0.02)

    @property
    def hook_at(self) -> Point:
        """Where an owl's beak begins: between the eyes."""
        across = [x for x, _ in _eyes_across(self)]
        return (sum(across) / len(across), 0.02)

    @property
    def outlines(self) -> tuple[Path, ...]:
        hair = (mane(self.breed, self.view),) if self.breed.mane else ()
        return (*hair, self.skull, *outer_ears(self.breed, self.view, self.mood, laid=self.laid))

    @property
    def mood(self) -> float:
        """Ears: 1 pricked, 0 laid back."""
        if self.face.eyes in {"sad", "closed"} or "sweat" in self.face.marks:
            return 0.25
        return 1.0 if self.face.eyes != "angry" else 0.55

    @property
    def mouth(self) -> Point:
        return mouth_of(self.breed, self.muzzle_at)

    @property
    def eye(self) -> Point:
        return (0.0, -0.02)

    @property
    def face_box(self) -> Rect | None:
        if self.view == "back":
            return None
        rx, ry = self.breed.skull
        left = min(-rx, self.muzzle_at[0] - self.breed.muzzle[0])
        right = rx if self.view == "front" else rx * 0.7
        top, bottom = -ry * 0.62, max(ry, self.muzzle_at[1] + self.breed.muzzle[1])
        return Rect(x=left, y=top, width=right - left, height=bottom - top)

    @property
    def box(self) -> Rect:
        rx, ry = self.breed.skull
        left = min(-rx - self.breed.cheeks, self.muzzle_at[0] - self.breed.muzzle[0])
        top = -0.62 if self.breed.ears in {"pointed", "short"} else -0.95 if self.breed.ears == "long" else -0.5
        return Rect(x=left, y=top, width=rx + self.breed.cheeks - left, height=ry + 0.08 - top)

    def ink_behind(self, pen: Pen) -> None:
        ink_ears(pen, self.breed, self.view, self.mood, behind=True, laid=self.laid)

    def ink(self, pen: Pen) -> None:
        if self.breed.mane:
            ink_mane(pen, self.breed, self.view)
        if self.laid:
            ink_ears(pen, self.breed, self.view, self.mood, behind=True, laid=True)
        ink_ears(pen, self.breed, self.view, self.mood, behind=False, laid=self.laid)
        _ink_skull(pen, self)
        if self.view == "back":
            return
        if self.breed.body == "owl":
            ink_discs(pen, _eyes_across(self), -0.03)
        _ink_eyes(pen, self)
        if self.breed.body == "owl":
            ink_hook(pen, self.face, self.hook_at)
        else:
            ink_muzzle(pen, self.breed, self.face, self.muzzle_at, self.view)
        if self.breed.body == "snake" and self.face.mouth in {"flat", "smile", "smirk"}:
            ink_tongue(pen, self.mouth, self.view)
        if gapes(self.breed, self.face):
            ink_gape(pen, self.breed, self.muzzle_at, self.view)
            ink_snarl(pen, self.muzzle_at, self.view)
        if self.look.hat != "none":
            ink_hat(pen, self.look, self.view)
        ink_signs(pen, self.face, self.view)


def _ink_skull(pen: Pen, h: AnimalHead) -> None:
    skull = h.skull
    ink_coat(pen, skull, h.breed.coat, 1.3)
    if h.breed.body == "kappa":
        _ink_dish(pen, h)
    if h.breed.tail == "hair":
        _ink_forelock(pen, h)
    if h.view == "back" or h.breed.mask == h.breed.coat:
        return
    rx, ry = h.breed.skull
    mx, my = h.muzzle_at
    with pen.canvas.saved():
        pen.canvas.clip(skull)
        pen.canvas.fill(ellipse(mx, my + 0.05, h.breed.muzzle[0] * 1.15, h.breed.muzzle[1] * 1.2), 255)
        for side in (-1, 1):
            if side < 0 and h.view != "front":
                continue
            pen.canvas.fill(ellipse(side * rx * 0.78 + mx * 0.2, ry * 0.78, rx * 0.62, ry * 0.52), 255)
    pen.contour(skull, 1.3)
    if h.breed.patches:
        for x, squeeze in _eyes_across(h):
            pen.cover(ellipse(x, 0.02, 0.17 * squeeze, 0.15), DARK_TONE)
    if h.breed.stripes:
        for x in (-0.1, 0.0, 0.1):
            pen.line(((x + mx * 0.2, -ry + 0.02), (x * 0.9 + mx * 0.25, -ry * 0.55)), 2.0, (0, 1))


def _ink_eyes(pen: Pen, h: AnimalHead) -> None:
    ghost = h.look.kind is Kind.BEAST
    y = BULGE[1] if h.breed.ears == "bulge" else -0.03
    across = _eyes_across(h)
    sides = (-1, 1) if len(across) > 1 else (1,)
    sockets = tuple(Socket(x, y, squeeze, side) for (x, squeeze), side in zip(across, sides, strict=True))
    shape = replace(CHILD, eye_size=h.breed.eye, eye_tall=1.0)
    look = h.look.model_copy(update={"gender": "male", "hair_color": "black", "eyes": "sharp" if ghost else "round"})
    for socket in sockets:
        if h.breed.coat.black and h.face.eyes in {"closed", "happy"}:
            _ink_shut(pen, h, socket)
            continue
        if h.breed.coat.black or h.breed.coat.tone > 0.4:
            pen.canvas.fill(ellipse(socket.x, socket.y, 0.13 * h.breed.eye * socket.squeeze, 0.11 * h.breed.eye), 255)
        ink_eye_in(pen, look, shape, h.face, socket)
        _ink_brow(pen, h, socket)


def _eyes_across(h: AnimalHead) -> tuple[tuple[float, float], ...]:
    """Where the eyes are from the middle, and how much they are squeezed by the turn of the head."""
    rx, _ = h.breed.skull
    if h.breed.ears == "bulge" and h.view != "profile":
        aside = 0.0 if h.view == "front" else 0.06
        return ((-BULGE[0] - aside, 0.8), (BULGE[0] - aside, 0.86))
    if h.view == "front":
        return ((-rx * 0.48, 0.86), (rx * 0.48, 0.86))
    if h.view == "three_quarter":
        return ((-rx * 0.66, 0.56), (rx * 0.12, 0.82))
    return ((-rx * 0.42, 0.66),)


def _ink_forelock(pen: Pen, h: AnimalHead) -> None:
    """Of a horse: hair between the ears that falls on the brow, and from behind all down the neck."""
    rx, ry = h.breed.skull
    aside = {"front": 0.0, "three_quarter": -rx * 0.1, "profile": rx * 0.3, "back": 0.0}[h.view]
    low = ry * 1.1 if h.view == "back" else -ry * 0.25
    for dx, deep in ((-0.07, 0.8), (0.0, 1.0), (0.07, 0.7)):
        top = -ry * 1.02
        tip = (aside + dx * 1.5, top + (low - top) * deep)
        pen.canvas.fill(poly(((aside + dx - 0.06, top + 0.03), (aside + dx + 0.06, top + 0.03), tip)))


def _ink_dish(pen: Pen, h: AnimalHead) -> None:
    """Water on the crown, and a fringe of hair around it."""
    rx, ry = h.breed.skull
    for k in range(-5, 6):
        x = k / 5 * rx * 0.92
        y = -ry * (1 - (k / 6) ** 2) ** 0.5
        lock = ((x - 0.07, y - 0.02), (x + 0.07, y - 0.02), (x * 1.14, y + 0.2))
        pen.canvas.fill(poly(lock))
    pen.shape(ellipse(0, -ry * 0.98, rx * 0.62, 0.1), WHITE, 1.1)
    pen.line(((-rx * 0.3, -ry * 0.98), (rx * 0.2, -ry * 1.0)), 0.8, (0.5, 0.5))


def _ink_shut(pen: Pen, h: AnimalHead, socket: Socket) -> None:
    """A shut eye in black fur."""
    bow = 0.05 if h.face.eyes == "closed" else -0.06
    k = 0.12 * socket.squeeze
    points = ((socket.x - k, socket.y), (socket.x, socket.y + bow), (socket.x + k, socket.y))
    pen.canvas.fill(stroke(points, 0.032, (0.7, 0.7), steps=5), 255)


def _ink_brow(pen: Pen, h: AnimalHead, socket: Socket) -> None:
    if abs(h.face.brow) < 0.1:
        return
    slant = h.face.brow * 0.1
    y = socket.y - 0.12 - h.face.lift
    k = socket.side * socket.squeeze
    grey = 255 if h.breed.coat.black else 0
    pen.canvas.fill(
        stroke(
            ((socket.x - 0.09 * k, y + slant), (socket.x, y - 0.015), (socket.x + 0.09 * k, y - slant)),
            0.026,
            (0.4, 1),
            steps=4,
        ),
        grey,
    )
