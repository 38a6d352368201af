"""Under a little load nothing is lost; how long it takes is `make load`'s to say."""

import pytest

from benchmarks.load import CALM, CORES, Load, Round, _speed, calmer, service
from benchmarks.load_server import MINDS_S
from benchmarks.loading import Stream, percentile

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


def seen(ideal_s: float, *, share: float, slowest: float) -> Round:
    """Of one work, that took so many times what its minds do."""
    stream = Stream("/v1/works/1", [1], "completed", slowest * ideal_s)
    return Round([stream], [1.0], slowest * ideal_s, 0.0, 0.0, share * CORES * ideal_s)


def test_the_slowest_work_is_held_to_its_bound_where_the_cores_are_not_the_limit() -> None:
    load = Load(works=1, scale=20, workers=2)
    late, calm = (seen(load.ideal_s, share=share, slowest=2) for share in (4.2, CALM))
    assert all(figure.ok for figure in _speed(load, late))
    assert [figure.name for figure in _speed(load, calm) if not figure.ok] == ["slowest work / its minds' time"]


def test_works_are_drawn_once_more_by_minds_as_fast_as_real_ones_and_then_held() -> None:
    load = Load(works=1, scale=20, workers=2)
    late = seen(load.ideal_s, share=4, slowest=2)
    again = calmer(load, late)
    assert again is not None
    assert (again.scale, again.ideal_s) == (1.0, MINDS_S)
    assert not all(figure.ok for figure in _speed(again, seen(again.ideal_s, share=0.6, slowest=2)))
    assert calmer(load, seen(load.ideal_s, share=CALM, slowest=2)) is None


def test_percentiles() -> None:
    assert percentile(range(1, 101), 99) == 99
    assert percentile([5.0], 50) == 5.0
    assert percentile([], 99) == float("inf")
