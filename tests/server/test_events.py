"""A work's stream: everything in order, from any point, nothing twice."""

from tests.server.stories import drawn, told
from tests.service import Service


def test_a_stream_tells_everything_in_order_and_ends(service: Service) -> None:
    with service.client() as client:
        work = drawn(client)
        events = told(client, work["id"])
    ids = [int(event["id"]) for event in events]
    assert ids == sorted(set(ids))
    assert events[0]["type"] == "accepted"
    assert [event["type"] for event in events].count("phase_complete") == 7
    assert events[-1]["type"] == "completed"
    assert {event["work_id"] for event in events} == {work["id"]}


def test_a_late_joiner_gets_the_same(service: Service) -> None:
    with service.client() as client:
        work = drawn(client)
        live = told(client, work["id"])
        late = told(client, work["id"])
    assert late == live


def test_a_stream_goes_on_after_any_event(service: Service) -> None:
    with service.client() as client:
        work = drawn(client)
        whole = told(client, work["id"])
        for cut in range(1, len(whole)):
            assert told(client, work["id"], after=int(whole[cut - 1]["id"])) == whole[cut:]


def test_a_browser_that_has_everything_is_told_not_to_come_back(service: Service) -> None:
    with service.client() as client:
        work = drawn(client)
        last = told(client, work["id"])[-1]["id"]
        answer = client.get(f"/v1/works/{work['id']}/events", headers={"Last-Event-ID": last})
    assert answer.status_code == 204


def test_an_id_that_the_work_never_had_is_answered_with_a_snapshot(service: Service) -> None:
    with service.client() as client:
        other = drawn(client)
        foreign = told(client, other["id"])[0]["id"]
        work = drawn(client, text="Snow fell on the village. A boy walked home.")
        first = told(client, work["id"], after=int(foreign), until=("snapshot", "completed"))[0]
    assert first["type"] == "snapshot"
    assert first["data"]["id"] == work["id"]


def test_garbage_ids_are_refused(service: Service) -> None:
    with service.client() as client:
        work = drawn(client)
        for garbage in ("x", "-1", "1e9", "9" * 30):
            answer = client.get(f"/v1/works/{work['id']}/events", headers={"Last-Event-ID": garbage})
            assert answer.status_code == 400
