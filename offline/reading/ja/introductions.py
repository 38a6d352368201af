"""People and quotes in, the same out with those made one who give their name: 「おれは鉄冠子という仙人だ」"""

import re
from dataclasses import replace

from offline.reading.reading import Mention, Person, Quote

SURE = 0.5


def introduced(
    text: str, people: list[Person], quotes: list[Quote], mentions: list[Mention]
) -> tuple[list[Person], list[Quote], list[Mention]]:
    """The speaker keeps the name the story uses most and answers to the new one too."""
    renamed = names_given(text, people, quotes)
    if not renamed:
        return people, quotes, mentions
    return (
        [with_aliases(p, people, renamed) for p in people if p.name not in renamed],
        [replace(q, speakers=tuple(dict.fromkeys(renamed.get(s, s) for s in q.speakers))) for q in quotes],
        [replace(m, name=renamed.get(m.name, m.name)) for m in mentions],
    )


def names_given(text: str, people: list[Person], quotes: list[Quote]) -> dict[str, str]:
    """The name given in a first-person sentence, and the speaker who gave it."""
    names = {alias: p.name for p in people for alias in p.names if len(alias) > 1 and not p.unseen}
    if not names:
        return {}
    longest = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))
    giving = re.compile(
        rf"(?:おれ|俺|私|わたし|僕|ぼく|わし|拙者)(?:は|の名は)[^。「」]{{0,24}}?(?:、|[るたのは])?({longest})"
        r"(?:という|といい|と申|と言い|です|だ[。、よぞ]|じゃ[。、]|でござ)"
    )
    found: dict[str, str] = {}
    for quote in quotes:
        match = giving.search(text, quote.start, quote.end)
        if not match or len(quote.speakers) != 1 or quote.confidence < SURE:
            continue
        given, speaker = names[match.group(1)], quote.speakers[0]
        if given != speaker and speaker not in found and given not in found.values():
            found[given] = speaker
    return found


def with_aliases(person: Person, people: list[Person], renamed: dict[str, str]) -> Person:
    more = [alias for p in people if renamed.get(p.name) == person.name for alias in p.names]
    return replace(person, aliases=(*person.aliases, *more)) if more else person
