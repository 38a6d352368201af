"""Quotes in, those people out of whom only the quotes tell: by the names that they are called."""

import re
from collections import Counter

from offline.lexicon import pattern, words
from offline.reading.ja.aliases import Group
from offline.reading.ja.evidence import may_be_name
from offline.reading.ja.habits import KIN
from offline.reading.ja.phrases import SPELT_OUT, animacy, is_listed_name, is_name
from offline.reading.reading import Quote

HONORIFIC = r"(?:さん|ちゃん|くん|君|さま|様|先生|先輩)"
CALLS = re.compile(
    rf"(?<=[。、！？…\u3000])(?:ねえ、|なあ、|おい、)?"
    rf"([ァ-ヴー]{{2,6}}|[一-龥々]{{2,3}}|お[一-龥]{{1,2}}|[一-龥々ァ-ヴーぁ-ん]{{1,5}}{HONORIFIC})(?=[。、！？…\u3000])"
)
MOST = 6
TWICE = 2


def calls(text: str, quotes: list[Quote]) -> Counter[str]:
    """How often each name is called; a common word is none, whatever is called after it."""
    said = "".join(f"。{text[q.start : q.end]}。" for q in quotes)
    return Counter(match.group(1) for match in CALLS.finditer(said) if may_be_called(match.group(1)))


def may_be_called(name: str) -> bool:
    if KIN.fullmatch(name):
        return pattern("reader_ja", "kin").match(name) is not None
    if not may_be_name(name):
        return False
    plain = core(name)
    if plain != name:
        return bool(plain) and plain not in words("reader_ja", "stop")
    return is_name(name) or bool(SPELT_OUT.fullmatch(name)) or (name.startswith("お") and not animacy(name))


def core(name: str) -> str:
    return re.sub(rf"{HONORIFIC}$", "", name)


def called_only(text: str, quotes: list[Quote]) -> list[Group]:
    """A talk without a word of narration: those who are called by name, and named twice at least."""
    said = "".join(f"。{text[q.start : q.end]}。" for q in quotes)
    groups: dict[str, Group] = {}
    for name, times in calls(text, quotes).most_common(MOST * 2):
        if said.count(core(name)) < TWICE or is_thing(name, times):
            continue
        home = groups.setdefault(core(name), Group(name, text.find(name)))
        relative = pattern("reader_ja", "kin").match(name)
        home.add(*([name] if name != home.name else []), *([] if core(name) == name or relative else [core(name)]))
    return list(groups.values())[:MOST]


def is_thing(name: str, times: int) -> bool:
    """お砂糖 is listed once beside others, お絹 is called again; so is エリ, which may be a collar."""
    return core(name) == name and not is_name(name) and times < TWICE and not KIN.fullmatch(name)


def unnamed(text: str, blotted: str, quotes: list[Quote], groups: list[Group]) -> list[Group]:
    """Who is called twice and never told of, the most called first."""
    known = [name for group in groups for name in group.names]
    found: dict[str, Group] = {}
    total: Counter[str] = Counter()
    for name, times in calls(text, quotes).items():
        plain = core(name)
        strange = plain not in blotted and not any(plain in other or other in plain for other in known)
        if strange and not pattern("reader_ja", "kin").match(name) and plain not in words("reader_ja", "titles"):
            total[plain] += times
            found.setdefault(plain, Group(plain, text.find(name))).add(*([name] if name != plain else []))
    return [found[name] for name, times in total.most_common() if times >= TWICE]


def by_voices_only(text: str, blotted: str, quotes: list[Quote], groups: list[Group]) -> list[Group]:
    """People of a story that nobody in it tells; a strange word may be a nickname."""
    return [group for group in unnamed(text, blotted, quotes, groups) if is_listed_name(group.name)]
