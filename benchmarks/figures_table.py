"""The table of figures, as Markdown."""

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from benchmarks.figure import Figure

HOW: Final = """\
Written by `make bench`; do not edit. A peer is measured in the same run; **OUT**: the bound is broken. Figures without
a bound are told. Where processes waited for the cores as a part began, trust its ratios and processor seconds more than
its wall times.
"""
HEAD: Final = """| | figure | measured | peer or bound | ratio | wanted |
|---|---|---:|---:|---:|---|
"""


@dataclass(frozen=True, slots=True)
class Part:
    """The figures of one program. `load`: processes that waited for the cores as it began; `problem`: why figures are
    missing, empty where none are."""

    name: str
    title: str
    figures: tuple[Figure, ...]
    seconds: float
    load: float
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """All of one evening."""

    at: datetime
    commit: str
    machine: str
    seconds: float
    parts: tuple[Part, ...]

    @property
    def held(self) -> list[Figure]:
        """Figures that have a bound, and keep it."""
        return [figure for part in self.parts for figure in part.figures if figure.wanted and figure.ok]

    @property
    def broken(self) -> list[Figure]:
        return [figure for part in self.parts for figure in part.figures if not figure.ok]


def page(run: Run) -> str:
    """The whole file."""
    when = f"{run.at:%Y-%m-%d %H:%M} UTC, commit {_plain(run.commit)}, {_plain(run.machine)}"
    counts = f"{len(run.held)} figures hold, {len(run.broken)} do not"
    head = f"# Figures of performance\n\n{HOW}\n{when}, {run.seconds / 60:.1f} minutes. {counts}.\n"
    return head + "".join(_section(part) for part in run.parts)


def _section(part: Part) -> str:
    told = f"`python -m benchmarks.{part.name}`, {part.seconds:.0f} s, {part.load:.1f} processes waiting before."
    missing = f"\n**OUT: {_plain(part.problem)}; figures are missing.**\n" if part.problem else ""
    table = f"\n{HEAD}{''.join(_row(figure) for figure in part.figures)}" if part.figures else ""
    return f"\n## {_plain(part.title)}\n\n{told}\n{missing}{table}"


def _row(figure: Figure) -> str:
    word = "" if not figure.wanted else "ok" if figure.ok else "**OUT**"
    indent = "&nbsp;&nbsp;" if figure.name.startswith(" ") else ""
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
    cells = (word, indent + _plain(figure.name.strip()), _amount(figure.value, figure.unit), _beside(figure), ratio)
    return f"| {' | '.join(cells)} | {_plain(figure.wanted)} |\n"


def _beside(figure: Figure) -> str:
    if figure.peer is not None:
        return f"{_plain(figure.peer_name)} {_amount(figure.peer, figure.unit)}"
    bound = figure.most if figure.most is not None else figure.least
    return "" if bound is None else _amount(bound, figure.unit)


def _amount(value: float, unit: str) -> str:
    number = (
        f"{value:.0f}"
        if not math.isfinite(value) or value == int(value)
        else f"{value:,.2f}"
        if abs(value) < 100
        else f"{value:,.0f}"
    )
    return f"{number} {unit}".rstrip()


def _plain(text: str) -> str:
    """Nothing in it ends a cell or a line."""
    return " ".join(text.replace("|", "\\|").split())
