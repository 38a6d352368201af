"""Says long speeches in fewer words, all of them the story's own: whole sentences of them, or the stretches that were
chosen for each. Pure."""

from collections.abc import Sequence

from manga.brief import Language
from manga.plot import Beat, Line, LineKind, spoken_in
from manga.story_source import sentence_ends
from manga.text_capacity import Measure
from manga.values import Ruby, Span

BRIEF = 1.2
"""So many comfortable balloons hold what a beat needs to say, at the least."""


def in_brief(beat: Beat, measure: Measure, *, needed: bool = False) -> Beat:
    """The beat with its best words only, as many as a full balloon holds; one sentence at least, and where two speak
    what answers it or is answered by it. Of a beat that is `needed` by another one every line says something: nobody
    knows which of them is counted on. What is told stays."""
    most = round(BRIEF * measure.comfortable)
    spoken = spoken_in(beat)
    if sum(len(line.text) for line in spoken) <= most:
        return beat
    if needed:
        each = {line.key: said_in_brief(line, most, measure.language) for line in spoken}
        return beat.model_copy(update={"lines": tuple(each.get(line.key, line) for line in beat.lines)})
    kept: dict[str, Line] = {}
    room = float(most)
    best, *others = sorted(spoken, key=lambda line: -_need(line, spoken))
    other_side = _other_side(best, spoken)
    for line in (best, *others):
        brief = said_in_brief(line, most, measure.language)
        if not kept or line.brief or line is other_side or len(brief.text) <= room:
            kept[line.key] = brief
            room -= len(brief.text)
    lines = (kept.get(line.key) if line.kind is not LineKind.NARRATION else line for line in beat.lines)
    return beat.model_copy(update={"lines": tuple(line for line in lines if line is not None)})


def _other_side(line: Line, spoken: Sequence[Line]) -> Line | None:
    """What somebody else says right after the line, else right before it: a question makes no sense without its answer,
    and not every language marks a question. Nobody answers what is written."""
    if line.kind in (LineKind.SIGN, LineKind.LETTER):
        return None
    at = spoken.index(line)
    beside = (*spoken[at + 1 : at + 2], *spoken[max(0, at - 1) : at])
    return next((one for one in beside if one.speaker != line.speaker), None)


def said_in_brief(line: Line, most: int, language: Language) -> Line:
    """The stretches that were chosen for it, however long they are; else its best sentences."""
    return joined_pieces(line, line.brief) if line.brief else best_stretch(line, most, language)


def _need(line: Line, spoken: Sequence[Line]) -> float:
    """How much a line would be missed: what is read, cried and asked, then how a talk begins and ends."""
    kinds = {LineKind.SIGN: 2.0, LineKind.LETTER: 1.5, LineKind.SHOUT: 1.0, LineKind.THOUGHT: 0.4}
    strong = line.text.rstrip("」』”\"’' ").endswith(("！", "!", "？", "?"))
    return kinds.get(line.kind, 0.0) + 0.6 * strong + 0.5 * (line is spoken[0]) + 0.4 * (line is spoken[-1])


def best_stretch(line: Line, most: int, language: Language) -> Line:
    """Neighbouring sentences, as many as fit; those with a cry or a question first, then the later ones."""
    if len(line.text) <= most or line.span.end - line.span.start != len(line.text):
        return line
    bounds = [0, *sentence_ends(line.text, language)]
    ways = [
        (start, end)
        for i, start in enumerate(bounds[:-1])
        for end in bounds[i + 1 : i + 9]
        if end - start <= most or end == bounds[i + 1]
    ]
    best = max(ways, key=lambda way: (_worth(line.text[way[0] : way[1]], most), way[0]))
    return piece_of(line, *best)


def _worth(words: str, most: int) -> float:
    strong = sum(words.count(mark) for mark in "！!？?")
    return min(1.0, len(words) / most) - 2.0 * max(0.0, len(words) / most - 1) + 0.25 * min(2, strong)


def piece_of(line: Line, start: int, end: int) -> Line:
    """A stretch of the line without the blanks around it, at its own place in the source."""
    words = line.text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    ruby = (
        Ruby(start=r.start - start, end=r.end - start, reading=r.reading)
        for r in line.ruby
        if start <= r.start and r.end <= end
    )
    span = Span(start=line.span.start + start, end=line.span.start + end)
    return line.model_copy(update={"text": line.text[start:end], "span": span, "ruby": tuple(ruby)})


def joined_pieces(line: Line, stretches: Sequence[Span]) -> Line:
    """Some stretches of the source that the line says, as one line: blanks between them where the source has some."""
    pieces = [piece_of(line, span.start - line.span.start, span.end - line.span.start) for span in stretches]
    words, rubies = "", []
    for piece in pieces:
        at = piece.span.start - line.span.start
        words += " " if words and line.text[at - 1 : at].isspace() else ""
        rubies += [Ruby(start=r.start + len(words), end=r.end + len(words), reading=r.reading) for r in piece.ruby]
        words += piece.text
    span = Span(start=pieces[0].span.start, end=pieces[-1].span.end)
    return line.model_copy(update={"text": words, "span": span, "ruby": tuple(rubies)})
