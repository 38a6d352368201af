"""How talk over a telephone is shown: each panel one end of the line, the other end's words out of the telephone.

In: moments, panels, figures. Out: the same; everything in a call at one of its ends, its place looked at once, and some
of the things that hands are busy with there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from manga.brief import Language
from manga.characters import Cast
from manga.paper import Direction
from manga.plot import LineKind, Scene
from manga.storyboard import FigureDirection, LinePart, Pose, Shot
from providers.offline.lexicon import pattern, table
from providers.offline.panels.calls import Call
from providers.offline.panels.ends import End
from providers.offline.panels.moments import Moment
from providers.offline.panels.roles import Frame
from providers.offline.panels.staging import Stage

APART = 4
"""Moments of a call from one picture of a thing to the next."""
TURNING = 5
"""A beat of this importance is told by faces."""
LEAST = 8
"""Letters of the words over a thing."""
_HEARD = frozenset({LineKind.SPEECH, LineKind.SHOUT, LineKind.WHISPER, LineKind.TELEPHONE})
_BUSY = frozenset({Pose.POINT, Pose.FIST, Pose.THINK, Pose.AKIMBO, Pose.FOLD, Pose.CHEER, Pose.WAVE, Pose.REACH,
                   Pose.LISTEN, Pose.WHISPER, Pose.LOOKOUT})  # fmt: skip
"""What nobody does with a telephone in hand."""
_UPRIGHT = _BUSY | {Pose.STAND, Pose.RELAXED}
_SEATED = frozenset({Shot.MEDIUM, Shot.FULL, Shot.LONG, Shot.ESTABLISHING})

Calls = Mapping[str, Sequence[Call]]


def with_calls(pages: Sequence[Sequence[Moment]], calls: Calls, language: Language) -> list[list[Moment]]:
    """Everything that is said and told in a call at its end; linear in the number of moments."""
    staging = _Staging(calls, language)
    return (
        [[found for moment in page for found in staging.moments(moment)] for page in pages]
        if calls
        else [list(page) for page in pages]
    )


class _Staging:
    """Goes through a book's moments and remembers which ends have been seen."""

    def __init__(self, calls: Calls, language: Language) -> None:
        self._calls = calls
        self._language = language
        self._scenes: dict[tuple[str, str], Scene] = {}
        self._shown: set[tuple[str, str]] = set()
        self._things: set[str] = set()
        self._since = APART
        self._last: End | None = None

    def moments(self, moment: Moment) -> list[Moment]:
        call = self._call(moment)
        if call is None:
            self._last = None
            return [moment]
        end = self._end(moment, call)
        found = self._at(end, moment)
        here = (moment.scene.key, end.holder)
        opens = here not in self._shown and moment.purpose == "spoken" and len(self._shown) > 0 and call.far is not None
        self._shown.add(here)
        self._since += 1
        self._last = end
        if opens:
            return [self._at(end, Moment(moment.beat, moment.scene, "establish")), found]
        return [self._with_thing(found, call)]

    def _call(self, moment: Moment) -> Call | None:
        span = moment.line.span if moment.line else moment.beat.span
        at = span.start if moment.line or moment.purpose == "establish" else span.end - 1
        return next((call for call in self._calls.get(moment.scene.key, ()) if call.start <= at < call.stop), None)

    def _end(self, moment: Moment, call: Call) -> End:
        """Where it is said or done; an answering face is at the end that hears."""
        if moment.purpose == "spoken":
            return call.end_of(moment.speaker)
        if moment.purpose == "establish":
            first = next((line.speaker for line in moment.beat.lines if line.kind in _HEARD), None)
            return call.end_of(first)
        if moment.purpose == "react" and call.far is not None and self._last is not None:
            return call.far if self._last is call.near else call.near
        doers = {deed.who for deed in moment.deeds}
        return call.far if call.far is not None and doers and doers <= set(call.far.people) else call.near

    def _at(self, end: End, moment: Moment) -> Moment:
        return replace(moment, end=end, scene=self._scene(moment.scene, end))

    def _scene(self, scene: Scene, end: End) -> Scene:
        """The scene as it is at one end."""
        key = (scene.key, end.holder)
        if key not in self._scenes:
            here = {"present": end.people, "setting": end.setting, "place": end.place}
            self._scenes[key] = scene.model_copy(update=here)
        return self._scenes[key]

    def _with_thing(self, moment: Moment, call: Call) -> Moment:
        """The moment as a picture of what its words are about, where hands have that before them: at the near end."""
        sleeps = self._sleeps_on_a_lap(moment)
        thing = "lap_cat" if sleeps else self._thing(moment)
        if not thing or (self._since < APART and not sleeps):
            return moment
        self._since = 0
        self._things.add(thing)
        return replace(moment if sleeps else self._at(call.near, moment), thing=thing)

    def _sleeps_on_a_lap(self, moment: Moment) -> bool:
        """Whether a pet is told to: no child, and once is enough."""
        name, words = f"calls_{self._language.value}", moment.line.text if moment.line else ""
        told = moment.purpose == "spoken" and "lap_cat" not in self._things and pattern(name, "lap").search(words)
        return bool(told) and not pattern(name, "child").search(words)

    def _thing(self, moment: Moment) -> str:
        """What is named that has not been seen yet, in words that nothing turns on."""
        name = f"calls_{self._language.value}"
        words = "".join(part.text for part in moment.parts)
        idle = moment.purpose == "spoken" and moment.beat.importance < TURNING and len(words) >= LEAST
        if not idle or moment.thing or pattern(name, "not_there").search(words):
            return ""
        return next((label for label in table(name, "things").all(words) if label not in self._things), "")


