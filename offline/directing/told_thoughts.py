"""Thoughts in told sentences: a told line and its beat in, whose thought or voice it holds out.

A thought that the sentence reports (…と思いました; “…, he thought”) is a thought balloon of whoever thinks it; a
sentence in which a first-person narrator tells what he feels is his monologue.
"""

import re
from dataclasses import dataclass

from manga.brief import Language
from manga.characters import Cast
from manga.plot import Beat, Line, LineKind
from offline.directing.deeds_to_show import QUIET

_TELLERS = frozenset(["I", "me", "わたし", "わたくし", "私", "ぼく", "僕", "おれ", "俺", "吾輩", "余", "あたし"])
_FIRST = re.compile(r"\b(?:I|[Mm]y|me|[Ww]e|us)\b|わたし|わたくし|私|ぼく|僕|おれ|俺|自分|吾輩")
_FELT = re.compile(
    r"思|おも[いうっわ]|考え|気がし|気がつ|気づ|わから|わかっ|知ら|知っ|感じ|悲し|かなし|うれし|嬉し|こわ[いか]|怖|さびし|寂し"
    r"|たまらな|願|くやし|胸が|胸の|心[がはにをの]|のだ。$|はずだ"
    r"|\b(?:th(?:ought|ink)|kn[eo]w|known|wonder|fe(?:lt|el)|believ|remember|afraid|glad|sorry|wish|hope|suppose|fanc"
    r"|mind|love|fear|terror|horror|dread|shudder|sense of|spirit|heart|soul|dream|long(?:ed|ing)|understood|beg"
    r"|could not (?:help|bear)|cannot|doubt|sure|imagin)"
)
_THOUGHT_JA = re.compile(
    r"^(?P<whose>[　\s]*[^、。「」]{1,12}は、)?(?P<words>[^「」]{5,70}?)"
    r"(?!(?<=[ただ])と、?思(?:うと|ったら|う間))"
    r"(?<!ちょっ)(?<!じっ)(?<!ずっ)(?<!もっ)(?<!やっ)(?<!きっ)(?<!そっ)(?<!ふっ)と、?[^、。「」と]{0,14}(?:思(?:[いっう]|わ(?!ず))|おもい|考え)"
)
"""揺れたと思うと is as soon as it shook; ちょっと考えて is no thought."""
_EMPTY_JA = re.compile(r"(?:よう|こう|そう|どう|何か|なんとか|こと)$")
_THOUGHT_EN = re.compile(
    r"(?:^|[,;:.!?—] )(?P<words>[A-Z]\w* \w+ (?:(?!, [A-Z])[^.;:“”]){2,90}?[,?!]) "
    r"(?:I|he|she|they) (?:thought|wondered)(?=[,.;:]| to)"
)


@dataclass(frozen=True, slots=True)
class Inward:
    """`start`..`end` are the words in the line's text."""

    kind: LineKind
    who: str
    start: int
    end: int


def teller_of(cast: Cast) -> str:
    """The key of whoever says I in the telling; empty when nobody does."""
    return next((sheet.key for sheet in cast.characters if _TELLERS & {sheet.name, *sheet.aliases}), "")


def says_i(text: str) -> bool:
    return bool(_FIRST.search(text))


def inward(line: Line, beat: Beat, teller: str, language: Language, *, told: bool = False) -> Inward | None:
    """The thought that the sentence reports, else the whole of it as its narrator's voice; None when it is neither.
    In a book that is `told` in the first person every sentence is its narrator's voice: nobody else tells it."""
    models = [deed.who for deed in beat.deeds if deed.action in QUIET and _within(deed.span.start, line)]
    thought = _thought(line, language)
    if thought is not None and models:
        return Inward(LineKind.THOUGHT, models[-1], *thought)
    first, felt = _FIRST.search(line.text), _FELT.search(line.text)
    if told and teller:
        return Inward(LineKind.MONOLOGUE, teller, 0, len(line.text))
    if not (felt or (told and first)) or not (first or teller):
        return None
    others = [who for who in models if who != teller] if teller else []
    doers = [deed.who for deed in beat.deeds if _within(deed.span.start, line)]
    alone = beat.present[0] if told and len(beat.present) == 1 else ""
    who = teller if teller and not others else (doers[0] if doers else alone) if first else ""
    return Inward(LineKind.MONOLOGUE, who, 0, len(line.text)) if who and (first or not others) else None


def _thought(line: Line, language: Language) -> tuple[int, int] | None:
    found = (_THOUGHT_JA if language is Language.JA else _THOUGHT_EN).search(line.text)
    if found is None or (language is Language.JA and _EMPTY_JA.search(found["words"])):
        return None
    return found.span("words")


def _within(place: int, line: Line) -> bool:
    return line.span.start <= place < line.span.end
