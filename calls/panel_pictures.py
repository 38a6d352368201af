"""One panel's picture: kept from before, taken from the scene cache, or drawn after the sheets of those who are
seen.

Only pictures of a paid image model are kept and served. A person refuses one by asking for another take of the panel.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from agents.artwork import DrawingTerms, Drawn, draw
from agents.picture_proof import PROMPT, Prover
from calls.answered_pictures import AnsweredImages
from calls.counted_models import microusd
from calls.reference_pictures import ReferenceShelf, without
from calls.running_works import Desk, RunLimits
from calls.services import Services
from editing.input_digests import digest_of
from editing.work_blobs import WorkBlobs
from manga.artwork import Made, PanelArt
from manga.characters import Character
from manga.errors import NotFound
from manga.panel_brief import PanelBrief
from manga.phases import Phase
from manga.picture_references import UNREFERENCED, PictureReferences
from manga.scene_similarity import DrawnScene, likeness, scene_of
from storage.base import KeptScene, SceneCache

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Gallery:
    """The pictures of one tenant as one work sees them. `blobs` are the work's own; `model` is the image model."""

    cache: SceneCache
    blobs: WorkBlobs
    tenant: str
    work: str
    model: str

    async def alike(self, panel: PanelBrief, digest: str, page: int) -> PanelArt | None:
        """The most similar picture that may stand on that page, copied into this work; None: draw."""
        if panel.take > 0:
            return None
        scene = _scene(panel)
        shelf = await self.cache.shelf(self.tenant, self._shelf(panel))
        for kept, art in _most_alike(scene, shelf):
            if await self.cache.claim(self.tenant, kept, self.work, panel.panel, page):
                try:
                    data = await self.blobs.store.get(kept.blob)
                except NotFound:  # the work that it was drawn for is deleted
                    continue
                return await self._hung(panel, digest, art, data)
        return None

    async def _hung(self, panel: PanelBrief, digest: str, art: PanelArt, data: bytes) -> PanelArt:
        blob = await self.blobs.keep(data, content_type=art.media_type)
        made = art.made.model_copy(
            update={"cache_hit": True, "cost_usd": 0.0, "seconds": 0.0, "attempts": 0, "reason": ""}
        )
        changes = {"panel": panel.panel, "blob": blob, "digest": digest, "take": panel.take, "made": made}
        return art.model_copy(update=changes)

    async def offer(self, panel: PanelBrief, art: PanelArt, page: int) -> None:
        """From now on the picture may serve again: one that was drawn as it was directed, without a fault that is told,
        and no copy of another."""
        if art.status != "drawn" or art.made.level or art.made.faults or art.made.cache_hit:
            return
        kept = KeptScene(
            id=digest_of([self.work, art.blob]),
            scene=_scene(panel).to_json(),
            art=art.to_json(),
            blob=f"{self.blobs.prefix}/{art.blob}",
            work=self.work,
            panel=panel.panel,
            page=page,
        )
        await self.cache.keep(self.tenant, self._shelf(panel), kept)

    def _shelf(self, panel: PanelBrief) -> str:
        """What two pictures must share to be compared at all: image model, style, the people as they look by then."""
        style = [self.model, panel.art_style, panel.period, panel.color, panel.seed, panel.direction.flashback]
        return digest_of([*style, sorted(_people(panel)), list(panel.continuity)])


def _scene(panel: PanelBrief) -> DrawnScene:
    return scene_of(panel.direction, _people(panel), width_mm=panel.width_mm, height_mm=panel.height_mm)


def _people(panel: PanelBrief) -> list[str]:
    return [_looks(character) for character in panel.cast]


def _looks(character: Character) -> str:
    """With the key, because anchors name people by it."""
    return digest_of(character.to_json())


def _most_alike(scene: DrawnScene, shelf: tuple[KeptScene, ...]) -> Iterator[tuple[KeptScene, PanelArt]]:
    """Those that are alike enough, the most similar first, newer before older. Entries of another time that cannot be
    read are passed over."""
    found = []
    for kept in shelf:
        try:
            score = likeness(scene, DrawnScene.of(kept.scene))
            art = PanelArt.of(kept.art)
        except ValidationError:
            log.debug("an entry of the scene cache cannot be read")
            continue
        if score.enough:
            found.append((score.score, kept, art))
    for _, kept, art in sorted(found, key=lambda row: -row[0]):
        yield kept, art


@dataclass(frozen=True, slots=True)
class Hung:
    """A panel's picture, and whether the image model was asked for it."""

    art: PanelArt
    called: bool = True


