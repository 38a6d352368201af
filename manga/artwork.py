"""Phase 5: one picture a panel, by reference, and where its faces, mouths and hands are."""

from typing import Literal

from pydantic import Field

from manga.comic_strips import is_empty
from manga.geometry import Point, Polygon, Rect
from manga.values import Share, Value

MediaType = Literal["image/png", "image/jpeg", "application/x-manga-art+json"]

FoundBy = Literal["artist", "model", "detector", "direction"]
"""Who says where the figures of a picture are; `direction`: nobody, they are expected where they were sent."""


def media_type_of(data: bytes) -> MediaType:
    """Of what an image model has drawn: it answers JPEG or PNG."""
    return "image/jpeg" if data.startswith(b"\xff\xd8\xff") else "image/png"


class FigureAnchors(Value):
    """Where a figure is in its picture. Coordinates are shares of the picture, 0..1 from its top left.

    `head` is the whole head with hair, `face` the skin from brow to chin. A face that is turned away is None.
    """

    character: str
    body: Rect
    head: Rect | None = None
    face: Rect | None = None
    mouth: Point | None = None
    hands: tuple[Rect, ...] = ()


class Breakout(Value):
    """What of a figure lies on its panel's border and beyond it: closed lines, in shares of the picture; on a page in
    millimetres. It is drawn over all borders."""

    character: str
    outlines: tuple[Polygon, ...] = Field(min_length=1)


class DrawnFigure(Value):
    """Somebody who is really seen in a picture, in the artist's own words. What is cut off by its edge is not told."""

    character: str
    deed: str = Field(default="", description="what the body is seen to do; empty where too little of it is seen")
    face: str = Field(default="", description="the expression; empty where the face is not seen")
    holds: tuple[str, ...] = Field(default=(), description="things in hands, paws, a beak or a mouth")
    touches: tuple[str, ...] = Field(default=(), description="characters on whom a hand lies, or a line that it pulls")


class PictureMap(Value):
    """What lies where in a picture beside its figures. Boxes are shares of it."""

    busy: tuple[str, ...] = Field(
        default=(),
        description="how much there is to see: rows from the top, a hexadecimal digit a cell, 0 where it is quiet",
    )
    faces: tuple[Rect, ...] = Field(default=(), description="faces that are seen and belong to no figure that is told")
    things: tuple[Rect, ...] = Field(default=(), description="things that are looked at, as the artist tells")
    hands: tuple[Rect, ...] = Field(default=(), description="hands that hold or touch something, as a model tells")


class Drawn(Value):
    """What an artist says that it has put into a picture, after all that it changed or could not draw.

    Names are the artist's own: keys of its places, things and deeds. Nothing is taken from the direction.
    """

    place: str = Field(default="", description="empty where none of a place is seen behind the figures")
    inside: bool | None = Field(default=None, description="null where no place is seen")
    figures: tuple[DrawnFigure, ...] = ()
    things: tuple[str, ...] = Field(default=(), description="things that nobody holds")
    parts: tuple[str, ...] = Field(default=(), exclude_if=is_empty, description="parts of the place, as its windows")
    weather: str = ""


class Made(Value):
    """How a picture was made. `level` 0 is as directed, 1 with a simplified prompt, 2 a placeholder."""

    model: str
    prompt_hash: str = ""
    cache_hit: bool = Field(default=False, description="a picture of the same scene, drawn for another panel")
    level: Literal[0, 1, 2] = 0
    attempts: int = Field(default=1, ge=0)
    cost_usd: float = Field(default=0.0, ge=0)
    seconds: float = Field(default=0.0, ge=0)
    reason: str = Field(default="", max_length=400)
    found_by: FoundBy = "artist"
    missing: tuple[str, ...] = Field(default=(), description="things directed that the artist cannot draw")
    faults: tuple[str, ...] = Field(
        default=(), description="what is wrong with it, as a model says that looked at it, or its pixels"
    )


class PanelArt(Value):
    """The picture of one panel. `blob` names it in the object store; the bytes are never here."""

    panel: str
    status: Literal["drawn", "placeholder", "deferred"] = "drawn"
    blob: str
    media_type: MediaType
    width: float = Field(gt=0, description="millimetres for drawing calls, pixels for images")
    height: float = Field(gt=0)
    figures: tuple[FigureAnchors, ...] = ()
    breakout: Breakout | None = Field(default=None, exclude_if=is_empty)
    drawn: Drawn | None = Field(default=None, exclude_if=is_empty, description="null: this artist does not tell")
    where: PictureMap | None = Field(default=None, exclude_if=is_empty, description="null: nobody has looked")
    ink: Share = 0.0
    made: Made
    digest: str = ""
    take: int = 0
