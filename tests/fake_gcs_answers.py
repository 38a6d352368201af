"""What the double of Google Cloud Storage stores and answers."""

import base64
import json
import re
from dataclasses import dataclass
from typing import Any

import google_crc32c
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send


@dataclass(slots=True)
class Stored:
    """One object. `crc` is what Google says of it, also when `data` was spoilt since."""

    data: bytes
    content_type: str
    cache_control: str | None
    generation: int
    crc: str

    def resource(self, bucket: str, name: str) -> dict[str, Any]:
        """As the JSON API shows it."""
        return {
            "kind": "storage#object",
            "bucket": bucket,
            "name": name,
            "size": str(len(self.data)),
            "contentType": self.content_type,
            "cacheControl": self.cache_control,
            "generation": str(self.generation),
            "crc32c": self.crc,
        }


class Cut(Response):
    """Tells the whole length, sends half, hangs up."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": bytes(self.body)[: len(self.body) // 2], "more_body": True})


def content(found: Stored, wanted: str) -> Response:
    """All of it, or the range that was asked for."""
    headers = {"x-goog-hash": f"crc32c={found.crc}", "x-goog-generation": str(found.generation)}
    headers |= {"x-goog-stored-content-length": str(len(found.data)), "accept-ranges": "bytes"}
    if found.cache_control:
        headers["cache-control"] = found.cache_control
    span = re.fullmatch(r"bytes=(\d+)-(\d*)", wanted)
    if span is None:
        return Response(found.data, 200, headers, media_type=found.content_type)
    first, last = int(span[1]), min(int(span[2] or len(found.data)), len(found.data) - 1)
    if first > last:
        return Response("The requested range cannot be satisfied.", 416)
    headers["content-range"] = f"bytes {first}-{last}/{len(found.data)}"
    return Response(found.data[first : last + 1], 206, headers, media_type=found.content_type)


def parts(header: str, body: bytes) -> tuple[dict[str, Any], str, bytes] | None:
    boundary = re.search(r'boundary="?([^";]+)"?', header)
    if boundary is None:
        return None
    _, first, second, end = body.split(b"--" + boundary[1].encode())
    kind, data = second.split(b"\r\n\r\n", 1)
    told = re.search(rb"content-type: (\S+)", kind, re.IGNORECASE)
    assert end.startswith(b"--")
    content_type = told[1].decode() if told else ""
    return json.loads(first.split(b"\r\n\r\n", 1)[1]), content_type, data.removesuffix(b"\r\n")


def crc(data: bytes) -> str:
    return base64.b64encode(google_crc32c.value(data).to_bytes(4, "big")).decode()


def wrong_with(name: str, told: dict[str, Any]) -> str | None:
    """What a bucket's resource is refused for."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{1,61}[a-z0-9]", name) or name.startswith("goog") or "google" in name:
        return f"Invalid bucket name: '{name}'"
    if not told.keys() <= {
        "name", "location", "storageClass", "iamConfiguration", "softDeletePolicy", "lifecycle", "cors"
    }:  # fmt: skip
        return "Unknown field"
    for rule in told.get("lifecycle", {}).get("rule", ()):
        action, condition = rule["action"], rule["condition"]
        classes = ("NEARLINE", "COLDLINE", "ARCHIVE") if action["type"] == "SetStorageClass" else (None,)
        if action["type"] not in ("Delete", "SetStorageClass") or action.get("storageClass") not in classes:
            return "Invalid lifecycle action"
        if not condition or not isinstance(condition.get("age"), int) or condition["age"] < 0:
            return "Invalid lifecycle condition"
    days = int(told.get("softDeletePolicy", {}).get("retentionDurationSeconds", 0)) / 86_400
    return None if days == 0 or 7 <= days <= 90 else "Invalid soft delete retention"


def error(status: int, message: str) -> Response:
    return JSONResponse({"error": {"code": status, "message": message}}, status)
