"""Translates every failure of Google's models into one error of our tree.

Faults are exceptions of `google-genai`, `langchain-google-genai` and the transports under them, and answers that are
none (`Stopped`). Messages hold no key, no prompt and no body.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from manga.errors import (
    AnswerInvalid,
    BriefRejected,
    CallRefused,
    ContentBlocked,
    MangaError,
    ProviderBusy,
    ProviderFault,
    ProviderRefused,
    ProviderTimeout,
    QuotaExhausted,
    RateLimited,
)
from providers.chat import Stopped

Details = list[dict[str, Any]]

_TRANSPORTS: Final = frozenset({"aiohttp", "httpx", "httpx2", "httpcore"})
_BLOCKED: Final = frozenset({
    "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "MODEL_ARMOR", "REFUSAL", "CONTENT_FILTER",
    "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION",
})  # fmt: skip
_SECONDS = re.compile(r"([\d.]+)s")
_RETRY_IN = re.compile(r"retry in ([\d.]+)s")
_NO_ALLOWANCE = re.compile(r"\blimit: 0\b")
_KEY: Final = (
    "Check the key in GOOGLE_API_KEY at aistudio.google.com (with MANGA_GOOGLE_PROJECT: what the project allows), or"
    " set MANGA_TEXT_MODEL=offline."
)
_LOGIN: Final = (
    "Run `gcloud auth application-default login`, or name a service account's file in GOOGLE_APPLICATION_CREDENTIALS;"
    " or unset MANGA_GOOGLE_PROJECT."
)
_MODEL: Final = "Set MANGA_TEXT_MODEL or MANGA_IMAGE_MODEL to a model that Google has today."
_STORY: Final = "Change the passage that it may mean, or set MANGA_TEXT_MODEL=offline."
_PLAN: Final = "Choose a model that your plan at Google includes, or set MANGA_TEXT_MODEL=offline."
_PLACE: Final = "Use a model of another provider by MANGA_TEXT_MODEL, or set MANGA_TEXT_MODEL=offline."


def translated(fault: Exception | Stopped, model: str) -> MangaError | None:
    """The error to raise. None: this is no fault of Google's."""
    if isinstance(fault, Stopped):
        return _of_an_answer(fault, model)
    if (answer := _api_error(fault)) is not None:
        return _of_a_status(answer.code, str(answer.message or ""), _details(answer.details), model)
    return _of_a_line(fault, model)


def _of_an_answer(stopped: Stopped, model: str) -> MangaError:
    reason = stopped.reason.upper()
    if stopped.at_prompt:
        return ContentBlocked(f"{model} does not read this text by Google's safety rules ({reason}).", remedy=_STORY)
    if reason in _BLOCKED:
        return ContentBlocked(f"{model} broke off its answer by Google's safety rules ({reason}).", remedy=_STORY)
    if reason == "MAX_TOKENS":
        return AnswerInvalid(f"The answer of {model} is longer than it may be and was cut off.")
    return AnswerInvalid(f"{model} gave no answer ({reason or 'empty'}).")


def _of_a_status(code: int | None, message: str, details: Details, model: str) -> MangaError:
    if code == 429:
        return _of_a_limit(message, details, model)
    if code == 400:
        return _of_a_bad_call(message, details, model)
    known: Mapping[int | None, Callable[[], MangaError]] = {
        401: lambda: ProviderRefused("Google does not accept the key.", remedy=_KEY),
        403: lambda: ProviderRefused(f"Google does not let this key use {model}.", remedy=_KEY),
        404: lambda: ProviderRefused(f"Google has no model {model}, or has it no more.", remedy=_MODEL),
        408: lambda: ProviderTimeout(f"{model} did not answer in time."),
        503: lambda: ProviderBusy(f"{model} is overloaded.", retry_after_s=_wait_s("", details)),
        504: lambda: ProviderTimeout(f"{model} did not answer in time."),
    }
    if code in known:
        return known[code]()
    if code is not None and 400 <= code < 500:
        return CallRefused(f"Google does not accept this call of {model} (status {code}).")
    return ProviderFault(f"Google answered with an error of its own (status {code}).")


