"""Under a little load nothing is lost; how long it takes is `make load`'s to say."""

import pytest

from benchmarks.load import Figure, Load, service
from benchmarks.loading import percentile

pytestmark = pytest.mark.anyio


@pytest.mark.slow
@pytest.mark.timeout(280)
@pytest.mark.parametrize("workers", [0, 1])
async def test_every_stream_has_every_event_of_its_work_once_and_in_order(workers: int) -> None:
    seen, written = await service(Load(works=4, scale=100, workers=workers))
    assert [stream.last for stream in seen.streams] == ["completed"] * 4
    assert [stream.ids for stream in seen.streams] == written
    assert all(ids == sorted(set(ids)) and len(ids) > 30 for ids in written)
    assert seen.get_ms
    assert 0 < seen.peak < 2**30
    assert seen.cpu_s > 0


def test_a_figure_is_held_against_its_bound() -> None:
    assert Figure("x", 1.0, "s", 1.0).ok
    assert not Figure("x", 1.01, "s", 1.0).ok
    assert Figure("x", 1e9, "s").ok


def test_percentiles() -> None:
    assert percentile(range(1, 101), 99) == 99
    assert percentile([5.0], 50) == 5.0
    assert percentile([], 99) == float("inf")
