"""The stub as an ASGI application: a request in, one answer or one fault out."""

import asyncio
import pickle
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final, ParamSpec

from manga.errors import MangaError
from providers.base import Offload
from tests.gemini import models, wire
from tests.gemini.answering import Answering, Block, block_in
from tests.gemini.calls import Call, Transcript, digest_of
from tests.gemini.faults import FAULTS, AnswerFault, HttpFault, LineFault
from tests.gemini.line import Answered, Receive, Request, Send, request_of
from tests.gemini.pictures import Shown, brief_of, card, panel, sheet, sheet_of
from tests.gemini.plan import Asked, Plan
from tests.gemini.wire import Json

P = ParamSpec("P")
STREAMED: Final = "streamGenerateContent"
VERBS: Final = ("generateContent", STREAMED, "countTokens")
PICTURES: Final = ("artwork", "artwork_simplified", "sheet")
"""Our prompts for pictures."""


@dataclass(slots=True)
class Desk:
    """All that the tests set and the application reads. `released` lets calls with the fault `slow` go on.

    `takes` says how many seconds a model takes for a call (at least: the stub draws meanwhile). With `kept` a picture
    is drawn once for all who ask for the same: measures of the product are not to be of the stub.

    Without a `media_type` pictures are PNG, and JPEG for some calls of our own prompts; without `sketches` some of
    these calls get one of the model's thinking too. Which ones follows from the request.
    """

    plan: Plan = field(default_factory=Plan)
    transcript: Transcript = field(default_factory=Transcript)
    answering: Answering = field(default_factory=Answering)
    routes: dict[str, str] = field(default_factory=dict)
    draws_panels: bool = True
    media_type: str | None = None
    sketches: bool | None = None
    released: asyncio.Event = field(default_factory=asyncio.Event)
    takes: Callable[[Call], float] = lambda call: 0.0
    kept: dict[bytes, Shown] | None = None


@dataclass(frozen=True, slots=True)
class App:
    """The ASGI application. Drawing goes through `offload`, because pdfium is not thread-safe."""

    desk: Desk
    offload: Offload

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        request = await request_of(scope, receive, send)
        name, _, verb = request.path.rpartition("/")[2].partition(":")
        if not request.caller:
            await request.answer(_error(403, "PERMISSION_DENIED", "Method doesn't allow unregistered callers."))
        elif request.method == "GET":
            await request.answer(_looked_up(name))
        elif name not in models.MODELS or verb not in VERBS:
            await request.answer(_not_found(name, verb))
        elif verb == "countTokens":
            await request.answer(_counted(request.body))
        else:
            await self._called(models.MODELS[name], verb, request)

    async def _called(self, model: models.Model, verb: str, request: Request) -> None:
        try:
            block = block_in(wire.told(request.body))
        except ValueError as error:
            await request.answer(_error(400, "INVALID_ARGUMENT", str(error)))
            return
        asked = Asked(model.name, model.draws, block.prompt_id, digest_of(model.name, request.body))
        fault = self.desk.plan.fault_of(asked)
        call = self.desk.transcript.begin(
            verb, asked, request.body, request.server_timeout_s, fault, caller=request.caller
        )
        try:
            await self._carried_out(call, block, request)
        finally:
            self.desk.transcript.end(call)

    async def _carried_out(self, call: Call, block: Block, request: Request) -> None:
        """What is told of the call is written down before the client can see its end."""
        fault = FAULTS[call.fault] if call.fault else None
        how = fault.what if isinstance(fault, LineFault) else ""
        if how == "hang":
            await request.gone()
        if how in ("hang", "cut"):
            request.cut()
            return
        if how == "slow":
            await self.desk.released.wait()
        if isinstance(fault, HttpFault):
            answered = Answered(fault.status, fault.body)
        else:
            answered = await self._answer(call, block, request.body)
            await asyncio.sleep(call.began + self.desk.takes(call) - time.monotonic())
        if isinstance(fault, AnswerFault) and answered.status == 200 and isinstance(answered.body, dict):
            answered = Answered(200, fault.spoil(answered.body))
        self.desk.transcript.tell(call, answered.status, answered.usage)
        if how == "cut_body":
            await request.answer_half(answered)
        elif call.verb == STREAMED and answered.status == 200:
            await request.stream(answered, _INSTEAD.get(how))
        else:
            await request.answer(answered)

    async def _answer(self, call: Call, block: Block, body: Json) -> Answered:
        model = models.MODELS[call.model]
        if wrong := next(models.refusals(model, body), None):
            return _error(400, "INVALID_ARGUMENT", wrong)
        version = self.desk.routes.get(call.model, call.model)
        if model.draws:
            return Answered(200, await self._drawn(call, block, body, version))
        try:
            text = await self.desk.answering.text(block, wire.schema_of(body))
        except (ValueError, MangaError) as error:
            return _error(400, "INVALID_ARGUMENT", f"The stub cannot answer {block.prompt_id}: {error}")
        return Answered(200, wire.text_answer(version, call.number, call.words, text))

    async def _drawn(self, call: Call, block: Block, body: Json, version: str) -> Json:
        chance = int(call.digest[:8], 16) if block.prompt_id in PICTURES else 0
        media_type = self.desk.media_type or ("image/jpeg" if chance % 3 == 1 else "image/png")
        sketched = chance % 4 == 1 if self.desk.sketches is None else self.desk.sketches
        sketch = card("a sketch", 0, 256, 256, "image/png") if sketched else None
        shown = await self._picture(call, block, body, media_type)
        says = shown.says if "TEXT" in call.config.get("responseModalities", ("TEXT",)) else ""
        return wire.image_answer(version, call.number, call.words, shown.data, media_type, says=says, sketch=sketch)

    async def _picture(self, call: Call, block: Block, body: Json, media_type: str) -> Shown:
        width, height = models.pixels_of(body)
        if self.desk.draws_panels:
            if views := sheet_of(block.inputs):
                return await self._kept(sheet, views, width, height, media_type)
            if (brief := brief_of(block.inputs, width, height)) is not None:
                return await self._kept(panel, brief, width, height, media_type)
        seed = call.config.get("seed") or 0
        return Shown(card(call.words, seed, width, height, media_type), "Here is the image.")

    async def _kept(self, draw: Callable[P, Shown], /, *args: P.args, **kwargs: P.kwargs) -> Shown:
        """As it was drawn before, where the stub keeps pictures."""
        name = sha256(pickle.dumps((draw.__name__, args, kwargs))).digest()
        if self.desk.kept is not None and name in self.desk.kept:
            return self.desk.kept[name]
        shown = await self.offload.run(draw, *args, **kwargs)
        if self.desk.kept is not None:
            self.desk.kept[name] = shown
        return shown


def _looked_up(name: str) -> Answered:
    if name == "models":
        return Answered(200, models.listing())
    model = models.MODELS.get(name)
    return Answered(200, models.listed(model)) if model else _not_found(name, "get")


def _counted(body: Json) -> Answered:
    return Answered(200, {"totalTokens": wire.tokens(wire.prompt_of(body.get("generateContentRequest") or body))})


def _not_found(name: str, verb: str) -> Answered:
    return _error(404, "NOT_FOUND", f"models/{name} is not found for API version v1beta, or not supported for {verb}.")


def _error(code: int, status: str, message: str) -> Answered:
    return Answered(code, wire.error(code, status, message))


_INSTEAD: Final[dict[str, tuple[Answered, ...]]] = {
    "stream_cut": (),
    "stream_err": (_error(503, "UNAVAILABLE", "The model is overloaded. Please try again later."),),
}
