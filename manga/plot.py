"""Phase 3: the story cut into scenes, beats and lines, each with its place in the source."""

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, Literal

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from manga.brief import MAX_PAGES
from manga.comic_strips import is_empty
from manga.continuity import Change
from manga.losses import Loss, LossKind
from manga.thing_shapes import ThingShape
from manga.values import Ruby, Share, Span, Value

DOUBT = 0.6
"""Below this confidence nobody is taken, shown or pointed at as the speaker of a line."""


class TimeOfDay(StrEnum):
    """Decides light and sky."""

    MORNING = "morning"
    DAY = "day"
    EVENING = "evening"
    NIGHT = "night"


class Weather(StrEnum):
    """What falls or blows outdoors."""

    CLEAR = "clear"
    CLOUDY = "cloudy"
    RAIN = "rain"
    SNOW = "snow"
    WIND = "wind"


class Ground(StrEnum):
    """What covers the ground outdoors, whatever the weather is by then."""

    DRY = "dry"
    WET = "wet"
    SNOWY = "snowy"
    LEAFY = "leafy"


class Emotion(StrEnum):
    """A moment's mood."""

    NEUTRAL = "neutral"
    JOY = "joy"
    SADNESS = "sadness"
    ANGER = "anger"
    FEAR = "fear"
    SURPRISE = "surprise"
    TENSION = "tension"
    TENDERNESS = "tenderness"
    SHAME = "shame"
    RESOLVE = "resolve"


class LineKind(StrEnum):
    """How words are meant; decides the balloon."""

    SPEECH = "speech"
    SHOUT = "shout"
    WHISPER = "whisper"
    THOUGHT = "thought"
    MONOLOGUE = "monologue"
    NARRATION = "narration"
    SONG = "song"
    LETTER = "letter"
    TELEPHONE = "telephone"
    SIGN = "sign"


class Line(Value):
    """One utterance, or one sentence of narration, in the story's own words.

    `text` is plain (ruby apart). `span` covers the words themselves in the source, quotation marks outside.
    `speaker` is a character key; None for narration, signs and voices nobody could be found for. `brief` are the
    stretches of the source that are said where there is no room for all of it; empty: nobody has chosen any.
    """

    key: str = Field(pattern=r"^l\d{4,5}$")
    kind: LineKind
    text: str = Field(min_length=1)
    ruby: tuple[Ruby, ...] = ()
    span: Span
    speaker: str | None = None
    confidence: Share = 1.0
    addressee: str | None = None
    brief: tuple[Span, ...] = ()


class Deed(Value):
    """Something that one character does. `span` is the place of its verb in the source."""

    who: str
    action: str = Field(max_length=60)
    thing: str = Field(default="", max_length=40, description="what is held while doing it")
    whom: str = Field(default="", exclude_if=is_empty, description="the one to whom it is done")
    span: Span


class Beat(Value):
    """One moment to be shown: what happens, who is there, and the lines that are spoken in it.

    The smallest piece that a panel is made of. `span` covers everything that the beat tells.
    """

    key: str = Field(pattern=r"^b\d{4,5}$")
    span: Span
    told: str = Field(description="what happens, in the source's own words (narration of the beat; may be empty)")
    lines: tuple[Line, ...] = ()
    present: tuple[str, ...] = Field(default=(), description="keys of the characters who are seen")
    emotion: Emotion = Emotion.NEUTRAL
    importance: int = Field(default=2, ge=1, le=5)
    action: str = Field(default="", max_length=60, description="a pose or movement word such as run, cry, shoot, kneel")
    deeds: tuple[Deed, ...] = Field(default=(), description="who does what, in the order of telling")
    changes: tuple[Change, ...] = Field(default=(), description="who looks otherwise from here on, or has what in hand")
    props: tuple[str, ...] = ()
    sound: str = Field(default="", max_length=20, description="a sound that the source names, to be drawn as SFX")
    reveal: bool = False
    needs: tuple[int, ...] = Field(default=(), description="places in the source that are told by what it counts on")
    captions: tuple[Span, ...] = Field(default=(), description="stretches of its narration that only words can tell")
    place: str = Field(default="", max_length=120, description="where it plays, if elsewhere than its scene")
    setting: str = Field(default="", max_length=40)
    time_of_day: TimeOfDay | None = Field(default=None, description="from this beat of its scene on")
    weather: Weather | None = None
    ground: Ground | None = None
    flashback: bool = Field(default=False, description="a memory within a scene of the present")

    @property
    def elsewhere(self) -> bool:
        """Whether it alone leaves the place or the present of its scene: nothing of it goes on after it."""
        return bool(self.place or self.setting or self.flashback)

    @property
    def words(self) -> str:
        """What is told in it or what is said in it first, whichever says more: "he said" tells nothing of a talk."""
        return max(self.told, next((line.text for line in self.lines), ""), key=len)


def spoken_in(beat: Beat) -> list[Line]:
    """Its lines, narration apart."""
    return [line for line in beat.lines if line.kind is not LineKind.NARRATION]


def happens_in(beat: Beat) -> bool:
    """Whether something is spoken, done, handed over or found out in it."""
    return bool(spoken_in(beat) or beat.deeds or beat.changes or beat.reveal)


_NAMED: Final = re.compile(r"(?<![0-9A-Za-z])[bl]\d{4,5}(?![0-9+])")


