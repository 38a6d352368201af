"""The double of Google Cloud Storage refuses what the real one refuses; a double that lets it pass would hide bugs."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from google.api_core.exceptions import BadRequest, NotFound, PreconditionFailed
from google.cloud.storage import Bucket

from storage.gcs import new_client
from tests import asking
from tests.fake_gcs import FakeGcs
from tests.gcs import credentials_of

NAME = "t/w/abc"


@pytest.fixture
def bucket(gcs: FakeGcs) -> Bucket:
    """Through Google's client, without our store."""
    return new_client(credentials_of(gcs), gcs.url).bucket("manga-output-images")


def put(bucket: Bucket, data: bytes = b"picture", **told: Any) -> None:
    bucket.blob(NAME).upload_from_string(data, "image/png", retry=None, **told)


def test_a_second_object_under_a_name_is_refused_to_who_creates_only(bucket: Bucket, gcs: FakeGcs) -> None:
    put(bucket, if_generation_match=0)
    with pytest.raises(PreconditionFailed):
        put(bucket, b"other", if_generation_match=0)
    put(bucket, b"other")  # who does not ask for it overwrites
    assert gcs.buckets["manga-output-images"][NAME].data == b"other"


def test_a_wrong_checksum_is_refused(gcs: FakeGcs, bucket: Bucket) -> None:
    put(bucket)  # for a token
    body = (
        b'--x\r\ncontent-type: application/json\r\n\r\n{"name": "a", "crc32c": "AAAAAA=="}\r\n'
        b"--x\r\ncontent-type: image/png\r\n\r\nbytes\r\n--x--"
    )
    answer = asking.post(
        f"{gcs.url}/upload/storage/v1/b/manga-output-images/o?uploadType=multipart",
        content=body,
        headers={
            "Authorization": f"Bearer {next(iter(gcs.tokens))}",
            "Content-Type": 'multipart/related; boundary="x"',
        },
    )
    assert (answer.status_code, "CRC32C" in answer.text) == (400, True)
    assert gcs.where("a") == []


def test_a_large_object_with_a_wrong_checksum_is_refused(bucket: Bucket, gcs: FakeGcs) -> None:
    with pytest.raises(BadRequest, match="CRC32C"):
        bucket.blob(NAME).upload_from_string(b"x" * 9_000_000, retry=None, crc32c_checksum_value="AAAAAA==")
    assert gcs.where(NAME) == []


def test_who_has_no_token_of_the_account_is_refused(gcs: FakeGcs) -> None:
    for headers in ({}, {"Authorization": "Bearer guessed"}, {"Authorization": "Basic YTpi"}):
        answer = asking.get(f"{gcs.url}/storage/v1/b/manga-output-images/o", headers=headers)
        assert answer.status_code == 401
    other = FakeGcs(url=gcs.url)  # the same account, with another key
    with pytest.raises(Exception, match="invalid_grant"):
        put(new_client(credentials_of(other), gcs.url).bucket("manga-output-images"))


def test_what_is_missing_is_told_apart(bucket: Bucket, gcs: FakeGcs) -> None:
    with pytest.raises(NotFound, match="No such object"):
        bucket.blob("t/w/none").download_as_bytes(retry=None)
    with pytest.raises(NotFound, match="bucket does not exist"):
        bucket.client.bucket("manga-none").blob(NAME).reload(retry=None)


def test_a_link_to_write_is_good_for_its_type_alone(bucket: Bucket, gcs: FakeGcs) -> None:
    url = bucket.blob(NAME).generate_signed_url(
        version="v4", expiration=timedelta(seconds=60), method="PUT", content_type="image/png"
    )
    assert httpx.put(url, content=b"x", headers={"Content-Type": "text/html"}).status_code == 403
    assert gcs.where(NAME) == []
    assert httpx.put(url, content=b"x", headers={"Content-Type": "image/png"}).status_code == 200
    assert asking.get(url).status_code == 403


def test_a_link_of_another_key_is_refused(bucket: Bucket, gcs: FakeGcs) -> None:
    put(bucket)
    url = bucket.blob(NAME).generate_signed_url(
        version="v4", expiration=timedelta(seconds=60), credentials=credentials_of(FakeGcs(url=gcs.url))
    )
    assert asking.get(url).status_code == 403
