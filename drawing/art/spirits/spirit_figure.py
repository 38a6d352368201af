"""A spirit's figure: a person's head and body with what makes them a spirit's, before and behind."""

from collections.abc import Callable
from dataclasses import dataclass

from drawing.art.face import HeadView
from drawing.art.head import Head
from drawing.art.spirits import body_gear, faces, head_gear
from drawing.ink.paths import Path
from drawing.ink.pen import Pen
from manga.geometry import Point, Rect
from manga.vocabulary.beings import Adornment

WORN = {
    "icicles": head_gear.icicles, "ice_band": head_gear.ice_band, "rays": head_gear.rays, "halo": head_gear.halo,
    "ring": head_gear.ring, "flames": head_gear.flames, "curls": head_gear.curls, "hood": head_gear.hood,
    "black_hood": head_gear.black_hood, "branches": head_gear.branches, "leaves": head_gear.leaves,
    "wreath": head_gear.wreath, "flakes": head_gear.flakes, "stones": head_gear.stones, "crescent": head_gear.crescent,
    "horns": faces.horns, "fangs": faces.fangs, "long_nose": faces.long_nose, "small_cap": faces.small_cap,
    "brow_cloth": faces.brow_cloth, "puffed": faces.puffed, "knobs": faces.knobs, "judge": faces.judge,
}  # fmt: skip
BACKS = {"wings": body_gear.wings, "feathers": body_gear.feathers, "fine_wings": body_gear.fine_wings,
          "streamers": body_gear.streamers, "club": body_gear.club}  # fmt: skip
FRONTS = {"drum": body_gear.drum, "tiger": body_gear.tiger, "mist": body_gear.mist, "stole": body_gear.stole,
           "bib": body_gear.bib}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AdornedHead:
    """A head with what is on it."""

    base: Head
    aspect: Adornment

    @property
    def view(self) -> HeadView:
        return self.base.view

    @property
    def outlines(self) -> tuple[Path, ...]:
        worn = [WORN[name](self.view)[0] for name in (*self.aspect.behind, *self.aspect.before)]
        return (*self.base.outlines, *(path for paths in worn for path in paths))

    @property
    def mouth(self) -> Point:
        return self.base.mouth

    @property
    def eye(self) -> Point:
        return self.base.eye

    @property
    def face_box(self) -> Rect | None:
        return self.base.face_box

    @property
    def box(self) -> Rect:
        return self.base.box

    def ink_behind(self, pen: Pen) -> None:
        for name in self.aspect.behind:
            WORN[name](self.view)[1](pen)
        self.base.ink_behind(pen)

    def ink(self, pen: Pen) -> None:
        self.base.ink(pen)
        for name in self.aspect.before:
            WORN[name](self.view)[1](pen)


@dataclass(frozen=True, slots=True)
class Borne:
    """What is on the body: outlines, and marks under and over it."""

    outlines: tuple[Path, ...]
    under: Callable[[Pen], None]
    over: Callable[[Pen], None]


def borne(aspect: Adornment, shoulder: float, hip: float, *, from_behind: bool) -> Borne:
    """`shoulder` and `hip` are how high those are, upwards negative."""
    back = [BACKS[aspect.back]((0.0, shoulder, hip))] if aspect.back else []
    front = [FRONTS[aspect.body]((0.0, shoulder, hip))] if aspect.body else []
    if from_behind:
        back, front = front, back

    def inked(things: list[body_gear.Inked]) -> Callable[[Pen], None]:
        def ink(pen: Pen) -> None:
            for _, draw in things:
                draw(pen)

        return ink

    return Borne(tuple(path for path, _ in (*back, *front)), inked(back), inked(front))
