"""Takes wishes that cannot be carried out off their phase's list, and tells the person at the next review.

What else was wished for is done; the result is the one that the wish would have changed.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from editing.state_as_json import Json, WorkState
from manga.element_addresses import kind_of_key
from manga.errors import ContentBlocked, WishRefused
from manga.phases import Phase
from manga.revision import Revision

R = TypeVar("R")


def wishes_of(state: WorkState, phase: Phase) -> list[Json]:
    """All that was asked of a phase, oldest first: `{instruction, scope}`; not what is about shapes of things alone:
    it moves no scene."""
    asked: list[Json] = (state.get("wishes") or {}).get(phase.value, [])
    return [_without_things(wish) for wish in asked if not _is_about_things(wish)]


def wishes_about_things(state: WorkState) -> list[Json]:
    """Those wishes for the plot that name things."""
    asked: list[Json] = (state.get("wishes") or {}).get(Phase.PLOT.value, [])
    return [wish for wish in asked if any(kind_of_key(key) == "thing" for key in wish.get("scope", ()))]


def _without_things(wish: Json) -> Json:
    scope = wish.get("scope", ())
    left = [key for key in scope if kind_of_key(key) != "thing"]
    return {**wish, "scope": left} if len(left) < len(scope) else wish


def _is_about_things(wish: Json) -> bool:
    scope = wish.get("scope", ())
    return bool(scope) and all(kind_of_key(key) == "thing" for key in scope)


def revision_of(wishes: Sequence[Json], previous: R | None = None, done: int = 0) -> Revision[R]:
    """Recorded wishes as agents read them."""
    return Revision(tuple((wish["instruction"], tuple(wish.get("scope", ()))) for wish in wishes), previous, done)


@dataclass(frozen=True, slots=True)
class CarriedOut(Generic[R]):
    """What was made, the wishes that it was made from, and those refused: `{phase, instruction, reason}`, with `kept`
    where a part of the wish is carried out."""

    phase: Phase
    result: R
    wishes: list[Json]
    refused: list[Json]

    def change(self, state: WorkState) -> Json:
        """The state's change: the list as it is now, and what was refused, for the review."""
        if not self.refused:
            return {}
        feedback = state.get("feedback") or {}
        refused = [*feedback.get("refused", ()), *self.refused]
        asked: list[Json] = (state.get("wishes") or {}).get(self.phase.value, [])
        wishes = [*self.wishes, *filter(_is_about_things, asked)]
        return {"wishes": {self.phase.value: wishes}, "feedback": {**feedback, "refused": refused}}


async def carry_out(phase: Phase, wishes: list[Json], make: Callable[[list[Json]], Awaitable[R]]) -> CarriedOut[R]:
    """What `make` makes of the wishes that can be carried out. A question that a provider's safety rules refuse is
    put again without its newest wish, since it was answered before that; with none left the error is raised."""
    refused: list[Json] = []
    while True:
        try:
            return CarriedOut(phase, await make(wishes), wishes, refused)
        except WishRefused as error:
            fault = error
        except ContentBlocked as error:
            if not wishes:
                raise
            fault = WishRefused(error.message, phase=phase.value, wish=len(wishes) - 1)
        wishes, refusal = _without(fault, phase, wishes)
        refused.append(refusal)


def _without(error: WishRefused, phase: Phase, wishes: list[Json]) -> tuple[list[Json], Json]:
    """The list without the refused wish, and the refusal. What can be done of the wish stays on the list.

    Raises the error when it is about none of them.
    """
    if not 0 <= error.wish < len(wishes):
        raise error
    wish = wishes[error.wish]
    refusal = {"phase": phase.value, "instruction": wish["instruction"], "reason": error.message[:400]}
    shorter = 0 < len(error.kept) < len(wish["instruction"])
    kept = [{**wish, "instruction": error.kept}] if shorter else []
    refusal |= {"kept": error.kept} if shorter else {}
    return [*wishes[: error.wish], *kept, *wishes[error.wish + 1 :]], refusal


def refusals(state: WorkState, phase: Phase) -> list[Json]:
    """What the person who looks at this phase is to be told."""
    refused: list[Json] = (state.get("feedback") or {}).get("refused", [])
    return [one for one in refused if Phase(one["phase"]).number <= phase.number]
