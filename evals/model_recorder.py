"""Records a real model's answers at the ports, and answers them again to exactly the same question.

The key is the model, the prompt's hash, the rendered prompt, the schema and the parameters. A prompt that has changed
by one letter has another key: its old answer is never replayed. A recording is one file of indented JSON, question and
answer, that a person can read; a picture lies beside it.
"""

import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final, Protocol

from pydantic import TypeAdapter

from manga.errors import WishRefused
from manga.panel_brief import PanelBrief
from providers.base import Answer, Ask, ImageModel, Picture, Sheet, SheetBrief, TextModel
from providers.model_wrappers import (
    RoutedText,
    WrappedImages,
    WrappedText,
)
from providers.question_text import PromptFile, rendered
from providers.refused_wishes import asked_type
from providers.schemas import answer_schema

_PICTURE: TypeAdapter[Picture] = TypeAdapter(Picture)
_REFUSED: Final = "wish refused"
_ENDINGS: Final = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


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

    def file_of(self, question: RecordedQuestion, ending: str = "json") -> Path:
        return self.folder / f"{question.about}-{question.key[:16]}.{ending}"

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


@dataclass(frozen=True, slots=True)
class Words:
    """What a picture is asked for with: the prompt file's hash, and the rendered prompt."""

    prompt_hash: str
    rendered: str


Ordered = Callable[[PanelBrief | SheetBrief, Sequence[Sheet], bool], Words]
"""A brief, the sheets, and whether it is asked for in fewer words: what the model reads."""


@dataclass(frozen=True, slots=True)
class RecordedImages(WrappedImages):
    """An ImageModel in front of another. The whole brief and the bytes of all sheets are part of the question."""

    inner: ImageModel
    tape: Tape
    words: Ordered
    parameters: Mapping[str, Any] = field(default_factory=dict)

    async def draw(self, brief: PanelBrief, sheets: Sequence[Sheet] = (), *, simplified: bool = False) -> Picture:
        """Raises NotRecorded, and what the image model raises: errors are not recorded."""
        question = self.question("panel", brief, sheets, simplified)
        return await self._kept(question, partial(self.inner.draw, brief, sheets, simplified=simplified))

    async def draw_sheet(self, brief: SheetBrief) -> Picture:
        """As `draw`."""
        return await self._kept(self.question("sheet", brief, (), False), partial(self.inner.draw_sheet, brief))

    def question(
        self, about: str, brief: PanelBrief | SheetBrief, sheets: Sequence[Sheet], simplified: bool
    ) -> RecordedQuestion:
        """What the image model is asked."""
        words = self.words(brief, sheets, simplified)
        told = {
            **self.parameters,
            "brief": brief.to_json(),
            "sheets": [[sheet.character, hashlib.sha256(sheet.data).hexdigest()] for sheet in sheets],
            "simplified": simplified,
        }
        return RecordedQuestion(about, self.inner.name, words.prompt_hash, (words.rendered,), parameters=told)

    async def _kept(self, question: RecordedQuestion, draw: Callable[[], Any]) -> Picture:
        kept = self.tape.get(question)
        if kept is not None:
            data = (self.tape.folder / kept["data"]).read_bytes()
            return _PICTURE.validate_python({**kept, "data": data})
        picture: Picture = await draw()
        file = self.tape.file_of(question, _ENDINGS.get(picture.media_type, "bin"))
        self.tape.write(file, picture.data)
        plain = _PICTURE.dump_python(picture, mode="python") | {"data": file.name}
        self.tape.put(question, json.loads(json.dumps(plain, default=_plain)))
        return picture


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json")
