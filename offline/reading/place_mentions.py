"""Finds the places that a told sentence names, each with how surely the people of the story are there.

By frames alone: somebody goes to a place or does something in it (`SURE` and more); a paragraph opens with it. What is
only named, seen from afar, supposed, denied or likened to counts less. Linear in the length of the sentence.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from manga.brief import Language
from manga.vocabulary.places import places
from manga.vocabulary.things import thing_classes
from manga.vocabulary.vocabulary_entries import LanguageCode
from offline.lexicon import words
from offline.reading.ja.noun_phrases import analysed
from offline.reading.japanese_place_frames import frames_ja
from offline.reading.lexicon_tables import Lore
from offline.reading.literal_words import SENTENCE, is_literal

ARRIVES, OPENS, STANDS, PASSES, TOPIC, NAMED, AFAR = 3.0, 2.6, 2.5, 2.0, 1.0, 0.4, 0.0
SURE = 2.0
"""From here on somebody is there."""

_DET = r"(?:the|a|an|his|her|its|their|my|our|your|that|this|these|those|one|some|each|every|all the|both)"
_MORE = r"(?:(?!(?:of|from|in|on|at|to|by|with|and|or|for|that|which|into|through|along|over|under)\b)[\w’'-]+\s+)"
_NP = rf"(?:{_DET}\s+)?{_MORE}{{0,3}}"
_GOES = (
    r"\b(?:went|go(?:es|ing)?|c[ao]mes?|coming|r[au]n|running|walk\w*|enter\w*|return\w*|arriv\w*|reach\w*|cross\w*"
    r"|climb\w*|hurr\w*|drag\w*|step\w*|stroll\w*|wander\w*|crept|creep\w*|rush\w*|rode|rid(?:es|ing)|drove|sail\w*"
    r"|descend\w*|back|led|march\w*|tramp\w*|hasten\w*|sank|jump\w*|leap\w*|leapt"
    r"|plung\w*|dived?|fled|flew|fl(?:y|ies)|crawl\w*|moved|swam|pass(?:ed|es|ing)|got|landed|stumbl\w*|sped"
    r"|stagger\w*|slipp\w*|fell|fall(?:s|ing)?|followed|carr(?:ied|ies|ying)|brought|took)\b"
)
_GOING = re.compile(
    _GOES + r"(?:(?!\b(?:that|which|who|and|but|from)\b)[^.;]){0,40}?"
    rf"\b(?:to|into|onto|in|inside|up|down|through|along|at|across|over|on|upon|toward|towards|out on)\s+{_NP}$"
    rf"|\b(?:reached|entered|crossed|climbed|left for)\s+{_NP}$",
    re.IGNORECASE,
)
_HOME = re.compile(r"\b(?:reached|came|got|returned|arrived|back|at)\s+$", re.IGNORECASE)
"""Whoever goes home is not there yet."""
_IN = re.compile(
    rf"\b(?P<preposition>in|at|on|inside|by|within|upon|under|beneath|below|along|through|into|behind|beside|near"
    rf"|across|up|down|over|among|outside)\s+(?:(?:the|an?) (?:\w+ )?(?:stairs?|top|foot|door|edge|middle|end|side"
    rf"|corner|floor|window|steps|roof|back|front|doorway|midst|mouth|heart|centre|center) of\s+)?{_NP}$",
    re.IGNORECASE,
)
_FRONTED = re.compile(
    rf"^\W*(?:(?:and|but|then|so|now|there|here|up|down|out|far|deep|high)\s+)*"
    rf"(?:in|at|on|inside|within|upon|under|beneath|below|along|behind|before|above|outside)\s+"
    rf"(?:(?:the|an?) \w+ of\s+)?{_NP}$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(rf"(?:^\W*|,\s){_NP}$")
_IS = re.compile(
    r"\s*(?:\b(?:at|by|of|in|on|under|behind|above|with|over|to)\b[^,.;]{1,40}?)?\s*"
    r"\b(?:was|were|is|had|has|lay|stood|smelt|smelled|ran|looked|seemed|opened|grew|rose|stretched|went|began|led)\b"
)
_AFAR = re.compile(
    r"\b(?:saw|sees?|seen|look\w*|star(?:ed|es|ing)|gaz\w*|watch\w*|heard|hear|as|about|from"
    r"|beyond|far|used to|towards?|of|for|like|than|without|not|never|no|nor)\b[^.;]{0,24}$",
    re.IGNORECASE,
)
_SEES = re.compile(
    r"\b(?:saw|sees?|seen|look\w*|star(?:ed|es|ing)|gaz\w*|watch\w*|heard|hear|like|than|without|not|never)\b[^.;]{0,24}$",
    re.IGNORECASE,
)
_PUTS = re.compile(
    r"\b(?:kept|keeps?|put|left|hid|found|threw|dropped|stored|locked|laid|placed|lost|bought|grew|made|heard)\b[^.;,]{0,30}$"
)
"""A thing is put there, nobody."""
_ANOTHER = re.compile(r"\b(?:in|at|on|of) (?:an?|some|another|every)\s(?:[\w’'-]+\s+){0,2}$", re.IGNORECASE)
_COMER = re.compile(
    r"\b(?:an?|two|some|some(?:body|one))\s(?:[\w-]+\s){0,3}(?:came|come|comes|coming)\b[^.;]*$", re.IGNORECASE
)
"""A small man came along the road: to where the people of the story are."""
_EARLIER = re.compile(r"\bhad\s+(?:\w+\s){0,2}?\w+(?:ed|en|wn|ght)\b[^.;]{0,40}$", re.IGNORECASE)
_OF_THE = re.compile(r"\s+of\s+(?:the|his|her|an?)\s+(?:\w+\s+){0,2}")
_BY_WHICH = re.compile(
    r"\s(?:in|into|through|at|on|to|upon) which (?:I|we|he|she|they|[A-Z][a-z]+)\s(?!had|was born|would|look|gaz|all)"
)
_SOUNDS = re.compile(
    r"^[\s,]*(?:(?:the|an?|his|her) )?(?:\w+ ){0,2}?(?:clocks?|bells?|voices?) (?:(?:had|were|was) )?"
    r"(?:str[iu]ck|r[iau]ng|sound(?:ed|ing)|call(?:ed|ing))\b"
)
"""What is heard from a place: nobody is there."""
_DATED = re.compile(r"^[^\n.]{0,60}\b\d{4}\.?\s*(?:\n|$)")
"""Place and date above a letter: where whoever writes it is."""
_THING_GOES = re.compile(
    r"(?:\b[Tt]he|\b[Aa]n?|\b[Ii]ts|\b[Hh]is|\b[Hh]er|\b[Tt]heir|\b[Mm]y)\s(?:[a-z]+\s){0,2}?(?P<noun>[a-z]+)\s(?:(?:was|were|had|is|are|has)\s)?$"
)
_OPPOSITE = re.compile(r"\b(?:across|opposite)\s+(?:the|from)\s+$")
_LOOKS_OUT = re.compile(
    r"\b(?:look|gaz|star|peer|glanc)(?:s|ed|ing) out (?:of|at|through|from) (?:the|a|an|his|her|my|our|their) (?:\w+ )?"
    r"windows?\b|\b(?:sat|stood|sitting|standing|sits|stands) (?:at|by|beside|near) (?:the|a|his|her|my|their)"
    r" (?:open )?window\b",
    re.IGNORECASE,
)
"""Whoever looks out of a window is indoors."""
_FIXTURE = r"(?:\s(?:tables?|windows?|floor|walls?|bench|chairs?|counter|desk|bed|hearth|stove|sink|steps))?"
"""At the kitchen table: in the kitchen."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A place word at `start` of the sentence; `front`: people are before or behind it, out of doors."""

    label: str
    start: int
    end: int
    strength: float
    front: bool = False


