"""The four buckets of Google Cloud Storage: which object goes where, how long it stays, how it is cached. Pure data.

`gs://manga` names the buckets `manga-input-data`, `manga-output-images`, `manga-final-products`, `manga-temp-data`.

An object's bucket follows from its name where that has a fourth part (`{tenant}/{work}/{kind}/{digest}`: pieces that
can be made again, in `temp-data`). An object under its content's digest (`{tenant}/{work}/{sha256}`) goes by its
purpose, and is looked for in the order of `PLACES`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from manga.errors import SetupIncomplete
from storage.objects import Purpose

DAY_S: Final = 86_400
PLACES: Final = (Purpose.IMAGES, Purpose.PRODUCT, Purpose.INPUT, Purpose.TEMPORARY)
"""Pictures are read most."""
_CONTENT_PARTS: Final = 3
_ADDRESS = re.compile(r"gs://([a-z0-9][a-z0-9_-]{1,40}[a-z0-9])/?")
_PRODUCTS: Final = ("application/pdf", "application/vnd.comicbook+zip", "application/epub+zip", "application/zip")


@dataclass(frozen=True, slots=True)
class Bucket:
    """`cache_control` is what its objects are stored with. After `days` they are deleted, or are moved to
    `storage_class` where one is named; None: neither."""

    purpose: Purpose
    cache_control: str
    days: int | None = None
    storage_class: str | None = None


BUCKETS: Final = {
    bucket.purpose: bucket
    for bucket in (
        Bucket(Purpose.INPUT, "private, no-store", 30, "NEARLINE"),
        # Signed requests alone reach it, through the CDN; `public` lets the CDN keep what it has fetched.
        Bucket(Purpose.IMAGES, f"public, max-age={DAY_S}"),
        Bucket(Purpose.PRODUCT, f"private, max-age={DAY_S}", 90, "COLDLINE"),
        Bucket(Purpose.TEMPORARY, "private, no-store", 7),
    )
}


def prefix_of(address: str) -> str:
    """The common beginning of the buckets' names. Raises `SetupIncomplete` for an address that names none."""
    match = _ADDRESS.fullmatch(address)
    if match is None or match[1].startswith("goog") or "google" in match[1]:
        raise SetupIncomplete(
            f"MANGA_BLOBS is {address[:80]}, which is no beginning of bucket names.",
            remedy="Set it to gs://PREFIX (3 to 42 of a-z, 0-9, - and _, not beginning with goog) for the buckets "
            "PREFIX-input-data, PREFIX-output-images, PREFIX-final-products and PREFIX-temp-data; or to a folder.",
        )
    return match[1]


def bucket_name(prefix: str, purpose: Purpose) -> str:
    return f"{prefix}-{purpose.value}"


def purpose_of(name: str, content_type: str) -> Purpose:
    """What an object is kept for, when nobody said it."""
    if name.count("/") >= _CONTENT_PARTS:
        return Purpose.TEMPORARY
    kind = content_type.partition(";")[0].strip().lower()
    if kind in _PRODUCTS:
        return Purpose.PRODUCT
    # Art is drawn into files of its own kinds too; what tells nothing of itself was sent by somebody.
    return Purpose.INPUT if kind.startswith("text/") or kind == "application/octet-stream" else Purpose.IMAGES


def places_of(name: str) -> tuple[Purpose, ...]:
    """Where to look for an object, likeliest first."""
    return (Purpose.TEMPORARY,) if name.count("/") >= _CONTENT_PARTS else PLACES


def resources(prefix: str, origins: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The buckets as the JSON API takes them, without project and location. Pages of `origins` may read by links."""
    return [_resource(bucket, prefix, origins) for bucket in BUCKETS.values()]


def _resource(bucket: Bucket, prefix: str, origins: Sequence[str]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": bucket_name(prefix, bucket.purpose),
        "storageClass": "STANDARD",
        "iamConfiguration": {"uniformBucketLevelAccess": {"enabled": True}, "publicAccessPrevention": "enforced"},
        # A work that a person deletes is gone at once, not after Google's seven days.
        "softDeletePolicy": {"retentionDurationSeconds": "0"},
        "lifecycle": {"rule": _rules(bucket)},
    }
    if origins:
        exposed = ["Content-Type", "Content-Length", "Content-Range", "ETag"]
        rule = {"origin": list(origins), "method": ["GET", "HEAD"], "responseHeader": exposed, "maxAgeSeconds": 3600}
        found["cors"] = [rule]
    return found


def _rules(bucket: Bucket) -> list[dict[str, Any]]:
    if bucket.days is None:
        return []
    action = {"type": "Delete"} if bucket.storage_class is None else _moved(bucket.storage_class)
    return [{"action": action, "condition": {"age": bucket.days}}]


def _moved(storage_class: str) -> dict[str, str]:
    return {"type": "SetStorageClass", "storageClass": storage_class}
