"""The port to pictures that may serve again, and its value. Light to import, like `storage.base`."""

from dataclasses import dataclass
from typing import Protocol

from storage.base import Json


@dataclass(frozen=True, slots=True)
class KeptScene:
    """A picture that may serve again: what it shows (`manga.likeness.DrawnScene`), what is known of it (`PanelArt`),
    the full name of its object, and where it was drawn for."""

    id: str
    scene: Json
    art: Json
    blob: str
    work: str
    panel: str
    page: int


class SceneCache(Protocol):
    """Pictures of the last 24 hours that may serve again. A shelf holds those of one tenant that could be alike at all.

    No method raises when the cache is away: there is nothing on the shelf then.
    """

    async def shelf(self, tenant: str, shelf: str) -> tuple[KeptScene, ...]:
        """What stands there, newest first."""
        ...

    async def keep(self, tenant: str, shelf: str, scene: KeptScene) -> None: ...

    async def claim(self, tenant: str, scene: KeptScene, work: str, panel: str, page: int) -> bool:
        """May this panel show that picture too? Never on a page where the work shows it, nor beside one, and at most
        twice a work. Yes is written down; asked again for the same panel it is yes again."""
        ...


@dataclass(frozen=True, slots=True)
class NoScenes:
    """A `SceneCache` that keeps nothing: for image models that cost nothing."""

    async def shelf(self, tenant: str, shelf: str) -> tuple[KeptScene, ...]:
        return ()

    async def keep(self, tenant: str, shelf: str, scene: KeptScene) -> None:
        return None

    async def claim(self, tenant: str, scene: KeptScene, work: str, panel: str, page: int) -> bool:
        return False
