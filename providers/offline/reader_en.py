"""An English story in, its people, quotes and mentions out."""

from manga.source import Source
from providers.offline.people_en import find_crowd
from providers.offline.quotes import find_quotes
from providers.offline.reading import Reading, make_reading
from providers.offline.speakers_en import attribute


def read_english(source: Source) -> Reading:
    quotes = find_quotes(source)
    crowd = find_crowd(source.text, quotes)
    return make_reading(source, list(crowd.persons), attribute(source.text, quotes, crowd), list(crowd.mentions))
