"""Google Cloud Storage through its real client, on a double that refuses what it refuses: buckets and faults."""

import asyncio
import json
from typing import Any
from uuid import UUID

import pytest

from editing.work_blobs import blobs_of
from manga.errors import NotFound, SetupIncomplete, StorageFailed
from storage.gcs import GcsBlobs, Places
from storage.gcs_calls import ATTEMPTS, THREADS
from storage.object_store import open_blobs
from storage.objects import Purpose, blob_name, put_content
from storage.settings import StorageSettings
from tests import asking
from tests.fake_gcs import FakeGcs
from tests.fake_gcs_faults import How, What
from tests.gcs import Naps, store_on

pytestmark = pytest.mark.anyio
WORK = UUID(int=9)
PICTURE = b"\x89PNG picture " * 5000
BIG = b"x" * (9 * 1024 * 1024)  # larger than what is sent in one piece


async def put(store: GcsBlobs, data: bytes = PICTURE, content_type: str = "image/png") -> str:
    return await put_content(store, "t", WORK, data, content_type=content_type)


# -- which bucket ------------------------------------------------------------------------------------------------


async def test_every_kind_of_object_goes_into_its_own_bucket(gcs: FakeGcs) -> None:
    corner = blobs_of(store_on(gcs), "t", str(WORK))
    names = {
        await corner.keep(b"picture", content_type="image/png"): "manga-output-images",
        await corner.keep(b"{}", content_type="application/json"): "manga-output-images",
        await corner.keep(b"pdf", content_type="application/pdf"): "manga-final-products",
        await corner.keep(b"cbz", content_type="application/vnd.comicbook+zip"): "manga-final-products",
        await corner.meant_for(Purpose.PRODUCT).keep(b"page", content_type="image/png"): "manga-final-products",
        await corner.meant_for(Purpose.INPUT).keep(b"own", content_type="image/png"): "manga-input-data",
        await corner.keep(b"story", content_type="text/plain"): "manga-input-data",
    }
    await corner.put("made/1", b"{}", content_type="application/json")
    assert {name: gcs.where(f"{corner.prefix}/{name}") for name in names} == {n: [b] for n, b in names.items()}
    assert gcs.where(f"{corner.prefix}/made/1") == ["manga-temp-data"]


async def test_objects_carry_their_type_and_how_long_they_may_be_kept_by_a_cache(gcs: FakeGcs) -> None:
    name = await put(store_on(gcs))
    stored = gcs.buckets["manga-output-images"][name]
    assert (stored.content_type, stored.cache_control) == ("image/png", "public, max-age=86400")


async def test_an_object_is_looked_for_once_and_then_known(gcs: FakeGcs) -> None:
    name = await put(store_on(gcs), content_type="application/pdf")
    reader = store_on(gcs)
    assert await reader.get(name) == await reader.get(name) == PICTURE
    assert gcs.asked["download", 404] == 1  # not among the pictures
    assert gcs.asked["download", 200] == 2
    assert await store_on(gcs).get(name) == PICTURE


async def test_a_piece_that_is_missing_costs_one_question(gcs: FakeGcs) -> None:
    with pytest.raises(NotFound):
        await store_on(gcs).get("t/w/made/1")
    assert gcs.count("download") == 1


def test_only_so_many_places_are_remembered() -> None:
    places = Places(most=2)
    for name in ("a", "b", "c"):
        places.remember(name, Purpose.INPUT)
    assert list(places.found) == ["b", "c"]


async def test_deleting_a_work_reaches_every_bucket_and_every_page_of_their_lists(gcs: FakeGcs) -> None:
    store = store_on(gcs)
    corner = blobs_of(store, "t", str(WORK))
    for number in range(8):  # more than a page of the list
        await corner.put(f"made/{number}", b"x")
        await corner.keep(f"{number}".encode(), content_type=("image/png", "application/pdf")[number % 2])
    other = await put_content(store, "t", UUID(int=10), b"0")
    assert await store.delete_prefix(corner.prefix) == 16
    assert [name for objects in gcs.buckets.values() for name in objects] == [other]


async def test_a_large_object_is_sent_in_pieces_and_comes_back_whole(gcs: FakeGcs) -> None:
    store = store_on(gcs)
    name = await put(store, BIG, "application/pdf")
    assert not (await store.put(name, BIG, content_type="application/pdf")).created
    assert await store.get(name) == BIG
    assert b"".join([chunk async for chunk in store.open_range(name)]) == BIG


async def test_a_bucket_that_is_missing_is_told(gcs: FakeGcs) -> None:
    del gcs.buckets["manga-output-images"]
    with pytest.raises(StorageFailed, match=r"bucket for t/.* does not exist") as told:
        await put(store_on(gcs))
    assert "mangaka buckets" in told.value.remedy
    for question in (store_on(gcs).exists("health/check"), store_on(gcs).get("health/check")):
        with pytest.raises(StorageFailed, match="does not exist"):
            await question


