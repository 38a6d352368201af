"""An English story in, its people, quotes and mentions out."""

from manga.source import Source
from providers.offline.quotes import find_quotes
from providers.offline.reading import Reading, make_reading


def read_english(source: Source) -> Reading:
    return make_reading(source, [], find_quotes(source), [])
