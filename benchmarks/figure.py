"""A measured value beside its bound or its peer, as benchmarks print it and as one process tells it to another."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """It is to be at `most` so much, or at `least`. Without a bound it is only told. `peer`: what the same thing comes
    to, in the same run and unit, for somebody who does only what must be done; `times` is the most of it."""

    name: str
    value: float
    unit: str
    most: float | None = None
    least: float | None = None
    peer: float | None = None
    peer_name: str = ""
    times: float | None = None

    @property
    def ok(self) -> bool:
        low = self.least is not None and not self.value >= self.least
        high = self.most is not None and not self.value <= self.most
        many = self.times is not None and not (self.ratio is not None and self.ratio <= self.times)
        return not (low or high or many)

    @property
    def ratio(self) -> float | None:
        """To the peer; where there is none, to the bound."""
        beside = self.peer if self.peer is not None else self.most if self.most is not None else self.least
        return self.value / beside if beside else None

    @property
    def wanted(self) -> str:
        """The bounds in words; empty where there is none."""
        bounds = (("at most", self.most, self.unit), ("at least", self.least, self.unit), ("at most", self.times, "x"))
        return ", ".join(f"{word} {bound:g} {unit}".rstrip() for word, bound, unit in bounds if bound is not None)

    def __str__(self) -> str:
        word = "" if not self.wanted else "ok" if self.ok else "OUT"
        beside = "" if self.peer is None else f"   {self.peer_name} {self.peer:.2f} {self.unit}"
        told = beside + (f"   {self.wanted}" if self.wanted else "")
        return f"{word:<4} {self.name:<60} {self.value:10.2f} {self.unit:<3}{told}"


def write_figures(figures: Iterable[Figure], file: Path) -> None:
    """For `read_figures` of another process. The file is whole or not there."""
    draft = file.with_suffix(".draft")
    draft.write_text(json.dumps([asdict(figure) for figure in figures]), encoding="utf-8")
    draft.replace(file)


def read_figures(file: Path) -> list[Figure]:
    """Empty where nothing was written."""
    if not file.is_file():
        return []
    return [Figure(**told) for told in json.loads(file.read_text(encoding="utf-8"))]


def told(found: Sequence[Figure], file: Path | None = None) -> int:
    """1 when a figure is out of bounds, or when there is none."""
    print(*found, sep="\n", flush=True)
    if file is not None:
        write_figures(found, file)
    return 0 if found and all(figure.ok for figure in found) else 1
