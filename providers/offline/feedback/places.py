"""Which scenes are meant: by number, by place, by a word of their heading."""

import re
from collections.abc import Iterator
from typing import TypeAlias

from manga.brief import Language
from manga.feedback import BookView, SceneView
from providers.offline.feedback.sentence import known
from providers.offline.feedback.words import Words

Span: TypeAlias = tuple[int, int]

_SMALL = frozenset(
    {"the", "a", "an", "in", "at", "on", "of", "to", "up", "by", "and", "through", "out", "into", "from", "under"}
    | {"his", "her", "their", "near", "day", "night"}
)
_SCENE_EN = r"(?:\s+\w+)?\s+(?:scenes?|sequence|part|bit|chapter)\b"
_SCENE_JA = r"(?:の中|のなか|で)?の(?:場面|シーン|くだり|パート|ところ)"


def scenes_in(text: str, view: BookView, words: Words) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Where scenes are meant and by which keys; no keys: a number that the book does not have."""
    for row in words.references["scenes"]:
        for match in row.finditer(text):
            if view.scenes and (found := _counted(match, view, words)) is not None:
                text = known(text, *match.span())
                yield match.span(), found
    for scene in view.scenes:
        named = _named(scene, text, view, words.language)
        if named is not None:
            yield named.span(), (scene.key,)


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


def _named(scene: SceneView, text: str, view: BookView, language: Language) -> re.Match[str] | None:
    others = " ".join(f"{other.heading} {other.place}" for other in view.scenes if other.key != scene.key).lower()
    rows = _rows_en(scene, others) if language is Language.EN else _rows_ja(scene, others)
    flags = re.IGNORECASE if language is Language.EN else 0
    return next((match for row in rows if (match := re.search(row, text, flags))), None)


def _rows_en(scene: SceneView, others: str) -> Iterator[str]:
    """The whole place; its last word; any word of its own before the word scene."""
    place = re.sub(r"^(?:the|a|an)\s+", "", scene.place.strip(), flags=re.IGNORECASE)
    if place and not _in(place, others):
        yield rf"\b{re.escape(place)}\b(?:{_SCENE_EN})?"
    own = [word for word in re.findall(r"[A-Za-z]+", f"{place} {scene.heading}") if word.lower() not in _SMALL]
    for word in own:
        if not _in(word, others):
            yield rf"\b{word}{_SCENE_EN}"
    last = place.split()[-1:] if place.isascii() else []
    yield from (rf"\b{word}\b" for word in last if word.isalpha() and not _in(word, others))


def _in(word: str, others: str) -> bool:
    return bool(re.search(rf"\b{re.escape(word.lower())}\b", others))


def _rows_ja(scene: SceneView, others: str) -> Iterator[str]:
    own = re.findall(r"[一-龥々]+|[ァ-ヶー]{2,}|[A-Za-z]+", f"{scene.heading} {scene.place}")
    words = sorted({word for word in own if word not in ("中", "朝", "昼", "夜", "前", "上", "下", "外")}, key=len)
    for word in reversed(words):
        if word not in others:
            yield rf"{re.escape(word)}{_SCENE_JA}"
    place = re.sub(r"の(?:中|なか|前|上|下|外)$", "", scene.place)
    if place and place not in others:
        yield rf"(?<![一-龥ァ-ヶ]){re.escape(place)}(?![一-龥ァ-ヶ])"
