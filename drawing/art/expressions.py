"""What a feeling does to a face: the sixteen expressions as numbers. No drawing."""

from dataclasses import dataclass
from typing import Literal

from manga.storyboard import Expression

EyeState = Literal["open", "happy", "closed", "wide", "angry", "sad", "half"]
MouthState = Literal["flat", "smile", "smirk", "frown", "wavy", "open", "shout", "o", "teeth"]
Mark = Literal["blush", "sweat", "tear", "vein", "gloom"]


@dataclass(frozen=True, slots=True)
class Face:
    """`brow` is the slant (positive frowns), `lift` how far the brows rise, `gaze` where the iris goes."""

    eyes: EyeState = "open"
    mouth: MouthState = "flat"
    opening: float = 1.0
    brow: float = 0.0
    lift: float = 0.0
    gaze: tuple[float, float] = (0.0, 0.0)
    marks: tuple[Mark, ...] = ()


FACES: dict[Expression, Face] = {
    Expression.NEUTRAL: Face(),
    Expression.SMILE: Face(mouth="smile", lift=0.012),
    Expression.HAPPY: Face("happy", "open", brow=-0.06, lift=0.03, marks=("blush",)),
    Expression.LAUGH: Face("happy", "open", 1.35, lift=0.045),
    Expression.SURPRISE: Face("wide", "o", 1.2, lift=0.06),
    Expression.SHOCK: Face("wide", "shout", 1.25, brow=-0.14, lift=0.06, marks=("sweat", "gloom")),
    Expression.ANGRY: Face("angry", "teeth", 0.95, brow=0.34, lift=-0.025, marks=("vein",)),
    Expression.SERIOUS: Face("half", "flat", 0.94, brow=0.2, lift=-0.012),
    Expression.SAD: Face("sad", "frown", 0.86, brow=-0.28, lift=0.02, gaze=(0, 0.5)),
    Expression.CRY: Face("sad", "wavy", 0.9, brow=-0.32, lift=0.02, marks=("tear",)),
    Expression.SHY: Face("open", "wavy", 0.86, brow=-0.16, gaze=(0.5, 0.35), marks=("blush",)),
    Expression.SMIRK: Face("half", "smirk", 0.9, brow=0.12),
    Expression.SHOUT: Face("angry", "shout", 1.08, brow=0.28),
    Expression.RELIEF: Face("closed", "smile", brow=-0.1, lift=0.03),
    Expression.FEAR: Face("wide", "wavy", 1.05, brow=-0.3, lift=0.03, marks=("sweat",)),
    Expression.CALM: Face("closed", "flat", lift=0.01),
}
