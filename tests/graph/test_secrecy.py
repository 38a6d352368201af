"""Encrypted checkpoints: nothing of a story is readable in the database, and no key is ever taken for another."""

import base64
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from graph.build import build_graph
from graph.checkpointer import open_checkpointer, serializer_of
from graph.events import Completed, ReviewRequested, RunEvent
from graph.run import run_graph
from manga.brief import Brief, FeedbackMode, Settings
from manga.errors import SetupIncomplete
from storage.database import Pool, connection
from storage.encryption import KEY_BYTES, keys_of
from storage.settings import StorageSettings
from tests.graph.crew import CREW, Studio
from tests.graph.told import brief
from tests.graph.victim import accepted, epoch_of, on_postgres
from tests.remembering import remembering_pool

pytestmark = pytest.mark.anyio
OLD, NEW, OTHER = (bytes([number]) * KEY_BYTES for number in (1, 2, 3))
TABLES = ("checkpoints", "checkpoint_blobs", "checkpoint_writes")
STORY = "Kazimierz hid the silver lantern under the stair. His sister Ottoline found it in the morning."
ORDER = Brief(
    text=STORY,
    settings=Settings(title="Lantern Nights", author="Wilhelmina Brandt", pages=2),
    feedback_mode=FeedbackMode(enabled=True),
)
WISH = "make the lantern on page 1 panel 1 enormous"
TOLD = ("Kazimierz", "Ottoline", "silver lantern", "found it in the morning", "Lantern Nights", "Brandt", "enormous")


@pytest.fixture
async def work(pool: Pool) -> UUID:
    found = uuid4()
    await accepted(pool, found)
    return found


async def studio_with(pool: Pool, work: UUID, keys: Sequence[bytes], like: Studio | None = None) -> Studio:
    it = await on_postgres(pool, work, blobs=like.blobs if like else None)
    saver = await open_checkpointer(pool, keys)
    return replace(it, saver=saver, graph=build_graph(it.services, saver, steps=CREW))


async def stored(pool: Pool) -> bytes:
    """Everything in the checkpoint tables, as it stands there."""
    parts: list[bytes] = []
    async with connection(pool) as conn:
        for table in TABLES:
            async for row in await conn.execute(f"SELECT * FROM {table}"):
                parts += [bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in row.values()]
    return b"\n".join(parts)


async def types_of(pool: Pool) -> set[str]:
    async with connection(pool) as conn:
        query = "SELECT DISTINCT type FROM checkpoint_blobs UNION SELECT type FROM checkpoint_writes"
        return {row["type"] async for row in await conn.execute(query)}


async def plain_channels(pool: Pool) -> str:
    async with connection(pool) as conn:
        rows = await conn.execute("SELECT checkpoint::text || metadata::text AS text FROM checkpoints")
        return "\n".join([row["text"] async for row in rows])


async def draw_whole(pool: Pool, work: UUID, keys: Sequence[bytes], home: Path) -> None:
    """The real graph with offline models: every phase is reviewed, one is changed by a sentence."""
    from graph.open_services import open_services

    answers: list[dict[str, Any]] = [{"action": "feedback", "text": WISH}]
    async with AsyncExitStack() as stack:
        with pytest.MonkeyPatch.context() as patch:  # the two works here are drawn alike
            patch.setattr("graph.open_services.open_process_pool", remembering_pool)
            services = await stack.enter_async_context(open_services(StorageSettings(home=home), pool=pool))
        graph = build_graph(services, await open_checkpointer(pool, keys))
        told: dict[str, Any] = {"brief": ORDER}
        while told:
            epoch = await epoch_of(pool, str(work))
            last: RunEvent = [e async for e in run_graph(graph, services, str(work), epoch=epoch, **told)][-1]
            told = {}
            if isinstance(last, ReviewRequested):
                wished = last.phase == "storyboard" and answers
                told = {"answer": answers.pop() if wished else {"action": "approve"}, "interrupt_id": last.interrupt_id}
        assert isinstance(last, Completed)


@pytest.mark.parametrize("keys", [(), (NEW,)], ids=["without a key", "with a key"])
async def test_nothing_of_a_whole_work_is_readable_where_a_key_is_set_and_never_in_a_plain_channel(
    pool: Pool, work: UUID, tmp_path: Path, keys: tuple[bytes, ...]
) -> None:
    await draw_whole(pool, work, keys, tmp_path)
    found = await stored(pool)
    readable = [text for text in TOLD if text.encode() in found]
    assert readable == ([] if keys else list(TOLD))
    assert len(found) > 50_000
    assert [text for text in TOLD if text in await plain_channels(pool)] == []


