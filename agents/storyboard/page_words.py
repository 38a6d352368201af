"""Which words each page shows, and the words of a model's pages made equal to the story's.

A beat that goes on over the leaf shares its lines out; a long line is cut there between two sentences. A line whose
pieces are its own words, commas and blanks aside, is cut from the plot's text at the model's joints, each piece with
its place in the source and its readings. Pure.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from types import MappingProxyType
from typing import TypeAlias

from agents.storyboard.clauses import ended, from_their_sentences, whole_clauses, with_capitals
from manga.abridge_speeches import BRIEF, best_stretch
from manga.plot import DOUBT, Beat, Line, LineKind
from manga.storyboard import LinePart, PanelDraft
from manga.storyboard_plan import PlannedPage
from manga.text_capacity import Measure
from manga.values import Ruby, Span

LEAST = 16
"""Letters that stay together, however many sentences they are: a page does not end on "Mr."."""
SFX_FIRST = 90
"""Sounds are numbered from here, apart from the parts of the words."""
MOST_PARTS = 6
"""Of a panel."""
_OPENING = ("Ps", "Pi")
_SENTENCE = re.compile(r"[^。！？!?.…]*[。！？!?.…]+[」』）)\"”’\s]*|[^。！？!?.…]+$")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some sentences of a line."""

    line: Line
    start: int
    end: int


def may_go_on(beat: Beat) -> bool:
    """Has the beat words for two pages?"""
    return len(_stretches(beat.lines)) > 1


def lines_by_page(pages: Sequence[PlannedPage], beats: Iterable[Beat]) -> dict[int, dict[str, Line]]:
    """The lines of each page by key, as far as the page shows them: a line that goes on is there in part."""
    named = Counter(key for page in pages for key in page.beats)
    shares = {beat.key: iter(_shared(beat.lines, named[beat.key])) for beat in beats if named[beat.key]}
    return {
        page.number: {line.key: line for key in page.beats if key in shares for line in next(shares[key])}
        for page in pages
    }


def pieces(shown: Mapping[str, Line], whole: Mapping[str, Line]) -> dict[str, str]:
    """The words of those lines that a page shows only in part."""
    return {key: line.text for key, line in shown.items() if line.text != whole[key].text}


def _shared(lines: Sequence[Line], pages: int) -> list[list[Line]]:
    """In order, about the same number of letters each, and none empty while there are sentences enough."""
    if pages == 1:
        return [list(lines)]
    stretches = _stretches(lines)
    total = sum(one.end - one.start for one in stretches) or 1
    ends, done = [0], 0
    for n, one in enumerate(stretches, start=1):
        done += one.end - one.start
        left, after = pages - len(ends), len(stretches) - n
        if left and after >= left and (done * pages >= total * len(ends) or after == left):
            ends.append(n)
    ends = [*ends, *[len(stretches)] * (pages + 1 - len(ends))]
    return [list(_joined(stretches[a:b])) for a, b in pairwise(ends)]


def _joined(stretches: Sequence[Stretch]) -> Iterator[Line]:
    for _, group in groupby(stretches, key=lambda one: one.line.key):
        own = list(group)
        yield cut_out(own[0].line, own[0].start, own[-1].end)


def _stretches(lines: Iterable[Line]) -> list[Stretch]:
    """Every line by its sentences, short ones together."""
    found: list[Stretch] = []
    for line in lines:
        start = 0
        for end in [*(match.end() for match in _SENTENCE.finditer(line.text)), len(line.text)]:
            rest = len(line.text) - end
            if end == len(line.text) or (end - start >= LEAST and rest >= LEAST):
                if end > start:
                    found.append(Stretch(line, start, end))
                start = end
    return found


@dataclass(frozen=True, slots=True)
class WordLetters:
    """What of a text is words: its letters and digits, and where each of them stands."""

    words: str
    places: tuple[int, ...]


def letters_of(text: str) -> WordLetters:
    kept = [(char.lower()[:1], at) for at, char in enumerate(text) if unicodedata.category(char)[0] in "LNM"]
    return WordLetters("".join(char for char, _ in kept), tuple(at for _, at in kept))


def cut(line: Line, said: Sequence[str]) -> list[tuple[int, int]] | None:
    """The stretch of the line that each of the pieces stands for: all of the line when they hold all its words.

    An empty stretch is a piece of mere punctuation, which its neighbour keeps. None: these are other words.
    """
    whole, pieces = letters_of(line.text), [letters_of(piece).words for piece in said]
    if not whole.words:
        return [(0, len(line.text)), *((0, 0) for _ in said[1:])]
    if "".join(pieces) == whole.words:
        ends = [0, *_joints(line.text, whole, pieces)]
        return list(pairwise(ends))
    return _found(line.text, whole, pieces)


