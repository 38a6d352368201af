"""Finds deeds in the told pieces of a moment: each verb with its own subject.

A topic goes on over sentences that name nobody; a thing that moves by itself (a door, smoke) is no doer; whoever has
something done to them is none either.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from drawing.art.props.limp_things import bare
from manga.plot import Deed
from manga.values import Span
from offline.reading.en.verb_subjects import is_quality, own_subject
from offline.reading.hand_frames import hand_frames
from offline.reading.lexicon_tables import lore
from offline.reading.literal_words import happens, is_literal
from offline.reading.story_reading import Mention, Reading
from offline.reading.thing_mentions import things_named, things_there
from offline.reading.told_pieces import Unit

SURE = 0.6
HANDLES = frozenset(
    ["take", "carry", "reach", "hold", "drop", "throw", "give", "lift", "catch", "pull", "crown", "feed", "strike",
     "stab"]
)  # fmt: skip
AT_SOMEBODY = frozenset(
    ["stab", "strike", "crown", "feed", "lift", "pull", "push", "lead", "help", "seize", "bind", "stroke", "chase",
     "hug", "give", "kneel", "bow", "whisper", "touch", "fight", "shoot", "throw", "ride"]
)  # fmt: skip
"""Deeds that may be done to somebody."""
NOT_ALONE = frozenset(["stab", "strike", "crown", "feed", "lead", "help", "stroke"])
"""Deeds that are something else where nobody is told to whom: a clock strikes, a road leads."""
GRASPS = frozenset(["seize", "pull", "push", "bind", "lift"])
"""What is done with hands to somebody or something; where neither is known, hands are only put out."""
PRONOUN_EN = re.compile(
    r"\b(?:(?P<him>him|them)|(?P<her>her)(?=\W*(?:$|[.,;!?]|(?:by|with|up|down|to|in|into|on|onto|out|off|from|and|away|back"
    r"|across|through|over|under|along)\b))|(?P<own>his|her)(?! own\b))\b",
    re.IGNORECASE,
)
GENDER = {"him": "male", "his": "male", "her": "female"}
REACHES = 60
"""Letters after an English verb within which it is told to whom."""
FAR = 400
"""Letters before a pronoun in which the one whom it means is named."""
CLAUSE_EN = re.compile(r"[.;:!?—]|, (?:and|but) ")
TO_JA = re.compile(r"(?:の[一-龥々ァ-ヴー]{1,6})?を")
TOWARDS_JA = re.compile(r"(?:の[一-龥々ぁ-んァ-ヴー]{1,8})?[をにへ]")
TOWARDS = frozenset(["give", "feed", "crown", "kneel", "bow", "whisper", "hug", "shoot", "throw", "ride", "fight"])
"""Deeds that Japanese does to the one who has に, too."""
HANDS_OVER = frozenset(["give", "feed"])
"""What they are done with may stand anywhere before a Japanese verb."""
HANDLED_WITHIN = 16
"""Letters after a verb: she took the wheel in both hands."""
DONE_TO_JA = re.compile(r"(?:を|をば|なんかを)、?[^、。をが]{0,6}")
DONE_TO_EN = re.compile(
    r"\s+(?:(?:up|out|at|into|through|on)\s+)?(?:(?:the|an?|his|her|its|their|my|some|another)\s+)?(?:(?!(?:of|from|in|with|and|to)\b)[\w’'-]+\s+){0,3}"
)
WEAPONS = frozenset(["gun", "sword"])
OWN_BODY = re.compile(r"の[目眼手指肩声足顔][はが]|['’]s (?:hand|eye|arm|finger)s?\b")
OWNS = ("'s ", "’s ")
"""Della's hair fell: it was not Della who fell."""
BOTH = re.compile(
    r"(?:二人|ふたり)(?:とも)?[はがも]|\bthe two (?:of (?:them|us)\b|(?:[a-z]+ )?(?:[a-z]+ed|[a-z]+nt|were|had|sat"
    r"|stood|ran|came|lay|fell|rose|began|met|fought|spoke|drew|took|fled|knew|saw|left|made|ate)\b)"
)
"""Two who do something; not two things that are told of."""
THING_JA = re.compile(r"[一-龥々ァ-ヴー](?:が|は)")
BODY_JA = re.compile(r"[目眼涙手指肩声足顔頬](?:が|は)$")
DESCRIBES_JA = re.compile(r"[ぁ-ん]{0,3}[たる][一-龥]")
"""Told of a thing: 書いた紙"""
PASSIVE_JA = re.compile(r"[かがさたなばまらわ]?れ(?:た|て|まし|る)")
EARLIER_EN = re.compile(r"\b(?:which|where|whom)\s(?:\w+\s){1,2}had (?:been |just |once )?$")
"""A sofa on which he had been lying."""
NEXT_TO = re.compile(r"[\s,]*(?:\w+ly\s)?")
CLOSING_JA = re.compile(r"の[をはがに]|ので|(?<=[るたい])と、|から、|とき")
"""Where a clause with a subject of its own is over and the topic has the word again."""
ATTRIBUTE_JA = re.compile(r"[ぁ-ん]{0,5}(?<![てでとばらがの])$")
BEHIND_JA = re.compile(
    r"[\s\u3000]*(?:すると|また|そして)?、?(?:(?:戸|扉|ドア|壁|障子|襖|ふすま)の)?(?:中|なか|奥|外|そと|向こう|向う|むこう|となり)では"
)
"""中ではまた叫んでいます: somebody whom nobody sees, not those whom the story goes on about."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A word for a deed and its place in the source."""

    start: int
    end: int
    action: str


