"""The one place where ports meet their adapters. Everything a node needs from outside is in `Services`."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version

from pydantic import ValidationError

from agents.retry import Clock
from graph.desks import Desks
from graph.ledger import Ledger, PlainLedger, PostgresLedger
from manga.errors import SetupIncomplete
from prompts.library import PromptLibrary, load_prompts
from providers.base import ImageModel, Offload, TextModel
from providers.offload import open_process_pool
from providers.routed import RoutedText, mind_for
from providers.settings import GOOGLE, OFFLINE, MindSettings
from storage.base import Allowance, BlobStore, Unlimited
from storage.database import Pool
from storage.settings import StorageSettings


class SystemClock:
    """The machine's own time."""

    def monotonic(self) -> float:
        return time.monotonic()

    def jitter(self) -> float:
        return random.random()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Services:
    """Ports, wired. Bound to the nodes when the graph is built; agents get the single port that they use."""

    text: TextModel
    images: ImageModel
    blobs: BlobStore
    ledger: Ledger
    offload: Offload
    prompts: PromptLibrary
    clock: Clock = field(default_factory=SystemClock)
    desks: Desks = field(default_factory=lambda: Desks(SystemClock()))
    allowance: Allowance = field(default_factory=Unlimited)
    code: str = "source"

    def recipe(self, prompt_id: str, *, mind: str | None = None) -> dict[str, str]:
        """Which prompt, mind and code make a result."""
        prompt = self.prompts.find(prompt_id)
        return {
            "prompt": prompt.hash if prompt else "",
            "mind": mind or mind_for(self.text, prompt_id),
            "code": self.code,
        }


@asynccontextmanager
async def open_services(
    settings: StorageSettings, *, pool: Pool | None = None, minds: MindSettings | None = None
) -> AsyncIterator[Services]:
    """The minds that the settings name (offline without a key), folder blobs, a process pool; versions and counters in
    `pool`'s database, where there is one. `minds` None: read from the environment. Raises SetupIncomplete.
    """
    from providers.offline.artist import OfflineArtist
    from storage.blobs import FolderBlobs

    chosen = minds or read_minds()
    prompts = await asyncio.to_thread(load_prompts)
    ledger: Ledger = PlainLedger() if pool is None else PostgresLedger(pool)
    async with open_process_pool() as offload, AsyncExitStack() as stack:
        yield Services(
            text=open_text(chosen, prompts, offload, stack),
            images=OfflineArtist(offload),
            blobs=FolderBlobs(settings.blobs_dir),
            ledger=ledger,
            offload=offload,
            prompts=prompts,
            code=_installed(),
        )


def read_minds() -> MindSettings:
    """From the environment. Raises SetupIncomplete that names the variable at fault, without what is in it."""
    try:
        return MindSettings()
    except (ValidationError, ValueError) as error:
        first = error.errors(include_input=False)[0] if isinstance(error, ValidationError) else {"loc": (), "msg": ""}
        named = "_".join(("MANGA", *(str(part).upper() for part in first["loc"][:1]))) if first["loc"] else "MANGA_*"
        raise SetupIncomplete(
            f"The setting {named} cannot be used{': ' if first['msg'] else ''}{first['msg']}.",
            remedy=".env.example says what each setting takes.",
        ) from None


def open_text(minds: MindSettings, prompts: PromptLibrary, offload: Offload, stack: AsyncExitStack) -> TextModel:
    """The text minds that the settings name, closed with the stack. Raises SetupIncomplete."""
    usual, named = minds.text_for(), {question: minds.text_for(question) for question in minds.text_models}
    opened = {name: _text(name, minds, prompts, offload, stack) for name in {usual, *named.values()}}
    if not named:
        return opened[usual]
    return RoutedText(opened[usual], {question: opened[name] for question, name in named.items()})


def _text(name: str, minds: MindSettings, prompts: PromptLibrary, offload: Offload, stack: AsyncExitStack) -> TextModel:
    from providers.google.text import GoogleText
    from providers.langchain.text import LangChainText
    from providers.offline.writer import OfflineWriter

    provider, _, model = name.partition(":")
    if provider == OFFLINE:
        return OfflineWriter(offload)
    if provider != GOOGLE:
        other = LangChainText(name, prompts, timeout_s=minds.text_timeout_s)
        stack.push_async_callback(other.aclose)
        return other
    if minds.google_api_key is None:
        raise SetupIncomplete(
            f"{name} is to write, and there is no key for Google's models.",
            remedy="Set GOOGLE_API_KEY, or unset MANGA_TEXT_MODEL to draw with the offline minds.",
        )
    gemini = GoogleText(
        model, minds.google_api_key, prompts, timeout_s=minds.text_timeout_s, base_url=minds.google_base_url
    )
    stack.push_async_callback(gemini.aclose)
    return gemini


def _installed() -> str:
    """Which code makes the results, for their recipes."""
    try:
        return version("mangaka-studio")
    except PackageNotFoundError:  # run from a checkout
        return "source"