def one_end(pages: Sequence[Sequence[Frame]]) -> list[list[Frame]]:
    """Each panel of a call at one end: where words of both are in it, at the one that was not seen last."""
    last: End | None = None
    found: list[list[Frame]] = []
    for page in pages:
        found.append([])
        for frame in page:
            ends = [moment.end for moment in frame.moments if moment.end is not None]
            heard = list(dict.fromkeys(ends))
            other = [moment for moment in frame.moments if moment.end is not None and moment.end != last]
            chosen = other[0] if len(heard) > 1 and other else None
            found[-1].append(frame if chosen is None else _moved(frame, chosen))
            last = found[-1][-1].end
    return found


def _moved(frame: Frame, to: Moment) -> Frame:
    return replace(frame, moments=tuple(replace(moment, end=to.end, scene=to.scene) for moment in frame.moments))


def heard(parts: Sequence[LinePart], end: End | None) -> tuple[LinePart, ...]:
    """The words of a panel: those from the other end come out of the telephone, those of people here do not."""
    if end is None:
        return tuple(parts)
    return tuple(_heard(part, end) if part.kind in _HEARD else part for part in parts)


def _heard(part: LinePart, end: End) -> LinePart:
    if part.speaker in end.away:
        return part.model_copy(update={"kind": LineKind.TELEPHONE, "off_panel": True})
    return part.model_copy(update={"kind": LineKind.SPEECH}) if part.kind is LineKind.TELEPHONE else part


class CallStage(Stage):
    """A stage on which nobody stands who is at the other end of the line, nor when the call is over unless he is told
    of; whoever is in the call has a telephone."""

    def __init__(self, cast: Cast, direction: Direction, language: Language) -> None:
        super().__init__(cast, direction, language)
        self._apart: frozenset[str] = frozenset()
        self._talked: set[str] = set()
        """Beats with a part of the call."""
        self._of = ""

    def begin(self, frame: Frame) -> None:
        if frame.lead.scene.key != self._of:
            self._of, self._apart = frame.lead.scene.key, frozenset()
        if frame.end is not None:
            self._apart = frame.end.away
            self._talked |= {moment.beat.key for moment in frame.moments}
        super().begin(frame)

    def speakers(self, frame: Frame) -> tuple[str, ...]:
        found = super().speakers(frame)
        return found if frame.end is None else tuple(key for key in found if key not in frame.end.away)

    def people(self, frame: Frame, follow: int) -> tuple[str, ...]:
        found = super().people(frame, follow)
        if frame.end is not None:
            return frame.end.seen(found)
        here = {key for m in frame.moments if m.beat.key not in self._talked for key in m.beat.present}
        back = here.union(self.speakers(frame))
        return tuple(key for key in found if key not in self._apart or key in back)

    def figures(self, frame: Frame, shot: Shot, follow: int) -> tuple[FigureDirection, ...]:
        found, end = super().figures(frame, shot, follow), frame.end
        return found if end is None else tuple(_posed(figure, end, shot) for figure in found)


def _posed(figure: FigureDirection, end: End, shot: Shot) -> FigureDirection:
    sits = end.home and shot in _SEATED and figure.pose in _UPRIGHT
    calls = figure.character == end.holder and not figure.holds
    pose = Pose.SIT if sits else Pose.STAND if calls and figure.pose in _BUSY else figure.pose
    return figure.model_copy(update={"pose": pose, "holds": end.phone if calls else figure.holds})
