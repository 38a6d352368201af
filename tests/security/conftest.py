"""A service that takes tokens of a real issuer, everything that it logs, and the figures of `make security`."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from server.serve import identify_by
from server.settings import ServerSettings
from storage.base import Servers
from tests.security.issuer import AUDIENCE, ISSUER, Issuer, issuing
from tests.security.sending import FIGURES, Figure, Shop, told_in_full
from tests.server.stories import drawn, told
from tests.servers import servers, slot  # noqa: F401 - fixtures
from tests.service import running_service

LINK_SECRET = "canary-link-secret-0123456789abcdef0123456789"
CLIENTS = ("httpcore", "httpx", "urllib3", "websockets", "hypothesis")
"""What the tests send by: fourteen lines a request."""


@dataclass
class Log(logging.Handler):
    """Every line of every logger, from DEBUG on, with its level."""

    lines: list[tuple[int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(logging.DEBUG)

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append((record.levelno, f"{record.name}: {told_in_full(record)}"))

    __hash__ = logging.Handler.__hash__


@pytest.fixture(scope="session")
def log() -> Iterator[Log]:
    found, root = Log(), logging.getLogger()
    before = root.level
    root.addHandler(found)
    root.setLevel(logging.DEBUG)
    for name in CLIENTS:
        logging.getLogger(name).setLevel(logging.WARNING)
    yield found
    root.removeHandler(found)
    root.setLevel(before)


@pytest.fixture(scope="session")
def issuer() -> Iterator[Issuer]:
    with issuing() as found:
        yield found


@pytest.fixture(scope="session")
def shop(
    servers: Servers,  # noqa: F811 - the fixture
    slot: int,  # noqa: F811
    tmp_path_factory: pytest.TempPathFactory,
    issuer: Issuer,
    log: Log,
) -> Iterator[Shop]:
    """One for all tests of security."""
    settings = ServerSettings(
        host="127.0.0.1",
        port=0,
        jwks_url=issuer.url,
        jwt_issuer=ISSUER,
        jwt_audience=AUDIENCE,
        link_secret=SecretStr(LINK_SECRET),
        requests_a_minute=1_000_000,
        works_a_day=100_000,
    )
    home = tmp_path_factory.mktemp("shop")
    with running_service(servers, slot, home, settings, identify_by(settings)) as service:
        yield Shop(service, issuer)


@pytest.fixture(scope="session")
def book(shop: Shop) -> str:
    """The id of a finished work of tenant `owner`."""
    with shop.person("owner") as owner:
        work = drawn(owner)
        told(owner, work["id"])
    return str(work["id"])


@pytest.fixture
def ann(shop: Shop) -> Iterator[httpx.Client]:
    """An admin of a tenant of her own."""
    with shop.person("ann") as client:
        yield client


@pytest.fixture(scope="session")
def person(shop: Shop) -> Callable[..., httpx.Client]:
    return shop.person


def pytest_sessionfinish(session: pytest.Session) -> None:
    """One of several processes tells the first what it has counted."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["figures"] = {kind: asdict(figure) for kind, figure in FIGURES.items()}


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    for kind, figure in getattr(node, "workeroutput", {}).get("figures", {}).items():
        FIGURES[kind] = FIGURES.get(kind, Figure()).and_of(Figure(**figure))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What was sent, and what came of it. `own`: without what the machine did for others meanwhile."""
    if not FIGURES:
        return
    terminalreporter.section("security")
    counts = f"{'sent':>7}{'taken':>7}{'refused':>9}{'5xx':>5}"
    terminalreporter.write_line(f"{'what':<34}{counts}{'slowest ms':>12}{'own ms':>8}")
    whole = Figure()
    for kind, figure in sorted(FIGURES.items()):
        terminalreporter.write_line(_line(kind, figure))
        whole = whole.and_of(figure)
    terminalreporter.write_line(_line("all", whole))


def _line(kind: str, figure: Figure) -> str:
    counts = f"{figure.sent:>7}{figure.taken:>7}{figure.refused:>9}{figure.failed:>5}"
    return f"{kind:<34}{counts}{figure.slowest_s * 1000:>12.0f}{figure.slowest_own_s * 1000:>8.0f}"
