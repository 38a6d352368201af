"""A wish gets an answer: what was understood, what became of it, and never the same question a third time."""

from pathlib import Path

import pytest

from storage.base import WorkStatus
from storage.database import Pool, connection
from storage.work_commands import list_commands, note_payload
from tests.works.desk import Desk
from tests.works.lines import finished
from works.base import Json
from works.reviews.talk import talk_of

pytestmark = pytest.mark.anyio
WISH: Json = {"action": "feedback", "text": "登場人物をもっと若く"}
UNCLEAR: Json = {"action": "feedback", "text": "xyzzy"}


@pytest.fixture
async def book(pool: Pool, tmp_path: Path) -> Desk:
    return await finished(pool, tmp_path)


async def said(book: Desk) -> list[Json]:
    return await talk_of(book.pool, book.work_id, tenant="local")


async def test_a_wish_is_told_with_what_was_understood_and_what_became_of_it(book: Desk) -> None:
    before = (await book.work()).head_version
    work = await book.answer(WISH)
    (entry,) = await said(book)
    assert (entry["text"], entry["state"], entry["noted"]) == (WISH["text"], "done", True)
    assert [item["phase"] for item in entry["understood"]] == ["characters"]
    assert [(one["phase"], one["instruction"]) for one in entry["outcomes"]] == [("characters", WISH["text"])]
    assert (entry["before"], entry["version_id"]) == (before, work.head_version)


async def test_what_cannot_be_placed_is_asked_back_twice_and_then_said_to_be_left(book: Desk) -> None:
    head = (await book.work()).head_version
    statuses = [(await book.answer(UNCLEAR)).status for _ in range(3)]
    assert statuses == [WorkStatus.AWAITING_FEEDBACK, WorkStatus.AWAITING_FEEDBACK, WorkStatus.COMPLETED]
    entries = await said(book)
    assert [entry["state"] for entry in entries] == ["asked_back", "asked_back", "done"]
    (left,) = entries[-1]["outcomes"]
    assert (left["count"], left["instruction"]) == (0, "xyzzy")
    assert left["reason"] == entries[0]["question"]
    assert (await book.work()).head_version == head


async def test_an_answer_that_nobody_noted_says_so(book: Desk) -> None:
    await book.answer(WISH)
    async with connection(book.pool) as conn:
        (order,) = [one for one in await list_commands(conn, book.work_id) if one.kind == "fork"]
        await note_payload(conn, order.id, {"told": None})
    (entry,) = await said(book)
    assert (entry["noted"], entry["outcomes"]) == (False, [])
