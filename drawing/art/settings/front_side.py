"""A corner of the picture as a space of its own: u from the edge into the picture, v from its foot up."""

from dataclasses import dataclass, replace

from drawing.ink.paths import Path, poly, smooth
from manga.geometry import Point


@dataclass(frozen=True, slots=True)
class Side:
    """`edge` and `foot` are where u and v are 0 (mm); `side` is 1 at the left and -1 at the right; u 1 is `wide` mm
    into the picture, v 1 `tall` mm up."""

    edge: float
    side: int
    foot: float
    wide: float
    tall: float

    def at(self, u: float, v: float) -> Point:
        return (self.edge + self.side * self.wide * u, self.foot - self.tall * v)

    def poly(self, *corners: Point) -> Path:
        return poly([self.at(*p) for p in corners])

    def curve(self, *points: Point, closed: bool = False, tension: float = 0.6) -> Path:
        return smooth([self.at(*p) for p in points], closed=closed, tension=tension)

    def tall_one(self, height: float) -> "Side":
        """As narrow as something that stands from top to bottom may be."""
        return replace(self, wide=min(self.wide * 0.62, height * 0.24), tall=height + 1)
