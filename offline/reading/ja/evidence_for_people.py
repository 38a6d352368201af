"""Evidence that a Japanese noun phrase names a person of the story."""

import re
from dataclasses import dataclass

from offline.lexicon import load, pattern, words
from offline.reading.ja.noun_phrases import SPELT_OUT, Phrase, animacy, is_name, is_surname
from offline.reading.story_reading import Quote

DETERMINER = re.compile(r"^(?:その|この|あの|或る?|ある|どの|わが)(?=.)")
NUMERAL = re.compile(r"[0-9０-９一二三四五六七八九十百千万]+[^ぁ-ん]?")
NAME_LIKE = re.compile(r"[一-龥々]{2,}|[ァ-ヴー・]{2,}|[ぁ-ん]{2,4}")
BODY = re.compile(
    r"の(?:顔|目|眼|手|頬|ほお|口|声|くちびる|唇|指|肩|胸|額|背中|膝|ひざ|腕|耳|髪|のど|喉|涙|頭|足もと|まゆ|眉|まぶた|返事|横顔|笑い声|言葉|話)"
)
BEING_LIKE = re.compile(rf"(?:{NAME_LIKE.pattern})(?<![山川谷島町村国城寺峠岬浜原市駅館室家屋店])")
"""A name that is no place's, as far as its last letter tells."""
ADDRESS = re.compile(r"(?:おい|なあ|ねえ|やい|これ|もし|さあ)?[、 ]?([^、。！!？?\n]{2,8}?)(?:さん|さま|君)?[、。！!]")
HANDLES = re.compile(r"(?<![一-龥])(?:[一-龥ァ-ヴーぁ-ん]{1,8})を[^。はが]{0,12}(?:[たて、。]|ながら)")
"""Whoever does something to a thing is mostly alive."""
HONOURED = re.compile(r"(?:さん|さま|様|くん|ちゃん|君|殿)$")
INTRODUCED = re.compile(r"([一-龥々ァ-ヴーぁ-ん]{1,8})」?と(?:いう|云う|言う)([一-龥々ァ-ヴーぁ-ん]{1,6})")
APPOSED = re.compile(
    r"(?<=[一-龥ァ-ヴーぁ-ん])の([ァ-ヴー]{2,8}|お[ぁ-ん]{1,3}|[一-龥々]{2,4})(?=[はがもをに、]|という)"
)
PART = re.compile(r"(?<=[一-龥ァ-ヴー])の([一-龥々]{1,3}|[ァ-ヴー]{2,5})(?=[はが])")
CALLED = re.compile(r"(?:^|[、。])(お?[一-龥ァ-ヴーぁ-ん]{1,6}(?:さん|さま|様|君|くん|ちゃん))[、。！!？?]")
INLINE_TAG = re.compile(r"[」』]([^。、＿「」\n]{1,12}?)(?:は|が|も)(?!する|した|して)")
BEFORE_QUOTE = re.compile(r"([^。、＿「」\n]{1,12})(?:は|が|も)、?[^。「」\n]{0,30}\n?　?「")


