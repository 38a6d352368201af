"""Finds the place of a scene: a setting word of the artist and the story's own words for it."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Literal

from manga.vocabulary.places import places
from offline.reading.place_mentions import sightings
from offline.reading.story_tables import Lore

Opening = Literal["jump", "pause", ""]

DEFAULTS = {"old_japan": "village", "old_china": "town", "medieval": "field", "future": "room"}
LEFT_JA = r"(?:[一-龥々ァ-ヴー]{1,6}の|小さな|大きな|暗い|細い){0,2}(?!丁度)[一-龥々ァ-ヴー]{0,3}"
LEFT_EN = (
    r"(?:(?:little|big|old|large|small|great|dark|shabby|lonely|wide|narrow|deep|green|quiet|dreary|[A-Z][a-z]+['’]s)"
    r"\s){0,2}"
)
NOUN = re.compile(r"[一-龥々ァ-ヴー]")
TRAILING = re.compile(r"[のにへはをがで、とも下]+$")

BUSY = 3
"""Words of work in hand, or of what is found there, that make a place."""

LEAST = {"jump": 0.3, "pause": 1.0, "": 2.0}
"""Weights from which a scene's own words overrule the scene before: when time has passed, after a break, else."""


SHIP = "spaceship"
ON_A_SHIP = frozenset({"sea", "shore", "river"})
WITHIN_A_SHIP = frozenset(
    {"corridor", "room", "restaurant", "parlour", "kitchen", "stairs", "office", "night_sky", "sky", "street", "road"}
)
"""What is told of decks and bridges where ships sail among the stars; rooms, ways and skies of who is aboard."""
WATER = re.compile(r"海[のにへをで]|波|潮|浜|\b(?:sea|ocean|waves?|tide|beach|shore)\b")


def aboard(setting: str, told: str, before: str, period: str) -> str:
    """Ships of the future sail among the stars: whoever is on one is indoors, unless water is told of. A ship that
    comes to where people are takes nobody away."""
    if period != "future" or WATER.search(told):
        return setting
    if setting in ON_A_SHIP:
        return before or SHIP
    return SHIP if before == SHIP and setting in WITHIN_A_SHIP else setting


def find_setting(tables: Lore, told: Sequence[str], said: str, before: str, *, opening: Opening) -> str:
    """Where people are, by the sentences told; what opens the scene counts twice, and talk only when all else fails."""
    votes: defaultdict[str, float] = defaultdict(float)
    length, first = 0, max(120, sum(map(len, told)) // 4)
    for sentence in told:
        for sighting in sightings(tables, sentence):
            votes[sighting.label] += sighting.strength * (2 if length < first else 1)
        length += len(sentence)
    every = places().entries
    for part in every.values():
        whole = max(part.within, key=lambda label: (votes[label], label), default="")
        if whole and votes[whole] >= LEAST[""]:
            votes[whole] += votes.pop(part.key, 0.0)
    best = max(votes, key=lambda label: (votes[label], label == before), default="")
    if not best or votes[best] < (LEAST[opening] if before else 0.1):
        best = before or tables.places("told").best(said) or ""
    if best and before in every[best].within:
        best = before
    inner = every[best].inner if best else ""
    return inner if inner and tables.pattern("inside").search(" ".join(told)) else best


def particular(tables: Lore, setting: str, place: str, told: str, *, castle: bool = False) -> str:
    """The place of its own that a scene is in, by what its words dwell on; else the common one. What the place is
    called counts most. Who lives in a castle has his rooms there."""
    if castle and setting in {"room", "parlour"}:
        return "castle_room"
    every, needs = places().entries, dict(tables.places("needs").rows)
    rows = [(key, row) for key, row in tables.places("marks").rows if setting in every[key].among]
    able = [(key, row) for key, row in rows if key not in needs or needs[key].search(f"{place} {told}")]
    votes = {key: len(row.findall(told)) + BUSY * len(row.findall(place)) for key, row in able}
    best = max(votes, key=lambda label: votes[label], default="")
    return best if best and votes[best] >= BUSY else setting


def place_phrase(tables: Lore, setting: str, text: str) -> str:
    """The first words that name the setting, with what stands before them."""
    rows = dict(tables.places("told").rows)
    setting = next((place.key for place in places().entries.values() if place.inner == setting), setting)
    if setting not in rows:
        return ""
    japanese = tables.name.endswith("ja")
    left = LEFT_JA if japanese else LEFT_EN
    pattern = re.compile(f"{left}(?:{rows[setting].pattern})", rows[setting].flags)
    found = list(pattern.finditer(text))
    match = next((m for m in found if not japanese or NOUN.search(m.group())), found[0] if found else None)
    if match is None:
        return ""
    words = re.sub(r"\s+", " ", match.group()).strip()
    if japanese:
        return TRAILING.sub("", words)[:40] or words[:40]
    return re.sub(r"^(?:(?:and|but|the|a|an|of|in|at|to|his|her|their|was|into|on|from|with|it|that)\s)+", "", words)[
        :60
    ]
