"""The tree of all errors. A class's docstring is its default message; `remedy` says what the person can do.

MangaError
├── UserError             the request is at fault: told to the person, never retried
│   ├── BriefRejected, EditRejected   a story, its settings; an edit or a sentence
│   ├── WishRefused       a sentence that nobody here can carry out
│   ├── ContentBlocked    the provider's safety rules
│   ├── NotFound, Forbidden
│   ├── Conflict          a stale version, a busy work, an answer that came second
│   └── OutputRefused     a folder or file that cannot or must not be written
├── ProviderError         an outside model
│   ├── QuotaExhausted, RateLimited   until the provider's day turns; for a moment
│   ├── ProviderFault
│   ├── ProviderBusy
│   │   └── LeftAlone     it has failed too often just now, and was not called
│   ├── ProviderTimeout
│   │   └── TimeUsedUp    the work's own working time
│   ├── ProviderRefused, CallRefused  a key or a model, or one call, that the provider does not accept
│   └── AnswerInvalid
├── CostLimitReached      the work's own cost limit
├── StorageFailed         outside memory
│   ├── DatabaseUnreachable, CacheUnreachable
│   └── EmbeddedFailed, DiskFull      the servers that we start ourselves
├── Fenced, NewerState    another worker has taken this work over; a newer program recorded it
└── SetupIncomplete       a font or program that set-up should have brought
"""

import re
from enum import StrEnum
from traceback import format_tb
from typing import ClassVar, Final

_FRAME: Final = re.compile(r'  File ".+", line \d+, in ')
"""A line of a traceback that names a place, and quotes nothing."""


class Retry(StrEnum):
    """What a retry policy may do about an error."""

    NEVER = "never"
    BACKOFF = "backoff"
    WAIT = "wait"


class Then(StrEnum):
    """What follows when trying again has not helped or is of no use: for the work, and for a panel."""

    FAIL = "fail"
    """The work fails. A panel is drawn by a simpler prompt, then becomes a placeholder."""
    SKIP = "skip"
    """The work fails. A panel becomes a placeholder without a further call."""
    PARK = "park"
    """The work waits and goes on by itself. A panel is deferred until then."""
    STOP = "stop"
    """Every further call would end the same way: the work fails until somebody has seen to it; panels wait for that."""


class MangaError(Exception):
    """Something went wrong in Mangaka itself."""

    code: ClassVar[str] = "internal"
    http_status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 1
    retry: ClassVar[Retry] = Retry.NEVER
    then: ClassVar[Then] = Then.FAIL
    default_remedy: ClassVar[str] = "Run `mangaka doctor`; if that finds nothing, please report it."

    def __init__(
        self,
        message: str | None = None,
        *,
        remedy: str | None = None,
        phase: str | None = None,
        element: str | None = None,
        retry_after_s: float | None = None,
    ) -> None:
        self.message = message or (type(self).__doc__ or "").strip().splitlines()[0]
        self.remedy = remedy or self.default_remedy
        self.phase = phase
        self.element = element
        self.retry_after_s = retry_after_s
        super().__init__(self.message)


class UserError(MangaError):
    """The request cannot be carried out as it is."""

    code = "invalid"
    http_status = 400
    exit_code = 2
    default_remedy = "Change the request and send it again."


class BriefRejected(UserError):
    """The story or its settings cannot be used."""

    code = "brief_rejected"
    http_status = 422
    default_remedy = "Send 1 to 100,000 characters of plain text."


class EditRejected(UserError):
    """The edit names something that is not there or may not be changed."""

    code = "edit_rejected"
    http_status = 422


class WishRefused(UserError):
    """This wish cannot be carried out.

    `wish` is its place among the phase's wishes, oldest first; `kept` what of it can be done, in the person's words.
    """

    code = "wish_refused"
    http_status = 422
    default_remedy = "Say it in other words, or change it by an edit."

    def __init__(self, message: str | None = None, *, phase: str | None = None, wish: int = 0, kept: str = "") -> None:
        super().__init__(message, phase=phase)
        self.wish = wish
        self.kept = kept


class ContentBlocked(UserError):
    """The model's provider refused this passage by its safety rules."""

    code = "content_blocked"
    http_status = 422
    default_remedy = "Change the passage named, or draw with the offline models."


class NotFound(UserError):
    """There is no such thing."""

    code = "not_found"
    http_status = 404
    exit_code = 4
    default_remedy = "`mangaka list` shows the works there are."


class Forbidden(UserError):
    """Your role does not allow this."""

    code = "forbidden"
    http_status = 403
    exit_code = 5


