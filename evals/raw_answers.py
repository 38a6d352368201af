"""Keeps every raw answer of a run, a JSON line a phase: new scorers read old runs, stopped runs go on."""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import AliasChoices, Field, ValidationError

from manga.values import Value

FEEDBACK = "feedback"
"""The parser of feedback is measured like a phase, and is none."""
AGAIN = "again"
"""Rules are asked a second time; the result says how many phases answered the same to the byte."""


class Output(Value):
    """What one phase of one case answered. `phase` is a phase's word, or `feedback`.

    `result` is None when there is an `error` (`code: message`), or when the question is on no tape (`unmeasured`).
    `prompts` are the hashes of the prompt files that were read, by id: none where rules answer.
    """

    case: str
    phase: str
    repeat: int = Field(default=0, ge=0)
    model: str = Field(default="", validation_alias=AliasChoices("model", "mind"))
    result: dict[str, Any] | None = None
    error: str = ""
    unmeasured: bool = False
    seconds: float = Field(default=0.0, ge=0)
    cpu_s: float = Field(default=0.0, ge=0)
    calls: int = Field(default=0, ge=0)
    input_tokens: int = Field(default=0, ge=0)
    output_tokens: int = Field(default=0, ge=0)
    cost_usd: float | None = 0.0
    prompts: Mapping[str, str] = Field(default_factory=dict)


class Store:
    """`folder/outputs/<case>.<repeat>.jsonl`. A line is whole or is not read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "outputs"

    def add(self, output: Output) -> None:
        """Written down before it is used."""
        self._folder.mkdir(parents=True, exist_ok=True)
        line = json.dumps(output.to_json(), ensure_ascii=False, separators=(",", ":")) + "\n"
        with self._file(output.case, output.repeat).open("ab") as file:
            file.write(line.encode())
            file.flush()
            os.fsync(file.fileno())

    def of(self, case: str, repeat: int) -> tuple[Output, ...]:
        """In the order of phases."""
        file = self._file(case, repeat)
        return tuple(_lines(file)) if file.is_file() else ()

    def begin_again(self, case: str, repeat: int, kept: tuple[Output, ...]) -> None:
        """Leaves only these lines: what comes after a failed or torn one is made anew."""
        self._file(case, repeat).unlink(missing_ok=True)
        for output in kept:
            self.add(output)

    def _file(self, case: str, repeat: int) -> Path:
        return self._folder / f"{case}.{repeat}.jsonl"


def _lines(file: Path) -> Iterator[Output]:
    for line in file.read_text(encoding="utf-8").splitlines():
        try:
            yield Output.of(json.loads(line))
        except (ValueError, ValidationError):  # the last line of a run that was killed
            return