def _of_a_limit(message: str, details: Details, model: str) -> MangaError:
    limits = list(_quotas(details))
    if _NO_ALLOWANCE.search(message) or any(str(limit.get("quotaValue")) == "0" for limit in limits):
        return ProviderRefused(f"Your plan at Google includes no calls of {model}.", remedy=_PLAN)
    wait = _wait_s(message, details)
    if any("PerDay" in str(limit.get("quotaId")) for limit in limits):
        return QuotaExhausted(f"Google's daily quota for {model} is used up.", retry_after_s=wait)
    return RateLimited(f"Google takes no more calls of {model} at this moment.", retry_after_s=wait)


def _of_a_bad_call(message: str, details: Details, model: str) -> MangaError:
    low = message.lower()
    if any(detail.get("reason") == "API_KEY_INVALID" for detail in details) or "api key" in low:
        return ProviderRefused("Google does not accept the key.", remedy=_KEY)
    if "maximum number of tokens" in low or "token limit" in low:
        return BriefRejected(
            f"The text is longer than {model} can read.",
            remedy="Shorten the story, or set MANGA_TEXT_MODEL to a model that reads more.",
        )
    if "location is not supported" in low:
        return ProviderRefused("Google does not offer its models where this machine stands.", remedy=_PLACE)
    return CallRefused(f"Google does not accept this call of {model} (status 400).")


def _of_a_line(fault: Exception, model: str) -> MangaError | None:
    kind = type(fault)
    if isinstance(fault, TimeoutError) or (_is_transport(kind) and "Timeout" in kind.__name__):
        return ProviderTimeout(f"{model} did not answer in time.")
    if isinstance(fault, json.JSONDecodeError) or kind.__name__ == "UnknownApiResponseError":
        return ProviderFault("Google answered with something that is not JSON.")
    if isinstance(fault, ConnectionError) or _is_transport(kind):
        return ProviderFault(f"The connection to Google failed ({kind.__name__}).")
    return _of_credentials(fault) or _of_langchain(fault, model)


def _of_credentials(fault: Exception) -> MangaError | None:
    """Vertex asks for the machine's own, which google.auth finds and renews."""
    from google.auth import exceptions as auth

    if isinstance(fault, auth.TransportError) or (isinstance(fault, auth.GoogleAuthError) and fault.retryable):
        return ProviderFault(f"Google's sign-in cannot be reached ({type(fault).__name__}).")
    if isinstance(fault, auth.DefaultCredentialsError):
        return ProviderRefused("This machine has no credentials for Google Cloud.", remedy=_LOGIN)
    if isinstance(fault, auth.GoogleAuthError):
        return ProviderRefused("Google Cloud does not accept this machine's credentials.", remedy=_LOGIN)
    return None


def _of_langchain(fault: Exception, model: str) -> MangaError | None:
    from langchain_core.exceptions import ModelRefusalError, OutputParserException

    if isinstance(fault, ModelRefusalError):
        return _of_an_answer(Stopped("SAFETY"), model)
    if isinstance(fault, OutputParserException):
        return _of_an_answer(Stopped("not JSON"), model)
    return None


def _is_transport(kind: type[BaseException]) -> bool:
    return any(base.__module__.split(".")[0] in _TRANSPORTS for base in kind.__mro__)


def _api_error(fault: BaseException | None) -> Any:
    """Google's own error; LangChain keeps it as the cause of its own."""
    from google.genai.errors import APIError

    seen: set[int] = set()
    while fault is not None and id(fault) not in seen:
        if isinstance(fault, APIError):
            return fault
        seen.add(id(fault))
        fault = fault.__cause__
    return None


def _details(body: Any) -> Details:
    """The list `error.details` of a body, as far as it is one."""
    inner = body.get("error", body) if isinstance(body, dict) else {}
    found = inner.get("details") if isinstance(inner, dict) else None
    return [detail for detail in found if isinstance(detail, dict)] if isinstance(found, list) else []


def _quotas(details: Details) -> Iterator[dict[str, Any]]:
    for detail in details:
        yield from (one for one in detail.get("violations") or () if isinstance(one, dict))


def _wait_s(message: str, details: Details) -> float | None:
    """How long Google says to wait, in seconds."""
    for detail in details:
        if found := _SECONDS.fullmatch(str(detail.get("retryDelay", ""))):
            return float(found[1])
    said = _RETRY_IN.search(message)
    return float(said[1]) if said else None
