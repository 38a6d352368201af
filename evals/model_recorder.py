"""Records a real model's answers at the ports, and answers them again to exactly the same question.

The key is the model, the prompt's hash, the rendered prompt, the schema and the parameters. A prompt that has changed
by one letter has another key: its old answer is never replayed. A recording is one file of indented JSON, question and
answer, that a person can read.
"""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol

from manga.errors import WishRefused
from providers.base import Answer, Ask, TextModel
from providers.model_wrappers import RoutedText, WrappedText
from providers.question_text import PromptFile, rendered
from providers.schemas import answer_schema
from providers.wishes_refused_by_model import asked_type

_REFUSED: Final = "wish refused"


class NotRecorded(LookupError):
    """Nobody has answered exactly this question, and the tape is only played."""


class Prompt(PromptFile, Protocol):
    """A prompt file and the hash of its content."""

    @property
    def hash(self) -> str: ...


class Prompts(Protocol):
    """All prompts by id: `prompts.library.PromptLibrary`."""

    def get(self, prompt_id: str) -> Prompt: ...


@dataclass(frozen=True, slots=True)
class RecordedQuestion:
    """All that an answer depends on. `about` names the file; `parameters` and `schema` are plain JSON."""

    about: str
    model: str
    prompt_hash: str
    rendered: Sequence[str]
    schema: Mapping[str, Any] = field(default_factory=dict)
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def plain(self) -> Any:
        return json.loads(json.dumps(asdict(self), ensure_ascii=False))

    @property
    def key(self) -> str:
        return hashlib.sha256(json.dumps(self.plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Tape:
    """Answers as files, one a question, in `folder`. `records` False: it is only played."""

    folder: Path
    records: bool = True

    def get(self, question: RecordedQuestion) -> Any:
        """The answer's plain JSON; None when it may be recorded now. Raises NotRecorded."""
        file = self.file_of(question)
        if file.is_file():
            kept = json.loads(file.read_text(encoding="utf-8"))
            if kept["question"] == question.plain:
                return kept["answer"]
        if not self.records:
            raise NotRecorded(f"no answer of {question.model} to {question.about} ({question.key[:16]}) on the tape")
        return None

    def put(self, question: RecordedQuestion, answer: Any) -> None:
        kept = {"question": question.plain, "answer": answer}
        self.write(self.file_of(question), json.dumps(kept, ensure_ascii=False, indent=1).encode())

    def file_of(self, question: RecordedQuestion) -> Path:
        return self.folder / f"{question.about}-{question.key[:16]}.json"

    def write(self, file: Path, data: bytes) -> None:
        """Whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f".{file.name}.{os.getpid()}")
        draft.write_bytes(data)
        draft.replace(file)


@dataclass(frozen=True, slots=True)
class RecordedText(WrappedText):
    """A TextModel in front of another that is asked through `prompts`. A replayed answer takes no turn and costs
    nothing. `parameters` is what else was told to the model."""

    inner: TextModel
    tape: Tape
    prompts: Prompts
    parameters: Mapping[str, Any] = field(default_factory=dict)

    async def answer(self, ask: Ask[Answer]) -> Answer:
        """Raises NotRecorded, and what the model raises. A refused wish is an answer; other errors are not recorded."""
        question = self.question(ask)
        kept = self.tape.get(question)
        if kept is None:
            kept = await self._recorded(question, ask)
        if set(kept) == {_REFUSED}:
            told = kept[_REFUSED]
            raise WishRefused(told["reason"], phase=ask.prompt_id, wish=told["wish"], kept=told["kept"])
        return ask.output_type.of(kept)

    async def _recorded(self, question: RecordedQuestion, ask: Ask[Any]) -> Any:
        try:
            kept = (await self.inner.answer(ask)).to_json()
        except WishRefused as error:
            kept = {_REFUSED: {"reason": error.message, "wish": error.wish, "kept": error.kept}}
        self.tape.put(question, kept)
        return kept

    def question(self, ask: Ask[Any]) -> RecordedQuestion:
        """What the model is asked, as it reads it."""
        asked = self.inner.model_for(ask.prompt_id) if isinstance(self.inner, RoutedText) else self.inner
        return RecordedQuestion(
            ask.prompt_id,
            asked.name,
            self.prompts.get(ask.prompt_id).hash,
            rendered(ask, self.prompts),
            answer_schema(asked_type(ask)),
            self.parameters,
        )
