"""Checks of the models for `doctor`: who writes and draws, what that costs, what is left of today's limits."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import UTC, date, datetime

from calls.money import OFFLINE_WORDS, Tariff, WordPrice
from cli.check_result import Finding, Health
from graph.open_services import allowance_of, open_images, open_text, read_model_settings, tariff_of
from prompts.library import load_prompts
from providers.local_servers import local_servers
from providers.process_pool import InlineOffload
from providers.settings import GOOGLE, OFFLINE, OPENAI, ModelSettings
from storage.base import Api, Standing
from storage.choose_servers import open_servers
from storage.provider_allowance import next_provider_day
from storage.redis import open_redis
from storage.settings import StorageSettings


def models() -> Finding:
    """Who answers which question and who draws. Raises SetupIncomplete where a key or a package is missing; nobody is
    called."""
    chosen = read_model_settings()
    asyncio.run(_opened(chosen))
    if not tariff_of(chosen, _today()).paid:
        message = "Offline writer and artist; they need no key and no network."
        return Finding("models", Health.OK, message, local_offer(chosen))
    others = [f"{question} by {_named(chosen.text_for(question), 'writer')}" for question in sorted(chosen.text_models)]
    writes = f"{_named(chosen.text_for(), 'writer')} writes" + (f" ({', '.join(others)})" if others else "")
    told = [f"{writes}, {_named(chosen.image(), 'artist')} draws", *_keys(chosen)]
    return Finding("models", Health.OK, f"{'; '.join(told)}.")


def local_offer(chosen: ModelSettings) -> str:
    """One line about a model server on this machine that could write; empty where there is none, or one is named."""
    found = () if chosen.text_model else local_servers(chosen.local_servers)
    if not found:
        return ""
    return f"{found[0].name} answers here with {found[0].models[0]}: `mangaka draw STORY --local` lets it write."


async def _opened(chosen: ModelSettings) -> None:
    """Opened and closed: what is missing is told. No library of a provider is loaded for it."""
    prompts, offload = load_prompts(), InlineOffload()
    async with AsyncExitStack() as stack:
        open_text(chosen, prompts, offload, stack)
        open_images(chosen, prompts, offload, stack)


def _named(model: str, offline: str) -> str:
    return f"the offline {offline}" if model == OFFLINE else model


def _keys(chosen: ModelSettings) -> Iterator[str]:
    """Where the credentials come from; never what they are."""
    named = {chosen.text_for(), *(chosen.text_for(question) for question in chosen.text_models)}
    providers = {model.partition(":")[0] for model in named - {OFFLINE}}
    if GOOGLE in providers or chosen.image() != OFFLINE:
        yield f"Google by project {chosen.google_project}" if chosen.google_project else "a key for Google is set"
    if OPENAI in providers:
        yield "a key for OpenAI is set" if chosen.openai_api_key else "OpenAI's address is set, and no key"
    for provider in sorted(providers - {GOOGLE, OPENAI}):
        yield f"{provider}'s own package looks for its key"


def _today() -> date:
    return datetime.now(UTC).date()


def prices() -> Finding | None:
    """None where nothing costs anything."""
    tariff = tariff_of(read_model_settings(), _today())
    if not tariff.paid:
        return None
    words = dict.fromkeys((tariff.usual, *tariff.own.values()))
    told = [_price(price) for price in words if price != OFFLINE_WORDS]
    if tariff.paid_pictures:
        told.insert(0, _picture_price(tariff))
    unknown = any("not known" in one for one in told)
    remedy = "Its cost is not counted, and no cost limit can be held." if unknown else ""
    return Finding("prices", Health.WARN if unknown else Health.OK, f"{'; '.join(told)}.", remedy)


def _picture_price(tariff: Tariff) -> str:
    price = tariff.picture_usd
    return f"{tariff.image_model}: " + ("price not known" if price is None else f"about {price:.3g} USD a picture")


def _price(price: WordPrice) -> str:
    if price.read_usd is None or price.written_usd is None:
        return f"{price.model}: price not known"
    return f"{price.model}: {price.read_usd:g} USD a million tokens read, {price.written_usd:g} written"


def limits() -> Finding | None:
    """None where nobody counts. Raises what the servers raise."""
    chosen = read_model_settings()
    if not tariff_of(chosen, _today()).paid:
        return None
    text, images = asyncio.run(_standings(chosen))
    told = [
        f"Text calls {_used(text)}, at most {chosen.text_a_minute} a minute",
        f"pictures {_used(images)}, at most {chosen.images_a_minute} a minute, {chosen.images_at_once} at once a work",
        f"{chosen.calls_at_once} calls of a model at once",
    ]
    if text.left and images.left:
        return Finding("limits", Health.OK, f"{'; '.join(told)}.")
    turns = next_provider_day(datetime.now(UTC)).astimezone()
    return Finding(
        "limits", Health.WARN, f"{'; '.join(told)}.", f"Works that wait go on at {turns:%H:%M} by themselves."
    )


async def _standings(chosen: ModelSettings) -> tuple[Standing, Standing]:
    async with open_servers(StorageSettings()) as servers, open_redis(servers.redis_url) as redis:
        allowance = allowance_of(chosen, redis)
        return await allowance.standing(Api.TEXT), await allowance.standing(Api.IMAGES)


def _used(standing: Standing) -> str:
    kept = f", {standing.reserved} kept for works" if standing.reserved else ""
    return f"{standing.used} of {standing.limit} used on {standing.day}{kept}"
