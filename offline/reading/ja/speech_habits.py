"""Learns how each person of a Japanese story talks, from who probably said what."""

import math
import re
from collections import Counter
from collections.abc import Sequence

from offline.reading.story_reading import Person

FIRST = re.compile(
    r"(?<![一-龥])(?:おれ|俺|僕|ぼく|わし|あたし|わたし|わたくし|私|拙者|己)(?=[はがのもをにだとへ、。っ]|たち|ら)"
)
SAME = {"俺": "おれ", "ぼく": "僕", "私": "わたし"}
KIN = re.compile(
    r"お?(じい|爺|祖父)(?:さん|ちゃん|さま|様)|お?(ばあ|婆|祖母)(?:さん|ちゃん|さま|様)|お?(父|とう|とっ)(?:さん|ちゃん|さま|様)"
    r"|お?(母|かあ|かっ)(?:さん|ちゃん|さま|様)|(親父|おやじ)|(おふくろ|お袋)|お?(兄|にい)(?:さん|ちゃん|さま)|お?(姉|ねえ)(?:さん|ちゃん|さま)"
)
ROOTS = ({"じい", "爺", "祖父"}, {"ばあ", "婆", "祖母"}, {"父", "とう", "とっ", "親父", "おやじ"},
         {"母", "かあ", "かっ", "おふくろ", "お袋"}, {"兄", "にい"}, {"姉", "ねえ"})  # fmt: skip
KIN_NAMES = tuple(
    re.compile(rf"(?:{names})$")
    for names in (
        r"祖父|(?:じい|爺)(?:さん|ちゃん|さま|様)",
        r"祖母|(?:ばあ|婆)(?:さん|ちゃん|さま|様)",
        r"(?<![祖義神叔伯岳])父親?|(?:父|とう)さん|(?:お父|おとう)(?:さん|さま|様)",
        r"(?<![祖義叔伯酵])母親?|(?:母|かあ)さん|(?:お母|おかあ)(?:さん|さま|様)",
        r"(?<!父)兄|兄さん",
        r"(?<![父母])姉|姉さん",
    )
)
"""What the narration calls them."""
KIN_WORDS = tuple(
    rf"(?:{terms})"
    for terms in (
        r"お?(?:じい|爺)(?:さん|ちゃん|さま|様)",
        r"お?(?:ばあ|婆)(?:さん|ちゃん|さま|様)",
        r"お?(?:父|とう|とっ)(?:さん|ちゃん|さま|様|つぁん)|親父|(?<![一-龥])父(?=[はがをもに])",
        r"お?(?:母|かあ|かっ)(?:さん|ちゃん|さま|様)|おふくろ|(?<![一-龥])母(?=[はがをもに])",
        r"お?(?:兄|にい)(?:さん|ちゃん|さま)|兄貴|(?<![一-龥])兄(?=[はがをもに])",
        r"お?(?:姉|ねえ)(?:さん|ちゃん|さま)|(?<![一-龥])姉(?=[はがをもに])",
    )
)
"""What others call them."""
HUMBLE = re.compile(r"ございま|でござ|致し|おりま|いただ|申し|くださいま|ませぬ|ますな|ますぞ")
POLITE = re.compile(r"です|ます|ました|ません|ください|ましょう|なさい(?=ます)")
LORDLY = re.compile(
    r"じゃ|ぞ(?=[。！よ]|$)|[^ま]せぬ|ならぬ|[えけせてねめれ]い?[。！]$|くれ(?=[。！]|$)|のだ|貴様|お前|おまえ|その方"
)
ENDINGS = (
    (
        "harsh",
        re.compile(
            r"[ぜぞ]$|だろう?$|だな$|[るすくむ]なよ?$|てくれ$|たまえ$|やがる$|[ぁ-ん]ねえ$|じゃねえか?$|か[いよ]$"
        ),
    ),
    ("asks_plainly", re.compile(r"(?<![すたんう])か$|[のた]か$")),
    ("aged", re.compile(r"じゃ(?:よ|のう|な)?$|のう$|わい$|おる$|おった$")),
    (
        "soft",
        re.compile(
            r"(?:わ|のよ|わよ|わね|かしら|なの|もの|でしょう?|てね|ちょうだい|ください|なさい|ましょう?か?|のね)$"
        ),
    ),
    ("asks_softly", re.compile(r"の$")),
    ("polite", re.compile(r"(?:です|ます|ました|ません)(?:か|ね|よ|が)?$")),
    ("lively", re.compile(r"(?:だ?よ|だ?ね|さ|もん|じゃん|って|だって|けど|ってば|んだ|もう)$")),
    ("requests", re.compile(r"て$|を$|も$|ずつ$")),
    ("states", re.compile(r"(?:だ|た|る|い|ん)$")),
)
"""How a sentence ends, which tells men from women and the old from the young."""
SENTENCE = re.compile(r"[^。！？!?…\n]+")
ARE_MEN = frozenset(["おれ", "僕", "わし", "拙者", "己"])
KATAKANA = re.compile(r"[ァ-ヴー]")
"""Robots talk in it."""
ASKS = re.compile(r"[？?]|か[ねいなよ]?。?$")
OPENING = re.compile(
    r"(?:^|(?<=[。！？]))(?:おい|なあ|ねえ|あら|まあ|おや|ほう|うん|はい|ええ|いや|ああ|あっ|え|へえ|ふん|よし|さあ|ほら|あの|じゃあ|では"
    r"|でも|だって|だから)(?=[、。！？…]|$)"
)
TOPIC = re.compile(r"[一-龥]{2,}|[ァ-ヴー]{3,}")
SECOND = re.compile(r"あんた|おまえ|お前|きみ(?!ど)|(?<![一-龥])君(?=[はがのもをにだと、])|あなた|貴様|てめえ|旦那")


