"""Phase 2: who is in the story, and how each of them looks in every panel."""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from manga.values import Value


class Kind(StrEnum):
    """What a figure is; the offline artist has a rig for each (an unknown one becomes the nearest)."""

    HUMAN = "human"
    FOX = "fox"
    DOG = "dog"
    WOLF = "wolf"
    CAT = "cat"
    RABBIT = "rabbit"
    TORTOISE = "tortoise"
    MOUSE = "mouse"
    BEAR = "bear"
    HORSE = "horse"
    BIRD = "bird"
    BEAST = "beast"
    SPIRIT = "spirit"


class Age(StrEnum):
    """Decides proportions and the face."""

    CHILD = "child"
    TEEN = "teen"
    ADULT = "adult"
    ELDER = "elder"


class Look(Value):
    """Everything a hand needs to draw the same person twice. Free words are for models, the rest for the rig."""

    kind: Kind = Kind.HUMAN
    gender: Literal["female", "male", "neutral"] = "neutral"
    age: Age = Age.ADULT
    build: Literal["slim", "medium", "stout", "tall", "small"] = "medium"
    hair_style: Literal[
        "short",
        "messy",
        "spiky",
        "bob",
        "long",
        "ponytail",
        "twintail",
        "bun",
        "topknot",
        "shaved",
        "bald",
        "swept",
        "curly",
        "afro",
        "braid",
        "braids",
        "crew",
        "half_up",
        "parted",
        "pixie",
        "princess",
        "shimada",
        "two_buns",
        "wavy",
    ] = "short"
    hair_color: Literal["black", "white", "grey", "tone"] = "black"
    eyes: Literal["round", "sharp", "gentle", "narrow"] = "round"
    brows: Literal["thin", "medium", "thick"] = "medium"
    facial_hair: Literal["none", "moustache", "beard", "long_beard"] = "none"
    glasses: bool = False
    hat: Literal["none", "straw", "cap", "hunting", "top", "scarf", "crown", "helmet"] = "none"
    outfit: Literal[
        "kimono", "farmer", "hakama", "samurai", "monk", "robe", "school", "sailor", "gakuran", "blazer", "suit",
        "coat", "casual", "hoodie", "dress", "victorian_dress", "victorian_suit", "apron", "armour", "uniform",
        "hunting", "rags", "tunic", "gown", "none",
    ] = "casual"  # fmt: skip
    outfit_tone: Literal["white", "light", "mid", "dark", "black"] = "mid"
    marks: tuple[str, ...] = Field(default=(), max_length=6)
    seed: int = 0


class SpeechStyle(Value):
    """How somebody talks."""

    first_person: str = Field(default="", max_length=40)
    endings: tuple[str, ...] = ()
    politeness: Literal["plain", "polite", "humble", "rough", "archaic"] = "plain"


class Character(Value):
    """One sheet. `description` is repeated word for word in every prompt of a panel that shows this character."""

    key: str = Field(pattern=r"^c\d{2,3}$")
    name: str = Field(min_length=1, max_length=80)
    aliases: tuple[str, ...] = ()
    role: Literal["protagonist", "main", "supporting", "minor"] = "supporting"
    age_text: str = Field(default="", max_length=80)
    personality: str = Field(default="", max_length=200)
    speech: SpeechStyle = SpeechStyle()
    look: Look
    description: str = Field(max_length=1200)
    costume: str = Field(default="", max_length=300)
    reference_images: tuple[str, ...] = Field(default=(), description="object names in the blob store")
    mentions: int = Field(default=0, ge=0)


class Cast(Value):
    """The result of the phase."""

    characters: tuple[Character, ...] = Field(max_length=60)

    def get(self, key: str) -> Character | None:
        return next((c for c in self.characters if c.key == key), None)

    def from_words(self) -> "Cast":
        """The cast as models tell it: they neither read nor name pictures."""
        told = tuple(
            person.model_copy(update={"reference_images": ()}) if person.reference_images else person
            for person in self.characters
        )
        return self.model_copy(update={"characters": told})
