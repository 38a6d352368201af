"""The users of Redis: `users.acl`, and how a password gets into it."""

import hashlib
from pathlib import Path
from typing import Final

USERS: Final = Path(__file__).with_name("users.acl")
PLACE: Final = "MANGAKA_PASSWORD_SHA256"
"""Stands in the file where the digest goes; the server does not start with it."""


def users_with(password: str) -> str:
    """The file for this password of the user `mangaka`. It holds a digest of the password only."""
    return USERS.read_text(encoding="utf-8").replace(PLACE, hashlib.sha256(password.encode()).hexdigest())
