"""One panel's picture: remembered from before, or drawn, and then remembered."""

from dataclasses import dataclass

from agents.artwork import Drawn, Hand, draw
from editing.work_blobs import WorkBlobs
from graph.concurrency import Desk
from graph.options import RunOptions
from graph.scenes import Gallery
from graph.services import Services
from graph.sheets_of import sheets_for, without
from manga.artwork import Made, PanelArt
from providers.base import PanelBrief


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

    async def picture(self, panel: PanelBrief, digest: str, page: int, options: RunOptions) -> Hung:
        """Remembered, one of the same scene, drawn, or a placeholder. Raises what the panel must wait for, and errors
        of storage."""
        if (art := await self._remembered(digest)) is not None:
            await self.services.ledger.count(self.work, {"recalled": 1})
            return Hung(art, called=False)
        gallery = self._gallery(options)
        if (art := await self._of_the_same_scene(gallery, panel, digest, page)) is not None:
            return Hung(art, called=False)
        art = await self._drawn(panel, digest, options)
        if gallery is not None:
            await gallery.offer(panel, art, page)
        return Hung(art)

    async def _drawn(self, panel: PanelBrief, digest: str, options: RunOptions) -> PanelArt:
        clock = self.services.clock
        begun = clock.monotonic()
        place = self.services.place(self.desk, self.work)
        images, offload = self.services.hand(self.desk, self.work), self.services.offload
        hand = Hand(images, offload, place, clock, options.image_timeout_s, last_try=options.last_try)
        sheets = await sheets_for(panel, self.blobs, images.most_sheets)
        drawn = without(sheets.lost, await draw(panel, hand, sheets.found))
        return await self._kept(panel, digest, drawn, clock.monotonic() - begun)

    async def _remembered(self, digest: str) -> PanelArt | None:
        found = await self.services.ledger.recall(self.work, digest)
        return None if found is None else PanelArt.of(found)

    def _gallery(self, options: RunOptions) -> Gallery | None:
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
        saved = round((self.services.tariff.picture_usd or 0.0) * 1_000_000)
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
        ),
        digest="" if lost else digest,
        take=panel.take,
    )
