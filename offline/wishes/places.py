"""Which scenes are meant: by number, by place, by a word of their heading."""

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from manga.brief import Language
from manga.feedback import BookView, SceneView
from offline.wishes.sentence import known
from offline.wishes.words import Words

Span: TypeAlias = tuple[int, int]

_SMALL = frozenset(
    {"the", "a", "an", "in", "at", "on", "of", "to", "up", "by", "and", "through", "out", "into", "from", "under"}
    | {"his", "her", "their", "near", "day", "night"}
)
_SMALL_JA = frozenset("中朝昼夜前上下外")
_SCENE_EN = r"(?:\s+\w+)?\s+(?:scenes?|sequence|part|bit|chapter)\b"
_SCENE_JA = r"(?:の中|のなか|で)?の(?:場面|シーン|くだり|パート|ところ)"


def scenes_in(text: str, view: BookView, words: Words) -> Iterator[tuple[Span, tuple[str, ...], bool]]:
    """Where scenes are meant, by which keys, and whether each of them is; no keys: a number that no scene has."""
    for row in words.references["scenes"]:
        for match in row.finditer(text):
            if view.scenes and (found := _counted(match, view, words)) is not None:
                text = known(text, *match.span())
                yield match.span(), found, True
    for row, keys in _named(view.scenes, words.language):
        for match in row.finditer(text):
            text = known(text, *match.span())
            yield match.span(), keys, len(keys) == 1


def _counted(match: re.Match[str], view: BookView, words: Words) -> tuple[str, ...] | None:
    groups = match.groupdict()
    keys = [scene.key for scene in view.scenes]
    if which := groups.get("which"):
        few = words.number(groups["few"]) if groups.get("few") else 1
        number = words.number(which)
        if few is None or number is None:
            return None
        return tuple(keys[-few:] if number < 0 else keys[:few])
    first = words.number(groups.get("n") or "")
    last = words.number(groups.get("m") or "") or first
    if first is None or last is None:
        return None
    if first < 0:
        return (keys[-1],)
    return tuple(keys[first - 1 : last]) if last <= len(keys) else ()


def _named(scenes: Iterable[SceneView], language: Language) -> list[tuple[re.Pattern[str], tuple[str, ...]]]:
    """What scenes are called and which of them bear that name, the longest names first."""
    rows = _rows_en if language is Language.EN else _rows_ja
    named: dict[str, list[str]] = {}
    for scene in scenes:
        for row in dict.fromkeys(rows(scene)):
            named.setdefault(row, []).append(scene.key)
    flags = re.IGNORECASE if language is Language.EN else 0
    return [(re.compile(row, flags), tuple(named[row])) for row in sorted(named, key=lambda row: (-len(row), row))]


def _rows_en(scene: SceneView) -> Iterator[str]:
    """The whole place; any word of the place or heading before the word scene; the last word of the place."""
    place = re.sub(r"^(?:the|a|an)\s+", "", scene.place.strip(), flags=re.IGNORECASE)
    if place:
        yield rf"\b{re.escape(place.lower())}\b(?:{_SCENE_EN})?"
    for word in re.findall(r"[a-z]+", f"{place} {scene.heading}".lower()):
        if word not in _SMALL:
            yield rf"\b{word}{_SCENE_EN}"
    if last := re.findall(r"[a-z]+$", place.lower()):
        yield rf"\b{last[0]}\b"


def _rows_ja(scene: SceneView) -> Iterator[str]:
    for word in re.findall(r"[一-龥々]+|[ァ-ヶー]{2,}|[A-Za-z]+", f"{scene.heading} {scene.place}"):
        if word not in _SMALL_JA:
            yield rf"{re.escape(word)}{_SCENE_JA}"
    for name in (scene.heading, scene.place):
        if place := re.sub(r"の(?:中|なか|前|上|下|外)$", "", name):
            yield rf"(?<![一-龥ァ-ヶ]){re.escape(place)}(?![一-龥ァ-ヶ])(?:{_SCENE_JA})?"
