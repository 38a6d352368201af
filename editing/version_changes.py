"""One difference between two versions, as data and in words, and the comparisons of plain values."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from editing.state_as_json import Json
from manga.phases import Phase

Kind: TypeAlias = Literal["changed", "added", "removed", "moved"]
_MAX_WORDS = 90
_BEFORE = 20
_VERBS: Mapping[Kind, str] = {"added": "came", "removed": "went"}


@dataclass(frozen=True, slots=True)
class Change:
    """`element` is a lasting key; `where` says it for people (a name, or an address, of the new version where it is
    there). `field` is dotted (`look.hair_style`); empty when the element itself came, went or moved."""

    phase: Phase
    kind: Kind
    element: str
    where: str
    field: str = ""
    before: Any = None
    after: Any = None

    def __str__(self) -> str:
        if self.field == "picture":
            return f"{self.where}: another picture"
        if self.kind == "moved" and self.before is None:
            return f"{self.where}: moved by {self.after}"
        if self.kind == "moved":
            return f"{self.where}: moved, {shown(self.before)} → {shown(self.after)}"
        if self.kind == "changed":
            before, after = _apart(self.before, self.after)
            return f"{self.where}: {_plain(self.field)} {shown(before)} → {shown(after)}"
        told = self.before if self.kind == "removed" else self.after
        return f"{self.where} {_VERBS[self.kind]}" + (f": {shown(told)}" if told else "")

    def to_json(self) -> Json:
        """The fields, and `text`: the same in words."""
        return {
            "phase": self.phase.value,
            "kind": self.kind,
            "element": self.element,
            "where": self.where,
            "field": self.field,
            "before": self.before,
            "after": self.after,
            "text": str(self),
        }


def shown(value: object) -> str:
    """A value in words, cut where it gets long."""
    if value is None or value in ("", [], ()):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return text if len(text) <= _MAX_WORDS else f"{text[: _MAX_WORDS - 1]}…"


def _apart(before: object, after: object) -> tuple[object, object]:
    """Long texts from a little before the place where they part."""
    if not (isinstance(before, str) and isinstance(after, str) and max(len(before), len(after)) > _MAX_WORDS):
        return before, after
    pairs = enumerate(zip(before, after, strict=False))
    same = next((at for at, (one, other) in pairs if one != other), min(len(before), len(after)))
    start = max(0, same - _BEFORE)
    return (f"…{before[start:]}", f"…{after[start:]}") if start else (before, after)


def _plain(name: str) -> str:
    return name.rpartition(".")[2].replace("_", " ")


@dataclass(frozen=True, slots=True)
class Subject:
    """What changes are told of."""

    phase: Phase
    element: str
    where: str

    def change(self, kind: Kind, before: Any = None, after: Any = None, name: str = "") -> Change:
        return Change(self.phase, kind, self.element, self.where, name, before, after)

    def fields(self, old: Json, new: Json, names: Collection[str] | None = None) -> Iterator[Change]:
        """A change for each field that differs, of all or of these at the top; nested ones by dotted name."""
        before, after = flat(old, names), flat(new, names)
        for name in dict.fromkeys((*before, *after)):
            if before.get(name) != after.get(name):
                yield self.change("changed", before.get(name), after.get(name), name)


def flat(data: Json, names: Collection[str] | None = None, prefix: str = "") -> Json:
    """Nested objects as dotted names; lists stay values."""
    found: Json = {}
    for name, value in data.items():
        if names is not None and name not in names:
            continue
        if isinstance(value, dict):
            found |= flat(value, prefix=f"{prefix}{name}.")
        else:
            found[f"{prefix}{name}"] = value
    return found


@dataclass(frozen=True, slots=True)
class Matched:
    """Two lists of elements with lasting keys, brought together by key. `moved` are those that stand elsewhere in the
    order of the rest; as few as explain it."""

    old: Mapping[str, Json]
    new: Mapping[str, Json]
    moved: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, old: Iterable[Json], new: Iterable[Json]) -> "Matched":
        before, after = {e["key"]: e for e in old}, {e["key"]: e for e in new}
        return cls(before, after, _out_of_order([k for k in before if k in after], list(after)))

    @property
    def both(self) -> list[str]:
        return [key for key in self.new if key in self.old]

    @property
    def gone(self) -> list[str]:
        return [key for key in self.old if key not in self.new]

    @property
    def come(self) -> list[str]:
        return [key for key in self.new if key not in self.old]


def _out_of_order(old: Sequence[str], new: Sequence[str]) -> frozenset[str]:
    """The keys outside a longest run that is in the same order in both."""
    place = {key: index for index, key in enumerate(new)}
    lasts: list[int] = []
    ends: list[str] = []
    before: dict[str, str | None] = {}
    for key in old:
        at = bisect_left(lasts, place[key])
        before[key] = ends[at - 1] if at else None
        lasts[at : at + 1] = [place[key]]
        ends[at : at + 1] = [key]
    kept: set[str] = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return frozenset(old) - kept
