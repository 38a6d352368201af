"""Reads a Japanese story: its people, quotes and mentions; whoever gives his name bears it, too."""

import re
from dataclasses import replace

from manga.story_source import Source
from offline.reading.ja.people import find_people
from offline.reading.ja.speakers import attribute
from offline.reading.story_reading import Mention, Person, Quote, Reading, find_quotes, make_reading

SURE = 0.5
MAN = re.compile(r"おれ|俺|僕|ぼく|わし(?![づ掴])|己は|拙者|吾輩")
WOMAN = re.compile(r"あたし|わたくし|だわ[。、！]|のよ[。、！]|かしら")
SOFT = re.compile(r"わたし[、はがのも]|[るうのた]の[。？]")
TITLE = re.compile(r"先生|老|長$|将|博士|様$|声$|僧|人$")
KINSHIP = re.compile(r"母|婆|姉|妹|娘|妻|家内|おかみ|女|姫|父|爺|兄|弟|男|王")


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


def read_japanese(source: Source) -> Reading:
    quotes = find_quotes(source)
    people = find_people(source.text, quotes)
    voiced = attribute(source.text, quotes, people)
    known, voiced, mentions = introduced(source.text, list(people.persons), voiced, list(people.mentions))
    persons = [with_heard_gender(source.text, p, voiced) for p in known]
    return make_reading(source, persons, voiced, mentions)


def with_heard_gender(text: str, person: Person, quotes: list[Quote]) -> Person:
    """How someone says I tells more than the last letter of a name (鉄冠子 says おれ)."""
    if KINSHIP.search(" ".join(person.names)):
        return person
    said = "".join(text[q.start : q.end] for q in quotes if person.name in q.speakers and q.confidence >= 0.4)
    men, women = len(MAN.findall(said)), len(WOMAN.findall(said))
    if not TITLE.search(person.name) and person.gender == "neutral":
        women += len(SOFT.findall(said))
    if men == women:
        return person
    return replace(person, gender="male" if men > women else "female")
