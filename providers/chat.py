"""A text model over any LangChain chat model: a question in, a checked answer of the declared type out.

One call, and one more that tells the model what does not fit. Where a provider refuses the schema, the question is
asked again by a simpler one, then by the schema in words; what a provider takes is remembered. Retries of failed calls
are the caller's (`agents/retry.py`); the model's own are off. What a provider does wrong is translated by the adapter.
"""

import asyncio
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

from pydantic import ValidationError

from manga.errors import AnswerInvalid, CallRefused, ContentBlocked, MangaError
from providers.base import AMPLE, Answer, Ask, CallLimits, Room, SeenPicture, Spent, unlistened
from providers.context_room import ContextRoom
from providers.question_text import Prompts, by_question, faults, instructed, rendered, repair, unfenced
from providers.schemas import Schema, answer_schema, simplified
from providers.settings import ALL
from providers.wishes_refused_by_model import asked_type, carried_out

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage

MOST_LETTERS: Final = 60
Said: TypeAlias = str | list[str | dict[str, Any]]
Turns: TypeAlias = Sequence[tuple[str, Said]]
"""Role (`system`, `human`, `ai`), and text or blocks of text and pictures."""


class SchemaForm(IntEnum):
    """How a model is told the schema of its answer, the strictest first."""

    WHOLE = 0
    SIMPLER = 1
    WORDS = 2


@dataclass(frozen=True, slots=True)
class Stopped:
    """An answer that is none: the provider's own word for why it ended, and whether the question was refused."""

    reason: str
    at_prompt: bool = False


class _NoPieces(Exception):
    """What came is no answer in pieces; a library stumbled over it."""


class Edge(Protocol):
    """What differs from provider to provider."""

    @property
    def model(self) -> str: ...

    def open(self) -> "BaseChatModel":
        """The model with its own retries off. Imports its library; called once, in a thread."""
        ...

    async def close(self, chat: "BaseChatModel") -> None: ...

    def limits(self, limits: CallLimits) -> dict[str, Any]:
        """The model's own fields that hold them."""
        ...

    @property
    def piecewise(self) -> dict[str, Any]:
        """The model's own fields that let an answer come piece by piece, and still tell what it has used."""
        ...

    def translated(self, fault: Exception | Stopped) -> MangaError | None:
        """None: this is no fault of the provider's."""
        ...

    def cost_usd(self, model: str, spent: Spent) -> float | None: ...


class ChatText:
    """Obeys the TextModel port. The model is opened at the first question and belongs to that event loop."""

    def __init__(
        self, edge: Edge, prompts: Prompts, *, timeout_s: float, limits: Mapping[str, CallLimits] | None = None
    ) -> None:
        self._edge = edge
        self._limits = limits or {}
        """By phase, other prompt, or `all`."""
        self._prompts = prompts
        self._timeout_s = timeout_s
        self._opening: asyncio.Task[BaseChatModel] | None = None
        self._answered = edge.model
        self._forms: dict[str, SchemaForm] = {}
        """By the title of a schema, where the whole one was refused."""
        self._comes_in_pieces = True
        """Until a provider takes no such call."""

    def __repr__(self) -> str:
        return f"ChatText({self._edge.model})"

    @property
    def name(self) -> str:
        return self._edge.model

    @property
    def answered(self) -> str:
        """The version that answered last: providers route names to other models silently. Before that, the name."""
        return self._answered

    def answers(self, prompt_id: str) -> bool:
        return True

    def room(self, prompt_id: str) -> Room:
        context = self._limits_of(prompt_id).context
        return AMPLE if context is None else ContextRoom(self._prompts, context)

    async def answer(self, ask: Ask[Answer]) -> Answer:
        """Raises ProviderError, ContentBlocked, WishRefused, BriefRejected when the text is too long for the model."""
        system, user = rendered(ask, self._prompts)
        turns: Turns = (("system", system), ("human", _shown(user, ask.pictures)))
        kind = asked_type(ask)
        schema = answer_schema(kind)
        said = await self._said(ask, turns, schema)
        answer, fault = _read(kind, said)
        if fault is not None:
            again = (*turns, ("ai", unfenced(said)), ("human", repair(fault)))
            answer, fault = _read(kind, await self._said(ask, again, schema))
        if answer is None:
            raise _unfit(ask, fault)
        return carried_out(answer, ask)

    async def aclose(self) -> None:
        """On the event loop of the questions. A model that could not be opened has nothing to close."""
        if self._opening is None:
            return
        await asyncio.wait((self._opening,))
        if not self._opening.cancelled() and self._opening.exception() is None:
            await self._edge.close(self._opening.result())

    async def _said(self, ask: Ask[Answer], turns: Turns, schema: Schema) -> str:
        """The text of one call, and of more where the provider refuses it: the schema may be the reason."""
        title = schema["title"]
        while True:
            form = self._forms.get(title, SchemaForm.WHOLE)
            try:
                return await self._said_once(ask, turns, schema, form)
            except CallRefused:
                if form is SchemaForm.WORDS:
                    self._forms.pop(title, None)  # it was not the schema
                    raise
                self._forms[title] = SchemaForm(form + 1)
            except _NoPieces:
                self._comes_in_pieces = False

    def _listens(self, ask: Ask[Answer]) -> bool:
        return self._comes_in_pieces and ask.heard is not unlistened

    async def _said_once(self, ask: Ask[Answer], turns: Turns, schema: Schema, form: SchemaForm) -> str:
        """The text of one call. Nothing of the provider's error stays on ours: it may hold a key or the story."""
        failure: MangaError | None = None
        spent = Spent(self._edge.model)
        await ask.turn()
        try:
            message = await self._called(ask, turns, schema, form)
            spent = self._spent(message)
            if (stopped := stopped_by(message)) is None:
                return message.text
            failure = self._edge.translated(stopped)
        except Exception as error:
            failure = self._edge.translated(error)
            if failure is None and self._listens(ask):
                raise _NoPieces from None
            if failure is None:
                raise
        finally:
            ask.spent(spent)
        failure = failure or AnswerInvalid()
        failure.phase = failure.phase or ask.prompt_id
        if isinstance(failure, ContentBlocked):
            failure.element = failure.element or _opening(ask)
        raise failure

    async def _called(self, ask: Ask[Answer], turns: Turns, schema: Schema, form: SchemaForm) -> "AIMessage":
        chat = self._limited(await self._chat(), ask.prompt_id)
        # Without other callbacks: no token of the story goes into a graph's message stream.
        callbacks: list[Any] = []
        if self._listens(ask):
            from providers.heard_letters import HeardLetters

            chat, callbacks = chat.model_copy(update=self._edge.piecewise), [HeardLetters(ask.heard)]
        async with asyncio.timeout(self._timeout_s):
            if form is SchemaForm.WORDS:
                (role, system), *rest = turns
                told = [(role, f"{system}\n\n{instructed(schema)}"), *rest]
                return await chat.ainvoke(told, config={"callbacks": callbacks})
            told_schema = schema if form is SchemaForm.WHOLE else simplified(schema)
            structured = chat.with_structured_output(told_schema, method="json_schema", include_raw=True)
            found = await structured.ainvoke(list(turns), config={"callbacks": callbacks})
        message: AIMessage = found["raw"]  # type: ignore[index] # a dict, with include_raw
        return message

    def _limited(self, chat: "BaseChatModel", prompt_id: str) -> "BaseChatModel":
        """The same model and connections, held to what this question may use."""
        limits = self._limits_of(prompt_id)
        return chat if limits == CallLimits() else chat.model_copy(update=self._edge.limits(limits))

    def _limits_of(self, prompt_id: str) -> CallLimits:
        """Those of the question, else of all; a context is all questions' unless this one has its own."""
        usual = self._limits.get(ALL, CallLimits())
        own = by_question(self._limits, prompt_id, usual)
        return own if own.context else own.model_copy(update={"context": usual.context})

    async def _chat(self) -> "BaseChatModel":
        if self._opening is None or failed(self._opening):
            self._opening = asyncio.create_task(asyncio.to_thread(self._edge.open))
        return await asyncio.shield(self._opening)

    def _spent(self, message: "AIMessage") -> Spent:
        """What the call used, and of which version."""
        used = message.usage_metadata
        self._answered = message.response_metadata.get("model_name") or self._edge.model
        spent = Spent(
            self._answered,
            input_tokens=used["input_tokens"] if used else 0,
            cached_tokens=(used.get("input_token_details") or {}).get("cache_read") or 0 if used else 0,
            output_tokens=used["output_tokens"] if used else 0,
        )
        cost = self._edge.cost_usd(self._answered, spent)
        return replace(spent, cost_usd=cost)


