"""Completes a look of which some facts are known: by period, age and gender, and unlike those already dressed."""

from dataclasses import dataclass
from itertools import compress
from operator import attrgetter, eq
from typing import Any

from manga.characters import Age, Kind
from manga.concept import Period
from manga.vocabulary.beings import beings
from manga.vocabulary.clothes_and_hair import headgear, outfits, usual_clothes, usual_hair
from offline.reading.story_reading import Person

TONES = ("dark", "light", "mid", "black", "white")
OLD = (Period.OLD_JAPAN, Period.OLD_CHINA)
BUILDS = ("medium", "slim", "tall", "stout")
EYES = ("round", "sharp", "gentle", "narrow")


SHOWS = attrgetter("hair_style", "hat", "outfit", "outfit_tone", "build", "hair_color", "facial_hair")
WEIGHTS = (3.0, 1.0, 2.0, 2.0, 1.5, 1.5, 1.0)
"""Hair, hat and build show from afar; the tone is what keeps two black-haired men apart."""
TWINS = 20.0
"""Nobody has the head or the clothes of another as long as there is a choice."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What makes a silhouette."""

    hair_style: str
    hair_color: str
    build: str
    outfit: str
    outfit_tone: str
    eyes: str
    brows: str
    facial_hair: str
    hat: str

    def fields(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def likeness(self, other: "Choice") -> float:
        """What of two people looks the same, by how far it shows."""
        same = sum(compress(WEIGHTS, map(eq, SHOWS(self), SHOWS(other))))
        heads = (self.hair_style, self.hair_color) == (other.hair_style, other.hair_color)
        clothes = (self.outfit, self.outfit_tone) == (other.outfit, other.outfit_tone) and self.outfit != "none"
        return same + TWINS * (heads + clothes)


def dress(facts: dict[str, Any], person: Person, period: Period, turn: int, taken: list[Choice]) -> Choice:
    """The candidate that is least like anybody before; between equals the turn decides, which orders them."""
    options = candidates(facts, person, period, turn)
    return min(options, key=lambda choice: max((choice.likeness(other) for other in taken), default=0.0))


def candidates(facts: dict[str, Any], person: Person, period: Period, turn: int) -> list[Choice]:
    kind, age = facts["kind"], facts["age"]
    if kind is not Kind.HUMAN:
        return [animal(facts, period, tone) for tone in rotated(TONES, turn)]
    hairs = (facts["hair_style"],) if "hair_style" in facts else hair_options(facts, period, turn)
    builds = (facts["build"],) if "build" in facts else build_options(age, turn)
    outfits = (facts["outfit"],) if facts.get("outfit") else outfit_options(facts, period, turn)
    colors = hair_colors(facts, period, elder=age is Age.ELDER)
    eyes, brows, hat = eyes_of(facts, turn), brows_of(person, age, turn), hat_of(facts, period)
    return [
        Choice(hair, color, build, outfit, tone, eyes, brows, face, hat)
        for face in beards(facts, period)
        for tone in tones(facts, outfits[0], turn)
        for outfit in outfits
        for build in builds
        for color in colors
        for hair in hairs
    ]


def tones(facts: dict[str, Any], outfit: str, turn: int) -> tuple[str, ...]:
    """A gakuran is black before it is anything else."""
    if "outfit_tone" in facts:
        return (str(facts["outfit_tone"]),)
    order = rotated(TONES, turn)
    return ("black", *(t for t in order if t != "black")) if outfit == "gakuran" else order


def animal(facts: dict[str, Any], period: Period, tone: str) -> Choice:
    """Beasts wear what the text gives them; without a word they go as they are."""
    build = facts.get("build", "small" if facts["age"] is Age.CHILD else "medium")
    usual = beings().entries[facts["kind"]].usual
    outfit = "robe" if facts["kind"] is Kind.SPIRIT else "none"
    fur, eyes, hat = facts.get("hair_color", usual), facts.get("eyes", "round"), hat_of(facts, period)
    return Choice("short", fur, build, outfit, tone, eyes, "medium", "none", hat)


def hair_options(facts: dict[str, Any], period: Period, turn: int) -> tuple[str, ...]:
    """In old countries the hair goes by sex and age, so the order is kept; elsewhere everybody may begin anew."""
    old, age, gender = period in OLD, facts["age"], facts["gender"]
    if age is Age.ELDER and gender == "female":
        return ("bun", "short")
    if age is Age.ELDER:
        return ("bald", "swept", "ponytail") if old else ("bald", "short", "swept")
    if not old:
        return rotated(usual_hair(f"{period.value}_{gender}") or usual_hair(gender), turn)
    young = age is Age.CHILD and gender != "neutral"
    who = ("girl" if gender == "female" else "boy") if young else gender
    return usual_hair(f"{period.value}_{who}")


def worn_then(outfit: str, period: Period, gender: str) -> str:
    """A gown of a queen is no gown of her grandchildren."""
    return outfits().entries[outfit].worn_then.get(period.value, (outfit, outfit))[gender != "female"]


def outfit_options(facts: dict[str, Any], period: Period, turn: int) -> tuple[str, ...]:
    rows, age, female = usual_clothes(period.value), facts["age"], facts["gender"] == "female"
    gender = "female" if female else "male"
    if age is Age.ELDER:
        return rows["elder"] if facts.get("in_japan", True) else tuple(o for o in rows["elder"] if o != "kimono")
    if age is Age.CHILD:
        fit = tuple(o for o in rows["child"] if female or not (o == "gown" or "dress" in o))
        return fit or ("casual",)
    if age is Age.TEEN and facts.get("school") and f"school_{gender}" in rows:
        return rotated(rows[f"school_{gender}"], turn) if female else rows["school_male"]
    return rows[f"teen_{gender}"] if age is Age.TEEN else rows[gender]


def build_options(age: Age, turn: int) -> tuple[str, ...]:
    return ("small",) if age is Age.CHILD else tuple(rotated(BUILDS, turn if age is Age.ADULT else 0))


def hair_colors(facts: dict[str, Any], period: Period, *, elder: bool) -> tuple[str, ...]:
    if "hair_color" in facts:
        return (facts["hair_color"],)
    if elder:
        return ("white", "grey")
    return ("black",) if period in (Period.OLD_JAPAN, Period.OLD_CHINA) else ("black", "tone")


def eyes_of(facts: dict[str, Any], turn: int) -> str:
    return str(facts.get("eyes", EYES[turn % len(EYES)]))


def brows_of(person: Person, age: Age, turn: int) -> str:
    if person.gender == "female" or age is Age.CHILD:
        return "thin"
    return ("medium", "thick")[turn % 2]


def beards(facts: dict[str, Any], period: Period) -> tuple[str, ...]:
    if "facial_hair" in facts:
        return (str(facts["facial_hair"]),)
    if facts["gender"] != "male":
        return ("none",)
    if facts["age"] is Age.ELDER:
        return ("none", "moustache") if period is Period.MODERN else ("long_beard", "beard")
    return ("none", "moustache") if facts["age"] is Age.ADULT and period is Period.EARLY_MODERN else ("none",)


def hat_of(facts: dict[str, Any], period: Period) -> str:
    """A hat of no kind is what one of that age wore then: a cap, a sedge hat, or a soft hat."""
    hat = str(facts.get("hat", "none"))
    if facts.get("outfit") == "hunting" and hat in ("plain", "top"):
        return "hunting"
    if hat != "plain":
        return hat
    if then := headgear().classes["plain"].worn_then.get(period.value):
        return then[facts["gender"] != "female"]
    if facts["age"] in (Age.CHILD, Age.TEEN):
        return "cap"
    return "hunting"


def rotated(options: tuple[str, ...], turn: int) -> tuple[str, ...]:
    at = turn % len(options)
    return options[at:] + options[:at]
