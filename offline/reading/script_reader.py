"""Reads a screenplay or chat log, line by line with the names before the words: people, quotes, mentions.

`太郎：おはよう。`, `太郎「おはよう」`, `[10:02] Nell: Yes`, and a name in capitals alone above its words.
"""

import re
from collections import Counter

from manga.story_source import Source
from offline.reading.story_reading import Mention, Person, Quote, QuoteKind, Reading, make_reading

STAMP = (
    r"(?:\[?(?:\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{1,4})?,?[ \u3000]+)?\d{1,2}:\d{2}(?::\d{2})?\]?[ \u3000]+(?:-[ \u3000]+)?)"
)
NAME = (
    r"([^\s\d○●◯■□：:。、「」『』\"“”.!?！？（）()][^\s：:。、「」『』\"“”.!?！？（）()]{0,11}"
    r"|[A-Z][A-Za-z'-]*(?: [A-Z][A-Za-z'-]*){0,2})"
)
ASIDE = r"[ \u3000]*(?:[（(]([^）)\n]{1,30})[）)])?"
LINE = re.compile(rf"^[ \u3000]*{STAMP}?{NAME}{ASIDE}(?:[ \u3000]*[：:][ \u3000]*|(?=「))(\S[^\n]*)$", re.MULTILINE)
STAMPED = re.compile(rf"^[ \u3000]*{STAMP}{NAME}()[ \u3000]+(\S[^\n]*)$", re.MULTILINE)
CUE = re.compile(
    r"^[ ]*(?!INT\b|EXT\b|FADE\b|CUT\b)([A-Z][A-Z'-]+(?: [A-Z][A-Z'-]+){0,2})(?: ?\(([^)\n]{1,20})\))?[ ]*\n"
    r"(?:[ ]*\([^)\n]{1,60}\)[ ]*\n)?[ ]*([^\s(][^\n]*)$",
    re.MULTILINE,
)
SURE = 0.95


def lines_of(source: Source) -> list[re.Match[str]]:
    """Name, aside and words of every line that somebody says, in the form that most lines have."""
    forms = [[*form.finditer(source.text)] for form in (LINE, STAMPED, CUE)]
    return max(forms, key=len)


def is_script(source: Source) -> bool:
    """Half of the lines and more belong to somebody who is named, and names come again."""
    lines = sum(1 for line in source.text.split("\n") if line.strip())
    found = lines_of(source)
    names = Counter(m.group(1) for m in found)
    whole = sum(1 + m.group().count("\n") for m in found)
    return len(found) >= 3 and whole * 2 >= lines and max(names.values()) >= 2


def read_script(source: Source) -> Reading:
    quotes: list[Quote] = []
    mentions: list[Mention] = []
    people: dict[str, Person] = {}
    for match in lines_of(source):
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
