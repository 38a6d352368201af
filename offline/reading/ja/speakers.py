"""Finds the kind, speaker and confidence of each quote of a Japanese story.

A rule is asked after the other and the first that answers makes a guess; then all guesses are weighed together.
"""

import re
from collections.abc import Callable

from offline.lexicon import load, pattern
from offline.reading.ja.after_quotes import Afterwards
from offline.reading.ja.clause_subjects import Clauses
from offline.reading.ja.crowds_and_voices import Bodiless, Crowds
from offline.reading.ja.dialogue_speakers import conversation
from offline.reading.ja.evidence_for_people import speech_or_thought
from offline.reading.ja.people import People
from offline.reading.ja.quote_place import QuotePlace
from offline.reading.ja.turn_taking import Turns
from offline.reading.speaker_scorer import Conversation
from offline.reading.story_reading import Quote, QuoteKind, masked, with_voice

TERM = re.compile(r"(?:という|といふ|って|の|は|が|を|に|と云う|と呼|なる|だの|や|など)")
WRITTEN = re.compile(r"と、?[^。、「]{0,12}(?:書い|記され|印刷)")
VOICE = re.compile(r"と(?:いう|云う|言う)[^。、]{0,20}(?:声|言葉|返事|叫び|命令)")
KATAKANA = re.compile(r"[ァ-ヴー。！!\s・…]+")
LOUD = re.compile(r"(?<!…)[！!]{2,}$|[っッ][！!]$")
OUTCRY = re.compile(
    r"(?:(?:こら|おい|待[てっち]|まて|やめ|止め|逃げ|にげ|危な|あぶな|助け|たすけ|だめ|いや|嫌|うるさ|くそ|ばか|馬鹿|黙れ|だまれ|来るな|よくな|走れ|急げ|行け|撃て"
    r"|止まれ|とまれ|返せ|放せ|離せ|出て行|うわ|きゃ|ぎゃ|わっ)[^。…]{0,10}|[^、。…]{1,6}[ろれえけせめ])(?:！|!)"
)
"""A cry, an order or a scolding; ただいま！ is none, nor is a breath like じいちゃん……！"""
SHOWN = re.compile(r"[。＿「」]*[^。、＿]{0,6}(?:数字|文字|画面|表示|目盛り?|札|看板)(?=[をはがに])")
"""「残り三十」。壁の数字を見あげた: what is read off a wall."""
ON_A_DOOR = re.compile(r"(?:扉|裏側|戸)(?:[^。]{0,30}|が(?:一枚)?(?:あった|ありました)。)$")
"""また黒い扉がありました。 What stands alone between two blank lines behind it is written on it."""
NOISE = re.compile(r"\s*\u3000?と[^。]{0,12}(?:音|流れ|鳴り|ひび|響)")
SILENT = re.compile(
    r"(?:ず|ません|なかった|(?:笑|わら|泣|鳴|ほえ|黙|だま)[^。]{0,8})[^。]{0,10}。?\s*$"
    r"|(?:話|声|言葉|説明|返事|音|ひび|響)[をが]?[^。]{0,8}(?:聞|きい|きき|きこ)"
)
"""Someone laughs or listens, which leads into nobody's words."""
Found = tuple[tuple[str, ...], str] | None


def kind_of(text: str, blotted: str, quote: Quote, before: str, after: str) -> QuoteKind:
    """`before` and `after` are the masked text up to the neighbouring quotes."""
    words = text[quote.start : quote.end]
    silent = without_voice(text, blotted, quote, before, after, words)
    if silent:
        return silent
    if text[quote.outer_start] in "（(" or is_thought(after):
        return QuoteKind.THOUGHT
    near = after[:24] + before[-24:]
    if "\n" in words and re.search(r"歌|うた|唄", near):
        return QuoteKind.SONG
    if len(words) > 20 and pattern("reader_ja", "letter").search(near) and re.search(r"書|読|綴|あった", near):
        return QuoteKind.LETTER
    return loudness(words, before, after)


def without_voice(text: str, blotted: str, quote: Quote, before: str, after: str, words: str) -> QuoteKind | None:
    inline = not re.search(r"\n\u3000?$", before) and quote.outer_start > 0
    alone = text[: quote.outer_start].endswith("\n\n") and text.startswith("\n\n", quote.outer_end)
    around = (
        blotted[max(0, quote.outer_start - 70) : quote.outer_start] + blotted[quote.outer_end : quote.outer_end + 40]
    )
    if alone and pattern("reader_ja", "letter").search(around):
        return None
    if alone and (ON_A_DOOR.search(before.strip("\n \u3000")[-60:]) or pattern("reader_ja", "sign").search(around)):
        return QuoteKind.SIGN
    if re.match(r"と(?:音|、?音)", after) or (KATAKANA.fullmatch(words) and NOISE.match(after)):
        return QuoteKind.NOISE
    if len(words) <= 30 and (WRITTEN.match(after) or (inline and SHOWN.match(blotted, quote.outer_end))):
        return QuoteKind.SIGN
    if inline and TERM.match(after) and not VOICE.match(after) and len(words) <= 30:
        return QuoteKind.TERM
    return None


