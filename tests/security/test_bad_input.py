"""What is no good is refused at the door: tokens, requests, edits. Never a fault, never over two seconds."""

from urllib.parse import quote

import httpx
import psutil  # type: ignore[import-untyped]
import pytest

from manga.brief import MAX_CHARACTERS
from tests import asking
from tests.security.edits import EDITS
from tests.security.injections import INJECTIONS
from tests.security.naughty_strings import naughty_strings
from tests.security.raw_http import RAW, Raw, exchange
from tests.security.sending import Shop, Stopwatch, count, counted, no_fault
from tests.security.tokens import TOKENS, Sent
from tests.security.webhook_urls import HOSTILE
from tests.server.stories import FOX
from tests.servers import servers_home

pytestmark = pytest.mark.slow

MOST_GROWTH = 100 * 1024 * 1024


@pytest.mark.parametrize("sent", TOKENS[:-1], ids=lambda sent: sent.name)
def test_a_token_comes_in_only_when_it_is_good(shop: Shop, sent: Sent) -> None:
    token = sent.make(shop.issuer)
    with shop.bearing(token) as client:
        answer = counted("tokens", client.get, "/v1/works")
    assert answer.status_code == (200 if sent.good else 401)
    assert len(token) < 20 or token[-20:] not in answer.text
    no_fault("tokens")


@pytest.mark.parametrize("raw", RAW, ids=lambda raw: raw.name)
def test_what_is_no_request_is_refused(shop: Shop, book: str, raw: Raw) -> None:
    token = shop.issuer.token(shop.issuer.claims(tenant="owner", role="admin"))
    host = shop.url.removeprefix("http://")
    watch = Stopwatch()
    status, answer = exchange(shop.url, raw.sent(host, token, book))
    count("requests on the wire", status, watch.read(), raw.name)
    assert status in raw.answers, answer[:300]
    assert token.encode() not in answer
    assert b"Traceback" not in answer
    assert b"set-cookie" not in answer.lower()
    no_fault("requests on the wire")
    assert asking.get(f"{shop.url}/healthz").status_code == 200


@pytest.mark.parametrize("number", range(len(EDITS)), ids=lambda number: str(EDITS[number])[:60])
def test_an_edit_that_is_none_changes_nothing(shop: Shop, book: str, number: int) -> None:
    with shop.person("owner") as owner:
        before = owner.get(f"/v1/works/{book}/versions").json()
        body = {"edits": [EDITS[number]]}
        answer = counted("edits", owner.post, f"/v1/works/{book}/feedback", json=body)
        after = owner.get(f"/v1/works/{book}/versions").json()
        status = owner.get(f"/v1/works/{book}").json()["status"]
    assert 400 <= answer.status_code < 500, answer.text[:300]
    assert answer.json()["detail"]
    assert before == after
    assert status == "completed"
    no_fault("edits")


def test_a_part_of_good_edits_with_a_bad_one_is_not_carried_out(shop: Shop, book: str) -> None:
    good = {"change_type": "text_edit", "element_id": "concept", "change_data": {"title": "Never"}}
    with shop.person("owner") as owner:
        for bad in EDITS:
            assert owner.post(f"/v1/works/{book}/feedback", json={"edits": [good, bad]}).status_code >= 400
        assert owner.get(f"/v1/works/{book}").json()["title"] != "Never"


@pytest.mark.parametrize("name", HOSTILE)
def test_no_webhook_goes_to_an_address_inside(ann: httpx.Client, name: str) -> None:
    answer = counted("webhooks", ann.post, "/v1/webhooks", json={"url": HOSTILE[name]})
    assert 400 <= answer.status_code < 500, answer.text
    assert ann.get("/v1/webhooks").json()["items"] == []
    no_fault("webhooks")


@pytest.mark.timeout(400)
def test_naughty_strings_do_no_harm_wherever_they_stand(shop: Shop, book: str, ann: httpx.Client) -> None:
    fetched = naughty_strings(servers_home().parent / "naughty")
    assert len(fetched) in (485, 0)
    strings = [*INJECTIONS, *fetched]
    begun = psutil.Process().memory_info().rss
    with shop.person("owner") as owner:
        for text in strings:
            brief = {"text": text, "request_id": text, "settings": {"title": text, "author": text}}
            counted("naughty strings", ann.post, "/v1/works/estimate", json={"text": text})
            counted("naughty strings", ann.post, "/v1/works/estimate", json=brief)
            for name in ("versions", "files", "previews"):
                counted("naughty strings", owner.get, f"/v1/works/{book}/{name}/{quote(text, safe='')}")
            counted("naughty strings", owner.get, f"/v1/works/{book}/elements", params={"version": text})
            counted("naughty strings", owner.get, "/v1/works", params={"cursor": text, "status": text})
            edit = {"change_type": "text_edit", "element_id": text[:40], "change_data": {"title": text}}
            counted("naughty strings", owner.post, f"/v1/works/{book}/feedback", json={"edits": [edit]})
            asked = [(b"Last-Event-ID", text.encode("utf-8", "replace"))]
            counted("naughty strings", owner.get, f"/v1/works/{book}/exports", headers=asked)
        assert owner.get(f"/v1/works/{book}").json()["status"] == "completed"
    no_fault("naughty strings")
    assert psutil.Process().memory_info().rss - begun < MOST_GROWTH


def test_the_longest_story_is_answered_in_time(ann: httpx.Client) -> None:
    for letter in ("狐", "a ", "。", "「", '"', "｜狐《き》"):
        text = (letter * MAX_CHARACTERS)[:MAX_CHARACTERS]
        answer = counted("longest stories", ann.post, "/v1/works/estimate", json={"text": text})
        assert answer.status_code in (200, 422), answer.text
    assert ann.post("/v1/works/estimate", json={"text": FOX}).status_code == 200
    no_fault("longest stories")
