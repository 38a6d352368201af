"""Talk over a telephone. In: a plot and its cast. Out: from where to where in the source people are on the telephone,
who is at which end of the line, and in which place that is.

A call begins with a telephone's hello, or with words after somebody has taken a telephone; it ends where it is told to
be cut off, or with its scene. A telephone that is only named makes no call. Linear in the length of the story.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from manga.brief import Language
from manga.characters import Cast, Character
from manga.concept import Period
from manga.plot import Beat, Line, LineKind, Plot, Scene
from providers.offline.lexicon import pattern
from providers.offline.panels.ends import End
from providers.offline.panels.involved import is_voice

WITHOUT = frozenset({Period.OLD_JAPAN, Period.OLD_CHINA, Period.MEDIEVAL})
"""Times that have no telephone."""
AWAITED = 2
"""Beats after which nobody speaks into a telephone that was taken."""
GUESSED = 0.5
"""A speaker less sure than this does not say who is at an end."""
_SPOKEN = frozenset({LineKind.SPEECH, LineKind.SHOUT, LineKind.WHISPER, LineKind.TELEPHONE})
_ASKED = ("Hello?", "Hullo?", "Hallo?")
LIVING = {
    Language.JA: (("japanese_room", "居間"), ("room", "部屋")),
    Language.EN: (("parlour", "living room"), ("room", "bedroom")),
}
"""Where people are of whom nothing is told: at home, in a room other than the one that is heard of."""


@dataclass(frozen=True, slots=True)
class Call:
    """`near` is where the story is; without a `far` end the other voice comes from where nobody sees."""

    start: int
    stop: int
    near: End
    far: End | None

    def end_of(self, key: str | None) -> End:
        """The end that shows somebody's words."""
        return self.far if self.far is not None and key in self.far.people else self.near


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a scene that is spoken over a telephone; `told` is the beat that leads up to it."""

    start: int
    stop: int
    told: Beat


def calls_in(plot: Plot, cast: Cast, language: Language, period: Period) -> dict[str, tuple[Call, ...]]:
    """The calls of every scene, by its key."""
    if period in WITHOUT or not _has_telephone(plot, language):
        return {}
    parts = {scene.key: list(_parts(scene, language)) for scene in plot.scenes}
    ends = _Ends(cast, language, _phone(plot, language, period), _bodies(plot, parts))
    return {
        scene.key: tuple(ends.call(part, scene) for part in parts[scene.key])
        for scene in plot.scenes
        if parts[scene.key]
    }


def _row(key: str, language: Language) -> re.Pattern[str]:
    return pattern(f"calls_{language.value}", key)


def _has_telephone(plot: Plot, language: Language) -> bool:
    row = _row("phone", language)
    return any(row.search(words) for beat in plot.beats() for words in (beat.told, *(line.text for line in beat.lines)))


def _phone(plot: Plot, language: Language, period: Period) -> str:
    """What people hold: a receiver where telephones hang on wires."""
    row = _row("wired", language)
    wired = period is Period.EARLY_MODERN or any(row.search(beat.told) for beat in plot.beats())
    return "receiver" if wired else "phone"


def _parts(scene: Scene, language: Language) -> Iterator[_Part]:
    """The calls of a scene, one after the other."""
    begun: _Part | None = None
    taken, rung = 0, 0
    told = scene.beats[0]
    for beat in scene.beats:
        takes = _row("takes", language).search(beat.told)
        taken, rung = (AWAITED + 1 if takes else taken - 1), rung - 1
        rung = AWAITED + 1 if takes or _row("rings", language).search(beat.told) else rung
        told = beat if takes else told
        begun = begun or _begun(beat, told, language, taken=taken > 0, takes=bool(takes), rung=rung > 0)
        if begun is not None and (end := _row("ends", language).search(beat.told)):
            yield replace(begun, stop=_place_of(end.group(), beat))
            begun, taken, rung = None, 0, 0
    if begun is not None:
        yield replace(begun, stop=scene.beats[-1].span.end)


def spoken(line: Line) -> bool:
    return line.kind in _SPOKEN


def _begun(beat: Beat, told: Beat, language: Language, *, taken: bool, takes: bool, rung: bool) -> _Part | None:
    """The call that begins with a line of this beat; where somebody `takes` a telephone in it, with all of it."""
    line = next((line for line in beat.lines if spoken(line)), None)
    if line is None or not (taken or _opens(line, beat, language, rung=rung)):
        return None
    first = takes or line is beat.lines[0]
    return _Part(min(line.span.start, beat.span.start) if first else line.span.start, 0, told if taken else beat)


def _opens(line: Line, beat: Beat, language: Language, *, rung: bool) -> bool:
    """Whether these are a telephone's first words: a hello where one rang, or where nothing but talk is told."""
    hello = bool(_row("hello", language).match(line.text))
    return hello and (rung or (not _told(beat) and (language is Language.JA or line.text.startswith(_ASKED))))


def _told(beat: Beat) -> bool:
    """Whether anything but sounds is told."""
    return any(line.kind is LineKind.NARRATION and line.text[0] not in "「『“" for line in beat.lines)


