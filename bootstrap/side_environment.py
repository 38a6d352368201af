"""An environment beside the product's, for what nobody needs to use Mangaka: with a lock and a stamp of its own."""

import hashlib
from pathlib import Path

from bootstrap.__main__ import alone, stamped
from bootstrap.make_environment import make_environment
from bootstrap.pip_settings import machine_settings


def environment(lock: Path, place: Path, *, megabytes: int) -> Path:
    """`place`, made when it is missing or older than its lock. Raises `SetUpFailed`."""
    state = hashlib.sha256(lock.read_bytes()).hexdigest()
    with alone(place.parent):
        if not stamped(place / ".stamp", state):
            make_environment(lock, place, place.parent, pip=machine_settings(), megabytes=megabytes)
            (place / ".stamp").write_text(state + "\n", encoding="utf-8")
    return place
