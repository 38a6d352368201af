"""Japanese quotes that many call out at once, or of which the text first gives a voice only."""

import re

from offline.reading.ja.clause_subjects import Clauses
from offline.reading.ja.people import People
from offline.reading.ja.quote_place import QuotePlace
from offline.reading.ja.turn_taking import Turns

Found = tuple[tuple[str, ...], str] | None

CROWD = re.compile(
    r"(?:じゅう|全員|一同|みんな|みな|皆|客席|観客|群衆|人々|クラス|行列|見物人?|野次馬|たち|大勢|おおぜい|人ごみ)"
    r"(?:[がはもの]|から)[^。]{0,18}(?:笑|わら|ざわ|さわ|騒|叫|さけ|わき|湧|沸|はやし|歓声|悲鳴|声)[^。]{0,10}。?$"
)


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


VOICE_AFTER = re.compile(r"\s*\u3000?と(?:いう|云う|言う|、|叫ぶ|呼ぶ)[^。]{0,10}(?:声|もの|者)が")
WORDS_OF = re.compile(r"\s*\u3000?と(?:いう|云う|言う)[^。、]{0,20}の[^。、]{0,6}(?:言葉|声|返事|叫び|命令)")
VOICE_OF = re.compile(r"[^。]{0,24}の声[はがにでを]")
AHEAD = 160


class Bodiless:
    """Rules for voices."""

    def __init__(self, blotted: str, clauses: Clauses) -> None:
        self.blotted = blotted
        self.clauses = clauses

    def words_of(self, place: QuotePlace) -> Found:
        """「決して口を利くな」という鉄冠子の戒め"""
        match = WORDS_OF.match(place.after)
        end = place.quote.outer_end
        named = self.clauses.named(end, end + match.end()) if match else []
        return ((named[-1].name,), "voice_of") if named else None

    def voice_of(self, place: QuotePlace) -> Found:
        """「…」　閻魔大王の声は雷のように…; それは確に懐しい、母親の声に違いありません。"""
        end = place.quote.outer_end
        lead = re.match(r"\s*", place.after)
        start = end + (lead.end() if lead else 0)
        match = VOICE_OF.match(self.blotted, start, place.after_end)
        if not match:
            return None
        named = [m for m in self.clauses.named(start, match.end()) if m.role == "owner"]
        return ((named[-1].name,), "voice_of") if named else None

    def comes_into_view(self, place: QuotePlace) -> Found:
        """「わん、わん。」という声がして、あの犬が…; と叫ぶものがあります。… 猟師が"""
        match = VOICE_AFTER.match(place.after)
        if not match:
            return None
        if re.search(r"(?:だれ|誰)かの", match.group()):
            return (), "nobody"
        start = place.quote.outer_end + match.end()
        near = [m for m in self.clauses.subjects(start, start + AHEAD) if self.clauses.particle(m) == "が"]
        return ((near[0].name,), "comes_into_view") if near else ((), "nobody")
