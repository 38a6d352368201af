"""Finds what a sentence points at (pages, panels, balloons, people, scenes, quoted words), by its own offsets."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from manga.brief import Language
from manga.feedback import BookView, PersonView, SceneView
from offline.wishes.load_wish_patterns import Words
from offline.wishes.normalize_sentence import Quotation, Sentence, bare_words, known

_SMALL = frozenset(
    {"the", "a", "an", "in", "at", "on", "of", "to", "up", "by", "and", "through", "out", "into", "from", "under"}
    | {"his", "her", "their", "near", "day", "night"}
)
_SMALL_JA = frozenset("中朝昼夜前上下外")
_SCENE_EN = r"(?:\s+\w+)?\s+(?:scenes?|sequence|part|bit|chapter)\b"
_SCENE_JA = r"(?:の中|のなか|で)?の(?:場面|シーン|くだり|パート|ところ)"
Span: TypeAlias = tuple[int, int]
Found: TypeAlias = tuple[Span, tuple[str, ...], bool]
_RANKS = ("protagonist", "main", "supporting", "minor")
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "the", "sir", "lady", "lord", "old", "von", "de", "of"})
_ALSO_WORDS = frozenset(
    {"will", "may", "hope", "grace", "joy", "rose", "mark", "art", "bill", "faith", "june", "april", "august", "dawn"}
    | {"drew", "sky", "rain", "violet", "jack", "miles", "frank"}
)
_PARTS = {
    "he": ("male", None),
    "she": ("female", None),
    "old_man": ("male", ("elder",)),
    "old_woman": ("female", ("elder",)),
    "boy": ("male", ("child", "teen")),
    "girl": ("female", ("child", "teen")),
}
Kind: TypeAlias = Literal[
    "count", "place", "balloon", "page", "panel", "next_panel", "previous_panel", "that_panel",
    "person", "pronoun", "denied", "scene", "line", "quoted_panel", "new", "unknown",
]  # fmt: skip
_SHORTEST_SOUND = 2
_NUMBERED: tuple[Kind, ...] = ("page", "panel")
_RELATIVE: tuple[Kind, ...] = ("next_panel", "previous_panel", "that_panel")


def scenes_in(text: str, view: BookView, words: Words) -> Iterator[Found]:
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


def people_in(text: str, view: BookView, words: Words) -> Iterator[Found]:
    """Where people are named, by which keys, and whether it is more than a pronoun. In the order of the text."""
    found: list[Found] = []
    for name, key in _names(view, words.language):
        for match in _pattern(name, words.language).finditer(text):
            found.append((match.span(), (key,), True))
            text = known(text, *match.span())
    for part, pattern in words.people.items():
        for match in pattern.finditer(text):
            if keys := _playing(part, view.people):
                found.append((match.span(), keys, part not in ("he", "she")))
                text = known(text, *match.span())
    yield from sorted(found)


def _names(view: BookView, language: Language) -> list[tuple[str, str]]:
    """Names with their keys, longest first; a part of a name that two people bear names neither."""
    owners: dict[str, set[str]] = {}
    for person in view.people:
        for name in _said(person, language):
            owners.setdefault(name, set()).add(person.key)
    sole = [(name, next(iter(keys))) for name, keys in owners.items() if len(keys) == 1]
    return sorted(sole, key=lambda pair: (-len(pair[0]), pair[0]))


def _said(person: PersonView, language: Language) -> Iterator[str]:
    for name in (person.name, *person.aliases):
        yield name
        parts = re.split(r"[\s・.]+", name)
        if len(parts) > 1:
            yield from (part for part in parts if len(part) > 1 and part.lower() not in _TITLES)


def _pattern(name: str, language: Language) -> re.Pattern[str]:
    quoted = re.escape(name)
    if name.isascii():
        flags = re.IGNORECASE if name.lower() not in _ALSO_WORDS else 0
        return re.compile(rf"(?<![A-Za-z]){quoted}(?![A-Za-z])", flags)
    if len(name) == 1:  # one letter alone is easily a part of another word
        return re.compile(rf"(?<![一-龥ァ-ヶ]){quoted}(?![一-龥ァ-ヶ])")
    return re.compile(rf"(?<![ァ-ヶー]){quoted}(?![ァ-ヶー])" if re.fullmatch(r"[ァ-ヶー]+", name) else quoted)


def _playing(part: str, people: Iterable[PersonView]) -> tuple[str, ...]:
    """Who plays this part. Where several could, the one with the larger role; nobody when nobody fits."""
    fit = [person for person in people if _fits(part, person)]
    return (min(fit, key=_rank).key,) if fit else ()


def _fits(part: str, person: PersonView) -> bool:
    if part == "protagonist":
        return person.role == "protagonist"
    if part == "heroine":
        return person.gender == "female"
    if part in _PARTS:
        gender, ages = _PARTS[part]
        return person.gender == gender and (ages is None or person.age in ages)
    return person.kind == part


def _rank(person: PersonView) -> int:
    return _RANKS.index(person.role) if person.role in _RANKS else len(_RANKS)


@dataclass(frozen=True, slots=True)
class WishedElement:
    """`numbers` count from 1, -1 is the last; `keys` are elements of the view; `text` is what was quoted;
    `any_of`: several bear the name that was said.
    """

    kind: Kind
    start: int
    end: int
    numbers: tuple[int, ...] = ()
    keys: tuple[str, ...] = ()
    text: str = ""
    quoted: bool = False
    any_of: bool = False


def mentions_in(sentence: Sentence, view: BookView, words: Words) -> tuple[tuple[WishedElement, ...], str]:
    """In the order of the sentence, and the sentence with all of them marked as understood."""
    found: list[WishedElement] = []
    text = sentence.masked

    def take(mentions: Iterator[WishedElement] | list[WishedElement]) -> None:
        nonlocal text
        for mention in list(mentions):
            found.append(mention)
            text = known(text, mention.start, mention.end)

    take(_quoted(sentence, view, words))
    take(_unquoted(text, view))
    take(_counts(text, words))
    take(_places(text, words))
    take(_numbered("balloon", text, words))
    take(_scenes(text, sentence, view, words))
    for kind in _NUMBERED:
        take(_numbered(kind, text, words))
    for kind in _RELATIVE:
        take(WishedElement(kind, m.start(), m.end()) for row in words.references[kind] for m in row.finditer(text))
    for span, keys, sure in people_in(text, view, words):
        denied = _is_denied(text, span, words)
        take([WishedElement("denied" if denied else "person" if sure else "pronoun", *span, keys=keys)])
    return tuple(sorted(found, key=lambda mention: mention.start)), text


def _quoted(sentence: Sentence, view: BookView, words: Words) -> Iterator[WishedElement]:
    for quotation in sentence.quotations:
        yield _role(quotation, sentence.masked, view, words)


def _role(quotation: Quotation, masked: str, view: BookView, words: Words) -> WishedElement:
    """New words, a line that is meant, the panel in which a line is said, or nothing that the book has."""
    start, end = quotation.start, quotation.end
    before, after = masked[:start], masked[end:]
    keys = lines_saying(quotation.text, view)
    if keys and (words.quoted_panel[0].search(after) or words.quoted_panel[1].search(before)):
        return WishedElement("quoted_panel", start, end, keys=keys, text=quotation.text)
    if words.new_words[0].search(after) or words.new_words[1].search(before):
        return WishedElement("new", start, end, text=quotation.text)
    if keys:
        return WishedElement("line", start, end, keys=keys, text=quotation.text)
    return WishedElement("unknown", start, end, text=quotation.text, quoted=True)


def _unquoted(text: str, view: BookView) -> Iterator[WishedElement]:
    """A drawn sound named by its own letters."""
    for line in view.lines:
        if line.kind == "sfx" and len(line.text) > _SHORTEST_SOUND:
            for match in re.finditer(rf"(?<![A-Za-zァ-ヶー]){re.escape(line.text)}(?![A-Za-zァ-ヶー])", text):
                yield WishedElement("line", match.start(), match.end(), keys=(line.key,), text=line.text)


def lines_saying(text: str, view: BookView) -> tuple[str, ...]:
    """Keys of the lines that are these words; else of those that hold them."""
    wanted = bare_words(text)
    if not wanted:
        return ()
    said = [(line.key, bare_words(line.text)) for line in view.lines]
    if exact := tuple(key for key, words in said if words == wanted):
        return exact
    return tuple(key for key, words in said if wanted in words) if len(wanted) > 1 else ()


def _scenes(text: str, sentence: Sentence, view: BookView, words: Words) -> Iterator[WishedElement]:
    for span, keys, each in scenes_in(text, view, words):
        if keys:
            yield WishedElement("scene", *span, keys=keys, any_of=not each)
        else:
            yield WishedElement("unknown", *span, text=sentence.text[slice(*span)])


def _counts(text: str, words: Words) -> Iterator[WishedElement]:
    """How long the book is to be. The particle before or after a number belongs to it; the wish stays readable."""
    for row in words.references["count"]:
        for match in row.finditer(text):
            yield WishedElement("count", match.start(), match.end())


def _places(text: str, words: Words) -> Iterator[WishedElement]:
    for row in words.references["place"]:
        for match in row.finditer(text):
            groups = match.groupdict()
            numbers = tuple(int(groups[name]) for name in ("n", "m", "o") if groups.get(name))
            yield WishedElement("place", match.start(), match.end(), numbers, text=groups.get("kind") or "")


def _numbered(kind: Kind, text: str, words: Words) -> Iterator[WishedElement]:
    taken: list[tuple[int, int]] = []
    for row in words.references[kind]:
        for match in row.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            if numbers := _numbers(match, words):
                taken.append(match.span())
                yield WishedElement(kind, match.start(), match.end(), numbers)


def _numbers(match: re.Match[str], words: Words) -> tuple[int, ...]:
    groups = match.groupdict()
    if groups.get("few"):
        few, which = words.number(groups["few"]) or 1, words.number(groups["which"])
        return (-few, -1) if which == -1 else (1, few)
    read = (words.number(groups[name]) for name in ("n", "m") if groups.get(name))
    return tuple(number for number in read if number is not None)


def _is_denied(text: str, span: tuple[int, int], words: Words) -> bool:
    """Not X: the one who is not meant."""
    denied = words.single["denied"]
    if words.language is Language.JA:
        return bool(denied.match(text, span[1]))
    return bool(denied.search(text[: span[0]]))
