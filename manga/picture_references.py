"""What a panel is drawn after beside the sheets of those who are seen: sheets of people it speaks of, and its place.

A picture's digest says nothing of these: a place that is drawn again draws no other panel again.
"""

from typing import Final

from pydantic import Field

from manga.comic_strips import is_empty
from manga.values import Value


class NamedPerson(Value):
    """Somebody of whom a panel's words speak, and who is not directed to be seen; names of sheets in the store."""

    key: str
    name: str
    reference_images: tuple[str, ...]


class PlacePicture(Value):
    """The picture of another panel that shows the same place. `blob` is empty while it is still to be drawn, under its
    `digest`."""

    panel: str
    words: str
    blob: str = ""
    digest: str = Field(default="", exclude_if=is_empty)


class PictureReferences(Value):
    """Of one panel."""

    named: tuple[NamedPerson, ...] = ()
    place: PlacePicture | None = None


UNREFERENCED: Final = PictureReferences()
