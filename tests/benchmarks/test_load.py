"""Under a little load nothing is lost; how long it takes is `make load`'s to say."""

from dataclasses import replace

import pytest

from benchmarks.load import CALM, CORES, Load, Round, _added, _speed, parsed, service
from benchmarks.load_server import MODELS_S
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
    """Of one work, that took so many times what its models do."""
    stream = Stream("/v1/works/1", [1], "completed", slowest * ideal_s)
    return Round([stream], [1.0], slowest * ideal_s, 0.0, 0.0, share * CORES * ideal_s)


def test_the_slowest_work_is_held_to_its_bound_where_the_cores_are_not_the_limit() -> None:
    load = Load(works=1, scale=20, workers=2)
    late, calm = (seen(load.ideal_s, share=share, slowest=2) for share in (4.2, CALM))
    assert all(figure.ok for figure in _speed(load, late))
    assert [figure.name for figure in _speed(load, calm) if not figure.ok] == ["slowest work / its models' time"]


def test_with_models_as_fast_as_real_ones_the_slowest_work_is_held_though_the_cores_are_busy() -> None:
    load = Load(works=1, scale=1, workers=2)
    assert load.ideal_s == MODELS_S
    assert not all(figure.ok for figure in _speed(load, seen(load.ideal_s, share=0.6, slowest=2)))


def test_what_the_service_adds_to_a_work_alone_is_held_beside_what_real_models_take() -> None:
    load = Load(works=1, scale=20, workers=1)
    alone = [replace(seen(load.ideal_s, share=0.1, slowest=1), alone_s=load.ideal_s + s) for s in (0.5, 1.5, -0.5)]
    assert [figure.ok for one in alone for figure in _added(load, one)] == [True, False, False]


@pytest.mark.parametrize("wrong", [["--works", "0"], ["--speeds", "0"], ["--speeds"], ["--workers", "-1"]])
def test_what_is_wrongly_asked_for_is_told_in_a_line(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        parsed(wrong)
    assert wrong[0] in capsys.readouterr().err.splitlines()[-1]


def test_percentiles() -> None:
    assert percentile(range(1, 101), 99) == 99
    assert percentile([5.0], 50) == 5.0
    assert percentile([], 99) == float("inf")
