"""One Japanese quote and what stands around it: the unit that the rules for speakers look at."""

import re
from dataclasses import dataclass

from offline.reading.story_reading import Quote, QuoteKind


@dataclass(frozen=True, slots=True)
class QuotePlace:
    """`opening` is where the sentence that closes the quote before is over; all text is masked."""

    index: int
    quote: Quote
    kind: QuoteKind
    previous_end: int
    before: str
    after: str
    opening: int
    sentence: int
    after_end: int
    tag: re.Match[str] | None

    @property
    def gap(self) -> str:
        return self.before.strip("\n \u3000")

    @property
    def running(self) -> bool:
        """The clause before runs into the quote: 兵十が、「"""
        return self.gap.endswith(("、", "て", "と"))

    @property
    def first_after(self) -> str:
        return self.after[: self.after_end - self.quote.outer_end].strip("\n \u3000")

    @property
    def inline(self) -> bool:
        """The quote stands within a paragraph."""
        return not re.search(r"\n\u3000?$", self.before) and self.quote.outer_start > 0
