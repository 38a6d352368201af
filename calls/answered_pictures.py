"""Keeps a paid picture the moment it comes, before it is inked: a work that dies then does not pay for it again."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from pydantic import TypeAdapter

from editing.work_blobs import WorkBlobs
from manga.errors import MangaError, NotFound
from manga.panel_brief import PanelBrief
from providers.base import ImageModel, Picture, Sheet, SheetBrief
from providers.model_wrappers import WrappedImages
from storage.objects import Purpose

log = logging.getLogger(__name__)

_END: Final = b"\n"
"""Of the head, which is one line of JSON; the picture's bytes stand behind it."""


@dataclass(frozen=True, slots=True)
class AnsweredImages(WrappedImages):
    """Obeys the ImageModel port, for one panel: the one with this digest."""

    inner: ImageModel
    blobs: WorkBlobs
    digest: str
    _names: list[str] = field(default_factory=list)

    async def draw(self, brief: PanelBrief, sheets: Sequence[Sheet] = (), *, simplified: bool = False) -> Picture:
        """As it was answered before, or now. What cannot be kept is used all the same."""
        if not self.paid:
            return await self.inner.draw(brief, sheets, simplified=simplified)
        name = f"answered/{self.digest}/{brief.seed}{'-simplified' * simplified}"
        try:
            found = read(await self.blobs.get(name))
        except NotFound:
            found = await self.inner.draw(brief, sheets, simplified=simplified)
            if found.told_faces is None:
                return found
            try:
                await self.blobs.put(name, written(found), purpose=Purpose.TEMPORARY)
            except MangaError as error:
                log.warning("a picture is not kept before it is inked: %s", error.code)
                return found
        self._names.append(name)
        return found

    async def draw_sheet(self, brief: SheetBrief) -> Picture:
        return await self.inner.draw_sheet(brief)

    async def forget(self) -> None:
        """Once the panel is kept, or given up."""
        for name in dict.fromkeys(self._names):
            await self.blobs.delete(name)


@cache
def _head() -> TypeAdapter[Picture]:
    return TypeAdapter(Picture)


def written(picture: Picture) -> bytes:
    """A picture as one object."""
    return _head().dump_json(replace(picture, data=b"")) + _END + picture.data


def read(data: bytes) -> Picture:
    """What `written` has made."""
    head, _, body = data.partition(_END)
    return replace(_head().validate_json(head), data=body)
