"""Finds changes of state in told pieces: who takes off a hat or puts it on, takes a thing or lays it down.

Who it is follows the rules for deeds.
"""

import re
from collections.abc import Sequence

from drawing.art.props.limp_things import IN_MOUTH
from manga.continuity import OFF, Aspect, Change
from manga.plot import Deed
from manga.values import Span
from offline.lexicon import Table, table
from offline.reading.deeds import DeedReader, Verb
from offline.reading.story_reading import Mention, Reading
from offline.reading.told_pieces import Unit
from offline.register_words import hats_told

UNDONE_JA = re.compile(
    r"[ぁ-ん]{0,3}(?:ない|なかっ|ません|ず[、に](?!い)|たら|れば|よう(?:と|か|に言)|たい|なさい|ください|[ろれ][。」])"
)
UNDONE_EN = re.compile(
    r"\b(?:not|never|\w+n['’]t|nobody|to|if|would|could|should|will|must)\s(?:\w+\s)?$", re.IGNORECASE
)
POSSESSIVE = re.compile(r"\b(his|her)\b", re.IGNORECASE)
GENDERS = {"his": "male", "her": "female"}
NEAR_JA, FAR_EN = 16, 900
TO_JA = re.compile(r"(?:の手)?に")
BY_MOUTH = re.compile(r"くわえ|口に(?!あて|当て|近|よせ|寄せ)|mouth|teeth|jaws|beak")


class StateReader(DeedReader):
    """Goes through a story once, as the reader of deeds does."""

    def __init__(self, reading: Reading, keys: dict[str, str]) -> None:
        super().__init__(reading, keys)
        self.states = f"states_{reading.language.value}"
        self.genders = {person.name: person.gender for person in reading.people}

    def changes(self, moment: Sequence[Unit]) -> tuple[Change, ...]:
        """Those of one moment, in the order of telling."""
        told = [change for deed in self.read(moment) if (change := self.change(deed)) is not None]
        return tuple(sorted(told, key=lambda change: change.span.start))

    def verbs(self, unit: Unit) -> list[Verb]:
        """Every change that the sentence tells; the rows of the table stand in order of precedence."""
        taken: list[Verb] = []
        for label, row in self.rows("changes").rows:
            for match in row.finditer(self.text, unit.start, unit.end):
                same = (v for v in taken if v.action.partition(" ")[0] == label.partition(" ")[0])
                free = all(match.end() <= v.start or v.end <= match.start() for v in same)
                if free and not self.undone(match.start(), match.end()):
                    taken.append(Verb(match.start(), match.end(), label))
        return sorted(taken, key=lambda v: v.start)

    def rows(self, key: str) -> Table:
        return table(self.states, key)

    def undone(self, start: int, end: int) -> bool:
        """Denied, only supposed, or asked for."""
        if self.japanese:
            return bool(UNDONE_JA.match(self.text, end))
        return bool(UNDONE_EN.search(self.text[max(0, start - 24) : start]))

    def doers(self, verb: Verb, unit: Unit, subjects: list[Mention]) -> tuple[str, ...]:
        """Whoever the verb is said of; on went her hat: her who was last told of."""
        found = super().doers(verb, unit, subjects)
        if self.japanese:
            return found
        known = tuple(name for name in found if name in self.keys)
        word = POSSESSIVE.search(self.text, verb.start, verb.end)
        gender = GENDERS[word.group().lower()] if word else None
        if gender is None:
            return known
        if any(self.genders.get(name) == gender for name in known):
            return known
        before = self.reading.mentions_in(max(0, verb.start - FAR_EN), verb.start)
        fitting = [m.name for m in before if self.genders.get(m.name) == gender and m.name in self.keys]
        return tuple(fitting[-1:]) or known

    def moves_by_itself(self, verb: Verb, unit: Unit, before: list[Mention]) -> bool:
        """What is worn or held is somebody's."""
        return False

    def deed(self, name: str, verb: Verb, unit: Unit) -> Deed:
        """The change in the shape of a deed: `action` is the table's label, `thing` what it leaves open."""
        aspect, _, word = verb.action.partition(" ")
        worn = hats_told(self.reading.language).first(self.text[verb.start : verb.end])
        thing = self.thing_of(verb, unit) if aspect == Aspect.HOLDS else str(worn) if word == "yes" and worn else ""
        span = Span(start=verb.start, end=verb.end)
        return Deed(who=self.receiver(name, verb, unit) or self.keys[name], action=verb.action, thing=thing, span=span)

    def thing_of(self, verb: Verb, unit: Unit) -> str:
        """The thing nearest to a Japanese verb before it; the one named within an English phrase."""
        if self.japanese:
            given = verb.action == "holds to"
            return self.thing(Verb(verb.start, verb.end if given else verb.start + 1, verb.action), unit)
        inside = self.things_between(verb.start, verb.end + 1)
        return inside[0].name if inside else ""

    def receiver(self, name: str, verb: Verb, unit: Unit) -> str | None:
        """老人の手に, to Tom: whoever has the thing then."""
        if verb.action != "holds to":
            return None
        low, high = (unit.start, verb.end) if self.japanese else (verb.end, min(unit.end, verb.end + 24))
        near = [m for m in self.reading.mentions_in(low, high) if m.name != name and m.name in self.keys]
        given = [m for m in near if TO_JA.match(self.text, m.end)] if self.japanese else near[:1]
        return self.keys[given[-1].name] if given else None

    def change(self, deed: Deed) -> Change | None:
        name, _, word = deed.action.partition(" ")
        aspect, to = Aspect(name), word
        if word in ("thing", "to"):
            if not deed.thing:
                return None
            to = self.where(deed)
        elif word == "yes" and deed.thing not in ("", "plain"):
            to = deed.thing
        words = deed.thing if aspect is Aspect.HOLDS and to == OFF else ""
        return Change(who=deed.who, aspect=aspect, to=to, words=words, span=deed.span)

    def where(self, deed: Deed) -> str:
        """The thing, and that it is in the mouth where it is not in the hand."""
        by_mouth = BY_MOUTH.search(self.text, deed.span.start, deed.span.end)
        return IN_MOUTH.format(deed.thing) if by_mouth else deed.thing
