"""What a person's sentence asks for: one or more (phase, scope, instruction) items, or a question back.

A sentence that names a phase by its word goes to that phase. Everything else is asked back, never guessed away.
"""

import re

from pydantic import Field

from manga.phases import PHASES, Phase
from manga.values import Value

WORDS: dict[Phase, tuple[str, ...]] = {
    Phase.CONCEPT: ("concept", "コンセプト", "構想"),
    Phase.CHARACTERS: ("characters", "character", "キャラクター", "キャラ", "登場人物"),
    Phase.PLOT: ("plot", "プロット", "構成"),
    Phase.STORYBOARD: ("storyboard", "ネーム", "コマ割り"),
    Phase.ARTWORK: ("artwork", "作画"),
    Phase.LETTERING: ("lettering", "写植", "フキダシ", "セリフ", "台詞"),
    Phase.FINISHING: ("finishing", "仕上げ"),
}
MAX_SENTENCE = 2_000


class PlanItem(Value):
    """One wish. `scope` holds the keys it may touch; empty means the whole phase."""

    phase: Phase
    instruction: str = Field(min_length=1, max_length=MAX_SENTENCE)
    scope: tuple[str, ...] = ()
    reason: str = Field(default="", max_length=200)


class Plan(Value):
    """What will be done. Without items there is a question instead."""

    items: tuple[PlanItem, ...] = ()
    question: str = Field(default="", max_length=400)


def parse(text: str) -> Plan:
    """The plan of one sentence or several."""
    items = tuple(item for clause in _clauses(text) for item in _items(clause))
    if items:
        return Plan(items=items)
    return Plan(question=f"Which phase is this about: {', '.join(PHASES)}?")


def _clauses(text: str) -> list[str]:
    parts = re.split(r"(?<=[。．.!！?？\n])\s*", text[:MAX_SENTENCE])
    return [part.strip() for part in parts if part.strip()]


def _items(clause: str) -> list[PlanItem]:
    found = ((phase, _named(clause, words)) for phase, words in WORDS.items())
    return [PlanItem(phase=phase, instruction=clause, reason=f"names {word}") for phase, word in found if word]


def _named(clause: str, words: tuple[str, ...]) -> str | None:
    """The word that is in the clause; Latin words only where they stand alone."""
    lowered = clause.lower()
    for word in words:
        pattern = rf"(?<![a-z]){word}(?![a-z])" if word.isascii() else word
        if re.search(pattern, lowered):
            return word
    return None
