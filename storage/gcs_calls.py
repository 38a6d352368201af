"""One call of Google Cloud Storage: repeated while that may help, its failures told as ours. Imports Google lazily.

The client's own repetitions are switched off: they sleep in the thread, know no corrupt download and keep no limit of
attempts.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final, TypeVar

from manga.errors import MangaError, NotFound, StorageFailed

ATTEMPTS: Final = 5
BASE_S: Final = 0.5
MOST_S: Final = 8.0
LONGEST_S: Final = 60.0
"""After so long no further attempt begins."""
THREADS: Final = 16
_AGAIN: Final = frozenset({408, 429, 500, 502, 503, 504})
T = TypeVar("T")


class Taken(Exception):
    """The name is taken: a create-only write was refused."""


class PastTheEnd(Exception):
    """There are no such bytes."""


class Garbled(Exception):
    """What came is not what is stored."""


@dataclass(frozen=True, slots=True)
class Calls:
    """Runs the client's blocking calls in threads of its own, at most `THREADS` at once; bound to no event loop.

    `timeout` is to connect and between two bytes, in seconds. A call whose awaiter is cancelled ends by itself.
    """

    timeout: tuple[float, float] = (5.0, 30.0)
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    seconds: Callable[[], float] = time.monotonic
    threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(THREADS, "mangaka-objects"))

    async def run(self, name: str, call: Callable[[], T]) -> T:
        """Raises `NotFound`, `StorageFailed`, `Taken`, `PastTheEnd`. `name` is the object's, for the person."""
        begun = self.seconds()
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return await asyncio.get_running_loop().run_in_executor(self.threads, call)
            except MangaError:
                raise
            except Exception as error:  # whatever the client, the network or the credentials raise is translated here
                if not is_passing(error):
                    raise _translated(name, error) from error
                if attempt == ATTEMPTS or self.seconds() - begun > LONGEST_S:
                    raise StorageFailed(
                        f"Google Cloud Storage did not do its part for {name}: {_told(error)}.",
                        remedy="Try again later; its state is told at status.cloud.google.com.",
                    ) from error
            await self.pause(min(MOST_S, BASE_S * 2 ** (attempt - 1)) * (1 + random.random() / 10))
        raise AssertionError("the last attempt returns or raises")


def is_passing(error: Exception) -> bool:
    """May the same call succeed a moment later?"""
    from google.auth.exceptions import GoogleAuthError, TransportError
    from google.cloud.storage.exceptions import DataCorruption
    from requests.exceptions import RequestException
    from urllib3.exceptions import HTTPError

    if isinstance(error, GoogleAuthError):
        return bool(error.retryable) or isinstance(error, TransportError)
    if isinstance(error, (Garbled, DataCorruption, RequestException, HTTPError, OSError)):
        return True
    return _code(error) in _AGAIN


def _code(error: Exception) -> int | None:
    """The HTTP status of one of Google's two families of errors."""
    code = getattr(error, "code", None)
    if isinstance(code, int):
        return code
    status = getattr(getattr(error, "response", None), "status_code", None)
    return status if isinstance(status, int) else None


def _translated(name: str, error: Exception) -> Exception:
    """What it is for us; an error that is none of the store's is a bug, and stays itself."""
    from google.auth.exceptions import GoogleAuthError

    code = _code(error)
    if code == 404:
        return _missing(name, str(error))
    if code == 412:
        return Taken(name)
    if code == 416:
        return PastTheEnd(name)
    if code in (401, 403) or isinstance(error, GoogleAuthError):
        return StorageFailed(
            f"Google Cloud Storage does not let us at {name}: {_told(error)}.",
            remedy="Give this service account the role roles/storage.objectUser on the four buckets of MANGA_BLOBS.",
        )
    if code is not None:
        return StorageFailed(f"Google Cloud Storage refuses {name}: {_told(error)}.")
    return error


def _missing(name: str, text: str) -> Exception:
    return no_bucket(name) if "bucket does not exist" in text else NotFound(f"There is no stored object {name}.")


def no_bucket(name: str) -> StorageFailed:
    return StorageFailed(
        f"The bucket for {name} does not exist.",
        remedy="Make the four buckets that MANGA_BLOBS names: `mangaka buckets` does it.",
    )


def _told(error: Exception) -> str:
    """Its kind alone: texts of Google's errors hold addresses with signatures and tokens."""
    code = _code(error)
    return type(error).__name__ if code is None else f"{code} {type(error).__name__}"
