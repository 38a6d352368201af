"""Works that reach the last phase together take turns there: none is read whole before it has its turn."""

import asyncio
from dataclasses import replace
from uuid import uuid4

import pytest

from calls.running_works import Gates
from editing.state_as_json import Json
from graph.build import build_graph
from graph.events import Completed
from graph.nodes.agent_phase import Bench, Step
from graph.state import State
from manga.book import Book
from manga.phases import Phase
from tests.graph.crew import CREW, studio
from tests.graph.told import brief

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("at_once", [1, 3])
async def test_so_many_works_are_read_for_their_last_phase_as_there_are_places(at_once: int) -> None:
    it, inside, most = studio(), [0], [0]
    step = CREW[Phase.FINISHING]

    def reads(state: State) -> Json:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        return step.reads(state)

    async def make(given: Json, bench: Bench) -> Book:
        for _ in range(50):
            await asyncio.sleep(0.001)
        book = await step.make(given, bench)
        inside[0] -= 1
        assert isinstance(book, Book)
        return book

    steps = {**CREW, Phase.FINISHING: Step(reads, make)}
    services = replace(it.services, binderies=Gates(at_once))
    graph = build_graph(services, it.saver, steps=steps)
    works = [replace(it, services=services, graph=graph, work=str(uuid4())) for _ in range(4)]
    ended = await asyncio.gather(*(work.run(brief=brief()) for work in works))
    assert all(isinstance(events[-1], Completed) for events in ended)
    assert most[0] == at_once
