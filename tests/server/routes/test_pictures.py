"""A person's own picture over HTTP: brought, shown in a panel of a finished book, and given back to the artist."""

import asyncio
import io
from typing import Any

import httpx
import pytest
from PIL import Image

from server.security.concurrency_limits import Intake, IntakeBusy, TooManyPictures
from tests.drawing.test_clean_uploaded_picture import picture_bytes
from tests.server.stories import drawn, told
from tests.service import Service
from works.reviews.author_edits import BROUGHT, MOST_PICTURES

PNG = {"Content-Type": "image/png"}


def bring(client: httpx.Client, work: str, data: bytes, **params: Any) -> httpx.Response:
    return client.post(f"{work}/pictures", content=data, headers=PNG, params=params)


def answered(client: httpx.Client, work: str, body: dict[str, Any], after: int) -> int:
    """The book is finished anew, after an event; answers the event that says so."""
    assert client.post(f"{work}/feedback", json=body).status_code == 202
    last = told(client, work.rpartition("/")[2], after=after)[-1]
    assert last["type"] == "completed"
    return int(last["id"])


def shown(client: httpx.Client, work: str, key: str) -> str:
    """The object that a panel shows."""
    read = client.get(work, params={"include": "artwork"}).json()
    found = next(phase for phase in read["phase_results"] if phase["phase"] == 5)["content"]
    return str(found[key]["blob"])


def test_a_panel_shows_what_was_brought_until_the_edit_is_taken_back(service: Service) -> None:
    with service.client(role="editor") as editor:
        made = drawn(editor)
        done = int(told(editor, made["id"])[-1]["id"])
        work = f"/v1/works/{made['id']}"
        key = next(one["key"] for one in editor.get(f"{work}/elements").json()["items"] if one["address"] == "p01.k1")
        page, artists = editor.get(f"{work}/files/pages/001.png").content, shown(editor, work, key)
        brought = bring(editor, work, picture_bytes("PNG", (90, 60), color="black"))
        assert brought.status_code == 201, brought.text
        picture = brought.json()["picture"]
        assert (picture["width"], picture["height"], picture["ink"]) == (90, 60, 1.0)

        change = {"change_type": "selection", "element_id": key, "id": "own", "change_data": {"picture": picture}}
        done = answered(editor, work, {"edits": [change]}, done)
        assert shown(editor, work, key) == picture["blob"]
        assert editor.get(f"{work}/files/pages/001.png").content != page

        answered(editor, work, {"action": "edit", "undo": ["own"]}, done)
        assert shown(editor, work, key) == artists
        assert editor.get(f"{work}/files/pages/001.png").content == page


def test_a_picture_is_padded_to_the_frames_shape(owner: httpx.Client, book: str) -> None:
    picture = bring(owner, book, picture_bytes("PNG", (60, 60)), aspect=2).json()["picture"]
    assert (picture["width"], picture["height"]) == (120, 60)


def test_the_same_picture_is_the_same_object(owner: httpx.Client, book: str) -> None:
    first, again = (bring(owner, book, picture_bytes("PNG", (33, 44))).json() for _ in range(2))
    assert first == again
    with Image.open(io.BytesIO(owner.get(first["url"]).content)) as image:
        assert image.size == (33, 44)


def test_a_work_takes_so_many_pictures(service: Service) -> None:
    with service.client() as client:
        made = drawn(client, feedback_mode={"enabled": True})
        told(client, made["id"], until=("review_requested",))
        ledger = service.rooms.house.runner.story.services.ledger  # type: ignore[attr-defined] # the real story
        service.run(ledger.count(made["id"], {BROUGHT: MOST_PICTURES - 1}))
        assert bring(client, f"/v1/works/{made['id']}", picture_bytes("PNG")).status_code == 201
        refused = bring(client, f"/v1/works/{made['id']}", picture_bytes("PNG"))
    assert refused.status_code == 409
    assert str(MOST_PICTURES) in refused.json()["detail"]


@pytest.mark.anyio
async def test_nobody_fills_the_memory_with_pictures() -> None:
    intake = Intake(at_once=2, a_tenant=1, patience_s=0.01)
    async with intake.place("a"), intake.place("b"):
        with pytest.raises(TooManyPictures):
            await intake.place("a").__aenter__()
        with pytest.raises(IntakeBusy) as busy:
            await intake.place("c").__aenter__()
    assert busy.value.retry_after_s
    async with asyncio.timeout(5):
        for _ in range(3):
            async with intake.place("a"):
                await asyncio.sleep(0)
