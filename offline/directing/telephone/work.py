"""What hands are busy with while people telephone. In: what is said in a call, in the order of telling. Out: which
thing is looked at over the words, at which end of the line, and whether somebody cooks there.
"""

from manga.brief import Language
from offline.directing.moments import Moment
from offline.directing.telephone.ends import Call, End
from offline.directing.telephone.words import row, things

APART, AGAIN = 4, 10
"""Moments of a call from one picture of a thing to the next, and to the next one of the same thing."""
TURNING = 5
"""A beat of this importance is told by faces."""
LEAST = 8
"""Letters of the words over a thing."""
KITCHEN = "kitchen"
POT = "pot"
INTO_THE_POT = frozenset({POT, "potatoes", "onion"})
PET = "lap_cat"


class Work:
    """Goes through a book's calls."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._at = 0
        self._seen: dict[str, int] = {}
        self._call: Call | None = None
        self._cooking = False

    def cooks(self, end: End) -> bool:
        """Whether a pot is on the fire at this end."""
        return self._cooking and end.setting == KITCHEN

    def look(self, moment: Moment, call: Call, end: End) -> tuple[str, End]:
        """The thing that the moment shows, if any, and where: in the kitchen of one end; a pet asleep where it is said
        to be, `end`."""
        self._at += 1
        words = moment.line.text if moment.line else ""
        kitchen = next((one for one in (call.near, call.far) if one is not None and one.setting == KITCHEN), None)
        thing = self._thing(moment, words) if kitchen else ""
        self._follow(words, call)
        pet = moment.purpose == "spoken" and PET not in self._seen and self._has("lap", words)
        if pet and not self._has("child", words):
            thing = PET
        if thing:
            self._seen[thing] = self._at
        return thing, kitchen if kitchen and thing != PET else end

    def _has(self, key: str, words: str) -> bool:
        return bool(row(key, self._language).search(words))

    def _follow(self, words: str, call: Call) -> None:
        """A pot that is named is on the fire until somebody puts that out, or the call is over."""
        self._cooking = self._cooking and call is self._call
        self._call = call
        if self._has("done", words):
            self._cooking = False
        elif POT in things(self._language).all(words):
            self._cooking = True

    def _thing(self, moment: Moment, words: str) -> str:
        """What is named in words that nothing turns on, and has not been seen lately; the pot when it is heard."""
        if moment.thing or moment.beat.importance >= TURNING:
            return ""
        if moment.purpose == "told":
            return POT if self._cooking and self._has("sizzles", words) else ""
        said = "".join(part.text for part in moment.parts)
        soon = self._at - max(self._seen.values(), default=-APART) < APART
        if soon or moment.purpose != "spoken" or len(said) < LEAST or self._has("not_there", said):
            return ""
        named = things(self._language).all(said)
        if self._cooking and not INTO_THE_POT.isdisjoint(named):
            return POT if self._has("in_water", said) or self._rested(POT) else ""
        return next((label for label in named if self._rested(label)), "")

    def _rested(self, thing: str) -> bool:
        return self._at - self._seen.get(thing, -AGAIN) >= AGAIN
