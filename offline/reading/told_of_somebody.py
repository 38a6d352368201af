"""What a story tells of one of its people: the words around each of his names, and what he is introduced as."""

import re
from dataclasses import dataclass
from functools import cache

from manga.brief import Language
from offline.lexicon import language_of
from offline.reading.en.introductions import christened, introduced_as
from offline.reading.story_reading import Mention, Person, Reading
from offline.vocabulary_words import hair_told

NAME = "ꙮ"
"""A letter that no text has, for the names of whoever is asked about: so one pattern introduces all."""
NEAR = 60
"""Characters before and after a name that tell about its bearer."""
TURNS_OUT = re.compile(r"\bIt was (?:her|his|my|their|the)? ?$")
_SUBJECT = re.compile(r"[^。、はが]{1,12}(?=[はが])")
KANA = re.compile(r"お?[ぁ-んァ-ヴー]{2,6}")
"""A name that is no noun: 青鷺のおきぬ is a heron, 猫の飼い主 is no cat."""


@dataclass(frozen=True, slots=True)
class About:
    """What names and text say of one person. Each row of `told` is a piece of a sentence around the name (in
    `marked` that is `NAME`); `close` has the clauses whose subject the person is, `before` the words right before each
    name."""

    person: Person
    names: str
    told: str
    marked: str
    close: str
    before: str


def gather(reading: Reading, person: Person) -> About:
    """The stretches of narration beside the person's name: wide for character, narrow for clothes and hair."""
    text = reading.source.text
    wide, close, before = [], [], []
    for at in [at for at, mention in enumerate(reading.mentions) if mention.name == person.name][:80]:
        mention = reading.mentions[at]
        low, high = sentence_around(text, mention)
        wide.append(text[max(low, mention.start - NEAR) : min(high, mention.end + NEAR)])
        known_before = christened(text, mention.start)
        if known_before:
            wide.append(f"the {known_before} {mention.name}")
            close.append(text[low : mention.end])
        before.append(text[max(low, mention.start - 24) : mention.start])
        if mention.role == "subject":
            close.append(clause_of(reading, at, low, high))
        if TURNS_OUT.search(text, max(low - 1, 0), mention.start):
            close.append(text[max(0, low - 2 * NEAR) : low])
    names = re.compile("|".join(re.escape(n) for n in sorted(person.names, key=len, reverse=True)))
    told, joined = "\n".join(wide), names.sub("～", "\n".join(close))
    return About(person, " ".join(person.names), told, names.sub(NAME, told), joined, "\n".join(before))


def clause_of(reading: Reading, at: int, low: int, high: int) -> str:
    """Up to the next person, and the sentence after when it goes on without a subject."""
    text, mention = reading.source.text, reading.mentions[at]
    others = (m.start for m in reading.mentions[at + 1 : at + 4] if m.name != mention.name and m.start > mention.end)
    neighbour = next(others, len(text))
    earlier = (m.end for m in reversed(reading.mentions[max(0, at - 3) : at]) if m.name != mention.name)
    start = max(mention.start - 24, next((e for e in earlier if e <= mention.start), 0))
    end = min(high, neighbour, mention.end + NEAR)
    if end == high and high < len(text) and text[high] == "。":
        stop = text.find("。", high + 1)
        following = text[high + 1 : stop] if stop > 0 else ""
        goes_on = is_of_hair(following) or not re.search(r"[はが]", following)
        if 0 < len(following) <= NEAR and goes_on and not re.search(r"[\n「」]", following) and neighbour > high:
            end = min(stop, neighbour)
    return text[max(low, start) : end]


def is_of_hair(sentence: str) -> bool:
    """三つ編みの先がはねている goes on about whoever the sentence before is about."""
    subject = _SUBJECT.match(sentence)
    return subject is not None and bool(
        re.search("[髪髭]|ひげ", subject[0]) or hair_told(Language.JA).first(subject[0])
    )


def sentence_around(text: str, mention: Mention) -> tuple[int, int]:
    low = max(text.rfind(mark, 0, mention.start) for mark in ("。", ". ", "\n")) + 1
    ends = [i for i in (text.find(mark, mention.end) for mark in ("。", ". ", "\n")) if i >= 0]
    return low, min(ends, default=len(text))


def named_after(about: About, row: re.Pattern[str], joint: str = "の") -> str:
    """The word right before a name that says what its bearer is: 青鷺のおきぬ; その年寄り、作左."""
    if joint == "の" and not any(KANA.fullmatch(name) for name in about.person.names):
        return ""
    found = (_right_before(row.pattern, joint).search(words) for words in about.before.split("\n"))
    return next((match.group(0).removesuffix(joint) for match in found if match), "")


@cache
def _right_before(noun: str, joint: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{noun}){joint}$")


def said_to_be(lexicon: str, about: About, noun: str) -> bool:
    """Whether somewhere the person is introduced as what the pattern `noun` finds."""
    return bool(_introduces(language_of(lexicon), noun).search(about.marked))


@cache
def _introduces(language: Language, noun: str) -> re.Pattern[str]:
    return re.compile((introduced_as if language is Language.EN else is_a)(NAME, noun))


def is_a(name: str, beast: str) -> str:
    """ごんは、一人ぼっちの小狐で / ごんという狐; 権太は狐を抱いて says nothing of that kind."""
    named = rf"(?:という|と云う)[^。、]{{0,6}}(?:{beast})"
    told_to_be = rf"は、?[^。、]{{0,10}}(?:{beast})(?:で|だ|であ)"
    return rf"{name}」?(?:{named}|{told_to_be})"
