"""Opens the services that the graph is built with: the models, stores and limits that the settings name. The only
module that knows every adapter.
"""

import asyncio
import logging
import os
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError
from pydantic_settings import SettingsError

from calls.ledger import Ledger, PlainLedger, PostgresLedger
from calls.money import OFFLINE_WORDS, Tariff, WordPrice
from calls.rate_limits import Models
from calls.services import Services
from manga.errors import SetupIncomplete
from prompts.library import PromptLibrary, load_prompts
from providers.base import ImageModel, Offload, TextModel
from providers.local_servers import with_local_model
from providers.model_wrappers import RoutedText
from providers.process_pool import open_process_pool
from providers.settings import GOOGLE, OFFLINE, OLLAMA, OPENAI, ModelSettings
from storage.base import Allowance, Api, NoScenes, SceneCache, Unlimited
from storage.database import Pool
from storage.settings import StorageSettings
from storage.tenant_limits import PicturesADay

if TYPE_CHECKING:
    from redis.asyncio import Redis


log = logging.getLogger("mangaka.models")

VARIABLES: Final = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2")
KEYS: Final = ("LANGSMITH_API_KEY", "LANGCHAIN_API_KEY")
"""Often set for other projects; a trace holds the whole story and every prompt."""


def _at_fault(error: ValidationError | SettingsError) -> tuple[str, str]:
    """The field, and what is wrong with it. What is no JSON at all is told in the library's own sentence alone."""
    if isinstance(error, ValidationError):
        first = error.errors(include_input=False)[0]
        return str(first["loc"][0]), str(first["msg"]).removeprefix("Value error, ")
    named = re.search(r'field "(\w+)"', str(error))
    return named[1] if named else "*", "it is to be JSON"


def read_model_settings() -> ModelSettings:
    """From the environment; what a person must know of it is logged as a warning. Raises SetupIncomplete that names the
    variable at fault, without what is in it."""
    try:
        settings = ModelSettings()
    except (ValidationError, SettingsError) as error:
        field, reason = _at_fault(error)
        raise SetupIncomplete(
            f"The setting MANGA_{field.upper().removeprefix('MANGA_')} cannot be used: {reason}.",
            remedy=".env.example says what each setting takes.",
        ) from None
    for notice in settings.notices():
        log.warning("%s", notice)
    return with_local_model(settings)


def open_text(settings: ModelSettings, prompts: PromptLibrary, offload: Offload, stack: AsyncExitStack) -> TextModel:
    """The text models that the settings name, closed with the stack. Raises SetupIncomplete."""
    keep_private(traced=settings.tracing)
    usual, named = settings.text_for(), {question: settings.text_for(question) for question in settings.text_models}
    opened = {name: _text(name, settings, prompts, offload, stack) for name in {usual, *named.values()}}
    if not named:
        return opened[usual]
    return RoutedText(opened[usual], {question: opened[name] for question, name in named.items()})


def _text(
    name: str, settings: ModelSettings, prompts: PromptLibrary, offload: Offload, stack: AsyncExitStack
) -> TextModel:
    from offline.writer import OfflineWriter
    from providers.google.text import GoogleText
    from providers.langchain import LangChainText

    provider, _, model = name.partition(":")
    if provider == OFFLINE:
        return OfflineWriter(offload)
    if provider != GOOGLE:
        reached = _reached(provider, name, settings)
        other = LangChainText(name, prompts, timeout_s=settings.text_timeout_s, limits=settings.text_limits, **reached)
        stack.push_async_callback(other.aclose)
        return other
    if not settings.google:
        raise SetupIncomplete(
            f"{name} is to write, and there is no key for Google's models.",
            remedy="Set GOOGLE_API_KEY or MANGA_GOOGLE_PROJECT, or unset MANGA_TEXT_MODEL to draw offline.",
        )
    gemini = GoogleText(
        model,
        settings.google_api_key,
        prompts,
        timeout_s=settings.text_timeout_s,
        base_url=settings.google_base_url,
        project=settings.google_project,
        location=settings.google_location,
        limits=settings.text_limits,
    )
    stack.push_async_callback(gemini.aclose)
    return gemini


def _reached(provider: str, name: str, settings: ModelSettings) -> dict[str, Any]:
    """Key and address where they are ours to tell. Raises SetupIncomplete."""
    if provider == OLLAMA:
        return {"base_url": settings.ollama_base_url}
    if provider != OPENAI:
        return {}
    if settings.openai_api_key is None and settings.openai_base_url is None:
        raise SetupIncomplete(
            f"{name} is to write, and there is no key for OpenAI's models.",
            remedy="Set OPENAI_API_KEY, or OPENAI_BASE_URL for a server that asks for none; or unset MANGA_TEXT_MODEL.",
        )
    return {"key": settings.openai_api_key, "base_url": settings.openai_base_url}


