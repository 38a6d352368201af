"""Which signed links Google Cloud Storage refuses, and how: V4 signatures, written from Google's description of them.

https://cloud.google.com/storage/docs/authentication/canonical-requests
"""

import hashlib
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, quote

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from starlette.requests import Request

LONGEST_S = 604_800
_NEEDED = ("X-Goog-Algorithm", "X-Goog-Credential", "X-Goog-Date", "X-Goog-Expires", "X-Goog-SignedHeaders")


def refusal_of(request: Request, key: rsa.RSAPublicKey, email: str) -> tuple[int, str] | None:
    """Status and code; None for a good link."""
    query = dict(parse_qsl(request.scope["query_string"].decode(), keep_blank_values=True))
    signature = query.pop("X-Goog-Signature", None)
    if signature is None:
        return 403, "AccessDenied"
    if any(name not in query for name in _NEEDED):
        return 400, "AuthenticationRequired"
    account, _, scope = query["X-Goog-Credential"].partition("/")
    begun = datetime.strptime(query["X-Goog-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    if query["X-Goog-Algorithm"] != "GOOG4-RSA-SHA256" or account != email:
        return 403, "SignatureDoesNotMatch"
    if scope != f"{begun:%Y%m%d}/auto/storage/goog4_request":
        return 400, "InvalidArgument"
    try:
        key.verify(bytes.fromhex(signature), _to_sign(request, query, scope).encode(), padding.PKCS1v15(), SHA256())
    except (InvalidSignature, ValueError):
        return 403, "SignatureDoesNotMatch"
    return _out_of_time(begun, int(query["X-Goog-Expires"]))


def _out_of_time(begun: datetime, seconds: int) -> tuple[int, str] | None:
    now = datetime.now(UTC)
    if not 0 < seconds <= LONGEST_S or begun > now + timedelta(minutes=15):
        return 400, "InvalidArgument"
    return (400, "ExpiredToken") if now > begun + timedelta(seconds=seconds) else None


def _to_sign(request: Request, query: dict[str, str], scope: str) -> str:
    """The canonical request, and what is signed of it."""
    names = query["X-Goog-SignedHeaders"]
    headers = "".join(f"{name}:{request.headers.get(name, '').strip()}\n" for name in names.split(";"))
    pairs = "&".join(sorted(f"{quote(name, safe='~')}={quote(value, safe='~')}" for name, value in query.items()))
    path = request.scope["raw_path"].decode().partition("?")[0]
    payload = request.headers.get("x-goog-content-sha256", "UNSIGNED-PAYLOAD")
    canonical = "\n".join([request.method, path, pairs, headers, names, payload])
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    return "\n".join(["GOOG4-RSA-SHA256", query["X-Goog-Date"], scope, digest])
