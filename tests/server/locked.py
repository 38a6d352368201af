"""A service that takes tokens only: of a secret for trying, with one page's origin allowed and small bodies."""

from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest
from pydantic import SecretStr

from server.security.identity import Principal, Role
from server.security.tokens import new_token
from server.serve import identify_by, rules_by
from server.settings import ServerSettings
from storage.base import Servers
from tests.service import Service, running_service

SECRET = "a-secret-for-trying-of-32-bytes!"
STUDIO = "https://studio.example"
MOST_BYTES = 64 * 1024


def locked_settings() -> ServerSettings:
    return ServerSettings(
        host="127.0.0.1",
        port=0,
        jwt_secret=SecretStr(SECRET),
        cors_origins=(STUDIO,),
        max_body_bytes=MOST_BYTES,
        stream_token_seconds=60,
    )


@pytest.fixture(scope="session")
def locked(servers: Servers, slot: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One for all tests of this process."""
    home, settings = tmp_path_factory.mktemp("locked"), locked_settings()
    with running_service(servers, slot, home, settings, identify_by(settings)) as running:
        yield running


def person(service: Service, role: Role = Role.ADMIN, tenant: str = "") -> httpx.Client:
    who = Principal(tenant or f"t-{uuid4().hex[:12]}", "ann", role)
    token = new_token(SECRET.encode(), rules_by(service.rooms.settings), who, seconds=300)
    return httpx.Client(base_url=service.url, headers={"Authorization": f"Bearer {token}"}, timeout=20)


@pytest.fixture
def ann(locked: Service) -> Iterator[httpx.Client]:
    with person(locked) as client:
        yield client
