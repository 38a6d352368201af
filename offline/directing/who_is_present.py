"""Who else is present in a scene, since when and until when: for each beat those whom the beats beside it tell of, the
nearest first; where in the text people come in and leave."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise, permutations
from math import inf

from manga.brief import Language
from manga.characters import Cast, Character
from manga.plot import DOUBT, Beat, LineKind, Scene
from manga.storyboard import Role
from offline.directing.added_panels import KEY_EVENT
from offline.directing.deeds_to_show import QUIET, TO_SOMEBODY
from offline.directing.page_moments import Moment
from offline.directing.panel_roles import Frame
from offline.directing.told_thoughts import says_i, teller_of
from offline.directing.where_people_are_named import is_named, naming
from offline.reading.lexicon_tables import lore

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
        r"(?:と[^。、]{1,6})?と?[はがも]、?[^。、]{0,10}?(?:いなくな|見えなくな|行ってしま|帰ってしま)"
        r"|(?:と[^。、]{1,6})?と?[はがも]、?[^。]{0,16}?(?:消え失せ|消えてしま)"
    ),
    Language.EN: re.compile(r"\s+(?:was gone|had gone|disappeared|vanished|went (?:away|off|out|home))\b"),
}
"""After a name."""
NO_MORE = 2
"""After so many beats that tell of others alone, whoever is told of no more in the scene has left."""
REACH = 2
"""Beats before and after."""
PASSES = 4
"""In a scene of more beats than this, whoever is told of in one of them and says nothing only passes."""
HIDDEN = 3
"""Lines of somebody in a scene, none of them sure, that are a voice from where nobody sees."""
EVENT = 2
"""From this importance on, a beat shows who else is there."""
_WIDE = frozenset({Role.ESTABLISH, Role.TALK, Role.ACT, Role.HOOK, Role.PAYOFF, Role.SPLASH})
_DEEDS = _WIDE - {Role.ESTABLISH}
NARRATED = _WIDE - {Role.TALK}
"""Pictures that whoever tells the story as his own may be in."""
LATELY = 4
"""Panels with people after which a place may be shown without anybody again."""
MATTERS = 3
"""From this importance on, a beat that names nobody shows those who go through it."""
_SMALL = re.compile(r"小さく(?:なって)?見え")
"""Who is seen so is nobody's company."""
_TURNS_OUT = re.compile(r"\W*It was |\W*(?:それは|[^、。はがを]{1,8}の、).{1,20}(?:だった|でした)$")
"""A man stood there. It was her father: whoever is named so has been seen in the sentence before."""
_SENTENCE = re.compile(r"[。！？\n]|[.!?](?=\s|$)")
Pairs = Set[tuple[str, str]]


def leavings(scene: Scene, cast: Cast, language: Language) -> Stretches:
    """Linear in the length of the scene for each of those who go."""
    found: dict[str, list[tuple[float, float]]] = {}
    for place, beat in enumerate(scene.beats):
        for who, start in _leaving(beat, cast, language):
            later = [other for other in scene.beats[place:] if other.span.end > start]
            end, alone = _until_told(later, who, beat)
            if alone:
                found.setdefault(who, []).append((start, end))
    for who, start in _told_of_no_more(scene, teller_of(cast)):
        found.setdefault(who, []).append((start, inf))
    return {who: tuple(stretches) for who, stretches in found.items()}


def _told_of_no_more(scene: Scene, teller: str) -> Iterator[tuple[str, float]]:
    """Of whom nothing is told while two more beats tell of others, each with where the last word of him is over."""
    last = {who: place for place, beat in enumerate(scene.beats) for who in _told(beat)}
    for who, place in last.items():
        later = [beat for beat in scene.beats[place + 1 :] if _told(beat)]
        if len(later) >= NO_MORE and who != teller:
            yield who, scene.beats[place].span.end


def _told(beat: Beat) -> set[str]:
    """Everybody of whom a beat tells, and who speaks in it."""
    return {*beat.present, *(line.speaker for line in beat.lines if line.speaker), *(deed.who for deed in beat.deeds)}


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
        here = _told(beat)
        if who in here and beat is not leaving:
            return beat.span.start, alone
        alone = alone or bool(here - {who})
    return inf, alone


def company_of(scene: Scene, together: Pairs = frozenset()) -> dict[str, tuple[str, ...]]:
    """By key of the beat, those who are in it apart and hear what is said in it, or have to do with somebody in it, in
    the first view of the scene also those who had before it (`together`); nobody stands before a telescope. Linear."""
    told = [(*beat.present, *_active(beat)) for beat in scene.beats]
    near = [() if _SMALL.search(beat.told) else there for beat, there in zip(scene.beats, told, strict=True)]
    active = [() if _SMALL.search(beat.told) else _active(beat) for beat in scene.beats]
    met = met_in(scene)
    passing = _passing(told) - {line.speaker for beat in scene.beats for line in beat.lines}
    alone = {beat.key for beat in scene.beats if any(deed.action == "peer" for deed in beat.deeds)}
    return {
        beat.key: tuple(
            who
            for who in ([] if beat.key in alone else _near(near, active, place))
            if who not in passing
            and (_voices(beat) or any((who, other) in (met if place else met | together) for other in told[place]))
        )
        for place, beat in enumerate(scene.beats)
    }


