"""A picture serves again where it shows the same scene, and nowhere else."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from calls.panel_pictures import Gallery
from editing.work_blobs import blobs_of
from manga.artwork import Made, PanelArt
from manga.characters import Character, Look
from manga.panel_brief import PanelBrief
from manga.plot import TimeOfDay
from manga.storyboard import FigureDirection, SceneDirection, Shot
from storage.object_store import FolderBlobs
from storage.scene_cache import RedisScenes

pytestmark = pytest.mark.anyio

GON = Character(key="c01", name="ごん", look=Look(), description="a small fox")
PANEL = PanelBrief(
    panel="b0001",
    width_mm=60,
    height_mm=40,
    outline=((0, 0), (60, 0), (60, 40), (0, 40)),
    direction=SceneDirection(shot=Shot.FULL, setting="river", figures=(FigureDirection(character="c01"),)),
    cast=(GON,),
)


def gallery(redis: Redis, home: Path, *, work: str | None = None, tenant: str = "here", model: str = "m") -> Gallery:
    work = work or str(uuid4())
    return Gallery(RedisScenes(redis), blobs_of(FolderBlobs(home), tenant, work), tenant, work, model)


async def drawn(place: Gallery, panel: PanelBrief = PANEL, *, page: int = 2, **made: Any) -> PanelArt:
    blob = await place.blobs.keep(b"a picture", content_type="image/png")
    how = Made(model="m", **({"cost_usd": 0.05} | made))
    art = PanelArt(panel=panel.panel, blob=blob, media_type="image/png", width=10, height=8, made=how)
    await place.offer(panel, art, page)
    return art


def other(**direction: Any) -> PanelBrief:
    changed = PANEL.direction.model_copy(update=direction)
    return PANEL.model_copy(update={"panel": "b0009", "direction": changed})


async def test_the_same_scene_pages_later_is_not_drawn_again(redis_client: Redis, tmp_path: Path) -> None:
    place = gallery(redis_client, tmp_path)
    first = await drawn(place)
    again = await place.alike(other(), "digest", 7)
    assert again is not None
    assert (again.panel, again.blob, again.digest) == ("b0009", first.blob, "digest")
    assert (again.made.cache_hit, again.made.cost_usd) == (True, 0.0)


async def test_a_neighbouring_page_has_its_own_picture(redis_client: Redis, tmp_path: Path) -> None:
    place = gallery(redis_client, tmp_path)
    await drawn(place, page=2)
    assert await place.alike(other(), "digest", 3) is None


@pytest.mark.parametrize("direction", [{"time_of_day": TimeOfDay.NIGHT}, {"setting": "temple"}, {"props": ("eel",)}])
async def test_another_scene_is_drawn(redis_client: Redis, tmp_path: Path, direction: dict[str, Any]) -> None:
    place = gallery(redis_client, tmp_path)
    await drawn(place)
    assert await place.alike(other(**direction), "digest", 7) is None


async def test_changed_looks_are_drawn(redis_client: Redis, tmp_path: Path) -> None:
    place = gallery(redis_client, tmp_path)
    await drawn(place)
    wet = GON.model_copy(update={"description": "a small wet fox"})
    assert await place.alike(other().model_copy(update={"cast": (wet,)}), "digest", 7) is None


async def test_a_refused_picture_is_drawn(redis_client: Redis, tmp_path: Path) -> None:
    place = gallery(redis_client, tmp_path)
    await drawn(place)
    assert await place.alike(other().model_copy(update={"take": 1}), "digest", 7) is None


async def test_another_work_of_the_tenant_gets_its_own_copy(redis_client: Redis, tmp_path: Path) -> None:
    first = await drawn(gallery(redis_client, tmp_path))
    second = gallery(redis_client, tmp_path)
    assert await second.alike(other(), "digest", 2) is not None
    assert await second.blobs.get(first.blob) == b"a picture"


async def test_nothing_crosses_tenants_or_image_models(redis_client: Redis, tmp_path: Path) -> None:
    await drawn(gallery(redis_client, tmp_path))
    assert await gallery(redis_client, tmp_path, tenant="there").alike(other(), "digest", 9) is None
    assert await gallery(redis_client, tmp_path, model="other").alike(other(), "digest", 9) is None


@pytest.mark.parametrize("made", [{"level": 1}, {"cache_hit": True}, {"faults": ("body: six fingers",)}])
async def test_only_pictures_as_directed_serve_again(redis_client: Redis, tmp_path: Path, made: dict[str, Any]) -> None:
    place = gallery(redis_client, tmp_path)
    await drawn(place, **made)
    assert await place.alike(other(), "digest", 7) is None


async def test_the_picture_of_a_deleted_work_is_passed_over(redis_client: Redis, tmp_path: Path) -> None:
    first = gallery(redis_client, tmp_path)
    await drawn(first)
    await first.blobs.store.delete_prefix(first.blobs.prefix)
    assert await gallery(redis_client, tmp_path).alike(other(), "digest", 7) is None


async def test_entries_that_cannot_be_read_are_passed_over(redis_client: Redis, tmp_path: Path) -> None:
    place = gallery(redis_client, tmp_path)
    await drawn(place)
    keys = [key async for key in redis_client.scan_iter("scenes:here:*") if await redis_client.type(key) == "list"]
    row = str((await redis_client.lrange(keys[0], 0, 0))[0])
    await redis_client.lpush(keys[0], row.replace('"shot"', '"distance"'))
    assert await place.alike(other(), "digest", 7) is not None
