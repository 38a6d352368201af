"""Finds servers of chat models on this machine: Ollama, LM Studio, llama.cpp, and whoever speaks as they do.

They are asked which models they have and how much these hold; no story is sent to anybody here. A port where nobody
listens answers at once. `MANGA_TEXT_MODEL=local` (or `local:NAME`) lets the first one found write.
"""

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any, Final
from urllib.parse import urlsplit

from pydantic import SecretStr

from manga.errors import SetupIncomplete
from providers.base import CallLimits
from providers.settings import ALL, LOCAL, OLLAMA, OPENAI, ModelSettings

_OLLAMA: Final = "Ollama"
PATIENCE_S: Final = 0.2
CONTEXT: Final = 16_000
"""Tokens that a server is asked to hold, where it does not say how many it does."""
LEAST_CONTEXT: Final = 8_000
SLOW_S: Final = 1800.0
"""One call: models on one's own machine write a few tokens a second."""
_MOST_BYTES: Final = 1_000_000
_START: Final = "Start Ollama, LM Studio or llama.cpp's server with a chat model, or name it in MANGA_LOCAL_SERVERS."


@dataclass(frozen=True, slots=True)
class LocalServer:
    """A server that answers. `contexts` are tokens by model: none where it does not say, or takes what it is told."""

    name: str
    url: str
    models: tuple[str, ...]
    contexts: Mapping[str, int] = field(default_factory=dict)


def local_servers(urls: tuple[str, ...]) -> tuple[LocalServer, ...]:
    """Those of these addresses that answer with a chat model, in their order."""
    if not urls:
        return ()
    with ThreadPoolExecutor(len(urls)) as threads:
        return tuple(server for server in threads.map(_found, map(_root, urls)) if server is not None and server.models)


def with_local_model(settings: ModelSettings) -> ModelSettings:
    """The settings with the model of a server on this machine in the place of `local`. Raises SetupIncomplete."""
    provider, _, wanted = (settings.text_model or "").partition(":")
    if provider != LOCAL:
        return settings
    servers = local_servers(settings.local_servers)
    named = ((server, model) for server in servers for model in server.models if wanted in model)
    server, model = next(named, (None, ""))
    if server is None:
        there = f" has a model {wanted}" if wanted and servers else " answers"
        raise SetupIncomplete(f"No model server on this machine{there}.", remedy=_START)
    context = server.contexts.get(model, CONTEXT)
    if context < LEAST_CONTEXT:
        raise SetupIncomplete(
            f"{server.name} serves {model} with a context of {context:,} tokens, which holds no question.",
            remedy=f"Load it with a context of {CONTEXT:,} tokens or more.",
        )
    ollama = server.name == _OLLAMA
    usual = settings.text_limits.get(ALL, CallLimits())
    limits = usual if usual.context else usual.model_copy(update={"context": context})
    reached: dict[str, object] = {"ollama_base_url": server.url}
    if not ollama:  # no key that is meant for somebody else is sent there
        reached = {"openai_base_url": f"{server.url}/v1", "openai_api_key": SecretStr("local")}
    return settings.model_copy(
        update={
            "text_model": f"{OLLAMA if ollama else OPENAI}:{model}",
            "text_limits": {**settings.text_limits, ALL: limits},
            "text_timeout_s": max(settings.text_timeout_s, SLOW_S),
            "calls_at_once": 1,  # it answers one question after the other, and waiting is not to count as silence
            **reached,
        }
    )


def _root(url: str) -> str:
    """Without a path: `…/v1`, as it is told to other programs, is found too."""
    return urlsplit(url)._replace(path="", query="", fragment="").geturl()


def _found(url: str) -> LocalServer | None:
    """Who listens there: each is known by an address of its own."""
    if isinstance(_told(url, "/api/version").get("version"), str):
        return LocalServer(_OLLAMA, url, _chat_models(_told(url, "/api/tags").get("models"), "name"))
    listed = _chat_models(_told(url, "/v1/models").get("data"), "id")
    if not listed:
        return None
    if rows := _rows(_told(url, "/api/v0/models").get("data")):
        loaded = [row for row in rows if row.get("state") == "loaded" and row.get("type") in ("llm", "vlm")]
        held = {str(row.get("id")): row.get("loaded_context_length") for row in loaded}
        contexts = {model: context for model, context in held.items() if isinstance(context, int)}
        return LocalServer("LM Studio", url, _chat_models(loaded, "id") or listed, contexts)
    slot = _told(url, "/props").get("default_generation_settings")
    context = slot.get("n_ctx") if isinstance(slot, dict) else None
    name = "llama.cpp" if isinstance(slot, dict) else "A model server"
    return LocalServer(name, url, listed, dict.fromkeys(listed, context) if isinstance(context, int) else {})


def _rows(found: Any) -> list[dict[str, Any]]:
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def _chat_models(rows: Any, key: str) -> tuple[str, ...]:
    names = (row.get(key) for row in _rows(rows))
    return tuple(name for name in names if isinstance(name, str) and name and "embed" not in name.lower())


def _told(url: str, path: str) -> dict[str, Any]:
    """The JSON object at an address; empty where there is none in time."""
    address = urlsplit(url)
    if address.scheme != "http" or not address.hostname:
        return {}
    try:
        with closing(HTTPConnection(address.hostname, address.port or 80, timeout=PATIENCE_S)) as line:
            line.request("GET", path, headers={"Accept": "application/json"})
            answer = line.getresponse()
            found = json.loads(answer.read(_MOST_BYTES)) if answer.status == 200 else {}
    except (OSError, HTTPException, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
