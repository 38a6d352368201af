"""How the stub answers: it reads the one fenced JSON block of inputs in a prompt and lets the offline models answer it.

Which prompt it is follows from `prompt_id` in the block, else from the names of its inputs. In the same block
`instructions` and `scopes` are wishes, as in `manga.revision.Revision`. Prompts that the offline models do not know
(a batch, a page plan) are answered by `Answering.own`, else with a sample of the schema.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, TypeAdapter

from manga.brief import Settings
from manga.characters import Cast
from manga.concept import Concept
from manga.errors import WishRefused
from manga.feedback import BookView, Plan
from manga.phases import Phase
from manga.plot import Plot
from manga.revision import Revision
from manga.storyboard import StoryboardDraft
from manga.values import Value
from offline.writer import OfflineWriter
from providers.base import Ask
from providers.process_pool import InlineOffload
from tests.gemini import plots, proposals, storyboards, wish_answers
from tests.gemini.schema import fitted, sample
from tests.gemini.wire import Json

Answerer = Callable[[Json], Any]
"""A block's inputs in, the answer as plain JSON out."""

_FENCE: Final = re.compile(r"^(`{3,}|~{3,})json[^\n]*\n(.*?)\n\1[ \t]*$", re.DOTALL | re.MULTILINE)
_KINDS: Final[dict[str, TypeAdapter[Any]]] = {
    "story": TypeAdapter(str),
    "settings": TypeAdapter(Settings),
    "concept": TypeAdapter(Annotated[Concept, BeforeValidator(plots.concept_of)]),
    "cast": TypeAdapter(Annotated[Cast, BeforeValidator(plots.cast_of)]),
    "plot": TypeAdapter(Plot),
    "sentence": TypeAdapter(str),
    "asked_at": TypeAdapter(Phase),
    "book": TypeAdapter(BookView),
}
"""The type of every input, by its name."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the offline models need to know of a prompt."""

    inputs: frozenset[str]
    output: type[Value]


ANSWERS: Final = {**storyboards.ANSWERS, **plots.ANSWERS, **proposals.ANSWERS, **wish_answers.ANSWERS}
"""Prompts whose answers no offline model gives as they are asked for."""

QUESTIONS: Final = {
    "concept": Question(frozenset({"story", "settings"}), Concept),
    "characters": Question(frozenset({"story", "concept", "settings"}), Cast),
    "plot": Question(frozenset({"story", "concept", "cast", "settings"}), Plot),
    "storyboard": Question(frozenset({"plot", "cast", "concept", "settings"}), StoryboardDraft),
    "feedback": Question(frozenset({"sentence", "asked_at", "book"}), Plan),
}


@dataclass(frozen=True, slots=True)
class Block:
    """The inputs found in a prompt, and whose they are: "" when no prompt of ours has such inputs."""

    prompt_id: str
    inputs: Json


def block_in(prompt: str) -> Block:
    """Raises ValueError when there are several blocks, which leaves open what is asked."""
    found = [data for _, text in _FENCE.findall(prompt) if isinstance(data := _json(text), dict)]
    if len(found) > 1:
        raise ValueError(f"{len(found)} fenced JSON blocks of inputs in one prompt")
    inputs = found[0] if found else {}
    return Block(str(inputs.get("prompt_id") or _named_by(inputs)), inputs)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _named_by(inputs: Json) -> str:
    held = [name for name, question in QUESTIONS.items() if question.inputs <= inputs.keys()]
    return max(held, key=lambda name: len(QUESTIONS[name].inputs), default="")


@dataclass(slots=True)
class Answering:
    """`own` answers by prompt id come before the offline models: plain JSON, or a function of the block's inputs."""

    own: dict[str, Any] = field(default_factory=dict)

    async def text(self, block: Block, schema: Json | None) -> str:
        """The words of the answer; with a schema they have its shape. Nothing of ours: a sample of the schema."""
        if block.prompt_id in self.own:
            own = self.own[block.prompt_id]
            return _written(own(block.inputs) if callable(own) else own)
        if block.prompt_id in ANSWERS:
            answer = ANSWERS[block.prompt_id](block.inputs)
            return _written(fitted(answer, schema) if schema else answer)
        if block.prompt_id not in QUESTIONS:
            return _written(sample(schema)) if schema else "The stub has nothing to say to that."
        data = await offline(block)
        return _written(fitted(data, schema) if schema else data)


def _written(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)


async def offline(block: Block) -> Json:
    """What the offline writer answers. Of a wish that it cannot carry out it says so in `refused`, and changes nothing.

    Raises ValueError when an input is missing or not of its type, MangaError when the writer has no answer.
    """
    question = QUESTIONS[block.prompt_id]
    if missing := sorted(question.inputs - block.inputs.keys()):
        raise ValueError(f"the block has no {', '.join(missing)}")
    told = dict(block.inputs)
    if "book" in told:
        told["book"] = wish_answers.book_of(told["book"], told["asked_at"])
    given = {name: _KINDS[name].validate_python(told[name], strict=False) for name in question.inputs}
    writer = OfflineWriter(InlineOffload())
    try:
        found: Value = await writer.answer(_ask(block, question, given))
    except WishRefused as error:
        found = await writer.answer(Ask(block.prompt_id, given, question.output))
        refused = {"wish": error.wish, "reason": error.message, "kept": error.kept}
        return {**found.to_json(), "refused": [refused]}
    return dict(found.to_json())


def _ask(block: Block, question: Question, given: Mapping[str, Any]) -> Ask[Any]:
    said = tuple(block.inputs.get("instructions") or ())
    scopes = [tuple(scope) for scope in block.inputs.get("scopes") or [()] * len(said)]
    wishes = tuple(zip(said, scopes, strict=True))
    return Ask(block.prompt_id, dict(given), question.output, Revision(wishes))
