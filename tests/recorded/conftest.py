"""Recordings made into databases again, and services opened on them; each is opened once for all tests of a process."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from storage.base import Servers
from tests.gemini.server import Gemini, serve
from tests.recorded.restore import Opened, Recording, opened, unpack
from tests.servers import databases, servers, slot  # noqa: F401  fixtures


@dataclass
class Shelf:
    """`stack` closes what was opened."""

    servers: Servers
    slot: int
    folders: pytest.TempPathFactory
    stack: ExitStack
    recordings: dict[str, Recording] = field(default_factory=dict)
    services: dict[tuple[str, str], Opened] = field(default_factory=dict)
    gemini: Gemini | None = None

    def recording(self, commit: str) -> Recording:
        if commit not in self.recordings:
            self.recordings[commit] = unpack(commit, self._folder(commit), self.servers)
        return self.recordings[commit]

    def still(self, commit: str) -> Opened:
        """Nobody works there: every work stays as it was recorded."""
        return self._opened(commit, "still")

    def at_work(self, commit: str, *, offline: bool) -> Opened:
        """Works go on there, with the Gemini stub or with the offline models."""
        return self._opened(commit, "offline" if offline else "paid")

    def _opened(self, commit: str, kind: str) -> Opened:
        if (commit, kind) not in self.services:
            stub = self._stub() if kind == "paid" else None
            opening = opened(
                self.recording(commit), self.slot, self._folder(kind), workers=kind != "still", gemini=stub
            )
            self.services[commit, kind] = self.stack.enter_context(opening)
        return self.services[commit, kind]

    def _stub(self) -> Gemini:
        if self.gemini is None:
            self.gemini = self.stack.enter_context(serve())
        return self.gemini

    def _folder(self, name: str) -> Path:
        return self.folders.mktemp(f"recorded-{name}")


@pytest.fixture(scope="session")
def shelf(servers: Servers, slot: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:  # noqa: F811
    with ExitStack() as stack:
        yield Shelf(servers, slot, tmp_path_factory, stack)
