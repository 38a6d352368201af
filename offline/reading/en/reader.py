"""Reads an English story: its people, quotes and mentions."""

import re

from manga.story_source import Source
from offline.reading.en.people import Crowd, find_crowd
from offline.reading.en.pronouns import Pronouns
from offline.reading.en.speakers import attribute
from offline.reading.story_reading import Mention, Reading, find_quotes, make_reading, masked

PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Tt]hey)\b")


def read_english(source: Source) -> Reading:
    quotes = find_quotes(source)
    crowd = find_crowd(source.text, quotes)
    voiced = attribute(source.text, quotes, crowd)
    blotted = masked(source.text, quotes)
    mentions = [*crowd.mentions, *pronoun_mentions(blotted, crowd)]
    return make_reading(source, list(crowd.persons), voiced, mentions)


def pronoun_mentions(blotted: str, crowd: Crowd) -> list[Mention]:
    """He, she and they as subjects stand for people who are seen."""
    pronouns = Pronouns(blotted, crowd)
    return [
        Mention(match.start(), match.end(), name, "subject")
        for match in PRONOUN.finditer(blotted)
        for name in pronouns.who(match.group(), match.start())
    ]
