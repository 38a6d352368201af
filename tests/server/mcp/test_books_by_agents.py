"""Stock clients make books: through all seven reviews, with old and new revisions of the protocol, and as a task."""

from typing import Literal

import pytest

from manga.phases import PHASES
from tests.mcp_client import TASKS, Agent, Json, Tasks, asked
from tests.server.mcp.conftest import Opens
from tests.server.stories import FOX

pytestmark = [pytest.mark.anyio, pytest.mark.slow]


async def through_reviews(one: Agent, work_id: str) -> list[str]:
    """The phases that were approved, until the book is finished."""
    seen = list[str]()
    told = await one.followed(work_id)
    while told["status"] == "awaiting_feedback":
        review = told["review"]
        seen.append(review["phase"])
        assert review["step"] == f"{len(seen)} of 7"
        sent = {"work_id": work_id, "review_id": review["id"], "answer": "approve"}
        await one("answer_review", **sent)
        again = await one.raw("answer_review", **sent)  # sent twice, as after a lost answer
        assert not again.is_error
        told = await one.followed(work_id)
    assert told["status"] == "completed", told
    return seen


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_book_through_all_seven_reviews(opens: Opens, mode: Literal["auto", "legacy"]) -> None:
    async with opens(mode=mode) as one:
        assert one.client.protocol_version == ("2026-07-28" if mode == "auto" else "2025-11-25")
        made = await one("make_manga", text=FOX, review=True)
        assert await through_reviews(one, made["work_id"]) == list(PHASES)
        versions = await one("list_versions", work_id=made["work_id"])
        assert [one["phase"] for one in reversed(versions["items"])] == list(PHASES)


async def test_a_book_as_a_task_that_asks_at_every_review(opens: Opens) -> None:
    forms = list[Json]()

    async def approve(form: Json) -> Json:
        forms.append(form)
        return {"action": "accept", "content": {"answer": "approve"}}

    tasks = Tasks(approve, [])
    async with opens(extensions=(tasks,)) as one:
        assert TASKS in (one.client.server_capabilities.extensions or {})
        told = await one("make_manga", text=FOX, review=True)
        assert told["status"] == "completed"
        assert tasks.made == [told["work_id"]]
        assert len(forms) == len(PHASES)
        assert forms[2]["params"]["requestedSchema"]["properties"]["answer"]["enum"] == ["approve", "change"]
        done = await asked(one.client.session, "tasks/get", task_id=told["work_id"])
        assert done["status"] == "completed"
        assert done["resultType"] == "complete"


async def test_a_sentence_in_a_review_and_one_about_the_finished_book(opens: Opens) -> None:
    async with opens() as one:
        made = await one("make_manga", text=FOX, review=True)
        told = await one.followed(made["work_id"])
        wish = {
            "work_id": made["work_id"],
            "version": told["version"],
            "sentence": 'Change the title to "The Quiet Fox".',
        }
        understood = await one("give_feedback", **wish)
        assert understood["plan"]["items"][0]["phase"] == "concept"
        told = await one.followed(made["work_id"])
        assert told["review"]["phase"] == "concept"
        assert told["title"] == "The Quiet Fox"
        await through_reviews_from(one, made["work_id"])
        told = await one.followed(made["work_id"])
        await one("give_feedback", work_id=made["work_id"], version=told["version"], sentence="Make it night")
        again = await one.followed(made["work_id"])
        assert again["version"] != told["version"]


async def through_reviews_from(one: Agent, work_id: str) -> None:
    told = await one.followed(work_id)
    while told["status"] == "awaiting_feedback":
        await one("answer_review", work_id=work_id, review_id=told["review"]["id"])
        told = await one.followed(work_id)
    assert told["status"] == "completed"
