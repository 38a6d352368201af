"""The sheets that a panel is drawn after: the names in its brief in, their bytes out, as many as the model takes."""

import logging
from dataclasses import dataclass, replace

from agents.artwork import Drawn
from manga.artwork import MediaType
from manga.characters import Character
from manga.errors import NotFound
from providers.base import PanelBrief, Sheet
from storage.objects import BlobStore

log = logging.getLogger(__name__)

A_PERSON = 2
"""At most, the first of everybody before anybody's second."""
_JPEG = b"\xff\xd8\xff"


@dataclass(frozen=True, slots=True)
class FoundSheets:
    """In the order of the brief's cast. `lost`: those whose sheet is not in the store."""

    found: tuple[Sheet, ...] = ()
    lost: tuple[Character, ...] = ()


async def sheets_for(brief: PanelBrief, blobs: BlobStore, most: int) -> FoundSheets:
    """Of those who are seen. A sheet that is gone costs the picture its model, not the book its picture."""
    found: list[Sheet] = []
    lost: list[Character] = []
    for person, name in _wanted(brief, most):
        try:
            data = await blobs.get(name)
        except NotFound:
            log.warning("panel %s is drawn without the sheet of %s: it is not in the store", brief.panel, person.key)
            lost.append(person)
        else:
            found.append(Sheet(person.key, data, _media_type(data)))
    return FoundSheets(tuple(found), tuple(lost))


def _wanted(brief: PanelBrief, most: int) -> list[tuple[Character, str]]:
    ranked = [
        (place, number, person, name)
        for number, person in enumerate(brief.cast)
        for place, name in enumerate(person.reference_images[:A_PERSON])
    ]
    chosen = sorted(ranked, key=lambda one: one[:2])[:most]
    return [(person, name) for _, _, person, name in sorted(chosen, key=lambda one: (one[1], one[0]))]


def _media_type(data: bytes) -> MediaType:
    """Of what our own hands have drawn, and checked."""
    return "image/jpeg" if data.startswith(_JPEG) else "image/png"


def without(lost: tuple[Character, ...], drawn: Drawn) -> Drawn:
    """The picture, with word of the sheets that it was drawn without."""
    if not lost or drawn.level == 2:
        return drawn
    names = (f"the character sheet of {person.name}" for person in lost)
    return replace(drawn, picture=replace(drawn.picture, missing=(*drawn.picture.missing, *names)))