def firsts(words: str) -> list[str]:
    return [SAME.get(word, word) for word in FIRST.findall(words)]


def kin_terms(words: str) -> list[tuple[int, str]]:
    """Which relative, and by which word: じいちゃん and おじいさん are one relative under two words."""
    found = []
    for match in KIN.finditer(words):
        sign = next(group for group in match.groups() if group)
        root = next(i for i, signs in enumerate(ROOTS) if sign in signs)
        found.append((root, match.group()))
    return found


def kin_root(name: str) -> list[int]:
    """Which relative a name of the narration means, if any: 祖母 is the second."""
    return [root for root, row in enumerate(KIN_NAMES) if row.search(name)][:1]


def manner(words: str) -> str:
    rows = ((HUMBLE, "humble"), (POLITE, "polite"), (LORDLY, "lordly"))
    return next((name for row, name in rows if row.search(words)), "plain")


def endings(words: str) -> list[str]:
    """One for each sentence that ends in a known way."""
    found = (sentence.strip(" \u3000、―") for sentence in SENTENCE.findall(words))
    kinds = (next((kind for kind, row in ENDINGS if row.search(one)), "") for one in found)
    return [kind for kind in kinds if kind]


HARDLY = 0.05
SMOOTH = {"manner": 6.0, "ending": 3.0, "second": 3.0, "act": 4.0, "tail": 4.0, "opening": 4.0, "topic": 4.0}
"""How many words of somebody outweigh those of all."""


class Tally:
    """Weighted counts of one trait of speech, for each person and for all."""

    def __init__(self, smooth: float) -> None:
        self.own: dict[str, Counter[str]] = {}
        self.all: Counter[str] = Counter()
        self.smooth = smooth

    def add(self, name: str, kinds: list[str], share: float) -> None:
        own = self.own.setdefault(name, Counter())
        for kind in kinds:
            own[kind] += share  # type: ignore[assignment]
            self.all[kind] += share  # type: ignore[assignment]

    def fit(self, name: str, kinds: list[str], share: float) -> float:
        """Logarithm of how much likelier than by chance, by all other words; `share` is how far these are counted as
        the person's. A long speech says little more than a short one."""
        if not kinds:
            return 0.0
        own, mine = self.own.get(name, Counter()), Counter(kinds)
        total, whole = own.total() - share * len(kinds), max(0.0, self.all.total() - len(kinds))
        score = 0.0
        for kind in kinds:
            usual = (max(0.0, self.all[kind] - mine[kind]) + 1) / (whole + len(self.all) + 1)
            theirs = max(0.0, own[kind] - share * mine[kind])
            score += math.log((theirs + self.smooth * usual) / (max(0.0, total) + self.smooth) / usual)
        return float(score / len(kinds) ** 0.5)


