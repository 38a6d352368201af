"""How much one question to a model of a small context may hold, by an estimate of its tokens.

Question and answer share a context. An answer that breaks a rule is shown again beside its faults, so it is counted
twice. Tokenizers differ from model to model and are not at hand; the estimate is rather too high.
"""

import json
from dataclasses import dataclass
from typing import Any, Final

from providers.base import Ask
from providers.question_text import Prompts, worded
from providers.schemas import answer_schema
from providers.wishes_refused_by_model import asked_type

LETTERS_A_TOKEN: Final = 3.3
"""Of ASCII text and JSON; every other letter counts as one token."""


def tokens_of(text: str) -> int:
    ascii_letters = sum(map(str.isascii, text))
    return round(ascii_letters / LETTERS_A_TOKEN + len(text) - ascii_letters)


@dataclass(frozen=True, slots=True)
class ContextRoom:
    """Obeys the Room port. `tokens` is the model's context."""

    prompts: Prompts
    tokens: int

    def holds(self, ask: Ask[Any]) -> bool:
        words = "".join(worded(ask, self.prompts))
        schema = json.dumps(answer_schema(asked_type(ask)), ensure_ascii=False)
        return tokens_of(words) + tokens_of(schema) + 2 * ask.answer_tokens <= self.tokens
