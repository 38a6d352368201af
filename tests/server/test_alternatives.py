"""The pictures that a panel can have, over HTTP: every take and the author's own, each of which can be hung again."""

from typing import Any

import httpx
import pytest

from tests.drawing.test_clean_uploaded_picture import picture_bytes
from tests.server.routes.test_pictures import answered, bring, shown
from tests.server.stories import drawn, told
from tests.service import Service


def offered(client: httpx.Client, work: str, panel: str = "p01.k1") -> list[dict[str, Any]]:
    answer = client.get(f"{work}/panels/{panel}/alternatives")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def hang(client: httpx.Client, work: str, key: str, change: dict[str, Any], after: int) -> int:
    edit = {"change_type": "selection", "element_id": key, "change_data": change}
    return answered(client, work, {"action": "edit", "edits": [edit]}, after)


@pytest.mark.slow
def test_every_take_and_the_authors_own_picture_can_be_hung_again(service: Service) -> None:
    with service.client(role="editor") as editor:
        made = drawn(editor)
        done = int(told(editor, made["id"])[-1]["id"])
        work = f"/v1/works/{made['id']}"
        key = next(one["key"] for one in editor.get(f"{work}/elements").json()["items"] if one["address"] == "p01.k1")
        (only,) = offered(editor, work)
        assert (only["take"], only["own"], only["change"]) == (0, False, None)

        first = shown(editor, work, key)
        done = hang(editor, work, key, {"take": 1}, done)
        second = shown(editor, work, key)
        picture = bring(editor, work, picture_bytes("PNG", (90, 60), color="black")).json()["picture"]
        done = hang(editor, work, key, {"picture": picture}, done)
        items = offered(editor, work)
        assert [(item["take"], item["own"], item["change"] is None) for item in items] == [
            (0, False, False),
            (1, False, False),
            (0, True, True),
        ]
        assert len({item["image"]["blob"] for item in items}) == 3
        for item in items:
            assert editor.get(item["image"]["url"]).content.startswith(b"\x89PNG")

        done = hang(editor, work, key, items[0]["change"], done)
        assert shown(editor, work, key) == first
        done = hang(editor, work, key, items[1]["change"], done)
        assert shown(editor, work, key) == second
        own = next(item for item in offered(editor, work) if item["own"])
        done = hang(editor, work, key, own["change"], done)
        assert shown(editor, work, key) == picture["blob"]
        assert [item["change"] is None for item in offered(editor, work)] == [False, False, True]


def test_a_panel_that_is_not_there_has_none(service: Service) -> None:
    with service.client(role="editor") as editor:
        work = f"/v1/works/{drawn(editor)['id']}"
        assert editor.get(f"{work}/panels/p99.k9/alternatives").status_code == 404
        assert editor.get(f"{work}/panels/concept/alternatives").status_code == 404
        assert editor.get(f"{work}/panels/p99.k9/stagings").status_code == 404
