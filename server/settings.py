"""What the service can be told from outside. Read once at its composition root and passed on; never a global."""

from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

MIB = 1024 * 1024


class ServerSettings(BaseSettings):
    """`MANGA_HOST`, `MANGA_PORT`, `MANGA_WORKERS_INSIDE`, `MANGA_JWKS_URL`, `MANGA_JWT_ISSUER`, `MANGA_JWT_AUDIENCE`,
    `MANGA_JWT_SECRET`, `MANGA_JWT_TENANT_CLAIM`, `MANGA_JWT_ROLE_CLAIM`, `MANGA_CORS_ORIGINS`, `MANGA_LINK_SECRET`,
    `MANGA_REQUESTS_A_MINUTE`, `MANGA_WORKS_A_DAY`, `MANGA_MAX_BODY_BYTES`. An empty variable counts as unset.

    Without keys (`jwks_url` or `jwt_secret`) the service answers on a loopback address only, and everybody there is the
    one local tenant.
    """

    model_config = SettingsConfigDict(env_prefix="MANGA_", env_ignore_empty=True, frozen=True, extra="ignore")

    host: str = "127.0.0.1"
    port: int = Field(default=8700, ge=0, le=65_535)
    """0: any free port."""
    workers_inside: bool = True
    """Whether this process also works; False where `mangaka worker` does."""
    jwks_url: str | None = None
    jwt_issuer: str | None = None
    jwt_audience: str | None = None
    jwt_secret: SecretStr | None = None
    """For trying: HS256, at least 32 bytes."""
    jwt_tenant_claim: str = "tenant"
    jwt_role_claim: str = "role"
    cors_origins: Annotated[tuple[str, ...], NoDecode] = ()
    """Separated by commas."""
    link_secret: SecretStr | None = None
    """Signs links to files of the folder store; made at the first start where it is not set."""
    requests_a_minute: int = Field(default=600, ge=1)
    """Of one tenant."""
    works_a_day: int = Field(default=500, ge=1)
    """Of one tenant."""
    max_body_bytes: int = Field(default=2 * MIB, ge=1024)
    stream_token_seconds: int = Field(default=60, ge=1, le=600)
    link_seconds: int = Field(default=300, ge=1, le=3600)

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _split(cls, origins: object) -> object:
        return (
            tuple(part.strip() for part in origins.split(",") if part.strip()) if isinstance(origins, str) else origins
        )

    @property
    def has_keys(self) -> bool:
        """Is it known whose tokens are good?"""
        return self.jwks_url is not None or self.jwt_secret is not None
