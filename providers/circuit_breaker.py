"""A circuit breaker for one model in one process: after several failures nobody calls it for a while.

breaker = Breaker("gemini-3.8-flash", clock.monotonic)
with breaker.watched():  # raises LeftAlone while the model is left alone
    answer = await model.answer(ask)
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from manga.errors import LeftAlone, ProviderBusy, ProviderFault, ProviderTimeout, QuotaExhausted, TimeUsedUp

FAILURES: Final = 5
PAUSE_S: Final = 30.0
LONGEST_PAUSE_S: Final = 300.0
_TRIAL_S: Final = 5.0
"""When to ask again while another call tries whether the model is back."""
_NO_TURN: Final = (QuotaExhausted, TimeUsedUp)
_FAILED: Final = (ProviderBusy, ProviderTimeout, ProviderFault)


@dataclass(slots=True)
class Breaker:
    """`now` answers seconds that only rise. A pause doubles each time that the call after it fails too. `back` is told
    the model when calls of it are let through again."""

    model: str
    now: Callable[[], float]
    back: Callable[[str], None] = lambda model: None
    failures: int = FAILURES
    pause_s: float = PAUSE_S
    longest_pause_s: float = LONGEST_PAUSE_S
    _in_a_row: int = field(default=0, init=False)
    _pauses: int = field(default=0, init=False)
    _closed_until: float | None = field(default=None, init=False)
    _trying: bool = field(default=False, init=False)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """One call. Raises LeftAlone without it, with the seconds to wait, while the model is left alone.

        What the provider answers, even a refusal, shows that it is there. A call that is cancelled, or was not made
        because there was no turn for it, shows nothing.
        """
        trial = self._enter()
        try:
            yield
        except _NO_TURN:
            self._given_up(trial=trial)
            raise
        except _FAILED as error:
            error.model = self.model
            self._failed(trial=trial)
            raise
        except Exception:
            self._worked(trial=trial)
            raise
        except BaseException:
            self._given_up(trial=trial)
            raise
        self._worked(trial=trial)

    def _enter(self) -> bool:
        """Whether this call is the one that tries."""
        if self._closed_until is None:
            return False
        left = self._closed_until - self.now()
        if left > 0 or self._trying:
            error = LeftAlone(
                f"{self.model} has failed {self._in_a_row} times in a row and is left alone for a while.",
                retry_after_s=max(left, _TRIAL_S),
            )
            error.model = self.model
            raise error
        self._trying = True
        return True

    def _given_up(self, *, trial: bool) -> None:
        self._trying = self._trying and not trial

    def _failed(self, *, trial: bool) -> None:
        self._in_a_row += 1
        if self._closed_until is not None and not trial:
            return  # begun before the pause: it is known already
        if self._in_a_row < self.failures and not trial:
            return
        self._closed_until = self.now() + min(self.pause_s * 2.0**self._pauses, self.longest_pause_s)
        self._pauses += 1
        self._trying = False

    def _worked(self, *, trial: bool) -> None:
        if self._closed_until is not None and not trial:
            return  # begun before the pause: it does not show that the model is back
        self._in_a_row = self._pauses = 0
        self._closed_until, self._trying = None, False
        if trial:
            self.back(self.model)
