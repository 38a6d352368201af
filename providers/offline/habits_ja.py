"""How each person of a Japanese story talks, learned from who probably said what."""

import math
import re
from collections import Counter

FIRST = re.compile(
    r"(?<![一-龥])(?:おれ|俺|僕|ぼく|わし|あたし|わたし|わたくし|私|拙者|己)(?=[はがのもをにだとへ、。っ]|たち|ら)"
)
SAME = {"俺": "おれ", "ぼく": "僕", "私": "わたし"}
KIN = re.compile(
    r"お?(じい|爺|祖父)(?:さん|ちゃん|さま|様)|お?(ばあ|婆|祖母)(?:さん|ちゃん|さま|様)|お?(父|とう|とっ)(?:さん|ちゃん|さま|様)"
    r"|お?(母|かあ|かっ)(?:さん|ちゃん|さま|様)|(親父|おやじ)|(おふくろ|お袋)|(おっ母)|(おっ父)|お?(兄|にい)(?:さん|ちゃん|さま)|お?(姉|ねえ)(?:さん|ちゃん|さま)"
)
ROOTS = ({"じい", "爺", "祖父"}, {"ばあ", "婆", "祖母"}, {"父", "とう", "とっ", "親父", "おやじ", "おっ父"},
         {"母", "かあ", "かっ", "おふくろ", "お袋", "おっ母"}, {"兄", "にい"}, {"姉", "ねえ"})  # fmt: skip
HUMBLE = re.compile(r"ございま|ござりま|でござ|致し|おりま|いただ|申し|くださいま|ませぬ|ますな|ますぞ")
POLITE = re.compile(r"です|ます|ました|ません|ください|ましょう|なさい(?=ます)")
LORDLY = re.compile(
    r"じゃ|ぞ(?=[。！よ]|$)|[^ま]せぬ|ならぬ|[えけせてねめれ]い?[。！]$|くれ(?=[。！]|$)|のだ|貴様|お前|おまえ|その方"
)
ENDINGS = (
    (
        "harsh",
        re.compile(
            r"[ぜぞ]$|だろう?$|だな$|[るすくむ]なよ?$|てくれ$|たまえ$|やがる$|[ぁ-ん]ねえ$|てん?だ?よな$|じゃねえか?$|か[いよ]$"
        ),
    ),
    ("asks_plainly", re.compile(r"(?<![すたんう])か$|[のた]か$")),
    ("aged", re.compile(r"じゃ(?:よ|のう|な)?$|のう$|わい$|おる$|おった$|ござる$")),
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
SMOOTH = 1.5


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


def manner(words: str) -> str:
    rows = ((HUMBLE, "humble"), (POLITE, "polite"), (LORDLY, "lordly"))
    return next((name for row, name in rows if row.search(words)), "plain")


def endings(words: str) -> list[str]:
    """One for each sentence that ends in a known way."""
    found = (sentence.strip(" \u3000、―") for sentence in SENTENCE.findall(words))
    kinds = (next((kind for kind, row in ENDINGS if row.search(one)), "") for one in found)
    return [kind for kind in kinds if kind]


class Habits:
    """Weighted counts for each person; asked how well words fit somebody."""

    def __init__(self) -> None:
        self.manners: dict[str, Counter[str]] = {}
        self.all_manners: Counter[str] = Counter()
        self.endings: dict[str, Counter[str]] = {}
        self.all_endings: Counter[str] = Counter()
        self.firsts: dict[str, Counter[str]] = {}
        self.kin: dict[str, dict[int, Counter[str]]] = {}

    def heard(self, name: str, words: str, share: float) -> None:
        def add(counter: Counter[str], word: str) -> None:
            counter[word] += share  # type: ignore[assignment]

        add(self.manners.setdefault(name, Counter()), manner(words))
        add(self.all_manners, manner(words))
        for ending in endings(words):
            add(self.endings.setdefault(name, Counter()), ending)
            add(self.all_endings, ending)
        for first in firsts(words):
            add(self.firsts.setdefault(name, Counter()), first)
        for root, term in kin_terms(words):
            add(self.kin.setdefault(name, {}).setdefault(root, Counter()), term)

    def fits(self, name: str, gender: str, words: str) -> tuple[float, float, float]:
        """Manner, first person and words for relatives, each as a logarithm of how much likelier than by chance."""
        return self.in_manner(name, words), self.in_first(name, gender, words), self.in_kin(name, words)

    def in_manner(self, name: str, words: str) -> float:
        own, kind = self.manners.get(name, Counter()), manner(words)
        total = self.all_manners.total()
        usual = (self.all_manners[kind] + 1) / (total + 4)
        return math.log((own[kind] + SMOOTH * usual * 4) / (own.total() + SMOOTH * 4) / usual)

    def in_endings(self, name: str, words: str) -> float:
        """Mean over the sentences, so that a long speech says no more than a short one."""
        own, total = self.endings.get(name, Counter()), self.all_endings.total()
        found = [
            math.log((own[kind] + SMOOTH * 2 * usual) / (own.total() + SMOOTH * 2) / usual)
            for kind in endings(words)
            for usual in ((self.all_endings[kind] + 1) / (total + len(ENDINGS)),)
        ]
        return sum(found) / len(found) ** 0.5 if found else 0.0

    def in_first(self, name: str, gender: str, words: str) -> float:
        said = firsts(words)
        if not said:
            return 0.0
        own = self.firsts.get(name, Counter())
        if own.total() < 0.7:
            return -1.0 if gender == "female" and said[0] in ARE_MEN else 0.0
        share = own[said[0]] / own.total()
        return 1.2 if share > 0.5 else (0.0 if share > 0.2 else -1.5)

    def in_kin(self, name: str, words: str) -> float:
        score = 0.0
        for root, term in kin_terms(words):
            own = self.kin.get(name, {}).get(root, Counter())
            if own.total() >= 0.5:
                score += 1.2 if own[term] > 0.5 * own.total() else -1.2
        return max(-2.0, min(2.0, score))
