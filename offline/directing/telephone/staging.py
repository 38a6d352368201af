"""How talk over a telephone is shown: each panel one end of the line, the other end's words out of the telephone.

In: moments, panels, figures. Out: the same; everything in a call at one of its ends, its place looked at once, and some
of the things that hands are busy with there.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from manga.brief import Language
from manga.characters import Cast
from manga.paper import Direction
from manga.plot import LineKind, Scene
from manga.storyboard import FigureDirection, LinePart, Pose, Shot
from offline.directing.involved import looks_on
from offline.directing.moments import Moment
from offline.directing.roles import Frame
from offline.directing.shots import Wide
from offline.directing.staging import SceneSides
from offline.directing.telephone.ends import Call, End
from offline.directing.telephone.words import SPOKEN, quoted, spoken
from offline.directing.telephone.work import PET, Work

_SEEN = ("told", "establish")
_BUSY = frozenset({Pose.POINT, Pose.FIST, Pose.THINK, Pose.AKIMBO, Pose.FOLD, Pose.CHEER, Pose.WAVE, Pose.REACH,
                   Pose.LISTEN, Pose.WHISPER, Pose.LOOKOUT})  # fmt: skip
"""What nobody does with a telephone in hand."""
_UPRIGHT = _BUSY | {Pose.STAND, Pose.RELAXED}
_SEATED = frozenset({Shot.MEDIUM, Shot.FULL, Shot.LONG, Shot.ESTABLISHING})

Calls = Mapping[str, Sequence[Call]]


def with_calls(pages: Sequence[Sequence[Moment]], calls: Calls, language: Language) -> list[list[Moment]]:
    """Everything that is said and told in a call at its end; linear in the number of moments."""
    staging = _Staging(calls, language)
    return [[found for moment in page for found in staging.moments(moment)] for page in pages]


class _Staging:
    """Goes through a book's moments and remembers which ends have been seen."""

    def __init__(self, calls: Calls, language: Language) -> None:
        self._calls = calls
        self._language = language
        self._scenes: dict[tuple[str, str], Scene] = {}
        self._shown: set[tuple[str, str]] = set()
        self._work = Work(language)
        self._last: End | None = None

    def moments(self, moment: Moment) -> list[Moment]:
        at = _place(moment)
        calls = self._calls.get(moment.scene.key, ())
        call = next((call for call in calls if call.apart <= at < call.stop), None)
        if call is None:
            self._last = None
            return [moment]
        end = self._end(moment, call)
        here = (moment.scene.key, end.holder)
        told = moment.purpose in ("spoken", "told")
        opens = told and here not in self._shown and bool(self._shown) and call.far is not None
        self._shown.add(here)
        self._last = end
        if at < call.start:
            end = replace(end, phone="")
            thing, there = "", end
        else:
            thing, there = self._work.look(moment, call, end)
        if opens:
            return [self._at(end, Moment(moment.beat, moment.scene, "establish")), self._at(end, moment)]
        if thing == PET:
            return [self._at(end, moment), self._at(end, moment.look_at(thing))]
        return [replace(self._at(there, moment), thing=thing) if thing else self._at(end, moment)]

    def _end(self, moment: Moment, call: Call) -> End:
        """Where it is said or done, a noise where somebody has spoken of it or made it; an answering face is at the end
        that hears."""
        if moment.purpose == "spoken":
            return call.end_of(moment.speaker)
        heard = next((line.speaker for line in moment.beat.lines if spoken(line)), None)
        if moment.purpose == "establish" and heard:
            return call.end_of(heard)
        if moment.purpose == "react" and call.far is not None and self._last is not None:
            return call.far if self._last is call.near else call.near
        if moment.line is not None and quoted(moment.line) and self._last is not None:
            return self._last
        who = {deed.who for deed in moment.deeds} or set(moment.beat.present)
        return call.far if call.far is not None and who and who <= set(call.far.people) else call.near

    def _at(self, end: End, moment: Moment) -> Moment:
        seen = replace(end, cooks=True) if end.phone and self._work.cooks(end) else end
        return replace(moment, end=seen, scene=self._scene(moment.scene, end))

    def _scene(self, scene: Scene, end: End) -> Scene:
        """The scene as it is at one end."""
        key = (scene.key, end.holder)
        if key not in self._scenes:
            here = {"present": end.people, "setting": end.setting, "place": end.place}
            self._scenes[key] = scene.model_copy(update=here)
        return self._scenes[key]


def _place(moment: Moment) -> int:
    """Where in the source it is told; looks that were added come after their beat, but for a view of the place."""
    span = moment.line.span if moment.line else moment.beat.span
    return span.start if moment.line or moment.purpose == "establish" else span.end - 1


