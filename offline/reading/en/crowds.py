"""Finds crowds that say something in English text.

A crowd is heard and not drawn as one body: its words come from outside the picture.
"""

import re

from offline.lexicon import load
from offline.reading.en.names import NameCandidate

_MANY = r"audience|crowd|congregation|onlookers|spectators|bystanders|mob|gallery|public"
_PLACES = r"village|hall|town|street|square|class|courtroom|house|whole \w+"
_SOMEBODY = r"(?:[Ss]ome(?:body|one|\s+people)|[Aa] (?:\w+ )?voice|[Vv]oices|[Ee]very(?:body|one)|[Pp]eople)"


_CROWD = re.compile(rf"the (?:{_MANY}|{_PLACES})")


def is_crowd(name: str) -> bool:
    return bool(_CROWD.fullmatch(name))


def crowds(blotted: str, people: list[NameCandidate]) -> frozenset[str]:
    """Their names; those who are not among the people yet are added to them."""
    said = load("reader_en")["said"]
    tells = re.compile(
        rf"[＿_”\"’] (?:{said}) the (?P<tag>{_MANY}|{_PLACES})\b(?!['’])"
        rf"|\b[Tt]he (?P<own>{_MANY}) (?:\w+ly )?(?:{said})\b"
        rf"|\b[Tt]he (?P<they>{_MANY})\b[^.!?\n]*[.!?]\s+[“‘\"]?[＿_\s]*[”\"’]?\s*they (?:all )?(?:{said})\b"
        rf"|\b{_SOMEBODY} (?:in|from|of) the (?P<one>{_MANY}|{_PLACES})\b[^.!?\n]{{0,40}}?\b(?:{said})\b"
    )
    found: dict[str, int] = {}
    for match in tells.finditer(blotted):
        word = next(group for group in match.groups() if group)
        found.setdefault(f"the {word}", blotted.find(word))
    return frozenset(_known(name, first, people) for name, first in found.items())


def _known(name: str, first: int, people: list[NameCandidate]) -> str:
    own = next((person for person in people if name in (other.lower() for other in person.names)), None)
    if own is None:
        own = NameCandidate(name, first, False, score=3.0, count=1)
        people.append(own)
    own.plural = True
    return own.name
