"""People of a scene who are told of and are not in its place: seen from afar, or still where they were last.

In: a scene, the cast, and in which place everybody was last. Out: beats that are views of another place, with whom they
show there, and until when in the source somebody is not here. Linear in the length of the scene.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from manga.brief import Language
from manga.characters import Cast, Character
from manga.plot import Beat, Scene
from manga.storyboard import Role
from manga.vocabulary.places import same_place
from offline.directing.panel_roles import Frame
from offline.directing.where_people_are_named import is_named, naming
from offline.reading.place_mentions import Sighting, sightings
from offline.reading.story_tables import Lore, lore

View = tuple[str, tuple[str, ...]]
"""A setting and those who are seen in it."""

_SENTENCE = re.compile(r"[^。！？.!?]+[。！？.!?]?")
_CLAUSE = re.compile(r"[^、。,.;]+[、。,.;]?")
_SIGHT = {
    Language.JA: re.compile(
        r"[がも]、?[^。]{0,24}?(?:[目眼]に(?:止ま|とま|留ま|入[りっ]|はい[りっ]|映[りっ]|うつ[りっ])|見え(?!な))"
    ),
    Language.EN: re.compile(r"\b(?:saw|could see|sees|spied)\b"),
}
_FAR = {
    Language.JA: re.compile(r"下の|遠く|はるか|遥か|向こう|むこう|の底|望遠鏡|窓から"),
    Language.EN: re.compile(
        r"\b(?:[Ff]ar (?:below|off|away|down)|[Bb]elow|through (?:the|his|her|a) (?:telescope|window)"
        r"|from (?:the|his|her) window)\b"
    ),
}
_SCENERY = re.compile(r"の[^、。]{0,8}?(?:景色|有様|ありさま|眺め|ながめ|様子|容子)が")
_LEFT = re.compile(r"(?:の[^、。]{1,3})?(?:から|を(?:出|去|はな|離))|\b(?:from|left)\s+(?:the|a|his|her)?\s*$")
"""Before or after a place that somebody has come from."""


@dataclass(frozen=True, slots=True)
class Away:
    """By key of the beat what it is a view of; by key of the character the place in the source until which he is
    elsewhere."""

    views: Mapping[str, View] = field(default_factory=dict)
    until: Mapping[str, int] = field(default_factory=dict)


class Elsewhere:
    """Remembers from scene to scene where everybody was last."""

    def __init__(self, cast: Cast, language: Language) -> None:
        self._cast = cast
        self._language = language
        self._away = Away()
        self._last: dict[str, str] = {}

    def enter(self, scene: Scene) -> None:
        self._away = away_in(scene, self._cast, self._language, self._last)
        self._last |= whereabouts(scene, self._away)

    def view(self, frame: Frame) -> View | None:
        """What a panel shows of another place than its scene's."""
        return self._away.views.get(frame.lead.beat.key) if frame.role is not Role.ESTABLISH else None

    def scenery(self, frame: Frame) -> bool:
        """Whether a panel is such a view without anybody."""
        view = self.view(frame)
        return view is not None and not view[1]

    def knows(self, key: str, frame: Frame, place: int) -> bool:
        """Whether it is this that says if somebody is in a panel that tells up to that `place` in the source."""
        return self.view(frame) is not None or self._away.until.get(key, -1) >= place

    def shows(self, key: str, frame: Frame) -> bool:
        """Whether somebody is in what is seen from afar."""
        view = self.view(frame)
        return view is not None and key in view[1]


def away_in(scene: Scene, cast: Cast, language: Language, last: Mapping[str, str]) -> Away:
    """`last` is the setting in which everybody was seen last."""
    tables = lore(language)
    sheets = [sheet for sheet in cast.characters if any(sheet.key in beat.present for beat in scene.beats)]
    views = _seen_afar(scene, sheets, tables, language)
    until = _until(scene, views)
    end = scene.beats[-1].span.end
    stayed = _still_there(scene, sheets, tables, last)
    views |= {
        beat.key: (stayed[beat.present[0]], beat.present)
        for beat in scene.beats
        if beat.key not in views and beat.present and set(beat.present) <= stayed.keys()
    }
    return Away(views, until | dict.fromkeys(stayed, end))


