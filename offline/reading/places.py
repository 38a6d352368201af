"""The text of a scene in, its place out: a setting word of the artist and the story's own words for it."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Literal

from offline.reading.sightings import sightings
from offline.reading.story import Lore

Opening = Literal["jump", "pause", ""]

DEFAULTS = {"old_japan": "village", "old_china": "town", "medieval": "field", "future": "room"}
LEFT_JA = r"(?:[一-龥々ァ-ヴー]{1,6}の|小さな|大きな|暗い|細い){0,2}(?!丁度)[一-龥々ァ-ヴー]{0,3}"
LEFT_EN = (
    r"(?:(?:little|big|old|large|small|great|dark|shabby|lonely|wide|narrow|deep|green|quiet|dreary|[A-Z][a-z]+['’]s)"
    r"\s){0,2}"
)
NOUN = re.compile(r"[一-龥々ァ-ヴー]")
TRAILING = re.compile(r"[のにへはをがで、とも下]+$")

INDOORS = {"lighthouse": "lighthouse_room"}
"""Places that the artist draws from outside and from inside."""

WITHIN = {
    "stairs": {"lighthouse", "lighthouse_room", "mansion", "palace", "parlour", "room"},
    "room": {
        "japanese_room",
        "lighthouse",
        "lighthouse_room",
        "hospital",
        "mansion",
        "restaurant",
        "parlour",
        "kitchen",
    },
    "corridor": {"mansion", "palace", "restaurant"},
    "lighthouse": {"lighthouse_room"},
    "parlour": {"mansion", "room"},
    "kitchen": {"restaurant", "farmhouse", "room"},
    "sea": {"lighthouse", "lighthouse_room", "shore"},
    "castle": {"palace", "mansion"},
    "forest": {"garden"},
    "library": {"mansion", "parlour"},
    "bath": {"mansion", "japanese_room"},
    "office": {"hospital"},
}
"""Parts, and the places they may be parts of: whoever goes to the stairs has not left the house."""

KIN = (
    frozenset({"town", "street"}),
    frozenset({"mountain", "forest"}),
    frozenset({"den", "forest"}),
    frozenset({"hospital", "hospital_garden"}),
    frozenset({"sea", "shore"}),
    frozenset({"shop", "town", "street"}),
    frozenset({"park", "town"}),
)
"""Words for places that lie in each other."""

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
ABOARD = frozenset({SHIP, "ship_bridge", "mess"})
WATER = re.compile(r"海[のにへをで]|波|潮|浜|\b(?:sea|ocean|waves?|tide|beach|shore)\b")


def outside(tables: Lore, setting: str, told: str) -> str:
    """Where a picture without people is that is told of aboard: a ship that passes is seen among the stars."""
    return "space" if setting in ABOARD and tables.pattern("ship_passes").search(told) else setting


def aboard(setting: str, told: str, before: str, period: str) -> str:
    """Ships of the future sail among the stars: whoever is on one is indoors, unless water is told of. A ship that
    comes to where people are takes nobody away."""
    if period != "future" or WATER.search(told):
        return setting
    if setting in ON_A_SHIP:
        return before or SHIP
    return SHIP if before == SHIP and setting in WITHIN_A_SHIP else setting


def same_place(one: str, other: str) -> bool:
    """Whether nobody has to travel from one to the other."""
    return (
        one == other
        or one in WITHIN.get(other, ())
        or other in WITHIN.get(one, ())
        or any(one in kin and other in kin for kin in KIN)
    )


def find_setting(tables: Lore, told: Sequence[str], said: str, before: str, *, opening: Opening) -> str:
    """Where people are, by the sentences told; what opens the scene counts twice, and talk only when all else fails."""
    votes: defaultdict[str, float] = defaultdict(float)
    length, first = 0, max(120, sum(map(len, told)) // 4)
    for sentence in told:
        for sighting in sightings(tables, sentence):
            votes[sighting.label] += sighting.strength * (2 if length < first else 1)
        length += len(sentence)
    for part, wholes in WITHIN.items():
        whole = max(wholes, key=lambda label: (votes[label], label))
        if votes[whole] >= LEAST[""]:
            votes[whole] += votes.pop(part, 0.0)
    best = max(votes, key=lambda label: (votes[label], label == before), default="")
    if not best or votes[best] < (LEAST[opening] if before else 0.1):
        best = before or _busy_at(tables, said) or tables.table("settings").best(said) or ""
    if before in WITHIN.get(best, ()):
        best = before
    inside = best in INDOORS and tables.pattern("inside").search(" ".join(told))
    return INDOORS[best] if inside else best


def _busy_at(tables: Lore, said: str) -> str | None:
    """The place that work in hand tells when nothing else does: who talks of pans and onions is in a kitchen."""
    votes = tables.table("busy_places").votes(said)
    return max(votes, key=lambda label: votes[label]) if sum(votes.values()) >= BUSY else None


PARTICULAR = {
    "pond": ("river", "mountain", "field", "forest", "garden", "park", "road", "village"),
    "lotus_pond": ("river", "garden", "sky", "palace"),
    "bridge": ("river", "road", "street", "town"),
    "hell_court": ("hell",),
    "summit": ("mountain", "sky"),
    "deck": ("sea",),
    "greenhouse": ("garden", "room"),
    "ship_bridge": ("spaceship",),
    "mess": ("spaceship",),
    "space": ("night_sky",),
    "farmhouse": ("japanese_room",),
    "office": ("room",),
    "theatre": ("classroom", "mansion", "room", "rooftop", "office"),
    "vault": ("grave", "room", "palace", "mansion", "road", "mountain"),
    "tarn_house": ("mansion", "river", "road"),
    "chamber": ("road", "mansion", "mountain", "parlour", "room"),
}
"""Places of their own, and the common ones that a story may take them for."""


def particular(tables: Lore, setting: str, place: str, told: str, *, castle: bool = False) -> str:
    """The place of its own that a scene is in, by what its words dwell on; else the common one. What the place is
    called counts most. Who lives in a castle has his rooms there."""
    if castle and setting in {"room", "parlour"}:
        return "castle_room"
    needs = dict(tables.table("particular_needs").rows)
    able = {label for label in PARTICULAR if label not in needs or needs[label].search(f"{place} {told}")}
    every = tables.table("particular_places").rows
    rows = [(label, row) for label, row in every if setting in PARTICULAR[label] and label in able]
    votes = {label: len(row.findall(told)) + BUSY * len(row.findall(place)) for label, row in rows}
    best = max(votes, key=lambda label: votes[label], default="")
    return best if best and votes[best] >= BUSY else setting


def place_phrase(tables: Lore, setting: str, text: str) -> str:
    """The first words that name the setting, with what stands before them."""
    outside = {inner: outer for outer, inner in INDOORS.items()}
    rows = dict(tables.table("settings").rows)
    setting = outside.get(setting, setting)
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
