"""What a Japanese paragraph after a quote tells of its speaker."""

import re

from offline.lexicon import pattern
from offline.reading.ja.clause_subjects import Clauses
from offline.reading.ja.people import TOLD_TO_BE
from offline.reading.ja.quote_place import QuotePlace
from offline.reading.ja.turn_taking import Turns

HEARS = re.compile(
    r"聞|きい|きき|声のする|され|られ|言葉に|見て、|見ていた|見つめていた|(?:のあと|の後)(?:を|から)|を見ると"
    r"|待ってい|寝て|眠って|ねむって|答え(?:な|ません)|言え(?:な|ま)|言わ(?:な|ず)|返事を(?:し|せ)(?:ず|な)|だまって|黙って|うなず|頷"
)
SAYING = (
    r"(?:つぶや|呟|言っ|いっ|叫ん|さけん|どなっ|答え(?!な)|たずね|尋ね|ささや|うな[っず]"
    r"|口を(?:開|はさ))"
)
SAYS = re.compile(rf"(?:が|は)、?[^。、]{{0,10}}{SAYING}[^。]{{0,6}}$")
APPEARS = re.compile(
    r"(?:立って|すわって|座って|のぞいて|のぞい|現れ|あらわれ|やって|入って|走って|飛びこ|飛び込|とびこ|駆け込|かけこ|出て)[^。]{0,8}$"
    r"|(?<=[がもに、])(?:いた|いました)$|(?:だった)$"
)
Found = tuple[tuple[str, ...], str] | None


class Afterwards:
    """Rules that look behind the closing mark."""

    def __init__(self, text: str, blotted: str, clauses: Clauses, turns: Turns) -> None:
        self.text = text
        self.blotted = blotted
        self.clauses = clauses
        self.turns = turns

    def says_after(self, place: QuotePlace) -> Found:
        """「……土星だ。」　老人が、つぶやいた。"""
        if place.tag or not SAYS.search(place.first_after):
            return None
        end = place.quote.outer_end
        first = self.clauses.subjects(end, end + 12)
        return ((first[0].name,), "this_said") if first and len(place.first_after) <= 24 else None

    def steps_in(self, place: QuotePlace) -> Found:
        """「こら！」　扉のところに、教頭先生が立っていた。 or 戸口から顔がのぞいた。日向だった。"""
        if place.tag or not APPEARS.search(place.first_after):
            return None
        end = place.after_end
        found = self.clauses.subjects(place.quote.outer_end, end)
        if not found:
            end = min(self.blotted.find("。", end + 1) + 1, place.quote.outer_end + len(place.after))
            found = self.clauses.subjects(place.quote.outer_end, end)
            found = found if found and TOLD_TO_BE.match(self.blotted, found[0].end) else []
        if len(found) != 1 or self.clauses.particle(found[0]) != "が" or found[0].name in self.called(place):
            return None
        return (found[0].name,), "comes_into_view"

    def reacts_after(self, place: QuotePlace) -> Found:
        """「…」　老人は審しそうな眼つきをしながら: the next paragraph begins with the one who spoke."""
        clause = place.first_after
        if place.tag or not clause or HEARS.search(clause):
            return None
        end = place.quote.outer_end
        first = self.clauses.subjects(end, min(end + 16, place.after_end))
        if len({m.name for m in first if m.start == first[0].start}) > 1:
            return None
        if not first or not self.clauses.is_topic(first[0]) or first[0].name in self.called(place):
            return None
        if (first[0].name,) == self.turns.last and not place.gap:
            return None
        if pattern("talk_ja", "ordered").search(self.text, place.quote.start, place.quote.end):
            return None
        bystander = self.turns.in_dialogue and first[0].name not in self.turns.last_two
        return (first[0].name,), "bystander_after" if bystander else "reacts_after"

    def called(self, place: QuotePlace) -> set[str]:
        """Those who are named within the quote are not its speaker."""
        words = self.text[place.quote.start : place.quote.end]
        return {name for alias, name in self.turns.people.by_name.items() if len(alias) > 1 and alias in words}
