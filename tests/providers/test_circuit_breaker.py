"""A model that keeps failing is left alone, and tried again by one call."""

import asyncio

import pytest

from manga.errors import (
    AnswerInvalid,
    ContentBlocked,
    MangaError,
    ProviderBusy,
    ProviderFault,
    ProviderTimeout,
    QuotaExhausted,
    RateLimited,
    TimeUsedUp,
)
from providers.circuit_breaker import Breaker


class Calls:
    """A model behind a breaker: what each call ends with is said when it is made."""

    def __init__(self) -> None:
        self.now = 0.0
        self.made = 0
        self.breaker = Breaker("gemini", lambda: self.now)

    def end_with(self, error: BaseException | None = None) -> None:
        with self.breaker.watched():
            self.made += 1
            if error is not None:
                raise error

    def fail(self, times: int, error: type[MangaError] = ProviderFault) -> None:
        for _ in range(times):
            with pytest.raises(error):
                self.end_with(error())

    def refused(self) -> float:
        """The seconds that a call is told to wait; it is not made."""
        made = self.made
        with pytest.raises(ProviderBusy, match="left alone") as refused:
            self.end_with()
        assert self.made == made
        assert refused.value.retry_after_s is not None
        return refused.value.retry_after_s


@pytest.fixture
def calls() -> Calls:
    return Calls()


@pytest.mark.parametrize("error", [ProviderBusy, ProviderTimeout, ProviderFault])
def test_after_five_failures_in_a_row_the_model_is_left_alone(calls: Calls, error: type[MangaError]) -> None:
    calls.fail(4, error)
    calls.fail(1, error)
    assert calls.refused() == 30
    calls.now += 12
    assert calls.refused() == 18


def test_one_success_begins_the_row_anew(calls: Calls) -> None:
    calls.fail(4)
    calls.end_with()
    calls.fail(4)
    calls.end_with()


@pytest.mark.parametrize("error", [AnswerInvalid, RateLimited, ContentBlocked, ValueError])
def test_whatever_else_is_answered_shows_that_the_model_is_there(calls: Calls, error: type[Exception]) -> None:
    calls.fail(4)
    with pytest.raises(error):
        calls.end_with(error())
    calls.fail(4)
    calls.end_with()


@pytest.mark.parametrize("error", [QuotaExhausted, TimeUsedUp, asyncio.CancelledError])
def test_a_call_that_was_not_made_or_is_cancelled_shows_nothing(calls: Calls, error: type[BaseException]) -> None:
    calls.fail(4)
    with pytest.raises(error):
        calls.end_with(error())
    calls.fail(1)
    assert calls.refused() == 30


def test_after_the_pause_one_call_tries_and_the_others_wait(calls: Calls) -> None:
    calls.fail(5)
    calls.now += 30
    with calls.breaker.watched():
        assert calls.refused() == 5
        assert calls.refused() == 5
    calls.end_with()
    calls.fail(4)
    calls.end_with()


def test_each_pause_is_twice_as_long_up_to_five_minutes(calls: Calls) -> None:
    calls.fail(5)
    pauses = []
    for _ in range(6):
        pauses.append(calls.refused())
        calls.now += pauses[-1]
        calls.fail(1)
    assert pauses == [30, 60, 120, 240, 300, 300]
    calls.now += 300
    calls.end_with()
    calls.fail(5)
    assert calls.refused() == 30


@pytest.mark.parametrize("error", [QuotaExhausted, asyncio.CancelledError])
def test_a_trial_that_is_not_made_leaves_the_next_call_to_try(calls: Calls, error: type[BaseException]) -> None:
    calls.fail(5)
    calls.now += 30
    with pytest.raises(error):
        calls.end_with(error())
    calls.end_with()


def test_calls_begun_before_the_pause_neither_end_nor_lengthen_it(calls: Calls) -> None:
    early, late = calls.breaker.watched(), calls.breaker.watched()
    early.__enter__()
    late.__enter__()
    calls.fail(5)
    early.__exit__(None, None, None)
    assert calls.refused() == 30
    calls.now += 10
    failure = ProviderBusy()
    assert not late.__exit__(ProviderBusy, failure, None)
    assert calls.refused() == 20
