"""Chooses the camera of each panel: distance, height, background, effects; it remembers the panels before."""

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Literal

from manga.characters import Cast
from manga.plot import Beat, Emotion, LineKind, TimeOfDay
from manga.storyboard import Angle, EffectName, Role, Shot
from offline.directing.added_panels import KEY_EVENT
from offline.directing.deeds_at_somebody import deed_of_two
from offline.directing.deeds_to_show import TO_SOMEBODY
from offline.directing.panel_reactions import is_unseen, shows_face
from offline.directing.panel_roles import Frame
from offline.directing.thing_panels import showable

MOST_FIGURES = {
    Shot.ESTABLISHING: 3,
    Shot.LONG: 4,
    Shot.FULL: 4,
    Shot.MEDIUM: 3,
    Shot.BUST: 2,
    Shot.CLOSE: 1,
    Shot.EXTREME_CLOSE: 1,
    Shot.INSERT: 0,
}
"""In a picture from so far off."""

_STRONG = frozenset({Emotion.ANGER, Emotion.FEAR, Emotion.SURPRISE, Emotion.SADNESS, Emotion.TENDERNESS, Emotion.SHAME})
_STRIKING = frozenset({Emotion.SURPRISE, Emotion.FEAR, Emotion.ANGER, Emotion.TENSION})
_GOING = frozenset(
    ["run", "walk", "fall", "jump", "climb", "carry", "throw", "hide", "play", "hug", "shoot", "fight", "pull", "push",
     "strike", "stab", "chase", "ride", "dangle", "swim", "dance", "lift", "catch"]
)  # fmt: skip
_WHOLE_BODY = _GOING | {"crouch", "kneel", "bow", "stand", "sit", "lie", "sleep"}
_HANDS = frozenset(["reach", "open", "read", "write", "eat", "give", "take", "seize", "bind"])
_FROM_HEAD_TO_FOOT = frozenset(["kneel", "bow", "pull", "chase", "lift", "help", "fight", "shoot", "push"])
"""Deeds at somebody that are not seen where legs are not."""
MOST_TILTS = 2
"""Views of a page that are not at eye height."""
STEEP = frozenset({Angle.LOW, Angle.BIRD})
SMALL = 2
"""Up to this importance a panel is so small that a view from afar shows nothing."""
WORN, WORN_FROM = 0.28, 4
"""Share and number of panels above which another distance that fits is taken."""
_WIDE = frozenset({Shot.ESTABLISHING, Shot.LONG, Shot.FULL, Shot.CLOSE, Shot.EXTREME_CLOSE, Shot.INSERT})
_FACES = frozenset({Shot.CLOSE, Shot.EXTREME_CLOSE})
_FAR = frozenset({Shot.ESTABLISHING, Shot.LONG, Shot.FULL})
AFAR = frozenset({Shot.ESTABLISHING, Shot.LONG})
_TURNED = frozenset({Shot.FULL})
"""Distances that are given up for one from afar where two have changed sides."""
_ALIKE = dict.fromkeys(_FAR, _FAR) | {Shot.CLOSE: frozenset({Shot.EXTREME_CLOSE})}
"""Distances that look the same when the same people stand in the same place."""
_ALIKE_TWO = _ALIKE | {Shot.MEDIUM: frozenset({Shot.BUST}), Shot.BUST: frozenset({Shot.MEDIUM})}
"""The same for more than one person."""
_FAST = frozenset(["run", "jump", "fall", "throw", "fight", "strike", "chase"])

_FIXED = {
    Role.ESTABLISH: (Shot.ESTABLISHING,),
    Role.BREATHER: (Shot.LONG, Shot.ESTABLISHING),
    Role.AFTERBEAT: (Shot.LONG,),
}
_SPEECH = (
    (Shot.MEDIUM, Shot.FULL, Shot.BUST),
    (Shot.CLOSE, Shot.BUST),
    (Shot.FULL, Shot.LONG, Shot.MEDIUM),
    (Shot.BUST, Shot.CLOSE),
)
"""A long speech, panel by panel: speaker and listener, face, both from afar, face."""

