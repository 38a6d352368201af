"""What Google's models cost: USD for a million tokens on the standard tier, as read on 2026-11-24, and for a picture.

Sources: genai-prices 0.2.3 and Google's model guides. A price holds from its day on until the model's next one.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeAlias

ImageSize: TypeAlias = Literal["1K", "2K"]
"""Google's names for about 1 and 4 million pixels: the sizes that we ask for."""


@dataclass(frozen=True, slots=True)
class Price:
    """`cached` is for input that the provider had in its cache; output counts thinking."""

    model: str
    since: date
    input: float
    output: float
    cached: float


_NOVEMBER: Final = date(2026, 11, 1)
_DECEMBER: Final = date(2026, 12, 1)
_NEW_YEAR: Final = date(2027, 1, 1)

PRICES: Final = (
    Price("gemini-3.8-flash", _NOVEMBER, 0.75, 3.75, 0.075),
    Price("gemini-3.8-flash", _NEW_YEAR, 1.50, 7.50, 0.15),
    Price("gemini-3.6-flash", _NOVEMBER, 0.75, 3.75, 0.075),
    Price("gemini-3.6-flash", _NEW_YEAR, 1.50, 7.50, 0.15),
    Price("gemini-3.5-flash-lite", _NOVEMBER, 0.30, 2.50, 0.03),
    Price("gemini-4-hydrogen", _NOVEMBER, 1.50, 7.50, 0.075),
    Price("gemini-4-neon", _NOVEMBER, 3.00, 15.00, 0.15),
    Price("gemini-4-argon", _NOVEMBER, 2.00, 10.00, 0.10),
    Price("gemini-4-argon", _DECEMBER, 4.00, 20.00, 0.20),
    Price("gemini-4-carbon", _NOVEMBER, 2.00, 10.00, 0.10),
    Price("gemini-4-carbon", _DECEMBER, 4.00, 20.00, 0.20),
    Price("gemini-3.1-pro-preview", _NOVEMBER, 2.00, 12.00, 0.20),
    Price("gemini-2.5-pro", _NOVEMBER, 1.25, 10.00, 0.125),
)


@dataclass(frozen=True, slots=True)
class ImagePrice:
    """`image` is for the tokens of the picture itself, `words` for thinking and what is said beside it; `tokens` is how
    many a picture has at each size that the model draws."""

    model: str
    since: date
    input: float
    words: float
    image: float
    tokens: tuple[tuple[ImageSize, int], ...]

    def of_picture(self, size: ImageSize | None = None) -> float | None:
        """The picture alone; without `size` at the largest one."""
        drawn = dict(self.tokens)
        counted = drawn.get(size) if size else max(drawn.values())
        return None if counted is None else counted * self.image / 1_000_000


_OCTOBER: Final = date(2026, 10, 1)

IMAGE_PRICES: Final = (
    ImagePrice("gemini-nano-banana-2.1", _OCTOBER, 1.50, 7.50, 30.0, (("1K", 1120), ("2K", 1680))),
    ImagePrice("gemini-3-pro-image", _OCTOBER, 2.00, 12.0, 120.0, (("1K", 1120), ("2K", 1120))),
    ImagePrice("gemini-3.1-flash-lite-image", _OCTOBER, 0.25, 1.50, 30.0, (("1K", 1120),)),
)


def image_price_of(model: str, on: date) -> ImagePrice | None:
    """That day's price of an image model or of a version of it. None: not known."""
    fitting = [p for p in IMAGE_PRICES if _is_of(model, p.model) and p.since <= on]
    return max(fitting, key=lambda price: price.since, default=None)


def image_price(model: str, on: date, size: ImageSize | None = None) -> float | None:
    """USD for one picture, without what is read and thought for it; None when it is not known.

    Without `size` at the largest one that we ask of the model. That is more than most panels need, and about makes up
    for the words and sheets that are read (`image_cost_usd` counts them when they are known).
    """
    price = image_price_of(model, on)
    return None if price is None else price.of_picture(size)


def image_cost_usd(
    model: str, on: date, *, input_tokens: int, word_tokens: int, image_tokens: int, size: ImageSize | None = None
) -> float | None:
    """What a call for a picture cost by the tokens that the answer tells; None when the price is not known.

    `word_tokens` are of thinking and of words. With no tokens told at all it is the price of a picture of that `size`.
    """
    price = image_price_of(model, on)
    if price is None:
        return None
    if not (input_tokens or word_tokens or image_tokens):
        return price.of_picture(size)
    return (input_tokens * price.input + word_tokens * price.words + image_tokens * price.image) / 1_000_000


def _is_of(name: str, model: str) -> bool:
    """Is it that model, or a version of it?"""
    bare = name.rsplit("/", 1)[-1]
    return bare == model or bare.startswith(f"{model}-0")


def price_of(model: str, on: date) -> Price | None:
    """That day's price of a model; a version (`gemini-3.8-flash-002`) costs what its model costs. None: not known."""
    fitting = [p for p in PRICES if _is_of(model, p.model) and p.since <= on]
    return max(fitting, key=lambda price: price.since, default=None)


def cost_usd(model: str, on: date, *, input_tokens: int, cached_tokens: int, output_tokens: int) -> float | None:
    """What a call cost; None when the price is not known. Cached tokens are part of the input tokens."""
    price = price_of(model, on)
    if price is None:
        return None
    fresh = max(0, input_tokens - cached_tokens)
    return (fresh * price.input + cached_tokens * price.cached + output_tokens * price.output) / 1_000_000
