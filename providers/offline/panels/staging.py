"""Who stands where. In: a framed panel, its shot, the cast. Out: figures with place, facing, expression and pose.

The first speaker stands on the side that is read first, so that balloons and heads do not cross.
"""

from collections.abc import Sequence
from typing import Literal

from manga.characters import Cast
from manga.paper import Direction
from manga.plot import Beat, Emotion, Line, LineKind
from manga.storyboard import Expression, FigureDirection, Pose, Role, Shot
from providers.offline.panels.parts import DOUBTFUL
from providers.offline.panels.roles import Frame
from providers.offline.panels.shots import known

MOST_FIGURES = {
    Shot.ESTABLISHING: 2,
    Shot.LONG: 3,
    Shot.FULL: 4,
    Shot.MEDIUM: 3,
    Shot.BUST: 2,
    Shot.CLOSE: 1,
    Shot.EXTREME_CLOSE: 1,
    Shot.INSERT: 0,
}

_PLACES = {1: (0.5,), 2: (0.73, 0.27), 3: (0.8, 0.5, 0.2), 4: (0.85, 0.62, 0.38, 0.15)}
"""Read from the right; mirrored for left-to-right books."""

_ALONE_WITH_WORDS = 0.36
"""Beside a balloon a single figure stands a little away from it."""

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

_HOLDING = frozenset(["carry", "hold", "reach", "take", "give", "throw", "read", "write", "eat", "open"])
_HOLDABLE_BY_AIM = frozenset(["gun", "bow", "sword"])


def people_of(frame: Frame, cast: Cast) -> tuple[str, ...]:
    """Who may be seen: speakers in the order of their balloons, then the one who acts, then the others present."""
    speakers = [
        part.speaker
        for moment in frame.moments
        if moment.purpose == "spoken"
        for part in moment.parts
        if part.speaker and part.confidence >= DOUBTFUL
    ]
    lead = frame.lead.beat
    present = [key for key in lead.present if key not in speakers]
    others = [key for moment in frame.moments for key in moment.beat.present]
    if frame.role in (Role.BREATHER, Role.INSERT):
        return ()
    return known([*speakers, *present, *others], cast)


def figures_of(frame: Frame, shot: Shot, cast: Cast, direction: Direction) -> tuple[FigureDirection, ...]:
    """The figures of one panel; every sure speaker is among them."""
    speakers = _speakers(frame, cast)
    most = max(MOST_FIGURES[shot], len(speakers)) if shot is not Shot.INSERT else len(speakers)
    keys = people_of(frame, cast)[: min(most, 4)]
    if frame.role is Role.ESTABLISH and not speakers:
        keys = keys[:2]
    texts = any(moment.parts for moment in frame.moments)
    places = (
        (_ALONE_WITH_WORDS,)
        if len(keys) == 1 and texts and shot is not Shot.ESTABLISHING
        else _PLACES.get(len(keys), ())
    )
    return tuple(
        _figure(key, place if direction is Direction.RTL else 1 - place, number, len(keys), frame, shot)
        for number, (key, place) in enumerate(zip(keys, places, strict=True))
    )


def _speakers(frame: Frame, cast: Cast) -> tuple[str, ...]:
    return known(
        [
            part.speaker
            for moment in frame.moments
            if moment.purpose == "spoken"
            for part in moment.parts
            if part.speaker and part.confidence >= DOUBTFUL
        ],
        cast,
    )


def _figure(key: str, place: float, number: int, count: int, frame: Frame, shot: Shot) -> FigureDirection:
    beat = frame.lead.beat
    line = next((m.line for m in frame.moments if m.speaker == key), None)
    acts = number == 0 if line is None else True
    pose = _pose(beat, frame, shot) if acts and number == 0 else (Pose.STAND, Pose.RELAXED)[number % 2]
    return FigureDirection(
        character=key,
        x=round(place, 3),
        depth=_depth(number, count, shot),
        facing=_facing(place, count, frame, shot),
        expression=expression_of(beat, line, frame, number),
        pose=pose,
        holds=_held(beat, pose) if number == 0 and frame.role is not Role.REACT else "",
    )


def _depth(number: int, count: int, shot: Shot) -> Literal["foreground", "middle", "background"]:
    if shot is Shot.ESTABLISHING:
        return "background"
    if count > 2 and number >= 2:
        return "background"
    return "middle"


def _facing(place: float, count: int, frame: Frame, shot: Shot) -> Literal["left", "right", "front", "back"]:
    if count == 1:
        if frame.role is Role.AFTERBEAT:
            return "back"
        if shot in (Shot.CLOSE, Shot.EXTREME_CLOSE) and frame.role in (Role.REACT, Role.PAYOFF, Role.SPLASH):
            return "front"
        return "right" if place <= 0.5 else "left"
    if abs(place - 0.5) < 0.05:
        return "front"
    return "right" if place < 0.5 else "left"


def expression_of(beat: Beat, line: Line | None, frame: Frame, number: int) -> Expression:
    """The face: from how it is said, then from what is felt; bystanders feel less."""
    emotion = beat.emotion
    if line is not None:
        if line.kind is LineKind.SHOUT:
            return Expression.ANGRY if emotion is Emotion.ANGER else Expression.SHOUT
        if line.text.rstrip('」"”').endswith(("？", "?")) and emotion in (Emotion.NEUTRAL, Emotion.SURPRISE):
            return Expression.SURPRISE
    if beat.action == "cry" and number == 0:
        return Expression.CRY
    if beat.action == "laugh" and number == 0:
        return Expression.LAUGH
    strong = beat.importance >= 4
    if emotion is Emotion.SURPRISE and strong:
        return Expression.SHOCK
    if frame.role is Role.REACT and emotion is Emotion.NEUTRAL:
        return Expression.SURPRISE if strong else Expression.CALM
    if number > 1:
        return Expression.NEUTRAL if emotion is Emotion.NEUTRAL else Expression.CALM
    return EXPRESSIONS[emotion]


def _pose(beat: Beat, frame: Frame, shot: Shot) -> Pose:
    if frame.role is Role.AFTERBEAT or (
        frame.role is Role.REACT and beat.action not in ("lie", "fall", "sit", "kneel", "crouch", "hide")
    ):
        return Pose.STAND
    if beat.action in POSES:
        return POSES[beat.action]
    if shot in (Shot.BUST, Shot.MEDIUM):
        by_emotion = {
            Emotion.ANGER: Pose.FIST,
            Emotion.RESOLVE: Pose.FIST,
            Emotion.SADNESS: Pose.CLASP,
            Emotion.JOY: Pose.CHEER,
        }
        return by_emotion.get(beat.emotion, Pose.RELAXED)
    return Pose.STAND


def _held(beat: Beat, pose: Pose) -> str:
    if pose is Pose.AIM:
        return next((prop for prop in beat.props if prop in _HOLDABLE_BY_AIM), "gun")
    if beat.action in _HOLDING and beat.props:
        return beat.props[0]
    return ""


def names(keys: Sequence[str], cast: Cast) -> tuple[str, ...]:
    """Display names of those keys that have a sheet."""
    return tuple(found.name for found in (cast.get(key) for key in keys) if found is not None)
