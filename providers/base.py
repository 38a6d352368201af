"""The two ports to outside models, and the values that pass through them.

Text: `TextModel.answer(Ask) -> output`. Pictures: `ImageModel.draw(PanelBrief) -> Picture`.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Generic, Literal, ParamSpec, Protocol, TypeVar

from pydantic import Field

from manga.artwork import Breakout, Drawn, FigureAnchors, FoundBy, MediaType, PictureMap
from manga.characters import Character
from manga.geometry import Rect
from manga.panel_brief import PanelBrief
from manga.revision import UNREVISED, Revision
from manga.values import Share, Value

Answer = TypeVar("Answer", bound=Value)
P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Spent:
    """What one call of a model used. `model` is the version that answered; output counts thinking, input what was
    cached. `cost_usd` None: the model's price is not known. A call that failed used nothing that we were told of.
    """

    model: str
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = 0.0


def unheard(spent: Spent) -> None:
    """Nobody counts."""


def unlistened(letters: int) -> None:
    """Nobody is told how far an answer has come."""


async def at_once() -> None:
    """No call has to wait for its turn."""


@dataclass(frozen=True, slots=True)
class Fact:
    """An input that rules read as a value and chat models in the words of a prompt, which leave out what only code
    reads."""

    value: Any
    told: Any


@dataclass(frozen=True, slots=True)
class SeenPicture:
    """A picture that goes along with a question, for models that can see."""

    data: bytes
    media_type: MediaType


@dataclass(frozen=True, slots=True)
class Ask(Generic[Answer]):
    """One question to a text model.

    `inputs` are typed values (or a `Fact`) by name, the ones that the prompt file declares; adapters render them, the
    offline writer dispatches on `prompt_id` and reads them directly. `revision` is all that people asked for so far,
    and the result to revise, when there is one. `turn` is awaited before every call that the question takes, and may
    raise instead (`QuotaExhausted`); `spent` is told of every call after it, and `heard` of every piece of an answer
    while it comes: how many letters it has.
    """

    prompt_id: str
    inputs: dict[str, Any]
    output_type: type[Answer]
    revision: Revision[Answer] = UNREVISED
    may_refuse: bool = True
    """May a wish be refused here? Not where only a part of what it is about is seen."""
    answer_tokens: int = 1000
    """About as many tokens as the answer takes: room that the question leaves free."""
    pictures: tuple[SeenPicture, ...] = ()
    spent: Callable[[Spent], None] = unheard
    turn: Callable[[], Awaitable[None]] = at_once
    heard: Callable[[int], None] = unlistened

    def values(self) -> dict[str, Any]:
        """The inputs as rules read them."""
        return {name: one.value if isinstance(one, Fact) else one for name, one in self.inputs.items()}


class Room(Protocol):
    """How much one question to a model may hold; agents ask about as much at once as it holds."""

    def holds(self, ask: Ask[Any]) -> bool: ...


class AmpleRoom:
    """Holds every question that agents usually ask."""

    def holds(self, ask: Ask[Any]) -> bool:
        return True


AMPLE: Final = AmpleRoom()


class TextModel(Protocol):
    """A model that answers in a declared type."""

    @property
    def name(self) -> str:
        """Stays the same as long as it lives: digests hang on it."""
        ...

    def answers(self, prompt_id: str) -> bool:
        """Is there an answer to this question? Rules answer some; a chat model all that there is a prompt for."""
        ...

    def room(self, prompt_id: str) -> Room | None:
        """How much one question of this kind may hold. None: everything at once, since no word of it costs anything;
        such a model reads the values of an Ask, and answers with finished ones."""
        ...

    async def answer(self, ask: Ask[Answer]) -> Answer:
        """Raises ProviderError, or ContentBlocked."""
        ...


class CallLimits(Value):
    """What one call of a chat model may use. None: the provider's own."""

    thinking: Literal["low", "medium", "high"] | None = None
    output_tokens: int | None = Field(default=None, ge=256, le=1_000_000)
    context: int | None = Field(default=None, ge=8000, le=10_000_000)
    """Tokens of a question and its answer together: the context that a model of one's own is served with."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn panel: encoded image, or drawing calls as JSON bytes. Anchors are shares of the picture.

    `found_by` says who told where the figures are: the artist knows, a model says so, a detector sees them, or they are
    only expected where they were directed to be.
    """

    data: bytes
    media_type: MediaType
    width: float
    height: float
    figures: tuple[FigureAnchors, ...] = ()
    found_by: FoundBy = "artist"
    ink: Share = 0.0
    model: str = ""
    prompt_hash: str = ""
    cost_usd: float = 0.0
    missing: tuple[str, ...] = field(default=())
    breakout: Breakout | None = None
    drawn: Drawn | None = None
    """What the artist says that it has drawn; None where it does not tell."""
    where: PictureMap | None = None
    faults: tuple[str, ...] = ()
    """What is wrong with it, as a model that looked at it says, or as was found in its pixels."""
    told_faces: tuple[tuple[str, Rect], ...] | None = None
    """Of a picture that is still as its model gave it, to be cut, inked and toned: the faces that the model tells, by
    character key, as shares of the picture. None: it is ready for the page."""
    told_hands: tuple[Rect, ...] = ()
    """Hands that hold or touch something, as its model tells."""


class SheetBrief(Value):
    """Everything that one character sheet depends on: who, in which style. Another `take` gives another picture."""

    character: Character
    art_style: str = ""
    period: str = "modern"
    color: bool = False
    take: int = 0
    seed: int = 0
    culture: str = Field(default="", description="whose houses, clothes and things the story has")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The reference picture of one character, by key; of one thing, by its word; or of a place, by its words. `named`:
    the character is only spoken of, by this name, and is not directed to be seen. `rough`: our own composition."""

    character: str
    data: bytes
    media_type: MediaType
    thing: str = ""
    place: str = ""
    named: str = ""
    rough: bool = False


class ImageModel(Protocol):
    """A model that draws a panel."""

    @property
    def name(self) -> str: ...

    @property
    def paid(self) -> bool:
        """Does a picture cost money, or count against a provider's limits?"""
        ...

    @property
    def most_sheets(self) -> int:
        """How many reference pictures a panel may be drawn after; 0: none, because it draws from words alone."""
        ...

    async def draw(self, brief: PanelBrief, sheets: Sequence[Sheet] = (), *, simplified: bool = False) -> Picture:
        """One call. `simplified` asks for it in fewer and plainer words. Raises ProviderError, or ContentBlocked."""
        ...

    async def draw_sheet(self, brief: SheetBrief) -> Picture:
        """One call. A sheet, for models that draw after sheets. Raises ProviderError, or ContentBlocked."""
        ...


class Offload(Protocol):
    """Runs pure CPU work away from the event loop."""

    async def run(self, work: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R: ...
