"""Which call fails how. A `Rule` chooses calls by their number, or a share of them by a seed."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from tests.gemini.faults import FAULTS, fits

ALWAYS: Final = 10**9


@dataclass(frozen=True, slots=True)
class Asked:
    """What a rule looks at. `digest` is the request body's; `prompt` a prompt's id, "" when none is known."""

    model: str
    draws: bool
    prompt: str
    digest: str


@dataclass(frozen=True, slots=True)
class Rule:
    """`times` calls from the `first` one on that the filters let through; of these only the `share`.

    The share is drawn from the seed, the request and how often it came before: in whatever order parallel calls arrive,
    the same ones fail.
    """

    faults: tuple[str, ...]
    first: int = 1
    times: int = 1
    share: float = 1.0
    seed: int = 0
    model: str | None = None
    prompt: str | None = None

    def __post_init__(self) -> None:
        if unknown := [name for name in self.faults if name not in FAULTS]:
            raise ValueError(f"no such fault: {', '.join(unknown)}")

    def wants(self, asked: Asked) -> bool:
        """Is it a call of this rule, whatever its number?"""
        rightly = self.model in (None, asked.model) and self.prompt in (None, asked.prompt)
        return rightly and any(fits(name, asked.draws) for name in self.faults)

    def chosen(self, asked: Asked, number: int, repeat: int) -> str | None:
        """The fault of the `number`-th call of this rule, whose request came `repeat` times before."""
        if not self.first <= number < self.first + self.times:
            return None
        word = hashlib.sha256(f"{self.seed}/{asked.digest}/{repeat}".encode()).digest()
        if int.from_bytes(word[:8], "big") / 2**64 >= self.share:
            return None
        names = [name for name in self.faults if fits(name, asked.draws)]
        return names[int.from_bytes(word[8:16], "big") % len(names)]


@dataclass(slots=True)
class Plan:
    """The rules in the order in which they were given; the first that chooses a call has it."""

    rules: list[Rule] = field(default_factory=list)
    _calls: Counter[int] = field(default_factory=Counter)
    _seen: Counter[str] = field(default_factory=Counter)

    def fault_of(self, asked: Asked) -> str | None:
        """The fault of the next call, counted in every rule that wants it."""
        repeat = self._seen[asked.digest]
        self._seen[asked.digest] += 1
        found = None
        for place, rule in enumerate(self.rules):
            if not rule.wants(asked):
                continue
            self._calls[place] += 1
            found = found or rule.chosen(asked, self._calls[place], repeat)
        return found

    def clear(self) -> None:
        self.rules.clear()
        self._calls.clear()
        self._seen.clear()
