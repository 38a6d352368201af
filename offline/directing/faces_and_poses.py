"""Chooses faces, poses and things held: a beat, how a line is said and the panel's role in, words of the rig out."""

import re

from manga.plot import Beat, Deed, Emotion, Line, LineKind
from manga.storyboard import Expression, Pose, Role, Shot
from manga.vocabulary.poses_and_effects import poses_by_deed
from offline.directing.added_panels import KEY_EVENT
from offline.directing.panel_roles import Frame

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

_PLAYED = frozenset(["violin", "flute", "guitar", "piano"])
_ON_WALLS = frozenset(["sign", "door", "wall"])
"""What is read where it hangs."""

DOWN = frozenset({Pose.LIE, Pose.FALL})
"""Poses that need a wide picture."""

_BY_EMOTION = {
    Emotion.ANGER: Pose.FIST,
    Emotion.RESOLVE: Pose.FIST,
    Emotion.SADNESS: Pose.LOOK_DOWN,
    Emotion.SHAME: Pose.LOOK_DOWN,
}
"""Gladness shows in the face and in small gestures: arms are thrown up for a deed that says so."""

_RESTING = frozenset({Pose.LIE, Pose.SIT, Pose.KNEEL, Pose.CROUCH, Pose.CLIMB, Pose.ROW})
"""Postures in which people stay until they do something else with their legs."""

_WITHOUT_LEGS = frozenset(
    ["look", "look up", "look down", "look back", "lookout", "listen", "think", "nod", "cry", "laugh", "shout", "read",
     "eat", "drink", "hold", "take", "give", "reach", "touch"]
)  # fmt: skip

_FACES = frozenset({Shot.CLOSE, Shot.EXTREME_CLOSE})
_HEADS = _FACES | {Shot.BUST}
"""Views that show no legs: heads are on one height there."""

_HOLDING = frozenset(
    ["peer", "light", "carry", "hold", "reach", "take", "give", "throw", "read", "write", "eat", "drink", "open",
     "climb", "dig", "sweep", "lift", "catch", "pull", "feed", "crown", "strike", "stab", "aim"]
)  # fmt: skip
_AIMED = frozenset(["gun", "bow", "sword"])
_AIMING = frozenset(["shoot", "aim"])


_QUOTES = '「」『』"“” '
_FALTERS = ("……", "…", "...")
_DISBELIEF = (
    "うそだ",
    "嘘だ",
    "うそ、",
    "まさか",
    "信じられ",
    "no way",
    "impossible",
    "it can't be",
    "i don't believe",
)
_OPEN_TO_WORDS = frozenset({Emotion.NEUTRAL, Emotion.TENSION})
_SHORT = 8
"""Letters of a cry of surprise."""
_TAKEN_ABACK = re.compile(
    r"えっ?[、…？?！]|なに[？?っ、]|何[？?だっ]|は[？?]|うそ|まさか|(?:[Ww]hat|[Rr]eally|[Ee]h|[Hh]uh)[,?!]"
)
"""A question is a surprise to whoever asks it only when it begins so."""

_TERROR = re.compile(r"(?:うわ|ぎゃ|きゃ|ひ)[あぁいぃえぇっー]+(?=[、。！!…—]|$)|[Ee]{2,}k\b")
_SOFT = frozenset({Emotion.JOY, Emotion.TENDERNESS, Emotion.SADNESS, Emotion.SHAME})
_STAMMER = re.compile(r"(\w)(?:[、—‐-]\1){2}", re.IGNORECASE)
"""The same sound three times: つ、つ、つまり; w-w-what."""

_SHOUTED = {
    Emotion.ANGER: Expression.ANGRY,
    Emotion.JOY: Expression.LAUGH,
    Emotion.SADNESS: Expression.CRY,
    Emotion.TENDERNESS: Expression.HAPPY,
}
"""What moves people sounds in a shout; nobody is horrified who shouts for joy."""

_ANSWERED = {
    Emotion.JOY: Expression.SMILE,
    Emotion.TENDERNESS: Expression.SMILE,
    Emotion.SADNESS: Expression.SERIOUS,
    Emotion.ANGER: Expression.SURPRISE,
    Emotion.FEAR: Expression.SERIOUS,
    Emotion.SURPRISE: Expression.SURPRISE,
    Emotion.TENSION: Expression.SERIOUS,
}
"""The faces of those who only see what others do, say and feel."""

_DONE = {
    "fight": Expression.ANGRY,
    "strike": Expression.ANGRY,
    "stab": Expression.ANGRY,
    "cry": Expression.CRY,
    "laugh": Expression.LAUGH,
    "shoot": Expression.SERIOUS,
    "drop": Expression.SHOCK,
    "fall": Expression.SHOCK,
    "sleep": Expression.CALM,
}


def pose_for(action: str) -> Pose | None:
    """The pose that shows a deed."""
    key = poses_by_deed().get(action)
    return Pose(key) if key else None


