"""The bible to be read: a row for each scene and each person in it. Plot and cast in, rows out."""

from collections.abc import Iterator

from agents.continuity.bible import Bible, changes_of, make_bible
from agents.continuity.dressing import sentence
from agents.continuity.words import phrase
from manga.brief import Language
from manga.characters import Cast, Character
from manga.continuity import AS_ON_THE_SHEET, OFF, Aspect, Change, Entry
from manga.plot import Plot, Scene


def entries(plot: Plot, cast: Cast, language: Language) -> tuple[Entry, ...]:
    """In the order of telling; whoever changes in a scene is in it, too."""
    bible = make_bible(plot)
    return tuple(
        _entry(bible, scene, person, language)
        for scene in plot.scenes
        for person in cast.characters
        if person.key in _there(scene)
    )


def _there(scene: Scene) -> set[str]:
    seen = {key for beat in scene.beats for key in beat.present}
    return {*scene.present, *seen, *(change.who for beat in scene.beats for change in beat.changes)}


def _entry(bible: Bible, scene: Scene, person: Character, language: Language) -> Entry:
    begun = bible.beats[scene.beats[0].key].moments[0].states.get(person.key, AS_ON_THE_SHEET)
    return Entry(
        scene=scene.key,
        place=scene.place,
        who=person.key,
        name=person.name,
        costume=person.costume,
        begins=sentence(person.name, begun, "", language),
        changes=tuple(_told(scene, person.key, language)),
    )


def _told(scene: Scene, who: str, language: Language) -> Iterator[tuple[str, str]]:
    for beat in scene.beats:
        for change in changes_of(beat):
            if change.who == who and (words := _words(change, language)):
                yield beat.key, words


def _words(change: Change, language: Language) -> str:
    """Hands that are emptied say nothing when nothing is known to have been in them."""
    if change.aspect is Aspect.HOLDS and change.to == OFF and not change.words:
        return ""
    as_ever = "もとどおり" if language is Language.JA else "as on the sheet"
    return phrase(change, language) if change.to else f"{change.aspect.value}: {as_ever}"
