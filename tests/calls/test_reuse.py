"""The whole graph with a paid image model: what one work of a tenant has paid for serves another, and says so."""

from dataclasses import replace

import pytest
from redis.asyncio import Redis

from calls.money import Tariff
from graph.build import build_graph
from graph.events import Completed, ImageProgress
from storage.scene_cache import RedisScenes
from tests.graph.crew import CREW, MemoryBlobs, ScriptedImages, Studio, studio
from tests.graph.told import brief

pytestmark = pytest.mark.anyio


class PaidImages(ScriptedImages):
    @property
    def paid(self) -> bool:
        return True


def paying(redis: Redis, blobs: MemoryBlobs | None = None) -> Studio:
    """A work of the one tenant, whose pictures cost five cents each."""
    made = studio(3, images=PaidImages())
    tariff = Tariff(image_model="model", paid_pictures=True, picture_usd=0.05)
    services = replace(
        made.services, scenes=RedisScenes(redis), tariff=tariff, blobs=blobs if blobs is not None else made.blobs
    )
    return replace(made, services=services, graph=build_graph(services, made.saver, steps=CREW), blobs=services.blobs)  # type: ignore[arg-type]


async def test_another_work_of_the_tenant_pays_for_no_scene_again(redis_client: Redis) -> None:
    first = paying(redis_client)
    await first.run(brief=brief())
    second = paying(redis_client, first.blobs)
    events = await second.run(brief=brief())
    art = (await second.values())["artwork"]
    hits = [key for key, found in art.items() if found["made"]["cache_hit"]]
    assert isinstance(events[-1], Completed)
    assert hits
    assert second.count("cache_hits") == len(hits)
    assert second.count("saved_microusd") == 50_000 * len(hits)
    assert sorted(second.images.drawn) == sorted(art.keys() - set(hits))
    assert {event.panel for event in events if isinstance(event, ImageProgress) and event.cached} == set(hits)


async def test_a_resumed_work_keeps_its_hit_and_counts_it_once(redis_client: Redis) -> None:
    first = paying(redis_client)
    await first.run(brief=brief())
    second = paying(redis_client, first.blobs)
    await second.run(brief=brief())
    again = paying(redis_client, first.blobs)
    again = replace(again, ledger=second.ledger, work=second.work)
    again = replace(again, services=replace(again.services, ledger=second.ledger))
    again = replace(again, graph=build_graph(again.services, again.saver, steps=CREW))
    hits = second.count("cache_hits")
    await again.run(brief=brief())
    assert again.images.drawn == []
    assert again.count("cache_hits") == hits