class Habits:
    """Counts for each person; asked how well words fit somebody."""

    def __init__(self) -> None:
        self.tallies = {trait: Tally(smooth) for trait, smooth in SMOOTH.items()}
        self.terms: dict[str, dict[str, Counter[str]]] = {}
        self.firsts: dict[str, Counter[str]] = {}
        self.kin: dict[str, dict[int, Counter[str]]] = {}

    def heard(self, name: str, words: str, share: float, called: Sequence[tuple[str, str]] = ()) -> None:
        for other, term in called:
            self.terms.setdefault(name, {}).setdefault(other, Counter())[term] += share  # type: ignore[assignment]
        for trait, kinds in traits(words).items():
            self.tallies[trait].add(name, kinds, share)
        for first in firsts(words):
            self.firsts.setdefault(name, Counter())[first] += share  # type: ignore[assignment]
        for root, term in kin_terms(words):
            self.kin.setdefault(name, {}).setdefault(root, Counter())[term] += share  # type: ignore[assignment]

    def in_terms(self, name: str, called: Sequence[tuple[str, str]], share: float) -> float:
        """Whether these are the terms by which they call those people."""
        score = 0.0
        for other, term in called:
            own = self.terms.get(name, {}).get(other, Counter())
            total, same = max(0.0, own.total() - share), max(0.0, own[term] - share)
            score += 1.2 * min(1.0, total) * (2 * same / total - 1) if total > HARDLY else 0.0
        return max(-2.0, min(2.0, score))

    def fits(
        self, person: Person, words: str, share: float, called: Sequence[tuple[str, str]] = ()
    ) -> dict[str, float]:
        """Each trait as a logarithm; `share` is how far these very words were counted as this person's."""
        found = {trait: self.tallies[trait].fit(person.name, kinds, share) for trait, kinds in traits(words).items()}
        found["first"] = self.in_first(person, words, share)
        found["kin"] = self.in_kin(person.name, words, share)
        found["terms"] = self.in_terms(person.name, called, share)
        return {trait: value for trait, value in found.items() if value}

    def in_first(self, person: Person, words: str, share: float) -> float:
        said = firsts(words)
        if not said:
            return 0.0
        own = self.firsts.get(person.name, Counter())
        total, same = own.total() - share * len(said), own[said[0]] - share * said.count(said[0])
        if person.narrator:
            return 3.0 if SAME.get(person.name, person.name) == said[0] else -3.0
        if total < 0.7:
            return -1.0 if person.gender == "female" and said[0] in ARE_MEN else 0.0
        return 1.2 if same > 0.5 * total else (0.0 if same > 0.2 * total else -1.5)

    def in_kin(self, name: str, words: str, share: float) -> float:
        score, said = 0.0, kin_terms(words)
        for root, term in said:
            own = self.kin.get(name, {}).get(root, Counter())
            total = own.total() - share * sum(other == root for other, _ in said)
            if total >= 0.5:
                score += 1.2 if own[term] - share * said.count((root, term)) > 0.5 * total else -1.2
        return max(-2.0, min(2.0, score))


def act(words: str) -> str:
    """Some ask much, some cry out, some leave off."""
    if ASKS.search(words):
        return "asks"
    return "cries" if "！" in words else "trails" if "…" in words else "states"


def traits(words: str) -> dict[str, list[str]]:
    """Kinds that are counted, by trait."""
    letters = [letter for letter in words if letter.isalpha()]
    metal = len(letters) > 3 and 2 * len(KATAKANA.findall(words)) > len(letters)
    sentences = [one.strip(" \u3000、―") for one in SENTENCE.findall(words)]
    return {
        "manner": ["metal" if metal else manner(words)],
        "ending": endings(words),
        "second": SECOND.findall(words),
        "act": [act(words)],
        "tail": [one[-2:] for one in sentences if len(one) > 2],
        "opening": OPENING.findall(words),
        "topic": list(dict.fromkeys(TOPIC.findall(words))),
    }
