"""Finds further names of the same Japanese people: full names, titles, words for relatives."""

import re
from dataclasses import dataclass, field

from offline.lexicon import words
from offline.reading.ja.noun_phrases import animacy, is_surname, tokenizer
from offline.reading.ja.speech_habits import kin_terms
from offline.reading.story_reading import Quote

OLD = {0: re.compile(r"老人$|翁$"), 1: re.compile(r"老婆$|老女$")}
"""Words of the narration for those who are called grandfather and grandmother."""
KIN_TOLD = {0: ("祖父", "じいちゃん", "おじいさん"), 1: ("祖母", "ばあちゃん", "おばあさん")}
HONORIFICS = ("さん", "くん", "君", "ちゃん")
NEAR = 90


@dataclass(slots=True)
class Group:
    """Names of one person while they are being merged."""

    name: str
    first: int
    aliases: list[str] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        return [self.name, *self.aliases]

    def add(self, *more: str) -> None:
        self.aliases += [name for name in more if name not in self.names]


def name_fully(text: str, blotted: str, quotes: list[Quote], groups: list[Group]) -> None:
    """春野ミオ answers to 春野 too, 教頭先生 to 先生, and the 老人 whom somebody calls じいちゃん to that."""
    taken = {name for group in groups for name in group.names}
    add_surnames(text, groups, taken)
    add_titles(text, groups, taken)
    add_kin(text, blotted, quotes, groups)


def titles() -> frozenset[str]:
    """Words for what somebody is, by which that person is called."""
    return words("reader_ja", "titles")


def is_family_name(name: str) -> bool:
    """Whether the dictionary knows `name`, with a title or without one, as a family name of two characters or more:
    白鳥先生 has no beak and 熊谷 no claws. One character (熊さん, 猪) is more often the animal of a tale."""
    endings = sorted((*titles(), *HONORIFICS), key=len, reverse=True)
    called = next((name.removesuffix(ending) for ending in endings if name.endswith(ending)), name)
    if len(called) < 2:
        return False
    # The dictionary tells a name from a noun by what follows, and knows さん best.
    first = tokenizer().tokenize(f"{called}さん" if called != name else called)[0]
    return bool(first.surface() == called and first.part_of_speech()[1:4] == ("固有名詞", "人名", "姓"))


def is_common(name: str) -> bool:
    return name in titles() or any(name in told for told in KIN_TOLD.values())


def add_surnames(text: str, groups: list[Group], taken: set[str]) -> None:
    owners: dict[str, list[Group]] = {}
    for group in groups:
        if len(group.name) < 2 or animacy(group.name):
            continue
        before = [m for n in group.names for m in re.findall(rf"([一-龥々ァ-ヴー]{{1,4}}){re.escape(n)}", text)]
        for surname in dict.fromkeys(before):
            if surname not in taken and is_surname(surname):
                owners.setdefault(surname, []).append(group)
    for surname, own in owners.items():
        if len(own) == 1:
            full = next(f"{surname}{n}" for n in own[0].names if f"{surname}{n}" in text)
            called = [surname + h for h in HONORIFICS if surname + h in text]
            own[0].add(full, *called, surname)


def is_full_name(longer: str, shorter: str) -> bool:
    """春野ミオ is ミオ."""
    return (
        len(shorter) > 1
        and longer != shorter
        and longer.endswith(shorter)
        and not animacy(shorter)
        and is_surname(longer.removesuffix(shorter))
    )


def add_titles(text: str, groups: list[Group], taken: set[str]) -> None:
    """When one person only bears a title, the bare title means that person."""
    for title in sorted(titles()):
        bearers = [g for g in groups if any(n != title and n.endswith(title) for n in g.names)]
        bare = next((g for g in groups if g.name == title), None)
        if len(bearers) != 1 or (title in taken and bare is None):
            continue
        if bare is not None and bare is not bearers[0]:
            bearers[0].add(*bare.names)
            groups.remove(bare)
        elif re.search(rf"(?<![一-龥ァ-ヴー]){title}[はがのもをに、。！？!?]", text):
            bearers[0].add(title)


def add_kin(text: str, blotted: str, quotes: list[Quote], groups: list[Group]) -> None:
    """「じいちゃん、おれだよ」　老人は答えない。"""
    for root, told in OLD.items():
        old = [g for g in groups if any(told.search(n) for n in g.names)]
        if len(old) != 1 or any(name in KIN_TOLD[root] for g in groups if g is not old[0] for name in g.names):
            continue
        terms = [name for name in old[0].names if name in KIN_TOLD[root]] or [
            term
            for q in quotes
            for found, term in kin_terms(text[q.start : min(q.end, q.start + 12)])
            if found == root
            and any(n in blotted[max(0, q.outer_start - NEAR) : q.outer_end + NEAR] for n in old[0].names)
        ]
        if terms:
            used = [word for word in KIN_TOLD[root] if word in text]
            old[0].add(*dict.fromkeys([*terms, *used]))
            for group in [g for g in groups if g.name.endswith(tuple(f"の{word}" for word in KIN_TOLD[root]))]:
                old[0].add(*group.names)
                groups.remove(group)