def _joints(text: str, whole: WordLetters, pieces: Sequence[str]) -> Iterator[int]:
    """Where each piece ends: behind its last letter and what closes it, before what opens the next one."""
    done = 0
    for piece in pieces:
        done += len(piece)
        if done >= len(whole.words):
            yield len(text)
        elif done == 0:
            yield 0
        else:
            yield _behind(text, whole.places[done - 1] + 1, whole.places[done])


def _behind(text: str, start: int, following: int) -> int:
    at = start
    while at < following and unicodedata.category(text[at]) not in _OPENING:
        at += 1
    return at


def _found(text: str, whole: WordLetters, pieces: Sequence[str]) -> list[tuple[int, int]] | None:
    """Pieces that leave some of the line out, each looked for behind the one before."""
    found, done = [], 0
    for piece in pieces:
        at = whole.words.find(piece, done) if piece else -1
        if at < 0:
            return None
        done = at + len(piece)
        following = whole.places[done] if done < len(whole.words) else len(text)
        found.append((whole.places[at], _behind(text, whole.places[done - 1] + 1, following)))
    return found


@dataclass(frozen=True, slots=True)
class Wording:
    """What the words of pages are held to. `whole`: every spoken line is due in its own words, and whoever said others
    is told so; else its own best words stand in their place, as they do for captions."""

    measure: Measure
    whole: bool


Words: TypeAlias = dict[int, tuple[LinePart, LinePart | None]]
"""By the `id` of a part as it was said: the part, and what stands in its place (None: a neighbour keeps its marks)."""


def own_words(
    panels: Iterable[PanelDraft],
    lines: Mapping[str, Line],
    wording: Wording | None,
    whole: Mapping[str, Line] = MappingProxyType({}),
) -> Words:
    """Every piece of a line of one page at its place. Words that are no line's are left out. Without a `wording` words
    may be a person's own, and stay. Of a line that is abridged others of its words may be said, where `whole` has
    it."""
    pieces: dict[str, list[LinePart]] = {}
    for part in (part for panel in panels for part in panel.dialogue.parts):
        if part.kind != "sfx" and part.line in lines:
            pieces.setdefault(part.line, []).append(part)
    said = [lines[key] for key in pieces]
    return {
        id(part): (part, new)
        for line in said
        for part, new in _own(pieces[line.key], line, wording, whole.get(line.key), _goes_on(line, said))
    }


def _goes_on(line: Line, said: Iterable[Line]) -> bool:
    """Whether what its voice says next, of all that the page says, is the rest of the sentence, as in English where "he
    said" stands between."""
    later = [one for one in said if _voice(one) == _voice(line) and one.span.start >= line.span.end]
    following = min(later, key=lambda one: one.span.start, default=None)
    return following is not None and first_letter(following.text).islower()


def _voice(line: Line) -> tuple[bool, str | None]:
    """The teller's is none of those that nobody could be found for."""
    return line.kind is LineKind.NARRATION, line.speaker


def first_letter(text: str) -> str:
    """Nothing where there is no letter at all."""
    return next((char for char in text if char.isalpha()), "")


def _own(
    parts: Sequence[LinePart], line: Line, wording: Wording | None, whole: Line | None, goes_on: bool
) -> Iterator[tuple[LinePart, LinePart | None]]:
    said = [part.text for part in parts]
    stretches = cut(line, said)
    if stretches is None and whole is not None and (found := cut(whole, said)) is not None:
        line, stretches = whole, found
    if stretches is not None:
        places = whole_clauses(line.text, stretches) if wording is not None else stretches
        if wording is not None and line.kind is LineKind.NARRATION:
            places = from_their_sentences(line.text, places)
        placed = [(part, _placed(part, line, place)) for part, place in zip(parts, places, strict=True)]
        if wording is not None and line.kind is LineKind.NARRATION:
            placed = list(with_capitals(placed, line.text, places))
        rest = letters_of(line.text[places[-1][1] :]).words
        yield from placed if wording is None or wording.whole or (goes_on and not rest) else ended(placed, bool(rest))
    elif wording is None or (wording.whole and line.kind is not LineKind.NARRATION):
        yield from ((part, _placed(part, line, None)) for part in parts)
    else:
        most = (
            wording.measure.caption if line.kind is LineKind.NARRATION else round(BRIEF * wording.measure.comfortable)
        )
        brief = best_stretch(line, most, wording.measure.language)
        placed = [(parts[0], _placed(parts[0], brief, (0, len(brief.text)))), *((part, None) for part in parts[1:])]
        yield from placed if goes_on and brief.span.end == line.span.end else ended(placed)


