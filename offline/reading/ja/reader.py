"""Reads a Japanese story: its people, quotes and mentions."""

import re
from dataclasses import replace

from manga.story_source import Source
from offline.reading.ja.people import find_people
from offline.reading.ja.speakers import attribute
from offline.reading.story_reading import Person, Quote, Reading, find_quotes, make_reading

MAN = re.compile(r"おれ|俺|僕|ぼく|わし(?![づ掴])|己は|拙者|吾輩")
WOMAN = re.compile(r"あたし|わたくし|だわ[。、！]|のよ[。、！]|かしら")
SOFT = re.compile(r"わたし[、はがのも]|[るうのた]の[。？]")
TITLE = re.compile(r"先生|老|長$|将|博士|様$|声$|僧|人$")
KINSHIP = re.compile(r"母|婆|姉|妹|娘|妻|家内|おかみ|女|姫|父|爺|兄|弟|男|王")


def read_japanese(source: Source) -> Reading:
    quotes, text = find_quotes(source), with_indents(source.text)
    people = find_people(text, quotes)
    voiced = attribute(text, quotes, people)
    persons = [with_heard_gender(text, p, voiced) for p in people.persons]
    return make_reading(source, persons, voiced, list(people.mentions))


def with_indents(text: str) -> str:
    """As long as `text`. Where an empty line parts nearly all paragraphs, each begins with a blank instead, as Japanese
    ones do: an empty line is a pause then."""
    empty = text.count("\n\n")
    parted = empty > 2 * (text.count("\n") - 2 * empty)
    return re.sub(r"\n\n(?=[^\n])", "\n\u3000", text) if parted else text


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