class DeedReader:
    """Goes through a story once; remembers who is spoken of."""

    def __init__(self, reading: Reading, keys: dict[str, str]) -> None:
        self.reading = reading
        self.text = reading.source.text
        self.keys = keys
        self.tables = lore(reading.language)
        self.japanese = reading.language.value == "ja"
        self.topic: tuple[str, ...] = ()
        self.last = 0
        self.recent: list[str] = []
        self.genders = {person.name: person.gender for person in reading.people}

    def read(self, moment: Sequence[Unit]) -> tuple[Deed, ...]:
        """The deeds of one moment, in the order of telling."""
        found: list[Deed] = []
        voice: tuple[str, ...] = ()
        for unit in moment:
            if unit.quote is not None:
                sure = unit.quote.confidence >= SURE
                voice = unit.quote.speakers if sure else ()
                self.tell_of(voice)
                continue
            if voice and not unit.whole:
                self.topic = voice
            found += self.sentence(unit)
        return tuple(found)

    def sentence(self, unit: Unit) -> Iterator[Deed]:
        if any(self.last <= h.start < unit.start for h in self.reading.source.headings):
            self.topic = ()
        self.last = unit.end
        subjects = [m for m in self.reading.mentions_in(unit.start, unit.end) if self.acts(m)]
        for verb in self.verbs(unit):
            for name in self.doers(verb, unit, subjects):
                if name in self.keys and (deed := self.deed(name, verb, unit)) is not None:
                    yield deed
        topics = [m for m in subjects if not self.japanese or self.text.startswith("は", m.end)]
        last = topics[-1:] or subjects[-1:]
        if last:
            self.topic = self.company(last[0], unit)
            self.tell_of(self.topic)

    def tell_of(self, names: tuple[str, ...]) -> None:
        self.recent = [*(n for n in self.recent if n not in names), *names][-4:]

    def acts(self, mention: Mention) -> bool:
        """A subject, or the owner of a hand or an eye that is one."""
        if mention.role == "owner" or self.text.startswith(OWNS, mention.end):
            return bool(OWN_BODY.match(self.text, mention.end))
        return mention.role == "subject"

    def verbs(self, unit: Unit) -> list[Verb]:
        """Every deed in the sentence; of two words for one deed the earlier row of the table holds."""
        taken: list[Verb] = []
        told = self.text[unit.start : unit.end]
        for action, row in self.tables.table("actions").rows:
            for match in row.finditer(self.text, unit.start, unit.end):
                free = all(match.end() <= v.start or v.end <= match.start() for v in taken)
                start, end = match.start() - unit.start, match.end() - unit.start
                done = free and happens(told, start, end, self.reading.language)
                if done and not self.is_background(match.start(), match.end()):
                    taken.append(Verb(match.start(), match.end(), action))
        return sorted(taken, key=lambda v: v.start)

    def is_background(self, start: int, end: int) -> bool:
        """What was done before, what only describes a thing, and what is done to whoever it is told of."""
        if self.japanese:
            return bool(DESCRIBES_JA.match(self.text, end) or PASSIVE_JA.match(self.text, end))
        had = "had " if self.text.startswith("had ", start) else ""
        return bool(EARLIER_EN.search(self.text[max(0, start - 40) : start] + had)) or is_quality(self.text, start, end)

    def doers(self, verb: Verb, unit: Unit, subjects: list[Mention]) -> tuple[str, ...]:
        """Whoever the verb is said of: the last subject before it, else the one the story goes on about."""
        if self.japanese and (bearer := self.bearer(verb, unit)):
            return (bearer,)
        before = [m for m in subjects if m.end <= verb.start]
        chosen = self.chosen(before, verb)
        both = BOTH.search(self.text, chosen.end if chosen else unit.start, verb.end)
        if both and len(self.recent) >= 2:
            return self.both
        if self.moves_by_itself(verb, unit, before):
            return ()
        if not self.japanese and (other := self.other(chosen.end if chosen else unit.start, verb, unit)) is not None:
            return other
        if chosen:
            return self.company(chosen, unit)
        return self.going_on(unit) if self.japanese else self.led_in(verb, subjects)

    @property
    def both(self) -> tuple[str, ...]:
        """The two who were last told of."""
        return tuple(self.recent[-2:])

    def going_on(self, unit: Unit) -> tuple[str, ...]:
        """Those whom the story goes on about, where nothing says that it is others."""
        return () if BEHIND_JA.match(self.text, unit.start) else self.topic

    def other(self, low: int, verb: Verb, unit: Unit) -> tuple[str, ...] | None:
        """A tarn that lay, and the house stood: nobody of the story; None where nothing stands between."""
        place = own_subject(self.text, low, verb.start, verb.end)
        if place is None:
            return None
        named = [m for m in self.reading.mentions_in(unit.start, place) if m.role != "owner" and m.end <= place]
        close = named and NEXT_TO.fullmatch(self.text, named[-1].end, place)
        return self.company(named[-1], unit) if close else ()

    def led_in(self, verb: Verb, subjects: list[Mention]) -> tuple[str, ...]:
        """Waking up, and moving as fast as he could, he saw: what leads in is said of the first subject."""
        leads = self.text[verb.start : verb.end].lower().endswith(("ing", "as"))
        return (subjects[0].name,) if leads and subjects and subjects[0].start > verb.start else ()

    def bearer(self, verb: Verb, unit: Unit) -> str | None:
        """今戸口を出ようとするごんを: the verb describes the one who follows."""
        following = self.reading.mentions_in(verb.end, min(verb.end + 6, unit.end))
        near = following[0] if following else None
        return near.name if near and ATTRIBUTE_JA.fullmatch(self.text[verb.end : near.start]) else None

    def chosen(self, before: list[Mention], verb: Verb) -> Mention | None:
        if not before or not self.japanese:
            return before[-1] if before else None
        last = before[-1]
        topic = next((m for m in reversed(before[:-1]) if self.text.startswith("は", m.end)), None)
        inner = self.text.startswith("が", last.end) and CLOSING_JA.search(self.text, last.end, verb.start)
        return topic if topic and inner else last

    def moves_by_itself(self, verb: Verb, unit: Unit, before: list[Mention]) -> bool:
        """扉が開くと, 煙が出て: the nearest subject is a thing; but a hand or an eye is its owner's."""
        if not self.japanese:
            return False
        start = before[-1].end + 1 if before else unit.start
        things = [m.end() for m in THING_JA.finditer(self.text, start, verb.start)]
        if not things or BODY_JA.search(self.text, unit.start, things[-1]):
            return False
        return not CLOSING_JA.search(self.text, things[-1], verb.start)

    def company(self, one: Mention, unit: Unit) -> tuple[str, ...]:
        """兵十と加助は; they: all who share the place of the subject."""
        near = self.reading.mentions_in(unit.start, one.start + 1)
        names = [one.name]
        for other in reversed(near):
            between = self.text[other.end : one.start]
            if other.start == one.start or between in ("と", "も", "や", " and ", " and the "):
                names.append(other.name)
        return tuple(dict.fromkeys(names))

    def deed(self, name: str, verb: Verb, unit: Unit) -> Deed | None:
        """None for what is no deed where it is done to nobody."""
        action, thing = verb.action, self.thing(verb, unit)
        if action == "peer":
            thing = "telescope"
        if action == "shoot":
            # A trigger is also pulled of a megaphone, and a camera shoots too.
            frames = hand_frames(self.text[unit.start : unit.end], self.reading.language)
            thing = thing or next((one.thing for one in frames if one.kind == "takes"), "gun")
            action = "shoot" if thing in WEAPONS else "hold"
        at_somebody = action in AT_SOMEBODY and not (thing and action in GRASPS)
        whom = self.keys.get(self.whom(name, verb, unit), "") if at_somebody else ""
        if action in NOT_ALONE and not whom:
            return None
        action = "reach" if action in GRASPS and not (whom or thing) else action
        span = Span(start=verb.start, end=verb.end)
        return Deed(who=self.keys[name], action=action, thing=thing, whom=whom, span=span)

    def whom(self, name: str, verb: Verb, unit: Unit) -> str:
        """By name: in Japanese whoever stands before the verb with a particle that leads to it, in English whoever is
        named or meant after it in its clause."""
        if self.japanese:
            near = self.reading.mentions_in(unit.start, verb.start)
            mark = TOWARDS_JA if verb.action in TOWARDS else TO_JA
            return next((m.name for m in reversed(near) if m.name != name and mark.match(self.text, m.end)), "")
        edge = CLAUSE_EN.search(self.text, verb.end, min(unit.end, verb.end + REACHES))
        end = edge.start() if edge else min(unit.end, verb.end + REACHES)
        named = [m for m in self.reading.mentions_in(verb.start, end) if m.name != name]
        meant = PRONOUN_EN.search(self.text, verb.start, named[0].start if named else end)
        return self.meant_by(meant, name) if meant else named[0].name if named else ""

    def last_named(self, place: int) -> str:
        """What `it` is: the thing that was last told of, in this sentence or the one before."""
        text = self.text
        low = max(text.rfind(". ", 0, max(0, text.rfind(". ", 0, place))), text.rfind("\n", 0, place), 0)
        found = things_named(text[low:place], self.reading.language, handled=True)
        return found[-1].name if found else ""

    def meant_by(self, pronoun: re.Match[str], doer: str) -> str:
        """Who was last told of before it and can be called so; a hand of his is the doer's own where it may be."""
        wanted = GENDER.get(pronoun.group().lower())
        own = pronoun["own"] and self.genders.get(doer) == wanted
        return "" if own else self.last_but(doer, pronoun.start(), wanted)

    def last_but(self, doer: str, place: int, gender: str | None = None) -> str:
        """The other one who was named last before a place, and can be of that gender."""
        near = reversed(self.reading.mentions_in(max(0, place - FAR), place))
        others = (m.name for m in near if m.name != doer and m.name in self.keys)
        return next((n for n in others if gender is None or self.genders.get(n, gender) in (gender, "neutral")), "")

    def thing(self, verb: Verb, unit: Unit) -> str:
        """What it is done with: what a verb of handling handles; of another verb, what is named right before it in
        Japanese and right after it in English."""
        told, start, end = self.text[unit.start : unit.end], verb.start - unit.start, verb.end - unit.start
        if verb.action in HANDLES:
            frames = (one for one in hand_frames(told, self.reading.language) if start < one.end)
            frame = next((one for one in frames if one.start < end + HANDLED_WITHIN), None)
            if frame is not None:
                return bare(frame.thing) or self.last_named(verb.start)
            there = things_there(told[:start], self.reading.language) if verb.action in HANDS_OVER else ()
            return there[-1].name if there else ""
        for one in things_named(told, self.reading.language):
            between = told[one.end : start] if self.japanese else told[end : one.start]
            near = one.end <= start if self.japanese else end <= one.start
            if near and (DONE_TO_JA if self.japanese else DONE_TO_EN).fullmatch(between):
                real = is_literal(told, one.start, one.end, self.reading.language)
                return one.name if real else ""
        return ""
