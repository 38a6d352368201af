"""Clients of Google's own library, one for each event loop that asks, held until they are closed.

A client that nobody holds closes its connections in the middle of a call, and one of another loop finds them closed.
"""

import asyncio
import threading
import warnings
from asyncio import AbstractEventLoop, Task
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from pydantic import SecretStr

from providers.chat import failed

if TYPE_CHECKING:
    from google.genai import Client

ALONE: Final = threading.Lock()
"""Held around an import of `google.genai` or `langchain_google_genai`. They import each other in a circle: two
threads that begin at different ends of it, for pictures and for texts, both find half a module, and every later call of
their process fails."""


def hush() -> None:
    """Two warnings of Google's library about itself, over aiohttp, for this process: nobody who draws a book can do
    anything about them. Every other one is shown as before."""
    warnings.filterwarnings("ignore", r"Inheritance class AiohttpClientSession", DeprecationWarning)
    warnings.filterwarnings("ignore", r"coroutine 'ClientResponse\.json' was never awaited", RuntimeWarning)


@dataclass(slots=True)
class Clients:
    """How Google is reached. `base_url` None: Google's own address. With a `project` of Google Cloud Vertex answers,
    and the key is not used: `credentials` (google.auth's) or, without them, what the machine has."""

    key: SecretStr | None
    timeout_s: float
    base_url: str | None = None
    project: str | None = None
    location: str = "global"
    credentials: Any = field(default=None, repr=False)
    _opening: "WeakKeyDictionary[AbstractEventLoop, Task[Client]]" = field(
        default_factory=WeakKeyDictionary, repr=False
    )

    async def get(self) -> "Client":
        """This loop's client; the first time it is opened, which imports the library. Raises what google.auth does."""
        loop = asyncio.get_running_loop()
        opening = self._opening.get(loop)
        if opening is None or failed(opening):
            opening = self._opening[loop] = loop.create_task(asyncio.to_thread(self._open))
        return await asyncio.shield(opening)

    async def aclose(self) -> None:
        """This loop's client."""
        opening = self._opening.pop(asyncio.get_running_loop(), None)
        if opening is not None and not failed(opening):
            client = await opening
            await client.aio.aclose()
            client.close()

    def _open(self) -> "Client":
        """Retries are ours, since Google's library does not wait as long as Google asks for."""
        with ALONE:
            from google.genai import Client, types

        hush()
        options = types.HttpOptions(
            base_url=self.base_url,
            timeout=round(self.timeout_s * 1000),
            retry_options=types.HttpRetryOptions(attempts=1),
        )
        return Client(http_options=options, **self._asked_as())

    def _asked_as(self) -> dict[str, Any]:
        """Said in full either way: the library would guess from the environment."""
        if self.project is None:
            return {"vertexai": False, "api_key": self.key.get_secret_value() if self.key else None}
        place = {"project": self.project, "location": self.location}
        return {"vertexai": True, "credentials": self.credentials, **place}
