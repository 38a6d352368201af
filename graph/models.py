"""Which models think and draw: settings in, adapters out. The only place that knows every adapter."""

import logging
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import ValidationError

from graph.tariff import OFFLINE_WORDS, Tariff, WordPrice
from graph.tracing import keep_private
from manga.errors import SetupIncomplete
from prompts.library import PromptLibrary
from providers.base import ImageModel, Offload, TextModel
from providers.routing import RoutedText
from providers.settings import GOOGLE, OFFLINE, OPENAI, MindSettings

log = logging.getLogger("mangaka.minds")


def read_minds() -> MindSettings:
    """From the environment; what a person must know of it is logged as a warning. Raises SetupIncomplete that names the
    variable at fault, without what is in it."""
    try:
        minds = MindSettings()
    except (ValidationError, ValueError) as error:
        first = error.errors(include_input=False)[0] if isinstance(error, ValidationError) else {"loc": (), "msg": ""}
        named = "_".join(("MANGA", *(str(part).upper() for part in first["loc"][:1]))) if first["loc"] else "MANGA_*"
        raise SetupIncomplete(
            f"The setting {named} cannot be used{': ' if first['msg'] else ''}{first['msg']}.",
            remedy=".env.example says what each setting takes.",
        ) from None
    for notice in minds.notices():
        log.warning("%s", notice)
    return minds


def open_text(minds: MindSettings, prompts: PromptLibrary, offload: Offload, stack: AsyncExitStack) -> TextModel:
    """The text models that the settings name, closed with the stack. Raises SetupIncomplete."""
    keep_private(traced=minds.tracing)
    usual, named = minds.text_for(), {question: minds.text_for(question) for question in minds.text_models}
    opened = {name: _text(name, minds, prompts, offload, stack) for name in {usual, *named.values()}}
    if not named:
        return opened[usual]
    return RoutedText(opened[usual], {question: opened[name] for question, name in named.items()})


def _text(name: str, minds: MindSettings, prompts: PromptLibrary, offload: Offload, stack: AsyncExitStack) -> TextModel:
    from offline.writer import OfflineWriter
    from providers.google.text import GoogleText
    from providers.langchain.text import LangChainText

    provider, _, model = name.partition(":")
    if provider == OFFLINE:
        return OfflineWriter(offload)
    if provider != GOOGLE:
        other = LangChainText(name, prompts, timeout_s=minds.text_timeout_s, **_reached(provider, name, minds))
        stack.push_async_callback(other.aclose)
        return other
    if not minds.google:
        raise SetupIncomplete(
            f"{name} is to write, and there is no key for Google's models.",
            remedy="Set GOOGLE_API_KEY or MANGA_GOOGLE_PROJECT, or unset MANGA_TEXT_MODEL to draw offline.",
        )
    gemini = GoogleText(
        model,
        minds.google_api_key,
        prompts,
        timeout_s=minds.text_timeout_s,
        base_url=minds.google_base_url,
        project=minds.google_project,
        location=minds.google_location,
    )
    stack.push_async_callback(gemini.aclose)
    return gemini


def _reached(provider: str, name: str, minds: MindSettings) -> dict[str, Any]:
    """Key and address where they are ours to tell. Raises SetupIncomplete."""
    if provider != OPENAI:
        return {}
    if minds.openai_api_key is None and minds.openai_base_url is None:
        raise SetupIncomplete(
            f"{name} is to write, and there is no key for OpenAI's models.",
            remedy="Set OPENAI_API_KEY, or OPENAI_BASE_URL for a server that asks for none; or unset MANGA_TEXT_MODEL.",
        )
    return {"key": minds.openai_api_key, "base_url": minds.openai_base_url}


def open_images(minds: MindSettings, prompts: PromptLibrary, offload: Offload, stack: AsyncExitStack) -> ImageModel:
    """The image model that the settings name, closed with the stack. Raises SetupIncomplete."""
    from offline.artist import OfflineArtist
    from providers.google.images import GoogleImages

    model = minds.image()
    if model == OFFLINE:
        return OfflineArtist(offload)
    if not minds.google:
        raise SetupIncomplete(
            f"{model} is to draw, and there is no key for Google's models.",
            remedy="Set GOOGLE_API_KEY or MANGA_GOOGLE_PROJECT, or unset MANGA_IMAGE_MODEL to draw offline.",
        )
    hand = GoogleImages(
        model,
        minds.google_api_key,
        prompts,
        offload,
        timeout_s=minds.image_timeout_s,
        base_url=minds.google_base_url,
        project=minds.google_project,
        location=minds.google_location,
    )
    stack.push_async_callback(hand.aclose)
    return hand


def tariff_of(minds: MindSettings, on: date) -> Tariff:
    """What these models cost on a day. Imports no library of a provider."""
    hand = minds.image()
    words = Tariff(
        usual=_word_price(minds.text_for(), on),
        own={question: _word_price(minds.text_for(question), on) for question in minds.text_models},
    )
    if hand == OFFLINE:
        return words
    from providers.google.image_sizes import painter_of
    from providers.google.prices import image_price

    painter = painter_of(hand)
    return replace(
        words,
        hand=hand,
        paid_pictures=True,
        picture_usd=image_price(hand, on),
        draws_sheets=painter is not None and painter.most_sheets > 0,
    )


def _word_price(name: str, on: date) -> WordPrice:
    if name == OFFLINE:
        return OFFLINE_WORDS
    from providers.google.prices import price_of

    provider, _, model = name.partition(":")
    price = price_of(model, on) if provider == GOOGLE else None
    return WordPrice(name, price.input, price.output) if price else WordPrice(name, None, None)
