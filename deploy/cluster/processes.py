"""The members of a cluster: our own commands as processes that die with whoever started them."""

import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from manga.errors import EmbeddedFailed
from storage.embedded_process import die_with_parent

ROOT: Final = Path(__file__).resolve().parents[2]
# `-c`, not `-m`: spawned drawing processes would import the module that `-m` names.
_PROGRAM: Final = "import sys; sys.argv[0] = 'mangaka'; from cli.main import run; run()"
PATIENCE_S: Final = 12.0
"""A member that was told to stop is gone after 8 s."""
STARTS_A_MINUTE: Final = 5


@dataclass(slots=True)
class Member:
    """One command. `ready_word` is in its log once it does its work."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str] = field(repr=False)
    log: Path
    ready_word: str
    process: "subprocess.Popen[bytes] | None" = None
    _begin: int = 0
    _starts: deque[float] = field(default_factory=lambda: deque(maxlen=STARTS_A_MINUTE))

    def start(self) -> None:
        """Call it from the main thread: the death signal comes when the *thread* that started the process ends.

        Raises `EmbeddedFailed` for one that was started too often lately.
        """
        if len(self._starts) == STARTS_A_MINUTE and time.monotonic() - self._starts[0] < 60:
            raise EmbeddedFailed(f"{self.name} ends again and again: {self.last_words()}", remedy=f"See {self.log}.")
        self._starts.append(time.monotonic())
        with self.log.open("ab") as output:
            self._begin = output.tell()
            self.process = subprocess.Popen(
                [sys.executable, "-c", _PROGRAM, *self.arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=ROOT,
                env=dict(self.environment),
                start_new_session=True,  # Ctrl-C is for the runner, which stops its members in order
                preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509  the runner has one thread
            )

    @property
    def pid(self) -> int:
        return self.process.pid if self.process is not None else 0

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def ready(self) -> bool:
        """Raises `EmbeddedFailed` when it has ended instead."""
        if not self.alive:
            raise EmbeddedFailed(f"{self.name} does not start: {self.last_words()}", remedy=f"See {self.log}.")
        return self.ready_word in self._said()

    def tell_to_stop(self) -> None:
        if self.process is not None and self.alive:
            self.process.terminate()

    def end(self, patience_s: float = PATIENCE_S) -> None:
        """Waits for it, and kills it with what it has started when that takes too long."""
        if self.process is None:
            return
        try:
            self.process.wait(patience_s)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def last_words(self) -> str:
        lines = [line.strip() for line in self._said().splitlines() if line.strip()]
        return (lines or ["it said nothing."])[-1]

    def _said(self) -> str:
        with self.log.open("rb") as file:
            file.seek(self._begin)
            return file.read(100_000).decode(errors="replace")
