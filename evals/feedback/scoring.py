"""Labelled sentences and what a plan of them is worth.

Every wish of a sentence counts, also the wish to be asked back. Right: a planned wish of the same phase (and, for the
scope, of exactly the same keys), each label used once. What is planned beyond the labels counts against the plan.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from manga.feedback import BookView, Plan
from manga.phases import Phase
from manga.values import Value

ASK = "ask"
PARTS = ("work_on", "set_aside", "later", "by_hand")


class Wish(Value):
    """`phase` is a phase's word, or `ask` for what is to be asked back."""

    phase: str
    scope: tuple[str, ...] = ()


class Labelled(Value):
    """One sentence of the set."""

    id: str
    book: str
    asked_at: Phase
    sentence: str
    group: str
    wishes: tuple[Wish, ...]


@dataclass(frozen=True, slots=True)
class FeedbackScore:
    """Wishes that were right, of all."""

    wishes: int
    phase_right: int
    scope_right: int

    @property
    def phase(self) -> float:
        return self.phase_right / self.wishes if self.wishes else 0.0

    @property
    def scope(self) -> float:
        return self.scope_right / self.wishes if self.wishes else 0.0


def sentences(part: str) -> tuple[Labelled, ...]:
    """One of `PARTS`."""
    return tuple(Labelled.of(json.loads(line)) for line in _lines(part))


@cache
def _books() -> dict[str, dict[str, object]]:
    return {book["name"]: book["view"] for book in map(json.loads, _lines("books"))}


def view_for(labelled: Labelled) -> BookView:
    """The book as the author sees it."""
    return BookView.of({**_books()[labelled.book], "phase": labelled.asked_at})


def _lines(name: str) -> list[str]:
    path = files("evals.feedback").joinpath("data", f"{name}.jsonl")
    return path.read_text(encoding="utf-8").splitlines()


def planned(plan: Plan) -> list[Wish]:
    wishes = [Wish(phase=item.phase.value, scope=tuple(sorted(item.scope))) for item in plan.items]
    return [*wishes, Wish(phase=ASK)] if plan.question else wishes


def score(labelled: Labelled, plan: Plan) -> FeedbackScore:
    """Of one sentence."""
    wanted = [wish.model_copy(update={"scope": tuple(sorted(wish.scope))}) for wish in labelled.wishes]
    found = planned(plan)
    phases = Counter(wish.phase for wish in wanted) & Counter(wish.phase for wish in found)
    exact = Counter((wish.phase, wish.scope) for wish in wanted) & Counter((wish.phase, wish.scope) for wish in found)
    return FeedbackScore(max(len(wanted), len(found)), phases.total(), exact.total())


def total(scores: Iterable[FeedbackScore]) -> FeedbackScore:
    every: Sequence[FeedbackScore] = tuple(scores)
    return FeedbackScore(
        sum(one.wishes for one in every),
        sum(one.phase_right for one in every),
        sum(one.scope_right for one in every),
    )


@dataclass(frozen=True, slots=True)
class Goals:
    """Shares of wishes that have to be right on the part that was set aside."""

    phase: float = 0.85
    scope: float = 0.80

    def met_by(self, found: FeedbackScore) -> bool:
        return found.phase >= self.phase and found.scope >= self.scope


GOALS = Goals()
