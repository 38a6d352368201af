"""Known facts of a look in, the rest chosen out: by period, age and gender, and unlike those already dressed."""

from dataclasses import dataclass
from typing import Any

from manga.characters import Age, Kind
from manga.concept import Period
from providers.offline.reading import Person

TONES = ("dark", "light", "mid", "black", "white")
OUTFITS: dict[Period, dict[str, tuple[str, ...]]] = {
    Period.MODERN: {
        "child": ("casual", "hoodie"),
        "teen_female": ("sailor", "blazer", "casual"),
        "teen_male": ("gakuran", "blazer", "hoodie"),
        "female": ("casual", "dress", "coat", "suit"),
        "male": ("casual", "suit", "coat", "hoodie"),
        "elder": ("casual", "coat", "kimono"),
    },
    Period.EARLY_MODERN: {
        "child": ("victorian_dress", "victorian_suit"),
        "teen_female": ("victorian_dress", "apron"),
        "teen_male": ("victorian_suit", "coat"),
        "female": ("victorian_dress", "dress", "apron"),
        "male": ("victorian_suit", "coat", "suit"),
        "elder": ("coat", "victorian_suit"),
    },
    Period.OLD_JAPAN: {
        "child": ("kimono",),
        "teen_female": ("kimono",),
        "teen_male": ("kimono", "hakama"),
        "female": ("kimono", "apron"),
        "male": ("kimono", "farmer", "hakama"),
        "elder": ("kimono", "robe"),
    },
    Period.OLD_CHINA: {
        "child": ("robe",),
        "teen_female": ("robe", "dress"),
        "teen_male": ("robe",),
        "female": ("robe", "dress"),
        "male": ("robe", "hakama"),
        "elder": ("robe",),
    },
    Period.MEDIEVAL: {
        "child": ("rags", "robe", "dress"),
        "teen_female": ("dress", "apron"),
        "teen_male": ("robe", "rags"),
        "female": ("dress", "apron", "robe"),
        "male": ("robe", "coat", "armour"),
        "elder": ("robe", "coat"),
    },
    Period.FUTURE: {
        "child": ("hoodie", "uniform"),
        "teen_female": ("uniform", "hoodie"),
        "teen_male": ("uniform", "hoodie"),
        "female": ("uniform", "coat"),
        "male": ("uniform", "coat"),
        "elder": ("coat", "uniform"),
    },
}
HAIR: dict[str, tuple[str, ...]] = {
    "female": ("long", "bob", "ponytail", "curly", "bun", "twintail"),
    "male": ("short", "messy", "spiky", "swept", "curly", "shaved"),
    "neutral": ("messy", "short", "bob", "swept", "curly"),
    "old_japan_female": ("bun", "long", "bob", "ponytail"),
    "old_japan_male": ("topknot", "short", "messy", "shaved"),
    "old_japan_neutral": ("topknot", "messy", "short", "bob"),
}
BUILDS = ("medium", "slim", "tall", "stout")
EYES = ("round", "sharp", "gentle", "narrow")


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
        """Hair, hat and build show from afar; the tone is what keeps two black-haired men apart."""
        weights = {"hair_style": 3.0, "hat": 1.0, "outfit": 2.0, "outfit_tone": 2.0, "build": 1.5, "hair_color": 1.5,
                   "facial_hair": 1.0}  # fmt: skip
        return sum(w for name, w in weights.items() if getattr(self, name) == getattr(other, name))


def dress(facts: dict[str, Any], person: Person, period: Period, turn: int, taken: list[Choice]) -> Choice:
    """The candidate that is least like anybody before; the turn decides between equals."""
    options = candidates(facts, person, period, turn)
    return min(options, key=lambda c: (max((c.likeness(t) for t in taken), default=0.0), options.index(c)))


def candidates(facts: dict[str, Any], person: Person, period: Period, turn: int) -> list[Choice]:
    kind, age = facts["kind"], facts["age"]
    if kind is not Kind.HUMAN:
        return [animal(facts, period, tone) for tone in rotated(TONES, turn)]
    elder = age is Age.ELDER
    hairs = (facts["hair_style"],) if "hair_style" in facts else rotated(hair_options(person, period, elder), turn)
    builds = (facts["build"],) if "build" in facts else build_options(age, turn)
    outfits = (facts["outfit"],) if facts.get("outfit") else rotated(outfit_options(person, age, period), turn)
    colors = hair_colors(facts, period, elder=elder)
    eyes, brows, hat = eyes_of(facts, turn), brows_of(person, age, turn), hat_of(facts)
    face = beard(facts, person, elder=elder)
    return [
        Choice(hair, color, build, outfit, tone, eyes, brows, face, hat)
        for tone in rotated(TONES, turn)
        for outfit in outfits
        for build in builds
        for color in colors
        for hair in hairs
    ]


def animal(facts: dict[str, Any], period: Period, tone: str) -> Choice:
    """Beasts wear what the text gives them; without a word they go as they are."""
    build = facts.get("build", "small" if facts["age"] is Age.CHILD else "medium")
    fur = {Kind.FOX: "tone", Kind.RABBIT: "white", Kind.CAT: "grey"}.get(facts["kind"], facts.get("hair_color", "grey"))
    outfit = "robe" if facts["kind"] is Kind.SPIRIT else "none"
    return Choice("short", fur, build, outfit, tone, facts.get("eyes", "round"), "medium", "none", hat_of(facts))


def hair_options(person: Person, period: Period, elder: bool) -> tuple[str, ...]:
    if elder and person.gender != "female":
        return (
            ("bald", "swept", "topknot")
            if period in (Period.OLD_JAPAN, Period.OLD_CHINA)
            else ("swept", "bald", "messy")
        )
    if elder:
        return ("bun", "short")
    old = period in (Period.OLD_JAPAN, Period.OLD_CHINA)
    return HAIR[f"old_japan_{person.gender}" if old else person.gender]


def outfit_options(person: Person, age: Age, period: Period) -> tuple[str, ...]:
    rows = OUTFITS[period]
    if age is Age.ELDER:
        return rows["elder"]
    if age is Age.CHILD:
        return tuple(o for o in rows["child"] if not ("dress" in o and person.gender == "male")) or ("casual",)
    gender = "female" if person.gender == "female" else "male"
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


def beard(facts: dict[str, Any], person: Person, *, elder: bool) -> str:
    if "facial_hair" in facts:
        return str(facts["facial_hair"])
    return "long_beard" if elder and person.gender == "male" else "none"


def hat_of(facts: dict[str, Any]) -> str:
    hat = str(facts.get("hat", "none"))
    return "hunting" if hat == "top" and facts.get("outfit") == "hunting" else hat


def rotated(options: tuple[str, ...], turn: int) -> tuple[str, ...]:
    at = turn % len(options)
    return options[at:] + options[:at]
