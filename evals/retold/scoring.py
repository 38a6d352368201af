"""The figures of a study: per story and order, then over stories with their intervals.

A judge's yes counts only with words that stand in the retelling.
"""

import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from statistics import fmean
from typing import Final

from pydantic import ValidationError
from rich.table import Table

from evals.gate_rules import interval
from evals.read_gold import Gold
from evals.retold.questions import EventQuestion, JudgeSheet, judge_sheet
from evals.retold.study import ORDERS, Order, ReadingSet, Study, StudyWrong, judged_file, retellings

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


FIGURES: Final[Mapping[str, Callable[[Found], float | None]]] = {
    "events found": lambda found: found.events,
    "the greatest found": lambda found: found.greatest,
    "false alarms": lambda found: found.false_alarms,
    "found over false alarms": lambda found: found.over_chance,
    "told in order (chance .5)": lambda found: found.in_order,
    "yes without its words": lambda found: float(found.unbacked),
}
SHARES: Final = frozenset({"events found", "the greatest found", "false alarms", "told in order (chance .5)"})


@dataclass(frozen=True, slots=True)
class JudgedRetelling:
    """One retelling with the set that it retells."""

    read: ReadingSet
    found: Found


def write_questions(folder: Path, study: Study, golds: Mapping[str, Gold]) -> list[Path]:
    """A sheet for the judge of each retelling that has none yet. Raises StudyWrong where nobody has answered."""
    told = [(one, name, text) for one in study.sets for name, text in retellings(folder, one)]
    if not told:
        raise StudyWrong(f"no reader has answered; their place is {folder / 'read' / 'ID' / 'retelling.txt'}")
    written = []
    for one, name, text in told:
        file = judged_file(folder, name)
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            sheet = judge_sheet(name, text, *_two(one, golds))
            file.write_text(sheet.model_dump_json(indent=1) + "\n", encoding="utf-8")
            written.append(file)
    return written


def judged(folder: Path, study: Study, golds: Mapping[str, Gold]) -> list[JudgedRetelling]:
    """All verdicts of a study. Raises StudyWrong where a retelling has none, or none is there."""
    found = []
    for one in study.sets:
        own, other = _two(one, golds)
        for name, text in retellings(folder, one):
            file = judged_file(folder, name)
            if not file.exists():
                raise StudyWrong(
                    f"{name} is not judged; write its questions: python -m evals retold questions {folder}"
                )
            found.append(JudgedRetelling(one, weigh(asked_again(file, text, own, other), own)))
    if not found:
        raise StudyWrong(f"{folder} has no retelling yet; hand the folders of `read` to readers")
    return found


def _two(one: ReadingSet, golds: Mapping[str, Gold]) -> tuple[Gold, Gold]:
    for name in (one.story, one.beside):
        if name not in golds:
            raise StudyWrong(f"{name} has no gold any more; make the study anew")
    return golds[one.story], golds[one.beside]


def by_story(all_judged: Sequence[JudgedRetelling], order: Order, figure: str) -> dict[str, float]:
    """The mean of a story's readers; stories of which it cannot be told are left out."""
    values: dict[str, list[float]] = {}
    for one in all_judged:
        value = FIGURES[figure](one.found)
        if one.read.order == order and value is not None:
            values.setdefault(one.read.story, []).append(value)
    return {story: fmean(told) for story, told in values.items()}


def table(all_judged: Sequence[JudgedRetelling]) -> Table:
    """A row for each figure: pages in order, shuffled, and what order gives."""
    rows = Table(
        "figure", "pages in order", "pages shuffled", "the first less the second", title="Retold from pictures"
    )
    for figure in FIGURES:
        told, mixed = (by_story(all_judged, order, figure) for order in ORDERS)
        both = [told[story] - mixed[story] for story in told if story in mixed]
        share = figure in SHARES
        means = (_cell(list(values), share=share) for values in (told.values(), mixed.values()))
        rows.add_row(figure, *means, _cell(both))
    return rows


def lines(all_judged: Sequence[JudgedRetelling]) -> Iterator[str]:
    """Each retelling by itself."""
    for one in sorted(all_judged, key=lambda one: (one.read.story, one.read.order, one.found.name)):
        found = one.found
        order = "-" if found.in_order is None else f"{found.in_order:.2f}"
        yield (
            f"{one.read.story:<16}{one.read.order:<10}{found.name:<24}found {found.events:.2f}   "
            f"greatest {found.greatest:.2f}   false alarms {found.false_alarms:.2f}   in order {order}   "
            f"yes without its words {found.unbacked}"
        )


def _cell(values: Sequence[float], *, share: bool = False) -> str:
    """A mean over stories, with its interval where there are two or more; that of a share ends at 0 and 1."""
    if not values:
        return "-"
    if len(values) == 1:
        return f"{values[0]:.2f} (1 story)"
    inside = interval(values)
    low, high = (max(0.0, inside.low), min(1.0, inside.high)) if share else (inside.low, inside.high)
    return f"{inside.change:.2f} ({low:.2f} .. {high:.2f})"
