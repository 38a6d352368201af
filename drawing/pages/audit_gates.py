"""The gates of the audit: the pages under measure, and how a measure becomes a gate."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from drawing.lettering.fonts import Faces
from manga.book import Gate, PageGraph
from manga.lettering import BalloonKind
from manga.storyboard import Role
from manga.text_capacity import MUTE

SHORT_BOOK = 6


@dataclass(frozen=True, slots=True)
class Sheaf:
    """The pages under measure. `ink` is the share of black of rendered pages, by page number."""

    pages: tuple[PageGraph, ...]
    faces: Faces
    ink: Mapping[int, float] = field(default_factory=dict)

    @property
    def body(self) -> tuple[PageGraph, ...]:
        """Story pages; of a spread the first, which holds all of it."""
        return tuple(page for page in self.pages if page.kind == "body" and page.spread != "second")

    @property
    def language(self) -> str:
        return self.pages[0].language if self.pages else "ja"

    @property
    def short(self) -> bool:
        return len(self.body) < SHORT_BOOK

    @property
    def in_strips(self) -> bool:
        """Whether pages hold strips: more panels and texts, all of one size."""
        return any(page.layout != "free" for page in self.body)

    @property
    def mute(self) -> bool:
        """Whether hardly anybody speaks in it: such a book is told by its captions."""
        spoken = sum(b.kind is not BalloonKind.CAPTION for page in self.body for b in page.balloons)
        return spoken < MUTE * len(self.body)

    @property
    def usual(self) -> tuple[PageGraph, ...]:
        """Body pages without the first, the last and splash pages."""
        inner = self.body[1:-1]
        return tuple(page for page in inner if not any(p.role == Role.SPLASH.value for p in page.panels))


Measure = Callable[[Sheaf], Gate]


def counted(name: str, found: Mapping[int, int]) -> Gate:
    """A count that must be 0, and the pages where it is not."""
    return Gate(name=name, value=sum(found.values()), gate="= 0", ok=not any(found.values()), pages=broken(found, bool))


def shared(name: str, bad: Mapping[int, int], whole: int, *, most: float, gate: str) -> Gate:
    """The part of `whole` that is bad, and the pages where some is."""
    value = sum(bad.values()) / whole if whole else 0.0
    return Gate(name=name, value=round(value, 4), gate=gate, ok=value <= most, pages=broken(bad, bool))


def broken(found: Mapping[int, float], is_broken: Callable[[float], bool]) -> tuple[int, ...]:
    return tuple(number for number, value in found.items() if is_broken(value))


def average(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 3) if values else 0.0