def sightings(tables: Lore, sentence: str, *, opens: bool = False) -> tuple[Sighting, ...]:
    """In the order of the sentence, which `opens` a paragraph or not. Of several places that somebody goes to, only the
    last is where they are then."""
    japanese = tables.language == "ja"
    found = list(_read_ja(sentence, opens=opens) if japanese else _read_en(sentence, opens=opens))
    found = [_of_whole(sentence, one, found[i + 1 : i + 2]) for i, one in enumerate(found)]
    last = next((s.label for s in reversed(found) if s.strength >= SURE), "")
    return tuple(replace(s, strength=TOPIC) if s.strength >= SURE and s.label != last else s for s in found)


def _of_whole(sentence: str, part: Sighting, following: Sequence[Sighting]) -> Sighting:
    """The stair of the lighthouse is in the lighthouse."""
    for whole in following:
        if not _OF_THE.fullmatch(sentence, part.end, whole.start):
            continue
        if whole.label in places().entries[part.label].within:
            return replace(part, label=places().entries[whole.label].inner or whole.label)
        return replace(part, strength=min(part.strength, NAMED)) if part.strength < SURE else part
    return part


def furniture_named(told: str, language: Language) -> frozenset[str]:
    """What told sentences say is there of it, each word once."""
    return frozenset(
        word
        for sentence in (match.group() for match in SENTENCE.finditer(told))
        for word, start, end in _furniture_in(sentence, language)
        if is_literal(sentence, start, end, language)
    )


