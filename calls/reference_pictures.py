"""The pictures that a panel is drawn after, in the order in which they matter, within what the image model takes.

Our own rough of the panel goes first, where it is wanted; then the first sheet of everybody seen, those in front before
those behind, people of whom the panel speaks, its place, the work's own things, and second sheets.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from agents.artwork import Drawn
from agents.picture_references import needs_rough
from drawing.pages.rough_picture import rough_png
from drawing.pages.thing_picture import thing_png
from drawing.raster.reference_picture import reference_jpeg
from editing.work_blobs import WorkBlobs
from manga.artwork import PanelArt, media_type_of
from manga.characters import Character
from manga.errors import NotFound
from manga.panel_brief import PanelBrief
from manga.picture_references import NamedPerson, PictureReferences, PlacePicture
from providers.base import Offload, Sheet
from storage.objects import BlobStore

log = logging.getLogger(__name__)

SHEETS_A_PERSON = 2
"""At most; the first of everybody goes before anybody's second."""
BEGUN_WITHIN_S = 5.0
"""All panels of a run begin together. A picture that is awaited and has not been begun by then was drawn or given up
before."""
_DEPTHS = {"foreground": 0, "middle": 1, "background": 2}


@dataclass(slots=True)
class _Drawing:
    """Of one panel in this process."""

    begun: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    art: PanelArt | None = None

    @property
    def under_way(self) -> bool:
        return self.begun.is_set() and not self.ended.is_set()


@dataclass(frozen=True, slots=True)
class AwaitedPictures:
    """The panels of one run that draw and that others may wait for, by key."""

    _drawings: dict[str, _Drawing] = field(default_factory=dict)
    _small: dict[str, asyncio.Future[bytes]] = field(default_factory=dict)

    @contextmanager
    def drawing(self, panel: str) -> Iterator[_Drawing]:
        """While it lasts others wait for the panel. They go on without its picture where none is put into `art`."""
        if self._of(panel).ended.is_set():
            self._drawings[panel] = _Drawing()  # drawn again in the same run
        mine = self._of(panel)
        mine.begun.set()
        try:
            yield mine
        finally:
            mine.ended.set()
            if not any(one.under_way for one in self._drawings.values()):  # what follows needs no references
                self._small.clear()

    async def picture_of(self, panel: str) -> PanelArt | None:
        """Waits until the panel has its picture, or none."""
        awaited = self._of(panel)
        try:
            async with asyncio.timeout(BEGUN_WITHIN_S):
                await awaited.begun.wait()
        except TimeoutError:
            return None
        await awaited.ended.wait()
        return awaited.art

    async def made_small(self, blob: str, make: Callable[[], Awaitable[bytes]]) -> bytes:
        """Once while panels are drawn, however many are drawn after this picture. Raises what `make` raises; whoever
        comes later tries again."""
        made = self._small.get(blob)
        if made is None or (made.done() and (made.cancelled() or made.exception() is not None)):
            made = self._small[blob] = asyncio.ensure_future(make())
        return await asyncio.shield(made)

    def _of(self, panel: str) -> _Drawing:
        return self._drawings.setdefault(panel, _Drawing())


