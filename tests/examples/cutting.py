"""A line between a client and a service that breaks in the middle of streams."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass(slots=True)
class Line:
    """`url` leads to the service. The next streams are cut after so many bytes each."""

    url: str
    cuts: list[int]
    cut: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def limit(self, request: bytes) -> int | None:
        """How much of the answer to this request comes through; None: all of it."""
        with self._lock:
            if b"/events" not in request.partition(b"\r\n")[0] or not self.cuts:
                return None
            self.cut += 1
            return self.cuts.pop(0)


@contextmanager
def cutting(url: str, cuts: list[int]) -> Iterator[Line]:
    """Until the block ends."""
    target = urlsplit(url)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        line = Line(f"http://127.0.0.1:{listener.getsockname()[1]}", cuts)

        def accept() -> None:
            with suppress(OSError):
                while True:
                    near, _ = listener.accept()
                    threading.Thread(
                        target=_carry, args=(near, target.hostname, target.port, line), daemon=True
                    ).start()

        threading.Thread(target=accept, daemon=True).start()
        yield line
        listener.shutdown(socket.SHUT_RDWR)


def _carry(near: socket.socket, host: str, port: int, line: Line) -> None:
    with near, socket.create_connection((host, port)) as far, suppress(OSError):
        left: list[int | None] = [None]

        def back() -> None:
            with suppress(OSError):
                while piece := far.recv(1024):
                    if left[0] is not None:
                        left[0] -= len(piece)
                        if left[0] < 0:
                            break
                    near.sendall(piece)
                near.shutdown(socket.SHUT_RDWR)

        returning = threading.Thread(target=back, daemon=True)
        returning.start()
        while piece := near.recv(65536):
            if (limit := line.limit(piece)) is not None:
                left[0] = limit
            far.sendall(piece)
        far.shutdown(socket.SHUT_WR)
        returning.join()
