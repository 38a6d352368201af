"""The camera: distance, height, how much background, which effects. In: a framed panel and those before it."""

from collections.abc import Sequence
from random import Random

from manga.characters import Cast
from manga.plot import Beat, Emotion, LineKind, TimeOfDay
from manga.storyboard import Angle, EffectName, Role, Shot
from providers.offline.panels.additions import KEY_EVENT
from providers.offline.panels.roles import Frame

_STRONG = frozenset({Emotion.ANGER, Emotion.FEAR, Emotion.SURPRISE, Emotion.SADNESS, Emotion.TENDERNESS, Emotion.SHAME})
_WHOLE_BODY = frozenset(
    [
        "run",
        "walk",
        "fall",
        "jump",
        "climb",
        "carry",
        "throw",
        "hide",
        "crouch",
        "kneel",
        "bow",
        "play",
        "stand",
        "sit",
        "lie",
    ]
)
_HANDS = frozenset(["reach", "open", "read", "write", "eat", "give", "take"])
_FAST = frozenset(["run", "jump", "fall", "throw"])

NEAR = frozenset({Shot.BUST, Shot.CLOSE, Shot.EXTREME_CLOSE})


def shot_of(frame: Frame, people: int, before: Sequence[Shot], rng: Random) -> Shot:
    """The first fitting distance that is not the one just used; never one for the third time in a row."""
    wishes = _wishes(frame, people)
    if frame.role in (Role.ESTABLISH, Role.BREATHER, Role.AFTERBEAT) or len(wishes) == 1:
        return wishes[0]
    if len(wishes) > 2 and rng.random() < 0.25:
        wishes = (wishes[1], wishes[0], *wishes[2:])
    last = before[-1] if before else None
    fresh = [shot for shot in wishes if shot is not last]
    return fresh[0] if fresh else wishes[0]


def _wishes(frame: Frame, people: int) -> tuple[Shot, ...]:
    beat = frame.lead.beat
    if frame.role is Role.ESTABLISH:
        return (Shot.ESTABLISHING,)
    if frame.role is Role.BREATHER:
        return (Shot.LONG,)
    if frame.role is Role.INSERT or not people:
        return (
            (Shot.INSERT, Shot.LONG, Shot.ESTABLISHING) if beat.props else (Shot.LONG, Shot.ESTABLISHING, Shot.INSERT)
        )
    if frame.role is Role.AFTERBEAT:
        return (Shot.LONG,)
    if frame.role is Role.REACT:
        return (Shot.CLOSE, Shot.BUST, Shot.EXTREME_CLOSE) if frame.silent else (Shot.BUST, Shot.CLOSE, Shot.MEDIUM)
    if people > 2:
        return (Shot.FULL, Shot.MEDIUM, Shot.LONG)
    return _told_wishes(frame, beat, people)


def _told_wishes(frame: Frame, beat: Beat, people: int) -> tuple[Shot, ...]:
    words = sum(moment.letters for moment in frame.moments)
    spoken = any(moment.purpose == "spoken" for moment in frame.moments)
    if frame.role in (Role.SPLASH, Role.PAYOFF):
        if beat.action in _WHOLE_BODY or beat.action == "shoot":
            return (Shot.FULL, Shot.MEDIUM, Shot.LONG)
        return (Shot.BUST, Shot.MEDIUM, Shot.CLOSE) if people == 1 else (Shot.MEDIUM, Shot.FULL, Shot.BUST)
    if beat.action in _WHOLE_BODY and not (spoken and words > 30):
        return (Shot.FULL, Shot.LONG, Shot.MEDIUM)
    if not spoken and beat.action in _HANDS:
        return (Shot.MEDIUM, Shot.INSERT, Shot.BUST) if beat.props else (Shot.MEDIUM, Shot.BUST, Shot.FULL)
    if people > 1:
        return (Shot.MEDIUM, Shot.BUST, Shot.FULL)
    if beat.emotion in _STRONG and words <= 20:
        return (Shot.CLOSE, Shot.BUST, Shot.EXTREME_CLOSE)
    return (Shot.BUST, Shot.MEDIUM, Shot.CLOSE) if spoken else (Shot.MEDIUM, Shot.FULL, Shot.BUST)


