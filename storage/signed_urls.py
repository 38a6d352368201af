"""Links to stored objects: V4 signed URLs of Google Cloud Storage, signed URLs of Cloud CDN. Imports Google lazily."""

import base64
import binascii
import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from manga.errors import SetupIncomplete, StorageFailed

if TYPE_CHECKING:
    from google.cloud.storage import Blob

    from storage.settings import StorageSettings

CDN_KEY_BYTES = 16


def can_sign(credentials: Any) -> bool:
    """With a key, or by IAM as a service account. A person's own credentials cannot."""
    return hasattr(credentials, "sign_bytes") or bool(getattr(credentials, "service_account_email", None))


def v4_url(blob: "Blob", credentials: Any, seconds: int, content_type: str | None, disposition: str | None) -> str:
    """Blocks: without a key it asks IAM to sign. Raises `StorageFailed` where IAM refuses, and the client's errors."""
    from google.auth.exceptions import TransportError

    try:
        signed = blob.generate_signed_url(
            version="v4",
            expiration=timedelta(seconds=seconds),
            method="GET",
            response_type=content_type,
            response_disposition=disposition,
            credentials=credentials,
            **_by_iam(credentials),
        )
    except TransportError as error:
        if "IAM signBytes" not in str(error):
            raise
        raise StorageFailed(
            "Google signs no links for this service account.",
            remedy="Give the account the role roles/iam.serviceAccountTokenCreator on itself.",
        ) from error
    return str(signed)


def _by_iam(credentials: Any) -> dict[str, str]:
    if hasattr(credentials, "sign_bytes"):
        return {}
    from google.auth.transport.requests import Request

    if not credentials.valid:
        credentials.refresh(Request())
    return {"service_account_email": credentials.service_account_email, "access_token": credentials.token}


@dataclass(frozen=True, slots=True)
class Cdn:
    """Cloud CDN before the bucket of pictures. `key` is 16 bytes, known there under `key_name`."""

    url: str
    key_name: str
    key: bytes = field(repr=False)
    clock: Callable[[], float] = time.time

    def sign(self, name: str, seconds: int) -> str:
        """Good for at least so many seconds. Links asked for within the same period are equal, so that a browser finds
        again what it has."""
        end = (int(self.clock()) // seconds + 2) * seconds
        url = f"{self.url}/{quote(name)}?Expires={end}&KeyName={self.key_name}"
        signature = hmac.new(self.key, url.encode(), "sha1").digest()
        return f"{url}&Signature={base64.urlsafe_b64encode(signature).decode()}"


def cdn_by(settings: "StorageSettings") -> Cdn | None:
    """As the settings say. Raises `SetupIncomplete` for an address without its key, and for what is no key."""
    parts = (settings.cdn_url, settings.cdn_key_name, settings.cdn_key)
    if not any(parts):
        return None
    if not settings.cdn_url or not settings.cdn_key_name or settings.cdn_key is None:
        raise SetupIncomplete(
            "Cloud CDN is set up in part.", remedy="Set MANGA_CDN_URL, MANGA_CDN_KEY_NAME and MANGA_CDN_KEY, or none."
        )
    address = urlsplit(settings.cdn_url)
    if address.scheme not in ("http", "https") or not address.netloc or address.query:
        raise SetupIncomplete("MANGA_CDN_URL is no address.", remedy="Set it to https://HOST, as the load balancer's.")
    return Cdn(settings.cdn_url.rstrip("/"), quote(settings.cdn_key_name), _key(settings.cdn_key.get_secret_value()))


def _key(text: str) -> bytes:
    try:
        key = base64.b64decode(text.strip().encode(), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != CDN_KEY_BYTES:
        raise SetupIncomplete(
            "MANGA_CDN_KEY is no key of Cloud CDN.",
            remedy="Make one: `head -c 16 /dev/urandom | base64 | tr +/ -_`, and give it to the backend bucket too.",
        )
    return key