async def test_everything_is_encrypted_and_read_again(pool: Pool, work: UUID) -> None:
    it = await studio_with(pool, work, (NEW,))
    assert isinstance((await it.run(brief=brief(), epoch=await epoch_of(pool, it.work)))[-1], Completed)
    assert await types_of(pool) <= {"msgpack+aes", "null+aes", "empty"}
    again = await studio_with(pool, work, (NEW,), it)
    assert (await again.values())["concept"] == (await it.values())["concept"]


async def test_what_was_stored_without_a_key_stays_readable_with_one(pool: Pool, work: UUID) -> None:
    it = await studio_with(pool, work, ())
    asked = (await it.run(brief=brief(feedback=True), epoch=await epoch_of(pool, it.work)))[-1]
    assert isinstance(asked, ReviewRequested)
    sealed = await studio_with(pool, work, (NEW,), it)
    approved = {"answer": {"action": "approve"}, "interrupt_id": asked.interrupt_id}
    after = (await sealed.run(**approved, epoch=await epoch_of(pool, it.work)))[-1]
    assert isinstance(after, ReviewRequested)
    assert after.phase == "characters"
    assert {"msgpack", "msgpack+aes"} <= await types_of(pool)


@pytest.mark.parametrize("keys", [(), (OTHER,)], ids=["no key", "another key"])
async def test_a_house_does_not_open_with_a_wrong_key_and_nothing_is_changed(
    pool: Pool, work: UUID, keys: tuple[bytes, ...]
) -> None:
    it = await studio_with(pool, work, (NEW,))
    await it.run(brief=brief(), epoch=await epoch_of(pool, it.work))
    before = await stored(pool)
    with pytest.raises(SetupIncomplete) as told:
        await open_checkpointer(pool, keys)
    assert "MANGA_CHECKPOINT_KEY" in told.value.remedy
    assert await stored(pool) == before


@pytest.mark.parametrize("key", ["", OTHER.hex()])
async def test_a_reader_with_a_wrong_key_is_told_so(
    pool: Pool, work: UUID, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    it = await studio_with(pool, work, (NEW,))
    await it.run(brief=brief(), epoch=await epoch_of(pool, it.work))
    monkeypatch.setenv("MANGA_CHECKPOINT_KEY", key)
    saver = await open_checkpointer(pool)
    with pytest.raises(SetupIncomplete, match="encrypted"):
        await saver.aget_tuple({"configurable": {"thread_id": it.work, "checkpoint_ns": ""}})


async def test_a_key_is_changed_by_writing_the_new_one_first(pool: Pool, work: UUID) -> None:
    it = await studio_with(pool, work, (OLD,))
    asked = (await it.run(brief=brief(feedback=True), epoch=await epoch_of(pool, it.work)))[-1]
    assert isinstance(asked, ReviewRequested)
    both = await studio_with(pool, work, (NEW, OLD), it)
    await both.run(answer={"action": "approve"}, interrupt_id=asked.interrupt_id, epoch=await epoch_of(pool, it.work))
    assert (await both.values())["characters"]
    await open_checkpointer(pool, (NEW,))  # works of the new key alone need no other
    with pytest.raises(SetupIncomplete):
        await open_checkpointer(pool, (OLD,))


async def test_bytes_that_somebody_changed_are_not_read() -> None:
    serde = serializer_of((NEW,))
    kind, data = serde.dumps_typed({"text": STORY})
    with pytest.raises(SetupIncomplete):
        serde.loads_typed((kind, data[:-1] + bytes([data[-1] ^ 1])))


@given(key=st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES))
def test_keys_are_taken_in_every_usual_form(key: bytes) -> None:
    forms = [key.hex(), key.hex().upper(), base64.b64encode(key).decode(), base64.urlsafe_b64encode(key).decode()]
    told = StorageSettings(checkpoint_key=SecretStr(" , ".join([*forms, forms[3].rstrip("=")])))
    assert keys_of(told) == (key,) * 5


@pytest.mark.parametrize("text", ["short", "x" * 32, base64.b64encode(b"x" * 31).decode(), "é" * 43, "zz" * 32])
def test_what_is_no_key_is_refused_and_not_shown(text: str) -> None:
    with pytest.raises(SetupIncomplete, match="MANGA_CHECKPOINT_KEY") as told:
        keys_of(StorageSettings(checkpoint_key=SecretStr(text)))
    assert text not in f"{told.value} {told.value.remedy}"


def test_no_key_is_no_key() -> None:
    assert keys_of(StorageSettings()) == ()
