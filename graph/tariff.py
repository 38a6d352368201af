"""What the models at hand cost, as plain values: USD for a picture, and for a million tokens read or written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from manga.phases import Phase


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
    hand: str = "offline"
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
