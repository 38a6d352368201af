"""Who is at which end of a telephone line, and where that is. In: one call after the other, in the order of telling.

Whoever is told to take a telephone has one of its two, whoever is named in its first words or says them into the other
one has that. Everybody else is beside the one who speaks to him.
"""

from collections.abc import Mapping, Sequence

from manga.brief import Language
from manga.characters import Cast
from manga.plot import Beat, Line, LineKind, Scene
from manga.vocabulary.places import has, same_place
from offline.directing.involved import is_unseen
from offline.directing.named import is_named
from offline.directing.telephone.ends import Call, CallStretch, End
from offline.directing.telephone.words import at_home, quoted, row, spoken
from offline.reading.sightings import sightings
from offline.reading.story import lore

GUESSED = 0.5
"""A speaker less sure than this does not say who is at an end."""
"""Rooms in which people sit."""
_TO = ("に", "へ")
"""Behind the name of whoever is called."""


def tells(beat: Beat) -> bool:
    """Whether anything but sounds is told."""
    return any(line.kind is LineKind.NARRATION and not quoted(line) for line in beat.lines)


class Callers:
    """Remembers from call to call who is beside whom. `first_seen` is where in the source everybody is seen first."""

    def __init__(self, cast: Cast, language: Language, phone: str, first_seen: Mapping[str, int]) -> None:
        self._cast = cast
        self._language = language
        self._phone = phone
        self._first_seen = first_seen
        self._beside: dict[str, str] = {}
        self._places: dict[str, tuple[str, str]] = {}
        self._homes: set[str] = set()

    def call(self, part: CallStretch, scene: Scene) -> Call:
        beats = [beat for beat in scene.beats if beat.span.end > part.start and beat.span.start < part.stop]
        lines = [
            line for beat in beats for line in beat.lines if spoken(line) and part.start <= line.span.start < part.stop
        ]
        narrated = any(tells(beat) for beat in beats)
        before = [beat for beat in scene.beats if beat.span.start < part.start]
        here = tuple(dict.fromkeys(key for beat in before for key in beat.present)) if narrated else ()
        caller, called = self._holders(part, lines, here, narrated=narrated)
        here = tuple(key for key in here if key != called)
        sides = self._sides(lines, caller, called, here)
        there = tuple(key for key, side in sides.items() if side == called)
        near = tuple(dict.fromkeys((caller, *(k for k, side in sides.items() if side == caller), *here)))
        near = tuple(key for key in near if key and key not in there)
        mine = self._places.setdefault(caller, (scene.setting, scene.place))
        first = End(caller, near, frozenset(there), *mine, self._phone, home=caller in self._homes)
        seen = called and not is_unseen(called, self._cast)
        seen = seen and (not narrated or self._first_seen.get(called, part.start) < part.start)
        other = self._other(called, there, near, mine, before) if seen else None
        return Call(part.start, part.stop, first, other, _apart_since(part, before, {caller, called}))

    def _other(
        self, called: str, there: tuple[str, ...], near: tuple[str, ...], mine: tuple[str, str], before: Sequence[Beat]
    ) -> End:
        """The other end: where he was told to be, else at home."""
        told = self._told_of(called, near[0], mine, before)
        if called not in self._places:
            self._places[called] = told or next(p for p in at_home(self._language) if p[0] != mine[0])
            self._homes |= {called} if told is None or has(told[0], "home") else set()
        setting, place = self._places[called]
        return End(called, there, frozenset(near), setting, place, self._phone, home=called in self._homes)

    def _told_of(
        self, called: str, caller: str, mine: tuple[str, str], before: Sequence[Beat]
    ) -> tuple[str, str] | None:
        """The place that a sentence about him alone names, if that is another one."""
        sheets = [self._cast.get(key) for key in (called, caller)]
        tables = lore(self._language)
        for beat in before:
            for line in beat.lines:
                him, me = (sheet is not None and is_named(sheet, line.text) for sheet in sheets)
                found = sightings(tables, line.text) if him and not me else ()
                for sighting in reversed(found):
                    if sighting.label and not same_place(sighting.label, mine[0]):
                        return sighting.label, line.text[sighting.start : sighting.end]
        return None

    def _holders(
        self, part: CallStretch, lines: Sequence[Line], here: tuple[str, ...], *, narrated: bool
    ) -> tuple[str, str]:
        """Who has the two telephones."""
        voices = list(dict.fromkeys(line.speaker for line in lines if line.speaker and line.confidence >= GUESSED))
        first = lines[0].speaker or ""
        named = next((s.key for s in self._cast.characters if s.key != first and is_named(s, lines[0].text)), "")
        taker = self._taker(part.told) if narrated else ""
        if narrated and (taker or here):
            caller = taker or here[0]
            others = [key for key in voices if key != caller]
            strangers = others if len(voices) == 2 else [key for key in others if key not in here]
            return caller, next(iter(strangers), named if named != caller else "")
        first = first or next((key for key in voices if key != named), "")
        return first, named or next((key for key in voices if key != first), "")

    def _taker(self, told: Beat) -> str:
        """Who is last named before a telephone is told to be taken, and not as the one who is called."""
        match = row("takes", self._language).search(told.told)
        before = told.told[: match.start()] if match else ""
        places = [
            (at, sheet.key)
            for sheet in self._cast.characters
            for name in (sheet.name, *sheet.aliases)
            if (at := before.rfind(name)) >= 0 and not before.startswith(_TO, at + len(name))
        ]
        return max(places)[1] if places else ""

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
            spoken_to = before is not None and sheet is not None and is_named(sheet, before.text)
            other = called if last == caller and called else caller
            to = next((k for k in (caller, called) if (one := self._cast.get(k)) and is_named(one, line.text)), "")
            side = self._beside.get(key, "")
            side = side if side in sides else caller if key in here else last if spoken_to else ""
            sides[key] = side or (other if to == last else last)
            self._beside[key] = sides[key]
        return sides


def _apart_since(part: CallStretch, before: Sequence[Beat], two: set[str]) -> int:
    """From where on in the scene the two are not told of in one beat until one calls the other."""
    apart = part.start
    for beat in reversed(before):
        if two <= set(beat.present) and beat is not part.told:
            break
        apart = beat.span.start
    return min(apart, part.start)
