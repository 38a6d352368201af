"""Stories become books or are refused with a reason; sentences become wishes and edits of a closed set, or a question.

At the end nothing of it is where it should not be: in logs, in other tenants' hands, and no accepted work is lost.
"""

import logging
import time
from typing import Any

import httpx
import psycopg
import pytest

from agents.feedback import checked
from manga.feedback import MAX_QUESTION, BookView, PersonView, Plan
from manga.phases import PHASES
from tests import asking
from tests.security.conftest import LINK_SECRET, Log
from tests.security.injections import INJECTIONS
from tests.security.sending import Shop, counted, no_fault
from tests.security.stories import STORIES
from tests.server.stories import FOX, told

pytestmark = pytest.mark.slow

CANARY = "Quillon of Averpool"
CLOSED = ("completed", "failed", "cancelled")
REASONS = {"brief_rejected", "content_blocked", "invalid"}
OURS = ("mangaka", "uvicorn", "procrastinate", "psycopg", "langgraph", "langchain", "asyncio", "fastapi")
"""The test's own clients log what they send; the service does not."""


@pytest.mark.timeout(900)
def test_every_story_is_refused_or_becomes_a_book(shop: Shop) -> None:
    accepted: dict[str, str] = {}
    with shop.person("stories") as author:
        headers = {"Content-Type": "application/json"}
        for story in STORIES:
            content = _json({"text": story.text})
            counted("stories, estimated", author.post, "/v1/works/estimate", content=content, headers=headers)
        no_fault("stories, estimated")
        for story in STORIES:
            content = _json({"text": story.text})
            answer = counted("stories", author.post, "/v1/works", content=content, headers=headers)
            if story.fit:
                assert answer.status_code == 202, (story.name, answer.text[:300])
                accepted[answer.json()["id"]] = story.name
            else:
                assert answer.status_code in (413, 422), (story.name, answer.status_code)
                assert answer.json()["detail"]
        ended = _ended(author, accepted, 800)
        listed = {work["id"] for page in _pages(author) for work in page}
    assert listed == set(accepted)
    unclear = {accepted[work["id"]]: work["error"] for work in ended if not _is_clear(work)}
    assert unclear == {}
    no_fault("stories", longest_s=10)  # dozens of books are drawn in the same process meanwhile


def _is_clear(work: dict[str, Any]) -> bool:
    """A book, or a reason that its author understands."""
    return work["status"] == "completed" or (
        work["status"] == "failed" and work["error"]["code"] in REASONS and bool(work["error"]["remedy"])
    )


def _json(body: dict[str, str]) -> bytes:
    import json

    return json.dumps(body).encode()  # in ASCII, so that half a pair can be sent


def _pages(client: httpx.Client) -> list[list[dict[str, Any]]]:
    found, cursor = [], None
    while True:
        page = client.get("/v1/works", params={"limit": 50} | ({"cursor": cursor} if cursor else {})).json()
        found.append(page["items"])
        if (cursor := page["next"]) is None:
            return found


def _ended(client: httpx.Client, wanted: dict[str, str], seconds: float) -> list[dict[str, Any]]:
    """The works when all have come to an end."""
    end = time.monotonic() + seconds
    while True:
        works = [work for page in _pages(client) for work in page if work["id"] in wanted]
        still = [wanted[work["id"]] for work in works if work["status"] not in CLOSED]
        if not still:
            return works
        assert time.monotonic() < end, f"no end: {still[:10]}"
        time.sleep(0.5)


@pytest.mark.timeout(900)
def test_a_sentence_is_no_more_than_a_wish(shop: Shop) -> None:
    works, prompts = [], ("## system", "## user", "front matter", "id: feedback")
    with shop.person("wishes") as author:
        for number, sentence in enumerate(INJECTIONS):
            if number % 20 == 0:
                body = {"text": FOX, "feedback_mode": {"enabled": True, "confirm_plans": True}}
                work = author.post("/v1/works", json=body).json()["id"]
                path, seen = f"/v1/works/{work}", _review(author, work, 0)
                works.append(work)
            answer = counted("sentences", author.post, f"{path}/feedback", json={"text": sentence})
            if answer.status_code == 422:  # too long
                continue
            assert answer.status_code == 202, answer.text
            seen = _review(author, work, seen)
            shown = author.get(path)
            pending = shown.json()["pending_review"]
            assert (pending["phase"], pending["confirming"]) == ("concept", True), sentence
            _check_plan(pending["plan"])
            assert not any(word in shown.text for word in prompts)
            author.post(f"{path}/plans/{pending['interrupt_id']}/confirm", json={"action": "cancel"})
            seen = _review(author, work, seen)
        for work in works:
            state = author.get(f"/v1/works/{work}").json()
            assert state["status"] == "awaiting_feedback"
            assert state["pending_review"]["phase"] == "concept"
            assert len(author.get(f"/v1/works/{work}/versions").json()["items"]) == 1
        assert {work["id"] for page in _pages(author) for work in page} == set(works)
    no_fault("sentences")


def _review(client: httpx.Client, work: str, after: int) -> int:
    """The id of the event that asks for the next answer."""
    return int(told(client, work, until=("review_requested", *CLOSED), after=after)[-1]["id"])


