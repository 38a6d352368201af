"""The rules of the four buckets are those of the spec, and are set where the buckets are."""

import json
from pathlib import Path

import pytest

from cli.main import main
from manga.errors import SetupIncomplete, StorageFailed
from storage.bucket_layout import BUCKETS, bucket_name, prefix_of, purpose_of, resources
from storage.gcs import make_buckets
from storage.objects import Purpose
from storage.settings import StorageSettings
from tests.fake_gcs import FakeGcs

pytestmark = pytest.mark.anyio
SETTINGS = StorageSettings(blobs="gs://our-comics")


@pytest.fixture
def here(gcs: FakeGcs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeGcs:
    """Google Cloud Storage as this machine reaches it, without any bucket."""
    gcs.clear()
    gcs.buckets.clear()
    key = tmp_path / "key.json"
    key.write_text(json.dumps(gcs.account()))
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(key))
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", gcs.url)
    monkeypatch.setenv("MANGA_BLOBS", "gs://our-comics")
    return gcs


def test_the_buckets_are_the_specs() -> None:
    rules = {each["name"]: each["lifecycle"]["rule"] for each in resources("manga")}
    assert rules == {
        "manga-input-data": [
            {"action": {"type": "SetStorageClass", "storageClass": "NEARLINE"}, "condition": {"age": 30}}
        ],
        "manga-output-images": [],
        "manga-final-products": [
            {"action": {"type": "SetStorageClass", "storageClass": "COLDLINE"}, "condition": {"age": 90}}
        ],
        "manga-temp-data": [{"action": {"type": "Delete"}, "condition": {"age": 7}}],
    }
    assert BUCKETS[Purpose.IMAGES].cache_control == "public, max-age=86400"


def test_nobody_reads_a_bucket_without_a_link() -> None:
    for each in resources("manga", ["https://studio.example"]):
        assert each["iamConfiguration"]["publicAccessPrevention"] == "enforced"
        assert each["cors"][0]["method"] == ["GET", "HEAD"]
    assert all("cors" not in each for each in resources("manga"))


@pytest.mark.parametrize("address", ["gs://manga", "gs://manga/", "gs://a-b_c9"])
def test_an_address_names_the_beginning_of_the_buckets_names(address: str) -> None:
    assert bucket_name(prefix_of(address), Purpose.TEMPORARY) == f"{address.strip('/')[5:]}-temp-data"


@pytest.mark.parametrize(
    "address",
    ["", "gs://", "gs://a", "gs://a/b", "gs://A-b", "gs://goog-x", "gs://my-google", "gs://" + "a" * 43, "s3://x"],
)
def test_what_google_would_refuse_is_refused_before(address: str) -> None:
    with pytest.raises(SetupIncomplete):
        prefix_of(address)


@pytest.mark.parametrize(
    ("name", "content_type", "purpose"),
    [
        ("t/w/d", "image/png", Purpose.IMAGES),
        ("t/w/d", "application/json", Purpose.IMAGES),
        ("t/w/d", "application/x-manga-art+json", Purpose.IMAGES),
        ("t/w/d", "Application/PDF; x=y", Purpose.PRODUCT),
        ("t/w/d", "text/plain; charset=utf-8", Purpose.INPUT),
        ("t/w/d", "application/octet-stream", Purpose.INPUT),
        ("t/w/made/d", "application/pdf", Purpose.TEMPORARY),
    ],
)
def test_what_an_object_is_kept_for_follows_from_its_name_and_type(
    name: str, content_type: str, purpose: Purpose
) -> None:
    assert purpose_of(name, content_type) is purpose


async def test_the_buckets_are_made_and_made_again_changes_their_rules_alone(here: FakeGcs) -> None:
    made = await make_buckets(SETTINGS, "studio", "EU", ["https://old.example"])
    assert list(made.values()) == [True] * 4
    assert set(here.buckets) == {f"our-comics-{purpose.value}" for purpose in Purpose}
    here.rules["our-comics-temp-data"]["lifecycle"] = {"rule": []}
    again = await make_buckets(SETTINGS, "studio", "US", [])
    assert list(again.values()) == [False] * 4
    for each in resources("our-comics"):
        assert here.rules[each["name"]] == each | {"location": "EU", "cors": []}


async def test_a_bucket_of_somebody_else_is_told(here: FakeGcs) -> None:
    here.fail("bucket", "status", status=409)
    with pytest.raises(StorageFailed):
        await make_buckets(SETTINGS, "studio", "EU")


def test_the_command_makes_them_and_shows_their_rules(here: FakeGcs, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["buckets", "--json", "--origin", "https://studio.example"]) == 0
    assert json.loads(capsys.readouterr().out) == resources("our-comics", ["https://studio.example"])
    assert here.buckets == {}
    assert main(["buckets"]) == 2
    assert main(["buckets", "--project", "studio", "--location", "EU"]) == 0
    assert "our-comics-temp-data: made" in capsys.readouterr().err
    assert len(here.buckets) == 4
