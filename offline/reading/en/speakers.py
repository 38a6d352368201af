"""Finds what kind of words each English quote holds, and who speaks it, with confidence."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from offline.lexicon import load, pattern
from offline.reading.en.dialogue_speakers import EnglishDialogue
from offline.reading.en.people import Crowd
from offline.reading.en.pronouns import Pronouns
from offline.reading.story_reading import Mention, Quote, QuoteKind, masked, with_voice

NAMING = re.compile(r"(?:name|read|called|[Tt]he|sign|word|title|of)\s*:?\s*$")
CALLED_OUT = re.compile(r"\bcalled\s*(?:out)?[,:]\s*$")
SIGN = re.compile(r"\b(?:read|reads|sign|card|notice|placard|label|inscription)\b[^_]{0,25}$")


def kind_of(words: str, before: str, after: str, tagged: bool) -> QuoteKind:
    """`before` and `after` are the masked text of the paragraph up to the neighbouring quotes."""
    said = load("reader_en")["said"]
    unmarked = words[-1:] not in ",.!?;:—-…" and not tagged
    named = words.endswith(".") and re.search(r"\b(?:name|read|called|word|sign)\b[^_]{0,12}$", before)
    naming = NAMING.search(before) and not tagged and not CALLED_OUT.search(before)
    if unmarked or named or naming:
        long_speech = len(words.split()) > 6 or (
            re.search(rf"\b(?:{said})[^.]{{0,30}}[,:]?\s*$", before) and len(words.split()) > 2
        )
        if SIGN.search(before):
            return QuoteKind.SIGN
        if not long_speech:
            return QuoteKind.TERM
    return loudness(words, before, after)


def loudness(words: str, before: str, after: str) -> QuoteKind:
    near = f"{before[-40:]} | {after[:40]}"
    if re.search(r"\bthought\b[^_]{0,12}$", before) or re.match(r"\s*(?:\w+ )?thought\b", after):
        return QuoteKind.THOUGHT
    if len(words) > 60 and pattern("reader_en", "letter").search(before[-60:]) and before.rstrip().endswith(":"):
        return QuoteKind.LETTER
    rows = (
        (pattern("reader_en", "telephone").search(near), QuoteKind.TELEPHONE),
        (pattern("reader_en", "whisper").search(near), QuoteKind.WHISPER),
        (re.search(r"\bsang\b", near) and "\n" in words, QuoteKind.SONG),
        (pattern("reader_en", "shout").search(near), QuoteKind.SHOUT),
    )
    return next((kind for said, kind in rows if said), QuoteKind.SPEECH)


CONFIDENCE = {
    "split_quote": 0.88,
    "said_someone": 0.96,
    "someone_said": 0.9,
    "named_outright": 0.9,
    "named_before": 0.78,
    "words_of": 0.75,
    "first_in_paragraph": 0.7,
    "actor_before": 0.6,
    "actor_after": 0.5,
    "turns": 0.6,
    "someone_near": 0.4,
    "nobody": 0.0,
}
TALK = 3
"""Words of a line from which it is more than a noise."""
GUESSES = ("turns", "someone_near", "actor_before", "actor_after")
NOUN_PHRASE = (
    r"((?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Aa]n?|one of the)\s(?:[A-Za-z-]+\s){0,3}?[A-Za-z-]+"
    r"|(?:Mr|Mrs|Mme|Dr)\.\s[A-Z][a-z]+|[A-Z][a-z-]+(?:\s[A-Z][a-z]+)?|he|she|they|it|He|She|They|It|I)"
)
NO_SUBJECT = re.compile(
    r"\b(?:to|at|of|with|for|from|on|upon|by|that|overheard|comforted|fetch|cook|awoke|bade|like)\s(?:the\s|an?\s|his\s|her\s|their\s)?(?:[a-z]+\s)?$"
)
RELATIVE = re.compile(r",? who(?:\s[a-z]+){0,3},?\s*$")
WORDS_OF = re.compile(r"\b(his|her) (?:\w+ )?(?:words|voice|reply|answer|confession|message)[.:—-]+\s*$")
LAST_WORDS = 50
Found = tuple[tuple[str, ...], str] | None


@dataclass(frozen=True, slots=True)
class QuoteInParagraph:
    """One quote within its paragraph: the masked text back to the quote before and on to the next."""

    quote: Quote
    words: str
    kind: QuoteKind
    before_start: int
    before: str
    after: str
    follows: bool

    @property
    def ends_open(self) -> bool:
        """A comma, question mark or dash: the sentence may go on after the quote."""
        return self.words.endswith((",", "?", "!", ";", "—", "--", "-"))


def attribute(text: str, quotes: list[Quote], crowd: Crowd) -> list[Quote]:
    finder = EnglishSpeakers(text, quotes, crowd)
    for index in range(len(quotes)):
        finder.decide(index)
    return EnglishDialogue(text, finder.blotted, crowd, finder.tags).weighed(finder.done)


class EnglishSpeakers:
    """Goes through the quotes once and remembers who spoke."""

    def __init__(self, text: str, quotes: list[Quote], crowd: Crowd) -> None:
        self.text = text
        self.quotes = quotes
        self.crowd = crowd
        self.blotted = masked(text, quotes)
        self.said = str(load("reader_en")["said"])
        self.pronouns = Pronouns(self.blotted, crowd)
        self.done: list[Quote] = []
        self.history: list[tuple[str, ...]] = []
        self.tags: dict[int, str] = {}
        self.rules: tuple[Callable[[QuoteInParagraph], Found], ...] = (
            self.said_someone,
            self.split_quote,
            self.someone_said,
            self.named_before,
            self.first_in_paragraph,
            self.words_of,
            self.actor_before,
            self.actor_after,
            self.taking_turns,
        )

    def decide(self, index: int) -> None:
        place = self.look_around(index)
        if not place.kind.spoken:
            self.done.append(with_voice(place.quote, place.kind, (), 1.0, "no_voice"))
            return
        speakers, rule = self.not_called(place, next((f for rule in self.rules if (f := rule(place))), ((), "nobody")))
        if speakers and (not self.history or self.history[-1] != speakers):
            self.history.append(speakers)
        self.done.append(with_voice(place.quote, place.kind, speakers, CONFIDENCE[rule], rule))

    def look_around(self, index: int) -> QuoteInParagraph:
        quote = self.quotes[index]
        start = self.text.rfind("\n", 0, quote.outer_start) + 1
        end = self.text.find("\n", quote.outer_end)
        end = len(self.text) if end < 0 else end
        previous = self.quotes[index - 1] if index and self.quotes[index - 1].outer_start >= start else None
        following = self.quotes[index + 1] if index + 1 < len(self.quotes) else None
        before_start = previous.outer_end if previous else start
        before = self.blotted[before_start : quote.outer_start]
        after = self.blotted[
            quote.outer_end : following.outer_start if following and following.outer_end <= end else end
        ]
        words = self.text[quote.start : quote.end]
        kind = kind_of(words, before, after, self.tag_after(after))
        return QuoteInParagraph(quote, words, kind, before_start, before, after, previous is not None)

    def tag_after(self, after: str) -> bool:
        return bool(re.match(rf"\s*(?:{NOUN_PHRASE}\s(?:{self.said})\b|(?:{self.said})\b)", after))

    def resolve(self, phrase: str, place: int) -> tuple[str, ...]:
        """A noun phrase or pronoun to names."""
        if phrase.strip().lower() in ("he", "she", "they", "it", "i"):
            return self.pronouns.who(phrase.strip(), place)
        near = self.crowd.near(place, place + len(phrase) + 1)
        return tuple(dict.fromkeys(m.name for m in near))

    def said_someone(self, place: QuoteInParagraph) -> Found:
        """“…” said Jim"""
        match = re.match(rf"\s*(?:{self.said})\s(?:out\s)?{NOUN_PHRASE}", place.after)
        who = self.resolve(match.group(1), place.quote.outer_end + match.start(1)) if match else ()
        self.remember(place, match)
        return (who, "said_someone") if who else None

    def split_quote(self, place: QuoteInParagraph) -> Found:
        """“…,” said Jim, “…” has one speaker."""
        last = self.done[-1] if self.done else None
        if not place.follows or last is None or not last.speakers or last.kind.inline:
            return None
        between = place.before.strip()
        if not re.match(rf"(?:{NOUN_PHRASE}\s)?(?:[a-z]+\s){{0,1}}(?:{self.said})\b", between):
            return None
        new_tag = re.search(rf"\b(?:{self.said})[,:]?$", between)
        goes_on = place.words[:1].islower() or between.endswith((",", ";"))
        closed = between.endswith(".") and len(between) < 70 and not new_tag
        return (last.speakers, "split_quote") if goes_on or closed else None

    def someone_said(self, place: QuoteInParagraph) -> Found:
        """“…” Jim said"""
        match = re.match(rf"\s*{NOUN_PHRASE}\s(?:[a-z]+\s){{0,2}}?(?:{self.said})\b", place.after)
        if not match or not place.ends_open:
            return None
        who = self.resolve(match.group(1), place.quote.outer_end + match.start(1))
        self.remember(place, match)
        return (who, "someone_said") if who else None

    def remember(self, place: QuoteInParagraph, match: re.Match[str] | None) -> None:
        """A pronoun of a tag, which fits more people than the one it was taken for."""
        if match and match.group(1).lower() in ("he", "she", "they"):
            self.tags[place.quote.start] = match.group(1).lower()

    def named_before(self, place: QuoteInParagraph) -> Found:
        """Jim turned and said, “…”"""
        sentence = re.split(r"(?<=[.!?])\s|\n", place.before)[-1]
        start = place.quote.outer_start - len(sentence)
        verbs = list(re.finditer(rf"\b(?:{self.said})\b", sentence))
        open_end = re.search(r"[,:]\s*$", sentence) or re.search(rf"\b(?:{self.said})[^,.]{{0,45}}[,:]?\s*$", sentence)
        if not verbs or not open_end:
            return None
        who = self.subject_of(start, sentence[: verbs[-1].start()])
        outright = any(
            who == (m.name,) for m in self.crowd.near(start, start + verbs[-1].start()) if m.role == "subject"
        )
        return (who, "named_outright" if outright else "named_before") if who else None

    def subject_of(self, start: int, head: str) -> tuple[str, ...]:
        """The last name or pronoun of a clause that can be its subject: of the Tortoise, who replied."""
        meant = RELATIVE.search(head)
        if meant is not None:
            place = start + meant.start()
            own = [m.name for m in self.crowd.near(start, place + 1) if m.end == place]
            if own:
                return (own[-1],)
        named: list[tuple[int, Mention | str]] = [
            (m.start, m) for m in self.crowd.near(start, start + len(head)) if self.can_speak(start, m)
        ]
        named += [(start + m.start(), m.group()) for m in re.finditer(r"\b(?:[Hh]e|[Ss]he|[Tt]hey|I)\b", head)]
        if not named:
            return ()
        named.sort(key=lambda item: item[0])
        place, last = named[-1]
        if isinstance(last, str):
            return self.pronouns.who(last, place)
        before = named[-2][1] if len(named) > 1 else None
        if isinstance(before, Mention) and re.fullmatch(r",? and (?:the )?", self.blotted[before.end : place]):
            return (before.name, last.name)
        return (last.name,)

    def can_speak(self, start: int, mention: Mention) -> bool:
        return mention.role != "owner" and not NO_SUBJECT.search(
            self.blotted[max(start, mention.start - 26) : mention.start]
        )

    def first_in_paragraph(self, place: QuoteInParagraph) -> Found:
        if place.follows or not re.search(r"[,:]\s*$", place.before):
            return None
        near = self.crowd.near(place.before_start, place.quote.outer_start)
        return ((near[0].name,), "first_in_paragraph") if near else None

    def words_of(self, place: QuoteInParagraph) -> Found:
        """I bent over him and drank in his words. “…”"""
        low = max(0, place.quote.outer_start - LAST_WORDS)
        match = WORDS_OF.search(self.blotted[low : place.quote.outer_start])
        who = self.pronouns.who(match.group(1), low + match.start(1)) if match and not place.follows else ()
        return (who, "words_of") if who else None

    def actor_before(self, place: QuoteInParagraph) -> Found:
        """The sentence before the quote has a subject and nothing else to offer."""
        sentences = [s for s in re.split(r"(?<=[.!?])\s+", place.before.strip()) if s.strip(" _")]
        if not place.before.strip(" ._") or not sentences:
            return None
        start = place.before.rfind(sentences[-1]) + place.before_start
        opener = re.match(r"(?:And |But |So |Then |Now |At last |Here )?([Hh]e|[Ss]he|[Tt]hey|I)\b", sentences[-1])
        if opener:
            who = self.pronouns.who(opener.group(1), start + opener.start(1))
        else:
            who = tuple(m.name for m in self.crowd.near(start, place.quote.outer_start)[:1])
        return (who, "actor_before") if who else None

    def actor_after(self, place: QuoteInParagraph) -> Found:
        if not place.after.strip(" ._"):
            return None
        end = place.quote.outer_end
        opener = re.match(r"\s*([Hh]e|[Ss]he|[Tt]hey|I)\b", place.after)
        who = self.pronouns.who(opener.group(1), end + opener.start(1)) if opener else ()
        who = who or tuple(m.name for m in self.crowd.near(end, end + 60)[:1])
        return (who, "actor_after") if who else None

    def taking_turns(self, place: QuoteInParagraph) -> Found:
        recent = list(dict.fromkeys(reversed(self.history[-12:])))
        if len(recent) >= 2:
            return recent[1], "turns"
        known = recent[0] if recent else ()
        start = place.quote.outer_start
        others = [m.name for m in self.crowd.near(max(0, start - 1200), start) if m.name not in known]
        return ((others[-1],), "someone_near") if others else None

    def not_called(self, place: QuoteInParagraph, found: tuple[tuple[str, ...], str]) -> tuple[tuple[str, ...], str]:
        """Nobody calls himself: “Isn't it a dandy, Jim?” is not Jim's."""
        speakers, rule = found
        if rule not in GUESSES or len(speakers) != 1:
            return found
        name = re.escape(speakers[0].removeprefix("the "))
        called = re.search(rf"(?:^|[,!?.] ){name}[,!?.]|, (?:my |dear )*{name}$", place.words)
        if not called:
            return found
        others = [who for who in reversed(self.history) if who != speakers]
        return (others[0], rule) if others else found
