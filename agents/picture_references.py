"""Which pictures a panel is drawn after beside the sheets of those who are seen: its place, and people it speaks of.

Of each place one picture is drawn first, the one that shows most of it; all later ones of the scene are drawn after it.
Panels of two scenes share a place only where a name says that it is the same one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from manga.characters import Cast, Character
from manga.panel_brief import PanelBrief
from manga.picture_references import NamedPerson, PictureReferences, PlacePicture
from manga.storyboard import Angle, PanelDraft, SceneDirection, Shot, Storyboard
from manga.vocabulary.places import places

_SHOWS: Final = {Shot.ESTABLISHING: 0, Shot.LONG: 0, Shot.FULL: 1, Shot.MEDIUM: 1}
"""How well a view shows its place, 0 best. Nearer views show people."""
_HIDES: Final = frozenset({Shot.EXTREME_CLOSE, Shot.INSERT})
"""Views that need no place."""
Where = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Shown:
    """A picture of a place: how well it shows it, and when it comes."""

    panel: str
    rank: tuple[int, int]


def references(
    storyboard: Storyboard, cast: Cast, kept: Mapping[str, str], todo: Mapping[str, str]
) -> dict[str, PictureReferences]:
    """By key of the panels that are to be drawn (`todo`, with their digests); only those that have any. `kept` are the
    objects of pictures that there are; those of panels in `todo` show what was directed before, and serve for none.
    Nobody waits for a picture that waits for another one."""
    panels = [panel for page in storyboard.pages for panel in page.panels]
    shown = _pictures_of_places(panels)
    found = {
        panel.key: PictureReferences(
            named=tuple(_named(panel.direction, cast)), place=_place(panel, shown.get(_where(panel), ()), kept, todo)
        )
        for panel in panels
        if panel.key in todo
    }
    return {key: one for key, one in found.items() if one != PictureReferences()}


def needs_rough(brief: PanelBrief) -> bool:
    """Whether words alone leave too much open: two people or more, or a view that is not level."""
    direction = brief.direction
    if direction.shot is Shot.INSERT or not direction.figures:
        return False
    return len(direction.figures) > 1 or direction.angle is not Angle.EYE


def drawn_first(todo: Iterable[str], found: Mapping[str, PictureReferences]) -> list[str]:
    """Those that others wait for come first, else in the order given."""
    awaited = {one.place.panel for one in found.values() if one.place is not None}
    return sorted(todo, key=lambda key: key not in awaited)


def _pictures_of_places(panels: Sequence[PanelDraft]) -> dict[Where, list[_Shown]]:
    """By place, the best first."""
    found: dict[Where, list[_Shown]] = {}
    for number, panel in enumerate(panels):
        shot = panel.direction.shot
        if panel.direction.background == "full" and shot in _SHOWS:
            found.setdefault(_where(panel), []).append(_Shown(panel.key, (_SHOWS[shot], number)))
    return {where: sorted(ones, key=lambda one: one.rank) for where, ones in found.items()}


def _where(panel: PanelDraft) -> Where:
    """Equal for two panels that surely show the same place. A bridge of one scene need not be that of another one; the
    bridge of Little Sopping is."""
    direction = panel.direction
    words = " ".join(direction.place.casefold().split())
    scene = "" if _says_which(direction.setting, words) else panel.scene
    return (scene, direction.setting, words, direction.seen_from, str(direction.flashback))


def _says_which(setting: str, words: str) -> bool:
    """Whether the words are more than what every such place is called."""
    left = [word for word in _WORD.findall(words) if word not in _common() and word != setting]
    return len("".join(left)) > 1


_WORD: Final = re.compile(r"[a-z]+|[^\W\da-z_]+")
_ARTICLES: Final = frozenset({"a", "an", "the", "in", "of", "on", "at", "by", "and", "or", "some"})


@cache
def _common() -> frozenset[str]:
    """What places are called in any story."""
    entries = places().entries.values()
    said = (name for entry in entries for names in (entry.words, entry.names) for one in names.values() for name in one)
    return _ARTICLES | {word for name in said for word in _WORD.findall(name.casefold())}


def _place(
    panel: PanelDraft, shown: Sequence[_Shown], kept: Mapping[str, str], todo: Mapping[str, str]
) -> PlacePicture | None:
    direction = panel.direction
    if direction.background not in ("full", "partial") or direction.shot in _HIDES:
        return None
    first = next((one.panel for one in shown), panel.key)
    if first in todo and first != panel.key:
        return PlacePicture(panel=first, words=_words(direction), digest=todo[first])
    found = next((one.panel for one in shown if one.panel in kept and one.panel not in todo), None)
    return None if found is None else PlacePicture(panel=found, words=_words(direction), blob=kept[found])


def _words(direction: SceneDirection) -> str:
    return direction.place or direction.setting.replace("_", " ")


def _named(direction: SceneDirection, cast: Cast) -> Iterator[NamedPerson]:
    """Those whom the words of a panel speak of and who are not directed to be seen, where they have a sheet."""
    seen = {figure.character for figure in direction.figures}
    told = " ".join((direction.seen, direction.place, *direction.props, *(one.holds for one in direction.figures)))
    for person in people_named(cast, told):
        if person.key not in seen and person.reference_images:
            yield NamedPerson(key=person.key, name=person.name, reference_images=person.reference_images[:1])


def people_named(cast: Cast, told: str) -> tuple[Character, ...]:
    """In the order of the cast. Long names are looked for first, so that nobody is found inside another's name."""
    names = sorted(
        ((name, person.key) for person in cast.characters for name in _names(person)), key=lambda one: -len(one[0])
    )
    found: set[str] = set()
    for name, key in names:
        pattern = rf"(?<!\w){re.escape(name)}(?!\w)" if name.isascii() else re.escape(name)
        told, times = re.subn(pattern, "\n", told)
        found |= {key} if times else set()
    return tuple(person for person in cast.characters if person.key in found)


def _names(person: Character) -> tuple[str, ...]:
    return tuple(name for name in (person.name, *person.aliases) if len(name) > 1)
