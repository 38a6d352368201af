"""What every blob store does. A new store joins by one more parameter of `store`."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manga.errors import NotFound, StorageFailed, UserError
from storage.object_store import FolderBlobs
from storage.objects import (
    BlobStore,
    Purpose,
    blob_name,
    put_content,
    work_prefix,
)
from tests.gcs import store_on

pytestmark = pytest.mark.anyio
WORK = UUID(int=5)
MAKERS: dict[str, Callable[[pytest.FixtureRequest], BlobStore]] = {
    "folder": lambda request: FolderBlobs(request.getfixturevalue("tmp_path") / "blobs"),
    "gcs": lambda request: store_on(request.getfixturevalue("gcs")),
}


@pytest.fixture(params=sorted(MAKERS))
def store(request: pytest.FixtureRequest) -> BlobStore:
    return MAKERS[request.param](request)


async def test_what_was_put_comes_back(store: BlobStore) -> None:
    info = await store.put("t/w/abc", b"\x00picture", content_type="image/png")
    assert (info.created, info.size_bytes, info.name) == (True, 8, "t/w/abc")
    assert await store.get("t/w/abc") == b"\x00picture"
    assert await store.exists("t/w/abc")


async def test_a_taken_name_keeps_its_first_object(store: BlobStore) -> None:
    await store.put("t/w/abc", b"first")
    assert not (await store.put("t/w/abc", b"second")).created
    assert await store.get("t/w/abc") == b"first"


async def test_a_copy_stays_when_the_first_goes_and_takes_no_name_from_another(store: BlobStore) -> None:
    await store.put("t/w/abc", b"picture", content_type="image/png")
    await store.put("t/v/taken", b"other")
    for to in ("t/v/abc", "t/v/taken"):
        await store.copy("t/w/abc", to)
    assert await store.delete("t/w/abc")
    assert [await store.get(name) for name in ("t/v/abc", "t/v/taken")] == [b"picture", b"other"]
    with pytest.raises(NotFound):
        await store.copy("t/w/abc", "t/v/new")


async def test_of_many_writers_of_one_name_exactly_one_creates(store: BlobStore) -> None:
    infos = await asyncio.gather(*(store.put("t/w/abc", b"same" * 10_000) for _ in range(12)))
    assert sum(info.created for info in infos) == 1


async def test_what_is_not_there_is_not_found(store: BlobStore) -> None:
    assert not await store.exists("t/w/none")
    assert not await store.delete("t/w/none")
    with pytest.raises(NotFound):
        await store.get("t/w/none")
    with pytest.raises(NotFound):
        _ = [chunk async for chunk in store.open_range("t/w/none")]
    await store.put("t/w/abc", b"x")
    with pytest.raises(NotFound):
        await store.get("t/w")
    assert not await store.exists("t/w")


async def test_a_range_is_cut_as_python_cuts(store: BlobStore) -> None:
    data = bytes(range(256)) * 3000
    await store.put("t/w/abc", data)
    for start, end in ((0, None), (0, 0), (5, 6), (300_000, None), (10, 700_000), (len(data) + 5, None), (9, 3)):
        got = b"".join([chunk async for chunk in store.open_range("t/w/abc", start, end)])
        assert got == data[start:end], (start, end)


async def test_deleting_a_works_prefix_deletes_its_objects_and_no_others(store: BlobStore) -> None:
    mine = [await put_content(store, "t", WORK, data) for data in (b"a", b"b", b"c")]
    other = await put_content(store, "t", UUID(int=55), b"a")
    await store.delete(mine.pop())
    assert await store.delete_prefix(work_prefix("t", WORK)) == 2
    assert await store.delete_prefix(work_prefix("t", WORK)) == 0
    assert [await store.exists(name) for name in (*mine, other)] == [False, False, True]


async def test_the_objects_below_a_prefix_are_told_with_their_bytes(store: BlobStore) -> None:
    mine = [await put_content(store, "t", WORK, data) for data in (b"a", b"bb")]
    made = f"{work_prefix('t', WORK)}/previews/{'0' * 64}"
    await store.put(made, b"{}", content_type="application/json")
    await put_content(store, "t", UUID(int=55), b"a")
    assert await store.sizes(work_prefix("t", WORK)) == {mine[0]: 1, mine[1]: 2, made: 2}
    assert await store.sizes("t/nothing") == {}


async def test_the_same_content_has_one_name_and_is_stored_once(store: BlobStore) -> None:
    first, second = [await put_content(store, "t", WORK, b"same") for _ in range(2)]
    assert first == second == blob_name("t", WORK, b"same")
    assert not (await store.put(first, b"same")).created


async def test_bytes_that_are_not_those_of_their_digest_are_never_answered(store: BlobStore) -> None:
    name = blob_name("t", WORK, b"the picture")
    await store.put(name, b"another picture")
    with pytest.raises(StorageFailed):
        await store.get(name)


async def test_pieces_that_can_be_made_again_have_names_of_their_own_kind(store: BlobStore) -> None:
    name = f"{work_prefix('t', WORK)}/made/{'0' * 64}"
    await store.put(name, b"{}", content_type="application/json")
    assert await store.get(name) == b"{}"
    assert await store.delete_prefix(work_prefix("t", WORK)) == 1


async def test_what_is_not_there_has_no_link(store: BlobStore) -> None:
    name = await put_content(store, "t", WORK, b"gone")
    await store.delete(name)
    with suppress(NotFound):
        assert await store.signed_url(name, 60) is None


@pytest.mark.parametrize("purpose", list(Purpose))
async def test_what_is_kept_for_any_purpose_is_found_again(store: BlobStore, purpose: Purpose) -> None:
    await store.put("t/w/abc", b"kept", purpose=purpose)
    assert await store.exists("t/w/abc")
    assert await store.get("t/w/abc") == b"kept"
    assert await store.delete("t/w/abc")
    assert not await store.exists("t/w/abc")


@pytest.mark.parametrize(
    "name",
    ["", "/", "/etc/passwd", "..", "t/../../x", "t//x", "t/./x", "t/.hidden", ".drafts/x", "t\\x", "t/a b", "t/\x00",
     "t/é", "t/x\n", "~/x", "C:/x", "t/" + "a" * 201, "/".join(["a"] * 400), "t/x/"],
)  # fmt: skip
async def test_hostile_names_are_refused(store: BlobStore, name: str) -> None:
    for action in (store.put(name, b"x"), store.get(name), store.exists(name), store.delete(name)):
        with pytest.raises(UserError):
            await action
    with pytest.raises(UserError):
        await store.delete_prefix(name)
    with pytest.raises(UserError):
        _ = [chunk async for chunk in store.open_range(name)]
    with pytest.raises(UserError):
        await store.signed_url(name, 60)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tenant=st.text(max_size=300))
def test_any_tenant_gives_a_good_name_of_its_own(tenant: str) -> None:
    from storage.objects import checked_name

    name = blob_name(tenant, WORK, b"x")
    assert checked_name(name) == name
    assert name != blob_name(tenant + "x", WORK, b"x")