@dataclass(slots=True)
class Evidence:
    """How a phrase is used; `tagged` counts quotes that stand right beside it."""

    first: int
    count: int = 0
    subjects: int = 0
    proper: int = 0
    speaks: int = 0
    called: int = 0
    tagged: int = 0
    human: int = 0
    acts: int = 0
    owns: int = 0
    part: int = 0

    @property
    def lives(self) -> int:
        """How often it acts, speaks or has a face."""
        return self.acts + self.owns + self.tagged if self.subjects else 0

    @property
    def seems_alive(self) -> bool:
        return (self.lives >= 2 and self.lives * 2 > self.count) or (self.lives >= 4 and self.lives * 3 >= self.count)

    @property
    def is_human(self) -> bool:
        """The dictionary knows the name of a person, and what is told of it is more than one thing that goes on."""
        told = self.lives + self.speaks + self.called
        return (self.subjects >= 1 and self.human >= self.count and (self.count >= 2 or told > 0)) or (
            self.subjects >= 2 and self.human * 2 >= self.count and (self.human >= 2 or self.lives > 0)
        )

    def score(self, name: str) -> float:
        alive = animacy(name)
        return (
            2 * min(self.speaks, 4)
            + self.subjects * (0.6 if alive else 0.25)
            + alive
            + (1.5 if self.proper and self.subjects else 0)
            + self.called * 1.5
            + (1.0 if self.count >= 4 and alive else 0)
            + 0.5 * min(self.acts + self.owns, 4)
        )

    def is_person(self, name: str) -> bool:
        alive, score = animacy(name), self.score(name)
        return (
            (alive == 2 and bool(self.subjects or self.speaks or self.called) and score >= 2.5)
            or (alive == 1 and score >= 4)
            or (alive == 1 and self.subjects >= 1 and self.count >= 2 and bool(HONOURED.search(name) or self.lives))
            or (self.proper > 0 and self.subjects >= 1 and score >= 4 and (len(name) > 1 or self.speaks > 0))
            or (self.speaks >= 2 and self.subjects >= 2 and score >= 5 and alive > 0)
            or (self.speaks >= 3 and self.subjects >= 3 and NAME_LIKE.fullmatch(name) is not None)
            or (self.speaks >= 3 and self.tagged >= 1 and self.subjects >= 1 and NAME_LIKE.fullmatch(name) is not None)
            or (self.part > 0 and self.subjects >= 2 and self.acts >= 1)
            or (self.is_human and NAME_LIKE.fullmatch(name) is not None)
            or (self.called >= 2 and (alive > 0 or self.subjects > 0))
            or (self.seems_alive and BEING_LIKE.fullmatch(name) is not None)
        )


def bare(phrase: str) -> str:
    return DETERMINER.sub("", phrase)


def speech_or_thought() -> re.Pattern[str]:
    return re.compile(f"{load('reader_ja')['speech']}|{load('reader_ja')['think']}")


def gather(text: str, blotted: str, phrases: list[Phrase], quotes: list[Quote]) -> dict[str, Evidence]:
    """Evidence by phrase, in the order of first use."""
    found: dict[str, Evidence] = {}
    spoken, acting = speech_or_thought(), pattern("reader_ja", "acts")
    parts = named_by_part(blotted)
    for phrase in phrases:
        name = bare(phrase.text)
        if not may_be_name(name):
            continue
        entry = found.setdefault(name, Evidence(first=phrase.start))
        entry.count += 1
        entry.proper += phrase.proper or (SPELT_OUT.fullmatch(name) is not None and is_name(name))
        entry.human += phrase.human
        entry.owns += phrase.particle == "の" and bool(BODY.match(blotted, phrase.end))
        entry.speaks += phrase.particle == "の" and animacy(name) == 2 and blotted.startswith("の声", phrase.end)
        if phrase.subject:
            entry.subjects += 1
            clause = re.split(r"[。\n]", blotted[phrase.end : phrase.end + 60], maxsplit=1)[0]
            entry.speaks += bool(spoken.search(clause))
            known = phrase.proper or animacy(name) > 0 or name in parts
            entry.acts += bool(acting.search(clause) or (known and HANDLES.search(clause)))
    for name in parts & found.keys():
        found[name].part += 1
    count_full_names(found)
    count_tags(blotted, found, spoken)
    count_calls(text, blotted, quotes, found)
    count_introductions(text, found)
    return found


def named_by_part(blotted: str) -> set[str]:
    """女優の小夜, 大道具の辰: whatever else the word may mean, where an actor's body or voice does not."""
    found = set()
    for match in PART.finditer(blotted):
        owner = re.split(r"[^一-龥ァ-ヴー]", blotted[max(0, match.start() - 5) : match.start()])[-1]
        body = BODY.match(blotted, match.start())
        if not body and any(animacy(word) == 2 for word in endings(owner, 5) if len(word) > 1):
            found.add(match.group(1))
    return found