_MOODS: dict[Emotion, tuple[EffectName, ...]] = {
    Emotion.SADNESS: ("gloom",),
    Emotion.FEAR: ("gloom",),
    Emotion.SHAME: ("gloom",),
    Emotion.TENDERNESS: ("bokeh",),
    Emotion.JOY: ("sparkle",),
}

_LIGHT = {
    TimeOfDay.MORNING: "soft morning light from the side",
    TimeOfDay.DAY: "clear daylight from above",
    TimeOfDay.EVENING: "low evening light, long shadows",
    TimeOfDay.NIGHT: "moonlight, deep blacks",
}

Wide = Literal["", "lies", "falls", "afar"]
"""Whether somebody in the picture lies, or falls in this very panel; or it is a view of another place."""

Background = Literal["full", "partial", "none", "dark"]


class Camera:
    """Chooses each view with an eye on the last ones."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._shots: list[Shot] = []
        self._used: Counter[Shot] = Counter()
        self._backgrounds: list[Background] = []
        self._effects: tuple[EffectName, ...] = ()
        self._tilts: list[Angle] = []
        """Of this page."""
        self._level = True
        self._who: set[str] = set()
        self._places: set[tuple[str, str]] = set()

    def turn_page(self) -> None:
        self._tilts = []

    def shot(
        self,
        frame: Frame,
        who: Sequence[str],
        follow: int,
        key: str,
        *,
        wide: Wide = "",
        enters: bool = False,
        turned: bool = False,
    ) -> Shot:
        """The first fitting distance that is not the one just used; with the same people, none that looks like it.
        Somebody who matters is shown whole when he `enters`; where people have `turned`, a view from afar shows so."""
        people = len(who)
        if frame.thing:
            return self._taken(Shot.INSERT, who)
        if enters and not wide:
            return self._taken(Shot.FULL, who)
        wishes = _SPEECH[(follow - 1) % 4] if follow and people else wishes_of(frame, people)
        wishes = self._shown_before(frame, wishes, people)
        if len(wishes) > 2 and not follow and Random(f"{self._seed}:{key}:shot").random() < 0.25:
            wishes = (wishes[1], wishes[0], *wishes[2:])
        if wide:
            wishes = tuple(shot for shot in wishes if shot in (_WIDE if wide == "falls" else _FAR)) or (
                Shot.FULL,
                Shot.LONG,
            )
        last = self._shots[-1] if self._shots else None
        fresh = [shot for shot in wishes if shot is not last] or [wishes[0]]
        table = _ALIKE_TWO if people > 1 else _ALIKE
        alike = table.get(last, frozenset()) if last and set(who) == self._who else frozenset()
        able = [shot for shot in fresh if shot not in alike] or fresh
        told = frame.role not in (Role.PAYOFF, Role.SPLASH)
        chosen = next((shot for shot in able if told and shot not in self._shots[-2:]), able[0])
        if self._worn(chosen):
            roomy = [shot for shot in able if people < 2 or shot not in _FACES] or able
            chosen = min(roomy, key=lambda shot: self._used[shot])
        if turned and chosen in _TURNED and last is not Shot.LONG:
            chosen = Shot.LONG
        return self._taken(chosen, who)

    def _taken(self, shot: Shot, who: Sequence[str]) -> Shot:
        self._shots.append(shot)
        self._used[shot] += 1
        self._who = set(who)
        return shot

    def _worn(self, shot: Shot) -> bool:
        """Whether the book has had more than its share of this distance."""
        return self._used[shot] > max(WORN_FROM, WORN * len(self._shots))

    def _shown_before(self, frame: Frame, wishes: tuple[Shot, ...], people: int) -> tuple[Shot, ...]:
        """A place that the reader knows needs no view from afar with people like ants."""
        if frame.role is not Role.ESTABLISH:
            return wishes
        place = (frame.lead.scene.setting, frame.lead.scene.place)
        known = place in self._places
        self._places.add(place)
        return (Shot.LONG, Shot.ESTABLISHING) if known and people else wishes

    def angle(self, frame: Frame, shot: Shot, people: int, key: str, *, shoulder: bool = False) -> Angle:
        """At eye height, but for two views a page, one of them steep, that do not follow each other; `shoulder` when
        somebody stands before us with his back to us."""
        if shoulder:
            return Angle.OVER_SHOULDER
        able = self._level and len(self._tilts) < MOST_TILTS and shot not in (Shot.INSERT, Shot.EXTREME_CLOSE)
        found = self._tilted(frame, shot, Random(f"{self._seed}:{key}:angle")) if able else Angle.EYE
        if found in STEEP and STEEP.intersection(self._tilts):
            found = Angle.EYE
        self._level = found is Angle.EYE
        self._tilts += [] if self._level else [found]
        return found

    def _tilted(self, frame: Frame, shot: Shot, rng: Random) -> Angle:
        """The weak and the sad from above, the strong and whoever threatens from below, a place from on high."""
        emotion = frame.lead.beat.emotion
        if frame.role is Role.AFTERBEAT and len(self._shots) > 1 and self._shots[-2] in _FAR:
            return Angle.HIGH
        if shot is Shot.ESTABLISHING:
            return rng.choice((Angle.EYE, Angle.HIGH, Angle.BIRD))
        if emotion in (Emotion.ANGER, Emotion.RESOLVE) or _loud(frame):
            return Angle.LOW
        if emotion in (Emotion.SADNESS, Emotion.SHAME, Emotion.FEAR) and shot in (Shot.FULL, Shot.LONG, Shot.MEDIUM):
            return Angle.HIGH
        often = {Shot.FULL: 0.35, Shot.LONG: 0.35, Shot.MEDIUM: 0.2}.get(shot, 0.0)
        return rng.choice((Angle.LOW, Angle.HIGH)) if rng.random() < often else Angle.EYE

    def background(self, frame: Frame, shot: Shot, key: str, *, starts: bool) -> Background:
        """Full where we must know the place, little behind faces, black behind a shock."""
        found = self._background(frame, shot, Random(f"{self._seed}:{key}:background"), starts=starts)
        self._backgrounds.append(found)
        return found

    def _background(self, frame: Frame, shot: Shot, rng: Random, *, starts: bool) -> Background:
        beat, last = frame.lead.beat, self._backgrounds[-2:]
        if shot in (Shot.ESTABLISHING, Shot.LONG):
            return "full"
        shocked = (starts or beat.emotion is Emotion.FEAR) and beat.importance >= KEY_EVENT
        if shot in (Shot.BUST, Shot.CLOSE, Shot.EXTREME_CLOSE):
            if shocked and "dark" not in last:
                return "dark"
            return "partial" if shot is Shot.BUST and rng.random() < 0.45 else "none"
        if shot is Shot.INSERT:
            return "partial"
        return "full" if frame.importance >= 3 or "full" not in last else "partial"

    def effects(self, frame: Frame, shot: Shot, background: Background, *, starts: bool) -> tuple[EffectName, ...]:
        """What moves or strikes; else what the heart does, but not the same twice running."""
        found = _force(frame, shot, background)
        if not found and background in ("none", "partial") and shot is not Shot.INSERT:
            found = ("flash",) if starts else _MOODS.get(frame.lead.beat.emotion, ())
            found = () if found == self._effects else found
        self._effects = found
        return found


def _force(frame: Frame, shot: Shot, background: Background) -> tuple[EffectName, ...]:
    beat = frame.lead.beat
    if shot in (Shot.ESTABLISHING, Shot.LONG, Shot.INSERT):
        return ()
    if frame.action in _FAST and shot in (Shot.FULL, Shot.MEDIUM) and frame.role is not Role.REACT:
        return ("speed_lines",)
    if frame.action == "shoot":
        return ("flash",)
    if background == "dark":
        return ("beta_flash",)
    struck = beat.importance >= KEY_EVENT and beat.emotion in _STRIKING
    return ("focus_lines",) if struck or (_loud(frame) and frame.importance >= 3) else ()


def _loud(frame: Frame) -> bool:
    return any(m.line is not None and m.line.kind is LineKind.SHOUT and m.parts for m in frame.moments)


def wishes_of(frame: Frame, people: int) -> tuple[Shot, ...]:
    """Distances that suit the panel, best first."""
    fixed = _FIXED.get(frame.role)
    if fixed is not None:
        return fixed
    kinds = {part.kind for moment in frame.moments for part in moment.parts}
    if frame.role is Role.INSERT or not people:
        return _empty_wishes(frame, written=bool(kinds & {LineKind.SIGN, LineKind.LETTER}))
    if kinds == {LineKind.SIGN}:
        return (Shot.MEDIUM, Shot.FULL, Shot.LONG)
    if people > 1 and (deed := deed_of_two(frame)) is not None:
        whole = deed.action in _FROM_HEAD_TO_FOOT
        return (Shot.FULL, Shot.MEDIUM) if whole else (Shot.MEDIUM, Shot.FULL)
    return _wishes_for_one(frame, people)


def _wishes_for_one(frame: Frame, people: int) -> tuple[Shot, ...]:
    """Where nobody does anything to somebody."""
    if frame.role is Role.REACT:
        return _face_wishes(frame, people)
    if shows_face(frame):
        return (Shot.CLOSE, Shot.BUST) if people == 1 else (Shot.BUST, Shot.MEDIUM)
    return (Shot.FULL, Shot.MEDIUM, Shot.LONG) if people > 2 else _deed_wishes(frame, frame.lead.beat, people)


def _empty_wishes(frame: Frame, *, written: bool) -> tuple[Shot, ...]:
    """Without people: what is written or named, else the place."""
    if written or showable(frame.lead.beat.props):
        return (Shot.INSERT, Shot.LONG, Shot.ESTABLISHING)
    return (Shot.LONG, Shot.ESTABLISHING, Shot.FULL) if frame.importance > SMALL else (Shot.FULL, Shot.LONG)


def _face_wishes(frame: Frame, people: int) -> tuple[Shot, ...]:
    """A face that answers; only eyes after what the story turns on."""
    if not frame.silent or people > 1:
        return (Shot.BUST, Shot.CLOSE, Shot.MEDIUM)
    beat = frame.lead.beat
    struck = beat.importance >= KEY_EVENT and beat.emotion in _STRIKING | _STRONG
    return (Shot.EXTREME_CLOSE, Shot.CLOSE, Shot.BUST) if struck else (Shot.CLOSE, Shot.BUST, Shot.EXTREME_CLOSE)


def _deed_wishes(frame: Frame, beat: Beat, people: int) -> tuple[Shot, ...]:
    words = sum(moment.letters for moment in frame.moments)
    spoken = any(moment.purpose == "spoken" for moment in frame.moments)
    if frame.action in _WHOLE_BODY and not (spoken and words > 30):
        great = frame.role in (Role.SPLASH, Role.PAYOFF)
        return (Shot.FULL, Shot.MEDIUM, Shot.LONG) if great else (Shot.FULL, Shot.LONG, Shot.MEDIUM)
    if people > 1 and any(deed.action in TO_SOMEBODY for deed in frame.deeds):
        return (Shot.MEDIUM, Shot.FULL, Shot.BUST)
    if not spoken and frame.action in _HANDS:
        return (Shot.MEDIUM, Shot.BUST, Shot.FULL)
    if people > 1:
        return (Shot.MEDIUM, Shot.BUST, Shot.FULL, Shot.CLOSE) if spoken else (Shot.MEDIUM, Shot.FULL, Shot.BUST)
    if beat.emotion in _STRONG and words <= 20:
        return (Shot.CLOSE, Shot.BUST, Shot.EXTREME_CLOSE)
    return (Shot.BUST, Shot.MEDIUM, Shot.CLOSE) if spoken else (Shot.MEDIUM, Shot.FULL, Shot.BUST)


def lighting_of(time: TimeOfDay, emotion: Emotion) -> str:
    """Words for a model: where the light comes from."""
    hard = ", hard contrast" if emotion in (Emotion.ANGER, Emotion.FEAR, Emotion.TENSION) else ""
    return _LIGHT[time] + hard


def known(keys: Sequence[str], cast: Cast) -> tuple[str, ...]:
    """Keys of those who have a character sheet and can be seen, each once."""
    return tuple(dict.fromkeys(key for key in keys if not is_unseen(key, cast)))