def keys_named(words: str) -> list[str]:
    """Keys of beats and lines in a sentence of any language; `b0012+1` is a panel."""
    return _NAMED.findall(words)


def needs_of(beats: Sequence[Beat]) -> dict[str, tuple[str, ...]]:
    """By key those of these beats in which the places are told that a beat counts on; nothing of what names none."""
    ordered = sorted(beats, key=lambda beat: beat.span.start)
    starts = [beat.span.start for beat in ordered]

    def told_at(place: int) -> str:
        at = bisect_right(starts, place) - 1
        return ordered[at].key if at >= 0 and place < ordered[at].span.end else ""

    found = {beat.key: dict.fromkeys(map(told_at, beat.needs)) for beat in beats if beat.needs}
    named = {key: tuple(one for one in keys if one not in ("", key)) for key, keys in found.items()}
    return {key: keys for key, keys in named.items() if keys}


def needed_in(beats: Sequence[Beat]) -> frozenset[str]:
    """Keys of those that another one names as what it counts on."""
    return frozenset(key for keys in needs_of(beats).values() for key in keys)


def counted_on(keys: Iterable[str], premises: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """All that these beats count on, and what that counts on (`needs_of`), the nearest first, themselves apart."""
    own = tuple(keys)
    found, left = dict.fromkeys(own), deque(own)
    while left:
        new = [key for key in premises.get(left.popleft(), ()) if key not in found]
        found |= dict.fromkeys(new)
        left += new
    return tuple(found)[len(dict.fromkeys(own)) :]


MOST_ROOM = 4


class Scene(Value):
    """What happens in one place at one time."""

    key: str = Field(pattern=r"^s\d{2,3}$")
    heading: str = Field(default="", max_length=120)
    place: str = Field(max_length=120)
    setting: str = Field(max_length=40, description="a setting word of the artist: forest, river, village, room, ...")
    time_of_day: TimeOfDay = TimeOfDay.DAY
    weather: Weather = Weather.CLEAR
    present: tuple[str, ...] = ()
    what_happens: str = Field(default="", max_length=600)
    emotion: Emotion = Emotion.NEUTRAL
    importance: int = Field(default=3, ge=1, le=5)
    flashback: bool = False
    beats: tuple[Beat, ...] = Field(min_length=1)
    page_budget: float = Field(default=1.0, ge=0)
    ground: Ground = Ground.DRY
    room: SkipJsonSchema[int] = Field(default=0, ge=-MOST_ROOM, le=MOST_ROOM, exclude_if=is_empty)
    """How often more panels were wished for of its moments; below 0 fewer."""


OF_SCENE: Final = ("place", "setting", "time_of_day", "weather", "ground", "flashback")
"""Where and when a scene plays: what a panel has from the plot."""


def where_and_when(scene: Scene, key: str) -> dict[str, Any]:
    """Of a beat of the scene: what it says itself, else what an earlier beat has changed for all that follow, else what
    the scene says. A beat that is `elsewhere` for itself has nothing of these changes, and changes nothing."""
    now: dict[str, Any] = {name: getattr(scene, name) for name in OF_SCENE}
    changed: dict[str, Any] = {}
    for beat in scene.beats:
        own = {name: said for name in OF_SCENE if (said := getattr(beat, name))}
        if beat.elsewhere and beat.key == key:
            named = {"place": beat.place or beat.setting, "setting": beat.setting or beat.place}
            return {**now, **own, **(named if named["place"] else {})}
        if not beat.elsewhere:
            changed |= own
        if beat.key == key:
            break
    return now | changed


def by_then(scene: Scene, beats: Iterable[Beat]) -> dict[str, Any]:
    """Where and when the scene plays as it comes to these of its beats."""
    return next((where_and_when(scene, beat.key) for beat in beats if not beat.elsewhere), {})


class Act(Value):
    """A stretch of scenes."""

    name: Literal["opening", "development", "turn", "ending"]
    scenes: tuple[str, ...]


class PagePlan(Value):
    """Which beats a page carries, and what its turn holds back."""

    number: int = Field(ge=1)
    beats: tuple[str, ...] = Field(min_length=1)
    hook: str = Field(default="", max_length=200)


class Plot(Value):
    """The result of the phase."""

    acts: tuple[Act, ...]
    scenes: tuple[Scene, ...] = Field(min_length=1)
    pages: tuple[PagePlan, ...] = Field(min_length=1, max_length=MAX_PAGES)
    cuts: tuple[Span, ...] = Field(default=(), description="what an adaptation left out")
    losses: SkipJsonSchema[tuple[Loss, ...]] = ()
    """What of an answer is not in the plot as it was said."""
    teller: str | None = Field(default=None, description="key of whoever of the cast tells it in the first person")
    things: SkipJsonSchema[tuple[ThingShape, ...]] = ()
    """The shapes of its things that the register does not know."""
    changes_shown: bool = Field(
        default=False, exclude_if=is_empty, description="what comes into a hand counts only from a moment that is shown"
    )

    def beats(self) -> tuple[Beat, ...]:
        """All beats in the order of telling."""
        return tuple(beat for scene in self.scenes for beat in scene.beats)

    def marked(self) -> frozenset[str]:
        """The keys of the beats that an editor leaves out, whatever pages show."""
        return frozenset(loss.element for loss in self.losses if loss.kind is LossKind.CUT)

    def shown(self) -> frozenset[str]:
        """The keys of the beats that some page carries."""
        return frozenset(key for page in self.pages for key in page.beats)
