"""A person's quotes in, the way of speaking out: first person, endings, politeness."""

import re
from collections import Counter
from typing import Literal

from manga.brief import Language
from manga.characters import SpeechStyle
from offline.reading.reading import Person, Reading

FIRST = re.compile(r"わたくし|わたし|あたし|ぼく|僕|おれ|俺|己|わし|わっち|拙者|それがし|私|吾輩|うち(?=は|が|も)")
ENDING = re.compile(
    r"(でございます|ございません|ですわ|ですよ|ですね|ですか|です|ました|ます|ません|だよ|だね|だぞ|だぜ|だわ|じゃ|のだ|んだ|だ|ぞ|ぜ|わ|よ|ね|な|か|さ|い)(?=[。！？!?…」]|$)"
)
POLITE = re.compile(r"です|ます|ません|ました|ください")
HUMBLE = re.compile(r"ございま|でござ|申し|おりま|いただ")
ARCHAIC = re.compile(r"じゃ[。、！]|ぬ[。、！]|のう[。、！]|候|ござる|おくれ|thou|thee|thy|hath")
ROUGH = re.compile(r"ぞ[。！]|ぜ[。！]|やがる|め[。！」]|てめ|こら|野郎|ain't|damn")
Politeness = Literal["plain", "polite", "humble", "rough", "archaic"]


def speech_style(reading: Reading, person: Person) -> SpeechStyle:
    said = [reading.source.text[q.start : q.end] for q in reading.quotes if person.name in q.speakers]
    together = "\n".join(said)
    if reading.language is Language.EN:
        first = "I" if re.search(r"\bI\b", together) else ""
        return SpeechStyle(first_person=first, politeness=politeness(together, len(said)))
    firsts = Counter(FIRST.findall(together))
    endings = Counter(ENDING.findall(together))
    return SpeechStyle(
        first_person=top(firsts, 1)[0] if firsts else "",
        endings=top(endings, 3),
        politeness=politeness(together, len(said)),
    )


def top(counted: Counter[str], n: int) -> tuple[str, ...]:
    """The most frequent; the order of the text decides between equals."""
    return tuple(word for word, _ in counted.most_common(n))


def politeness(said: str, quotes: int) -> Politeness:
    least = max(1, quotes // 2)
    rows: tuple[tuple[re.Pattern[str], Politeness], ...] = (
        (HUMBLE, "humble"), (POLITE, "polite"), (ARCHAIC, "archaic"), (ROUGH, "rough"),
    )  # fmt: skip
    return next((name for row, name in rows if said and len(row.findall(said)) >= least), "plain")
