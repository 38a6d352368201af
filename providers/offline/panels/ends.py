"""One end of a telephone line: who is there, where, and who of those that would be in a picture is seen."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class End:
    """One end of a line: the `holder` has the telephone, `people` are all who are there, `away` all at the other end.
    At an end that is at `home` people sit; the holder `cooks` meanwhile."""

    holder: str
    people: tuple[str, ...]
    away: frozenset[str]
    setting: str
    place: str
    phone: str
    home: bool = False
    cooks: bool = False

    def seen(self, found: Sequence[str]) -> tuple[str, ...]:
        """Of those who would be in a picture those who are here, else whoever has the telephone."""
        return tuple(key for key in found if key not in self.away) or ((self.holder,) if found else ())
