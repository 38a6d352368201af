"""A screenplay or chat log in (「太郎：おはよう。」 line by line), its people, quotes and mentions out."""

import re
from collections import Counter

from manga.source import Source
from providers.offline.reading import Mention, Person, Quote, QuoteKind, Reading, make_reading

LINE = re.compile(
    r"^[ \u3000]*(?:\[?\d{1,2}:\d{2}(?::\d{2})?\]?[ \u3000]+)?"
    r"([^\s：:。、「」『』\"“”.!?！？（）()]{1,12}|[A-Z][A-Za-z'-]*(?: [A-Z][A-Za-z'-]*){0,2})"
    r"[ \u3000]*(?:[（(]([^）)\n]{1,30})[）)])?[ \u3000]*[：:][ \u3000]*(\S[^\n]*)$",
    re.MULTILINE,
)
SURE = 0.95


def is_script(source: Source) -> bool:
    """Half of the lines and more begin with a name, and names come again."""
    lines = [line for line in source.text.split("\n") if line.strip()]
    names = Counter(m.group(1) for m in LINE.finditer(source.text))
    spoken = sum(names.values())
    return spoken >= 3 and spoken * 2 >= len(lines) and max(names.values()) >= 2


def read_script(source: Source) -> Reading:
    quotes: list[Quote] = []
    mentions: list[Mention] = []
    people: dict[str, Person] = {}
    for match in LINE.finditer(source.text):
        name = match.group(1).strip()
        start, end = inner(match.group(3), match.start(3))
        if start >= end:
            continue
        quotes.append(Quote(start, end, match.start(3), match.end(3), QuoteKind.SPEECH, (name,), SURE, "script"))
        mentions.append(Mention(match.start(1), match.end(1), name, "subject"))
        people.setdefault(name, Person(name, (), "neutral", False, match.start()))
    return make_reading(source, list(people.values()), quotes, mentions)


def inner(words: str, start: int) -> tuple[int, int]:
    """Without quotation marks around the whole."""
    end = start + len(words.rstrip())
    if words[:1] in '「『“"' and words.rstrip()[-1:] in '」』”"':
        return start + 1, end - 1
    return start, end