def _furniture_in(sentence: str, language: Language) -> Iterator[tuple[str, int, int]]:
    if language is Language.EN:
        yield from ((m["word"].lower(), *m.span("word")) for m in _furniture().finditer(sentence))
    else:
        yield from ((t.text, t.start, t.end) for t in analysed(sentence) if t.text in _furniture_ja())


@cache
def _furniture_ja() -> frozenset[str]:
    return frozenset((*thing_classes()["furniture"].words["ja"], "床", "天井")) - {"台", "座", "幕"}


@cache
def _furniture() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?P<word>{'|'.join((*thing_classes()['furniture'].words['en'], 'floor', 'ceiling'))})s?\b(?!-)"
    )


@cache
def place_words(language: Language) -> Mapping[str, str]:
    """Keys of places by the words that mean them in a sentence; of two places with one word the earlier counts."""
    code: LanguageCode = "en" if language is Language.EN else "ja"
    found: dict[str, str] = {}
    for entry in places().entries.values():
        for word in entry.words.get(code, ()):
            found.setdefault(word.lower(), entry.key)
    return found


def _place_of(language: Language, word: str) -> str | None:
    """Key of the place that a word means as a text spells it: Living-Room. None for İnn, which a search in which case
    does not matter takes for one."""
    return _run_together(language).get(re.sub(r"[ -]", "", word.casefold()))


@cache
def _run_together(language: Language) -> Mapping[str, str]:
    return {word.replace(" ", ""): label for word, label in place_words(language).items()}


def _read_ja(sentence: str, *, opens: bool) -> Iterator[Sighting]:
    for frame in frames_ja(sentence, place_words(Language.JA)):
        front = places().entries[frame.label].front if frame.outdoors else None
        label = frame.label if front is None else front
        if not label:
            continue
        kind = "named" if frame.kind in ("goes", "stands", "passes") and not frame.of_people else frame.kind
        sets = opens and frame.kind in ("stands", "topic", "is", "exists", "owns") and not frame.unreal
        strength = _STRENGTHS[kind] if not frame.unreal else AFAR
        yield Sighting(label, frame.start, frame.end, max(strength, OPENS if sets else AFAR), frame.outdoors)


_STRENGTHS = {"goes": ARRIVES, "stands": STANDS, "passes": PASSES, "exists": TOPIC, "topic": TOPIC, "is": TOPIC,
              "owns": NAMED, "named": NAMED, "afar": AFAR}  # fmt: skip


@cache
def _english() -> re.Pattern[str]:
    """Place words that are the head of their phrase."""
    after = "|".join(sorted(words("frames_en", "after_a_noun")))
    ends = rf"\s+(?-i:[A-Z])|\s*(?:[.,;:!?)”\"’—]|--|$)|\s+(?:{after}|\w+(?:ed|ing|ly|wards?))\b"
    word = _either(Language.EN)
    return re.compile(rf"(?<![\w-])(?P<word>{word})(?:e?s)?\b(?![-’']\w){_FIXTURE}(?={ends})", re.IGNORECASE)


def _read_en(sentence: str, *, opens: bool) -> Iterator[Sighting]:
    if _LOOKS_OUT.search(sentence):
        yield Sighting("room", 0, 0, PASSES)
    for match in _english().finditer(sentence):
        label = _place_of(Language.EN, match["word"])
        if label is None:
            continue
        strength = _strength(sentence, match.start(), match.end(), opens=opens)
        inner = places().entries[label].inner
        if inner and re.search(rf"\b(?:in|into|inside|within)\s+{_NP}$", sentence[: match.start()]):
            label = inner
        yield Sighting(label, match.start(), match.end(), strength)


@cache
def _part_of_it() -> re.Pattern[str]:
    """The yard of the inn is a yard."""
    return re.compile(rf"\b(?!roof)(?:{_either(Language.EN)})s? (?:of|at|in|behind|by) {_NP}$", re.IGNORECASE)


