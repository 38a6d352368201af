"""Which minds think and draw: settings in, adapters out. The only place that knows every adapter."""

from contextlib import AsyncExitStack

from pydantic import ValidationError

from manga.errors import SetupIncomplete
from prompts.library import PromptLibrary
from providers.base import ImageModel, Offload, TextModel
from providers.routed import RoutedText
from providers.settings import GOOGLE, OFFLINE, MindSettings


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


def open_images(minds: MindSettings, prompts: PromptLibrary, offload: Offload, stack: AsyncExitStack) -> ImageModel:
    """The hand that the settings name, closed with the stack. Raises SetupIncomplete."""
    from providers.offline.artist import OfflineArtist

    return OfflineArtist(offload)
