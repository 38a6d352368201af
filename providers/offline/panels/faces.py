"""Faces, poses and things held. In: a beat, how a line is said, what the panel is for. Out: words of the rig."""

from manga.plot import Beat, Emotion, Line, LineKind
from manga.storyboard import Expression, Pose, Role, Shot
from providers.offline.panels.roles import Frame

EXPRESSIONS = {
    Emotion.NEUTRAL: Expression.NEUTRAL,
    Emotion.JOY: Expression.HAPPY,
    Emotion.SADNESS: Expression.SAD,
    Emotion.ANGER: Expression.ANGRY,
    Emotion.FEAR: Expression.FEAR,
    Emotion.SURPRISE: Expression.SURPRISE,
    Emotion.TENSION: Expression.SERIOUS,
    Emotion.TENDERNESS: Expression.SMILE,
    Emotion.SHAME: Expression.SHY,
    Emotion.RESOLVE: Expression.SERIOUS,
}

POSES = {
    "run": Pose.RUN,
    "walk": Pose.WALK,
    "shoot": Pose.AIM,
    "aim": Pose.AIM,
    "fall": Pose.LIE,
    "lie": Pose.LIE,
    "sleep": Pose.LIE,
    "kneel": Pose.KNEEL,
    "bow": Pose.BOW,
    "nod": Pose.BOW,
    "crouch": Pose.CROUCH,
    "hide": Pose.CROUCH,
    "sit": Pose.SIT,
    "carry": Pose.CARRY,
    "hold": Pose.CARRY,
    "reach": Pose.REACH,
    "open": Pose.REACH,
    "take": Pose.REACH,
    "give": Pose.REACH,
    "throw": Pose.REACH,
    "hug": Pose.CLASP,
    "think": Pose.THINK,
    "point": Pose.POINT,
    "wave": Pose.WAVE,
    "jump": Pose.CHEER,
    "play": Pose.CHEER,
    "climb": Pose.REACH,
    "shout": Pose.FIST,
    "cry": Pose.CLASP,
    "laugh": Pose.RELAXED,
    "read": Pose.CARRY,
    "eat": Pose.SIT,
}

_BY_EMOTION = {
    Emotion.ANGER: Pose.FIST,
    Emotion.RESOLVE: Pose.FIST,
    Emotion.SADNESS: Pose.CLASP,
    Emotion.JOY: Pose.CHEER,
}

_STILL = frozenset(["lie", "fall", "sit", "kneel", "crouch", "hide"])
"""Deeds that go on while someone reacts."""

_HOLDING = frozenset(["carry", "hold", "reach", "take", "give", "throw", "read", "write", "eat", "open"])
_AIMED = frozenset(["gun", "bow", "sword"])


def expression_of(beat: Beat, line: Line | None, frame: Frame, number: int) -> Expression:
    """The face: from how it is said, then from what is done and felt; bystanders feel less."""
    said = _said(beat, line)
    if said is not None:
        return said
    if number == 0 and beat.action in ("cry", "laugh"):
        return Expression.CRY if beat.action == "cry" else Expression.LAUGH
    if beat.emotion is Emotion.SURPRISE and beat.importance >= 4:
        return Expression.SHOCK
    if frame.role is Role.REACT and beat.emotion is Emotion.NEUTRAL:
        return Expression.SURPRISE if beat.importance >= 4 else Expression.CALM
    if number > 1:
        return Expression.NEUTRAL if beat.emotion is Emotion.NEUTRAL else Expression.CALM
    return EXPRESSIONS[beat.emotion]


def _said(beat: Beat, line: Line | None) -> Expression | None:
    if line is None:
        return None
    if line.kind is LineKind.SHOUT:
        return Expression.ANGRY if beat.emotion is Emotion.ANGER else Expression.SHOUT
    asks = line.text.rstrip('」"”').endswith(("？", "?"))
    if asks and beat.emotion in (Emotion.NEUTRAL, Emotion.SURPRISE):
        return Expression.SURPRISE
    return None


def pose_of(beat: Beat, frame: Frame, shot: Shot) -> Pose:
    """What the one who acts does with the body."""
    if frame.role is Role.AFTERBEAT or (frame.role is Role.REACT and beat.action not in _STILL):
        return Pose.STAND
    if beat.action in POSES:
        return POSES[beat.action]
    if shot in (Shot.BUST, Shot.MEDIUM):
        return _BY_EMOTION.get(beat.emotion, Pose.RELAXED)
    return Pose.STAND


def held(beat: Beat, pose: Pose) -> str:
    """The thing in hand, if the deed is done with one."""
    if pose is Pose.AIM:
        return next((prop for prop in beat.props if prop in _AIMED), "gun")
    if beat.action in _HOLDING and beat.props:
        return beat.props[0]
    return ""
