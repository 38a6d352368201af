"""The real service for benchmarks: `mangaka serve` on servers of its own, and the stub of Google's models.

Every work is of another tenant, so that no picture of one can serve again in another. The stub stands for somebody
else's machine: it draws each picture once and keeps it, and how long a model takes is set by who measures.
"""

import json
import secrets
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Final

import httpx
import psutil  # type: ignore[import-untyped]

from server.security.identity import Principal, Role
from server.security.tokens import new_token
from server.serve import rules_by
from server.settings import ServerSettings
from tests.end_to_end.crew import KEY, Crew
from tests.end_to_end.service_program import Api, OwnServers, own_servers, served
from tests.gemini.server import Gemini
from tests.gemini.server import serve as serve_gemini

ROOT: Final = Path(__file__).resolve().parents[1]
STORY: Final = ROOT / "examples/the_lighthouse_cat.txt"
BOOK: Final = {"max_images": 24}
"""A book of 24 paid pictures (three of them sheets) and 6 pages."""
SMALL: Final = "A girl finds a key. “What is it?” she asks. She opens the door."
ENOUGH_S: Final = 300.0
UNPACED: Final = "100000"
DAY_S: Final = 86_400
WHO: Final = ("service", "drawing processes", "PostgreSQL", "Valkey")


@dataclass(frozen=True, slots=True)
class Spent:
    """Processor seconds by who spent them (`WHO`)."""

    seconds: Mapping[str, float]

    @property
    def total(self) -> float:
        return sum(self.seconds.values())

    def since(self, before: "Spent") -> "Spent":
        return Spent({who: spent - before.seconds[who] for who, spent in self.seconds.items()})


def family_s(pid: int) -> tuple[float, float]:
    """Processor seconds of a process, and of all that it has started. What has ended is counted with its parent, once
    that has waited for it."""
    head = psutil.Process(pid)
    times = head.cpu_times()
    below = times.children_user + times.children_system
    for one in head.children(recursive=True):
        try:
            seen = one.cpu_times()
        except psutil.NoSuchProcess:
            continue
        below += seen.user + seen.system + seen.children_user + seen.children_system
    return times.user + times.system, below


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of a work's stream, and when it came, in seconds after the work was asked for."""

    at_s: float
    type: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Story:
    """A work that was drawn: `asked_at` is of the monotonic clock."""

    id: str
    tenant: str
    asked_at: float
    events: tuple[Happened, ...]

    @property
    def took_s(self) -> float:
        return self.events[-1].at_s

    def first(self, type_: str) -> float:
        """When the first event of that type came. Raises `SystemExit` when none did."""
        for event in self.events:
            if event.type == type_:
                return event.at_s
        raise SystemExit(f"The work {self.id} has told no {type_}.")


@dataclass(frozen=True, slots=True)
class RealService:
    """`api` has the programs; ask through `author`."""

    servers: OwnServers
    api: Api
    gemini: Gemini
    secret: str = field(repr=False)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def new_tenant(self) -> str:
        """One that the service has not seen."""
        return f"author-{next(self._numbers)}"

    def pass_of(self, tenant: str) -> dict[str, str]:
        """Headers of somebody of this tenant."""
        who = Principal(tenant, "somebody", Role.EDITOR)
        token = new_token(self.secret.encode(), rules_by(ServerSettings()), who, seconds=DAY_S)
        return {"Authorization": f"Bearer {token}"}

    @contextmanager
    def author(self, tenant: str) -> Iterator[httpx.Client]:
        """Somebody of this tenant."""
        where, headers = self.api.client.base_url, self.pass_of(tenant)
        with httpx.Client(base_url=where, timeout=ENOUGH_S, headers=headers) as client:
            yield client

    def draw(self, text: str, settings: Mapping[str, int] | None = None) -> Story:
        """A new author's work, followed from its story to its end. Raises `SystemExit` when it ends otherwise."""
        tenant = self.new_tenant()
        with self.author(tenant) as client:
            asked_at = time.monotonic()
            work = asked(client, text, settings or {})
            return Story(work, tenant, asked_at, tuple(followed(client, work, asked_at)))

    def book(self, story: Story) -> tuple[int, int]:
        """How many pictures are in it, and how many pages."""
        rows = self.servers.row("SELECT result -> 'pages' AS pages FROM works WHERE id = %s", story.id)["pages"]
        with self.author(story.tenant) as client:
            pages = [client.get(f"/v1/works/{story.id}/files/{row['graph']}").json() for row in rows]
        pictures = {panel["picture"] for page in pages for panel in page["panels"] if panel["picture"]}
        return len(pictures), len(pages)

    def spent(self) -> Spent:
        """So far."""
        postgres, valkey = self.servers.postgres.process, self.servers.valkey.process
        if postgres is None or valkey is None:
            raise RuntimeError("the servers do not run")
        own, below = family_s(self.api.program.process.pid)
        others = (sum(family_s(one.popen.pid)) for one in (postgres, valkey))
        return Spent(dict(zip(WHO, (own, below, *others), strict=True)))


