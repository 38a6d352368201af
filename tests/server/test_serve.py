"""The service's own sockets."""

import socket

import pytest

from server.serve import listening
from server.settings import ServerSettings


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_what_is_accepted_sends_at_once(host: str) -> None:
    """Else an answer's body waits 40 ms for the client to confirm its head."""
    try:
        socket.create_server((host, 0), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError:
        pytest.skip(f"this machine has no {host}")
    with (
        listening(ServerSettings(host=host, port=0)) as listener,
        socket.create_connection(listener.getsockname()[:2]),
        listener.accept()[0] as accepted,
    ):
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
