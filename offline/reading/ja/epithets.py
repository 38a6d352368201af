"""Finds people of a Japanese story who are told of by another word: 赤い傘の子, 青い猫."""

import re

from manga.brief import Language
from offline.lexicon import words
from offline.reading.ja.aliases import Group
from offline.reading.story_reading import Mention
from offline.register_words import kinds_named

CHILD = re.compile(r"(?<=[のいただる])子(?=(は|が|も))")
CHILDREN = ("女の子", "男の子", "少女", "少年", "子供", "子ども", "こども")


def is_beast(name: str) -> bool:
    return bool(kinds_named(Language.JA).first(name))


def beast_called(longer: str, shorter: str) -> bool:
    """三毛猫の大将 is 大将; 狐の母 is not 母."""
    owner, _, noun = longer.rpartition("の")
    return noun == shorter and is_beast(owner) and noun not in words("reader_ja", "relatives")


def join_beasts(groups: list[Group]) -> None:
    """青い猫 is 三毛猫の大将 where no other cat is told of."""
    for common in [g for g in groups if g.name in words("reader_ja", "animate") and is_beast(g.name)]:
        owners = [g for g in groups if g is not common and any(common.name in name for name in g.names)]
        if len(owners) == 1 and any(name.rpartition("の")[0].endswith(common.name) for name in owners[0].names):
            owners[0].add(*common.names)
            owners[0].first = min(owners[0].first, common.first)
            groups.remove(common)


_COLOURED = re.compile(r"(?:白|黒|赤|青|黄|金|銀|大|小|老|子|若)([一-龥]{1,2})")
"""A beast and what sort of it: 白蛇."""


def name_shortly(groups: list[Group]) -> None:
    """蛇 is 白蛇 where no other is told of."""
    for group in groups:
        match = _COLOURED.fullmatch(group.name)
        short = match.group(1) if match else ""
        if short in words("reader_ja", "animate") and is_beast(short):
            others = [g for g in groups if g is not group and any(short in name for name in g.names)]
            if not others:
                group.add(short)


def child_mentions(blotted: str, groups: list[Group], particles: dict[int, str]) -> list[Mention]:
    """The one child that is told of: 赤い傘の子が is 女の子."""
    children = [g for g in groups if any(name.endswith(CHILDREN) for name in g.names)]
    if len(children) != 1:
        return []
    found = []
    for match in CHILD.finditer(blotted, children[0].first):
        if match.start() not in particles and not blotted[: match.start()].endswith(("女の", "男の")):
            particles[match.start()] = match.group(1)
            found.append(Mention(match.start(), match.end(), children[0].name, "subject"))
    return found
