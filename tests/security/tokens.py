"""Tokens that are good, odd or hostile, each with whether it may come in."""

import base64
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jwt
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import RSAAlgorithm

from tests.security.issuer import Issuer, rsa_key

STRANGER = rsa_key()


@dataclass(frozen=True)
class Sent:
    """`make` builds it; `good`: it may come in."""

    name: str
    make: Callable[[Issuer], str]
    good: bool = False


def b64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def raw(header: dict[str, Any], claims: dict[str, Any] | bytes, signature: bytes = b"") -> str:
    body = claims if isinstance(claims, bytes) else json.dumps(claims).encode()
    return ".".join(b64(part) for part in (json.dumps(header).encode(), body, signature))


def with_claims(**changes: Any) -> Callable[[Issuer], str]:
    return lambda issuer: issuer.token(issuer.claims(**changes))


def with_headers(**headers: Any) -> Callable[[Issuer], str]:
    return lambda issuer: issuer.token(**headers)


def public_pem(issuer: Issuer) -> bytes:
    return issuer.rsa.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def by_public_key(issuer: Issuer) -> str:
    """HS256 with the public key as its secret; PyJWT refuses to make one, so it is made by hand."""
    import hashlib
    import hmac

    signed = raw({"alg": "HS256", "typ": "JWT", "kid": "r1"}, issuer.claims()).rpartition(".")[0]
    return f"{signed}.{b64(hmac.new(public_pem(issuer), signed.encode(), hashlib.sha256).digest())}"


def tampered(issuer: Issuer) -> str:
    header, _, signature = issuer.token().split(".")
    return f"{header}.{b64(json.dumps(issuer.claims(role='admin')).encode())}.{signature}"


def without_signature(issuer: Issuer) -> str:
    return issuer.token().rpartition(".")[0] + "."


def infinite(issuer: Issuer) -> str:
    """`exp` is a number that no clock reaches."""
    text = json.dumps(issuer.claims(exp=0)).replace('"exp": 0', '"exp": 1e999')
    return jwt.PyJWS().encode(text.encode(), issuer.rsa, algorithm="RS256", headers={"kid": "r1"})


def own_jwk(issuer: Issuer) -> str:
    jwk = RSAAlgorithm.to_jwk(STRANGER.public_key(), as_dict=True)
    return issuer.token(key=STRANGER, jwk=jwk)


def now(seconds: int) -> int:
    return int(time.time()) + seconds


TOKENS: tuple[Sent, ...] = (
    Sent("good", lambda issuer: issuer.token(), True),
    Sent("good by ES256", lambda issuer: issuer.token(algorithm="ES256", kid="e1"), True),
    Sent("a list of audiences with ours", with_claims(aud=["other", "mangaka-api"]), True),
    Sent("typ at+jwt", with_headers(typ="at+jwt"), True),
    Sent("no exp", with_claims(exp=None)),
    Sent("no iat", with_claims(iat=None)),
    Sent("no aud", with_claims(aud=None)),
    Sent("no iss", with_claims(iss=None)),
    Sent("no sub", with_claims(sub=None)),
    Sent("exp as text", with_claims(exp=str(now(600)))),
    Sent("iat as text", with_claims(iat=str(now(0)))),
    Sent("exp as true", with_claims(exp=True)),
    Sent("exp as a list", with_claims(exp=[now(600)])),
    Sent("exp without an end", infinite),
    Sent("expired", with_claims(iat=now(-900), exp=now(-300))),
    Sent("exp before iat", with_claims(iat=now(5), exp=now(2))),
    Sent("iat in the future", with_claims(iat=now(3600), exp=now(7200))),
    Sent("nbf in the future", with_claims(nbf=now(3600))),
    Sent("another audience", with_claims(aud="other-api")),
    Sent("another issuer", with_claims(iss="https://other.test")),
    Sent("another key under our kid", lambda issuer: issuer.token(key=STRANGER)),
    Sent("its own key in the header", own_jwk),
    Sent("keys of another address", lambda issuer: issuer.token(key=STRANGER, jku="https://evil.test/keys")),
    Sent("alg none", lambda issuer: raw({"alg": "none", "typ": "JWT", "kid": "r1"}, issuer.claims())),
    Sent("alg nOnE", lambda issuer: raw({"alg": "nOnE", "typ": "JWT", "kid": "r1"}, issuer.claims())),
    Sent("no alg", lambda issuer: raw({"typ": "JWT", "kid": "r1"}, issuer.claims(), b"x")),
    Sent("alg is a list", lambda issuer: raw({"alg": ["RS256"], "kid": "r1"}, issuer.claims(), b"x")),
    Sent("an empty signature", without_signature),
    Sent("HS256 by the public key", by_public_key),
    Sent("RS512 by our key", lambda issuer: issuer.token(algorithm="RS512")),
    Sent("ES256 that names the RSA key", lambda issuer: issuer.token(algorithm="ES256", kid="r1")),
    Sent("changed after signing", tampered),
    Sent("a critical header", with_headers(crit=["exp"], exp=1)),
    Sent("no kid", with_headers(kid=None)),
    Sent("a kid of nobody", with_headers(kid="unknown")),
    Sent("a kid that is a path", with_headers(kid="../../../../dev/null")),
    Sent("a kid that is SQL", with_headers(kid="' UNION SELECT 'x")),
    Sent("a refresh token by its header", with_headers(typ="refresh+jwt")),
    Sent("a refresh token by its claim", with_claims(typ="Refresh")),
    Sent("an identity token", with_claims(token_use="id")),
    Sent("no tenant", with_claims(tenant=None)),
    Sent("a tenant that is a path", with_claims(tenant="../studio-2")),
    Sent("a tenant of 65 characters", with_claims(tenant="t" * 65)),
    Sent("a tenant that is a list", with_claims(tenant=["studio-1", "studio-2"])),
    Sent("no role", with_claims(role=None)),
    Sent("a role that there is not", with_claims(role="owner")),
    Sent("a role in capitals", with_claims(role="ADMIN")),
    Sent("two roles", with_claims(role=["viewer", "admin"])),
    Sent("a number for a subject", with_claims(sub=7)),
    Sent("a subject with a line break", with_claims(sub="ann\nadmin")),
    Sent("claims that are a list", lambda issuer: jwt.PyJWS().encode(b"[]", issuer.rsa, "RS256", {"kid": "r1"})),
    Sent("deep claims", lambda issuer: jwt.PyJWS().encode(b"[" * 3000, issuer.rsa, "RS256", {"kid": "r1"})),
    Sent("a header that is no JSON", lambda issuer: f"{b64(b'{')}.{b64(b'{}')}.{b64(b'x')}"),
    Sent("9 kB", with_claims(more="x" * 9000)),
    Sent("five parts", lambda issuer: issuer.token() + ".a.b"),
    Sent("nothing", lambda issuer: ""),  # the last: no client sends it
)