def met_in(scene: Scene) -> set[tuple[str, str]]:
    """Every two who are in one beat of a scene, or speak one after the other: whoever is told of beside somebody may
    be in another place."""
    shared = [{*beat.present, *_voices(beat)} for beat in scene.beats]
    spoken = [who for beat in scene.beats for who in _voices(beat)]
    return {pair for who in (*shared, *pairwise(spoken)) for pair in permutations(who, 2)}


def _passing(told: Sequence[tuple[str, ...]]) -> frozenset[str]:
    """Those who are told of once in a scene."""
    beats = Counter(who for found in told for who in set(found))
    return frozenset(who for who, count in beats.items() if count == 1) if len(told) > PASSES else frozenset()


def _near(told: Sequence[tuple[str, ...]], active: Sequence[tuple[str, ...]], place: int) -> tuple[str, ...]:
    """Beside it everybody who is told of, further off those who do or say something."""
    found: dict[str, None] = {}
    for off in range(1, REACH + 1):
        for other in (place - off, place + off):
            if 0 <= other < len(told):
                found |= dict.fromkeys((told if off == 1 else active)[other])
    return tuple(key for key in found if key not in told[place])


def _voices(beat: Beat) -> tuple[str, ...]:
    return tuple(line.speaker for line in beat.lines if line.speaker and line.confidence >= DOUBT)


def _active(beat: Beat) -> tuple[str, ...]:
    return (*_voices(beat), *(deed.who for deed in beat.deeds))


@dataclass(frozen=True, slots=True)
class Entrances:
    """From which place in the source on people are there, by key: those whose first sentence in the scene says that
    they `come`, and those whom the reader does not know before it, or only by their voices (`new`). Everybody else is
    there from its beginning. In which stretches of the scene somebody has `left`."""

    come: Mapping[str, int] = field(default_factory=dict)
    new: Mapping[str, int] = field(default_factory=dict)
    left: Stretches = field(default_factory=dict)

    def there(self, key: str, place: int, *, seen: bool = False, crowd: bool = False) -> bool:
        """Whether somebody has come by then, or been `seen`, and not left; in a `crowd` there may be people whom nobody
        has named yet."""
        come = self.come.get(key, place) <= place and (crowd or self.new.get(key, place) <= place)
        return (seen or come) and not gone(self.left, key, place)


def entrances(scene: Scene, cast: Cast, known: Set[str], language: Language) -> Entrances:
    """Linear in the length of the scene."""
    arrives = lore(language).pattern("arrives")
    named: dict[str, tuple[int, str]] = {}
    come: dict[str, int] = {}
    new: dict[str, int] = {}
    seen: set[str] = set()
    unsure: Counter[str | None] = Counter()
    for beat, following in zip(scene.beats, [*scene.beats[1:], None], strict=True):
        there = dict.fromkeys((*beat.present, *_active(beat)))
        _name(named, beat, [sheet for sheet in cast.characters if sheet.key in there])
        for key in there:
            if key not in seen:
                place, sentence = _first(beat, key, named.get(key))
                if arrives.search(sentence) or arrives.search(_then_named(cast.get(key), beat, following)):
                    come[key] = place
                elif key not in known or unsure[key] >= HIDDEN:
                    new[key] = place
                seen.add(key)
        unsure.update(line.speaker for line in beat.lines if line.confidence < DOUBT)
    return Entrances(come, new, leavings(scene, cast, language))


def _then_named(sheet: Character | None, beat: Beat, following: Beat | None) -> str:
    """What the sentences after it tell of somebody whom only his voice has told of before."""
    if sheet is None or following is None or sheet.key not in following.present:
        return ""
    heard = sheet.key in _voices(beat) and not is_named(sheet, beat.told)
    return following.told if heard and is_named(sheet, following.told) else ""


def _name(named: dict[str, tuple[int, str]], beat: Beat, there: Sequence[Character]) -> None:
    """Take note of the first told name of everybody who is there: where it stands, and the sentence around it; of
    words beside a speech that name nobody, for the one who is there."""
    for line in beat.lines:
        if line.kind is LineKind.NARRATION:
            for sheet in (sheet for sheet in there if sheet.key not in named):
                places = [match.start() for match in naming(sheet, line.text)]
                if places:
                    named[sheet.key] = (line.span.start + min(places), _sentence(line.text, min(places)))
    beside = [sheet for sheet in there if is_named(sheet, beat.told)]
    for sheet in (sheet for sheet in beside or there[:1] if sheet.key not in named):
        place = min((match.start() for match in naming(sheet, beat.told)), default=0)
        named[sheet.key] = (beat.span.start, _sentence(beat.told, place))


def _sentence(text: str, at: int) -> str:
    starts = [match.end() for match in _SENTENCE.finditer(text, 0, at)]
    end = _SENTENCE.search(text, at)
    return text[starts[-1] if starts else 0 : end.start() if end else len(text)]


