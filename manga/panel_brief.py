"""What a panel asks of an artist: the one value that image models, the offline artist and digests read."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Self

from pydantic import Field

from manga.characters import Character, Look
from manga.comic_strips import is_empty
from manga.concept import Culture
from manga.geometry import Polygon
from manga.storyboard import BreakoutRoom, SceneDirection
from manga.thing_shapes import ThingShape
from manga.time_and_culture import culture_of, times_of
from manga.values import Share, Value
from manga.vocabulary.places import place_to_draw


class PanelBrief(Value):
    """Everything that one picture depends on; its digest is the picture's identity.

    `outline` is the panel's border in millimetres relative to the picture's top left; the picture is the
    border's bounding box, `width_mm` by `height_mm`. `text_zones` are boxes (shares 0..1) where balloons will lie.
    """

    panel: str
    width_mm: float = Field(gt=0)
    height_mm: float = Field(gt=0)
    outline: Polygon
    direction: SceneDirection
    cast: tuple[Character, ...] = Field(description="those who are seen, with their full looks")
    continuity: tuple[str, ...] = Field(
        default=(),
        description="how those seen differ from their sheets by then, and what they hold; holds before these",
    )
    speakers: tuple[str, ...] = Field(default=(), description="character keys in balloon order")
    texts: int = Field(default=0, exclude_if=is_empty, description="how many balloons and captions it has room for")
    art_style: str = ""
    period: str = "modern"
    color: bool = False
    take: int = 0
    seed: int = 0
    fold: Share | None = Field(
        default=None, exclude_if=is_empty, description="where the picture is folded between two pages, from its left"
    )
    room: BreakoutRoom | None = Field(
        default=None, exclude_if=is_empty, description="who may step over the border, and how far"
    )
    things: tuple[ThingShape, ...] = Field(default=(), description="shapes of what it shows and no register knows")
    avoid: tuple[str, ...] = Field(
        default=(), exclude_if=is_empty, description="what was wrong with the picture before, when one is drawn again"
    )
    culture: str = Field(default="", description="whose houses, clothes and things the story has")

    @property
    def place(self) -> tuple[str, bool]:
        """The place that is drawn, and whether the setting was known."""
        return place_to_draw(self.direction.setting, times_of(self.period, self.houses_of), self.direction.seen_from)

    @property
    def houses_of(self) -> Culture:
        """In whose culture the story plays, told or by its words."""
        return culture_of(self.period, self.direction.place + self.direction.seen, self.culture)

    @property
    def quiet_corners(self) -> tuple[str, ...]:
        """Corners that balloons will cover, as `upper left`: where nobody stands, else above those who speak."""
        sides = {one.character: one.side for one in self.direction.figures if one.depth != "background"}
        free = [side for side in ("right", "left") if side not in sides.values()]
        above = [sides[key] for key in self.speakers if sides.get(key) in ("right", "left")]
        return tuple(f"upper {side}" for side in free or dict.fromkeys(above) or ("right", "left"))

    def with_own_chance(self) -> Self:
        """Seeded for its place in the book and its take: a place looks the same in all its panels."""
        word = f"{self.seed}/{self.direction.setting}/{self.direction.place}/{self.take}"
        return self.model_copy(update={"seed": int.from_bytes(sha256(word.encode()).digest()[:4], "big")})

    @property
    def looks(self) -> dict[str, Look]:
        """By character key."""
        return {person.key: person.look for person in self.cast}


def brief_for(
    width_mm: float,
    height_mm: float,
    direction: SceneDirection,
    looks: Mapping[str, Look],
    period: str = "modern",
    seed: int = 0,
    outline: Polygon = (),
    **more: Any,
) -> PanelBrief:
    """For a picture of people who are in no cast, as on a cover: looks by key. `more` are fields of `PanelBrief`."""
    cast = tuple(Character.model_construct(key=key, name=key, look=look, description="") for key, look in looks.items())
    return PanelBrief(
        panel="",
        width_mm=width_mm,
        height_mm=height_mm,
        outline=outline,
        direction=direction,
        cast=cast,
        period=period,
        seed=seed,
        **more,
    )
