"""The servers, begun before the heavy imports so that they start meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from manga.errors import NotFound
from storage.embedded import ServerHold
from storage.settings import StorageSettings


@contextmanager
def started() -> Iterator[tuple[ServerHold, StorageSettings]]:
    """Raises `EmbeddedFailed`. The block waits for them (`ServerHold.wait`) when it needs them."""
    settings = StorageSettings()
    hold = ServerHold(settings)
    try:
        hold.begin()
        yield hold, settings
    finally:
        hold.release()


def work_id_of(text: str) -> UUID:
    """Raises `NotFound` for what cannot be a work's id."""
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound(f"There is no work {text!r}.") from error
