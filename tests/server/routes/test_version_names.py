"""What people call a version, and what it has cost, over HTTP."""

import httpx
import pytest


def test_a_version_is_named_and_its_state_stays_as_it_is(owner: httpx.Client, book: str) -> None:
    path = f"{book}/versions/plot"
    before = owner.get(path).json()
    named = owner.patch(path, json={"name": "  <b>The</b>   long way "})
    assert (named.status_code, named.json()["name"]) == (200, "<b>The</b> long way")
    after = owner.get(path).json()
    assert after == before | {"name": "<b>The</b> long way"}
    assert owner.patch(path, json={"name": ""}).json()["name"] == ""


@pytest.mark.parametrize("name", ["x" * 81, "a\0b", None])
def test_what_is_no_name_is_refused(owner: httpx.Client, book: str, name: str | None) -> None:
    assert owner.patch(f"{book}/versions/plot", json={"name": name}).status_code == 422


def test_a_version_that_is_not_there_gets_no_name(owner: httpx.Client, book: str) -> None:
    assert owner.patch(f"{book}/versions/99", json={"name": "x"}).status_code == 404


def test_each_version_tells_what_the_work_had_used_until_then(owner: httpx.Client, book: str) -> None:
    used = [version["cost"]["images"] for version in owner.get(f"{book}/versions").json()["items"]]
    assert used == sorted(used)
    assert used[3] < used[4], "the artwork draws pictures"
    assert used[-1] == owner.get(book).json()["cost"]["images"]