def count_full_names(found: dict[str, Evidence]) -> None:
    """小野寺あかり makes あかり a name, which is a lamp otherwise."""
    for whole in [name for name, entry in found.items() if entry.human]:
        for start in range(1, len(whole) - 1):
            tail = whole[start:]
            if tail in found and is_surname(whole[:start]):
                found[tail].proper += found[whole].human
                found[tail].human += found[whole].human


def may_be_name(name: str) -> bool:
    if not name or len(name) > 12 or name in words("reader_ja", "stop"):
        return False
    if name.endswith(("声", "音", "時間", "時")) or name.startswith(("時", "まま")):
        return False
    return (not NUMERAL.fullmatch(name) or is_name(name)) and name not in words("reader_ja", "first_person")


def count_tags(blotted: str, found: dict[str, Evidence], spoken: re.Pattern[str]) -> None:
    """「…」と、Xは言 and Xは、「…」"""
    after = re.compile(rf"[」』]と、?([^。、＿「」]{{1,14}}?)(?:は|が|も)[^。]{{0,40}}?(?:{spoken.pattern})")
    for match in after.finditer(blotted):
        for name in endings(match.group(1), 11):
            if name in found:
                found[name].speaks += 2
                found[name].tagged += 1
    for match in INLINE_TAG.finditer(blotted):
        for name in endings(match.group(1), 12):
            if name in found:
                found[name].speaks += 1
                found[name].tagged += 1
    for match in BEFORE_QUOTE.finditer(blotted):
        for name in endings(match.group(1), 12):
            if name in found:
                found[name].tagged += 1


def count_introductions(text: str, found: dict[str, Evidence]) -> None:
    """お花という娘 and 青鷺のおきぬは make お花 and おきぬ names."""
    for match in APPOSED.finditer(text):
        name = match.group(1)
        listed = "一" <= name[0] <= "龥" and not is_name(name)
        part = re.split(r"[^一-龥ァ-ヴーぁ-ん]", text[max(0, match.start() - 6) : match.start()])[-1]
        if name in found and not listed and any(animacy(word) for word in endings(part, 6)):
            found[name].proper += 1
            found[name].speaks += 1
    for match in INTRODUCED.finditer(text):
        if not any(animacy(match.group(2)[:n]) == 2 for n in range(1, len(match.group(2)) + 1)):
            continue
        name = next((n for n in reversed(endings(match.group(1), 8)) if n in found), None)
        if name:
            found[name].proper += 1
            found[name].speaks += 1


def endings(phrase: str, longest: int) -> list[str]:
    return [phrase[-n:] for n in range(1, min(longest, len(phrase)) + 1)]


def count_calls(text: str, blotted: str, quotes: list[Quote], found: dict[str, Evidence]) -> None:
    """Who is spoken to by name at the beginning of a quote."""
    calls: dict[str, int] = {}
    for quote in quotes:
        match = ADDRESS.match(text[quote.start : min(quote.end, quote.start + 24)])
        if match and match.group(1) in found:
            found[match.group(1)].called += 1
        for called in CALLED.finditer(text[quote.start : min(quote.end, quote.start + 30)]):
            calls[called.group(1)] = calls.get(called.group(1), 0) + 1
    for name, times in calls.items():
        if pattern("reader_ja", "kin").match(name):
            continue
        plain = pattern("reader_ja", "honorific").sub("", name)
        known = next((n for n in (name, plain) if n in found), None)
        if known is None and plain and plain in blotted and may_be_name(plain):
            known = plain
            found[plain] = Evidence(first=blotted.find(plain), count=blotted.count(plain))
        if known is not None:
            found[known].called += times * 2
            found[known].speaks += 1
