"""Who goes away in a scene, and until when. In: a scene, the cast. Out: stretches of the source in which one is gone.

Whoever is told to go off, and the next sentences tell of others alone, is not seen until the story tells of him again.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from math import inf

from manga.brief import Language
from manga.characters import Cast
from manga.plot import Beat, LineKind, Scene
from offline.directing.named import naming

Stretches = Mapping[str, tuple[tuple[float, float], ...]]
"""By character, from where to where in the source."""

_GOING = frozenset({"run", "walk", "jump", "climb", "crawl"})
_GOES_OFF = {
    Language.JA: re.compile(r"[^。、]{0,8}?(?:[てで](?:い|行|ゆ)(?:き|っ|かれ)|(?<=[^過])去[りっる])"),
    Language.EN: re.compile(r"[^.,;]{0,20}?\b(?:off|away|out of|home)\b"),
}
"""What a verb for a movement begins with when it leads away."""
_GONE = {
    Language.JA: re.compile(
        r"(?:と[^。、]{1,6})?と?[はがも]、?[^。、]{0,10}?(?:いなくな|見えなくな|行ってしま|立ち?去|帰ってしま)"
        r"|(?:と[^。、]{1,6})?と?[はがも]、?[^。]{0,16}?(?:消え失せ|かき消え|消えてしま|姿を消)"
    ),
    Language.EN: re.compile(r"\s+(?:was gone|had gone|disappeared|vanished|went (?:away|off|out|home))\b"),
}
"""After a name."""


def leavings(scene: Scene, cast: Cast, language: Language) -> Stretches:
    """Linear in the length of the scene for each of those who go."""
    found: dict[str, list[tuple[float, float]]] = {}
    for place, beat in enumerate(scene.beats):
        for who, start in _leaving(beat, cast, language):
            later = [other for other in scene.beats[place:] if other.span.end > start]
            end, alone = _until_told(later, who, beat)
            if alone:
                found.setdefault(who, []).append((start, end))
    return {who: tuple(stretches) for who, stretches in found.items()}


def gone(stretches: Stretches, who: str, place: float) -> bool:
    """Whether somebody is away when the story has been told up to a place."""
    return any(start < place <= end for start, end in stretches.get(who, ()))


def _leaving(beat: Beat, cast: Cast, language: Language) -> Iterator[tuple[str, float]]:
    """Who goes, and from where on in the source: after the beat in which he does, or at once when he is told to be
    gone."""
    for line in (line for line in beat.lines if line.kind is LineKind.NARRATION):
        for deed in beat.deeds:
            at = deed.span.start - line.span.start
            if deed.action in _GOING and 0 <= at < len(line.text) and _GOES_OFF[language].match(line.text, at):
                yield deed.who, beat.span.end
    for sheet in cast.characters:
        if any(_GONE[language].match(beat.told, match.end()) for match in naming(sheet, beat.told)):
            yield sheet.key, beat.span.start


def _until_told(beats: Sequence[Beat], who: str, leaving: Beat) -> tuple[float, bool]:
    """Where he is told of again, and whether others are told of alone before that."""
    alone = False
    for beat in beats:
        here = {*beat.present, *(line.speaker for line in beat.lines if line.speaker)}
        if who in here and beat is not leaving:
            return beat.span.start, alone
        alone = alone or bool(here - {who})
    return inf, alone