def in_own_words(panels: Iterable[PanelDraft], words: Words) -> tuple[PanelDraft, ...]:
    """The panels with these words in place of those that were said."""
    return tuple(
        _with_parts(panel, [words.get(id(part), (part, part))[1] for part in panel.dialogue.parts]) for panel in panels
    )


def _with_parts(panel: PanelDraft, parts: Iterable[LinePart | None]) -> PanelDraft:
    seen = {figure.character for figure in panel.direction.figures}
    kept = tuple(_voiced(part, seen) for part in parts if part is not None)
    return panel.model_copy(update={"dialogue": panel.dialogue.model_copy(update={"parts": kept})})


def _voiced(part: LinePart, seen: set[str]) -> LinePart:
    """Whom no tail can lead to, or who is only guessed, speaks from outside."""
    spoken = part.kind not in ("sfx", LineKind.NARRATION)
    away = spoken and (part.speaker not in seen or part.confidence < DOUBT)
    return part.model_copy(update={"off_panel": True}) if away and not part.off_panel else part


def _placed(part: LinePart, line: Line, stretch: tuple[int, int] | None) -> LinePart | None:
    speaker = part.speaker or line.speaker
    told = {"speaker": speaker, "confidence": line.confidence if speaker == line.speaker else part.confidence}
    if stretch is None:
        return part.model_copy(update={**told, "span": line.span, "ruby": ()})
    start, end = stretch
    if start == end:
        return None
    piece = cut_out(line, start, end)
    return part.model_copy(update={**told, "text": piece.text, "span": piece.span, "ruby": piece.ruby})


def must_of(line: Line, beat: Beat) -> str:
    """What of a told line of the beat must be read."""
    return " … ".join(_musts(line, beat))


def _musts(line: Line, beat: Beat) -> list[str]:
    if line.kind is not LineKind.NARRATION or line.span.end - line.span.start != len(line.text):
        return []
    within = (c for c in beat.captions if line.span.start <= c.start and c.end <= line.span.end)
    return [line.text[c.start - line.span.start : c.end - line.span.start] for c in within]


def unread_in(beat: Beat, said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What of the beat's narration must be read and no text of the book has: the line's key, and the words. `said` has
    the words of each line as they are said."""
    for line in beat.lines:
        for words in _musts(line, beat):
            needle = letters_of(words).words
            if needle not in letters_of(said.get(line.key, "")).words:
                yield line.key, words


def cut_out(line: Line, start: int, end: int) -> Line:
    """A stretch of a line, as a line."""
    if (start, end) == (0, len(line.text)):
        return line
    return line.model_copy(
        update={
            "text": line.text[start:end],
            "span": span_of(line, start, end),
            "ruby": tuple(_moved(line.ruby, start, end)),
        }
    )


def _moved(rubies: Iterable[Ruby], start: int, end: int) -> Iterator[Ruby]:
    inside = (ruby for ruby in rubies if start <= ruby.start and ruby.end <= end)
    return (Ruby(start=ruby.start - start, end=ruby.end - start, reading=ruby.reading) for ruby in inside)


def span_of(line: Line, start: int, end: int) -> Span:
    """Where a stretch stands in the source; by proportion where the reader has tidied the text."""
    length = line.span.end - line.span.start
    if length == len(line.text):
        return Span(start=line.span.start + start, end=line.span.start + end)
    scale = length / len(line.text)
    return Span(start=line.span.start + round(start * scale), end=line.span.start + round(end * scale))


def with_sounds_at_home(panels: Iterable[PanelDraft], lines: Sequence[str]) -> tuple[PanelDraft, ...]:
    """A drawn sound belongs to a line of its page; on a page without lines it has a line of its own."""
    home = ""
    found = []
    for panel in panels:
        parts = []
        for part in panel.dialogue.parts:
            home = part.line if part.line in lines else home or (lines[0] if lines else own_line(panel))
            parts.append(part.model_copy(update={"line": home}) if part.kind == "sfx" else part)
        found.append(panel.model_copy(update={"dialogue": panel.dialogue.model_copy(update={"parts": tuple(parts)})}))
    return tuple(found)


def own_line(panel: PanelDraft) -> str:
    """The key of a line that is no line of the story: where a sound stands alone."""
    return f"l{int(panel.beats[0][1:]) % 10_000 + 90_000}"
