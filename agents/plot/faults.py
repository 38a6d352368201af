"""What is wrong with a draft of the plot: all of it is told at once, so that whoever answered can mend it at once."""

from dataclasses import dataclass, field

from agents.asking import Fault
from manga.errors import AnswerInvalid
from manga.phases import Phase

MANY = 50
_SHOWN = 40


@dataclass(slots=True)
class Faults:
    """In the order in which they are found."""

    found: list[Fault] = field(default_factory=list)

    def add(self, message: str, element: str | None) -> None:
        self.found.append(Fault(message, element))

    @property
    def are_many(self) -> bool:
        """More than anybody is told of: no use in looking for others."""
        return len(self.found) >= MANY

    def raise_any(self) -> None:
        """Raises AnswerInvalid that tells the first and names its element."""
        if self.found:
            raise AnswerInvalid(self.found[0].message, phase=Phase.PLOT.value, element=self.found[0].element)


def shown(words: str) -> str:
    """The first words of somebody's, on one line."""
    plain = " ".join(words.split())
    return plain if len(plain) <= _SHOWN else plain[:_SHOWN] + "…"


def beat_key(number: int) -> str:
    """Of a beat of a draft, counted from 0."""
    return f"b{number + 1:04d}"
