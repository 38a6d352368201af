"""The text of a scene in, its place out: a setting word of the artist and the story's own words for it."""

import re
from collections import Counter

from providers.offline.story import Lore

DEFAULTS = {"old_japan": "village", "old_china": "town", "medieval": "field", "future": "room"}
LEFT_JA = r"(?:[一-龥々ァ-ヴー]{1,6}の|小さな|大きな|暗い|細い){0,2}(?!丁度)[一-龥々ァ-ヴー]{0,3}"
LEFT_EN = (
    r"(?:(?:little|big|old|large|small|great|dark|shabby|lonely|wide|narrow|deep|green|quiet|dreary|[A-Z][a-z]+['’]s)"
    r"\s){0,2}"
)
NOUN = re.compile(r"[一-龥々ァ-ヴー]")
TRAILING = re.compile(r"[のにへはをがで、とも下]+$")


def find_setting(tables: Lore, told: str, said: str, before: str) -> str:
    """What the narration names most; talk about a place counts only when the narration names none."""
    votes = Counter(tables.table("settings").votes(told))
    votes.update(tables.table("settings").votes(told[: max(120, len(told) // 4)]))
    if votes:
        return max(votes, key=lambda label: (votes[label], label == before))
    return before or tables.table("settings").best(said) or ""


def place_phrase(tables: Lore, setting: str, text: str) -> str:
    """The first words that name the setting, with what stands before them."""
    rows = dict(tables.table("settings").rows)
    if setting not in rows:
        return ""
    japanese = tables.name.endswith("ja")
    left = LEFT_JA if japanese else LEFT_EN
    pattern = re.compile(f"{left}(?:{rows[setting].pattern})", rows[setting].flags)
    match = next((m for m in pattern.finditer(text) if not japanese or NOUN.search(m.group())), None)
    if match is None:
        return ""
    words = re.sub(r"\s+", " ", match.group()).strip()
    if japanese:
        return TRAILING.sub("", words)[:40] or words[:40]
    return re.sub(r"^(?:(?:and|but|the|a|an|of|in|at|to|his|her|their|was|into|on|from|with|it|that)\s)+", "", words)[
        :60
    ]
