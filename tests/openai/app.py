"""The stub as an ASGI application: a request in, one answer or one fault out."""

import json
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from manga.errors import MangaError
from tests.gemini.answering import Answering, Block, block_in
from tests.gemini.line import Receive, Send
from tests.gemini.wire import Json
from tests.openai import wire
from tests.openai.faults import FAULTS, AnswerFault, HttpFault, LineFault


@dataclass(frozen=True, slots=True)
class Call:
    """One call. `status` is 0 while it runs, and stays so when no answer was sent; `usage` is what would be billed."""

    number: int
    model: str
    prompt_id: str
    words: str
    schema: Json | None
    fault: str | None = None
    status: int = 0
    usage: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """`times` calls from the `first` one on, of those with the prompt where one is named."""

    fault: str
    first: int = 1
    times: int = 1
    prompt: str | None = None


@dataclass(slots=True)
class Desk:
    """All that the tests set and the application reads."""

    answering: Answering = field(default_factory=Answering)
    rules: list[Rule] = field(default_factory=list)
    seen: Counter[int] = field(default_factory=Counter)
    calls: dict[int, Call] = field(default_factory=dict)
    context: int | None = None
    """Tokens of a question and its answer together; what needs more is refused, as a server of one's own does it."""
    listed: dict[str, Json] = field(default_factory=dict)
    """What a server of one's own tells whoever asks, by path: its models, and how much they hold."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, body: Json, block: Block) -> Call:
        with self.lock:
            fault = self._fault_of(block.prompt_id)
            number = len(self.calls) + 1
            call = Call(number, body["model"], block.prompt_id, wire.told(body), wire.schema_of(body), fault)
            self.calls[number] = call
            return call

    def _fault_of(self, prompt: str) -> str | None:
        """Counted in every rule that the call belongs to; the first that chooses it has it."""
        found = None
        for place, rule in enumerate(self.rules):
            if rule.prompt in (None, prompt):
                self.seen[place] += 1
                if rule.first <= self.seen[place] < rule.first + rule.times:
                    found = found or rule.fault
        return found

    def end(self, call: Call, status: int, usage: Json) -> None:
        with self.lock:
            self.calls[call.number] = replace(call, status=status, usage=usage)


@dataclass(frozen=True, slots=True)
class App:
    """The ASGI application. No key is kept."""

    desk: Desk

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        headers = {name.decode().lower(): value.decode() for name, value in scope["headers"]}
        data = await _read(receive)
        if scope["method"] == "GET" and (told := self.desk.listed.get(scope["path"])) is not None:
            await _answer(send, HttpFault(200, told))
        elif not headers.get("authorization", "").startswith("Bearer "):
            fault = wire.error("You didn't provide an API key.", "invalid_request_error")
            await _answer(send, HttpFault(401, fault))
        elif (scope["method"], scope["path"]) != ("POST", "/v1/chat/completions"):
            await _answer(send, HttpFault(404, wire.error("Unknown request URL.", "invalid_request_error")))
        else:
            await self._called(json.loads(data), scope, receive, send)

    async def _called(self, body: Json, scope: Any, receive: Receive, send: Send) -> None:
        block = block_in(wire.told(body))
        call = self.desk.begin(body, block)
        fault = FAULTS[call.fault] if call.fault else None
        if isinstance(fault, LineFault) and fault.what != "cut_body":
            if fault.what == "hang":
                await _gone(receive)
            scope["state"]["cut"]()
            return
        answered = fault if isinstance(fault, HttpFault) else await self._answered(call, body, block, fault)
        usage = answered.body.get("usage", {}) if isinstance(answered.body, dict) else {}
        self.desk.end(call, answered.status, usage)
        if body.get("stream") and answered.status == 200 and isinstance(answered.body, dict):
            used = bool((body.get("stream_options") or {}).get("include_usage"))
            answered = replace(answered, body=wire.in_pieces(answered.body, used=used))
        if isinstance(fault, LineFault):
            await _answer(send, answered, share=0.5)
            scope["state"]["cut"]()
        else:
            await _answer(send, answered)

    async def _answered(self, call: Call, body: Json, block: Block, fault: AnswerFault | LineFault | None) -> HttpFault:
        try:
            text = await self.desk.answering.text(block, call.schema)
            if self.desk.context is not None and (needs := wire.needed(body, text)) > self.desk.context:
                return HttpFault(400, wire.context_exceeded(needs, self.desk.context))
        except (ValueError, MangaError) as error:
            return HttpFault(400, wire.error(f"The stub cannot answer {block.prompt_id}: {error}", "stub"))
        good = wire.completion(f"{call.model}-2026-11-01", call.number, call.words, text)
        return HttpFault(200, fault.spoil(good) if isinstance(fault, AnswerFault) else good)


async def _read(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    return body


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _kind(body: Json | bytes) -> str:
    if isinstance(body, bytes):
        return "text/event-stream" if body.startswith(b"data: ") else "text/html"
    return "application/json"


async def _answer(send: Send, answered: HttpFault, share: float = 1.0) -> None:
    body = answered.body
    data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    told: Mapping[str, str] = {
        "content-type": _kind(body),
        "content-length": str(len(data)),
        **answered.headers,
    }
    headers = [(name.encode(), value.encode()) for name, value in told.items()]
    await send({"type": "http.response.start", "status": answered.status, "headers": headers})
    await send({"type": "http.response.body", "body": data[: int(len(data) * share)], "more_body": share < 1})
