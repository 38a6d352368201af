"""How many streams one tenant may have open on this replica."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from manga.errors import MangaError

RETRY_S: Final = 5.0


class TooManyStreams(MangaError):
    """Your tenant has as many streams open as it may."""

    code = "too_many_streams"
    http_status = 429
    default_remedy = "Close a stream; one for each work that somebody looks at is enough."


@dataclass(slots=True)
class Seats:
    """One for every stream."""

    most: int
    _taken: Counter[str] = field(default_factory=Counter)

    @property
    def taken(self) -> int:
        """Of all tenants."""
        return self._taken.total()

    @contextmanager
    def taken_by(self, tenant: str) -> Iterator[None]:
        """While its stream is open. Raises `TooManyStreams`."""
        if self._taken[tenant] >= self.most:
            raise TooManyStreams(
                f"Your tenant has {self.most} streams open here, and may not have more.", retry_after_s=RETRY_S
            )
        self._taken[tenant] += 1
        try:
            yield
        finally:
            self._taken[tenant] -= 1
            if not self._taken[tenant]:
                del self._taken[tenant]
