"""Who is told of in a moment and not before us: by hearsay, as a supposition, a promise or a habit.

In: a moment of the story and who has been seen in its scene. Out: names of those who stay away.
"""

import re
from collections.abc import Iterator, Sequence, Set

from offline.reading.en.supposed import SupposedStretch, stretches
from offline.reading.reading import Mention, Reading
from offline.reading.units import Unit

HEARSAY = re.compile(r"(?:という|(?:だ|った)そう(?:だ|です)|とのこと(?:だ|です))。|, (?:they|people) said\b")

ONCE_WAS = re.compile(r",?\s+had (?:once |long |always |never )?been (?:one of|an?|my|his|her|our|their|the)\b")
"""Who had been a friend is remembered."""


def by_hearsay(told: str) -> bool:
    return bool(HEARSAY.search(told))


def only_supposed(reading: Reading, moment: Sequence[Unit], there: Set[str]) -> frozenset[str]:
    """Names of whom the moment's sentences tell only so. `there` are those who have been seen in the scene; a habit
    keeps somebody away while others are there, for a story may also open with one."""
    supposed: set[str] = set()
    habitual: set[str] = set()
    real: set[str] = set()
    for unit in moment:
        if not unit.spoken:
            for mention, kind in _mentions(reading, unit):
                (real if kind is None else habitual if kind else supposed).add(mention.name)
    away = (supposed | habitual if there | real else supposed) - real - there
    return frozenset(away)


def _mentions(reading: Reading, unit: Unit) -> Iterator[tuple[Mention, bool | None]]:
    """Those who do something or have it done to them, each with whether it is a habit; None: it happens."""
    found = list(stretches(reading.source.text, unit.start, unit.end)) if reading.language.value == "en" else []
    for mention in reading.mentions_in(unit.start, unit.end):
        if mention.role in ("subject", "object"):
            once = bool(ONCE_WAS.match(reading.source.text, mention.end))
            yield mention, None if _is_teller(reading, mention) else _kind(found, mention, once=once)


def _is_teller(reading: Reading, mention: Mention) -> bool:
    """Whoever tells the story is there to tell it."""
    return reading.source.text[mention.start : mention.end] == "I"


def _kind(found: Sequence[SupposedStretch], mention: Mention, *, once: bool) -> bool | None:
    kinds = [stretch.habit for stretch in found if stretch.start <= mention.start < stretch.end]
    return all(kinds) if kinds or once else None
