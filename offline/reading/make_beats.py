"""Makes a beat of a moment: its lines with speakers, who is seen, who is only told of, what is felt and done."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set

from manga.brief import Language
from manga.plot import Beat, Deed, Emotion, Line, LineKind
from manga.values import Span
from offline.reading.deeds import BEHIND_JA, BOTH, SURE, DeedReader
from offline.reading.en.suppositions import SupposedStretch, stretches
from offline.reading.group_moments import stands_alone
from offline.reading.lexicon_tables import Lore, lore
from offline.reading.literal_words import is_remembered
from offline.reading.scene_place import Moment
from offline.reading.sound_quotes import ENDS, MOST, is_noise, sound_of
from offline.reading.story_reading import Mention, Quote, Reading
from offline.reading.thing_mentions import things_there
from offline.reading.told_pieces import Unit

HEARSAY = re.compile(r"(?:という|(?:だ|った)そう(?:だ|です)|とのこと(?:だ|です))。|, (?:they|people) said\b")

EARLIER = re.compile(
    r",?\s+ha[ds]\s+(?:(?:once|long|always|never|already|often|also|not)\s+)*"
    r"(?!(?:come|arrived|returned|entered|followed|joined|appeared|risen|sat|fallen|got|stopped)\b)"
    r"(?:been (?:one|an?|my|his|her|our|their|the)\b"
    r"|(?:[a-z]+(?:ed|wn|ne|ght|pt|ft|ken|ten|ven|den)|told|held|made|put)\b)"
)
"""Who had been a friend, or has told me so, is told back to, and not brought before us."""
GREAT = frozenset(
    ["shoot", "fight", "fall", "drop", "cry", "weep", "pray", "hug", "touch", "run", "kneel", "throw", "shout"]
)
"""Deeds in which whoever does them is surely seen."""
BODY = re.compile(
    r"の[^、。「」の]{0,8}(?:顔|目|眼|手|髪|頭|足|姿|肩|背中|頬|胸|指|口|首|額|涙)"
    r"|['’]s (?:\w+ ){0,2}(?:hair|face|eyes?|hands?|head|arms?|lips|cheeks?|shoulders?|fingers|feet|tears)\b"
)
MEANT = re.compile(
    r"\b(?:(?:for|about|like|than|without|(?:owned|written|made|sent|left) by)\s+(?:\w+\s)?|to\s+\w+\s+)$"
)
"""A present for Jim: he is thought of."""
LIKENED_JA = re.compile(r"(?:と同じ|のよう|みたい|に似|のごと|の如|[ほ程]ど?の[大高小])")
"""あの虎や白蛇と同じように: nobody is there whom something is only like."""
UNDONE = re.compile(r"(?:\b(?:not|never|nor)|n[’']t)\s(?:[a-z]+\s){1,3}$")
"""I did not go to the Captain."""
SOMEBODY = re.compile(r"\b(?:[Hh]e|[Ss]he)\b|[彼][女]?[はがも]")
"""Somebody who has been named before."""
WE = re.compile(r"\b[Ww]e\b")
"""Whoever tells the story, and who was last seen with the teller."""


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
    found = list(stretches(reading.source.text, unit.start, unit.end)) if reading.language is Language.EN else []
    remembered = reading.language is Language.JA and is_remembered(reading.source.text[unit.start : unit.end])
    for mention in reading.mentions_in(unit.start, unit.end):
        if mention.role in ("subject", "object"):
            once = bool(EARLIER.match(reading.source.text, mention.end)) or remembered
            yield mention, None if _is_teller(reading, mention) else _kind(found, mention, once=once)


def _is_teller(reading: Reading, mention: Mention) -> bool:
    """Whoever tells the story is there to tell it."""
    return reading.source.text[mention.start : mention.end] == "I"


def _kind(found: Sequence[SupposedStretch], mention: Mention, *, once: bool) -> bool | None:
    kinds = [stretch.habit for stretch in found if stretch.start <= mention.start < stretch.end]
    return all(kinds) if kinds or once else None


class BeatWriter:
    """Writes the beats of one story in order and counts their lines."""

    def __init__(self, reading: Reading, keys: dict[str, str]) -> None:
        self.reading = reading
        self.text = reading.source.text
        self.unseen = {keys[p.name] for p in reading.people if p.unseen and p.name in keys}
        self.keys = keys
        self.lore: Lore = lore(reading.language)
        self.lines = 0
        self.beats = 0
        self.teller = next((keys[p.name] for p in reading.people if p.narrator and p.name in keys), "")
        self.seen: tuple[str, ...] = ()
        self.together: tuple[str, ...] = ()
        self.met: set[str] = set()
        self.deeds = DeedReader(reading, keys)
        self.noises = sorted((q.start, q.end) for q in reading.quotes if q.kind.value == "noise")

    def write(self, moment: Moment, end: int, *, opens: bool = False) -> Beat:
        """`end` is where the next beat begins, so that beats leave no gap; `opens` when a scene begins."""
        self.beats += 1
        if opens:
            self.together = self.seen or self.together
            self.seen, self.met = (), set()
        told = "".join(self.text[u.start : u.end] + self.joint for u in moment if not u.spoken).strip()
        lines = tuple(self.line(unit, moment) for unit in moment if unit.whole)
        said = " ".join(line.text for line in lines if line.kind is not LineKind.NARRATION)
        absent = self.unseen | self.only_told_of(moment, told, lines)
        deeds = tuple(d for d in self.deeds.read(moment) if d.who not in absent)
        return Beat(
            key=f"b{self.beats:04d}",
            span=Span(start=moment[0].outer_start, end=end),
            told=told,
            lines=lines,
            present=self.present(moment, lines, deeds, absent),
            emotion=self.emotion(told, said),
            action=action_of(deeds),
            deeds=deeds,
            props=tuple(dict.fromkeys(one.name for one in things_there(told, self.reading.language)))[:4],
            sound=self.noise(moment) or self.sound_alone(moment) or self.lore.sound(told),
            reveal=self.lore.weight(told) >= 2.4 or stands_alone(self.reading.source, moment[0]),
        )

    @property
    def joint(self) -> str:
        return "" if self.reading.language.value == "ja" else " "

    def line(self, unit: Unit, moment: Moment) -> Line:
        self.lines += 1
        span = Span(start=unit.start, end=unit.end)
        quote = unit.quote
        speaker = next((self.keys[n] for n in quote.speakers if n in self.keys), None) if quote else None
        return Line(
            key=f"l{self.lines:04d}",
            kind=unit.kind,
            text=self.text[unit.start : unit.end],
            ruby=self.reading.source.rubies_in(span),
            span=span,
            speaker=speaker,
            confidence=self.confidence(quote, speaker),
            addressee=self.addressee(unit, moment, speaker),
        )

    def confidence(self, quote: Quote | None, speaker: str | None) -> float:
        """Narration and signs need no speaker; a voice without a body is never sure enough for a tail."""
        if quote is None:
            return 1.0
        if speaker is None:
            return 0.0 if quote.kind.spoken else 1.0
        doubted = speaker in self.unseen
        return round(min(quote.confidence, 0.55) if doubted else quote.confidence, 2)

    def addressee(self, unit: Unit, moment: Moment, speaker: str | None) -> str | None:
        """The other voice of the same moment."""
        if speaker is None or unit.kind in (LineKind.THOUGHT, LineKind.MONOLOGUE):
            return None
        voices = [self.keys.get(n) for u in moment if u.quote for n in u.quote.speakers[:1]]
        return next((v for v in voices if v and v != speaker), None)

    def only_told_of(self, moment: Moment, told: str, lines: tuple[Line, ...]) -> frozenset[str]:
        """What is known by hearsay or only supposed is not before us: in its moment only those are who speak or were
        there before."""
        voices = {line.speaker for line in lines if line.speaker and line.confidence >= SURE}
        if by_hearsay(told):
            return frozenset(self.keys.values()) - self.met - voices
        there = {name for name, key in self.keys.items() if key in self.met}
        away = only_supposed(self.reading, moment, there)
        return frozenset(self.keys[name] for name in away if name in self.keys) - voices

    def present(
        self, moment: Moment, lines: tuple[Line, ...], deeds: tuple[Deed, ...], absent: Set[str]
    ) -> tuple[str, ...]:
        """Speakers, and those who do something or have something done to them, unless somebody only thinks of them."""
        named = self.reading.mentions_in(moment[0].outer_start, moment[-1].outer_end)
        models = {deed.who for deed in deeds if all(deed.action == "think" for deed in deeds)}
        active = [
            self.keys[m.name]
            for m in named
            if m.name in self.keys and self.is_seen(m) and not (models and m.role == "object")
        ]
        active = [
            *active,
            *self.both(" ".join(self.text[u.start : u.end] for u in moment if not u.spoken)),
        ]
        voices = [
            line.speaker for line in lines if line.speaker and (line.confidence >= SURE or line.speaker in self.met)
        ]
        found = tuple(
            key
            for key in dict.fromkeys([*voices, *active, *models, *(d.who for d in deeds if d.action in GREAT)])
            if key not in absent
        )
        words = " ".join(self.text[u.start : u.end] for u in moment if not u.spoken)
        if not found and self.teller and WE.search(words):
            found = tuple(dict.fromkeys([self.teller, *(self.seen or self.together)]))[:2]
        if not found and SOMEBODY.search(words):
            return self.seen[:1]
        if not found and self.lore.action(" ".join(self.text[u.start : u.end] for u in moment)):
            return self.seen[:2]
        self.seen = found or self.seen
        self.met |= set(found)
        return found[:6]

    def both(self, words: str) -> tuple[str, ...]:
        """二人は: the two who were last told of."""
        last = self.deeds.both if BOTH.search(words) else ()
        return tuple(self.keys[name] for name in last if name in self.keys)

    def cried(self, mention: Mention) -> bool:
        """Her Jim! A name that is a whole sentence is thought, not seen."""
        alone = re.match(r"\s*[.!?]", self.text[mention.end : mention.end + 3])
        return bool(
            alone and re.search(r"(?:^|[.!?]\s+)(?:\w+\s)?$", self.text[max(0, mention.start - 16) : mention.start])
        )

    def is_seen(self, mention: Mention) -> bool:
        """Whoever acts or is acted on, and whose face, hand or hair is told of; nobody who is told to be away."""
        if self.lore.pattern("away").match(self.text[mention.end : mention.end + 60]):
            return False
        if self.cried(mention) or LIKENED_JA.match(self.text, mention.end):
            return False
        before = self.text[max(0, mention.start - 24) : mention.start]
        if mention.role == "object" and (MEANT.search(before) or UNDONE.search(before)):
            return False
        if mention.role == "owner":
            return bool(BODY.match(self.text, mention.end))
        return mention.role in ("subject", "object")

    def emotion(self, told: str, said: str) -> Emotion:
        feeling = self.lore.emotion("" if BEHIND_JA.match(told) else told)
        if feeling is not Emotion.NEUTRAL:
            return feeling
        return self.lore.emotion(said)

    def noise(self, moment: Moment) -> str:
        """A quotation that only names a sound: どの魚も、「とぼん」と音を立てながら"""
        start, end = moment[0].outer_start, moment[-1].outer_end
        at = bisect_left(self.noises, (start, 0))
        if at == len(self.noises) or self.noises[at][0] >= end:
            return ""
        low, high = self.noises[at]
        words = self.text[low:high]
        return words.strip(ENDS)[:MOST] if is_noise(words) or self.joint else self.lore.sound(words + "と")

    def sound_alone(self, moment: Moment) -> str:
        """A sentence that is nothing but a sound: ガチャリ。"""
        told = (self.text[u.start : u.end] for u in moment if u.whole and not u.spoken)
        return next((bare for words in told if (bare := sound_of(words)) and bare not in self.keys), "")


def action_of(deeds: tuple[Deed, ...]) -> str:
    """The word for the whole beat: its last great deed, else the last one that is more than looking and thinking."""
    order = [d.action for d in reversed(deeds)]
    great = next((a for a in order if a in GREAT), "")
    return great or next((a for a in order if a.partition(" ")[0] not in ("look", "think")), order[0] if order else "")
