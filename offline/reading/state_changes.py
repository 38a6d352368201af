"""Finds changes of state in told pieces: who takes off a hat or puts it on, takes a thing or lays it down.

Who it is follows the rules for deeds; what is in a hand, the frames of `hand_frames`.
"""

import re
from collections.abc import Sequence

from drawing.art.props.limp_things import IN_MOUTH
from manga.continuity import OFF, Aspect, Change
from manga.plot import Deed
from manga.values import Span
from offline.lexicon import table
from offline.reading.deeds import DESCRIBES_JA, DeedReader, Verb
from offline.reading.hand_frames import HandFrame, hand_frames
from offline.reading.literal_words import happens
from offline.reading.story_reading import Mention, Reading
from offline.reading.told_pieces import Unit
from offline.vocabulary_words import hats_told

POSSESSIVE = re.compile(r"\b(his|her)\b", re.IGNORECASE)
GENDERS = {"his": "male", "her": "female"}
FAR_EN = 900
TO_JA = re.compile(r"(?:の[一-龥々ぁ-んァ-ヴー]{1,6})?に")


class StateReader(DeedReader):
    """Goes through a story once, as the reader of deeds does."""

    def __init__(self, reading: Reading, keys: dict[str, str]) -> None:
        super().__init__(reading, keys)
        self.states = f"states_{reading.language.value}"
        self.frames: dict[int, HandFrame] = {}
        self.named = ""

    def changes(self, moment: Sequence[Unit]) -> tuple[Change, ...]:
        """Those of one moment, in the order of telling."""
        told = [change for deed in self.read(moment) if (change := self.change(deed)) is not None]
        return tuple(sorted(told, key=lambda change: change.span.start))

    def verbs(self, unit: Unit) -> list[Verb]:
        """Every change that the sentence tells; the rows of the table stand in order of precedence."""
        told, taken = self.text[unit.start : unit.end], list[Verb]()
        for label, row in table(self.states, "changes").rows:
            for match in row.finditer(told):
                start, end = unit.start + match.start(), unit.start + match.end()
                free = all(end <= v.start or v.end <= start for v in taken)
                if free and happens(told, match.start(), match.end(), self.reading.language):
                    taken.append(Verb(start, end, label))
        for frame in hand_frames(told, self.reading.language):
            verb = Verb(unit.start + frame.start, unit.start + frame.end, f"holds {frame.kind}")
            if self.bearer(verb, unit) or not (self.japanese and DESCRIBES_JA.match(self.text, verb.end)):
                self.frames[verb.start] = frame
                taken.append(verb)
        return sorted(taken, key=lambda v: v.start)

    def doers(self, verb: Verb, unit: Unit, subjects: list[Mention]) -> tuple[str, ...]:
        """Whoever the verb is said of; on went her hat: her who was last told of. One has a thing, not two."""
        found = super().doers(verb, unit, subjects)
        if verb.action.startswith(Aspect.HOLDS):
            return found[:1]
        if self.japanese:
            return found
        known = tuple(name for name in found if name in self.keys)
        word = POSSESSIVE.search(self.text, verb.start, verb.end)
        gender = GENDERS[word.group().lower()] if word else None
        if gender is None or any(self.genders.get(name) == gender for name in known):
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
        span = Span(start=verb.start, end=verb.end)
        if aspect != Aspect.HOLDS:
            worn = hats_told(self.reading.language).first(self.text[verb.start : verb.end])
            return Deed(
                who=self.keys[name], action=verb.action, thing=str(worn) if word == "yes" and worn else "", span=span
            )
        frame = self.frames[verb.start]
        thing = frame.thing or self.last_named(verb.start)
        thing = IN_MOUTH.format(thing) if thing and frame.by_mouth else thing
        receiver = self.receiver(name, verb, unit) if word == "gives" else None
        action = "holds takes" if receiver else "holds lets_go" if word == "gives" else verb.action
        return Deed(who=receiver or self.keys[name], action=action, thing=thing, span=span)

    def receiver(self, name: str, verb: Verb, unit: Unit) -> str | None:
        """老人の手に, to Tom, gave Tom: whoever has the thing then."""
        low, high = (unit.start, verb.end) if self.japanese else (verb.start, min(unit.end, verb.end + 40))
        near = [m for m in self.reading.mentions_in(low, high) if m.name != name and m.name in self.keys]
        given = [m for m in near if TO_JA.match(self.text, m.end)] if self.japanese else near[:1]
        return self.keys[given[-1].name] if given else None

    def change(self, deed: Deed) -> Change | None:
        name, _, word = deed.action.partition(" ")
        aspect = Aspect(name)
        if aspect is Aspect.HOLDS:
            to, words = (deed.thing, "") if word == "takes" else (OFF, deed.thing)
            return Change(who=deed.who, aspect=aspect, to=to, words=words, span=deed.span) if deed.thing else None
        to = deed.thing if word == "yes" and deed.thing not in ("", "plain") else word
        return Change(who=deed.who, aspect=aspect, to=to, span=deed.span)
