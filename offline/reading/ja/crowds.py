"""Quotes that many call out at once: 校庭じゅうが笑った。「がんばれ！」"""

import re

from offline.reading.ja.people import People
from offline.reading.ja.quote_place import QuotePlace
from offline.reading.ja.turns import Turns

CROWD = re.compile(
    r"(?:じゅう|[場庭室会席内街町村国]中|全員|一同|みんな|みな|皆|客席|観客|群衆|人々|クラス|行列|見物人?|野次馬|たち|大勢|おおぜい|人垣|人ごみ)"
    r"(?:[がはもの]|から)[^。]{0,18}(?:笑|わら|どよめ|ざわ|さわ|騒|叫|さけ|わき|湧|沸|はやし|歓声|悲鳴|声)[^。]{0,10}。?$"
)
Found = tuple[tuple[str, ...], str] | None


class Crowds:
    """Rules for several people who have no names."""

    def __init__(self, blotted: str, people: People, turns: Turns) -> None:
        self.blotted = blotted
        self.turns = turns
        self.groups = [person for person in people.persons if person.group]
        self.cried = -1

    def cries(self, place: QuotePlace) -> Found:
        """The group told of last, and the next line of the same crowd."""
        told = self.blotted[place.opening : place.quote.outer_start].strip("\n \u3000")
        goes_on = not place.gap and self.cried == place.index - 1 and self.cried >= 0
        if not self.groups or not (goes_on or CROWD.search(told)):
            return None
        self.cried = place.index
        if goes_on:
            return self.turns.last, "crowd"
        met = [group for group in self.groups if group.first <= place.quote.outer_start]
        return ((met or self.groups)[-1].name,), "crowd"
