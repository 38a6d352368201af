"""A story's sentences in their order in, the names of those out who are told to be dead or buried: nobody sees them
stand there until they do something again.
"""

import re
from collections.abc import Sequence

from offline.reading.reading import Mention, Reading
from offline.reading.units import Unit

_REPORTED = re.compile(
    r"\b(?:inform|told|tell|sa[iy]|hear|learn|wr[oi]t|read|news|word|letter|telegram|announc|report)\w*\b[^.;!?]{0,60}"
    r"\bthat\b[^.;!?]{0,30}$",
    re.IGNORECASE,
)
_IS_DEAD = re.compile(r"\s+(?:(?:was|is) (?:no more|dead)|(?:had|has) (?:died|passed away|been (?:killed|buried)))\b")
_BURIED = re.compile(r"\b(?:buried|entombed|encoffined|interred)\s+(?:the\s+)?(?:\w+\s+)?$")
_RISES = re.compile(
    r"\b(?:st(?:ood|and|ands)|rose|sat up|c[ao]me|appeared|entered|walked|stepped|opened (?:his|her) eyes|breathed"
    r"|(?:was|is) alive|lived)\b"
)
_NEAR = 120


class Departed:
    """Goes through a story once."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._gone: set[str] = set()

    def after(self, moment: Sequence[Unit]) -> frozenset[str]:
        """Those who are gone when the moment has been told."""
        text = self._reading.source.text
        for unit in moment:
            if unit.spoken:
                continue
            for mention in self._reading.mentions_in(unit.start, unit.end):
                if mention.name in self._gone and _RISES.search(text, unit.start, unit.end):
                    self._gone.discard(mention.name)
                elif self._dies(mention):
                    self._gone.add(mention.name)
        return frozenset(self._gone)

    def _dies(self, mention: Mention) -> bool:
        text = self._reading.source.text
        before = text[max(0, mention.start - _NEAR) : mention.start]
        told = _IS_DEAD.match(text, mention.end) and _REPORTED.search(before)
        return bool(told or _BURIED.search(before))
