"""A work's stream: everything in order, from any point, nothing twice."""

import httpx
from hypothesis import given
from hypothesis import strategies as st

from manga.errors import UserError
from server.routes.events import event_id
from tests.server.stories import drawn, told
from tests.service import Service


def test_a_stream_tells_everything_in_order_and_ends(service: Service) -> None:
    with service.client() as client:
        work = drawn(client)
        live = told(client, work["id"])
        late = told(client, work["id"])
    ids = [int(event["id"]) for event in live]
    assert ids == sorted(set(ids))
    assert live[0]["type"] == "accepted"
    assert [event["type"] for event in live].count("phase_complete") == 7
    assert live[-1]["type"] == "completed"
    assert {event["work_id"] for event in live} == {work["id"]}
    assert late == live


def test_a_stream_goes_on_after_any_event(owner: httpx.Client, book: str) -> None:
    work = book.rpartition("/")[2]
    whole = told(owner, work)
    for cut in range(1, len(whole)):
        assert told(owner, work, after=int(whole[cut - 1]["id"])) == whole[cut:]


def test_a_browser_that_has_everything_is_told_not_to_come_back(owner: httpx.Client, book: str) -> None:
    last = told(owner, book.rpartition("/")[2])[-1]["id"]
    assert owner.get(f"{book}/events", headers={"Last-Event-ID": last}).status_code == 204


def test_an_id_that_the_work_never_had_is_answered_with_a_snapshot(
    service: Service, owner: httpx.Client, book: str
) -> None:
    foreign = told(owner, book.rpartition("/")[2])[0]["id"]
    with service.client() as client:
        work = drawn(client, text="Snow fell on the village. A boy walked home.")
        first = told(client, work["id"], after=int(foreign), until=("snapshot", "completed"))[0]
    assert first["type"] == "snapshot"
    assert first["data"]["id"] == work["id"]


@given(st.text() | st.from_regex(r"\s?[0-9]{1,25}\s?"))
def test_any_text_is_an_id_or_refused(text: str) -> None:
    try:
        number = event_id(text)
    except UserError:
        return
    assert 0 <= number < 10**18
    assert text.strip().lstrip("0") in (str(number), "")


def test_garbage_ids_are_refused(owner: httpx.Client, book: str) -> None:
    for garbage in ("x", "-1", "1e9", "9" * 30):
        assert owner.get(f"{book}/events", headers={"Last-Event-ID": garbage}).status_code == 400
