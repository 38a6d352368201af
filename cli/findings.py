"""What a check of this machine found, as a line and as JSON."""

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
