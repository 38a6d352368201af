"""Finds who is named or called within a line of a Japanese story.

A 祖母 is called おばあさん or ばあちゃん, a 浪人 お侍さま, 大工の源さん 大工.
"""

import re
from collections.abc import Mapping

from offline.lexicon import load, words
from offline.reading.ja.aliases import titles
from offline.reading.ja.name_links import SOMEBODY, appositions
from offline.reading.ja.people import People
from offline.reading.ja.speech_habits import KIN_WORDS, kin_root
from offline.reading.story_reading import Person

CALL = re.compile(r"(?:さん|さま|様|君|くん|ちゃん)?(?:[、。！？…]|$)")
BEFORE_CALL = re.compile(r"(?:^|[、。！？…\u3000])(?:なあ|ねえ|おい|やい|これ|こら|さあ|あの)?、?$")
OWN_PART = re.compile(r"お?[一-龥々ァ-ヴー]+(?:さん|さま)?$|[ぁ-ん]{2,4}$")
"""Of 祖父と孫の健太 the 孫."""
TRADE = re.compile(r"[一-龥ァ-ヴー]{1,4}(?:屋|師|長|員|家|士|手|工|係|番|番頭)$")


def told_of(people: People, blotted: str) -> dict[str, str]:
    """What the narration puts before each name: 元校長の白鳥先生, 小学三年の美奈."""
    found: dict[str, list[str]] = {}
    for phrase, word in appositions(blotted):
        name, part = people.by_name.get(word), OWN_PART.search(phrase)
        if name is not None and part:
            found.setdefault(name, []).append(part.group())
    return {name: " ".join(dict.fromkeys(phrases)) for name, phrases in found.items()}


class Address:
    """Names of one story as they are spoken."""

    def __init__(self, people: People, told: Mapping[str, str]) -> None:
        names: dict[str, set[str]] = {}
        for alias, name in people.by_name.items():
            if len(alias) > 1:
                names.setdefault(name, set()).add(alias)
        self.calls: dict[str, list[tuple[str, str]]] = {}
        self.spoken = {p.name: spoken_as(p, names.get(p.name, set()), told.get(p.name, "")) for p in people.persons}

    def called_in(self, said: str) -> list[tuple[str, str]]:
        """Everybody who is called in these words, and by which term."""
        if said not in self.calls:
            self.calls[said] = [
                (name, m.group()) for name, own in self.spoken.items() if own for m in called(own, said)
            ]
        return self.calls[said]

    def named_in(self, said: str, name: str) -> str:
        """`called_in`, `mentioned_in` or nothing."""
        own = self.spoken.get(name)
        if own is None:
            return ""
        if called(own, said):
            return "called_in"
        return "mentioned_in" if own.search(said) else ""


def called(own: re.Pattern[str], said: str) -> list[re.Match[str]]:
    """Where one of these names stands by itself, as calls do."""
    return [m for m in own.finditer(said) if CALL.match(said, m.end()) and BEFORE_CALL.search(said[: m.start()])]


def spoken_as(person: Person, names: set[str], told: str) -> re.Pattern[str] | None:
    """By name, by trade, and by what others would say to somebody like that."""
    own = [alone(name) for name in sorted(names, key=len, reverse=True)]
    own += [KIN_WORDS[root] for root in dict.fromkeys(r for name in person.names for r in kin_root(name))]
    own += [alone(trade) for trade in trades(told) if trade not in names]
    known = f"{told} {' '.join(person.names)}"
    own += [] if person.narrator else called_by(known)
    return re.compile("|".join(own)) if own else None


def called_by(known: str) -> list[str]:
    """What others would say to somebody whom the narration calls so."""
    rows: dict[str, str] = load("talk_ja")["called_by"]
    return [spoken for told, spoken in rows.items() if re.search(told, known)]


def trades(told: str) -> list[str]:
    known = words("reader_ja", "animate")
    found = []
    for phrase in told.split():
        longest = next((phrase[i:] for i in range(len(phrase) - 1) if phrase[i:] in known), "")
        part = longest or (m.group() if (m := TRADE.search(phrase)) else "")
        if len(part) > 1 and not re.fullmatch(SOMEBODY, part):
            found.append(part)
    return list(dict.fromkeys(found))


def alone(name: str) -> str:
    """天城 is not named in 天城先生, nor 先生 in it."""
    before = r"(?<![一-龥ァ-ヴー])" if name in titles() else ""
    return before + re.escape(name) + (f"(?!{'|'.join(sorted(titles()))})" if name not in titles() else "")
