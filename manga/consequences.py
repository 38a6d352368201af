"""What a failure leads to: whether the call is made again, and what becomes of the work when that has not helped."""

from enum import StrEnum


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
