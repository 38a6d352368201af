"""The words for telephones. In: a key of their lexicon and a language, or a line. Out: a pattern; what a line is."""

import re

from manga.brief import Language
from manga.plot import Line, LineKind
from offline.lexicon import Table, load, pattern, table

SPOKEN = frozenset({LineKind.SPEECH, LineKind.SHOUT, LineKind.WHISPER, LineKind.TELEPHONE})
_OPENING = tuple("「『“")


def row(key: str, language: Language) -> re.Pattern[str]:
    return pattern(f"calls_{language.value}", key)


def things(language: Language) -> Table:
    """What hands are busy with."""
    return table(f"calls_{language.value}", "things")


def at_home(language: Language) -> list[tuple[str, str]]:
    """Where people are of whom nothing is told: settings, and the words for them."""
    return list(load(f"calls_{language.value}")["at_home"].items())


def spoken(line: Line) -> bool:
    return line.kind in SPOKEN


def quoted(line: Line) -> bool:
    """Whether a line that nobody says stands between the marks of a speech: it is a sound."""
    return line.text.startswith(_OPENING)
