"""The story's text in, its quotations out, kinds and speakers still open."""

from manga.quotations import find_quotations
from manga.source import Source
from offline.reading.reading import Quote


def find_quotes(source: Source) -> list[Quote]:
    """All outermost quotations in the order of the text."""
    return [Quote(q.start, q.end, q.outer_start, q.outer_end) for q in find_quotations(source)]
