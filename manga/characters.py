"""Phase 2: who is in the story, and how each of them looks in every panel."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from manga.losses import AnswerWithLosses, Loss, Path, read_loss
from manga.phases import Phase
from manga.values import Value
from manga.vocabulary.beings import Kind as Kind  # noqa: PLC0414 (told where looks are)
from manga.vocabulary.beings import beings
from manga.vocabulary.clothes_and_hair import hair_styles, headgear, outfits
from manga.vocabulary.vocabulary_fields import NamedAs, WordOf


class Age(StrEnum):
    """Decides proportions and the face."""

    CHILD = "child"
    TEEN = "teen"
    ADULT = "adult"
    ELDER = "elder"


class Look(Value):
    """Everything an artist needs to draw the same person twice. Free words are for models, the rest for the rig."""

    kind: Annotated[Kind, NamedAs(beings)] = Kind.HUMAN
    gender: Literal["female", "male", "neutral"] = "neutral"
    age: Age = Age.ADULT
    build: Literal["slim", "medium", "stout", "tall", "small"] = "medium"
    hair_style: Annotated[str, WordOf(hair_styles)] = "short"
    hair_color: Literal["black", "white", "grey", "tone"] = "black"
    eyes: Literal["round", "sharp", "gentle", "narrow"] = "round"
    brows: Literal["thin", "medium", "thick"] = "medium"
    facial_hair: Literal["none", "moustache", "beard", "long_beard", "side_whiskers"] = "none"
    glasses: bool = False
    hat: Annotated[str, WordOf(headgear)] = "none"
    outfit: Annotated[str, WordOf(outfits)] = "casual"
    outfit_tone: Literal["white", "light", "mid", "dark", "black"] = "mid"
    marks: tuple[str, ...] = Field(default=(), max_length=6)
    seed: int = 0


class SpeechStyle(Value):
    """How somebody talks."""

    first_person: str = Field(default="", max_length=40)
    endings: tuple[str, ...] = ()
    politeness: Literal["plain", "polite", "humble", "rough", "archaic"] = "plain"
    voice: Literal["usual", "hushed"] = "usual"


class OtherShape(Value):
    """The other shape of a being that is seen in two (an animal that becomes a person): a sheet of its own."""

    look: Look
    description: str = Field(default="", max_length=1200)
    costume: str = Field(default="", max_length=300)
    reference_images: SkipJsonSchema[tuple[str, ...]] = ()


class Character(Value):
    """One sheet. `description` is repeated word for word in every prompt of a panel that shows this character.

    `other` is there for beings in two shapes alone; which one is seen, the plot's changes say, or a panel itself.
    """

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
    other: OtherShape | SkipJsonSchema[None] = None

    @property
    def plain(self) -> "Character":
        """In the first shape, without word of another."""
        return self.model_copy(update={"other": None}) if self.other is not None else self

    @property
    def in_other_shape(self) -> "Character":
        """The sheet of the other shape; who has none is as ever."""
        if self.other is None:
            return self
        own = {name: getattr(self.other, name) for name in OtherShape.model_fields}
        return self.model_copy(update={**own, "other": None})

    @property
    def shapes(self) -> "tuple[Character, ...]":
        """Somebody in the first shape, and in the other one where there is one."""
        return (self,) if self.other is None else (self.plain, self.in_other_shape)

    def without_pictures(self) -> "Character":
        """As models tell of somebody: they neither read nor name pictures."""
        other = self.other.model_copy(update={"reference_images": ()}) if self.other is not None else None
        return self.model_copy(update={"reference_images": (), "other": other})


class Cast(AnswerWithLosses):
    """The result of the phase."""

    characters: tuple[Character, ...] = Field(max_length=60)

    def get(self, key: str) -> Character | None:
        return next((c for c in self.characters if c.key == key), None)

    def from_words(self) -> "Cast":
        """The cast as models tell it: they neither read nor name pictures, nor what was lost of an answer."""
        told = tuple(person.without_pictures() for person in self.characters)
        return self.model_copy(update={"characters": told, "losses": ()})

    def loss_of(self, path: Path, said: str, read: str | None) -> Loss:
        """The element is the person's key."""
        return read_loss(Phase.CHARACTERS, self.characters[int(path[1])].key, path, said, read)
