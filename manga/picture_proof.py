"""What a model sees that is wrong with a picture, when it looks at what an image model has drawn."""

from enum import StrEnum

from pydantic import Field

from manga.values import Value


class PictureFaultKind(StrEnum):
    """What readers stumble over."""

    MISSING = "missing"
    STRANGER = "stranger"
    LOOKS = "looks"
    BODY = "body"
    LETTERS = "letters"
    VIEW = "view"


class PictureFault(Value):
    """One fault, said so that an artist can put it right."""

    kind: PictureFaultKind
    what: str = Field(min_length=1, max_length=160)


class PictureProof(Value):
    """The answer: the worst first, empty where the picture can be printed."""

    faults: tuple[PictureFault, ...] = Field(default=(), max_length=6)
