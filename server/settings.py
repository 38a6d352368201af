"""What the service can be told from outside. Read once at its composition root and passed on; never a global."""

import ipaddress
from contextlib import suppress
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

MIB = 1024 * 1024
LEAST_SECRET_BYTES = 32


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches that address."""
    with suppress(ValueError):
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    return host.lower() == "localhost"


class ServerSettings(BaseSettings):
    """Every setting is a variable `MANGA_{NAME}`; an empty one counts as unset. `.env.example` tells what each takes.

    Without keys (`jwks_url` or `jwt_secret`) the service answers on a loopback address only, and everybody there is the
    one local tenant.
    """

    model_config = SettingsConfigDict(env_prefix="MANGA_", env_ignore_empty=True, frozen=True, extra="ignore")

    host: str = "127.0.0.1"
    port: int = Field(default=8700, ge=0, le=65_535)
    """0: any free port."""
    workers_inside: bool = True
    """Whether this process also works; False where `mangaka worker` does."""
    worker_port: int | None = Field(default=None, ge=0, le=65_535)
    """Where `mangaka worker` tells how it is; None: nowhere."""
    jwks_url: str | None = Field(default=None, max_length=2000)
    """Where the public keys are that tokens are signed with: RS256 and ES256. https, or http on a loopback address."""
    jwt_issuer: str | None = None
    jwt_audience: str | None = None
    """Both are needed with `jwks_url`; with a secret each is `mangaka` where it is not set."""
    jwt_secret: SecretStr | None = None
    """For trying: HS256, at least 32 bytes. Not beside `jwks_url`."""
    jwt_tenant_claim: str = "tenant"
    jwt_role_claim: str = "role"
    cors_origins: Annotated[tuple[str, ...], NoDecode] = ()
    """Separated by commas."""
    link_secret: SecretStr | None = None
    """Signs links to files and tokens for streams; at least 32 bytes, the same in all replicas. Made at the first start
    where it is not set, and kept under the home."""
    requests_a_minute: int = Field(default=600, ge=1, le=1_000_000)
    """Of one tenant: so many at once, and again as a minute goes by."""
    works_a_day: int = Field(default=500, ge=1)
    """Of one tenant, accepted on one day (UTC)."""
    max_body_bytes: int = Field(default=2 * MIB, ge=1024)
    stream_token_seconds: int = Field(default=60, ge=1, le=600)
    link_seconds: int = Field(default=300, ge=1, le=3600)
    streams_a_tenant: int = Field(default=200, ge=1, le=100_000)
    """Open at once, on each replica."""
    metrics_token: SecretStr | None = None
    """Opens `/metrics`, at least 32 bytes. Where it is not set, they are there only without keys, on this machine."""
    metrics_port: int | None = Field(default=None, ge=0, le=65_535)
    """Where a collector on this machine reads `/metrics` without a token; None: nowhere."""
    stream_patience_seconds: float = Field(default=30, gt=0, le=600)
    """A stream whose reader takes nothing for so long is closed."""

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _split(cls, origins: object) -> object:
        return (
            tuple(part.strip() for part in origins.split(",") if part.strip()) if isinstance(origins, str) else origins
        )

    @field_validator("jwks_url")
    @classmethod
    def _fetched_safely(cls, url: str | None) -> str | None:
        """Keys that anybody on the way could exchange are none."""
        parts = urlsplit(url or "")
        if url is not None and not (
            (parts.scheme == "https" and parts.hostname)
            or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
        ):
            raise ValueError("it is an https address, or an http address of this machine")
        return url

    @field_validator("jwt_secret", "link_secret", "metrics_token")
    @classmethod
    def _long_enough(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and len(secret.get_secret_value().encode()) < LEAST_SECRET_BYTES:
            raise ValueError(f"a secret has at least {LEAST_SECRET_BYTES} bytes: `openssl rand -hex 32` makes one")
        return secret

    @field_validator("cors_origins")
    @classmethod
    def _are_origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        for origin in origins:
            parts = urlsplit(origin)
            if parts.scheme not in ("http", "https") or origin != f"{parts.scheme}://{parts.netloc}":
                raise ValueError("each is an origin such as https://studio.example, without a path; there is no *")
        return origins

    @property
    def has_keys(self) -> bool:
        """Is it known whose tokens are good?"""
        return self.jwks_url is not None or self.jwt_secret is not None
