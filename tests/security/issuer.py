"""Whoever issues tokens: real keys, its JWKS at a real address, and tokens as they should be or with changes."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as generate_rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

ISSUER = "https://issuer.test"
AUDIENCE = "mangaka-api"


def rsa_key(bits: int = 2048) -> RSAPrivateKey:
    return generate_rsa(public_exponent=65_537, key_size=bits)


@dataclass
class Issuer:
    """`url` is where its keys are; `asked` counts who came for them; `answer` replaces them (status, body)."""

    rsa: RSAPrivateKey = field(default_factory=rsa_key)
    ec: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))
    url: str = ""
    asked: int = 0
    answer: tuple[int, bytes] | None = None

    def document(self) -> dict[str, Any]:
        return {
            "keys": [
                RSAAlgorithm.to_jwk(self.rsa.public_key(), as_dict=True) | {"kid": "r1", "use": "sig", "alg": "RS256"},
                ECAlgorithm.to_jwk(self.ec.public_key(), as_dict=True) | {"kid": "e1", "use": "sig"},
            ]
        }

    def claims(self, **changes: Any) -> dict[str, Any]:
        """Good ones; a change to None leaves the claim out."""
        now = int(time.time())
        good = {"iss": ISSUER, "aud": AUDIENCE, "sub": "ann", "iat": now, "exp": now + 600}
        good |= {"tenant": "studio-1", "role": "editor"}
        return {name: value for name, value in (good | changes).items() if value is not None}

    def token(
        self, claims: dict[str, Any] | None = None, *, key: Any = None, algorithm: str = "RS256", **headers: Any
    ) -> str:
        """Signed by RSA where nothing else is said; a header that is None is left out."""
        headers = {name: value for name, value in ({"kid": "r1"} | headers).items() if value is not None}
        key = key if key is not None else self.ec if algorithm == "ES256" else self.rsa
        return jwt.encode(self.claims() if claims is None else claims, key, algorithm=algorithm, headers=headers)


@contextmanager
def issuing() -> Iterator[Issuer]:
    """An issuer whose keys are at a port of this machine."""
    issuer = Issuer()

    class Keys(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            issuer.asked += 1
            status, body = issuer.answer or (200, json.dumps(issuer.document()).encode())
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Keys)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    issuer.url = f"http://127.0.0.1:{server.server_port}/keys"
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
