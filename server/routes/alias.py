"""`/v1/manga`, the other name of `/v1/works`: the same routes, for whoever read of it first."""

from dataclasses import dataclass
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

ALIAS: Final = "/v1/manga"
NAME: Final = "/v1/works"


@dataclass(frozen=True, slots=True)
class Alias:
    """ASGI middleware before everything that looks at an address."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket") and _is_meant(scope["path"]):
            raw = scope.get("raw_path") or scope["path"].encode()
            scope = {
                **scope,
                "path": NAME + scope["path"].removeprefix(ALIAS),
                "raw_path": NAME.encode() + raw.removeprefix(ALIAS.encode()),
            }
        await self.app(scope, receive, send)


def _is_meant(path: str) -> bool:
    return path == ALIAS or path.startswith(f"{ALIAS}/")