def one_end(pages: Sequence[Sequence[Frame]]) -> list[list[Frame]]:
    """Each panel of a call at one end: where words of both are in it, at the one that was not seen last, and where
    something is told, where that is; a face that only answers is of whoever hears."""
    choice = _Choice()
    return [[choice.frame(frame) for frame in page] for page in pages]


class _Choice:
    """Remembers at which end people were seen last, and the other ones of the scene."""

    def __init__(self) -> None:
        self._scene = self._last = ""
        self._known: dict[str, Moment] = {}

    def frame(self, frame: Frame) -> Frame:
        at_ends = [moment for moment in frame.moments if moment.end is not None]
        if frame.lead.scene.key != self._scene:
            self._scene, self._known = frame.lead.scene.key, {}
        chosen = self._chosen(frame, at_ends)
        shown = frame if chosen is None else _moved(frame, chosen)
        if not shown.thing:
            self._last = shown.end.holder if shown.end else ""
        self._known |= {moment.end.holder: moment for moment in at_ends if moment.end}
        return shown

    def _chosen(self, frame: Frame, at_ends: Sequence[Moment]) -> Moment | None:
        holders = {moment.end.holder for moment in at_ends if moment.end}
        if len(holders) > 1:
            told = [moment for moment in at_ends if moment.purpose in _SEEN]
            other = [moment for moment in at_ends if moment.end and moment.end.holder != self._last]
            return (told or other)[0]
        if looks_on(frame) and holders == {self._last}:
            return next((moment for holder, moment in self._known.items() if holder != self._last), None)
        return None


def _moved(frame: Frame, to: Moment) -> Frame:
    return replace(frame, moments=tuple(replace(moment, end=to.end, scene=to.scene) for moment in frame.moments))


def heard(parts: Sequence[LinePart], end: End | None, people: Collection[str]) -> tuple[LinePart, ...]:
    """The words of a panel: those from the other end, and of nobody known, come out of the telephone, those of people
    here do not, and from outside the panel where they are not among the `people` in it."""
    if end is None:
        return tuple(parts)
    return tuple(_heard(part, end, people) if part.kind in SPOKEN else part for part in parts)


def _heard(part: LinePart, end: End, people: Collection[str]) -> LinePart:
    if part.speaker in end.away or (part.speaker is None and end.phone):
        return part.model_copy(update={"kind": LineKind.TELEPHONE, "off_panel": True})
    kind = LineKind.SPEECH if part.kind is LineKind.TELEPHONE else part.kind
    return part.model_copy(update={"kind": kind, "off_panel": part.off_panel or part.speaker not in people})


class CallStage(SceneSides):
    """A stage on which nobody stands who is at the other end of the line, nor when the call is over until he is told of
    again; whoever is in the call has a telephone."""

    def __init__(self, cast: Cast, direction: Direction, language: Language) -> None:
        super().__init__(cast, direction, language)
        self._apart: frozenset[str] = frozenset()
        self._talked: set[str] = set()
        """Beats with a part of the call."""

    def begin(self, frame: Frame) -> None:
        if frame.end is not None:
            self._apart |= frame.end.away
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
        self._apart -= here.union(self.speakers(frame))
        return tuple(key for key in found if key not in self._apart)

    def _there(self, key: str, frame: Frame, *, crowd: bool = False) -> bool:
        gone = frame.end.away if frame.end is not None else self._apart
        return key not in gone and super()._there(key, frame, crowd=crowd)

    def wide(self, frame: Frame, people: Sequence[str]) -> Wide:
        """Two beside one telephone who change sides are seen from afar, but where the story ends on their faces."""
        turns = frame.end is not None and len(people) > 1 and not any(moment.closing for moment in frame.moments)
        return super().wide(frame, people) or ("afar" if turns and self.turned(frame, people) else "")

    def figures(self, frame: Frame, shot: Shot, follow: int) -> tuple[FigureDirection, ...]:
        found, end = super().figures(frame, shot, follow), frame.end
        return found if end is None else tuple(_posed(figure, end, shot) for figure in found)


def _posed(figure: FigureDirection, end: End, shot: Shot) -> FigureDirection:
    sits = end.home and shot in _SEATED and figure.pose in _UPRIGHT
    calls = bool(end.phone) and figure.character == end.holder and not figure.holds
    if calls and end.cooks and shot in _SEATED and figure.pose in _UPRIGHT and figure.facing in {"left", "front"}:
        return figure.model_copy(update={"pose": Pose.COOK, "holds": end.phone})
    pose = Pose.SIT if sits else Pose.STAND if calls and figure.pose in _BUSY else figure.pose
    return figure.model_copy(update={"pose": pose, "holds": end.phone if calls else figure.holds})
