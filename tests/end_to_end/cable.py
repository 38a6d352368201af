"""A cable between a browser and a service: nothing goes through it while it is cut."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

PIECE: Final = 65_536


@dataclass(slots=True)
class Cable:
    """`url` is the near end. While it is cut, connections are closed as soon as they are made."""

    far: tuple[str, int]
    near: socket.socket
    whole: bool = True
    open: set[socket.socket] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.near.getsockname()[1]}"

    def cut(self) -> None:
        """All that is open ends."""
        with self.lock:
            self.whole = False
            ends, self.open = self.open, set()
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def mend(self) -> None:
        self.whole = True

    def serve(self) -> None:
        """Until the near end is closed."""
        with suppress(OSError):
            while True:
                near, _ = self.near.accept()
                threading.Thread(target=self._joined, args=(near,), daemon=True).start()

    def _joined(self, near: socket.socket) -> None:
        if not self.whole:
            near.close()
            return
        try:
            far = socket.create_connection(self.far, timeout=30)
        except OSError:
            near.close()
            return
        with self.lock:
            self.open |= {near, far}
        threading.Thread(target=self._pumped, args=(far, near), daemon=True).start()
        self._pumped(near, far)

    def _pumped(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            one.settimeout(None)
            while data := one.recv(PIECE):
                other.sendall(data)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def cable(url: str) -> Iterator[Cable]:
    """To the service at an address."""
    place = urlsplit(url)
    with socket.create_server(("127.0.0.1", 0)) as near:
        found = Cable((str(place.hostname), int(place.port or 80)), near)
        threading.Thread(target=found.serve, daemon=True).start()
        yield found
        found.cut()
