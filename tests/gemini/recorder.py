"""A recorder at the ports: what a real mind answered once is answered again, to exactly the same question.

The key is the model, the prompt's hash, the rendered prompt, the schema and the parameters. A prompt that has changed
by one letter has another key: its old answer is never replayed.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from providers.base import Answer, Ask, ImageModel, PanelBrief, Picture, Sheet, SheetBrief, TextModel

_PICTURE: TypeAdapter[Picture] = TypeAdapter(Picture)


class NotRecorded(LookupError):
    """Nobody has answered exactly this question, and the tape is only played."""


@dataclass(frozen=True, slots=True)
class Question:
    """All that an answer depends on. `parameters` and `schema` are plain JSON."""

    model: str
    prompt_hash: str
    rendered: str
    schema: Mapping[str, Any] = field(default_factory=dict)
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def written(self) -> str:
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)

    @property
    def key(self) -> str:
        return hashlib.sha256(self.written.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Words:
    """What a question is sent as: the prompt file's hash, and the rendered prompt."""

    prompt_hash: str
    rendered: str


@dataclass(frozen=True, slots=True)
class Tape:
    """Answers as files, one a question, in `folder`. `records` False: it is only played."""

    folder: Path
    records: bool = True

    def get(self, question: Question) -> Any:
        """The answer's plain JSON; None when it may be recorded now. Raises NotRecorded."""
        file = self._file(question)
        if file.is_file():
            kept = json.loads(file.read_text(encoding="utf-8"))
            if kept["question"] == json.loads(question.written):
                return kept["answer"]
        if not self.records:
            raise NotRecorded(f"no answer of {question.model} to this question ({question.key[:12]}) on the tape")
        return None

    def put(self, question: Question, answer: Any) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        kept = {"question": json.loads(question.written), "answer": answer}
        self._file(question).write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")

    def _file(self, question: Question) -> Path:
        return self.folder / f"{question.key}.json"


@dataclass(frozen=True, slots=True)
class RecordedText:
    """A TextModel in front of another. `words` renders a question as that one does."""

    mind: TextModel
    tape: Tape
    words: Callable[[Ask[Any]], Words]
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.mind.name

    def takes_whole(self, prompt_id: str) -> bool:
        return self.mind.takes_whole(prompt_id)

    async def answer(self, ask: Ask[Answer]) -> Answer:
        """Raises NotRecorded, and what the mind raises: errors are not recorded."""
        words, schema = self.words(ask), ask.output_type.model_json_schema()
        question = Question(self.mind.name, words.prompt_hash, words.rendered, schema, self.parameters)
        kept = self.tape.get(question)
        if kept is not None:
            return ask.output_type.of(kept)
        answer = await self.mind.answer(ask)
        self.tape.put(question, answer.to_json())
        return answer


@dataclass(frozen=True, slots=True)
class RecordedImages:
    """An ImageModel in front of another. The whole brief is part of the question, beside its rendered prompt."""

    hand: ImageModel
    tape: Tape
    words: Callable[[PanelBrief], Words]
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.hand.name

    @property
    def paid(self) -> bool:
        return self.hand.paid

    @property
    def most_sheets(self) -> int:
        return self.hand.most_sheets

    async def draw_sheet(self, brief: SheetBrief) -> Picture:
        return await self.hand.draw_sheet(brief)

    async def draw(self, brief: PanelBrief, sheets: Sequence[Sheet] = (), *, simplified: bool = False) -> Picture:
        """Raises NotRecorded, and what the hand raises: errors are not recorded."""
        words = self.words(brief)
        told = {**self.parameters, "brief": brief.to_json()}
        question = Question(self.hand.name, words.prompt_hash, words.rendered, parameters=told)
        kept = self.tape.get(question)
        if kept is not None:
            return _PICTURE.validate_python({**kept, "data": base64.b64decode(kept["data"])})
        picture = await self.hand.draw(brief, sheets, simplified=simplified)
        plain = _PICTURE.dump_python(picture, mode="python") | {"data": base64.b64encode(picture.data).decode()}
        self.tape.put(question, json.loads(json.dumps(plain, default=_plain)))
        return picture


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json")
