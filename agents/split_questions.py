"""Splits what is to be asked about into as many questions as a model's room demands."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from math import ceil
from typing import Any, Final, TypeVar

from agents.checked_answers import every
from providers.base import Answer, Ask, TextModel

T = TypeVar("T")
R = TypeVar("R")
AT_ONCE: Final = 8
LEFT_OUT: Final = "\n[…]\n"
_PIECES: Final = 24
_SHARES: Final = (0.8, 0.65, 0.5, 0.4, 0.3, 0.2, 0.12, 0.06)
_ENDS: Final = "。．.!?！？\n」』”"


def fits(text: TextModel, ask: Ask[Any]) -> bool:
    """Does one question to this model hold all that it asks about?"""
    room = text.room(ask.prompt_id)
    return room is None or room.holds(ask)


async def ask_in_groups(
    text: TextModel,
    items: Sequence[T],
    ask_about: Callable[[Sequence[T]], Ask[Answer]],
    answered: Callable[[Ask[Answer]], Awaitable[R]],
) -> list[R]:
    """The answers about all of these things: one, or as many as their questions take. Where there are several none may
    refuse a wish, since none sees all that it is about."""
    groups = batches(items, len(items), lambda some: fits(text, ask_about(some))) or [items]
    asks: Iterator[Ask[Answer]] = map(ask_about, groups)
    if len(groups) > 1:
        asks = (replace(ask, may_refuse=False) for ask in asks)
    return await every([partial(answered, ask) for ask in asks], at_once=AT_ONCE)


def batches(items: Sequence[T], most: int, holds: Callable[[Sequence[T]], bool] | None = None) -> list[Sequence[T]]:
    """In order, as even as can be, at most so many in one batch, and no batch that its question does not hold. A single
    item is asked for all the same."""
    count = ceil(len(items) / most) if items else 0
    while True:
        ends = [n * len(items) // count for n in range(count + 1)] if count else []
        found = [items[a:b] for a, b in pairwise(ends)]
        if holds is None or count >= len(items) or all(map(holds, found)):
            return found
        count += 1


def in_passages(text: str, holds: Callable[[str], bool]) -> str:
    """The text, or so much of it as its question holds: the beginning of every stretch and the end of the last, with a
    mark for what is left out. A hard cut is made at the end of a sentence where one is near."""
    if holds(text):
        return text
    size = ceil(len(text) / _PIECES)
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    found = text
    for share in _SHARES:
        kept = [_opening(piece, share) for piece in pieces[:-1]]
        found = LEFT_OUT.join((*kept, pieces[-1]))
        if holds(found):
            break
    return found


def _opening(piece: str, share: float) -> str:
    opening = piece[: ceil(share * len(piece))]
    end = max(map(opening.rfind, _ENDS))
    return opening[: end + 1] if end > len(opening) // 2 else opening
