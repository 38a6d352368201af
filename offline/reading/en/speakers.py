"""Finds what kind of words each English quote holds, and what stands beside it that tells who speaks it."""

import re
from dataclasses import dataclass

from offline.lexicon import load, pattern
from offline.lexicon import words as words_of
from offline.reading.en.people import Crowd
from offline.reading.en.pronouns import Pronouns
from offline.reading.en.speaker_signs import EnglishLine, Lead, conversation
from offline.reading.speaker_scorer import Conversation
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


@dataclass(frozen=True, slots=True)
class QuoteInParagraph:
    """One quote within its paragraph: the masked text back to the quote before and on to the next."""

    quote: Quote
    words: str
    kind: QuoteKind
    paragraph: int
    before_start: int
    before: str
    after: str
    follows: bool

    @property
    def ends_open(self) -> bool:
        """A comma, question mark or dash: the sentence may go on after the quote."""
        return self.words.endswith((",", "?", "!", ";", "—", "--", "-"))


def attribute(text: str, quotes: list[Quote], crowd: Crowd) -> list[Quote]:
    """Kinds and speakers for all quotes, in order."""
    heard, guesses = listen(text, quotes, crowd)
    return heard.decided(guesses)


def listen(text: str, quotes: list[Quote], crowd: Crowd) -> tuple[Conversation, list[Quote]]:
    """Every quote with its kind, and those that somebody speaks as a conversation."""
    finder = EnglishSpeakers(text, quotes, crowd)
    guesses = [finder.decide(index) for index in range(len(quotes))]
    return conversation(text, finder.blotted, crowd, finder.lines), guesses