@dataclass(frozen=True, slots=True)
class FoundSheets:
    """Sheets, those that matter most first. `lost`: people seen whose sheet is not in the store."""

    found: tuple[Sheet, ...] = ()
    lost: tuple[Character, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferenceShelf:
    """Where a panel's references come from."""

    blobs: WorkBlobs
    offload: Offload
    awaited: AwaitedPictures
    remembered: Callable[[str], Awaitable[PanelArt | None]]
    """What this work drew under a digest, in any run."""
    roughs: bool = False

    async def of(self, brief: PanelBrief, told: PictureReferences, most: int) -> FoundSheets:
        """Those that fit into `most`. A picture that is gone costs the panel its model, not the book its picture."""
        if most == 0:
            return FoundSheets()
        rough = [await self._rough(brief)] if self.roughs and needs_rough(brief) else []
        people = await sheets_for(brief, self.blobs, most - len(rough))
        firsts, seconds = _split(people.found)
        found = [*rough, *firsts]
        found += await self._of_named(told.named, most - len(found))
        if told.place is not None and len(found) < most:
            found += await self._of_place(told.place)
        found += await pictures_of_things(brief, self.offload, most - len(found))
        return replace(people, found=(*found, *seconds)[:most])

    async def _rough(self, brief: PanelBrief) -> Sheet:
        return Sheet("", await self.offload.run(rough_png, brief), "image/png", rough=True)

    async def _of_named(self, named: tuple[NamedPerson, ...], most: int) -> list[Sheet]:
        found = []
        for person in named[: max(0, most)]:
            try:
                data = await self.blobs.get(person.reference_images[0])
            except NotFound:
                log.warning("the sheet of %s is not in the store", person.key)
            else:
                found.append(Sheet(person.key, data, media_type_of(data), named=person.name))
        return found

    async def _of_place(self, place: PlacePicture) -> list[Sheet]:
        """As it was drawn, small, in this run or before the work was taken up again; none where nobody has drawn it."""
        blob = place.blob
        if not blob:
            art = await self.awaited.picture_of(place.panel) or await self.remembered(place.digest)
            if art is None or art.status != "drawn" or not art.media_type.startswith("image/"):
                return []
            blob = art.blob

        async def small() -> bytes:
            return await self.offload.run(reference_jpeg, await self.blobs.get(blob))

        try:
            data = await self.awaited.made_small(blob, small)
        except NotFound:
            log.warning("the picture of %s is not in the store", place.panel)
            return []
        return [Sheet("", data, "image/jpeg", place=place.words)]


def _split(sheets: tuple[Sheet, ...]) -> tuple[list[Sheet], list[Sheet]]:
    """Everybody's first, and what there is beside."""
    firsts = {sheet.character: sheet for sheet in reversed(sheets)}
    return [one for one in sheets if firsts[one.character] is one], [
        one for one in sheets if firsts[one.character] is not one
    ]


async def sheets_for(brief: PanelBrief, blobs: BlobStore, most: int) -> FoundSheets:
    """Of those who are seen, those in front first. A sheet that is gone costs the picture its model, not the book its
    picture."""
    found: list[Sheet] = []
    lost: list[Character] = []
    for person, name in _wanted(brief, most):
        try:
            data = await blobs.get(name)
        except NotFound:
            log.warning("panel %s is drawn without the sheet of %s: it is not in the store", brief.panel, person.key)
            lost.append(person)
        else:
            found.append(Sheet(person.key, data, media_type_of(data)))
    return FoundSheets(tuple(found), tuple(lost))


def _wanted(brief: PanelBrief, most: int) -> list[tuple[Character, str]]:
    depths = {figure.character: _DEPTHS[figure.depth] for figure in reversed(brief.direction.figures)}
    people = sorted(brief.cast, key=lambda person: depths.get(person.key, len(_DEPTHS)))
    ranked = [
        (place, number, person, name)
        for number, person in enumerate(people)
        for place, name in enumerate(person.reference_images[:SHEETS_A_PERSON])
    ]
    chosen = sorted(ranked, key=lambda one: one[:2])[:most]
    return [(person, name) for _, _, person, name in chosen]


async def pictures_of_things(brief: PanelBrief, offload: Offload, most: int) -> tuple[Sheet, ...]:
    """Of the work's own things, for what places the others have left of those that a picture may be drawn after."""
    shown = brief.things[: max(0, most)]
    drawn = [await offload.run(thing_png, thing) for thing in shown]
    return tuple(Sheet("", data, "image/png", thing.word) for thing, data in zip(shown, drawn, strict=True))


def without(lost: tuple[Character, ...], drawn: Drawn) -> Drawn:
    """The picture, with word of the sheets that it was drawn without."""
    if not lost or drawn.level == 2:
        return drawn
    names = (f"the character sheet of {person.name}" for person in lost)
    return replace(drawn, picture=replace(drawn.picture, missing=(*drawn.picture.missing, *names)))
