"""The result of one check of this machine: healthy, a warning or a failure, with its remedy."""

from dataclasses import dataclass
from enum import StrEnum


class Health(StrEnum):
    """What a check found."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line. `remedy` is empty where none is needed."""

    name: str
    health: Health
    message: str
    remedy: str = ""
