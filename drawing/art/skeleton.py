"""Puts a pose on a body: joints in space, the lowest foot on the floor (y = 0 at the floor, negative above it)."""

from dataclasses import dataclass, replace

from drawing.art.points_in_space import Vec, add, aimed, minus, pitched, rolled, times, turned, two_bones
from drawing.art.pose_spec import ArmPose, LegPose, PoseSpec
from drawing.art.proportions import MAN, Proportions


@dataclass(frozen=True, slots=True)
class ArmBones:
    """The joints of an arm."""

    side: int
    shoulder: Vec
    elbow: Vec
    wrist: Vec


@dataclass(frozen=True, slots=True)
class LegBones:
    """The joints of a leg."""

    side: int
    hip: Vec
    knee: Vec
    ankle: Vec
    toe: Vec
    heel: Vec


@dataclass(frozen=True, slots=True)
class Skeleton:
    """All joints of a posed body."""

    pelvis: Vec
    neck: Vec
    """Where the neck leaves the trunk."""
    head: Vec
    """Centre of the face's height, inside the skull."""
    left: ArmBones
    right: ArmBones
    left_leg: LegBones
    right_leg: LegBones
    lean: float
    twist: float
    tilt: float

    def on_trunk(self, v: Vec) -> Vec:
        """A point of the trunk's own frame (origin at the neck, upright) in the body's space."""
        return add(self.neck, _trunk(v, self.lean, self.twist, self.tilt))


def _trunk(v: Vec, lean: float, twist: float, tilt: float) -> Vec:
    return pitched(turned(rolled(v, tilt), twist), lean)


_BENT = 40.0
"""Degrees: whoever leans farther does not stoop as well."""


_UNDER = 120.0
"""Degrees: a leg that is folded so far has its foot under the body, beside the other one."""


def skeleton(pose: PoseSpec, p: Proportions) -> Skeleton:
    lean = pose.lean + (0 if pose.lies or pose.lift or pose.lean > _BENT else p.stoop)
    neck = _trunk((0, -p.torso, 0), lean, 0, -pose.shoulders * 0.5)
    chin_bend = lean * 0.55 + pose.nod
    head = add(neck, pitched((0, -p.neck - 0.48, 0.06), chin_bend))
    left, right = (_arm(arm, side, p, pose, neck, head, lean) for arm, side in ((pose.left, 1), (pose.right, -1)))
    left_leg, right_leg = _leg(pose.left_leg, 1, p, pose.shoulders), _leg(pose.right_leg, -1, p, pose.shoulders)
    body = Skeleton((0, 0, 0), neck, head, left, right, left_leg, right_leg, lean, pose.twist, pose.shoulders)
    grounded = _grounded(body)
    return lifted(grounded, -pose.lift) if pose.lift else grounded


def _arm(arm: ArmPose, side: int, p: Proportions, pose: PoseSpec, neck: Vec, head: Vec, lean: float) -> ArmBones:
    def in_body(v: Vec) -> Vec:
        return add(neck, _trunk(v, lean, pose.twist, pose.shoulders))

    shoulder = in_body((side * p.shoulder * 0.94, p.slope * p.torso / MAN.torso, 0))
    if arm.target is None:
        elbow = add(shoulder, _hung(arm.upper, side, p.upper_arm, pose.twist))
        return ArmBones(side, shoulder, elbow, add(elbow, _hung(arm.fore, side, p.forearm, pose.twist)))
    x, y, z = arm.target
    target = add(head, (side * x, y, z)) if arm.on_head else in_body(_scaled(arm.target, side, p))
    pole = (arm.pole[0] * side, arm.pole[1], arm.pole[2])
    return ArmBones(side, shoulder, *two_bones(shoulder, target, p.upper_arm, p.forearm, pole))


def _scaled(target: Vec, side: int, p: Proportions) -> Vec:
    x, y, z = target
    reach = (p.upper_arm + p.forearm) / (MAN.upper_arm + MAN.forearm)
    return (side * x * max(0.72, p.shoulder / MAN.shoulder), y * p.torso / MAN.torso, z * reach)


def _hung(angles: tuple[float, float], side: int, length: float, twist: float) -> Vec:
    return turned(times(aimed(angles[0], angles[1], side), length), twist)


def _leg(leg: LegPose, side: int, p: Proportions, tilt: float) -> LegBones:
    hip = rolled((side * p.hip * 0.46, 0.06, 0), -tilt * 0.8)
    swing, spread = leg.thigh
    knee = add(hip, times(aimed(swing, spread, side), p.thigh))
    inward = -1.3 if leg.knee > _UNDER else 0.6
    ankle = add(knee, times(aimed(swing - leg.knee, spread * inward, side), p.shank))
    forward = pitched(turned((0, 0, 1), side * leg.outward), -leg.toe)
    if swing - leg.knee < -50:
        forward = pitched(forward, leg.knee - swing)
        forward = (forward[0], max(forward[1], -0.1), forward[2])
    down: Vec = (0, p.foot * 0.62, 0)
    toe = add(add(ankle, down), times(forward, 0.46 * (p.foot / 0.2)))
    heel = add(add(ankle, down), times(forward, -0.1))
    return LegBones(side, hip, knee, ankle, toe, heel)


def _grounded(body: Skeleton) -> Skeleton:
    legs = (body.left_leg, body.right_leg)
    lowest = max(max(v[1] for v in (leg.knee, leg.ankle, leg.toe, leg.heel)) for leg in legs)
    return lifted(body, -(max(lowest, 0.25) + 0.08))


def lifted(body: Skeleton, dy: float) -> Skeleton:
    """The whole body moved up or down."""
    move: Vec = (0, dy, 0)

    def arm(a: ArmBones) -> ArmBones:
        return replace(a, shoulder=add(a.shoulder, move), elbow=add(a.elbow, move), wrist=add(a.wrist, move))

    def leg(b: LegBones) -> LegBones:
        return LegBones(b.side, *(add(v, move) for v in (b.hip, b.knee, b.ankle, b.toe, b.heel)))

    return replace(
        body, pelvis=add(body.pelvis, move), neck=add(body.neck, move), head=add(body.head, move),
        left=arm(body.left), right=arm(body.right), left_leg=leg(body.left_leg), right_leg=leg(body.right_leg),
    )  # fmt: skip


def spine(body: Skeleton, t: float) -> Vec:
    """A point on the spine's line: 0 at the neck, 1 at the pelvis."""
    bow = 0.03 * (1 - (2 * t - 1) ** 2)
    at = add(body.neck, times(minus(body.pelvis, body.neck), t))
    return (at[0], at[1], at[2] - bow)
