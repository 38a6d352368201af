"""Which form a recorded state has. Every checkpoint says it, in its metadata.

A state of an older form is read as it is: the values of every phase take what older ones wrote (a field that was added
has a default; what changes its meaning gets a new name). `tests/works/data` holds works as older releases left them,
and a test finishes them. What cannot be read like that raises `STATE`, and is brought up to date where a run begins.
"""

from collections.abc import Mapping
from typing import Any, Final

from manga.errors import NewerState

STATE: Final = 1
"""The newest form that this program knows. Checkpoints without a number have the first."""
SCHEMA: Final = "schema"


def check_known(metadata: Mapping[str, Any] | None) -> None:
    """Raises `NewerState`: while services are exchanged one by one, a work may come back to an older one."""
    found = int((metadata or {}).get(SCHEMA, 1))
    if found > STATE:
        raise NewerState(f"The work was recorded in form {found}; this program knows {STATE}.")