@dataclass(frozen=True, slots=True)
class Easel:
    """What one panel's task works with."""

    services: Services
    blobs: WorkBlobs
    desk: Desk
    work: str

    async def picture(
        self,
        panel: PanelBrief,
        digest: str,
        page: int,
        options: RunLimits,
        after: PictureReferences = UNREFERENCED,
    ) -> Hung:
        """Remembered, one of the same scene, drawn, or a placeholder. Raises what the panel must wait for, and errors
        of storage. Those that wait for it go on when it has its picture, or none."""
        with self.desk.awaited.drawing(panel.panel) as drawing:
            hung = await self._hung(panel, digest, page, options, after)
            drawing.art = hung.art
        return hung

    async def _hung(
        self, panel: PanelBrief, digest: str, page: int, options: RunLimits, after: PictureReferences
    ) -> Hung:
        if (art := await self._remembered(digest)) is not None:
            await self.services.ledger.count(self.work, {"recalled": 1})
            return Hung(art, called=False)
        gallery = self._gallery(options)
        if (art := await self._of_the_same_scene(gallery, panel, digest, page)) is not None:
            return Hung(art, called=False)
        art = await self._drawn(panel, digest, options, after)
        if gallery is not None:
            await gallery.offer(panel, art, page)
        return Hung(art)

    async def _drawn(self, panel: PanelBrief, digest: str, options: RunLimits, after: PictureReferences) -> PanelArt:
        clock, offload = self.services.clock, self.services.offload
        place = self.services.place(self.desk, self.work)
        images = AnsweredImages(self.services.images_of(self.desk, self.work), self.blobs, digest)
        terms = DrawingTerms(
            images,
            offload,
            place,
            clock,
            options.image_timeout_s,
            last_try=options.last_try,
            prover=self._prover(),
            lettered=self.services.lettered,
            may_redraw=lambda: self.desk.affords_another(self.services.tariff.picture_usd),
        )
        shelf = ReferenceShelf(self.blobs, offload, self.desk.awaited, self._remembered, self.services.roughs)
        sheets = await shelf.of(panel, after, images.most_sheets)
        begun = clock.monotonic()
        drawn = without(sheets.lost, await draw(panel, terms, sheets.found))
        art = await self._kept(panel, digest, drawn, clock.monotonic() - begun)
        await images.forget()
        return art

    def _prover(self) -> Prover | None:
        services = self.services
        text = services.asked_by(Phase.ARTWORK, self.work)
        if not services.proves_pictures or not services.images.paid or not text.answers(PROMPT):
            return None
        return Prover(text, services.offload, self.blobs)

    async def _remembered(self, digest: str) -> PanelArt | None:
        found = await self.services.ledger.recall(self.work, digest)
        return None if found is None else PanelArt.of(found)

    def _gallery(self, options: RunLimits) -> Gallery | None:
        """Only what is paid for is worth a picture that is not quite the panel's own."""
        images = self.services.images
        if not images.paid:
            return None
        return Gallery(self.services.scenes, self.blobs, options.tenant, self.work, images.name)

    async def _of_the_same_scene(
        self, gallery: Gallery | None, panel: PanelBrief, digest: str, page: int
    ) -> PanelArt | None:
        if gallery is None or (art := await gallery.alike(panel, digest, page)) is None:
            return None
        saved = microusd(self.services.tariff.picture_usd)
        await self.services.ledger.reuse(self.work, digest, art.to_json(), saved)
        return art

    async def _kept(self, panel: PanelBrief, digest: str, drawn: Drawn, seconds: float) -> PanelArt:
        art = make_panel_art(
            panel,
            digest,
            drawn,
            await self.blobs.keep(drawn.picture.data, content_type=drawn.picture.media_type),
            seconds,
        )
        if art.status == "placeholder":
            await self.services.ledger.count(self.work, {"placeholders": 1})
            return art
        await self.services.ledger.remember(self.work, digest, art.to_json())
        return art


def make_panel_art(panel: PanelBrief, digest: str, drawn: Drawn, blob: str, seconds: float) -> PanelArt:
    """What is kept of a drawn panel beside its bytes."""
    picture, lost = drawn.picture, drawn.level == 2
    return PanelArt(
        panel=panel.panel,
        status="placeholder" if lost else "drawn",
        blob=blob,
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
        figures=picture.figures,
        breakout=picture.breakout,
        drawn=picture.drawn,
        where=picture.where,
        ink=picture.ink,
        made=Made(
            model=picture.model,
            prompt_hash=picture.prompt_hash,
            level=drawn.level,
            attempts=drawn.attempts,
            cost_usd=picture.cost_usd,
            seconds=round(seconds, 3),
            reason=drawn.reason,
            found_by=picture.found_by,
            missing=picture.missing,
            faults=picture.faults,
        ),
        digest="" if lost else digest,
        take=panel.take,
    )
