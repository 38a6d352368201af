"""Pictures are taken over from other lines; what is locked stays, and belongs to its version."""

import io
from pathlib import Path

import pytest
from PIL import Image

from editing.element_lookup import elements_of
from editing.phase_results import result_json
from editing.plan_direct_edits import keep_picture
from editing.work_blobs import blobs_of
from manga.errors import Conflict, NotFound
from manga.phases import Phase
from storage.base import WorkStatus
from storage.database import Pool
from tests.works.desk import APPROVE, Desk
from tests.works.lines import edit_of, finished, head, history, sender, state, waiting
from works.versions.branching import fork_from, keep, lock
from works.versions.tree import find_version, short

pytestmark = pytest.mark.anyio


@pytest.fixture
async def desk(pool: Pool, tmp_path: Path) -> Desk:
    return await waiting(pool, tmp_path)


@pytest.fixture
async def book(pool: Pool, tmp_path: Path) -> Desk:
    return await finished(pool, tmp_path)


async def test_pictures_of_another_line_are_kept_without_drawing_them_again(book: Desk) -> None:
    source, old = await head(book), (await state(book))["artwork"]
    cast = {"action": "edit", "edits": [edit_of("c01", description="older")]}
    await book.answer(cast)
    redrawn = (await state(book))["artwork"]
    ours = [key for key in old if redrawn[key]["digest"] != old[key]["digest"]]
    assert ours == ["b0000", "b0002", "b0004"]

    drawn = len(book.it.images.drawn)
    await keep(sender(book), book.work_id, ["p01.k1", "b0002"], "7")
    assert (await book.run()).status is WorkStatus.COMPLETED
    kept = await state(book)
    assert len(book.it.images.drawn) == drawn
    assert [key for key in ours if kept["artwork"][key] == old[key]] == ["b0000", "b0002"]
    assert sorted(kept["locks"]) == ["b0000", "b0002"]
    new = [v for v in await book.versions() if v.kind == "keep"]
    said = f"kept p01.k1, p01.k3 of {short(source)}"
    assert [(v.phase, v.change_description) for v in new] == [("finishing", said)]

    await book.answer({"action": "edit", "edits": [edit_of("c01", description="oldest")]})
    assert book.it.images.drawn[drawn:] == ["b0004"]


async def test_a_kept_picture_takes_the_place_of_the_authors_own(book: Desk) -> None:
    drawn = (await state(book))["artwork"]["b0001"]
    png = io.BytesIO()
    Image.new("L", (80, 60), 128).save(png, "PNG")
    blobs = blobs_of(book.it.services.blobs, "local", str(book.work_id))
    own = await keep_picture(png.getvalue(), blobs, book.it.services.offload)
    edit = {
        "id": "own", "change_type": "selection", "phase": "artwork", "element_key": "b0001",
        "change_data": {"picture": own.to_json()}, "base_version": "v",
    }  # fmt: skip
    await book.answer({"action": "edit", "edits": [edit]})
    authors = find_version(await history(book), "head")
    assert result_json(await state(book), Phase.ARTWORK)["b0001"]["blob"] == own.blob

    await keep(sender(book), book.work_id, ["b0001"], "7")
    await book.run()
    assert result_json(await state(book), Phase.ARTWORK)["b0001"] == drawn
    await keep(sender(book), book.work_id, ["b0001"], authors.version_id)
    await book.run()
    assert result_json(await state(book), Phase.ARTWORK)["b0001"]["blob"] == own.blob


async def test_pictures_can_be_kept_before_the_new_line_is_drawn(desk: Desk) -> None:
    await desk.answer(APPROVE)
    drawn = list(desk.it.images.drawn)
    await fork_from(sender(desk), desk.work_id, "storyboard", "older")
    await desk.run()
    assert not (await state(desk)).get("artwork")
    await keep(sender(desk), desk.work_id, ["p01.k2"], "main")
    work = await desk.run()
    assert work.pending_review is not None
    assert (work.pending_review["phase"], work.pending_review["branch"]) == ("storyboard", "older")
    assert list((await state(desk))["artwork"]) == ["b0001"]
    await desk.answer(APPROVE)
    assert desk.it.images.drawn == drawn


async def test_what_cannot_be_kept_is_named(desk: Desk) -> None:
    with pytest.raises(NotFound, match="no picture of p01"):
        await keep(sender(desk), desk.work_id, ["p01.k1"], "head")
    with pytest.raises(NotFound, match="p09"):
        await keep(sender(desk), desk.work_id, ["p09"], "head")
    with pytest.raises(NotFound, match="ごん"):
        await keep(sender(desk), desk.work_id, ["ごん"], "head")


async def test_a_lock_is_a_version_and_belongs_to_it(desk: Desk) -> None:
    before = await desk.versions()
    await lock(sender(desk), desk.work_id, ["ごん", "p1.k2"])
    work = await desk.run()
    (new,) = (await desk.versions())[len(before) :]
    assert (new.kind, new.phase, new.change_description) == ("lock", "storyboard", "locked ごん (c01), p01.k2")
    assert work.pending_review is not None
    assert work.pending_review["version_id"] == new.version_id
    assert {key: entry["kind"] for key, entry in (await state(desk))["locks"].items()} == {
        "c01": "character",
        "b0001": "panel",
    }
    assert not (await state(desk, before[-1].version_id)).get("locks")


async def test_a_lock_is_taken_off_once(desk: Desk) -> None:
    await lock(sender(desk), desk.work_id, ["p01"])
    await desk.run()
    with pytest.raises(Conflict, match="locked already"):
        await lock(sender(desk), desk.work_id, ["p01"])
    await lock(sender(desk), desk.work_id, ["g001"], off=True)
    await desk.run()
    assert (await state(desk))["locks"] == {}
    with pytest.raises(Conflict, match="is locked"):
        await lock(sender(desk), desk.work_id, ["p01"], off=True)


async def test_an_edit_of_what_is_locked_is_asked_back(desk: Desk) -> None:
    await lock(sender(desk), desk.work_id, ["c01"])
    await desk.run()
    work = await desk.answer({"action": "edit", "edits": [edit_of("c01", description="older")]})
    assert work.pending_review is not None
    assert "ごん (c01): locked" in work.pending_review["question"]


async def test_locks_stay_on_their_panels_when_a_page_is_put_in_at_the_front(desk: Desk) -> None:
    await lock(sender(desk), desk.work_id, ["p01.k2"])
    await desk.run()
    page = {
        "id": "front", "change_type": "drag_drop", "phase": "storyboard", "element_key": "storyboard",
        "change_data": {"insert_page": {"before": "g001"}}, "base_version": "",
    }  # fmt: skip
    work = await desk.answer({"action": "edit", "edits": [page]})
    assert work.pending_review is not None
    assert not work.pending_review["question"]
    found = await state(desk)
    assert [e.address for e in elements_of(found) if e.key in found["locks"]] == ["p02.k2"]
    assert list(found["locks"]) == ["b0001"]
