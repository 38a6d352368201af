"""A whole work whose store fails again and again: the book is the same to the byte, or there is none."""

from dataclasses import replace

import pytest

from graph.build import build_graph
from graph.events import Completed, RunEvent
from graph.run import run_graph
from manga.errors import StorageFailed
from manga.phases import Phase
from storage.gcs import GcsBlobs
from tests.fake_gcs import FakeGcs
from tests.fake_gcs_faults import How, What
from tests.gcs import store_on
from tests.graph.crew import CREW, Studio, studio
from tests.graph.told import brief

pytestmark = pytest.mark.anyio
PANELS = 12
FAULTS: tuple[tuple[What, How], ...] = (
    ("upload", "status"), ("upload", "lost"), ("upload", "cut"),
    ("download", "status"), ("download", "flip"), ("download", "cut"),
)  # fmt: skip
"""Befall every object, one after another."""


def on(store: GcsBlobs, it: Studio) -> Studio:
    services = replace(it.services, blobs=store)
    return replace(it, services=services, graph=build_graph(services, it.saver, steps=CREW))


async def drawn(it: Studio, *, begun: bool = False) -> Completed:
    order = None if begun else brief()
    run = run_graph(it.graph, it.services, it.work, epoch=None, options=it.options, brief=order)
    last: RunEvent = [event async for event in run][-1]
    assert isinstance(last, Completed)
    return last


async def test_a_store_that_fails_at_every_turn_costs_no_picture_and_changes_none(gcs: FakeGcs) -> None:
    whole = await drawn(studio(PANELS))
    for what, how in FAULTS:
        gcs.fail(what, how, each=True)
    it = on(store_on(gcs), studio(PANELS))
    found = await drawn(it)
    assert found.book == whole.book
    assert len(it.images.drawn) == PANELS
    assert gcs.asked["upload", 503] >= 2 * PANELS


async def test_a_work_whose_store_was_away_goes_on_where_it_was(gcs: FakeGcs) -> None:
    whole = await drawn(studio(PANELS))
    it = on(store_on(gcs), studio(PANELS))
    words = 2 * list(Phase).index(Phase.ARTWORK)  # each phase before stores its result and its preview
    gcs.fail("upload", "status", times=10_000, after=words + PANELS // 2)
    with pytest.raises(StorageFailed):
        await drawn(it)
    gcs.faults.clear()
    before, kept = len(it.images.drawn), len(it.ledger.pictures)
    assert 0 < kept < PANELS
    assert (await drawn(it, begun=True)).book == whole.book
    assert len(it.images.drawn) == before + PANELS - kept  # what was stored is not drawn again