def _first(beat: Beat, key: str, named: tuple[int, str] | None) -> tuple[int, str]:
    """Where somebody is first named, speaks or acts; the beginning of the beat when no word says it."""
    spoken = [line.span.start for line in beat.lines if line.speaker == key]
    acts = [deed.span.start for deed in beat.deeds if deed.who == key]
    places = [*spoken, *acts, *(named[:1] if named else ())]
    if named and _TURNS_OUT.match(named[1]):
        places.append(beat.span.start)
    return min(places, default=beat.span.start), named[1] if named else ""


def shown_until(frame: Frame) -> int:
    """The place in the source up to which the panel tells."""
    return max(_end(moment) for moment in frame.moments)


def _end(moment: Moment) -> int:
    """A view of the place comes before what is told there; other looks come after their beat."""
    if moment.line is not None:
        return moment.line.span.end
    first = moment.beat.lines[:1] if moment.purpose == "establish" else ()
    return first[0].span.end if first else moment.beat.span.end


def with_company(frame: Frame, follow: int, company: Mapping[str, tuple[str, ...]], met: Set[str]) -> tuple[str, ...]:
    """Those who are there and do nothing, where somebody else speaks or does something and the picture is no face and
    no long speech; nobody before he comes, but in the first view of a scene."""
    beat = frame.lead.beat
    idle = all(deed.action in QUIET for deed in beat.deeds) and not _voices(beat) and beat.importance < MATTERS
    if frame.role not in _WIDE or follow or beat.importance < EVENT or (idle and frame.role is not Role.ESTABLISH):
        return ()
    return tuple(key for key in company.get(beat.key, ()) if key in met or frame.role is Role.ESTABLISH)


def tells_of_all(frame: Frame, language: Language) -> bool:
    """Whether the panel's sentences tell of everybody at once."""
    told = " ".join(moment.line.text for moment in frame.moments if moment.purpose == "told" and moment.line)
    return frame.role in _WIDE and bool(lore(language).pattern("everybody").search(told))


def gathered(frame: Frame, company: Sequence[str], *, crowd: bool, place_shown: bool, peopled: int) -> tuple[str, ...]:
    """Of those who are there all in a `crowd`; where a beat that matters names nobody, two who go through it: always
    for what the story turns on, else once the place has been shown without anybody; where nothing is told, also when
    only so many panels with people (`peopled`) have come since then."""
    if crowd:
        return tuple(company)
    beat = frame.lead.beat
    if frame.role not in _DEEDS or beat.present:
        return ()
    if peopled < LATELY and not any(moment.purpose == "told" and moment.parts for moment in frame.moments):
        return tuple(company[:2])
    if beat.importance < MATTERS:
        return ()
    return tuple(company[:2]) if beat.importance >= KEY_EVENT or place_shown else ()


def narrates(frame: Frame, *, place_shown: bool) -> bool:
    """Whether whoever tells the story as his own is in the picture: where the story turns on it, he speaks of himself,
    or nobody was seen before."""
    told = " ".join(moment.line.text for moment in frame.moments if moment.line)
    importance = frame.lead.beat.importance
    return frame.role in NARRATED and importance >= MATTERS and (importance >= KEY_EVENT or place_shown or says_i(told))


def muses(frame: Frame) -> bool:
    """Whether a told panel has nothing done in it: what is spoken of may be shown, not whoever speaks of it."""
    told = frame.role in NARRATED - {Role.ESTABLISH, Role.SPLASH} and all(m.purpose != "spoken" for m in frame.moments)
    return told and not frame.silent and all(deed.action in QUIET for deed in frame.deeds)


def told_of(frame: Frame, pictured: Set[tuple[str, str]]) -> list[str]:
    """Those whom the panel's beats that matter are about and who have not been seen in them (`pictured`) yet."""
    beats = [moment.beat for moment in frame.moments if moment.beat.importance >= MATTERS and frame.role in _WIDE]
    return [who for beat in beats for who in beat.present if (beat.key, who) not in pictured]


def partner_of(frame: Frame, recent: Sequence[str]) -> tuple[str, ...]:
    """Whom a deed is done to; when the words leave it open, the one last told of."""
    if told := tuple(deed.whom for deed in frame.deeds if deed.whom):
        return told[-1:]
    doers = {deed.who for deed in frame.deeds if deed.action in TO_SOMEBODY}
    if not doers or len({key for moment in frame.moments for key in moment.beat.present}) > 1:
        return ()
    return tuple(key for key in reversed(recent) if key not in doers)[:1]


def talking_near(scene: Scene) -> dict[str, frozenset[str]]:
    """By key of the beat, who says something in it or in the ones beside it."""
    said = [frozenset(line.speaker for line in beat.lines if line.speaker) for beat in scene.beats]
    return {beat.key: frozenset().union(*said[max(0, at - 1) : at + 2]) for at, beat in enumerate(scene.beats)}


def others_act(frame: Frame, speakers: Sequence[str]) -> bool:
    """Whether somebody does or says something in the panel."""
    return bool(frame.deeds or speakers)