@cache
def _people() -> re.Pattern[str]:
    """Whoever may be the subject: a pronoun, a name, a word for people or beasts."""
    nouns = words("reader_en", "male") | words("reader_en", "female") | words("reader_en", "neutral")
    return re.compile(
        r"\b(?:I|[Hh]e|[Ss]he|[Ww]e|[Tt]hey|[Ww]ho|[Ee]very(?:one|body)|[Yy]ou|[Tt]here (?:was|were|sat|stood|came))\b"
        rf"|\b(?!(?:{'|'.join(sorted(words('frames_en', 'no_name')))})\b)[A-Z][\w’'-]+"
        rf"|\b(?:{'|'.join(map(re.escape, sorted(nouns)))})s?\b(?!['’]s)"
    )


def _strength(sentence: str, start: int, end: int, *, opens: bool) -> float:
    before = sentence[:start]
    heard = _SOUNDS.match(sentence[end:])
    if heard or not is_literal(sentence, start, end, Language.EN) or _OPPOSITE.search(before):
        return AFAR
    if _part_of_it().search(before):
        return NAMED
    is_told_of = _SUBJECT.search(before) and _IS.match(sentence, end)
    if opens and (_FRONTED.search(before) or is_told_of or _DATED.match(sentence)):
        return OPENS
    if _BY_WHICH.match(sentence, end):
        return STANDS
    if _EARLIER.search(before):
        return NAMED
    return _of_people(before, home=sentence[start:end].lower() == "home")


def _of_people(before: str, *, home: bool) -> float:
    """By what is said of whom before the place."""
    peopled = bool(_people().search(before)) or not before.strip()
    going = (_HOME if home else _GOING).search(before)
    if going:
        thing = _THING_GOES.search(before[: going.start()])
        if thing is not None and not _people().search(thing["noun"]):
            return NAMED
        return TOPIC if _COMER.search(before) or not peopled else ARRIVES
    found = None if home else _IN.search(before)
    if found is None:
        return TOPIC if _SUBJECT.search(before) else AFAR if _AFAR.search(before) else NAMED
    first = before[: found.start()]
    if _SEES.search(first) or _PUTS.search(first):
        return AFAR if _SEES.search(first) else TOPIC
    return PASSES if _FRONTED.search(before) or (peopled and not _ANOTHER.search(before)) else TOPIC


_LEFT_JA = r"(?:[一-龥々ァ-ヴー]{1,6}の|小さな|大きな|暗い|細い){0,2}(?!丁度)[一-龥々ァ-ヴー]{0,3}"
_LEFT_EN = (
    r"(?:(?:little|big|old|large|small|great|dark|shabby|lonely|wide|narrow|deep|green|quiet|dreary|[A-Z][a-z]+['’]s)"
    r"\s){0,2}"
)


@cache
def _named(language: Language, label: str) -> re.Pattern[str]:
    """The words of one place with what stands before them."""
    own = sorted((w for w, key in place_words(language).items() if key == label), key=len, reverse=True)
    if not own:
        return re.compile(r"(?!)")
    if language is Language.JA:
        return re.compile(f"{_LEFT_JA}(?:{'|'.join(map(re.escape, own))})")
    either = "|".join(re.escape(word).replace(r"\ ", "[ -]?") for word in own)
    return re.compile(rf"{_LEFT_EN}\b(?:{either})(?:e?s)?\b", re.IGNORECASE)


def place_phrase(language: Language, label: str, text: str) -> str:
    """The first words that name the place, with what stands before them."""
    outer = next((place.key for place in places().entries.values() if place.inner == label), label)
    match = _named(language, outer).search(text)
    return re.sub(r"\s+", " ", match.group()).strip()[:60] if match else ""


def most_named(language: Language, text: str) -> tuple[str, ...]:
    """Keys of the three places that a text names most."""
    found = (_place_of(language, word) for word in _any_place(language).findall(text))
    votes = Counter(label for label in found if label)
    return tuple(sorted(votes, key=lambda label: (-votes[label], label))[:3])


@cache
def _any_place(language: Language) -> re.Pattern[str]:
    either = _either(language)
    return re.compile(either if language is Language.JA else rf"\b({either})(?:e?s)?\b", re.IGNORECASE)


@cache
def _either(language: Language) -> str:
    """The words for places; of two that begin at the same letter the longer."""
    known = sorted(place_words(language), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", "[ -]?") for word in known)
