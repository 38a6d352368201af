"""A picture that shows the same scene already, taken from the scene cache instead of being drawn and paid again.

Only pictures of a paid image model are kept and served. A person refuses one by asking for another take of the panel.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from editing.digests import digest_of
from editing.work_blobs import WorkBlobs
from manga.artwork import PanelArt
from manga.characters import Character
from manga.errors import NotFound
from manga.panel_brief import PanelBrief
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
        """From now on the picture may serve again: one that was drawn as it was directed, and no copy of another."""
        if art.status != "drawn" or art.made.level or art.made.cache_hit:
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
