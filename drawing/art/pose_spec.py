"""The specification of a pose: angles and reaches of a body that faces +z, left and right whatever the view.

A hand either follows two directions (upper arm, forearm; each swing forwards and spread outwards, degrees) or reaches
a point: (outwards, down from the neck, forwards) in heads of an adult; the rig finds the elbow.
"""

from dataclasses import dataclass, field, replace
from typing import Literal

HandShape = Literal["relaxed", "fist", "open", "point", "grip", "flat", "laid", "edge", "pinch", "hidden", "paw"]
Angles = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ArmPose:
    """What one arm does."""

    upper: Angles = (2, 9)
    fore: Angles = (16, 5)
    target: tuple[float, float, float] | None = None
    pole: tuple[float, float, float] = (0.75, 0.75, -0.5)
    hand: HandShape = "relaxed"
    on_head: bool = False
    """The target is reckoned from the middle of the head, in heads of whoever it is."""
    fingers: tuple[float, float, float] | None = None
    """Where they point (outwards, down, forwards); None where they go on from the forearm."""


@dataclass(frozen=True, slots=True)
class LegPose:
    """`thigh` swing and spread; `knee` is how far the shank folds back; `toe` lifts the heel when positive."""

    thigh: Angles = (0, 3)
    knee: float = 0
    toe: float = 0
    outward: float = 8


@dataclass(frozen=True, slots=True)
class PoseSpec:
    """What a whole body does."""

    left: ArmPose = field(default_factory=ArmPose)
    right: ArmPose = field(default_factory=ArmPose)
    left_leg: LegPose = field(default_factory=LegPose)
    right_leg: LegPose = field(default_factory=LegPose)
    lean: float = 0
    shoulders: float = 0
    """Degrees of tilt: positive lowers the figure's left shoulder; the hips tilt against it."""
    twist: float = 0
    nod: float = 0
    """Degrees that the head bends forward."""
    roll: float = 0
    """Degrees that the head tilts sideways."""
    lies: bool = False
    sits: bool = False
    """Sits on a seat."""
    onward: bool = False
    """As it is seen by somebody who looks to the page's right; who looks to its left does it with the other hand."""
    lift: float = 0
    """How high above the floor the lowest joint is, heads."""


def mirrored(spec: PoseSpec) -> PoseSpec:
    """The same with left and right exchanged."""
    return replace(
        spec, left=spec.right, right=spec.left, left_leg=spec.right_leg, right_leg=spec.left_leg,
        shoulders=-spec.shoulders, twist=-spec.twist, roll=-spec.roll,
    )  # fmt: skip


BEARS = LegPose((0, -5), 1, outward=14)
"""The leg that carries the weight: its foot lies under the head, its hip is pushed out."""
FREE = LegPose((16, 14), 22, 6, 28)
"""The other one: its knee is bent and its foot stands aside."""
LOOSE = ArmPose(upper=(-4, 12), fore=(22, 8))
"""An arm that hangs and does nothing."""