class EnglishSpeakers:
    """Goes through the quotes once, and asks what stands beside each."""

    def __init__(self, text: str, quotes: list[Quote], crowd: Crowd) -> None:
        self.text = text
        self.quotes = quotes
        self.crowd = crowd
        self.blotted = masked(text, quotes)
        self.said = str(load("reader_en")["said"])
        self.pronouns = Pronouns(self.blotted, crowd)
        self.lines: list[EnglishLine] = []

    def decide(self, index: int) -> Quote:
        place = self.look_around(index)
        if not place.kind.spoken:
            return with_voice(place.quote, place.kind, (), 1.0, "no_voice")
        split = self.splits(place)
        leads = self.leads(place, split=split)
        first = leads[0] if leads else Lead((), "split" if split else "dialogue")
        guess = with_voice(place.quote, place.kind, first.who, 0.0, first.sign)
        self.lines.append(EnglishLine(guess, place.words, leads=leads, split=split, paragraph=place.paragraph))
        return guess

    def leads(self, place: QuoteInParagraph, *, split: bool) -> tuple[Lead, ...]:
        """The tag of a quote, or else all that its paragraph tells of people who may say it."""
        tags = (self.said_someone,) if split else (self.said_someone, self.someone_said, self.named_before)
        tag = next((lead for rule in tags if (lead := rule(place))), None)
        if tag or split:
            return (tag,) if tag else ()
        told = (self.first_in_paragraph, self.words_of, self.actor_before, self.actor_after)
        return tuple(lead for rule in told if (lead := rule(place)))

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
        return QuoteInParagraph(quote, words, kind, start, before_start, before, after, previous is not None)

    def tag_after(self, after: str) -> bool:
        return bool(re.match(rf"\s*(?:{NOUN_PHRASE}\s(?:{self.said})\b|(?:{self.said})\b)", after))

    def resolve(self, phrase: str, place: int) -> tuple[str, ...]:
        """A noun phrase or pronoun to names."""
        if phrase.strip().lower() in ("he", "she", "they", "it", "i"):
            return self.pronouns.who(phrase.strip(), place)
        near = self.crowd.near(place, place + len(phrase) + 1)
        return tuple(dict.fromkeys(m.name for m in near))

    def tag(self, match: re.Match[str] | None, start: int, sign: str) -> Lead | None:
        """Somebody by name, or by a pronoun or a word for anybody, which may be more people than it was taken for."""
        who = self.resolve(match.group(1), start + match.start(1)) if match else ()
        return Lead(who, sign, short(match.group(1))) if match and who else None

    def said_someone(self, place: QuoteInParagraph) -> Lead | None:
        """“…” said Jim"""
        match = re.match(rf"\s*(?:{self.said})\s(?:out\s)?{NOUN_PHRASE}", place.after)
        return self.tag(match, place.quote.outer_end, "said_after")

    def someone_said(self, place: QuoteInParagraph) -> Lead | None:
        """“…” Jim said"""
        match = re.match(rf"\s*{NOUN_PHRASE}\s(?:[a-z]+\s){{0,2}}?(?:{self.said})\b", place.after)
        return self.tag(match if place.ends_open else None, place.quote.outer_end, "said_after")

    def splits(self, place: QuoteInParagraph) -> bool:
        """“…,” said Jim, “…” has one speaker."""
        if not place.follows or not self.lines or self.lines[-1].first.start < place.paragraph:
            return False
        between = place.before.strip()
        if not re.match(rf"(?:{NOUN_PHRASE}\s)?(?:[a-z]+\s){{0,1}}(?:{self.said})\b", between):
            return False
        new_tag = re.search(rf"\b(?:{self.said})[,:]?$", between)
        goes_on = place.words[:1].islower() or between.endswith((",", ";"))
        return goes_on or (between.endswith(".") and len(between) < 70 and not new_tag)

    def named_before(self, place: QuoteInParagraph) -> Lead | None:
        """Jim turned and said, “…”"""
        sentence = re.split(r"(?<=[.!?])\s|\n", place.before)[-1]
        start = place.quote.outer_start - len(sentence)
        verbs = list(re.finditer(rf"\b(?:{self.said})\b", sentence))
        open_end = re.search(r"[,:]\s*$", sentence) or re.search(rf"\b(?:{self.said})[^,.]{{0,45}}[,:]?\s*$", sentence)
        if not verbs or not open_end:
            return None
        who, word = self.subject_of(start, sentence[: verbs[-1].start()])
        return Lead(who, "named_before", word) if who else None

    def subject_of(self, start: int, head: str) -> tuple[tuple[str, ...], str]:
        """The last name or pronoun of a clause that can be its subject: of the Tortoise, who replied."""
        meant = RELATIVE.search(head)
        if meant is not None:
            place = start + meant.start()
            own = [m.name for m in self.crowd.near(start, place + 1) if m.end == place]
            if own:
                return (own[-1],), ""
        named: list[tuple[int, Mention | str]] = [
            (m.start, m) for m in self.crowd.near(start, start + len(head)) if self.can_speak(start, m)
        ]
        named += [(start + m.start(), m.group()) for m in re.finditer(r"\b(?:[Hh]e|[Ss]he|[Tt]hey|I)\b", head)]
        if not named:
            return (), ""
        named.sort(key=lambda item: item[0])
        place, last = named[-1]
        if isinstance(last, str):
            return self.pronouns.who(last, place), last.lower()
        before = named[-2][1] if len(named) > 1 else None
        if isinstance(before, Mention) and re.fullmatch(r",? and (?:the )?", self.blotted[before.end : place]):
            return (before.name, last.name), ""
        return (last.name,), short(last.name)

    def can_speak(self, start: int, mention: Mention) -> bool:
        return mention.role != "owner" and not NO_SUBJECT.search(
            self.blotted[max(start, mention.start - 26) : mention.start]
        )

    def first_in_paragraph(self, place: QuoteInParagraph) -> Lead | None:
        if place.follows or not re.search(r"[,:]\s*$", place.before):
            return None
        near = self.crowd.near(place.before_start, place.quote.outer_start)
        return Lead((near[0].name,), "first_in_paragraph") if near else None

    def words_of(self, place: QuoteInParagraph) -> Lead | None:
        """I bent over him and drank in his words. “…”"""
        low = max(0, place.quote.outer_start - LAST_WORDS)
        match = WORDS_OF.search(self.blotted[low : place.quote.outer_start])
        who = self.pronouns.who(match.group(1), low + match.start(1)) if match and not place.follows else ()
        return Lead(who, "words_of") if who else None

    def actor_before(self, place: QuoteInParagraph) -> Lead | None:
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
        return Lead(who, "actor_before") if who else None

    def actor_after(self, place: QuoteInParagraph) -> Lead | None:
        if not place.after.strip(" ._"):
            return None
        end = place.quote.outer_end
        opener = re.match(r"\s*([Hh]e|[Ss]he|[Tt]hey|I)\b", place.after)
        who = self.pronouns.who(opener.group(1), end + opener.start(1)) if opener else ()
        who = who or tuple(m.name for m in self.crowd.near(end, end + 60)[:1])
        return Lead(who, "actor_after") if who else None


def short(phrase: str) -> str:
    """The pronoun or the word for anybody that a phrase is, else nothing."""
    word = phrase.rsplit(maxsplit=1)[-1]
    known = word.islower() and word in words_of("reader_en", "anybody")
    return word.lower() if known or word.lower() in ("he", "she", "they") else ""
