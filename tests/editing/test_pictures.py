"""The author's own pictures: kept in their work, looked at again, shown in their panel until they are taken back."""

import pytest

from editing.edit_values import Picture
from editing.phase_results import artwork_of
from editing.placement_edits import own_pictures
from editing.plan_direct_edits import checked_picture, keep_picture
from editing.work_blobs import WorkBlobs
from manga.errors import EditRejected
from providers.process_pool import InlineOffload
from tests.drawing.test_clean_uploaded_picture import picture_bytes
from tests.editing.works import edited, last_id, sent, state, without
from tests.graph.crew import MemoryBlobs

pytestmark = pytest.mark.anyio


async def test_a_kept_picture_is_found_again_and_measured_whatever_the_edit_says() -> None:
    blobs = WorkBlobs(MemoryBlobs(), "local/a")
    picture = await keep_picture(picture_bytes("WEBP"), blobs, InlineOffload())
    lying = Picture(blob=picture.blob, media_type="image/jpeg", width=9, height=90_000)
    assert await checked_picture(lying, blobs, InlineOffload()) == picture


async def test_a_picture_of_another_work_is_not_found() -> None:
    store = MemoryBlobs()
    picture = await keep_picture(picture_bytes("PNG"), WorkBlobs(store, "local/a"), InlineOffload())
    with pytest.raises(EditRejected, match="no such picture"):
        await checked_picture(picture, WorkBlobs(store, "local/b"), InlineOffload())


async def test_an_object_that_is_no_picture_is_refused() -> None:
    blobs = WorkBlobs(MemoryBlobs(), "local/a")
    name = await blobs.keep(b"{}", content_type="application/json")
    with pytest.raises(EditRejected, match="no PNG"):
        await checked_picture(Picture(blob=name), blobs, InlineOffload())


def test_a_panel_shows_the_authors_picture_until_the_edit_is_taken_back() -> None:
    blob = "a" * 64
    own = edited(state(), sent("p02.k2", "drag_drop", picture={"blob": blob, "width": 10, "height": 10}))
    art = artwork_of(own)["b0005"]
    assert (art.blob, art.made.model, art.status) == (blob, "author", "drawn")
    assert artwork_of(without(own, last_id(own))) == {}


def test_a_panel_is_given_back_to_the_artist() -> None:
    own = edited(state(), sent("p02.k2", "drag_drop", picture={"blob": "a" * 64}))
    back = edited(own, sent("p02.k2", "drag_drop", picture=None))
    assert artwork_of(back) == {}
    assert own_pictures((), ()) == {}