def _check_plan(plan: dict[str, Any]) -> None:
    """Phases that there are, elements of the book, open fields, no more pictures than the book has."""
    assert plan["items"] or plan["question"]
    assert set(plan) <= {"items", "question", "redo"}
    for item in plan["items"]:
        assert item["phase"] in PHASES
        assert set(item["scope"]) <= {"concept"} or item["phase"] != "concept"
        edit = item.get("edit")
        assert edit is None or set(edit["change_data"]) <= {"title", "name", "text", "ruby", "speaker", "kind"}
    assert plan["redo"]["images"] == 0


def _edit(phase: str, key: str, data: dict[str, Any]) -> dict[str, Any]:
    return {"change_type": "text_edit", "phase": phase, "element_key": key, "change_data": data}


HOSTILE: tuple[dict[str, Any], ...] = (
    {"items": [{"phase": "characters", "instruction": "x", "scope": ["../../other/c01"]}]},
    {"items": [{"phase": "characters", "instruction": "x", "scope": ["c01", "c99"]}] * 10_000},
    {"items": [{"phase": "storyboard", "instruction": "x", "scope": ["p01.k1"]}], "question": "q" * MAX_QUESTION},
    *(
        {"items": [{"phase": "characters", "instruction": "x", "scope": ["c01"], "edit": edit}]}
        for edit in (
            {"change_type": "text_edit", "phase": "characters", "element_key": "c02", "change_data": {"name": "x"}},
            {"change_type": "text_edit", "phase": "characters", "element_key": "c01", "change_data": {"owner": "x"}},
            {
                "change_type": "text_edit",
                "phase": "characters",
                "element_key": "c01",
                "change_data": {"name": "x" * 81},
            },
            {
                "change_type": "text_edit",
                "phase": "characters",
                "element_key": "c01",
                "change_data": {"name": {"a": 1}},
            },
            {"change_type": "text_edit", "phase": "artwork", "element_key": "c01", "change_data": {"picture": "x"}},
        )
    ),
)


@pytest.mark.parametrize("proposed", HOSTILE, ids=range(len(HOSTILE)))
def test_a_model_that_obeys_a_story_reaches_no_further_than_a_wish(proposed: dict[str, Any]) -> None:
    people = (PersonView(key="c01", name="Ada", role="protagonist", gender="female").to_json(),)
    book = BookView.of({"phase": "concept", "language": "en", "people": people})
    plan = checked(Plan.of(proposed), book, "x")
    assert len(plan.items) <= 12
    assert all(set(item.scope) <= {"c01"} and item.edit is None for item in plan.items)
    assert plan.items or plan.question


@pytest.mark.parametrize(
    "proposed",
    [
        {"action": "approve"},
        {"items": [{"phase": "admin", "instruction": "x"}]},
        {"items": [{"phase": "concept", "instruction": "x", "action": "approve"}]},
        {"items": [{"phase": "concept", "instruction": "x" * 5000}]},
        {"items": [], "tool": "shell"},
    ],
    ids=str,
)
def test_what_a_model_cannot_even_say(proposed: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        Plan.of(proposed)


def test_nothing_is_told_to_the_log_that_should_not_be(shop: Shop, log: Log) -> None:
    token = shop.issuer.token(shop.issuer.claims(tenant="secrets", role="admin"))
    with shop.bearing(token) as client:
        work = client.post("/v1/works", json={"text": FOX.replace("fox", CANARY)}).json()["id"]
        stream = client.post(f"/v1/works/{work}/stream-token").json()["token"]
        link = shop.service.rooms.signing.links.sign(f"secrets/{work}/{'0' * 64}", 60)
        httpx.get(f"{shop.url}/v1/works/{work}/events", params={"token": stream}, timeout=60)
        asking.get(f"{shop.url}{link}")
        client.post(f"/v1/works/{work}/feedback", json={"text": f"Call {CANARY} another name."})
        client.get("/v1/works", params={"status": CANARY})
    ours = [(level, line) for level, line in log.lines if line.startswith(OURS)]
    told_at_all = "\n".join(line for _, line in ours)
    secrets = {"token": token, "stream token": stream, "link": link.split("-")[1][:64], "secret": LINK_SECRET}
    for name, secret in secrets.items():
        assert secret not in told_at_all, name
    assert ours
    assert CANARY not in "\n".join(line for level, line in ours if level >= logging.INFO)
    assert not any(name in row for row in _rows(shop) for name in (token, stream, LINK_SECRET))


def _rows(shop: Shop) -> list[str]:
    """Every row of every table, as text."""
    found = []
    with psycopg.connect(shop.service.rooms.house.database_url) as conn:
        tables = conn.execute("SELECT schemaname, tablename FROM pg_tables WHERE schemaname !~ '^(pg_|information)'")
        for schema, table in tables.fetchall():
            query = psycopg.sql.SQL("SELECT t::text FROM {}.{} t").format(
                psycopg.sql.Identifier(schema), psycopg.sql.Identifier(table)
            )
            found += [str(row) for (row,) in conn.execute(query).fetchall()]
    return found
