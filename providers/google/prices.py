"""What Google's models cost: USD for a million tokens on the standard tier, as read on 2026-11-24.

Sources: genai-prices 0.2.3 and Google's model guides. A price holds from its day on until the model's next one.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final


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


def price_of(model: str, on: date) -> Price | None:
    """That day's price of a model; a version (`gemini-3.8-flash-002`) costs what its model costs. None: not known."""
    name = model.rsplit("/", 1)[-1]
    fitting = [p for p in PRICES if (name == p.model or name.startswith(f"{p.model}-0")) and p.since <= on]
    return max(fitting, key=lambda price: price.since, default=None)


def cost_usd(model: str, on: date, *, input_tokens: int, cached_tokens: int, output_tokens: int) -> float | None:
    """What a call cost; None when the price is not known. Cached tokens are part of the input tokens."""
    price = price_of(model, on)
    if price is None:
        return None
    fresh = max(0, input_tokens - cached_tokens)
    return (fresh * price.input + cached_tokens * price.cached + output_tokens * price.output) / 1_000_000
