"""What a judge's answers are worth: a yes counts only with words that stand in the retelling."""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from pydantic import ValidationError

from evals.gold import Gold
from evals.retold.asking import EventQuestion, JudgeSheet, judge_sheet
from evals.retold.study import StudyWrong

SHORTEST_QUOTE = {"latin": 8, "other": 4}
"""Letters and digits: less, like `the`, stands anywhere."""
GREATEST = 3
"""The weight of events without which a story falls apart."""


@dataclass(frozen=True, slots=True)
class Found:
    """One retelling, judged. Shares of gold events, of the greatest of them, and of the other story's events."""

    name: str
    events: float
    greatest: float
    false_alarms: float
    in_order: float | None
    unbacked: int

    @property
    def over_chance(self) -> float:
        return self.events - self.false_alarms


def read_verdict(file: Path, asked: JudgeSheet) -> JudgeSheet:
    """A judge's answers to what was asked. Raises StudyWrong where some are missing or the questions were changed."""
    try:
        told = JudgeSheet.of(json.loads(file.read_text(encoding="utf-8")))
    except (ValueError, ValidationError) as error:
        raise StudyWrong(f"{file} cannot be read ({error}); keep its form and fill in `answer` and `quote`") from error
    if [(q.number, q.event) for q in told.questions] != [(q.number, q.event) for q in asked.questions]:
        raise StudyWrong(
            f"{file} holds other questions than were asked; write it anew: python -m evals retold questions"
        )
    if told.retelling != asked.retelling:
        raise StudyWrong(f"{file} judges another retelling than the reader's file holds; write it anew and judge it")
    unanswered = [str(question.number) for question in told.questions if not question.answer]
    if unanswered:
        raise StudyWrong(f"{file}: no answer to {', '.join(unanswered)}; say yes or no to each")
    return told


def weigh(told: JudgeSheet, own: Gold) -> Found:
    """Shares of what was found, and what chance finds beside it."""
    retelling = plain(told.retelling)
    gold = {event.what: event for event in own.events}
    mine = [question for question in told.questions if question.event in gold]
    others = [question for question in told.questions if question.event not in gold]
    places = {question.event: place for question in mine if (place := backed(question, retelling)) is not None}
    great = [event for event in own.events if event.weight == GREATEST]
    return Found(
        name=told.name,
        events=len(places) / len(mine),
        greatest=sum(event.what in places for event in great) / len(great) if great else 0.0,
        false_alarms=sum(backed(question, retelling) is not None for question in others) / len(others),
        in_order=in_order([places[event.what] for event in own.events if event.what in places]),
        unbacked=sum(question.answer == "yes" and backed(question, retelling) is None for question in told.questions),
    )


def backed(question: EventQuestion, retelling: str) -> int | None:
    """Where the quote of a yes stands in the plain retelling; None for a no, and for a yes that nothing backs."""
    quote = plain(question.quote)
    kind = "latin" if quote.isascii() else "other"
    if question.answer != "yes" or sum(letter.isalnum() for letter in quote) < SHORTEST_QUOTE[kind]:
        return None
    place = retelling.find(quote)
    return place if place >= 0 else None


def plain(text: str) -> str:
    """Without differences that do not matter: widths, capitals, kinds of quotation marks, breaks of lines."""
    text = unicodedata.normalize("NFKC", text).casefold().translate(str.maketrans("‘’“”", "''\"\""))
    return " ".join(text.split())


def in_order(places: Sequence[int]) -> float | None:
    """Of all pairs of found events, which are retold in the story's order; half of those told in the same words. Chance
    gives a half. None for fewer than two."""
    pairs = list(combinations(places, 2))
    if not pairs:
        return None
    return sum(1.0 if first < second else 0.5 if first == second else 0.0 for first, second in pairs) / len(pairs)


def asked_again(file: Path, retelling: str, own: Gold, other: Gold) -> JudgeSheet:
    """A verdict read back, beside the sheet that it answers."""
    return read_verdict(file, judge_sheet(file.stem, retelling, own, other))