def is_thought(after: str) -> bool:
    """「…」と、狐は思いました; but 「うん」狐は、つまらないなと思いました has a thought of its own."""
    return bool(
        re.match(rf"\s*\u3000?(?:と、?[^。「]{{0,22}}|、?[^。「]{{0,21}}(?<!と)){load('reader_ja')['think']}", after)
    )


def loudness(words: str, before: str, after: str) -> QuoteKind:
    tag = re.match(r"\s*\u3000?と[^。「]{0,30}", after)
    lead = re.search(r"[^。」]{0,16}、$", before.strip("\n \u3000"))
    near = (tag.group() if tag else "") + (lead.group() if lead else "")
    if pattern("reader_ja", "telephone").search(near):
        return QuoteKind.TELEPHONE
    if pattern("reader_ja", "whisper").search(near):
        return QuoteKind.WHISPER
    if pattern("reader_ja", "shout").search(near) or LOUD.search(words) or OUTCRY.match(words):
        return QuoteKind.SHOUT
    return QuoteKind.SPEECH


def attribute(text: str, quotes: list[Quote], people: People) -> list[Quote]:
    """Kinds and speakers for all quotes, in order."""
    heard, guesses = listen(text, quotes, people)
    return heard.decided(guesses)


def listen(text: str, quotes: list[Quote], people: People) -> tuple[Conversation, list[Quote]]:
    """Every quote with its kind and a first guess, and those that somebody speaks as a conversation."""
    finder = JapaneseSpeakers(text, quotes, people)
    for index in range(len(quotes)):
        finder.decide(index)
    return conversation(text, people, finder.clauses, finder.places, finder.done), finder.done


