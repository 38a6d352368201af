"""What recorded databases hold is read by this release as the one that wrote it read it."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Final
from uuid import UUID

import ormsgpack
import pytest
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.types import Send

from agents.character_sheets import sheet_briefs
from editing.drop_refused_wishes import wishes_of
from editing.input_digests import input_digest, panel_digest, sheet_digest
from editing.phase_results import result_of, settings_of
from editing.sheet_status import kept_sheets
from graph.build import STEPS
from graph.state import State
from manga.characters import Cast
from manga.concept import Concept
from manga.panel_brief import PanelBrief
from manga.phases import Phase
from storage.database import Pool, connection, open_database
from storage.migrate import migrate
from tests.databases import Databases
from tests.recorded.conftest import Shelf
from tests.recorded.restore import COMMITS, WORKS, Json
from works.base import LOCAL_TENANT
from works.queue.job_queue import REVIEW_TIMER, RUN, TIMER
from works.versions.tree import HEAD, find_version, history_of, read_state

pytestmark = pytest.mark.anyio
CLASSES: Final = {("langgraph.types", "Send"), ("langgraph.types", "Interrupt")}
"""All that stored bytes name by module and class. None of ours: the state is JSON."""
TASKS: Final = {RUN, TIMER, REVIEW_TIMER}


@pytest.fixture(params=COMMITS)
async def pool(request: pytest.FixtureRequest, shelf: Shelf, databases: Databases) -> AsyncIterator[Pool]:
    """A copy of a recorded database, brought up to date."""
    name = databases.borrow(shelf.recording(request.param).template)
    async with open_database(databases.url(name), max_size=2) as opened:
        await migrate(opened)
        yield opened
    databases.drop(name)


@dataclass
class Named:
    """Collects what bytes name while they are read."""

    classes: set[tuple[str, str]] = field(default_factory=set)

    def read(self, data: bytes) -> Any:
        return ormsgpack.unpackb(data, ext_hook=self._ext, option=ormsgpack.OPT_NON_STR_KEYS)

    def _ext(self, code: int, data: bytes) -> Any:
        parts = self.read(data)
        self.classes.add((parts[0], parts[1]))
        return parts


async def stored(pool: Pool) -> list[tuple[str, str, bytes]]:
    """Channel, type and bytes of everything that checkpoints keep apart."""
    query = (
        "SELECT channel, type, blob FROM checkpoint_blobs WHERE blob IS NOT NULL"
        " UNION ALL SELECT channel, type, blob FROM checkpoint_writes WHERE blob IS NOT NULL"
    )
    async with connection(pool) as conn:
        rows = await conn.execute(query)
        return [(row["channel"], row["type"], bytes(row["blob"])) async for row in rows]


async def test_checkpoints_name_no_class_of_ours(pool: Pool) -> None:
    named = Named()
    found = await stored(pool)
    for _, kind, data in found:
        if kind == "msgpack":
            named.read(data)
    assert {kind for _, kind, _ in found} <= {"msgpack", "null", "empty", "bytes"}
    assert named.classes <= CLASSES
    for module, name in named.classes:
        assert getattr(import_module(module), name)


async def test_jobs_that_wait_are_of_tasks_that_there_are(pool: Pool) -> None:
    async with connection(pool) as conn:
        rows = await conn.execute("SELECT DISTINCT task_name FROM procrastinate_jobs")
        assert {row["task_name"] async for row in rows} <= TASKS


async def test_what_a_panel_was_to_be_drawn_from_has_the_digest_it_had(pool: Pool) -> None:
    serde = JsonPlusSerializer(allowed_msgpack_modules=None)
    found = [serde.loads_typed((kind, data)) for _, kind, data in await stored(pool)]
    tasks = {task["digest"]: task["panel"] for value in found for task in sent(value)}
    models = {art["made"]["model"] for _, state in await states(pool) for art in state.get("artwork", {}).values()}
    assert tasks
    for digest, panel in tasks.items():
        assert PanelBrief.of(panel).to_json() == panel
        assert digest in {panel_digest(PanelBrief.of(panel), model) for model in models}


def sent(found: Any) -> Iterator[Json]:
    """The tasks of panels among what was stored."""
    for one in found if isinstance(found, (list, tuple)) else (found,):
        if isinstance(one, Send) and "panel" in one.arg:
            yield one.arg


async def test_every_phase_reads_what_it_read(pool: Pool) -> None:
    differs = [
        f"{name}: {phase}"
        for name, state in await states(pool)
        for phase, step in STEPS.items()
        if state.get(phase)
        and input_digest(phase, step.reads(state), wishes_of(state, phase)) != state["digests"][phase]
    ]
    assert differs == []


async def test_every_sheet_is_drawn_from_what_it_was(pool: Pool) -> None:
    checked = 0
    for name, state in await states(pool):
        if not (sheets := kept_sheets(state)):
            continue
        cast, concept = result_of(state, Phase.CHARACTERS, Cast), result_of(state, Phase.CONCEPT, Concept)
        for brief in sheet_briefs(cast, concept, settings_of(state), None):
            kept = sheets[brief.character.key]
            assert sheet_digest(brief, kept.made.model) == kept.digest, name
            checked += 1
    assert checked


async def states(pool: Pool) -> list[tuple[str, State]]:
    """Every recorded work of this database that has a version, at its newest."""
    async with connection(pool) as conn:
        rows = await conn.execute("SELECT DISTINCT work_id FROM versions")
        there = {str(row["work_id"]) async for row in rows}
    found = []
    for name, told in WORKS.items():
        if told["id"] in there:
            _, history = await history_of(pool, UUID(told["id"]), tenant=LOCAL_TENANT)
            found.append((name, await read_state(pool, find_version(history, HEAD))))
    return found
