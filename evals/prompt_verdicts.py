"""What taped answers say of the words of each prompt: held, failed by a figure, too few to say, or never measured.

An answer belongs to the words that it was asked with (`prompt_hash`): after a rewording, or another list of the
register, a prompt is unmeasured since the words that most of its answers were to, whatever these are worth.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from evals.lint_prompts import demands, types
from evals.quality_of_answers import fallen, figures_of
from evals.taped_questions import Json, read_tape
from manga.values import Value
from prompts.library import PromptLibrary

LEAST: Final = 3
"""Answers to the same words, from which on they say something of these."""
FEW: Final = 0.2
"""Of the answers that a figure can be told of, the share that may be below its floor: where the lowest of all decided,
the more answers a prompt had, the likelier it failed."""
_SHOWN: Final = 12
_PICTURE: Final = "Picture"
_RULES_ALONE: Final = frozenset({"storyboard"})
"""Chat models are asked for a plan and for pages instead."""


class Standing(StrEnum):
    """The best first."""

    HELD = "held"
    INSUFFICIENT = "insufficient data"
    UNMEASURED = "unmeasured"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PromptVerdict:
    """`since` is the hash of the words that most answers were to, empty for none; `figures` are the lowest of each,
    `below` how many answers are below its floor."""

    prompt: str
    standing: Standing
    answers: int = 0
    since: str = ""
    figures: Mapping[str, float] | None = None
    fallen: tuple[str, ...] = ()
    below: Mapping[str, int] | None = None

    def __str__(self) -> str:
        if self.standing is Standing.UNMEASURED:
            return (
                f"{self.prompt}: unmeasured since {self.since[:_SHOWN]}" if self.since else f"{self.prompt}: unmeasured"
            )
        lowest, below = self.figures or {}, self.below or {}
        told = ", ".join(f"{below[name]} below in {name}, to {lowest[name]:.2f}" for name in below)
        return f"{self.prompt}: {self.standing} ({self.answers} answers{f'; {told}' if told else ''})"


@dataclass(frozen=True, slots=True)
class TapedAnswer:
    """One answer, with the hash of the words that asked for it."""

    prompt: str
    hash: str
    inputs: Json
    answer: Json


def taped_answers(folder: Path) -> Iterator[TapedAnswer]:
    """Of recordings."""
    for file in sorted(folder.glob("*.json")):
        kept = json.loads(file.read_text(encoding="utf-8"))
        for prompt, inputs, answer in read_tape(kept):
            yield TapedAnswer(prompt, kept["question"]["prompt_hash"], inputs, answer)


def verdicts(library: PromptLibrary, answers: Sequence[TapedAnswer]) -> tuple[PromptVerdict, ...]:
    """Of every prompt that a chat model is asked, by name."""
    return tuple(
        verdict_of(name, prompt.hash, [one for one in answers if one.prompt == name])
        for name, prompt in sorted(library.prompts.items())
        if prompt.head.output != _PICTURE and name not in _RULES_ALONE
    )


def verdict_of(name: str, words: str, answers: Sequence[TapedAnswer]) -> PromptVerdict:
    """Of one prompt, whose words have this hash today."""
    own = [one for one in answers if one.hash == words]
    if not own:
        before = Counter(sorted(one.hash for one in answers)).most_common(1)
        return PromptVerdict(name, Standing.UNMEASURED, since=before[0][0] if before else "")
    found = [judged(one) for one in own]
    told = Counter(name for figures in found for name in figures)
    lowest = {name: min(figures[name] for figures in found if name in figures) for name in told}
    below = Counter(name for figures in found for name in fallen(figures))
    low = tuple(name for name, many in below.items() if many > FEW * told[name])
    standing = Standing.FAILED if low else Standing.HELD if len(own) >= LEAST else Standing.INSUFFICIENT
    return PromptVerdict(name, standing, len(own), figures=lowest, fallen=low, below=below)


def judged(one: TapedAnswer) -> dict[str, float]:
    """The figures of an answer; `fits` alone where today's code cannot read it."""
    try:
        _output_of(one.prompt).of({name: told for name, told in one.answer.items() if name != "refused"})
        return {"fits": 1.0, **figures_of(one.prompt, one.inputs, one.answer)}
    except (ValidationError, KeyError, IndexError, TypeError):
        return {"fits": 0.0}


@cache
def _output_of(prompt: str) -> type[Value]:
    return types()[demands()[prompt].output]
