"""Any other chat model of LangChain as a text model: `openai:gpt-...`, `ollama:...`.

Needs the package `langchain` and the provider's own (`langchain-openai`): the extras `openai` and `ollama` bring them.
Keys and addresses of providers other than OpenAI are their packages' matter (`ANTHROPIC_API_KEY`, `OLLAMA_HOST`).
"""

import re
import shutil
import sys
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from pydantic import SecretStr

from manga.errors import MangaError, SetupIncomplete
from providers.base import Spent
from providers.chat import ChatText, Stopped
from providers.langchain.errors import translated
from providers.question_text import Prompts

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_NAMED: Final = re.compile(r"pip install ([\w\[\],.-]+)")
_OF: Final = {
    "openai": "langchain-openai",
    "ollama": "langchain-ollama",
    "anthropic": "langchain-anthropic",
    "mistralai": "langchain-mistralai",
    "groq": "langchain-groq",
    "deepseek": "langchain-deepseek",
    "xai": "langchain-xai",
    "openrouter": "langchain-openrouter",
    "azure_openai": "langchain-openai",
}
_OPENAI: Final = "openai"
_OWN_ADDRESS: Final = "https://api.openai.com/v1"
"""Said in full: without it LANGSMITH_GATEWAY would send the key and the story to LangSmith."""
_NO_KEY: Final = SecretStr("none")
"""For a server of one's own, which asks for no key; the SDK does."""


def check_packages(model: str) -> None:
    """Looks without importing anything. Raises SetupIncomplete; of a provider that is not known, only `langchain` is
    looked for, and opening its model says the rest."""
    own = _OF.get(model.split(":", 1)[0])
    missing = [name for name in ("langchain", own) if name and find_spec(name.replace("-", "_")) is None]
    if missing:
        raise incomplete(model, missing)


def incomplete(model: str, packages: list[str]) -> SetupIncomplete:
    """The error that names the exact command."""
    verb = "is" if len(packages) == 1 else "are"
    return SetupIncomplete(
        f"{model} is to write, and {' and '.join(packages)} {verb} not installed.",
        remedy=f"Run: {installer()} {' '.join(packages)}",
    )


def named_in(error: ImportError, provider: str) -> list[str]:
    """The package that LangChain says is missing."""
    found = _NAMED.search(str(error))
    return [found[1] if found else _OF.get(provider, f"langchain-{provider.replace('_', '-')}")]


def installer() -> str:
    """The beginning of a command that installs into this environment, which uv makes without pip."""
    python = sys.executable
    if find_spec("pip") is not None:
        return f"{python} -m pip install"
    if shutil.which("uv"):
        return f"uv pip install --python {python}"
    return f"{python} -m ensurepip && {python} -m pip install"


@dataclass(frozen=True, slots=True)
class LangChainEdge:
    """`model` is `provider:model`. What its calls cost is not known here. `key` and `base_url` are for OpenAI's way of
    speaking; None: the SDK's own."""

    model: str
    timeout_s: float
    key: SecretStr | None = None
    base_url: str | None = None

    def open(self) -> "BaseChatModel":
        """Raises `SetupIncomplete` when a package or a key is missing, or nobody knows the provider."""
        try:
            chat: BaseChatModel = import_module("langchain.chat_models").init_chat_model(self.model, **self._options())
        except ImportError as error:
            raise incomplete(self.model, named_in(error, self._provider)) from None
        except Exception as error:  # noqa: BLE001 - what a package raises without its key is a kind of its own
            raise SetupIncomplete(
                f"The model {self.model} cannot be opened ({type(error).__name__}).",
                remedy=f"Check that LangChain has a provider {self._provider}, and that its key is set.",
            ) from None
        return chat

    @property
    def _provider(self) -> str:
        return self.model.split(":", 1)[0]

    def _options(self) -> dict[str, Any]:
        if self._provider == "ollama":  # a local model takes neither
            return {}
        plain = {"timeout": self.timeout_s, "max_retries": 0}
        if self._provider != _OPENAI:
            return plain
        # Connections of our own: the package shares its own between event loops, where a second one finds them closed.
        line = import_module(_OPENAI).DefaultAsyncHttpxClient(timeout=self.timeout_s)
        address, key = self.base_url or _OWN_ADDRESS, self.key or (_NO_KEY if self.base_url else None)
        return plain | {"http_async_client": line, "base_url": address} | ({"api_key": key} if key else {})

    async def close(self, chat: "BaseChatModel") -> None:
        """The connections that `open` has made; other packages close their own."""
        line = getattr(chat, "http_async_client", None)
        if line is not None:
            await line.aclose()

    def translated(self, fault: Exception | Stopped) -> MangaError | None:
        return translated(fault, self.model)

    def cost_usd(self, model: str, spent: Spent) -> float | None:
        return None


class LangChainText(ChatText):
    """A chat model by `provider:model`; obeys the TextModel port. Raises SetupIncomplete when a package is missing."""

    def __init__(
        self,
        model: str,
        prompts: Prompts,
        *,
        timeout_s: float,
        key: SecretStr | None = None,
        base_url: str | None = None,
    ) -> None:
        check_packages(model)
        super().__init__(LangChainEdge(model, timeout_s, key, base_url), prompts, timeout_s=timeout_s)