class JapaneseSpeakers:
    """Goes through the quotes once and remembers who spoke."""

    def __init__(self, text: str, quotes: list[Quote], people: People) -> None:
        self.text = text
        self.quotes = quotes
        self.blotted = masked(text, quotes)
        self.clauses = Clauses(self.blotted, people)
        self.turns = Turns(people)
        self.verbs = speech_or_thought()
        bodiless = Bodiless(self.blotted, self.clauses)
        crowds = Crowds(self.blotted, people, self.turns)
        after = Afterwards(text, self.blotted, self.clauses, self.turns)
        self.done: list[Quote] = []
        self.places: list[QuotePlace] = []
        self.rules: tuple[Callable[[QuotePlace], Found], ...] = (
            bodiless.words_of,
            bodiless.comes_into_view,
            self.said_after,
            self.same_paragraph,
            self.crying_out,
            self.acts_after,
            bodiless.voice_of,
            crowds.cries,
            self.named_before,
            self.this_said,
            after.says_after,
            self.resumed,
            self.thinker,
            self.began_to_speak,
            after.steps_in,
            after.reacts_after,
            self.topic_said,
            self.subject_nearby,
        )

    def decide(self, index: int) -> None:
        place = self.look_around(index)
        self.places.append(place)
        if not place.kind.spoken:
            self.done.append(with_voice(place.quote, place.kind, (), 1.0, "no_voice"))
            return
        speakers, rule = next((f for rule in self.rules if (f := rule(place))), None) or ((), "dialogue")
        self.turns.spoke(speakers)
        self.done.append(with_voice(place.quote, place.kind, speakers, 0.0, rule))

    def look_around(self, index: int) -> QuotePlace:
        quote = self.quotes[index]
        previous_end = self.quotes[index - 1].outer_end if index else 0
        following = self.quotes[index + 1].outer_start if index + 1 < len(self.quotes) else len(self.text)
        before = self.blotted[previous_end : quote.outer_start]
        after = self.blotted[quote.outer_end : following]
        kind = kind_of(self.text, self.blotted, quote, before, after)
        opening = self.after_tag(index, before, previous_end, quote.outer_start)
        told = self.blotted[opening : quote.outer_start].rstrip("\n \u3000")
        first = re.match(r"[^。]*", after)
        return QuotePlace(
            index=index,
            quote=quote,
            kind=kind,
            previous_end=previous_end,
            before=before,
            after=after,
            opening=opening,
            sentence=opening + max(told.rfind("。") + 1, 0),
            after_end=quote.outer_end + (first.end() if first else 0),
            tag=re.match(r"\s*\u3000?(?:と|とて)、?", after),
        )

    def after_tag(self, index: int, before: str, previous_end: int, start: int) -> int:
        """Where the sentence that closes the quote before (「…」と、Xは言いました。) is over."""
        if not index or not re.match(r"\s*\u3000?と", before):
            return previous_end
        stop = before.find("。")
        if before.strip("\n \u3000").endswith("、"):
            return previous_end
        return previous_end + stop + 1 if stop >= 0 else start

    def tag_clause(self, place: QuotePlace) -> tuple[int, str, re.Match[str] | None]:
        """What follows と after the quote, up to the full stop, and the verb of saying in it."""
        if not place.tag:
            return 0, "", None
        start = place.quote.outer_end + place.tag.end()
        clause = self.blotted[start : place.after_end]
        return start, clause, self.verbs.search(clause)

    def said_after(self, place: QuotePlace) -> Found:
        start, _, verb = self.tag_clause(place)
        if not verb:
            return None
        who = self.clauses.subject(start, start + verb.start() + 1, last=False)
        return (who, "said_after") if who else None

    def same_paragraph(self, place: QuotePlace) -> Found:
        before = re.sub(r"^\n\u3000?(?=と)", "", place.before)
        if not self.done or "\n" in before or not before.strip() or len(before) >= 70 or not self.done[-1].speakers:
            return None
        who = self.clauses.subject(place.previous_end, place.quote.outer_start, topic=True)
        if who and not set(who) & set(self.done[-1].speakers):
            return None
        return self.done[-1].speakers, "same_paragraph"

    def crying_out(self, place: QuotePlace) -> Found:
        """「…」とさけびながら、Xが"""
        start, clause, verb = self.tag_clause(place)
        joint = re.search(r"(?:ながら|して|て|と)、", clause) if verb else None
        if not joint:
            return None
        near = self.clauses.subjects(start + joint.end() - 1, start + joint.end() + 5)
        if not near or not (
            place.inline or not place.running or not self.clauses.subject(place.sentence, place.quote.outer_start)
        ):
            return None
        return (near[0].name,), "crying_out"

    def acts_after(self, place: QuotePlace) -> Found:
        start, _, verb = self.tag_clause(place)
        if not place.tag or verb:
            return None
        who = self.clauses.subject(start, place.after_end, last=False)
        return (who, "acts_after") if who else None

    def named_before(self, place: QuotePlace) -> Found:
        if not place.running:
            return None
        end = place.quote.outer_start
        who = self.clauses.subject(place.sentence, end, topic=True) or self.clauses.subject(
            place.opening, end, topic=True
        )
        return (who, "named_before") if who else None

    def this_said(self, place: QuotePlace) -> Found:
        """「…」　こう言って、Xは / Xはこう言いました。"""
        clause = place.first_after
        pointing = re.match(r"(?:こう|そう|こんな|この)", clause) and self.verbs.search(clause[:14])
        named = re.match(r"[^、。]{1,24}は、?(?:こう|そう|こんなこと)", clause)
        if not clause or not (pointing or named):
            return None
        who = self.clauses.subject(place.quote.outer_end, place.after_end, last=False)
        return (who, "this_said") if who else None

    def resumed(self, place: QuotePlace) -> Found:
        """「もしお前が――」と老人は見つめました。「もしお前が…": the one who broke off goes on."""
        last = self.done[-1] if self.done else None
        if last is None or not last.speakers or not re.search(r"[―…─]$", self.text[last.start : last.end]):
            return None
        who = self.clauses.subject(place.previous_end, place.quote.outer_start, topic=True)
        return (last.speakers, "resumed") if who and set(who) & set(last.speakers) else None

    def thinker(self, place: QuotePlace) -> Found:
        if place.kind is not QuoteKind.THOUGHT:
            return None
        who = self.clauses.subject(place.opening, place.quote.outer_start, topic=True)
        if who:
            return who, "thinker"
        before = [q.speakers for q in self.done[-30:] if q.kind is QuoteKind.THOUGHT and q.speakers]
        return (before[-1], "same_thinker") if before else None

    def began_to_speak(self, place: QuotePlace) -> Found:
        """Xが言い出しました。「"""
        told = self.blotted[place.opening : place.quote.outer_start].rstrip("\n \u3000")
        sentence = place.opening + max(told.rstrip("。").rfind("。") + 1, 0)
        tail = self.blotted[sentence : place.quote.outer_start].rstrip("\n \u3000")
        if not place.gap or not re.search(rf"(?:{self.verbs.pattern})[^。]{{0,12}}。?\s*$", tail):
            return None
        if SILENT.search(tail):
            return None
        who = self.clauses.subject(sentence, place.quote.outer_start, topic=True)
        closes = self.closes_last(place) and self.done and who == self.done[-1].speakers
        return (who, "began_to_speak") if who and not closes else None

    def closes_last(self, place: QuotePlace) -> bool:
        """One sentence between two quotes that says how the first was spoken."""
        return place.gap.count("。") <= 1 and bool(self.verbs.search(place.gap)) and not place.running

    def topic_said(self, place: QuotePlace) -> Found:
        _, _, verb = self.tag_clause(place)
        if not verb or not place.gap:
            return None
        who = self.clauses.subject(place.opening, place.quote.outer_start, topic=True)
        return (who, "topic_said") if who else None

    def subject_nearby(self, place: QuotePlace) -> Found:
        if not place.gap:
            return None
        end = place.quote.outer_end
        after = [m for m in self.clauses.subjects(end, end + 7) if self.clauses.is_topic(m)]
        if after and not place.tag:
            return (after[0].name,), "subject_after"
        who = self.clauses.subject(place.opening, place.quote.outer_start, topic=True)
        if who and not (who == self.turns.last and self.closes_last(place)):
            return who, "subject_before"
        return None
