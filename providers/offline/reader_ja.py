"""A Japanese story in, its people, quotes and mentions out."""

from manga.source import Source
from providers.offline.people_ja import find_people
from providers.offline.quotes import find_quotes
from providers.offline.reading import Reading, make_reading
from providers.offline.speakers_ja import attribute


def read_japanese(source: Source) -> Reading:
    quotes = find_quotes(source)
    people = find_people(source.text, quotes)
    voiced = attribute(source.text, quotes, people)
    return make_reading(source, list(people.persons), voiced, list(people.mentions))
