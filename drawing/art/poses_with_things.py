"""Puts hands on a thing: read it, eat from it, carry it, look at it. A pose and a thing in, arms for it out."""

from dataclasses import dataclass, replace

from drawing.art.pose_spec import ArmPose, PoseSpec
from drawing.art.props.things_used_at_head import AT_EAR
from drawing.art.things.find_drawing import Thing, thing_named
from manga.storyboard import Pose
from manga.vocabulary.things import Grip


@dataclass(frozen=True, slots=True)
class Deed:
    """The arms, how far the head bends to it, and where the thing lies.

    `both`: between the hands, else in the right one. `over`: it is seen before the arms.
    `lift` is how far its middle lies above the hands, in its own size.
    """

    right: ArmPose
    left: ArmPose | None = None
    nod: float = 0
    lean: float = 0
    """How far the trunk bends forward to it, degrees."""
    both: bool = False
    over: bool = False
    lift: float = 0.2
    low: bool = False
    """Whatever its size, it stays below the chin."""
    near: bool = False
    """With the hand on the side that is seen."""
    across: bool = False
    """Goes to the page's side that is looked to, with the other hand there."""


_OUT = (0.9, 0.7, -0.2)
_FRONT = ArmPose(target=(0.4, 1.3, 0.84), hand="grip")
_READS = Deed(
    ArmPose(target=(0.24, 1.08, 0.86), hand="grip", pole=_OUT), ArmPose(target=(0.24, 1.08, 0.86), hand="grip",
    pole=_OUT), 15, both=True, lift=0.16,
)  # fmt: skip
_CARRIES = Deed(_FRONT, _FRONT, both=True, lift=0.22, low=True)
_SHOWS = Deed(ArmPose(target=(0.16, 0.92, 0.86), hand="grip", pole=_OUT), nod=7, lift=0.3, over=True, low=True)
_PINCHES = Deed(
    ArmPose(target=(0.26, 0.94, 0.86), hand="pinch", pole=_OUT, fingers=(-0.1, -1, 0.2)), nod=7, over=True, low=True
)
"""Small things, between finger and thumb."""
_AT_CHEST = Deed(ArmPose(target=(0.1, 1.02, 0.72), hand="grip", pole=_OUT), lift=0.42)
_OFFERING = ArmPose(target=(0.16, 0.94, 1.2), hand="flat", pole=(1, 0.6, -0.2), fingers=(-0.35, 0.1, 1))
_OFFERS = Deed(_OFFERING, _OFFERING, both=True, lift=0.16)
_DRINKS = Deed(ArmPose(target=(0.06, 0.74, 0.78), hand="grip", pole=_OUT), nod=4, lift=0.28)
_EATS = Deed(
    ArmPose(target=(0.12, 0.98, 0.86), hand="flat", pole=_OUT), ArmPose(target=(0.14, 0.72, 0.74), hand="grip",
    pole=_OUT), 9, lift=0.36,
)  # fmt: skip
_CALLS = Deed(
    ArmPose(target=(0.5, 0.46, 0.06), on_head=True, hand="grip", pole=(0.35, 1, 0.3), fingers=(-0.2, -1, 0)), near=True
)
_UNDER = Deed(ArmPose(target=(0.26, 1.05, 0.56), hand="fist", pole=_OUT), lift=0.44)
_ASIDE = Deed(ArmPose(target=(0.5, 1.0, 0.86), hand="grip", pole=_OUT), lift=0.18)
"""A light in the hand, away from the face."""
_PEERS = Deed(ArmPose(target=(0.2, 0.2, 1.15), hand="grip", pole=(0.9, 0.8, 0.2)), nod=9, lean=11)
_LIGHTS = Deed(ArmPose(target=(0.5, 1.1, 0.95), hand="fist", pole=(0.8, 0.9, -0.2)), lift=-0.46)
_FIDDLES = Deed(
    ArmPose(target=(0.36, 0.9, 0.86), hand="grip", pole=(1, 0.5, -0.1)),
    ArmPose(target=(1.9, 0.5, 0.5), hand="grip", pole=(0.5, 1, -0.1)),
)
_FLUTES = Deed(
    ArmPose(target=(0.82, 0.46, 0.5), on_head=True, hand="grip", pole=(1, 1, -0.1)),
    ArmPose(target=(-0.26, 0.44, 0.66), on_head=True, hand="grip", pole=(1, 1, -0.1)), 3, across=True,
)  # fmt: skip
_PLUCKS = Deed(
    ArmPose(target=(0.12, 1.5, 0.74), hand="relaxed", pole=(1, 0.4, -0.2)),
    ArmPose(target=(0.86, 1.1, 0.66), hand="grip", pole=(0.8, 1, -0.2)), 5,
)  # fmt: skip