def open_images(settings: ModelSettings, prompts: PromptLibrary, offload: Offload, stack: AsyncExitStack) -> ImageModel:
    """The image model that the settings name, closed with the stack. Raises SetupIncomplete."""
    from offline.artist import OfflineArtist
    from providers.google.images import GoogleImages

    model = settings.image()
    if model == OFFLINE:
        return OfflineArtist(offload)
    if not settings.google:
        raise SetupIncomplete(
            f"{model} is to draw, and there is no key for Google's models.",
            remedy="Set GOOGLE_API_KEY or MANGA_GOOGLE_PROJECT, or unset MANGA_IMAGE_MODEL to draw offline.",
        )
    image_model = GoogleImages(
        model,
        settings.google_api_key,
        prompts,
        offload,
        timeout_s=settings.image_timeout_s,
        references=settings.image_references,
        base_url=settings.google_base_url,
        project=settings.google_project,
        location=settings.google_location,
    )
    stack.push_async_callback(image_model.aclose)
    return image_model


def tariff_of(settings: ModelSettings, on: date) -> Tariff:
    """What these models cost on a day. Imports no library of a provider."""
    image_model = settings.image()
    words = Tariff(
        usual=_word_price(settings.text_for(), on),
        own={question: _word_price(settings.text_for(question), on) for question in settings.text_models},
    )
    if image_model == OFFLINE:
        return words
    from providers.google.image_sizes import painter_of
    from providers.google.prices import image_price

    painter = painter_of(image_model, settings.image_references)
    return replace(
        words,
        image_model=image_model,
        paid_pictures=True,
        picture_usd=image_price(image_model, on),
        draws_sheets=painter is not None and painter.most_sheets > 0,
    )


def _word_price(name: str, on: date) -> WordPrice:
    if name == OFFLINE:
        return OFFLINE_WORDS
    from providers.google.prices import price_of

    provider, _, model = name.partition(":")
    price = price_of(model, on) if provider == GOOGLE else None
    return WordPrice(name, price.input, price.output) if price else WordPrice(name, None, None)


def keep_private(*, traced: bool) -> None:
    """Unless it is to be traced, nothing of this process is, whatever the environment says."""
    said = [name for name in VARIABLES if os.environ.get(name, "").strip().lower() == "true"]
    has_key = any(os.environ.get(name) for name in KEYS)
    if not said or (traced and has_key):
        return
    from langsmith.run_trees import configure

    configure(enabled=False)
    helps = f"{KEYS[0]} is not set" if traced else "MANGA_TRACING=true sends it"
    log.warning("%s is set, and nothing of your story is sent to LangSmith; %s.", said[0], helps)


@asynccontextmanager
async def open_services(
    settings: StorageSettings,
    *,
    pool: Pool | None = None,
    redis: "Redis | None" = None,
    models: ModelSettings | None = None,
) -> AsyncIterator[Services]:
    """The models that the settings name (offline without a key), their blob store, a process pool; versions and
    counters in `pool`'s database, and limits of paid models in Redis, where there is one. `models` None: read from the
    environment. Raises SetupIncomplete.
    """
    from storage.object_store import open_blobs

    chosen = models or read_model_settings()
    prompts = await asyncio.to_thread(load_prompts)
    ledger: Ledger = PlainLedger() if pool is None else PostgresLedger(pool)
    async with open_process_pool() as offload, AsyncExitStack() as stack:
        tariff = tariff_of(chosen, datetime.now(UTC).date())
        yield Services(
            text=open_text(chosen, prompts, offload, stack),
            images=open_images(chosen, prompts, offload, stack),
            blobs=open_blobs(settings),
            ledger=ledger,
            offload=offload,
            prompts=prompts,
            allowance=allowance_of(chosen, redis) if tariff.paid else Unlimited(),
            scenes=scenes_of(redis) if tariff.paid_pictures else NoScenes(),
            models=Models(chosen.calls_at_once),
            tariff=tariff,
            tenant_pictures=tenant_pictures_of(chosen, pool),
            code=_installed(),
            proves_pictures=chosen.picture_proof,
            lettered=chosen.picture_letters,
            roughs=chosen.image_roughs,
        )


def scenes_of(redis: "Redis | None") -> SceneCache:
    """Pictures that may serve again are known in Redis alone: without it each is drawn."""
    if redis is None:
        return NoScenes()
    from storage.scene_cache import RedisScenes

    return RedisScenes(redis)


def tenant_pictures_of(models: ModelSettings, pool: Pool | None) -> PicturesADay | None:
    """What the settings allow a tenant a day; without a database nobody has a tenant."""
    most = models.tenant_images_a_day
    return None if most is None or pool is None else PicturesADay(pool, most)


def allowance_of(models: ModelSettings, redis: "Redis | None") -> Allowance:
    """What the settings allow a day and a minute. Without Redis it is counted in this process."""
    from storage.provider_allowance import Limit, LocalAllowance, RedisAllowance

    limits = {
        Api.TEXT: Limit(models.text_a_day, models.text_a_minute),
        Api.IMAGES: Limit(models.images_a_day, models.images_a_minute),
    }
    return LocalAllowance(limits) if redis is None else RedisAllowance(redis, limits)


def _installed() -> str:
    """Which code makes the results, for their recipes."""
    try:
        return version("mangaka-studio")
    except PackageNotFoundError:  # run from a checkout
        return "source"
