"""Money of a work: what models cost (tariff), what may still be spent (purse), what is still to be paid (bill). USD."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from editing.phase_results import brief_of, result_of
from editing.state_as_json import Json, WorkState
from manga.errors import CostLimitReached
from manga.phases import Phase
from manga.storyboard import Storyboard


@dataclass(frozen=True, slots=True)
class WordPrice:
    """Of one text model; `read_usd` and `written_usd` are for a million tokens, written ones with what was thought.
    None: the price is not known."""

    model: str
    read_usd: float | None
    written_usd: float | None

    @property
    def known(self) -> bool:
        return self.read_usd is not None and self.written_usd is not None

    def usd(self, read_tokens: float, written_tokens: float) -> float:
        """What a call of so many tokens costs; of an unknown price it counts nothing."""
        return (read_tokens * (self.read_usd or 0.0) + written_tokens * (self.written_usd or 0.0)) / 1_000_000


OFFLINE_WORDS: Final = WordPrice("offline", 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Tariff:
    """`usual` answers all questions that `own` names no other model for. `picture_usd` None: not known."""

    usual: WordPrice = OFFLINE_WORDS
    own: Mapping[str, WordPrice] = field(default_factory=dict)
    image_model: str = "offline"
    paid_pictures: bool = False
    picture_usd: float | None = 0.0
    draws_sheets: bool = False

    def words(self, question: str) -> WordPrice:
        """The price of the model that answers a question: a phase word, `feedback` or `redrawing`."""
        return self.own.get(question, self.usual)

    def paid_words(self, question: str) -> bool:
        return self.words(question).model != OFFLINE_WORDS.model

    @property
    def last_words_usd(self) -> float:
        """About what the calls cost that finish a book once its pictures are drawn."""
        return sum(self.words(phase.value).usd(8000, 3000) for phase in (Phase.LETTERING, Phase.FINISHING))

    @property
    def paid(self) -> bool:
        """Does anything here cost money, or count against a provider's limits?"""
        models = {self.usual.model, *(price.model for price in self.own.values())}
        return self.paid_pictures or models != {OFFLINE_WORDS.model}


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

    def leaves(self, price_usd: float | None, pictures: int) -> bool:
        """Is there money for so many pictures at about this price? Not where nobody knows it and there is a limit."""
        if self.limit_usd is None:
            return True
        if price_usd is None:
            return False
        spent = (self.spent_usd or 0.0) + self.promised_usd + self.kept_usd
        # A rounding error of floats must not cost a picture.
        return spent + pictures * price_usd <= self.limit_usd + 1e-9

    def _allowed(self, price_usd: float | None) -> float:
        if self.leaves(price_usd, 1):
            return price_usd or 0.0
        if price_usd is None:
            raise CostLimitReached("What a picture costs is not known here, so no cost limit can be held.")
        spent = (self.spent_usd or 0.0) + self.promised_usd
        raise CostLimitReached(
            f"{spent:.2f} of {self.limit_usd:.2f} USD are spent, and another picture costs {price_usd:.2f}."
        )


def spent_usd(counters: Mapping[str, int]) -> float:
    """What a work has cost so far, as far as prices are known."""
    return (counters.get("text_microusd", 0) + counters.get("image_microusd", 0)) / 1_000_000


def bill(state: WorkState, tariff: Tariff, counters: Mapping[str, int]) -> Json:
    """`{images, usd, spent_usd, limit_usd}` once the storyboard is there: pictures that may be drawn for it at most and
    what they cost, what was spent before, and the work's limit. `usd` None: the price is not known."""
    images = sum(len(page.panels) for page in result_of(state, Phase.STORYBOARD, Storyboard).pages)
    return {
        "images": images,
        "usd": pictures_usd(tariff, images),
        "spent_usd": round(spent_usd(counters), 6),
        "limit_usd": brief_of(state).settings.max_cost_usd,
    }


def pictures_usd(tariff: Tariff, images: int) -> float | None:
    """What so many pictures cost; None: nobody knows their price."""
    return None if tariff.picture_usd is None else round(images * tariff.picture_usd, 4)