DEEDS: dict[str, Deed] = {
    **dict.fromkeys(("book", "letter", "map", "computer", "newspaper", "scroll"), _READS),
    **dict.fromkeys(("hat", "bonnet", "bottle", "bread", "candles"), _CARRIES),
    **dict.fromkeys(("mirror", "brush", "knife", "egg", "hammer"), _SHOWS),
    "flower": _AT_CHEST,
    "fan": _AT_CHEST,
    "candle": _ASIDE,
    "lamp": _ASIDE,
    "telescope": _PEERS,
    "cup": _DRINKS,
    **dict.fromkeys(("rice_ball", "pipe", "microphone"), _DRINKS),
    "bowl": _EATS,
    **dict.fromkeys(sorted(AT_EAR), _CALLS),
    "violin": _FIDDLES,
    "flute": _FLUTES,
    "guitar": _PLUCKS,
    "umbrella": _UNDER,
    "lantern": _LIGHTS,
    "paper_lantern": _LIGHTS,
    "chain": _LIGHTS,
}
"""Of things that hands do something of their own with."""
_BY_GRIP: dict[Grip, Deed] = {"pinch": _PINCHES, "palm": _SHOWS, "two_hands": _CARRIES, "arm": _CARRIES}
"""Of all others. What has a handle is held at the side."""
FREE = frozenset(
    {Pose.STAND, Pose.RELAXED, Pose.SIT, Pose.KNEEL, Pose.WALK, Pose.CROUCH, Pose.SHRUG, Pose.CLASP, Pose.LOOK_UP,
     Pose.LOOK_DOWN, Pose.LOOK_BACK}
)  # fmt: skip
"""Poses whose hands have nothing else to do."""
BOTH_HANDS = frozenset({Pose.PRAY, Pose.WEEP, Pose.DESPAIR, Pose.FOLD, Pose.CRAWL})
"""Poses that leave no hand for a thing."""
AT_WORK = {
    Pose.CLIMB: "rope", Pose.WRITE: "pencil", Pose.DIG: "hoe", Pose.SWEEP: "broom", Pose.COOK: "pot",
    Pose.CUT: "knife", Pose.POUR: "teapot", Pose.WASH: "basin", Pose.HANG: "washing", Pose.KNOCK: "door",
    Pose.ROW: "oars", Pose.CRANK: "wheel", Pose.PULL: "rope",
}  # fmt: skip
"""Poses that are nothing without a thing, and the one they have where none is named."""
LOOKING = FREE | {Pose.REACH, Pose.THINK}
"""Poses in which somebody with a telescope looks through it."""


def deed_of(thing: str | None, pose: Pose) -> Deed | None:
    """None where the pose says what the hands do, or where the thing is simply held at the side."""
    if pose is Pose.CARRY:
        return _CARRIES
    if pose is Pose.GIVE:
        return _OFFERS
    if thing == "telescope":
        return _PEERS if pose in LOOKING else None
    return (DEEDS.get(thing) or _by_grip(thing_named(thing))) if thing and pose in FREE else None


def _by_grip(thing: Thing) -> Deed | None:
    if thing.long or thing.stands:
        return None
    if thing.hangs:
        return _LIGHTS if thing.grip == "pinch" else None
    if thing.handle:
        return _SHOWS
    return _BY_GRIP.get(thing.grip)


_WITH_A_THING = {
    **dict.fromkeys(("book", "letter", "map"), "read"),
    **dict.fromkeys(("bowl", "rice_ball"), "eat"),
    "cup": "drink",
    **dict.fromkeys(("violin", "flute", "guitar"), "play_music"),
    "telescope": "look_into",
    **dict.fromkeys(sorted(AT_EAR), "telephone"),
}
"""What somebody is seen to do whose arms are drawn for a thing."""


def deed_word(thing: str | None, pose: Pose) -> str:
    """What a body does that holds the thing in the pose, or nothing."""
    by_the_thing = pose not in {Pose.CARRY, Pose.GIVE} and deed_of(thing, pose) is not None
    return _WITH_A_THING.get(thing or "", pose.value) if by_the_thing else pose.value


def doing(spec: PoseSpec, deed: Deed | None) -> PoseSpec:
    """The pose with arms for the deed."""
    if deed is None:
        return replace(spec, right=replace(spec.right, hand="grip"))
    return replace(
        spec, right=deed.right, left=deed.left or spec.left, nod=spec.nod + deed.nod, lean=spec.lean + deed.lean
    )


_FREE_ARM = ArmPose(target=(0.46, 1.0, 0.9), hand="grip", pole=_OUT)


def into_view(spec: PoseSpec, deed: Deed | None, pose: Pose, thing: Thing, lowest: float) -> PoseSpec:
    """The pose with the thing's hand no lower than `lowest` heads below the neck, higher and aside where it hangs."""
    hangs = thing.hangs or (deed is not None and deed.lift < 0)
    down = max(_HIGHEST, lowest - (_HANGS_DOWN * thing.size if hangs else 0.0))

    def raised(arm: ArmPose) -> ArmPose:
        kept = pose in AT_WORK or lowest > _NEAREST
        if arm.on_head or (arm.target is None and pose not in FREE and kept):
            return arm
        x, y, z = arm.target or _FREE_ARM.target or (0.0, 0.0, 0.0)
        return replace(arm if arm.target else _FREE_ARM, target=(max(x, _BESIDE) if hangs else x, min(y, down), z))

    left = raised(spec.left) if deed is not None and deed.both else spec.left
    return replace(spec, right=raised(spec.right), left=left)


_NEAREST = 0.9
"""Heads: where less than so much below the neck is seen, hands do nothing else than show what they hold."""
_HANGS_DOWN, _BESIDE, _HIGHEST = 0.5, 0.74, 0.25
"""Of what hangs, so much of its size has to be seen below the hand; heads from the face, and below the neck."""


def calls_at_work(thing: str, pose: Pose) -> bool:
    """Whether somebody telephones with one hand while the other one works."""
    return pose is Pose.COOK and thing in AT_EAR


def calling(spec: PoseSpec) -> PoseSpec:
    """The pose with a telephone at the left ear, the other hand at work."""
    return replace(spec, left=_CALLS.right, roll=spec.roll + 4)
