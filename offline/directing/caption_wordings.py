"""How a told sentence can be set as a caption: every way, each of one part or of two that follow one another.

A caption is the story's own words and reads by itself: the whole sentence, a clause with a subject and a verb of its
own, the end of a Japanese sentence (which has the verb), or the words that only say when.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from manga.brief import Language
from manga.plot import Line, LineKind
from manga.storyboard import LinePart
from manga.text_capacity import Measure
from offline.directing.split_lines import PAUSE, joints, part_of

LEAST = 8
"""Letters of a clause that says something."""
MOST_CLAUSES = 12
"""Clauses of one sentence that are looked at."""

_WHEN = re.compile(
    r"[　\s]*(?P<ja>(?:(?:その|つぎの|次の|あくる|翌|ある|或る?)[日晩夜朝夕]{1,2}(?:も|の(?:夕方|朝|昼|晩|夜))?"
    r"|(?:数|[一二三四五六七八九十]+)[日年月](?:後|のち|たって|ほどたって)?|むかし|昔|夕方|真夜中|夜中))、"
    r"|(?P<en>(?:(?:One|The next|Next|That|Every|Early the next)\s(?:\w+\s)?"
    r"(?:day|morning|evening|night|afternoon|winter|summer|spring|autumn|week|year)|Once upon a time"
    r"|At (?:dawn|dusk|noon|midnight|sunset|sunrise|last)"
    r"|(?:an?|two|three|some|many) (?:hours|days|weeks|months|years) later)),?\s"
)
"""Words at the beginning of a sentence that say when, with nothing between them and what happens."""

_DANGLING = re.compile(r"[　\s]*(?:を|[とがで]、|(?:ので|のに)、|[とがはにへので](?=[一-龥々ァ-ヶ]))")
"""What belongs to the words before it: nothing on a page begins so."""
_JOINS = re.compile(r"[　\s]*[とがで](?:、|(?=[一-龥々ァ-ヶ]))(?!思|云|言|申|見る)")
"""It only joins a sentence to the one before, or to what was said, and can be left out: と狐が家の中へ…"""

_CLAUSE_END = re.compile(r"(?:[,;:]|--|—|(?<=[.!?])[\"”’']*)\s*")
_LINK = re.compile(r"(?:and|but|so|then|for|yet)\s+")
_SUBJECT = re.compile(
    r"(?!(?:When|While|As|If|Because|Since|Though|Although|After|Before|Until|Unless|Whenever|Where|With|Without|In|On"
    r"|At|By|For|From|To|Of|Not|Like|Under|Over|Upon)\b|\w+ing\b)"
    r"(?:I|he|she|it|they|we|you|there|this|these|those|the|an?|his|her|its|their|my|our|your|no|all|each|every|some"
    r"|one|two|three|nobody|everybody|everyone|nothing|something|[A-Z][\w’']*)\b",
)
_CAPITAL = re.compile(r"[A-Z][a-z’']*\s")
_VERB = re.compile(
    r"\b(?:\w{2,}ed|was|were|is|are|am|had|has|have|did|does|could|would|will|can|might|must|should|went|came|ran|saw"
    r"|said|took|gave|made|got|put|sat|stood|lay|fell|felt|found|kept|knew|let|lost|held|heard|told|thought"
    r"|left(?! (?:hand|foot|side|arm|eye|leg)\b)"
    r"|brought|bought|caught|broke|began|drew|drove|flew|grew|hung|hid|led|lit|met|read|rose|sang|sank|sent|set|shook"
    r"|shone|shut|slept|spoke|spread|sprang|struck|swung|threw|tore|woke|wore|won|wrote|became|blew|built|burst|cut"
    r"|ate|fed|fought|forgot|froze|hit|hurt|laid|leapt|paid|rang|rode|sold|shot|slid|spent|stole|stuck|swam|swept"
    r"|swore|taught|understood|wept|crept|bent|dug|knelt|fled|lent|meant|sought|slung|spun|stung|bit|bore|chose)\b"
)


@dataclass(frozen=True, slots=True)
class Wording:
    """`whole`: nothing of the sentence is left out; `when`: it only says when; `loose`: it lacks its main clause."""

    parts: tuple[LinePart, ...]
    whole: bool = False
    when: bool = False
    loose: bool = False

    @property
    def letters(self) -> int:
        return sum(len(part.text) for part in self.parts)


def tells(text: str, language: Language) -> bool:
    """Whether a sentence says that something happens: `Remarks, written with the left hand.` is a heading."""
    return language is Language.JA or bool(_VERB.search(text))


def wordings(line: Line, measure: Measure) -> Iterator[Wording]:
    """The longest first, but for the words that say when. Linear in the sentence's length."""
    text, kind = line.text, LineKind.NARRATION
    begin = _begins(text, measure.language)
    if begin is not None and len(text[begin:].strip()) <= measure.caption:
        yield Wording((part_of(line, 1, begin, len(text), kind=kind),), whole=True)
    elif begin is not None and (middle := _middle(text, measure)):
        halves = (part_of(line, 1, begin, middle, kind=kind), part_of(line, 2, middle, len(text), kind=kind))
        yield Wording(halves, whole=True)
    for start, end, loose in _clauses(text, measure):
        yield Wording((part_of(line, 1, start, end, kind=kind),), loose=loose)
    when = _WHEN.match(text)
    if when and (words := "ja" if when["ja"] else "en"):
        yield Wording((part_of(line, 1, *when.span(words), kind=kind),), when=True)