def whereabouts(scene: Scene, away: Away) -> dict[str, str]:
    """Where everybody was seen in a scene."""
    found: dict[str, str] = {}
    for beat in scene.beats:
        setting, there = away.views.get(beat.key, ("", ()))
        found |= {key: scene.setting for key in beat.present if beat.span.end > away.until.get(key, -1)}
        found |= dict.fromkeys(there, setting)
    return found


def _seen_afar(scene: Scene, sheets: Sequence[Character], tables: Lore, language: Language) -> dict[str, View]:
    """Views, and what goes on to be told of those in them alone, unless they come."""
    views: dict[str, View] = {}
    now: View = ("", ())
    for beat in scene.beats:
        found = _view(scene, beat, sheets, tables, language)
        goes_on = bool(beat.present) and set(beat.present) <= set(now[1])
        goes_on = (
            goes_on and not any(line.speaker for line in beat.lines) and not tables.pattern("arrives").search(beat.told)
        )
        now = found or (now if goes_on else ("", ()))
        if now[0]:
            views[beat.key] = now if found else (now[0], beat.present)
    return views


def _view(scene: Scene, beat: Beat, sheets: Sequence[Character], tables: Lore, language: Language) -> View | None:
    """What a beat shows from afar: those who are told of between the place and the sight of it, or its scenery."""
    for match in _SENTENCE.finditer(beat.told):
        sentence = match.group()
        if not _FAR[language].search(sentence) or not _SIGHT[language].search(sentence):
            continue
        for place in sightings(tables, sentence):
            if place.label and not same_place(place.label, scene.setting):
                there = _beside(place, sentence, [s for s in sheets if s.key in beat.present], language)
                if there or _scenery(place, sentence):
                    return place.label, there
    return None


def _beside(place: Sighting, sentence: str, sheets: Sequence[Character], language: Language) -> tuple[str, ...]:
    """Whoever is seen in the place: in Japanese told of after it, in English between the word for the sight and it."""
    sight = _SIGHT[language].search(sentence)
    if sight is None or (
        language is Language.JA and not sentence.startswith(("に", "の底に", "の中に"), _stem(place, sentence))
    ):
        return ()
    low, high = (place.end, sight.end()) if language is Language.JA else (sight.end(), place.start)
    return tuple(sheet.key for sheet in sheets if any(low <= match.start() < high for match in naming(sheet, sentence)))


def _stem(place: Sighting, sentence: str) -> int:
    """Where the word for a place ends: what names it may hold the particle."""
    return place.end - (place.end - place.start > 1 and sentence[place.end - 1] in "のにをがはへ")


def _scenery(place: Sighting, sentence: str) -> bool:
    return bool(_SCENERY.match(sentence, _stem(place, sentence)))


def _until(scene: Scene, views: Mapping[str, View]) -> dict[str, int]:
    """Until the first beat after his views that tells of somebody."""
    until: dict[str, int] = {}
    for number, beat in enumerate(scene.beats):
        for key in views.get(beat.key, ("", ()))[1]:
            later = (b for b in scene.beats[number + 1 :] if key in b.present and b.key not in views)
            comes = next(later, None)
            until[key] = comes.span.start if comes else scene.beats[-1].span.end
    return until


def _still_there(scene: Scene, sheets: Sequence[Character], tables: Lore, last: Mapping[str, str]) -> dict[str, str]:
    """Those who say nothing and whom every beat tells of beside a word for the place where they were last."""
    speaking = {line.speaker for beat in scene.beats for line in beat.lines}
    found: dict[str, str] = {}
    for sheet in sheets:
        setting = last.get(sheet.key, "")
        if not setting or same_place(setting, scene.setting) or sheet.key in speaking:
            continue
        own = [beat.told for beat in scene.beats if sheet.key in beat.present]
        if all(_in_clause(sheet, told, tables, setting) for told in own):
            found[sheet.key] = setting
    return found


def _in_clause(sheet: Character, told: str, tables: Lore, setting: str) -> bool:
    return any(
        sighting.label == setting and not _left(clause, sighting)
        for clause in _CLAUSE.findall(told)
        if is_named(sheet, clause)
        for sighting in sightings(tables, clause)
    )


def _left(clause: str, place: Sighting) -> bool:
    return bool(_LEFT.match(clause, _stem(place, clause)) or _LEFT.search(clause[: place.start]))