def asked(client: httpx.Client, text: str, settings: Mapping[str, int]) -> str:
    """The id of a new work. Raises `SystemExit`."""
    answer = client.post("/v1/works", json={"text": text, "settings": dict(settings)})
    if answer.status_code != httpx.codes.ACCEPTED:
        raise SystemExit(f"A work was refused: {answer.status_code} {answer.text[:300]}")
    return str(answer.json()["id"])


def followed(client: httpx.Client, work: str, asked_at: float) -> Iterator[Happened]:
    """By its stream, as a browser does: to ask again and again would be work for the service. Raises `SystemExit` when
    the work does not come to its end."""
    last = ""
    with client.stream("GET", f"/v1/works/{work}/events") as events:
        for line in events.iter_lines():
            if line.startswith("data: "):
                told = json.loads(line[6:])
                last = str(told["type"])
                yield Happened(time.monotonic() - asked_at, last, told)
    if last != "completed":
        raise SystemExit(f"The work {work} ended as {last or 'nothing'}.")


@dataclass(frozen=True, slots=True)
class Stores:
    """Servers, the stub, and the secret that tokens are signed with."""

    servers: OwnServers
    gemini: Gemini
    secret: str = field(repr=False)


@contextmanager
def own_stores(*, letters: bool = False) -> Iterator[Stores]:
    """Until the block ends. With `letters`, paid pictures are looked at for letters, as they are if nobody chooses."""
    with tempfile.TemporaryDirectory(prefix="mangaka-bench-") as folder, serve_gemini() as gemini:
        gemini.draw(media_type="image/png", sketches=False)
        gemini.keep_pictures()
        secret = secrets.token_hex(32)
        env = {
            "GOOGLE_API_KEY": KEY,
            "MANGA_GOOGLE_BASE_URL": gemini.url,
            "MANGA_IMAGES_A_MINUTE": UNPACED,
            "MANGA_TEXT_A_MINUTE": UNPACED,
            "MANGA_JWT_SECRET": secret,
            "MANGA_PICTURE_LETTERS": str(letters),
            "MALLOC_ARENA_MAX": "1",  # as the command `mangaka` sets it
        }
        with own_servers(Path(folder), env) as servers:
            yield Stores(servers, gemini, secret)


@contextmanager
def service_on(stores: Stores) -> Iterator[RealService]:
    """With its workers inside; and warm: it has drawn a small work."""
    with served(stores.servers, "--workers") as api:
        service = RealService(stores.servers, api, stores.gemini, stores.secret)
        service.draw(SMALL, {"max_images": 3})
        yield service


@contextmanager
def crew_on(stores: Stores, workers: int) -> Iterator[tuple[RealService, Crew]]:
    """A service that only answers, and so many `mangaka worker` beside it, cold."""
    with served(stores.servers, "--no-workers") as api, ExitStack() as stack:
        crew = Crew(stores.servers, stack)
        stack.callback(crew.hiring.shutdown)
        for _ in range(workers):
            crew.hire()
        yield RealService(stores.servers, api, stores.gemini, stores.secret), crew