def dangles(words: str) -> bool:
    """Whether a Japanese text begins with what belongs to the words before it."""
    return bool(_DANGLING.match(words))


def _begins(text: str, language: Language) -> int | None:
    """Where a sentence begins without what only joins it to the one before; None where it cannot stand without it."""
    if language is not Language.JA or not dangles(text):
        return 0
    joint = _JOINS.match(text)
    return joint.end() if joint and len(text) - joint.end() >= LEAST else None


def _clauses(text: str, measure: Measure) -> list[tuple[int, int, bool]]:
    """Stretches that read by themselves, none the whole text."""
    found = _endings(text, measure) if measure.language is Language.JA else _independent(text, measure)
    return [(start, end, loose) for start, end, loose in found if end - start < len(text.rstrip(" .!?"))]


def _endings(text: str, measure: Measure) -> list[tuple[int, int, bool]]:
    """The longest and the shortest ending that follows a comma."""
    starts = [
        at
        for at, cost in joints(text, measure.language)
        if cost <= PAUSE and LEAST <= len(text[at:].strip()) <= measure.caption and not dangles(text[at:])
    ]
    return [(at, len(text), False) for at in dict.fromkeys((*starts[:1], *starts[-1:]))]


def _independent(text: str, measure: Measure) -> list[tuple[int, int, bool]]:
    """From each clause with a subject the longest and the shortest run with a verb; else the last words."""
    ends = [match.span() for match in _CLAUSE_END.finditer(text) if match.group()][:MOST_CLAUSES]
    edges = [(0, 0), *ends, (len(text), len(text))]
    found: list[tuple[int, int, bool]] = []
    for number, (_, begin) in enumerate(edges[:-1]):
        start = _subject_at(text, begin)
        if start < 0 or not _VERB.search(text, start, edges[number + 1][0]):
            continue
        runs = [end for end, _ in edges[number + 1 :] if _reads(text[start:end], measure)]
        found += [(start, end, False) for end in dict.fromkeys((*runs[-1:], *runs[:1]))]
    return found or _last_words(text, measure)


def _reads(words: str, measure: Measure) -> bool:
    return 2 * LEAST <= len(words.strip()) <= measure.caption


def _subject_at(text: str, begin: int) -> int:
    """Where the clause's subject stands, the word that links it left out; -1 where it has none."""
    link = _LINK.match(text, begin)
    start = link.end() if link and begin else begin
    subject = _SUBJECT.match(text, start)
    name = begin == 0 or not subject or subject.group()[0].islower() or subject.group() == "I"
    return start if subject and (name or _CAPITAL.match(text, start)) else -1


def _last_words(text: str, measure: Measure) -> list[tuple[int, int, bool]]:
    return [(start, end, True) for start, end, _ in _endings(text, measure)[:1]]


def _middle(text: str, measure: Measure) -> int:
    """The best place to halve a sentence; 0 when no two captions hold it."""
    ways = [
        (cost + abs(2 * at - len(text)) / measure.caption, at)
        for at, cost in joints(text, measure.language)
        if max(len(text[:at].strip()), len(text[at:].strip())) <= measure.caption and not dangles(text[at:])
    ]
    return min(ways)[1] if ways else 0