class Conflict(UserError):
    """The work has moved on since you looked at it."""

    code = "conflict"
    http_status = 409
    default_remedy = "Read the work again and repeat the change on its current version."


class OutputRefused(UserError):
    """The book cannot be written there."""

    code = "output_refused"
    default_remedy = "Name another folder with --out."


class ProviderError(MangaError):
    """The model's provider did not do its part."""

    code = "provider"
    http_status = 502
    retry = Retry.BACKOFF
    default_remedy = "Try again later, or draw with the offline models."
    model: str | None = None
    """Which model, where it is known and others are told of it."""


class QuotaExhausted(ProviderError):
    """The provider's daily quota is used up."""

    code = "quota_exhausted"
    http_status = 202
    exit_code = 6
    retry = Retry.NEVER
    then = Then.PARK
    default_remedy = "Nothing to do: the work goes on by itself when the provider's day turns."


class RateLimited(ProviderError):
    """Too many calls a minute."""

    code = "rate_limited"
    http_status = 429
    exit_code = 6
    retry = Retry.WAIT
    then = Then.PARK


class ProviderBusy(ProviderError):
    """The provider is overloaded."""

    code = "provider_busy"
    http_status = 503
    then = Then.PARK


class LeftAlone(ProviderBusy):
    """The model has failed too often just now: it was not called."""


class ProviderTimeout(ProviderError):
    """The provider did not answer in time."""

    code = "provider_timeout"
    http_status = 504


class TimeUsedUp(ProviderTimeout):
    """The working time was used up before this panel's turn."""

    code = "time_used_up"
    retry = Retry.NEVER
    then = Then.SKIP


class ProviderFault(ProviderError):
    """The provider answered with an error of its own."""

    code = "provider_fault"


class ProviderRefused(ProviderError):
    """The provider does not accept our calls."""

    code = "provider_refused"
    retry = Retry.NEVER
    then = Then.STOP
    default_remedy = "Check the key and the model's name, or draw with the offline models."


class CallRefused(ProviderError):
    """The provider does not accept this call."""

    code = "call_refused"
    retry = Retry.NEVER
    default_remedy = "Use another model, or draw with the offline models; if others work, please report it."


class AnswerInvalid(ProviderError):
    """The model's answer is not what was asked for.

    `cost_usd` is what it cost all the same, as far as it is known and was not told otherwise.
    """

    code = "answer_invalid"
    cost_usd: float = 0.0


class CostLimitReached(MangaError):
    """Another picture would cost more than the work may."""

    code = "cost_limit"
    http_status = 402
    then = Then.SKIP
    default_remedy = "Allow the work more, or draw with the offline models."


class StorageFailed(MangaError):
    """The store did not take or give what it should."""

    code = "storage"
    http_status = 503
    exit_code = 7
    retry = Retry.BACKOFF
    then = Then.STOP
    default_remedy = "Run `mangaka doctor`."


class DatabaseUnreachable(StorageFailed):
    """The database does not answer."""

    code = "database_unreachable"
    default_remedy = "Check MANGA_DATABASE_URL, or unset it to use the embedded database."


class CacheUnreachable(StorageFailed):
    """Redis does not answer."""

    code = "cache_unreachable"
    default_remedy = "Check MANGA_REDIS_URL, or unset it to use the embedded server."


class EmbeddedFailed(StorageFailed):
    """The embedded servers did not start."""

    code = "embedded_failed"
    default_remedy = "Set MANGA_DATABASE_URL and MANGA_REDIS_URL to servers of your own, or run as an ordinary user."


class DiskFull(StorageFailed):
    """The disk is full."""

    code = "disk_full"
    exit_code = 1
    default_remedy = "Free some space and run the same command again; nothing half-written is left."


class Fenced(MangaError):
    """Another worker has taken this work over."""

    code = "fenced"
    http_status = 409
    then = Then.STOP
    default_remedy = "Nothing to do: the other worker finishes the work."


class NewerState(MangaError):
    """The work was recorded by a newer program."""

    code = "newer_state"
    http_status = 503
    retry = Retry.BACKOFF
    then = Then.PARK
    default_remedy = "Update Mangaka, or let a newer worker go on with it."


class SetupIncomplete(MangaError):
    """Something that set-up should have brought is missing."""

    code = "setup_incomplete"
    then = Then.STOP
    default_remedy = "Run `make setup`."


def where_raised(error: BaseException) -> str:
    """The frames in which an unexpected error arose, those of another process first. Its words are left out: they may
    be the story's."""
    lines = f"{error.__cause__ or ''}\n{''.join(format_tb(error.__traceback__))}".splitlines(keepends=True)
    return "".join(line for line in lines if _FRAME.match(line))
