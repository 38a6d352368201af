"""Finds what a told sentence puts into hands and takes out of them: verbs of handling with the thing they act on.

English by the words around a thing's name, Japanese by the dictionary's verbs. Linear in the length of the sentence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from manga.brief import Language
from offline.reading.ja.noun_phrases import Token, analysed
from offline.reading.literal_words import frame_words, happens, is_literal
from offline.reading.thing_mentions import NamedThing, things_named

HandKind = Literal["takes", "gives", "lets_go"]
_NP = (
    r"(?:(?:the|an?|his|her|its|their|my|our|your|this|that|one|two|both|another|some|all|\w+['’]s)\s+)?"
    r"(?:(?!(?:of|from|in|on|at|to|by|with|and|or|for|that|which|into|as|his|her|he|she|it|him|them|himself|herself|itself|themselves|between|under|over|through|against|was|were|had)\b)[\w’'-]+\s+){0,3}"
    r"(?:(?:end|coil|piece|shaft|handle|hilt|flat|stick|loaf|bunch|cup|glass|length|edge|corner)s?\s+of\s+(?:(?:the|an?|his|her)\s+)?)?"
)
_TO = r"(?:(?:him|her|them|me|us|[A-Z][\w’'-]+|the \w+)\s+)"
_ON = r"(?:(?:up|out|down|off|forth|back|over|hold of|away|aside)\s+)"
_TAKES = (
    r"took|tak(?:es?|ing|en)|pick(?:ed|s|ing)|caught|catch(?:es|ing)?|seiz(?:ed|ing)|snatch(?:ed|ing)|grasp(?:ed|ing)"
    r"|grabb(?:ed|ing)|gripp(?:ed|ing)|clutch(?:ed|ing)|drew|drawing|lift(?:ed|s|ing)|held|hold(?:s|ing)|carr(?:ied|ying|ies)"
    r"|bore|bearing|pull(?:ed|ing)|unbuckl(?:ed|ing)|rais(?:ed|ing)|brandish(?:ed|ing)|shoulder(?:ed|ing)|fetch(?:ed|ing)"
    r"|wav(?:ed|ing)|produc(?:ed|ing)|clasp(?:ed|ing)|swung|swinging|wield(?:ed|ing)|flourish(?:ed|ing)|receiv(?:ed|ing)"
    r"|gather(?:ed|ing)(?: up)?|turn(?:ed|ing) over|hugg(?:ed|ing)|balanc(?:ed|ing)|offer(?:ed|ing)|blew|blowing"
)
_LETS_GO = (
    r"put(?:s|ting)?|set(?:s|ting)?|laid|lays|laying|dropp(?:ed|ing)|threw|thrown?|throwing|flung|toss(?:ed|ing)|hurl(?:ed|ing)"
    r"|let go(?: of)?|let|lost|sheath(?:ed|ing)|left|return(?:ed|ing)|replac(?:ed|ing)|hid|stuck|thrust|tuck(?:ed|ing)"
    r"|buried|swallow(?:ed|ing)|sold|lower(?:ed|ing)|shut|spilt|broke"
)
_GIVES = r"gave|giv(?:es?|ing|en)|hand(?:ed|s|ing)|pass(?:ed|ing)"
_VERB = re.compile(
    rf"\b(?:(?P<takes>{_TAKES})|(?P<gives>{_GIVES})|(?P<lets_go>{_LETS_GO}))\s+{_ON}?{_TO}?{_ON}?{_NP}$",
    re.IGNORECASE,
)
_IT = re.compile(
    rf"\b(?!bore|blew)(?:(?P<takes>{_TAKES})|(?P<gives>{_GIVES})|(?P<lets_go>{_LETS_GO}))\s+{_ON}?(?:it|them)\b",
    re.IGNORECASE,
)
_HAND = r"(?:\w+\s+){0,2}?(?:hands?|fists?|arms?|fingers|palms?|paws?|gloves?|grip|mouth|teeth|jaws|beak|bill)\b"
_HIS_HAND = rf"(?:in|under|between|across|over)\s+(?:his|her|their|its|my|one|both|each)\s+{_HAND}"
_IN_HAND = re.compile(rf"(?:\s+\w+){{0,2}}?\s+{_HIS_HAND}", re.IGNORECASE)
_WITH = re.compile(
    r"\b(?P<verb>went|came|c[ao]mes?|coming|ran|running|walk(?:ed|ing)|hurried|rushed|stood|standing|sat|sitting|wait(?:ed|ing)|return(?:ed|ing)"
    r"|toiled|climbed|appeared|entered|marched|hit|struck|strikes?|cut|cutting|tapp(?:ed|ing)|beat|prodded|stabbed|pointed|pointing)\b"
    rf"[^.;:]{{0,60}}\bwith\s+{_NP}$",
    re.IGNORECASE,
)
_HAPPENS_TO_IT = re.compile(r"\s+(?:\w+ing|all|on|over|round|around)\b")
_BY_MOUTH = re.compile(r"\b(?:mouth|teeth|jaws|beak|bill)\b")
_HEADS = frozenset({"hat", "bonnet", "helmet", "crown", "glasses"})
"""What one takes off a head or puts on one."""
_FIXED = frozenset({"door", "sign", "fire", "cart", "bell", "wall", "tree"})
"""Things that stand where they are."""
_FILLERS = frozenset({"名詞", "接尾辞", "副詞", "形状詞", "補助記号", "代名詞", "連体詞", "接頭辞"})
_REACH = 10


@dataclass(frozen=True, slots=True)
class HandFrame:
    """`start`..`end` is the verb; an empty `thing` is the one that was last told of."""

    start: int
    end: int
    kind: HandKind
    thing: str
    by_mouth: bool = False


@lru_cache(maxsize=512)
def hand_frames(sentence: str, language: Language) -> tuple[HandFrame, ...]:
    """In the order of the sentence; only what is done, now and with a thing that is there."""
    named = (one for one in things_named(sentence, language, handled=True) if one.name not in _FIXED)
    things = [one for one in named if is_literal(sentence, one.start, one.end, language)]
    found = _english(sentence, things) if language is Language.EN else _japanese(sentence, things)
    done = (frame for frame in found if happens(sentence, frame.start, frame.end, language))
    return tuple(sorted(done, key=lambda frame: frame.start))


def _english(sentence: str, things: list[NamedThing]) -> Iterator[HandFrame]:
    for one in things:
        before = sentence[: one.start]
        if held := _IN_HAND.match(sentence, one.end):
            yield HandFrame(one.start, one.end, "takes", one.name, bool(_BY_MOUTH.search(held.group())))
        elif found := _VERB.search(before):
            head = one.name in _HEADS and ("off" in found.group().lower() or re.match(r"\s+off\b", sentence[one.end :]))
            if not head:
                yield HandFrame(found.start(), found.end(), _kind(found), one.name)
        elif (found := _WITH.search(before)) and one.name not in _HEADS and not _HAPPENS_TO_IT.match(sentence, one.end):
            yield HandFrame(found.start(), found.end(), "takes", one.name)
    for found in _IT.finditer(sentence):
        yield HandFrame(
            found.start(),
            found.end(),
            _kind(found),
            _last(things, found.start()),
        )


def _kind(found: re.Match[str]) -> HandKind:
    return "takes" if found["takes"] else "gives" if found["gives"] else "lets_go"


def _last(things: list[NamedThing], place: int) -> str:
    return next((one.name for one in reversed(things) if one.end <= place), "")


def _japanese(sentence: str, things: list[NamedThing]) -> Iterator[HandFrame]:
    line = analysed(sentence)
    for one in things:
        at = next((n for n, token in enumerate(line) if token.start >= one.end), len(line))
        if line[at - 1].text in frame_words("parts") and at > 1 and line[at - 2].text == "の":
            continue  # the end of a ribbon is no chopsticks
        if (
            at < len(line)
            and line[at].text == "の"
            and at + 1 < len(line)
            and line[at + 1].text in frame_words("parts")
        ):
            at += 2
        if at < len(line) and line[at].text == "、" and re.search(r"手に、?[^、。]{0,4}$", sentence[: one.start]):
            yield HandFrame(one.start, one.end, "takes", one.name)
        elif at < len(line) and line[at].text == "を" and (frame := _done_to(line, at, one.name)):
            yield frame
    for n, token in enumerate(line[:-1]):
        if (
            token.text == "それ"
            and line[n + 1].text == "を"
            and (frame := _done_to(line, n + 1, _last(things, token.start)))
        ):
            yield frame


def _done_to(line: tuple[Token, ...], at: int, thing: str) -> HandFrame | None:
    """By the first verb after the particle at `at`."""
    for n in range(at + 1, min(len(line), at + _REACH)):
        token = line[n]
        if token.kind == "動詞":
            if any(before.text in frame_words("body") for before in line[max(0, at - 6) : n]):
                return None
            kind = _of_verb(token.lemma, line, n)
            return HandFrame(token.start, token.end, kind, thing, token.text.startswith("くわえ")) if kind else None
        if token.kind not in _FILLERS and token.text not in frame_words("beside_verbs"):
            return None
    return None


def _of_verb(lemma: str, line: tuple[Token, ...], at: int) -> HandKind | None:
    if at + 1 < len(line) and line[at + 1].lemma in frame_words("is_done_to"):
        return None
    if at + 1 < len(line) and line[at + 1].lemma in frame_words("makes_do"):
        return "gives" if lemma in frame_words("holds") else None
    if lemma in frame_words("gives") | frame_words("lets_go"):
        return "gives" if lemma in frame_words("gives") else "lets_go"
    taken = lemma in frame_words("takes") or any(lemma.startswith(verb[:-1]) for verb in frame_words("takes"))
    return "takes" if taken or line[at].text.startswith("くわえ") else None
