"""Values of a telephone call: its stretch of the story, its two ends, who is at each of them and where."""

from collections.abc import Sequence
from dataclasses import dataclass

from manga.plot import Beat


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


@dataclass(frozen=True, slots=True)
class Call:
    """`near` is where the story is; without a `far` end the other voice comes from where nobody sees. From `apart` on
    people are in two places, from `start` on they talk."""

    start: int
    stop: int
    near: End
    far: End | None
    apart: int

    def end_of(self, key: str | None) -> End:
        """The end that shows somebody's words."""
        return self.far if self.far is not None and key in self.far.people else self.near


@dataclass(frozen=True, slots=True)
class CallStretch:
    """A stretch of a scene that is spoken over a telephone; `told` is the beat that leads up to it."""

    start: int
    stop: int
    told: Beat
