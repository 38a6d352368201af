"""What is answered of the pictures that a panel can have."""

from server.response_models import PreviewImage, Shape
from works.base import Json


class AlternativePicture(Shape):
    """`change` is what an edit says to hang it; null for the one that hangs now."""

    take: int
    own: bool
    status: str
    change: Json | None
    image: PreviewImage


class Alternatives(Shape):
    """A panel's pictures. `box` and `polygon` are its frame, of `page`; millimetres."""

    version_id: str
    panel: str
    page: Json
    box: Json
    polygon: list[list[float]]
    items: list[AlternativePicture]