# -- faults ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "how"),
    [("upload", "status"), ("upload", "lost"), ("upload", "cut"), ("upload", "hang"), ("download", "status"),
     ("download", "cut"), ("download", "flip"), ("download", "hang"), ("token", "status")],
)  # fmt: skip
async def test_what_passes_is_waited_out_and_no_byte_is_wrong(gcs: FakeGcs, what: What, how: How) -> None:
    naps, silent_s = Naps(), 1.0 if how == "hang" else 10.0
    store = store_on(gcs, naps, silent_s=silent_s)
    if what == "upload":
        gcs.fail(what, how, times=2 if how != "hang" else 1)
    name = await put(store)
    if what != "upload":
        gcs.fail(what, how, times=2 if how != "hang" else 1)
        store = store_on(gcs, naps, silent_s=silent_s)
    assert await store.get(name) == PICTURE
    assert gcs.where(name) == ["manga-output-images"]
    assert len(naps.slept) <= 2


@pytest.mark.parametrize(("what", "how"), [("upload", "status"), ("download", "status"), ("download", "flip")])
async def test_what_does_not_pass_is_told_after_some_attempts(gcs: FakeGcs, what: What, how: How) -> None:
    naps = Naps()
    store = store_on(gcs, naps)
    name = blob_name("t", WORK, PICTURE)
    if what == "download":
        await put(store)
    gcs.fail(what, how, times=100)
    with pytest.raises(StorageFailed, match="did not do its part") as told:
        await (put(store) if what == "upload" else store.get(name))
    assert gcs.count(what) == ATTEMPTS
    assert naps.slept == sorted(naps.slept)
    assert len(naps.slept) == ATTEMPTS - 1
    assert "Bearer" not in str(told.value)
    assert gcs.where(name) == (["manga-output-images"] if what == "download" else [])


async def test_a_large_object_whose_pieces_fail_is_sent_again(gcs: FakeGcs) -> None:
    store = store_on(gcs)
    gcs.fail("upload", "status", times=2)
    assert await store.get(await put(store, BIG, "application/pdf")) == BIG


async def test_a_picture_that_is_stored_wrong_is_never_answered(gcs: FakeGcs) -> None:
    store = store_on(gcs)
    name = await put(store)
    stored = gcs.buckets["manga-output-images"][name]
    stored.data = stored.data[:100]
    with pytest.raises(StorageFailed):
        await store.get(name)


async def test_a_range_that_breaks_off_is_read_again(gcs: FakeGcs) -> None:
    store = store_on(gcs)
    name = await put(store)
    gcs.fail("download", "cut", times=2)
    assert b"".join([chunk async for chunk in store.open_range(name, 10)]) == PICTURE[10:]


async def test_what_is_refused_is_not_tried_again(gcs: FakeGcs) -> None:
    naps = Naps()
    gcs.fail("upload", "status", status=403)
    with pytest.raises(StorageFailed, match="does not let us") as told:
        await put(store_on(gcs, naps))
    assert "storage.objectUser" in told.value.remedy
    assert naps.slept == []


async def test_a_key_that_google_does_not_know_is_told(gcs: FakeGcs) -> None:
    store = store_on(gcs)
    gcs.fail("token", "status", times=9, status=400)
    with pytest.raises(StorageFailed, match="does not let us"):
        await put(store)


async def test_a_store_that_does_not_answer_at_all_is_given_up(gcs: FakeGcs) -> None:
    naps = Naps()
    store = store_on(FakeGcs(url="http://127.0.0.1:9"), naps)
    with pytest.raises(StorageFailed, match="did not do its part"):
        await store.get("t/w/abc")
    assert len(naps.slept) == ATTEMPTS - 1


async def test_many_uploads_at_once_hold_up_nothing_and_use_few_threads(gcs: FakeGcs) -> None:
    store = store_on(gcs)
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            ticks += 1
            await asyncio.sleep(0.01)

    ticking = asyncio.create_task(tick())
    infos = await asyncio.gather(*(store.put(f"t/w/{n}", b"%d" % n * 50_000) for n in range(60)))
    ticking.cancel()
    assert all(info.created for info in infos)
    assert len(store.calls.threads._threads) <= THREADS
    assert ticks > 5


# -- the settings ------------------------------------------------------------------------------------------------


async def test_the_settings_open_the_store_with_this_machines_own_credentials(
    gcs: FakeGcs, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    gcs.clear("our-comics")
    key = tmp_path / "key.json"
    key.write_text(json.dumps(gcs.account()))
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(key))
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", gcs.url)
    store = open_blobs(StorageSettings(home=tmp_path, blobs="gs://our-comics"))
    name = await put_content(store, "t", WORK, PICTURE, content_type="image/png")
    assert gcs.where(name) == ["our-comics-output-images"]
    url = await store.signed_url(name, 60)
    assert url is not None
    async with asking.AsyncClient() as anybody:
        assert (await anybody.get(url)).content == PICTURE


def test_a_machine_without_credentials_is_told_what_to_do(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_CLOUD_PROJECT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path))
    monkeypatch.setenv("NO_GCE_CHECK", "true")
    with pytest.raises(SetupIncomplete, match="no credentials") as told:
        open_blobs(StorageSettings(home=tmp_path, blobs="gs://manga"))
    assert "GOOGLE_APPLICATION_CREDENTIALS" in told.value.remedy
