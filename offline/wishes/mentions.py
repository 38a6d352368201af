"""What a sentence points at: pages, panels, balloons, people, scenes, quoted words. Offsets are the sentence's own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from manga.brief import Language
from manga.feedback import BookView
from offline.wishes.people import people_in
from offline.wishes.places import scenes_in
from offline.wishes.sentence import Quotation, Sentence, bare_words, known
from offline.wishes.words import Words

Kind: TypeAlias = Literal[
    "count", "place", "balloon", "page", "panel", "next_panel", "previous_panel", "that_panel",
    "person", "pronoun", "denied", "scene", "line", "quoted_panel", "new", "unknown",
]  # fmt: skip
_SHORTEST_SOUND = 2
_NUMBERED: tuple[Kind, ...] = ("page", "panel")
_RELATIVE: tuple[Kind, ...] = ("next_panel", "previous_panel", "that_panel")


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
