"""Asks a model, checks its answer by rules and asks once more with the faults; also several questions at a time.

An answer that breaks a rule is given back once, with its faults in plain words; what is still wrong then is
`AnswerInvalid`, and the phase's policy decides about trying again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from agents.retry import Backoff, Clock, retried
from manga.errors import AnswerInvalid, ContentBlocked, MangaError, ProviderError, Retry, Then
from manga.losses import AnswerWithLosses
from manga.revision import Revision
from providers.base import Answer, Ask, TextModel

R = TypeVar("R")

FAULTS = "faults"
"""The input that every such prompt declares: what is wrong with the result so far (empty: nothing), then also what was
wrong with the last answer."""
MOST_FAULTS = 12
LONGEST_FAULT = 240


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an answer, in a sentence; `element` is the key of what it is about."""

    message: str
    element: str | None = None


async def asked(
    text: TextModel,
    ask: Ask[Answer],
    *,
    mended: Callable[[Answer], Answer],
    faults: Callable[[Answer], Sequence[Fault]],
    phase: str,
) -> Answer:
    """The mended answer, asked for a second time when it has faults. Raises AnswerInvalid, ProviderError,
    ContentBlocked."""
    given = tuple(ask.inputs.get(FAULTS, ()))
    ask = replace(ask, inputs={**ask.inputs, FAULTS: given})
    answer = mended(await text.answer(ask))
    if not (found := faults(answer)):
        return answer
    told = tuple(fault.message[:LONGEST_FAULT] for fault in found[:MOST_FAULTS])
    before = answer.model_copy(update={"losses": ()}) if isinstance(answer, AnswerWithLosses) else answer
    again = replace(ask, inputs={**ask.inputs, FAULTS: (*given, *told)}, revision=Revision(ask.revision.wishes, before))
    answer = mended(await text.answer(again))
    if found := faults(answer):
        raise AnswerInvalid(found[0].message, phase=phase, element=found[0].element)
    return answer


async def softly(call: Callable[[], Awaitable[R]], policy: Backoff, clock: Clock) -> tuple[R | None, str]:
    """The answer to a question that nothing depends on, tried as the policy says; else None, and why there is none.

    What makes a work wait (a quota, an overload) makes it wait here too: the answer can be had later.
    """
    try:
        return await retried(call, policy, clock), ""
    except (ProviderError, ContentBlocked) as error:
        if error.then is Then.PARK:
            raise
        return None, error.message


async def every(calls: Iterable[Callable[[], Awaitable[R]]], *, at_once: int) -> list[R]:
    """The answers to all questions, in order, `at_once` of them at a time.

    When one fails the others are let finish, since they are paid for and remembered; then the failure is raised that
    takes longest to heal.
    """
    places = asyncio.Semaphore(at_once)

    async def placed(call: Callable[[], Awaitable[R]]) -> R:
        async with places:
            return await call()

    found = await asyncio.gather(*map(placed, calls), return_exceptions=True)
    failures = [one for one in found if isinstance(one, BaseException)]
    if failures:
        raise max(failures, key=_gravity)
    return [one for one in found if not isinstance(one, BaseException)]


def _gravity(failure: BaseException) -> tuple[int, float]:
    if not isinstance(failure, MangaError):
        return 2, 0.0
    return int(failure.retry is Retry.NEVER), failure.retry_after_s or 0.0
