"""Joins groups of Japanese names of which the text says that they are one person."""

import re
from collections.abc import Callable, Iterator

from offline.lexicon import words
from offline.reading.ja.aliases import Group
from offline.reading.ja.noun_phrases import SPELT_OUT, animacy, is_name, is_named_politely

CALLED_SO = re.compile(
    r"「?([^「」。、\n]{1,10})」?と(?:いう|云う|言う|いい|呼ばれる)([^。、\n「]{1,8}?)(?:が|は|の|で|に|と|を)"
)
SOMEBODY = (
    r"少年|少女|男|女|老人|老婆|老婦人|婦人|青年|女の子|男の子|男性|女性|娘|若者|大男|人影|影|客|子供|子ども|生徒|紳士"
)
NAMED = re.compile(r"([^。、\n「」]{1,8})は(?:名|名前)を([^。、\n「」]{1,8}?)と(?:いっ|云っ|言っ|いう|云う|申)")
NAME_IS = re.compile(r"([^。、\n「」]{1,8})の(?:名|名前)は、?([^。、\n「」]{1,8}?)(?:だ|です|である|とい|でした)")
IS_A = re.compile(
    r"([^。、\n「」]{1,8})[はが][^。「」]{2,30}。[^。「」はが]{0,24}?([一-龥ぁ-ん]{1,6})(?:だった|でした|である)。"
)
APPOSED = re.compile(
    r"(?<=[一-龥ァ-ヴーぁ-ん])の([一-龥々ァ-ヴー]{1,8}|[ぁ-ん]{2,5})(?=[はがもをにとの、。]|で(?:す|し|あ)|だ)"
)
LONGEST = 8
Pair = tuple[Group, Group]


def said_to_be(text: str, blotted: str, groups: list[Group]) -> Iterator[Pair]:
    """「ごん狐」という狐, 若者は名を杜子春といって and ロボットのゼット: the common word, and whose it is."""
    for finder in (called_so, named_so, is_a):
        yield from finder(text, groups)
    yield from apposed(blotted, groups)


def name_by_part(blotted: str, groups: list[Group]) -> None:
    """祖母のトミ answers to 祖母 too, 部長の宮下 to 部長 and the 姉 of 姉の波江 to 波江, where nobody else does."""
    owners: dict[str, list[Group]] = {}
    taken = {name for group in groups for name in group.names}
    for phrase, name in appositions(blotted):
        part = part_in(phrase)
        if not part:
            continue
        proper = find(groups, lambda g: name in g.names and is_called(name))  # noqa: B023
        common = find(groups, lambda g: g.name == part)  # noqa: B023
        if proper and not common:
            owners.setdefault(part, []).append(proper)
        elif common and not proper and is_name(name):
            owners.setdefault(name, []).append(common)
    for word, own in owners.items():
        if word not in taken and all(one is own[0] for one in own):
            own[0].add(word)


def appositions(blotted: str) -> Iterator[tuple[str, str]]:
    """What stands before の, and the word behind it."""
    for match in APPOSED.finditer(blotted):
        yield re.split(r"[^一-龥ァ-ヴーぁ-ん]", blotted[max(0, match.start() - LONGEST) : match.start()])[-1], match[1]


def part_in(phrase: str) -> str:
    """The longest word at its end for what somebody is to others; 男 or 少女 is no such word."""
    known = words("reader_ja", "animate")
    found = next((phrase[i:] for i in range(len(phrase)) if phrase[i:] in known), "")
    return "" if re.fullmatch(SOMEBODY, found) else found


def find(groups: list[Group], test: Callable[[Group], bool], other: Group | None = None) -> Group | None:
    return next((g for g in groups if g is not other and test(g)), None)


def called_so(text: str, groups: list[Group]) -> Iterator[Pair]:
    for match in CALLED_SO.finditer(text):
        before, after = match.groups()
        common = find(groups, lambda g: g.name == after)  # noqa: B023
        proper = find(groups, lambda g: before.startswith(g.name) or ends_so(before, g), common)  # noqa: B023
        if proper and common:
            yield common, proper


def named_so(text: str, groups: list[Group]) -> Iterator[Pair]:
    for match in (*NAMED.finditer(text), *NAME_IS.finditer(text)):
        word, name = match.groups()
        proper = find(groups, lambda g: name in g.names)  # noqa: B023
        common = find(groups, lambda g: word.endswith(g.name), proper)  # noqa: B023
        if proper and common:
            yield common, proper


def is_a(text: str, groups: list[Group]) -> Iterator[Pair]:
    """久世夫人が窓辺に立っていた。七十すぎの老婦人だった。"""
    for match in IS_A.finditer(text):
        whole, word = match.groups()
        proper = find(groups, lambda g: ends_so(whole, g))  # noqa: B023
        common = find(groups, lambda g: ends_so(word, g) and is_common_noun(g), proper)  # noqa: B023
        if proper and common:
            yield common, proper


def apposed(blotted: str, groups: list[Group]) -> Iterator[Pair]:
    """給仕ロボットのゼット, 弟の健太."""
    for word, name in appositions(blotted):
        proper = find(groups, lambda g: name in g.names and is_called(name))  # noqa: B023
        common = find(groups, lambda g: ends_so(word, g) and is_common_noun(g), proper)  # noqa: B023
        if proper and common:
            yield common, proper


def is_called(name: str) -> bool:
    """博士の右手 is a hand."""
    return not animacy(name) and (is_name(name) or bool(SPELT_OUT.fullmatch(name)) or is_named_politely(name))


def ends_so(phrase: str, group: Group) -> bool:
    """祖母 does not end in 母."""
    return any(phrase.endswith(name) and (len(name) > 1 or not "一" <= phrase[-2:-1] <= "龥") for name in group.names)


def is_common_noun(group: Group) -> bool:
    """狐 or 家政婦, by which nobody is called."""
    return group.name in words("reader_ja", "animate")