def angle_of(frame: Frame, shot: Shot, tilted: bool, people: int, rng: Random) -> Angle:
    """At eye height, but for one view a page."""
    beat = frame.lead.beat
    if tilted:
        return Angle.EYE
    if shot is Shot.ESTABLISHING:
        return rng.choice((Angle.EYE, Angle.HIGH, Angle.BIRD))
    if beat.emotion in (Emotion.ANGER, Emotion.RESOLVE) and shot is not Shot.INSERT:
        return Angle.LOW
    if beat.emotion in (Emotion.SADNESS, Emotion.SHAME, Emotion.FEAR) and shot in (Shot.FULL, Shot.LONG, Shot.MEDIUM):
        return Angle.HIGH
    if people == 2 and shot is Shot.BUST and rng.random() < 0.4:
        return Angle.OVER_SHOULDER
    return Angle.EYE


def background_of(frame: Frame, shot: Shot, last_two: Sequence[str], rng: Random) -> str:
    """Full where we must know the place, little behind faces, black behind a shock."""
    beat = frame.lead.beat
    if shot in (Shot.ESTABLISHING, Shot.LONG):
        return "full"
    shocked = beat.emotion in (Emotion.FEAR, Emotion.SURPRISE) and beat.importance >= KEY_EVENT
    if shocked and shot in NEAR and "dark" not in last_two:
        return "dark"
    if shot in (Shot.CLOSE, Shot.EXTREME_CLOSE):
        return "none"
    if shot is Shot.BUST:
        return "partial" if rng.random() < 0.45 else "none"
    if shot is Shot.INSERT:
        return "partial"
    return "full" if frame.importance >= 3 or "full" not in last_two else "partial"


def effects_of(frame: Frame, shot: Shot, background: str) -> tuple[EffectName, ...]:
    """At most two: what moves or strikes, and what the heart does."""
    beat = frame.lead.beat
    found: list[EffectName] = []
    loud = any(m.line is not None and m.line.kind is LineKind.SHOUT and m.parts for m in frame.moments)
    if beat.action in _FAST and frame.role is not Role.ESTABLISH and shot in (Shot.FULL, Shot.MEDIUM):
        found.append("speed_lines")
    elif beat.action == "shoot":
        found.append("flash")
    elif background == "dark":
        found.append("beta_flash")
    elif shot not in (Shot.ESTABLISHING, Shot.LONG, Shot.INSERT) and (
        (
            beat.importance >= KEY_EVENT
            and beat.emotion in (Emotion.SURPRISE, Emotion.FEAR, Emotion.ANGER, Emotion.TENSION)
        )
        or (loud and frame.importance >= 3)
    ):
        found.append("focus_lines")
    if not found and background in ("none", "partial") and shot is not Shot.INSERT:
        found += _mood(beat.emotion)
    return tuple(found)


def _mood(emotion: Emotion) -> tuple[EffectName, ...]:
    moods: dict[Emotion, tuple[EffectName, ...]] = {
        Emotion.SADNESS: ("gloom",),
        Emotion.FEAR: ("gloom",),
        Emotion.SHAME: ("gloom",),
        Emotion.TENDERNESS: ("bokeh",),
        Emotion.JOY: ("sparkle",),
        Emotion.SURPRISE: ("flash",),
    }
    return moods.get(emotion, ())


def lighting_of(time: TimeOfDay, emotion: Emotion) -> str:
    """Words for a model: where the light comes from."""
    by_time = {
        TimeOfDay.MORNING: "soft morning light from the side",
        TimeOfDay.DAY: "clear daylight from above",
        TimeOfDay.EVENING: "low evening light, long shadows",
        TimeOfDay.NIGHT: "moonlight, deep blacks",
    }
    hard = ", hard contrast" if emotion in (Emotion.ANGER, Emotion.FEAR, Emotion.TENSION) else ""
    return by_time[time] + hard


def known(keys: Sequence[str], cast: Cast) -> tuple[str, ...]:
    """Keys that have a character sheet, each once."""
    return tuple(dict.fromkeys(key for key in keys if cast.get(key) is not None))
