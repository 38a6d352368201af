"""Tracks one wish while it is carried out: which of its words were understood, and what was refused.

A wish is cut into clauses. One in which something is asked and nothing was understood is refused, never left out.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from manga.brief import Language
from manga.errors import WishRefused
from manga.revision import Wish
from offline.wishes.normalize_sentence import CLOSE, HIDDEN, OPEN, Quotation, sentence_of
from offline.wishes.revising.revision_patterns import pattern, table

V = TypeVar("V")

_HIDDEN = re.compile(f"{OPEN}{HIDDEN}*{CLOSE}")
_LAST_JOINT = re.compile(r"[\s,]+(?:and|but|also)$", re.IGNORECASE)
_COURTESY = re.compile(r"[\s,]+(?:instead|please|now|then)$", re.IGNORECASE)
_NOT_UNDERSTOOD = (
    "「{}」は、オフラインの描き手にはできません。別の言い方をするか、編集で直してください。",
    "“{}” is more than the offline hand can do. Say it in other words, or change it by an edit.",
)


@dataclass(slots=True)
class Hearing:
    """Reads tables of one phase in one wish and remembers what was found where."""

    phase: str
    number: int
    said: str
    scope: tuple[str, ...]
    masked: str
    quotations: tuple[Quotation, ...]
    language: Language
    heard: list[tuple[int, int]] = field(default_factory=list)
    denied: list[tuple[int, int]] = field(default_factory=list)
    refused: list[tuple[tuple[int, int], str]] = field(default_factory=list)
    last: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(cls, phase: str, number: int, wish: Wish) -> "Hearing":
        said, scope = wish
        sentence = sentence_of(said)
        return cls(phase, number, said, scope, sentence.masked, sentence.quotations, sentence.language)

    def first(self, name: str) -> str | None:
        """The first label of a table whose pattern is found."""
        for label, row in table(self.phase, name).items():
            if self._any(row):
                return label
        return None

    def all(self, name: str) -> tuple[str, ...]:
        """Every label of a table, in the order of the table."""
        return tuple(label for label, row in table(self.phase, name).items() if self._any(row))

    def has(self, name: str) -> bool:
        """Whether a single pattern is found."""
        return self._any(pattern(self.phase, name))

    def value(self, name: str) -> str | None:
        """What stands unquoted where one of a pattern's groups is."""
        found = pattern(self.phase, name).search(self.masked)
        if found is None or found.lastgroup is None:
            return None
        self._note([found.span()])
        new = self.said[slice(*found.span(found.lastgroup))].strip(" .。、,!?！？")
        return _COURTESY.sub("", new)

    def quoted(self, *known: str) -> str | None:
        """The last quoted words that are none of those which stand there already."""
        new = [quotation for quotation in self.quotations if quotation.text.strip() and quotation.text not in known]
        if not new:
            return None
        self._note([(new[-1].start, new[-1].end)])
        return new[-1].text.strip()

    def refuse(self, japanese: str, english: str) -> None:
        """What was found last cannot be done, for this reason."""
        reason = japanese if self.language is Language.JA else english
        self.refused += [(span, reason) for span in self.last or ((0, len(self.said)),)]

    def checked(self) -> None:
        """Raises `WishRefused` for what was refused, and for clauses that ask for what nobody understood."""
        clauses = list(self._clauses())
        lost = [c for c in clauses if not self._understood(c) and not self._denies(c) and self._asks(c)]
        if not self.heard:
            lost = clauses[:1] if clauses else [(0, len(self.said))]
        reasons = list(dict.fromkeys(reason for _, reason in self.refused))
        if lost and not (self.refused and not self.heard):
            words = self.said if not self.heard else "、".join(self._words(lost))
            reasons.append(_NOT_UNDERSTOOD[self.language is Language.EN].format(words.strip(" 、,。.")[:120]))
        if not reasons:
            return
        dropped = {*lost, *(clause for clause in clauses for span, _ in self.refused if _meet(clause, span))}
        kept = [clause for clause in clauses if clause not in dropped and self._understood(clause)]
        raise WishRefused(
            " ".join(reasons)[:400],
            phase=self.phase,
            wish=self.number,
            kept="、".join(self._words(kept)) if self.language is Language.JA else ", ".join(self._words(kept)),
        )

    def _any(self, row: re.Pattern[str]) -> bool:
        found = [match.span() for match in row.finditer(self.masked) if not self._is_turned(match)]
        if found:
            self._note(found)
        return bool(found)

    def _is_turned(self, found: re.Match[str]) -> bool:
        """Whether the words beside it say the contrary: too old, not standing."""
        if pattern("shared", "turns").search(found[0]):
            return False
        before, after = self.masked[: found.start()], self.masked[found.end() :]
        turned = pattern("shared", "turned_before").search(before) or pattern("shared", "turned_after").match(after)
        if turned:
            self.denied.append(found.span())
        return bool(turned)

    def _note(self, spans: Sequence[tuple[int, int]]) -> None:
        self.last = tuple(spans)
        self.heard += spans

    def _clauses(self) -> Iterator[tuple[int, int]]:
        begin = 0
        for joint in pattern("shared", "joints").finditer(self.masked):
            if joint.end() > begin:
                yield begin, joint.end()
                begin = joint.end()
        if self.masked[begin:].strip():
            yield begin, len(self.masked)

    def _understood(self, clause: tuple[int, int]) -> bool:
        return any(_meet(clause, span) for span in self.heard)

    def _denies(self, clause: tuple[int, int]) -> bool:
        """Whether it only says what is not to be: that is met by what is to be instead."""
        return any(_meet(clause, span) for span in self.denied)

    def _asks(self, clause: tuple[int, int]) -> bool:
        words = _HIDDEN.sub("", self.masked[slice(*clause)])
        return bool(pattern("shared", "asks").search(words.strip(" 、,。.!?！？")))

    def _words(self, clauses: Iterable[tuple[int, int]]) -> list[str]:
        words = (self.said[a:b].strip(" 、,。.;；\n") for a, b in clauses)
        return [_LAST_JOINT.sub("", piece) for piece in words]


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def carried_out(phase: str, raw: V, wishes: Sequence[Wish], step: Callable[[V, Hearing], V]) -> V:
    """The raw result with every wish carried out in turn. Raises `WishRefused` for the first that cannot be.

    The newest wish is refused when it changes nothing; an older one may have been met since by what lies before it.
    """
    for number, wish in enumerate(wishes):
        hearing = Hearing.of(phase, number, wish)
        done = step(raw, hearing)
        if hearing.heard and not hearing.refused and done == raw and number == len(wishes) - 1:
            hearing.refuse("もうそうなっています。", "It is like that already.")
        hearing.checked()
        raw = done
    return raw
