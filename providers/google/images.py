"""Gemini's image models through Google's own client: LangChain would put every picture into its traces.

One call a picture, no retries (`agents/retry.py` has them). A panel is given as it came, for `agents/inking.py`; a
sheet is proved in a worker process. The library is imported at the first picture.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar

from pydantic import SecretStr

from manga.artwork import media_type_of
from manga.errors import AnswerInvalid, BriefRejected, CallRefused, MangaError, SetupIncomplete
from manga.panel_brief import PanelBrief
from providers.base import Offload, Picture, Sheet, SheetBrief
from providers.chat import Stopped
from providers.google.clients import Clients
from providers.google.errors import translated
from providers.google.image_answer import Drawn, drawn_in, faces_in, hands_in, sheet_of
from providers.google.image_prompt import SEEDS, SHEET_RATIO, ImagePrompts, Order, panel_order, sheet_order
from providers.google.image_sizes import PAINTERS, painter_of, ratio_for, size_for
from providers.google.prices import ImageSize, image_cost_usd
from providers.google.text import today

if TYPE_CHECKING:
    from google.genai.types import GenerateContentConfig, PartUnion

P = ParamSpec("P")
R = TypeVar("R")

SHEET_SIZE: Final[ImageSize] = "1K"
"""Enough to draw after, and several of them fit into one call."""


class GoogleImages:
    """An image model by its name, reached as `Clients` says; obeys the ImageModel port.

    Raises SetupIncomplete for a model that does not draw.
    """

    def __init__(
        self,
        model: str,
        key: SecretStr | None,
        prompts: ImagePrompts,
        offload: Offload,
        *,
        timeout_s: float,
        references: int | None = None,
        base_url: str | None = None,
        today: Callable[[], date] = today,
        project: str | None = None,
        location: str = "global",
        credentials: Any = None,
    ) -> None:
        painter = painter_of(model, references)
        if painter is None:
            raise SetupIncomplete(
                f"{model} is to draw, and it is no image model of Google's that Mangaka knows.",
                remedy=f"Set MANGA_IMAGE_MODEL to {', '.join(known.model for known in PAINTERS)} or offline.",
            )
        self._model = model
        self._painter = painter
        self._prompts = prompts
        self._offload = offload
        self._timeout_s = timeout_s
        self._today = today
        self._useless: dict[int, int] = {}
        self._clients = Clients(key, timeout_s, base_url, project, location, credentials)

    def __repr__(self) -> str:
        return f"GoogleImages({self._model})"

    @property
    def name(self) -> str:
        return self._model

    @property
    def paid(self) -> bool:
        return True

    @property
    def most_sheets(self) -> int:
        return self._painter.most_sheets

    async def draw(self, brief: PanelBrief, sheets: Sequence[Sheet] = (), *, simplified: bool = False) -> Picture:
        """The picture as it came. Raises ProviderError, ContentBlocked."""
        order = panel_order(brief, sheets, self._prompts, most_sheets=self.most_sheets, simplified=simplified)
        ratio = ratio_for(brief.width_mm, brief.height_mm)
        size = size_for(brief.width_mm, brief.height_mm, self._painter.sizes)
        with self._tried(order) as asked:
            drawn = await self._drawn(asked, ratio, size, brief.panel)
        return Picture(
            data=drawn.data,
            media_type=media_type_of(drawn.data),
            width=brief.width_mm,
            height=brief.height_mm,
            found_by="direction",
            model=drawn.model,
            prompt_hash=order.hash,
            cost_usd=self._cost_usd(drawn, size),
            told_faces=faces_in(drawn.words, {person.key for person in brief.cast}),
            told_hands=hands_in(drawn.words),
        )

    async def draw_sheet(self, brief: SheetBrief) -> Picture:
        """The picture as it came. Raises ProviderError, ContentBlocked."""
        order = sheet_order(brief, self._prompts)
        with self._tried(order) as asked:
            drawn = await self._drawn(asked, SHEET_RATIO, SHEET_SIZE, brief.character.key)
            sheet = await self._made(drawn, SHEET_SIZE, sheet_of, drawn.data, brief.character.key)
        return Picture(
            data=sheet.data,
            media_type=sheet.media_type,
            width=sheet.width,
            height=sheet.height,
            found_by="direction",
            ink=sheet.ink,
            model=drawn.model,
            prompt_hash=order.hash,
            cost_usd=self._cost_usd(drawn, SHEET_SIZE),
        )

    async def aclose(self) -> None:
        """On the event loop of the pictures."""
        await self._clients.aclose()

    @contextmanager
    def _tried(self, order: Order) -> Iterator[Order]:
        """The order to put. One that was answered without a picture gets another seed: by its own it would be again."""
        tries = self._useless.get(order.seed, 0)
        try:
            yield replace(order, seed=(order.seed + tries) % SEEDS)
        except AnswerInvalid:
            self._useless[order.seed] = tries + 1
            raise
        self._useless.pop(order.seed, None)

    async def _drawn(self, order: Order, ratio: str, size: ImageSize, element: str) -> Drawn:
        """Nothing of the provider's error stays on ours: it may hold a key or the prompt."""
        try:
            found = await self._called(order, ratio, size)
        except Exception as error:
            failure = translated(error, self._model)
            if failure is None:
                raise
        else:
            if isinstance(found, Drawn):
                return found
            failure = translated(found, self._model)
        raise _of_a_picture(failure, self._model, element)

    async def _made(
        self, drawn: Drawn, size: ImageSize, make: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """What is made of an answer. One that is of no use is paid for all the same, and the error says how much."""
        try:
            return await self._offload.run(make, *args, **kwargs)
        except AnswerInvalid as error:
            error.cost_usd = self._cost_usd(drawn, size)
            raise

    async def _called(self, order: Order, ratio: str, size: ImageSize) -> Drawn | Stopped:
        client = await self._clients.get()
        contents, config = self._request(order, ratio, size)
        async with asyncio.timeout(self._timeout_s):
            answer = await client.aio.models.generate_content(model=self._model, contents=contents, config=config)
        return drawn_in(answer, self._model)

    def _request(self, order: Order, ratio: str, size: ImageSize) -> "tuple[list[PartUnion], GenerateContentConfig]":
        from google.genai import types

        sheets = [types.Part.from_bytes(data=sheet.data, mime_type=sheet.media_type) for sheet in order.sheets]
        config = types.GenerateContentConfig(
            seed=order.seed,
            response_modalities=["TEXT", "IMAGE"],
            # A model of one size refuses to be told it.
            image_config=types.ImageConfig(
                aspect_ratio=ratio, image_size=size if len(self._painter.sizes) > 1 else None
            ),
            safety_settings=[
                types.SafetySetting(category=types.HarmCategory[category], threshold=types.HarmBlockThreshold[level])
                for category, level in _SAFETY
            ],
            automatic_function_calling=types.AutomaticFunctionCallingConfig(disable=True),
        )
        return [*sheets, types.Part.from_text(text=order.text)], config

    def _cost_usd(self, drawn: Drawn, size: ImageSize) -> float:
        """0 when the price is not known: a picture has no place for that."""
        cost = image_cost_usd(
            drawn.model,
            self._today(),
            input_tokens=drawn.input_tokens,
            word_tokens=drawn.word_tokens,
            image_tokens=drawn.image_tokens,
            size=size,
        )
        return cost or 0.0


_SAFETY: Final = (
    ("HARM_CATEGORY_HARASSMENT", "BLOCK_ONLY_HIGH"),
    ("HARM_CATEGORY_HATE_SPEECH", "BLOCK_ONLY_HIGH"),
    ("HARM_CATEGORY_DANGEROUS_CONTENT", "BLOCK_ONLY_HIGH"),
    ("HARM_CATEGORY_SEXUALLY_EXPLICIT", "BLOCK_MEDIUM_AND_ABOVE"),
)
"""Stories have fights, guns and deaths in them; Google's own bounds still hold."""


def _of_a_picture(failure: MangaError | None, model: str, element: str) -> MangaError:
    """The same error as a picture's: which one, and what helps the person who wants pictures."""
    failure = failure or AnswerInvalid()
    if isinstance(failure, BriefRejected):
        failure = CallRefused(f"{model} cannot read so long a direction.")
    failure.remedy = failure.remedy.replace("MANGA_TEXT_MODEL=offline", "MANGA_IMAGE_MODEL=offline")
    failure.phase, failure.element = failure.phase or "artwork", element
    return failure
