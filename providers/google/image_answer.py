"""Reads Google's answer to a call for a picture: bytes, usage, and where the model says that the faces are.

Its bytes are a stranger's: a sheet is proved in the process pool; a panel when it is inked, by `agents.artwork`.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeAlias

from PIL import Image
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from drawing.raster.decode_picture import BadPicture, opened
from drawing.raster.panel_from_picture import LEAST_SIDE_PX
from manga.artwork import MediaType
from manga.errors import AnswerInvalid
from manga.geometry import Rect
from providers.chat import Stopped

if TYPE_CHECKING:
    from google.genai.types import Candidate, GenerateContentResponse, GenerateContentResponseUsageMetadata, Part


MOST_FACES: Final = 12
MOST_LETTERS: Final = 4000
THOUSANDTHS: Final = 1000.0
LEAST_SIDE: Final = 0.01
_DONE: Final = frozenset({"", "STOP", "MAX_TOKENS", "FINISH_REASON_UNSPECIFIED"})
_TYPES: dict[str, MediaType] = {"PNG": "image/png", "JPEG": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as it came, unproved; `words` is what the model said beside it. Tokens as they are priced."""

    data: bytes
    words: str
    model: str
    input_tokens: int = 0
    word_tokens: int = 0
    image_tokens: int = 0


def drawn_in(answer: "GenerateContentResponse", model: str) -> Drawn | Stopped:
    """The answer's picture, or why there is none. Sketches of the model's thinking are no answer."""
    feedback = answer.prompt_feedback
    if feedback is not None and feedback.block_reason is not None:
        return Stopped(_word(feedback.block_reason), at_prompt=True)
    if not answer.candidates:
        return Stopped("empty")
    candidate = answer.candidates[0]
    reason = _word(candidate.finish_reason)
    if reason not in _DONE:
        return Stopped(reason)
    data = next(_images(candidate), None)
    if data is None:
        return Stopped("NO_IMAGE")
    words = "".join(part.text for part in _parts(candidate) if part.text)
    return Drawn(data, words[:MOST_LETTERS], answer.model_version or model, *_used(answer.usage_metadata))


def _parts(candidate: "Candidate") -> "Iterator[Part]":
    content = candidate.content
    yield from (part for part in (content.parts if content else None) or () if not part.thought)


def _images(candidate: "Candidate") -> Iterator[bytes]:
    yield from (part.inline_data.data for part in _parts(candidate) if part.inline_data and part.inline_data.data)


def _used(usage: "GenerateContentResponseUsageMetadata | None") -> tuple[int, int, int]:
    """Tokens of input, of words and thoughts, of the picture. An answer without modalities is all picture."""
    if usage is None:
        return (0, 0, 0)
    answered = usage.candidates_token_count or 0
    details = usage.candidates_tokens_details or ()
    image = sum(one.token_count or 0 for one in details if _word(one.modality) == "IMAGE") if details else answered
    return (usage.prompt_token_count or 0, max(0, answered - image) + (usage.thoughts_token_count or 0), image)


def _word(reason: object) -> str:
    return "" if reason is None else str(getattr(reason, "name", reason)).upper()


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


_Box: TypeAlias = Annotated[list[float], Field(min_length=4, max_length=4)]


class _Face(_Told):
    character: str
    box: _Box


class _Faces(_Told):
    faces: Annotated[list[_Face], Field(max_length=MOST_FACES)]
    hands: Any = None
    """Proved apart from the faces: neither costs the other."""


class _Hands(_Told):
    hands: Annotated[list[_Box], Field(max_length=2 * MOST_FACES)]


def faces_in(words: str, characters: Collection[str]) -> tuple[tuple[str, Rect], ...]:
    """Character keys and boxes as shares of the picture. What is malformed, unknown or told twice is left out: words
    beside a picture are worth no second call."""
    found: dict[str, Rect] = {}
    for face in _told(words).faces:
        box = _share(face.box)
        if box is not None and face.character in characters:
            found.setdefault(face.character, box)
    return tuple(found.items())


def hands_in(words: str) -> tuple[Rect, ...]:
    """Hands that hold or touch something, as shares of the picture."""
    try:
        told = _Hands(hands=_told(words).hands).hands
    except ValidationError:
        return ()
    return tuple(box for one in told if (box := _share(one)) is not None)


def _told(words: str) -> _Faces:
    """Of the one JSON object among the words, with a fence around it or not."""
    try:
        return _Faces.model_validate_json(words[words.find("{") : words.rfind("}") + 1])
    except ValidationError:
        return _Faces(faces=[])


def _share(box: list[float]) -> Rect | None:
    """Google's order is top, left, bottom, right, in thousandths."""
    top, left, bottom, right = (min(1.0, max(0.0, value / THOUSANDTHS)) for value in box)
    if right - left < LEAST_SIDE or bottom - top < LEAST_SIDE:
        return None
    return Rect(x=left, y=top, width=right - left, height=bottom - top)


@dataclass(frozen=True, slots=True)
class RasterSheet:
    """A sheet's bytes as they came, and what they are: the type that they say themselves, pixels, share of black."""

    data: bytes
    media_type: MediaType
    width: int
    height: int
    ink: float


def sheet_of(data: bytes, character: str) -> RasterSheet:
    """Raises AnswerInvalid for bytes that are no picture that can be sent again."""
    try:
        image = opened(data, formats=tuple(_TYPES), least_side_px=LEAST_SIDE_PX)
    except BadPicture as error:
        raise _invalid(error, character) from None
    mean = image.convert("L").resize((1, 1), Image.Resampling.BOX).tobytes()[0]
    return RasterSheet(data, _TYPES[str(image.format)], image.width, image.height, round(1 - mean / 255, 3))


def _invalid(error: BadPicture, element: str) -> AnswerInvalid:
    return AnswerInvalid(f"The model's picture cannot be used: {error}.", phase="artwork", element=element)
