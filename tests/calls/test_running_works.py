"""What a running work holds in its process."""

import asyncio

import pytest

from calls.running_works import Desks, Gates
from graph.context import RunOptions
from tests.graph.crew import StillClock

pytestmark = pytest.mark.anyio


async def test_a_run_finds_its_own_desk_and_leaves_none_behind() -> None:
    desks = Desks(StillClock())
    with desks.opened("a", RunOptions()) as desk:
        assert desks.at("a", RunOptions()) is desk
        assert desks.at("b", RunOptions()) is not desk
    assert desks.at("a", RunOptions()) is not desk


async def test_a_run_that_ends_late_does_not_take_the_desk_of_the_one_that_took_over() -> None:
    desks = Desks(StillClock())
    with desks.opened("a", RunOptions()):
        later = desks.opened("a", RunOptions())
        desk = later.__enter__()
    assert desks.at("a", RunOptions()) is desk


async def test_the_working_time_counts_from_the_opening() -> None:
    clock = StillClock(now=100)
    with Desks(clock).opened("a", RunOptions(working_seconds=30)) as desk:
        assert desk.deadline == 130
    with Desks(clock).opened("a", RunOptions()) as desk:
        assert desk.deadline is None


def test_each_event_loop_has_a_gate_of_its_own() -> None:
    desks = Desks(StillClock())

    async def gate() -> int:
        async with desks.at("a", RunOptions(images_at_once=1)).gate:
            return id(desks.at("a", RunOptions()))

    first, second = asyncio.new_event_loop(), asyncio.new_event_loop()
    assert first.run_until_complete(gate()) != second.run_until_complete(gate())
    first.close()
    second.close()


def test_works_of_one_event_loop_share_a_gate_and_loops_do_not() -> None:
    found = Gates(2)

    async def gates() -> tuple[asyncio.Semaphore, asyncio.Semaphore]:
        return found.gate(), found.gate()

    one, other = asyncio.run(gates()), asyncio.run(gates())
    assert one[0] is one[1]
    assert one[0] is not other[0]
