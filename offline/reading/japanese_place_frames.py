"""Finds the frames in which a Japanese sentence names places: by particle and verb, from the dictionary's analysis."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from offline.reading.ja.noun_phrases import Token, animacy, sentences
from offline.reading.literal_words import frame_verbs, frame_words, is_likened, verb_is_so

FrameKind = Literal["goes", "stands", "passes", "exists", "topic", "is", "owns", "named", "afar"]
_TWO_KANJI = re.compile(r"[一-龥]{2,}")
_NOUN = frozenset({"名詞", "接尾辞"})
_PHRASE = _NOUN | {"連体詞", "形容詞", "形状詞", "接頭辞"}
_BEFORE_A_NOUN = frozenset({"連体詞", "接頭辞"})
_DONE = frozenset({"goes", "stands", "passes"})
_SEEN = frozenset({"見る", "見える", "眺める"})
_REACH = 14
"""Words after the particle within which the verb of the frame stands."""


@dataclass(frozen=True, slots=True)
class PlaceFrame:
    """A place at `start`..`end` of the sentence; `outdoors`: before or behind it; `unreal`: likened, denied or said."""

    label: str
    start: int
    end: int
    kind: FrameKind
    outdoors: bool = False
    of_people: bool = True
    unreal: bool = False


def frames_ja(sentence: str, known: Mapping[str, str]) -> Iterator[PlaceFrame]:
    """In the order of the sentence."""
    for line in sentences(sentence):
        for at, start, label in _places(line, known):
            yield _frame(sentence, line, at, start, label)


def _places(line: Sequence[Token], known: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """The index after each run of nouns whose head is a place, where the word begins, its label."""
    for noun, run in groupby(range(len(line)), key=lambda n: line[n].kind in _NOUN):
        if not noun:
            continue
        indices = list(run)
        while len(indices) > 1 and line[indices[-1]].text in frame_words("near"):
            indices.pop()
        for first in indices:
            whole = "".join(line[n].text for n in range(first, indices[-1] + 1))
            owned = "".join(line[n].text for n in range(max(0, first - 2), first)) + whole
            if owned in known:
                yield indices[-1] + 1, line[first - 2].start, known[owned]
                break
            if (own := whole if whole in known else _end_of(line[first], known)) and (
                own == whole or first == indices[-1]
            ):
                yield indices[-1] + 1, line[first].start, known[own]
                break


def _end_of(noun: Token, known: Mapping[str, str]) -> str:
    """The place that the end of one word of the dictionary tells: 松林, 小学校."""
    if noun.detail != "普通名詞":
        return ""
    ends = (noun.text[at:] for at in range(1, len(noun.text)))
    return next((end for end in ends if end in known and (_TWO_KANJI.fullmatch(end) or end in frame_words("ends"))), "")


def _frame(sentence: str, line: Sequence[Token], at: int, start: int, label: str) -> PlaceFrame:
    end, outdoors, noun = line[at - 1].end, False, at
    while (near := at + (_text(line, at) == "の")) < len(line) and line[near].text in frame_words("near"):
        outdoors = outdoors or line[near].text in frame_words("outdoors")
        at = near + 1
    kind, verb = _kind(line, at)
    if kind == "named" and _text(line, at) == "の":
        kind, verb = _within(line, at)
    of_people = _of_people(line, verb)
    if _is_seen(line, noun) or (not of_people and _lemma(line, verb) in frame_words("sounds")):
        kind = "afar"
    denied = kind in _DONE and not verb_is_so(tuple(line), verb)
    if denied and kind == "stands" and _text(line, at + 1) in frame_words("topics"):
        kind, denied = "topic", False  # nobody is there: there it is
    return PlaceFrame(
        label,
        start,
        end,
        kind,
        outdoors=outdoors,
        of_people=of_people,
        unreal=is_likened(sentence, end) or denied,
    )


def _is_seen(line: Sequence[Token], at: int) -> bool:
    """Whether words before the place whose nouns end at `at` say that it is looked at: 窓から見た、夜の庭."""
    before = at - 1
    while before >= 0 and (line[before].kind in _PHRASE or line[before].text in ("の", "な", "、")):
        before -= 1
    while before > 0 and line[before].kind == "助動詞":
        before -= 1
    return before >= 0 and _lemma(line, before) in _SEEN


def _within(line: Sequence[Token], at: int) -> tuple[FrameKind, int]:
    """The frame of what is in a place, whose の stands at `at`: 放送室の丸いすにすわって is in the room, and so is what
    a sentence begins with, as 駅前の空は晴れて."""
    end = at
    while end < len(line) and (line[end].kind in _PHRASE or line[end].text in ("の", "な")):
        end += 1
    noun = "".join(token.text for token in line[at + 1 : end]).rpartition("の")[2]
    if not noun or noun in frame_words("doors") or noun in frame_words("beyond") or animacy(noun) > 0:
        return "named", len(line)
    if _text(line, end) in ("は", "が") and not any(token.text in ("は", "が") for token in line[:at]):
        return "owns", len(line)
    if _text(line, end) in ("に", "で", "へ", "から"):
        kind, verb = _kind(line, end)
        return (kind if kind in ("goes", "stands") else "named"), verb
    return "named", len(line)


def _text(line: Sequence[Token], at: int) -> str:
    return line[at].text if at < len(line) else ""


def _kind(line: Sequence[Token], at: int) -> tuple[FrameKind, int]:
    """The frame and the index of its verb, `len(line)` where it has none."""
    particle, following = _text(line, at), _text(line, at + 1)
    if particle in frame_words("is") or (particle == "で" and _lemma(line, at + 1) in frame_words("there_is")):
        return "is", len(line)
    if particle == "の":
        return _of_it(line, at)
    if particle == "が":
        lemma = _lemma(line, at + 1)
        return ("exists" if lemma in frame_words("there_is") else "afar" if lemma == "見える" else "named"), len(line)
    verb = _verb(line, at)
    if particle in frame_words("topics") or (particle in ("に", "で") and following in frame_words("topics")):
        return _as_topic(particle, following, _lemma(line, verb)), verb
    return (_by_case(particle, line, verb) if particle in frame_words("cases") else "named"), verb


def _of_it(line: Sequence[Token], at: int) -> tuple[FrameKind, int]:
    """Whoever opens its door comes there; what lies beyond it is elsewhere."""
    following, verb = _text(line, at + 1), _verb(line, at + 2)
    if (
        following in frame_words("opened")
        and _text(line, at + 2) == "を"
        and _lemma(line, verb) in frame_verbs("opens")
    ):
        return "goes", verb
    return ("afar" if following in frame_words("beyond") else "named"), len(line)


def _as_topic(particle: str, following: str, lemma: str) -> FrameKind:
    if particle == "で" and following == "は" and lemma and lemma not in frame_words("there_is"):
        return "stands"
    if particle == "に" and lemma in frame_verbs("goes") | frame_verbs("stays"):
        return "goes" if lemma in frame_verbs("goes") else "stands"
    return "topic"


def _by_case(particle: str, line: Sequence[Token], verb: int) -> FrameKind:
    lemma = _lemma(line, verb)
    if particle == "で":
        return "stands"
    if lemma in frame_words("speaks"):
        return "afar"
    if particle in ("から", "を") or _relative(line, verb):
        passes = particle == "を" and lemma in frame_verbs("paths") and not _relative(line, verb)
        return "passes" if passes else "named"
    if lemma in frame_verbs("goes") or (lemma == "出す" and _text(line, verb - 2) + _text(line, verb - 1) == "顔を"):
        return "goes"
    if lemma in frame_verbs("stays"):
        return "stands"
    return (
        "exists" if particle == "に" and (lemma in frame_words("there_is") or not _of_people(line, verb)) else "named"
    )


def _verb(line: Sequence[Token], at: int) -> int:
    """The first verb of the clause that follows; a noun with する counts as one."""
    for n in range(at, min(len(line), at + _REACH)):
        if line[n].kind == "動詞" and line[n].lemma not in ("為る", "する") and (n <= at + 2 or not _relative(line, n)):
            return n
        if line[n].text == "。":
            break
    return len(line)


def _lemma(line: Sequence[Token], at: int) -> str:
    return line[at].lemma if at < len(line) else ""


def _relative(line: Sequence[Token], verb: int) -> bool:
    """Whether the verb only describes a noun that follows: 学校へ行った人, 布をかぶった大きなもの."""
    at = verb + 1
    while at < len(line) and (line[at].kind == "助動詞" or line[at].detail in ("接続助詞", "非自立可能")):
        at += 1
    noun = at
    while noun < len(line) and line[noun].kind in _BEFORE_A_NOUN:
        noun += 1
    if noun >= len(line) or line[noun].kind not in ("名詞", "代名詞"):
        return False
    if noun == at and line[noun].text in frame_words("times"):
        return False
    end = line[at - 1].text
    return end in frame_words("sentence_ends") or end.endswith(("る", "う"))


def _of_people(line: Sequence[Token], verb: int) -> bool:
    """Whether no thing is the subject of the clause: what が or は marks before the verb is a living being, if any."""
    verb = min(verb, len(line))
    first = next((n + 1 for n in range(verb - 1, -1, -1) if line[n].text == "。"), 0)
    marked = (n for n in range(verb - 1, first, -1) if line[n].kind == "助詞" and line[n].text in ("が", "は"))
    subject = next(
        (n for n in marked if line[n - 1].kind in _NOUN and line[n - 1].text not in frame_words("near")), None
    )
    if subject is None:
        return True
    noun = line[subject - 1]
    start = subject - 1
    while start > 0 and line[start - 1].kind in _NOUN:
        start -= 1
    whole = "".join(token.text for token in line[start:subject])
    named = noun.detail == "固有名詞" or (whole.endswith("人") and whole != "人")
    return named or animacy(whole) > 0 or animacy(noun.lemma) > 0