def _place_of(words: str, beat: Beat) -> int:
    """Where the sentence with these words begins; where it stands beside a speech, the end of its beat."""
    return next((line.span.start for line in beat.lines if words in line.text), beat.span.end)


def _bodies(plot: Plot, parts: Mapping[str, Sequence[_Part]]) -> frozenset[str]:
    """Those who are seen at another time than in a call."""
    return frozenset(
        key
        for scene in plot.scenes
        for beat in scene.beats
        if not any(part.start <= beat.span.start < part.stop for part in parts[scene.key])
        for key in beat.present
    )


class _Ends:
    """Says who is at which end; remembers it from call to call."""

    def __init__(self, cast: Cast, language: Language, phone: str, bodies: frozenset[str]) -> None:
        self._cast = cast
        self._language = language
        self._phone = phone
        self._bodies = bodies
        self._beside: dict[str, str] = {}
        self._places: dict[str, tuple[str, str]] = {}
        self._homes: set[str] = set()

    def call(self, part: _Part, scene: Scene) -> Call:
        beats = [beat for beat in scene.beats if beat.span.end > part.start and beat.span.start < part.stop]
        lines = [
            line for beat in beats for line in beat.lines if spoken(line) and part.start <= line.span.start < part.stop
        ]
        narrated = any(_told(beat) for beat in beats)
        here = self._here(part, scene) if narrated else ()
        caller, called = self._holders(part, lines, here)
        sides = self._sides(lines, caller, called, here)
        there = tuple(key for key, side in sides.items() if side == called)
        near = tuple(dict.fromkeys((caller, *(k for k, side in sides.items() if side == caller), *here)))
        near = tuple(key for key in near if key and key not in there)
        seen = called and not is_silent(self._cast, called) and (not narrated or called in self._bodies)
        mine = self._places.setdefault(caller, (scene.setting, scene.place))
        first = End(caller, near, frozenset(there), *mine, self._phone, home=caller in self._homes)
        return Call(part.start, part.stop, first, self._other(called, there, near, mine) if seen else None)

    def _other(self, called: str, there: tuple[str, ...], near: tuple[str, ...], mine: tuple[str, str]) -> End:
        """The other end, at home where nothing else is known of it."""
        if called not in self._places:
            self._places[called] = next(place for place in LIVING[self._language] if place[0] != mine[0])
            self._homes.add(called)
        setting, place = self._places[called]
        return End(called, there, frozenset(near), setting, place, self._phone, home=called in self._homes)

    def _here(self, part: _Part, scene: Scene) -> tuple[str, ...]:
        """Those whom the scene has told of before the call, whoever takes the telephone first."""
        doers = [deed.who for deed in part.told.deeds]
        before = [key for beat in scene.beats if beat.span.start < part.start for key in beat.present]
        voices = [line.speaker for line in part.told.lines if line.span.start >= part.start and line.speaker]
        first = [key for key in part.told.present if key in doers or key not in voices]
        return tuple(dict.fromkeys([*first, *before]))

    def _holders(self, part: _Part, lines: Sequence[Line], here: tuple[str, ...]) -> tuple[str, str]:
        """Who has the two telephones: who is named in the first words has the other one."""
        voices = [line.speaker for line in lines if line.speaker and line.confidence >= GUESSED]
        first = lines[0].speaker or ""
        named = next(
            (sheet.key for sheet in self._cast.characters if sheet.key != first and names(sheet, lines[0])), ""
        )
        strangers = [key for key in dict.fromkeys(voices) if key not in here]
        if here:
            return here[0], next(iter(strangers), named if named not in here[:1] else "")
        first = first or next((key for key in voices if key != named), "")
        return first, named or next((key for key in voices if key != first), "")

    def _sides(self, lines: Sequence[Line], caller: str, called: str, here: tuple[str, ...]) -> dict[str, str]:
        """For everybody who speaks the holder beside whom he is: the one who spoke to him, else not the one to whom
        he speaks."""
        sides = {caller: caller, called: called} if called else {caller: caller}
        for before, line in zip([None, *lines[:-1]], lines, strict=True):
            key = line.speaker
            if key is None or key in sides or line.confidence < GUESSED:
                continue
            last = sides.get(before.speaker or "", caller) if before else caller
            sheet = self._cast.get(key)
            spoken_to = before is not None and sheet is not None and names(sheet, before)
            other = called if last == caller and called else caller
            to = next((k for k in (caller, called) if (one := self._cast.get(k)) and names(one, line)), "")
            side = self._beside.get(key, "")
            side = side if side in sides else caller if key in here else last if spoken_to else ""
            sides[key] = side or (other if to == last else last)
            self._beside[key] = sides[key]
        return sides


def names(sheet: Character, line: Line) -> bool:
    """Whether somebody is named in a line."""
    return any(name in line.text for name in (sheet.name, *sheet.aliases))


def is_silent(cast: Cast, key: str) -> bool:
    """Whether nobody knows what somebody looks like."""
    sheet = cast.get(key)
    return sheet is None or is_voice(sheet)
