"""What a work may still spend on pictures, when it has a cost limit. Money is in USD."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from manga.errors import CostLimitReached


@dataclass(slots=True)
class Purse:
    """Of one run. `spent_usd` None: nobody has looked yet. What calls under way will cost is promised, so that several
    at a time do not pass the limit together; `kept_usd` is for the words that finish the book."""

    limit_usd: float | None = None
    kept_usd: float = 0.0
    spent_usd: float | None = None
    promised_usd: float = 0.0

    def look(self, counters: Mapping[str, int]) -> None:
        """Takes what the work has spent so far from its counters, once."""
        if self.spent_usd is None:
            self.spent_usd = spent_usd(counters)

    def spend(self, cost_usd: float) -> None:
        self.spent_usd = (self.spent_usd or 0.0) + cost_usd

    @contextmanager
    def holding(self, price_usd: float | None) -> Iterator[None]:
        """A call at about this price; None: nobody knows it. Raises CostLimitReached without it."""
        price = self._allowed(price_usd)
        self.promised_usd += price
        try:
            yield
        finally:
            self.promised_usd -= price

    def _allowed(self, price_usd: float | None) -> float:
        if self.limit_usd is None:
            return price_usd or 0.0
        if price_usd is None:
            raise CostLimitReached("What a picture costs is not known here, so no cost limit can be held.")
        spent = self.spent_usd or 0.0
        # A rounding error of floats must not cost a picture.
        if spent + self.promised_usd + self.kept_usd + price_usd > self.limit_usd + 1e-9:
            raise CostLimitReached(
                f"{spent + self.promised_usd:.2f} of {self.limit_usd:.2f} USD are spent, and another picture costs"
                f" {price_usd:.2f}."
            )
        return price_usd


def spent_usd(counters: Mapping[str, int]) -> float:
    """What a work has cost so far, as far as prices are known."""
    return (counters.get("text_microusd", 0) + counters.get("image_microusd", 0)) / 1_000_000
