"""The tree of versions over HTTP."""

import httpx

from tests.server.stories import drawn, told
from tests.service import Service


def test_every_phase_is_a_version_and_the_list_has_pages(owner: httpx.Client, book: str) -> None:
    first = owner.get(f"{book}/versions", params={"limit": 4}).json()
    second = owner.get(f"{book}/versions", params={"limit": 4, "cursor": first["next"]}).json()
    assert [v["phase"] for v in first["items"] + second["items"]] == [
        "concept", "characters", "plot", "storyboard", "artwork", "lettering", "finishing",
    ]  # fmt: skip
    assert first["head"] == second["items"][-1]["version_id"]
    assert second["next"] is None


def test_a_version_is_read_with_its_results_and_compared(owner: httpx.Client, book: str) -> None:
    plot = owner.get(f"{book}/versions/plot").json()
    diff = owner.get(f"{book}/versions/plot/diff/head").json()
    assert set(plot["content"]) == {"concept", "characters", "plot"}
    assert diff["old"]["phase"] == "plot"
    assert diff["changes"]


def test_elements_have_addresses_and_previews_pictures(owner: httpx.Client, book: str) -> None:
    elements = owner.get(f"{book}/elements").json()["items"]
    preview = owner.get(f"{book}/previews/storyboard", params={"quality": 1}).json()
    picture = owner.get(preview["images"][0]["url"])
    assert any(element["address"] == "p01.k1" for element in elements)
    texts = [element for element in elements if element["kind"] == "balloon"]
    pages = {element["key"] for element in elements if element["kind"] == "page"}
    assert any(element["address"].startswith("p01.k") for element in texts)
    assert all(element["page"] in pages for element in texts)
    assert preview["elements"]
    assert picture.headers["content-type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")


def test_a_fork_leaves_its_parent_as_it_is_and_can_be_restored(service: Service) -> None:
    with service.client() as client:
        work = drawn(client)
        last = int(told(client, work["id"])[-1]["id"])
        path = f"/v1/works/{work['id']}/versions"
        before = client.get(path).json()
        forked = client.post(f"{path}/concept/fork", json={"branch": "other", "text": "Change the title to 'Other'."})
        assert forked.status_code == 202, forked.text
        events = told(client, work["id"], after=last)
        after = client.get(path).json()
    assert events[-1]["type"] == "completed"
    assert {branch["name"] for branch in after["branches"]} == {"main", "other"}
    assert after["items"][: len(before["items"])] == before["items"]


def test_a_wish_about_what_is_on_the_screen_is_told_with_its_panels_before_and_after(service: Service) -> None:
    with service.client() as client:
        work = drawn(client)
        last = int(told(client, work["id"])[-1]["id"])
        path = f"/v1/works/{work['id']}"
        sent = client.post(f"{path}/feedback", json={"text": "Make it a close-up.", "about": ["p01.k1"]})
        assert sent.status_code == 202, sent.text
        told(client, work["id"], after=last)
        (entry,) = client.get(f"{path}/talk").json()["items"]
        shown = client.get(f"{path}/versions/{entry['before']}/diff/{entry['version_id']}?panels=true").json()
        panel = next(one for one in shown["panels"] if one["after"]["address"] == "p01.k1")
        pictures = [client.get(panel[side]["image"]["url"]) for side in ("before", "after")]
    assert entry["outcomes"][0]["changed"] == ["p01.k1"]
    assert entry["by"] == "somebody"
    assert shown["panels_changed"] >= len(shown["panels"]) >= 1
    assert [picture.headers["content-type"] for picture in pictures] == ["image/jpeg"] * 2
    assert pictures[0].content != pictures[1].content
    assert max(len(picture.content) for picture in pictures) < 25_000
