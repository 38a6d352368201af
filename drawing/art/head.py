"""A head: skin, features, hair, hat, in one of four views. Out: marks behind and before the body, anchors.

Coordinates: the head's own; the caller places, turns and mirrors it.
"""

from dataclasses import dataclass

from drawing.art.beards import ink_beard, ink_moustache
from drawing.art.expressions import FACES, Face
from drawing.art.eyes import ink_brows, ink_eyes
from drawing.art.face import FaceShape, HeadView, contour, ears, face_shape
from drawing.art.hair.hair_under_hats import presses
from drawing.art.hair.head_of_hair import Hair, hair, ink_behind, ink_front, ink_stubble, ink_ties
from drawing.art.headgear import hat_outline, ink_brim_shadow, ink_glasses, ink_hat
from drawing.art.mouth import ink_feeling, ink_mouth, ink_nose, ink_signs, ink_years, mouth_point
from drawing.art.robot import crest, ink_robot, is_robot, shell
from drawing.art.wounds_and_marks import ink_marks, ink_on_face, ink_on_hair
from drawing.ink.paths import Path, ellipse, mapped, smooth, union
from drawing.ink.pen import MID, WHITE, Pen
from manga.characters import Look
from manga.geometry import Point, Rect
from manga.storyboard import Expression


@dataclass(frozen=True, slots=True)
class Head:
    """A human head: who, what feeling, from which side."""

    look: Look
    view: HeadView
    face: Face
    shape: FaceShape
    skin: Path
    hair: Hair

    @property
    def outlines(self) -> tuple[Path, ...]:
        """For the silhouette."""
        paths = [self.skin, self.hair.front, *self.hair.behind, *self.hair.plaits]
        paths += hat_outline(self.look, self.view)
        if is_robot(self.look):
            paths.append(crest(self.look, self.view))
        return tuple(p for p in paths if p)

    @property
    def covered(self) -> Path:
        """Skin and hair as one, without what hangs behind."""
        return union(self.skin, self.hair.front) if self.hair.front else self.skin

    @property
    def mouth(self) -> Point:
        return mouth_point(self.shape, self.view)

    @property
    def face_box(self) -> Rect | None:
        """From the brows to the chin, from cheek to cheek."""
        if self.view == "back":
            return None
        top = self.shape.eye_y - 0.26 + 0.04 * self.shape.manly
        left, right = {"front": (-0.36, 0.36), "three_quarter": (-0.36, 0.29), "profile": (-0.42, 0.12)}[self.view]
        return Rect(x=left, y=top, width=right - left, height=self.shape.chin_y - top)

    @property
    def box(self) -> Rect:
        """The whole head with its hair, without what hangs from it."""
        return Rect(x=-0.54, y=-0.74, width=1.08, height=0.74 + self.shape.chin_y)

    @property
    def eye(self) -> Point:
        """Between the eyes."""
        return (0.0, self.shape.eye_y)

    def ink_behind(self, pen: Pen) -> None:
        """What lies behind the body."""
        if self.view != "back":
            ink_behind(pen, self.hair)

    def ink(self, pen: Pen) -> None:
        """What lies before the body."""
        _ink_head(pen, self)


def head(look: Look, expression: Expression, view: HeadView) -> Head:
    shape = face_shape(look)
    if is_robot(look):
        bald = look.model_copy(update={"hair_style": "bald", "facial_hair": "none"})
        return Head(bald, view, FACES[expression], shape, shell(shape, view), hair(bald, view))
    mop = hair(look, view)
    return Head(
        look,
        view,
        FACES[expression],
        shape,
        contour(shape, view, bare=mop.skull or (mop.clear and view == "three_quarter")),
        mop,
    )


