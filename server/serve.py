"""`mangaka serve`: settings in, a running service until it is told to stop."""

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import uvicorn
from pydantic import ValidationError

from manga.errors import SetupIncomplete
from server.app import create_app
from server.composition import open_rooms
from server.listening_ports import UnsignalledServer, listening, telling_figures
from server.security.http_head_limits import BoundedHttp
from server.security.identity import ByToken, Identify, local_person
from server.security.jwks import Jwks
from server.security.tokens import LOCAL, Rules, Secret, Tokens
from server.settings import ServerSettings, is_loopback
from server.streams.sse import HEARTBEAT_S
from storage.choose_servers import ServerHold
from storage.settings import StorageSettings
from works.composition import Furnish, unchanged_services

GRACE_S = 3
MOST_MESSAGE_BYTES = 16 * 1024
"""Of a WebSocket's reader, which says no more than where to begin."""
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def read_settings(told: Mapping[str, object]) -> ServerSettings:
    """From the environment, with what was told over it (None: nothing). Raises SetupIncomplete."""
    try:
        return ServerSettings(**{name: value for name, value in told.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        named = "_".join(("MANGA", *(str(part).upper() for part in first["loc"][:1])))
        raise SetupIncomplete(
            f"The setting {named} cannot be used: {first['msg'].removeprefix('Value error, ')}.",
            remedy=".env.example says what each setting takes.",
        ) from None


async def serve(
    settings: ServerSettings,
    storage: StorageSettings,
    hold: ServerHold,
    ready: Callable[[str], None],
    *,
    furnish: Furnish = unchanged_services,
) -> None:
    """Serves until SIGTERM or Ctrl-C; open streams end and runs are parked within 8 s. `ready` is told the address.

    Raises `SetupIncomplete`, and what `open_rooms` raises.
    """
    identify = identify_by(settings)
    with listening(settings.host, settings.port) as listener:
        servers = await hold.wait_async()
        async with open_rooms(settings, storage, servers, identify, furnish=furnish) as rooms:
            server = _Server(_config(create_app(rooms)))
            with _signals(server, rooms.draining):
                async with telling_figures(settings.metrics_port, rooms.figures):
                    ready(address_of(listener))
                    await server.serve([listener])


def identify_by(settings: ServerSettings) -> Identify:
    """With keys, by tokens; without, on a loopback address, everybody is the local person.

    Raises `SetupIncomplete` for an address that others reach where it is not known whose tokens are good.
    """
    if settings.has_keys:
        return ByToken(tokens_by(settings))
    if is_loopback(settings.host):
        return local_person
    raise SetupIncomplete(
        f"The service would answer at {settings.host}, and everybody there would be its owner.",
        remedy="Set MANGA_JWKS_URL (or MANGA_JWT_SECRET for trying), or use --host 127.0.0.1.",
    )


def tokens_by(settings: ServerSettings) -> Tokens:
    """Whose tokens are good. Raises `SetupIncomplete`."""
    url, secret = settings.jwks_url, settings.jwt_secret
    if url is not None and secret is not None:
        raise SetupIncomplete(
            "There are both MANGA_JWKS_URL and MANGA_JWT_SECRET.",
            remedy="Unset MANGA_JWT_SECRET: it is for trying, and whoever knows it is anybody.",
        )
    if secret is not None:
        return Tokens(Secret(secret.get_secret_value().encode()), rules_by(settings))
    if url is None or not (settings.jwt_issuer and settings.jwt_audience):
        raise SetupIncomplete(
            "It is not known whose tokens are good, and for whom they are made.",
            remedy="Set MANGA_JWKS_URL, MANGA_JWT_ISSUER and MANGA_JWT_AUDIENCE as whoever issues them names them.",
        )
    return Tokens(Jwks(url), rules_by(settings))


def rules_by(settings: ServerSettings) -> Rules:
    """Issuer, audience and claims."""
    return Rules(
        settings.jwt_issuer or LOCAL,
        settings.jwt_audience or LOCAL,
        settings.jwt_tenant_claim,
        settings.jwt_role_claim,
    )


def address_of(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _config(app: object, grace_s: int = GRACE_S) -> uvicorn.Config:
    return uvicorn.Config(
        app,  # type: ignore[arg-type] # an ASGI application
        http=BoundedHttp,
        ws_max_size=MOST_MESSAGE_BYTES,
        ws_ping_interval=HEARTBEAT_S,
        ws_per_message_deflate=False,  # its memory for each socket is more than small events are worth
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=grace_s,
        lifespan="off",  # the rooms are opened before, so that what fails there is told plainly
    )


class _Server(UnsignalledServer):
    """Signals would end it before its streams."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Connections that are still open when the grace is over are cut: nobody reads them any more."""
        await super().shutdown(sockets)
        for connection in list(self.server_state.connections):
            transport: asyncio.Transport | None = getattr(connection, "transport", None)
            if transport is not None:
                transport.abort()
        await asyncio.sleep(0)  # their loop closes them at its next turn


@contextmanager
def _signals(server: uvicorn.Server, draining: asyncio.Event) -> Iterator[None]:
    loop = asyncio.get_running_loop()

    def stop() -> None:
        draining.set()
        server.should_exit = True

    for number in _SIGNALS:
        loop.add_signal_handler(number, stop)
    try:
        yield
    finally:
        for number in _SIGNALS:
            loop.remove_signal_handler(number)
