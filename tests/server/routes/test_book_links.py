"""A finished book, shown by a link: to read, that version only, until it ends, and nothing else of its tenant."""

import httpx

from server.security.identity import Principal, Role
from tests import asking
from tests.server.locked import person
from tests.server.stories import drawn, told
from tests.service import Service


def shared(client: httpx.Client, work: str, **wish: object) -> tuple[str, dict[str, object]]:
    """The token, and the whole answer."""
    answer = client.post(f"/v1/works/{work}/book-link", json=wish)
    assert answer.status_code == 200, answer.text
    return answer.json()["url"].partition("#")[2], answer.json()


def test_whoever_has_the_link_reads_the_book_without_a_token(ann: httpx.Client, locked: Service) -> None:
    work = drawn(ann)["id"]
    told(ann, work)
    token, given = shared(ann, work, days=7)
    book = asking.post(f"{locked.url}/v1/links/book", json={"token": token}).json()
    whole = ann.get(f"/v1/works/{work}").json()
    assert book["title"] == whole["title"]
    assert book["version_id"] == given["version_id"]
    assert book["pictures_until"] < book["expires_at"] == given["expires_at"]
    assert [page["number"] for page in book["pages"]] == [page["number"] for page in whole["pages"]]
    for page in book["pages"]:
        assert asking.get(locked.url + page["url"]).content.startswith(b"\x89PNG")
        small = asking.get(locked.url + page["small_url"])
        assert (small.headers["content-type"], len(small.content) <= 25_000) == ("image/jpeg", True)


def test_a_link_to_a_book_opens_nothing_else(ann: httpx.Client, locked: Service) -> None:
    work = drawn(ann)["id"]
    told(ann, work)
    token, _ = shared(ann, work)
    as_header = {"Authorization": f"Bearer {token}"}
    for path in ("/v1/works", f"/v1/works/{work}", f"/v1/works/{work}/versions", f"/v1/works/{work}/files/book.pdf"):
        assert asking.get(locked.url + path, headers=as_header).status_code == 401, path
    streams = asking.get(f"{locked.url}/v1/works/{work}/events", params={"token": token})
    assert streams.status_code == 401


def test_what_is_no_link_or_has_ended_is_told_as_that(ann: httpx.Client, locked: Service) -> None:
    work = drawn(ann)["id"]
    told(ann, work)
    token, _ = shared(ann, work)
    owner = ann.headers["authorization"].partition(" ")[2]
    stream = ann.post(f"/v1/works/{work}/stream-token").json()["token"]
    books = locked.rooms.signing.books
    book = books.check(token)
    ended, _ = books.issue(Principal(book.tenant, "ann", Role.EDITOR), book.work_id, book.version, -60)
    for bad in (ended, token[:-2] + "xx", owner, stream, "x"):
        answer = asking.post(f"{locked.url}/v1/links/book", json={"token": bad})
        assert (answer.status_code, answer.json()["code"]) == (403, "book_link_expired")


def test_only_editors_of_the_books_own_tenant_give_links(ann: httpx.Client, locked: Service) -> None:
    work = drawn(ann)["id"]
    told(ann, work)
    tenant = locked.rooms.signing.books.check(shared(ann, work)[0]).tenant
    with person(locked, Role.VIEWER, tenant) as viewer, person(locked) as stranger:
        assert viewer.post(f"/v1/works/{work}/book-link", json={}).status_code == 403
        assert stranger.post(f"/v1/works/{work}/book-link", json={}).status_code == 404


def test_a_deleted_books_link_shows_nothing(ann: httpx.Client, locked: Service) -> None:
    work = drawn(ann)["id"]
    told(ann, work)
    token, _ = shared(ann, work)
    assert ann.delete(f"/v1/works/{work}").status_code in (202, 204)
    assert asking.post(f"{locked.url}/v1/links/book", json={"token": token}).status_code == 404


def test_a_book_that_is_not_finished_is_not_shown(ann: httpx.Client) -> None:
    work = drawn(ann, feedback_mode={"enabled": True})["id"]
    told(ann, work, until=("review_requested",))
    assert ann.post(f"/v1/works/{work}/book-link", json={}).status_code == 404
    assert ann.post(f"/v1/works/{work}/book-link", json={"days": 4000}).status_code == 422