def _ink_head(pen: Pen, h: Head) -> None:
    if is_robot(h.look):
        ink_robot(pen, h.shape, h.face, h.look, h.view)
        ink_hat(pen, h.look, h.view)
        return
    if h.view == "back":
        _ink_from_behind(pen, h)
        return
    upon = h.view == "three_quarter" and h.hair.clear
    if not upon:
        _ink_ears(pen, h)
    pen.shape(h.skin, WHITE, 1.35)
    if upon:
        _ink_ears(pen, h)
    ink_stubble(pen, h.hair, h.skin)
    _ink_fringe_shadow(pen, h)
    ink_nose(pen, h.shape, h.look, h.view)
    ink_years(pen, h.look, h.shape, h.view)
    ink_feeling(pen, h.shape, h.face, h.view, h.skin)
    ink_beard(pen, h.look, h.shape, h.view)
    ink_mouth(pen, h.shape, h.face, h.view)
    ink_moustache(pen, h.look, h.shape, h.view)
    ink_eyes(pen, h.look, h.shape, h.face, h.view)
    ink_marks(pen, h.look, h.shape, h.view)
    ink_on_face(pen, h.look, h.shape, h.view)
    ink_brows(pen, h.look, h.shape, h.face, h.view)
    ink_front(pen, h.hair)
    _ink_brows_through(pen, h)
    ink_ties(pen, h.hair)
    ink_on_hair(pen, h.look, h.view, lambda: h.covered)
    if h.look.glasses:
        ink_glasses(pen, h.shape, h.view)
    ink_hat(pen, h.look, h.view)
    ink_signs(pen, h.face, h.view)


def _ink_brows_through(pen: Pen, h: Head) -> None:
    """Brows show through the fringe, or its wearer could not frown."""
    black = h.hair.shade.black
    if not h.hair.front or (black and abs(h.face.brow) < 0.1):
        return
    with pen.canvas.saved():
        pen.canvas.clip(h.hair.front)
        ink_brows(pen, h.look, h.shape, h.face, h.view, rim=black)


def _ink_from_behind(pen: Pen, h: Head) -> None:
    _ink_ears(pen, h)
    pen.shape(h.skin, WHITE, 1.2)
    ink_stubble(pen, h.hair, h.skin)
    ink_front(pen, h.hair)
    ink_behind(pen, h.hair)
    ink_ties(pen, h.hair)
    ink_on_hair(pen, h.look, h.view, lambda: h.covered)
    ink_hat(pen, h.look, h.view)


def _ink_ears(pen: Pen, h: Head) -> None:
    if h.view == "profile":
        return
    free = h.view == "three_quarter" and h.hair.clear
    for x, y, side in ears(h.view):
        if free:
            _ink_near_ear(pen, x, y)
            continue
        wide, at = (0.075, x + 0.017) if h.view == "three_quarter" else (0.052, x)
        pen.shape(ellipse(at, y, wide, 0.1, side * -0.18), WHITE, 1.1)
        pen.line(((at + side * 0.012, y - 0.055), (at + side * 0.03, y - 0.01), (at - side * 0.004, y + 0.04)), 0.7)


def _ink_near_ear(pen: Pen, x: float, y: float) -> None:
    """An ear that lies on the head: it has an edge only behind, where it stands off."""
    rim = ((x - 0.05, y - 0.03), (x - 0.035, y - 0.092), (x + 0.025, y - 0.1), (x + 0.062, y - 0.045),
           (x + 0.04, y + 0.03), (x + 0.012, y + 0.085), (x - 0.022, y + 0.104), (x - 0.045, y + 0.07))  # fmt: skip
    edge = smooth(rim, tension=0.6)
    pen.canvas.fill((*edge, ("Z",)), 255)
    pen.canvas.stroke(edge, pen.weight * 1.1)
    helix = ((x - 0.024, y - 0.056), (x + 0.016, y - 0.068), (x + 0.034, y - 0.03), (x + 0.014, y + 0.03))
    pen.line(helix, 0.75, (0.8, 0.8))
    pen.line(((x - 0.034, y + 0.012), (x - 0.01, y - 0.004), (x - 0.008, y + 0.04)), 0.7, (0.8, 0.8))


def _ink_fringe_shadow(pen: Pen, h: Head) -> None:
    if h.view == "profile":
        _ink_near_ear(pen, *ears("profile")[0][:2])
    ink_brim_shadow(pen, h.look, h.view, h.skin)
    black = h.hair.shade.black
    if not h.hair.front or presses(h.look.hat) or (black and abs(h.face.brow) < 0.1):
        return
    with pen.canvas.saved():
        pen.canvas.clip(h.skin)
        pen.canvas.tone(mapped(h.hair.front, lambda x, y: (x + 0.01, y + 0.045)), MID)