def expression_of(
    beat: Beat,
    line: Line | None,
    frame: Frame,
    number: int,
    deed: Deed | None = None,
    *,
    starts: bool = False,
    aside: bool = False,
) -> Expression:
    """The face: from how it is said, then from what is done and felt; only who `starts` is shocked, and who stands
    `aside` answers the feeling of others instead of wearing it."""
    said = _said(beat, line) or _done(beat, deed, frame)
    if said is not None:
        return said
    if starts:
        return Expression.SHOCK if beat.importance >= KEY_EVENT else Expression.SURPRISE
    if number > 1:
        return Expression.NEUTRAL
    if aside:
        return _ANSWERED.get(beat.emotion, Expression.NEUTRAL)
    return EXPRESSIONS[beat.emotion]


def _done(beat: Beat, deed: Deed | None, frame: Frame) -> Expression | None:
    """The face that goes with a deed, and of those who see a shot."""
    if deed is None:
        return Expression.SURPRISE if frame.action == "shoot" else None
    if deed.action == "shout":
        return _SHOUTED.get(beat.emotion, Expression.SHOUT)
    glad = beat.emotion in (Emotion.JOY, Emotion.TENDERNESS)
    return None if glad and deed.action == "fall" else _DONE.get(deed.action)


def _said(beat: Beat, line: Line | None) -> Expression | None:
    if line is None:
        return None
    if line.kind is LineKind.SHOUT:
        return _SHOUTED.get(beat.emotion, Expression.SHOUT)
    words = line.text.strip(_QUOTES)
    if line.speaker and beat.emotion not in _SOFT and (_TERROR.match(words) or _STAMMER.search(words)):
        return Expression.SHOCK if _TERROR.match(words) else Expression.FEAR
    asks = words.endswith(("？", "?"))
    if asks and beat.emotion is Emotion.SURPRISE:
        return Expression.SURPRISE
    if beat.emotion in _OPEN_TO_WORDS and line.speaker and words.lower().startswith(_DISBELIEF):
        return Expression.SURPRISE
    return _tone(words, asks=asks) if beat.emotion is Emotion.NEUTRAL and line.speaker else None


def _tone(words: str, *, asks: bool) -> Expression | None:
    """What is heard in how plain words are written: a cry, a short question, words that falter."""
    if words.endswith(("！？", "!?", "?!", "？！")) or (asks and _TAKEN_ABACK.match(words)):
        return Expression.SURPRISE
    if words.endswith(("！", "!")):
        return Expression.SURPRISE if len(words) <= _SHORT else Expression.SERIOUS
    return Expression.SAD if words.startswith(_FALTERS) or words.endswith(_FALTERS) else None


def pose_of(deed: Deed | None, rest: Pose | None, frame: Frame, shot: Shot, number: int, *, emotion: Emotion) -> Pose:
    """What one does with the body: the own deed; else the posture one is in; else what the feeling asks for."""
    if deed is not None and not (rest in _RESTING and deed.action in _WITHOUT_LEGS):
        found = _acted(deed, rest, frame, shot)
        if found is not None:
            return found if _shows(found, shot) or found is not Pose.CLIMB else Pose.STAND
    if rest is not None:
        return rest if _shows(rest, shot) else Pose.STAND
    if number or frame.role in (Role.AFTERBEAT, Role.REACT):
        return Pose.STAND
    return _BY_EMOTION.get(emotion, Pose.STAND) if shot in (Shot.BUST, Shot.MEDIUM) else Pose.STAND


def _shows(posture: Pose, shot: Shot) -> bool:
    """Whether it is seen so near: no legs are, but arms above the head in all views but of a face."""
    return posture is Pose.LIE or shot not in (_FACES if posture is Pose.CLIMB else _HEADS)


def _acted(deed: Deed, rest: Pose | None, frame: Frame, shot: Shot) -> Pose | None:
    """The pose of a deed: a hill is walked up, what hangs on a wall is looked up at, who weeps afar hides the face."""
    if deed.action == "climb" and rest is not Pose.CLIMB:
        return Pose.WALK
    if deed.action == "read" and deed.thing in _ON_WALLS:
        return Pose.LOOK_UP
    if deed.action == "give" and (deed.thing or deed.whom):
        return Pose.GIVE
    if deed.action == "cry" and shot not in _HEADS:
        return Pose.WEEP
    if deed.action == "play" and frame.lead.beat.emotion is Emotion.JOY:
        return Pose.JUMP
    return pose_for(deed.action)


def held(deed: Deed | None, pose: Pose) -> str:
    """What the deed is done with; what was taken before stands in the plot's changes."""
    if deed is not None and deed.action == "play" and deed.thing in _PLAYED:
        return deed.thing
    if deed is None or deed.action not in _HOLDING | _AIMING:
        return ""
    if pose is Pose.AIM:
        return deed.thing if deed.thing in _AIMED else "gun"
    if deed.action == "read" and deed.thing in _ON_WALLS:
        return ""
    return deed.thing
