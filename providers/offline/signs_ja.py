"""A Japanese quote, a person and the text around them in, the signs that this person speaks it out.

Each sign has a name that `weights_ja` weighs. Signs are of what is told before the quote (`lead`), of what is told
right after it (`after`), of names within it, and of the rule that made the first guess.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from providers.offline.afterwards_ja import APPEARS, HEARS
from providers.offline.aliases_ja import titles
from providers.offline.chain import Scores, State
from providers.offline.clauses_ja import Clauses
from providers.offline.evidence_ja import BODY
from providers.offline.habits_ja import KIN_WORDS, POLITE, endings, kin_root
from providers.offline.lexicon import pattern, table
from providers.offline.people_ja import People
from providers.offline.place_ja import Place
from providers.offline.reading import Person, Quote
from providers.offline.stage_ja import Stage
from providers.offline.weights_ja import SURE_RULES

TELLS_AFTER = frozenset(["comes_into_view", "reacts_after", "this_said", "subject_after", "said_after"])
"""Rules by which the narration after a quote tells of its speaker."""
ANSWER = re.compile(
    r"(?:うん|ううん|はい|ええ|いいえ|いえ|いや|ちが[うい]|違[うい]|そう(?:だ|です|さ|よ|ね|じゃ)|まあ|もちろん|だって|よくな|さよう)"
)
QUESTION = re.compile(r"(?:[？?]|か[ねいなよ]?。?|の[？?])…*$")
DOING = re.compile(r"何(?:を)?(?:して|やって)|なに(?:を)?して|どうした")
WOMAN = re.compile(
    r"わ(?:[。、！…]|よ|ね|$)|(?:の|な)の(?:よ|ね)?(?:[。？！]|$)|かしら|あたし|てちょうだい|なさい(?:[。！、よ]|$)|でしょう?(?:[。？]|$)|ですもの"
    r"|まし(?:て|た)の[。？]|(?:^|[。、])(?:あら|まあ)(?:[、。！…まい])|のよ|いいえ|もの[。！]"
)
MAN = re.compile(
    r"[ぜぞ](?:[。！、]|$)|だろう?(?:[。？！がよ]|$)|おれ|俺|僕|ぼく|ねえ(?:[よか。]|$)|やがる|かよ(?:[。！？]|$)|てめ|くれ(?:[。！]|$)|たまえ|だな(?:[。！]|$)"
    r"|(?<![すたんう])か(?:[。…]|$)|[のた]か(?:[。…]|$)|[るすくむ]なよ?(?:[。、！]|$)|(?<![ませ])[かさたなまらけてれ]ん(?:[。、！]|$)|たろう(?:[。？]|$)|^おい、|じゃん"
)
AGED = re.compile(
    r"わし(?:[はがのもらに]|$)|じゃ(?:[。、！のよなろ]|$)|のう(?:[。、！]|$)|おる(?:[。、！のよ]|$)|ておった"
)
OLD = re.compile(r"老|爺|婆|翁|じい|ばあ|ばば|仙|和尚|長老|博士|殿|王|師匠|神|先生|ふくろう|梟|亀|かめ|熊|くま")
CITED = re.compile(r"([一-龥ァ-ヴーぁ-ん]{2,5})、\1って")
"""「佳代子、佳代子って、呼ぶの」 says how somebody is called."""
CALL = re.compile(r"(?:さん|さま|様|君|くん|ちゃん)?(?:[、。！？…]|$)")
BEFORE_CALL = re.compile(r"(?:^|[、。！？…\u3000])(?:なあ|ねえ|おい|やい)?、?$")
ABOVE = re.compile(
    r"長$|長 |先生|主人|旦那|親方|師匠|社長|監督|博士|教授|[^見]王|殿|探偵|警部|刑事|女将|隠居"
    r"|父|母|祖|爺|婆|老|じい|ばあ|将軍|奉行|和尚|仙人|ボス"
)
BELOW = re.compile(
    r"見習い|弟子|給仕|女中|下女|下男|小僧|丁稚|手下|子分|家来|召使|メイド|ボーイ|助手|番頭|執事|部員|後輩|生徒|車掌|店員|手代|奉公人|執事|ロボット"
)
"""By what they are called, people are above others or below."""
ORDERS = re.compile(
    r"(?:[えけせてねめれろ]|くれ|なさい|たまえ|[るくすむうぐつぶ]な|だろう|だな|のか|だぞ|か)(?:よ|ね)?(?:[。！？]|$)"
)
LASTING = re.compile(r"(?:て|で)(?:いる|いた|います|いました|おる|おりました)。?$|いる。?$")
"""A scene is set, nobody does anything."""
CRY = re.compile(r"[ぁ-んァ-ヴー、。！？…\s]{1,10}")
AHEAD, NEARBY, FAR = 60, 120, 700


@dataclass(slots=True)
class Row:
    """One quote with what can be said of it before anybody else is heard."""

    place: Place
    first: Quote
    fixed: bool
    scores: Scores = field(default_factory=dict)
    signs: dict[State, dict[str, float]] = field(default_factory=dict)


class Signs:
    """Looks at one story."""

    def __init__(self, text: str, people: People, clauses: Clauses, rows: list[Row]) -> None:
        self.text = text
        self.clauses = clauses
        self.acts = pattern("reader_ja", "acts")
        self.beasts = table("looks_ja", "name_kinds")
        self.people: dict[str, Person] = {p.name: p for p in people.persons}
        names: dict[str, set[str]] = {}
        for alias, name in people.by_name.items():
            if len(alias) > 1:
                names.setdefault(name, set()).add(alias)
        self.spoken_names = {person.name: spoken_as(person, names.get(person.name, set())) for person in people.persons}
        sure = [row for row in rows if row.first.rule in SURE_RULES]
        self.heard = {name for row in sure for name in row.first.speakers}
        self.tagged = len(sure) / max(1, len(rows))
        self.stage = Stage(text, clauses)
        self.staged: tuple[int, set[str]] = (-1, set())
        self.told: tuple[int, list[str]] = (-1, [])
        self.runs = runs_of([row.place for row in rows])

    def words(self, row: Row) -> str:
        return self.text[row.first.start : row.first.end]

    def of(self, row: Row, before: Row | None, state: State, *, present: bool) -> dict[str, float]:
        found = [*self.guessed(row, before, state)]
        found += [] if present else [("absent", 1.0)]
        found += [] if self.on_stage(row, state) else [("offstage", 1.0)]
        found += [] if self.heard & set(state) else [("silent", self.tagged)]
        if row.first.rule not in ("said_after", "same_paragraph"):
            found += [*self.lead(row.place, state), *self.after(row.place, state)]
        found += self.fits(self.words(row), state)
        named = self.named_in(row, state)
        found += [(named, 1.0)] if named else []
        if before is not None and self.named_in(before, state) == "called_in" and len(row.place.gap) < 40:
            found.append(("answers_call", 1.0))
        return dict(found)

    def on_stage(self, row: Row, state: State) -> bool:
        """Whether they have been told of since the last pause; whoever tells the story is always there."""
        if row.first.start != self.staged[0]:
            self.staged = row.first.start, self.stage.present(row.first.outer_start, row.first.outer_end)
        told = (self.people[name].narrator for name in state if name in self.people)
        return not self.people or any(told) or bool(self.staged[1] & set(state))

    def fits(self, words: str, state: State) -> Iterator[tuple[str, float]]:
        """Whether someone like this talks like that."""
        person = self.people.get(state[0]) if len(state) == 1 else None
        if person is None:
            return
        woman, man = bool(WOMAN.search(words)), bool(MAN.search(words))
        if woman != man and person.gender != "neutral":
            yield "gender", 1.0 if woman == (person.gender == "female") else -1.0
        yield from self.in_rank(words, person)
        if person.gender != "neutral":
            found = endings(words)
            yield from ((f"{kind}_{person.gender}", found.count(kind) / len(found)) for kind in dict.fromkeys(found))
        if person.narrator:
            yield "narrator", 1.0
        if AGED.search(words):
            yield "aged", 1.0 if OLD.search(" ".join(person.names)) else -1.0
        if person.group:
            yield "group", 1.0
        if any(self.beasts.first(name) for name in self.bare_beasts(person)) and person.name not in self.heard:
            yield ("beast_cries" if CRY.fullmatch(words) else "beast"), 1.0

    def in_rank(self, words: str, person: Person) -> Iterator[tuple[str, float]]:
        """Those above order and those below are polite."""
        known = " ".join(person.names)
        rank = 1.0 if ABOVE.search(known) else -1.0 if BELOW.search(known) else 0.0
        polite, orders = bool(POLITE.search(words)), bool(ORDERS.search(words))
        if rank and polite != orders:
            yield ("above" if rank > 0 else "below"), -1.0 if polite else 1.0

    def bare_beasts(self, person: Person) -> list[str]:
        """大将 of the 三毛猫の大将 is a cat as well; a ごん who is told of as 狐 talks in a tale."""
        owners = (owner for name in person.aliases if (owner := name.rpartition("の")[0]))
        return [person.name, *person.aliases, *owners]

    def guessed(self, row: Row, before: Row | None, state: State) -> Iterator[tuple[str, float]]:
        """What the rules say. 「落としたの？」　少年が立っていた。「ちがうよ」: who was asking is not who answers."""
        if state != row.first.speakers:
            return
        answers = before is not None and self.answers(row, before) and before.first.rule in TELLS_AFTER
        if before and answers and row.first.rule == "subject_before" and state == before.first.speakers:
            yield "asker", 1.0
        else:
            yield row.first.rule.removesuffix("+addressed"), 1.0

    def answers(self, row: Row, before: Row) -> bool:
        return "\n\n" not in row.place.before and self.asks(before) and self.is_answer(row)

    def asks(self, row: Row) -> bool:
        return bool(QUESTION.search(self.words(row)))

    def is_answer(self, row: Row) -> bool:
        return bool(ANSWER.match(self.words(row)))

    def lead(self, place: Place, state: State) -> Iterator[tuple[str, float]]:
        """Of the narration before the quote, without the sentence that closes the quote before."""
        end = place.quote.outer_start
        if any((m.name,) == state for m in self.clauses.named(end - NEARBY, end)):
            yield "near", 1.0
        latest = self.latest(place.quote.outer_start)
        if len(state) == 1 and state[0] in latest[:3]:
            yield f"latest_{latest.index(state[0])}", 1.0
        if not place.gap:
            yield from [("listens", 1.0)] if state == self.listener(place) else []
            return
        told = self.clauses.blotted[place.opening : end].rstrip("\n \u3000")
        subject = self.clauses.subject(place.opening, end, topic=True)
        if subject == state:
            yield from self.as_subject(place, told)
        if self.body_of(place) in state:
            yield "body", 1.0
        if subject and subject != state and self.is_object(place.opening, end, state):
            yield "before_object", 1.0

    def listener(self, place: Place) -> State:
        """Who was told to listen or watch before this talk began: ごんは、ふたりのあとをつけていきました。"""
        start = self.runs[place.index]
        if not start.gap:
            return ()
        subject = self.clauses.subject(start.opening, start.quote.outer_start, topic=True)
        clause = self.clauses.blotted[start.opening : start.quote.outer_start].rstrip("。\n \u3000")
        return subject if HEARS.search(clause[clause.rfind("。") + 1 :]) else ()

    def latest(self, end: int) -> list[str]:
        """Those who are told of before, the last first."""
        if end != self.told[0]:
            self.told = end, list(dict.fromkeys(m.name for m in reversed(self.clauses.named(end - FAR, end))))
        return self.told[1]

    def as_subject(self, place: Place, told: str) -> Iterator[tuple[str, float]]:
        """Of the one whom the last sentence with a subject tells of."""
        end = place.quote.outer_start
        start = self.clauses.subjects(place.opening, end)[-1].end
        clause = self.clauses.blotted[start:end].rstrip("\n \u3000")
        yield ("asked_doer" if DOING.search(self.text, place.quote.start, place.quote.end) else "before"), 1.0
        if HEARS.search(clause):
            yield "before_hears", 1.0
        elif self.acts.search(clause):
            yield "before_acts", 1.0
        if told.count("。") <= 1:
            yield "before_alone", 1.0
        if LASTING.search(clause):
            yield "before_lasting", 1.0
        if clause.rstrip("。").count("。") >= 1:
            yield "before_far", 1.0
        if self.appears(place, told):
            yield "appears", 1.0

    def after(self, place: Place, state: State) -> Iterator[tuple[str, float]]:
        """Of the sentence right after it, when that is no part of the quote's own."""
        if place.tag or not place.first_after:
            return
        end = place.quote.outer_end
        first = self.clauses.subjects(end, min(end + 16, place.after_end))
        alone = len({m.name for m in first if first and m.start == first[0].start}) == 1
        late = () if first else self.clauses.subjects(end, min(end + 40, place.after_end))
        if alone and (first[0].name,) == state:
            topic = self.clauses.is_topic(first[0])
            yield ("after_hears" if HEARS.search(place.first_after) else "after" if topic else "after_ga"), 1.0
            if self.acts.search(place.first_after):
                yield "after_acts", 1.0
            if QUESTION.search(self.text[place.quote.start : place.quote.end]):
                yield "after_asked", 1.0
        elif len(late) == 1 and (late[0].name,) == state:
            yield "after_late", 1.0
        elif first and self.is_object(end, place.after_end, state):
            yield "after_object", 1.0

    def is_object(self, start: int, end: int, state: State) -> bool:
        return any(m.role == "object" and (m.name,) == state for m in self.clauses.named(start, end))

    def appears(self, place: Place, told: str) -> bool:
        """戸を開けると、お花が立っていました。「"""
        told = told.rstrip("。")
        found = self.clauses.subjects(place.opening + told.rfind("。") + 1, place.quote.outer_start)
        return bool(found) and self.clauses.particle(found[-1]) == "が" and bool(APPEARS.search(told))

    def body_of(self, place: Place) -> str:
        """ミオの目から、涙がこぼれた。「"""
        told = self.clauses.blotted[place.opening : place.quote.outer_start].rstrip("。\n \u3000")
        start = place.opening + told.rfind("。") + 1
        owners = [m for m in self.clauses.named(start, place.quote.outer_start) if m.role == "owner"]
        if any(self.clauses.is_topic(m) for m in self.clauses.subjects(start, place.quote.outer_start)):
            return ""
        return owners[-1].name if owners and BODY.match(self.clauses.blotted, owners[-1].end) else ""

    def named_in(self, row: Row, state: State) -> str:
        own = self.spoken_names.get(state[0]) if len(state) == 1 else None
        if own is None or row.first.rule == "said_after":
            return ""
        words = CITED.sub("", self.words(row))
        found = list(own.finditer(words))
        called = any(CALL.match(words[m.end() :]) and BEFORE_CALL.search(words[: m.start()]) for m in found)
        return ("called_in" if called else "mentioned_in") if found else ""


def runs_of(places: list[Place]) -> dict[int, Place]:
    """For every line the first of those that it follows without a word between."""
    found: dict[int, Place] = {}
    for place in places:
        found[place.index] = place if place.gap else found.get(place.index - 1, place)
    return found


def spoken_as(person: Person, names: set[str]) -> re.Pattern[str] | None:
    """By name, and a 祖母 as おばあさん or ばあちゃん."""
    own = [alone(name) for name in sorted(names, key=len, reverse=True)]
    own += [KIN_WORDS[root] for root in dict.fromkeys(r for name in person.names for r in kin_root(name))]
    return re.compile("|".join(own)) if own else None


def alone(name: str) -> str:
    """天城 is not named in 天城先生, nor 先生 in it."""
    before = r"(?<![一-龥ァ-ヴー])" if name in titles() else ""
    return before + re.escape(name) + (f"(?!{'|'.join(sorted(titles()))})" if name not in titles() else "")