def _shown(words: str, pictures: Sequence[SeenPicture]) -> Said:
    """Pictures before the words, as the library's standard blocks."""
    if not pictures:
        return words
    blocks: list[str | dict[str, Any]] = [
        {"type": "image", "base64": b64encode(one.data).decode(), "mime_type": one.media_type} for one in pictures
    ]
    return [*blocks, {"type": "text", "text": words}]


def failed(opening: "asyncio.Task[Any]") -> bool:
    """Whoever needs what it was to open tries again."""
    return opening.done() and (opening.cancelled() or opening.exception() is not None)


def _opening(ask: Ask[Answer]) -> str | None:
    """The first words of the story, or of its part, that a question is about: what the person looks for."""
    story = ask.inputs.get("story")
    return " ".join(story.split())[:MOST_LETTERS] if isinstance(story, str) else None


def stopped_by(message: "AIMessage") -> Stopped | None:
    """Why this message is no answer; None when it is one."""
    told = message.response_metadata
    if block := _word((told.get("prompt_feedback") or {}).get("block_reason")):
        return Stopped(block, at_prompt=True)
    if message.additional_kwargs.get("refusal"):
        return Stopped("refusal")
    reason = _word(next((told[name] for name in _REASONS if told.get(name)), None))
    reason = reason or _word((told.get("incomplete_details") or {}).get("reason"))
    if reason.upper() not in _DONE:
        return Stopped(reason)
    return None if message.text.strip() else Stopped("empty")


_REASONS = ("finish_reason", "stop_reason", "done_reason")
_DONE = {"", "STOP", "END_TURN", "STOP_SEQUENCE", "TOOL_USE", "TOOL_CALLS"}


def _word(reason: object) -> str:
    """Enums of the SDKs, their numbers and plain words alike."""
    return "" if reason is None else str(getattr(reason, "name", reason)).rsplit(".", 1)[-1]


def _read(kind: type[Answer], said: str) -> tuple[Answer | None, ValidationError | None]:
    # Checked from the text itself: LangChain's parser repairs what was cut off.
    try:
        return kind.model_validate_json(unfenced(said)), None
    except ValidationError as error:
        return None, error


def _unfit(ask: Ask[Answer], fault: ValidationError | None) -> AnswerInvalid:
    first = faults(fault)[0] if fault is not None else "empty"
    return AnswerInvalid(f"The model's answer is not what was asked for ({first}).", phase=ask.prompt_id)
