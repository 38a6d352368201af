"""A beat in fewer of its own words: its best lines, and of long ones the best neighbouring sentences."""

from collections.abc import Sequence

from manga.brief import Language
from manga.measures import Measure
from manga.plot import Beat, Line, LineKind
from manga.sentences import sentence_ends
from manga.values import Ruby, Span

BRIEF = 1.2
"""So many comfortable balloons hold what a beat needs to say, at the least."""


def spoken_in(beat: Beat) -> list[Line]:
    """Its lines, narration apart."""
    return [line for line in beat.lines if line.kind is not LineKind.NARRATION]


def in_brief(beat: Beat, measure: Measure) -> Beat:
    """The beat with its best words only, as many as a full balloon holds; one sentence at least. What is told stays."""
    most = round(BRIEF * measure.comfortable)
    spoken = spoken_in(beat)
    if sum(len(line.text) for line in spoken) <= most:
        return beat
    kept: dict[str, Line] = {}
    room = float(most)
    for line in sorted(spoken, key=lambda line: -_need(line, spoken)):
        brief = _best_stretch(line, most, measure.language)
        if not kept or len(brief.text) <= room:
            kept[line.key] = brief
            room -= len(brief.text)
    lines = (kept.get(line.key) if line.kind is not LineKind.NARRATION else line for line in beat.lines)
    return beat.model_copy(update={"lines": tuple(line for line in lines if line is not None)})


def _need(line: Line, spoken: Sequence[Line]) -> float:
    """How much a line would be missed: what is read, cried and asked, then how a talk begins and ends."""
    kinds = {LineKind.SIGN: 2.0, LineKind.LETTER: 1.5, LineKind.SHOUT: 1.0, LineKind.THOUGHT: 0.4}
    strong = line.text.rstrip("」』”\"’' ").endswith(("！", "!", "？", "?"))
    return kinds.get(line.kind, 0.0) + 0.6 * strong + 0.5 * (line is spoken[0]) + 0.4 * (line is spoken[-1])


def _best_stretch(line: Line, most: int, language: Language) -> Line:
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
