"""Talk over a telephone. In: a plot and its cast. Out: from where to where in the source people are on the telephone,
who is at which end of the line, and in which place that is.

A call begins with a telephone's hello, or with words after somebody has taken a telephone; it ends where it is told to
be cut off, or with its scene. A telephone that is only named makes no call. Linear in the length of the story.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from manga.brief import Language
from manga.characters import Cast
from manga.concept import Period
from manga.plot import Beat, Line, Plot, Scene
from offline.directing.telephone.callers import Callers, tells
from offline.directing.telephone.ends import Call, CallStretch
from offline.directing.telephone.words import row, spoken

WITHOUT = frozenset({Period.OLD_JAPAN, Period.OLD_CHINA, Period.MEDIEVAL})
"""Times that have no telephone."""
AWAITED = 2
"""Beats after which nobody speaks into a telephone that was taken."""


def calls_in(plot: Plot, cast: Cast, language: Language, period: Period) -> dict[str, tuple[Call, ...]]:
    """The calls of every scene, by its key."""
    if period in WITHOUT or not _has_telephone(plot, language):
        return {}
    parts = {scene.key: list(_parts(scene, language)) for scene in plot.scenes}
    ends = Callers(cast, language, _phone(plot, language, period), _first_seen(plot, parts))
    return {
        scene.key: tuple(ends.call(part, scene) for part in parts[scene.key])
        for scene in plot.scenes
        if parts[scene.key]
    }


def _has_telephone(plot: Plot, language: Language) -> bool:
    phone = row("phone", language)
    texts = (text for beat in plot.beats() for text in (beat.told, *(line.text for line in beat.lines)))
    return any(phone.search(text) for text in texts)


def _phone(plot: Plot, language: Language, period: Period) -> str:
    """What people hold: a receiver where telephones hang on wires."""
    wires = row("wired", language)
    wired = period is Period.EARLY_MODERN or any(wires.search(beat.told) for beat in plot.beats())
    return "receiver" if wired else "phone"


def _parts(scene: Scene, language: Language) -> Iterator[CallStretch]:
    """The calls of a scene, one after the other."""
    begun: CallStretch | None = None
    taken, rung = 0, 0
    told = scene.beats[0]
    for beat in scene.beats:
        takes = row("takes", language).search(beat.told)
        taken, rung = (AWAITED + 1 if takes else taken - 1), rung - 1
        rung = AWAITED + 1 if takes or row("rings", language).search(beat.told) else rung
        told = beat if takes else told
        begun = begun or _begun(beat, told, language, taken=taken > 0, takes=bool(takes), rung=rung > 0)
        if begun is not None and (end := row("ends", language).search(beat.told)):
            yield replace(begun, stop=_place_of(end.group(), beat))
            begun, taken, rung = None, 0, 0
    if begun is not None:
        yield replace(begun, stop=scene.beats[-1].span.end)


def _begun(beat: Beat, told: Beat, language: Language, *, taken: bool, takes: bool, rung: bool) -> CallStretch | None:
    """The call that begins with a line of this beat; where somebody `takes` a telephone in it, with all of it."""
    line = next((line for line in beat.lines if spoken(line)), None)
    if line is None or not (taken or _opens(line, beat, language, rung=rung)):
        return None
    first = takes or line is beat.lines[0]
    return CallStretch(min(line.span.start, beat.span.start) if first else line.span.start, 0, told if taken else beat)


def _opens(line: Line, beat: Beat, language: Language, *, rung: bool) -> bool:
    """Whether these are a telephone's first words: a hello where one rang, or one that is
    asked where nothing but talk is told."""
    hello, asked = (bool(row(key, language).match(line.text)) for key in ("hello", "asked"))
    return hello and (rung or (asked and not tells(beat)))


def _place_of(words: str, beat: Beat) -> int:
    """Where the sentence with these words begins; where it stands beside a speech, the end of its beat."""
    return next((line.span.start for line in beat.lines if words in line.text), beat.span.end)


def _first_seen(plot: Plot, parts: Mapping[str, Sequence[CallStretch]]) -> dict[str, int]:
    """Where in the source everybody is seen first at another time than in a call."""
    found: dict[str, int] = {}
    for scene in plot.scenes:
        for beat in scene.beats:
            if not any(part.start <= beat.span.start < part.stop for part in parts[scene.key]):
                for key in beat.present:
                    found.setdefault(key, beat.span.start)
    return found
