"""Wishes that cannot be carried out: taken off their phase's list, and told to the person at the next review.

What else was wished for is done; the result is the one that the wish would have changed.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

from graph.state import Json, State
from manga.errors import ContentBlocked, WishRefused
from manga.phases import Phase

R = TypeVar("R")


def wishes_of(state: State, phase: Phase) -> list[Json]:
    """All that was asked of a phase, oldest first: `{instruction, scope}`."""
    return list((state.get("wishes") or {}).get(phase.value, []))


@dataclass(slots=True)
class Wished:
    """The wishes of one phase while they are carried out. `refused` are `{phase, instruction, reason}`."""

    phase: Phase
    wishes: list[Json]
    refused: list[Json] = field(default_factory=list)

    @property
    def instructions(self) -> tuple[str, ...]:
        return tuple(wish["instruction"] for wish in self.wishes)

    @property
    def scopes(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(wish.get("scope", ())) for wish in self.wishes)

    @property
    def scope(self) -> tuple[str, ...]:
        """All keys that may change; empty, which is the whole phase, when one of the wishes has no keys."""
        return tuple(dict.fromkeys(key for scope in self.scopes for key in scope)) if all(self.scopes) else ()

    async def carried_out(self, make: Callable[["Wished"], Awaitable[R]]) -> R:
        """What `make` makes of the wishes that can be carried out. A question that a provider's safety rules refuse is
        put again without its newest wish, since it was answered before that; with none left the error is raised."""
        while True:
            try:
                return await make(self)
            except WishRefused as error:
                self._without(error)
            except ContentBlocked as error:
                if not self.wishes:
                    raise
                self._without(WishRefused(error.message, phase=self.phase.value, wish=len(self.wishes) - 1))

    def _without(self, error: WishRefused) -> None:
        """What can be done of the wish stays on the list. Raises the error when it is about none of them."""
        if not 0 <= error.wish < len(self.wishes):
            raise error
        wish = self.wishes[error.wish]
        self.refused.append(
            {"phase": self.phase.value, "instruction": wish["instruction"], "reason": error.message[:400]}
        )
        shorter = 0 < len(error.kept) < len(wish["instruction"])
        kept = [{**wish, "instruction": error.kept}] if shorter else []
        self.wishes = [*self.wishes[: error.wish], *kept, *self.wishes[error.wish + 1 :]]

    def told(self, state: State) -> Json:
        """The state's change: the list as it is now, and what was refused, for the review."""
        if not self.refused:
            return {}
        feedback = state.get("feedback") or {}
        refused = [*feedback.get("refused", ()), *self.refused]
        return {"wishes": {self.phase.value: self.wishes}, "feedback": {**feedback, "refused": refused}}


def refusals(state: State, phase: Phase) -> list[Json]:
    """What the person who looks at this phase is to be told."""
    refused: list[Json] = (state.get("feedback") or {}).get("refused", [])
    return [one for one in refused if Phase(one["phase"]).number <= phase.number]
