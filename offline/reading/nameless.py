"""A reading with voices but no people in, the same with two who speak in turn out."""

from dataclasses import replace

from manga.brief import Language
from offline.reading.reading import Person, Reading

GUESS = 0.5
VOICES = {Language.JA: ("話し手", "もうひとりの話し手"), Language.EN: ("the speaker", "the other speaker")}


def with_voices(reading: Reading) -> Reading:
    """Someone must be drawn: a talk without a single name is between two."""
    spoken = [q for q in reading.quotes if q.kind.spoken]
    if reading.people or not spoken:
        return reading
    names = VOICES[reading.language][: min(2, len(spoken))]
    people = tuple(Person(name, first=spoken[i].start) for i, name in enumerate(names))
    order = {q.start: names[i % len(names)] for i, q in enumerate(spoken)}
    quotes = tuple(
        replace(q, speakers=(order[q.start],), confidence=GUESS, rule="nameless") if q.start in order else q
        for q in reading.quotes
    )
    return replace(reading, people=people, quotes=quotes)
