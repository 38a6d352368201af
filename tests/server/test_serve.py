"""The service's own sockets."""

import socket
from collections.abc import Iterator
from contextlib import suppress

import pytest

from server.listening_ports import listening


def hosts() -> Iterator[str]:
    """Addresses of this machine, of each family that it has."""
    for host in ("127.0.0.1", "::1"):
        with suppress(OSError):
            socket.create_server((host, 0), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
            yield host


@pytest.mark.parametrize("host", tuple(hosts()))
def test_what_is_accepted_sends_at_once(host: str) -> None:
    """Else an answer's body waits 40 ms for the client to confirm its head."""
    with (
        listening(host, 0) as listener,
        socket.create_connection(listener.getsockname()[:2]),
        listener.accept()[0] as accepted,
    ):
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
