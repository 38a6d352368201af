"""Which packages a provider's models need, and the one command that brings what is missing."""

import re
import shutil
import sys
from importlib.util import find_spec
from typing import Final

from manga.errors import SetupIncomplete

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
