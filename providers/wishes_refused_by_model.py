"""How a model says that a wish cannot be carried out: a field beside its answer.

It is offered with the questions that allow it (`Ask.may_refuse`). `wish` is its place in that question: an agent that
asks in batches translates it into its place in the phase.
"""

from functools import lru_cache
from typing import Any, Final

from pydantic import Field, create_model

from manga.errors import WishRefused
from manga.values import Value
from providers.base import Answer, Ask

FIELD: Final = "refused"
NOTE: Final = (
    "`refused` is for what no result of this kind can hold, however it is made; what you only would not do yourself is"
    " carried out. The rest of the answer is then as if that wish had not been said. Leave it empty otherwise."
)


class Refusal(Value):
    """A wish that cannot be carried out."""

    wish: int = Field(ge=0, description="its place in `instructions`, the first is 0")
    reason: str = Field(
        min_length=1, max_length=300, description="why, in one sentence to the author, in the language of the wish"
    )
    kept: str = Field(
        default="",
        max_length=2000,
        description="the part of the wish that can be carried out, in the author's own words; empty when there is none",
    )


def can_refuse(ask: Ask[Any]) -> bool:
    return bool(ask.revision) and ask.may_refuse


def asked_type(ask: Ask[Answer]) -> type[Answer]:
    """The type that the model is held to: the declared one, with `refused` where it may be said."""
    return _wider(ask.output_type) if can_refuse(ask) else ask.output_type  # type: ignore[return-value] # a subclass of it


@lru_cache
def _wider(kind: type[Value]) -> type[Value]:
    field: Any = (
        tuple[Refusal, ...],
        Field(default=(), max_length=20, description="wishes that cannot be carried out"),
    )
    return create_model(kind.__name__, __base__=kind, **{FIELD: field})


def carried_out(answer: Answer, ask: Ask[Answer]) -> Answer:
    """The answer in the declared type. Raises WishRefused for the first wish that is refused, of those there are."""
    refusals: tuple[Refusal, ...] = getattr(answer, FIELD, ()) if can_refuse(ask) else ()
    for refusal in sorted(refusals, key=lambda one: one.wish):
        if refusal.wish < len(ask.revision.wishes):
            raise WishRefused(
                " ".join(refusal.reason.split()), phase=ask.prompt_id, wish=refusal.wish, kept=refusal.kept.strip()
            )
    if type(answer) is ask.output_type:
        return answer
    told = answer.to_json()
    told.pop(FIELD, None)
    return ask.output_type.of(told)
