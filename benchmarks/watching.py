"""Connections to PostgreSQL and Redis, looked at while something goes on."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import psycopg
import redis

from benchmarks.figure import Figure
from tests.end_to_end.service_program import OwnServers

EVERY_S: Final = 0.2
_OPEN: Final = (
    "SELECT count(*) AS n FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)


@dataclass(slots=True)
class Connections:
    """The most that there were at once."""

    postgres: int = 0
    redis: int = 0
    _over: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def watched(self, servers: OwnServers) -> Iterator["Connections"]:
        """Beside the block, by one connection to each, which are not counted."""
        looking = threading.Thread(target=self._look, args=(servers,), daemon=True)
        looking.start()
        try:
            yield self
        finally:
            self._over.set()
            looking.join()

    def _look(self, servers: OwnServers) -> None:
        with (
            psycopg.connect(servers.stores.database_url, autocommit=True) as database,
            redis.Redis.from_url(servers.stores.redis_url) as cache,
        ):
            while not self._over.wait(EVERY_S):
                found: Any = database.execute(_OPEN).fetchone()
                self.postgres = max(self.postgres, int(found[0]))
                self.redis = max(self.redis, len(cache.client_list()) - 1)

    def figures(self) -> list[Figure]:
        return [
            Figure("connections to PostgreSQL, at most", self.postgres, ""),
            Figure("connections to Redis, at most", self.redis, ""),
        ]
