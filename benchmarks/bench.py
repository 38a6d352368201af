"""`make bench`: figures of performance, each beside its peer or bound from the same run, and `benchmarks/FIGURES.md`.

python -m benchmarks.bench [--only works redo_cost ...] [--minutes 10] [--out FILE]

Every part is a process of its own, one after the other, for at most its share of the time. A part that takes longer is
stopped, with all that it has started; what it had told by then stands, and the table says that the rest is missing.
Exit code 1: a bound is broken or a part has no figures.
"""

import argparse
import math
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import psutil  # type: ignore[import-untyped]

from benchmarks.figure import Figure, read_figures
from storage.embedded_process import die_with_parent

ROOT: Final = Path(__file__).resolve().parents[1]
OUT: Final = ROOT / "benchmarks/FIGURES.md"
PARTS: Final[dict[str, tuple[str, float]]] = {
    "works": ("Works that draw everything, and look for no letters in paid pictures", 0.45),
    "load": ("A hundred works with a hundred streams, drawings remembered", 0.50),
    "page_ratio": ("Pages", 0.20),
    "redo_cost": ("Edits", 0.30),
    "wish_cost": ("Wishes in a sentence, answered by the stub as the rules would", 0.20),
}
"""Titles, and the most of the whole time that a part may take. They come to more than all: not every part does."""
LEAVE_S: Final = 20.0
"""For a part that is told to stop."""
HOW: Final = """\
Written by `make bench`; do not edit. A peer is measured in the same run; **OUT**: the bound is broken. Figures without
a bound are told. Where processes waited for the cores as a part began, trust its ratios and processor seconds more than
its wall times.
"""
HEAD: Final = """| | figure | measured | peer or bound | ratio | wanted |
|---|---|---:|---:|---:|---|
"""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a part came to its end: `problem` is empty where it did so by itself."""

    seconds: float
    problem: str = ""


def ran(command: Sequence[str], limit_s: float, leave_s: float = LEAVE_S) -> Ended:
    """A program in a process group of its own, which also ends when this process is killed."""
    begun = time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        start_new_session=True,
        preexec_fn=die_with_parent(signal.SIGINT),  # noqa: PLW1509  this process has one thread
    )
    problem = ""
    try:
        code = process.wait(limit_s)
        problem = "" if code in (0, 1) else f"it ended with code {code}"
    except subprocess.TimeoutExpired:
        problem = f"it was stopped after {limit_s:.0f} s"
    finally:
        stop(process, leave_s)
    return Ended(time.monotonic() - begun, problem)


def stop(process: "subprocess.Popen[bytes]", leave_s: float) -> None:
    """As Ctrl-C does, so that it cleans up; and by force what has not left then."""
    if process.poll() is None:
        send(process.pid, signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(leave_s)
    send(process.pid, signal.SIGKILL)
    process.wait()


def send(group: int, number: signal.Signals) -> None:
    """To all of a process group; to nobody where it is gone."""
    with suppress(ProcessLookupError):
        os.killpg(group, number)


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


def measured(names: Sequence[str], seconds: float) -> list[Part]:
    """One part after the other."""
    end, parts = time.monotonic() + seconds, list[Part]()
    with tempfile.TemporaryDirectory(prefix="mangaka-figures-") as folder:
        for name in names:
            title, share = PARTS[name]
            load, left = os.getloadavg()[0], end - time.monotonic()
            print(f"\n{title} (python -m benchmarks.{name})", flush=True)
            command = [sys.executable, "-m", f"benchmarks.{name}", "--figures", str(Path(folder, name))]
            ended = ran(command, min(left, share * seconds)) if left > 0 else Ended(0.0, "no time was left for it")
            figures = tuple(read_figures(Path(folder, name)))
            problem = ended.problem or ("" if figures else "it told no figures")
            if problem:
                print(f"OUT  {name}: {problem}", flush=True)
            parts.append(Part(name, title, figures, ended.seconds, load, problem))
    return parts


def machine() -> str:
    """What it was measured on."""
    names = [line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    cores, memory = len(os.sched_getaffinity(0)), psutil.virtual_memory().total / 2**30
    return (
        f"{cores} cores of {(names or [platform.processor()])[0]}, {memory:.0f} GiB, Python {platform.python_version()}"
    )


def _lines(file: str) -> list[str]:
    try:
        return Path(file).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


def commit() -> str:
    """The commit that was measured, and whether the files differ from it."""
    try:
        told = subprocess.run(
            ["git", "describe", "--always", "--dirty=, with changes", "--abbrev=10"],
            cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return told.stdout.strip()


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What is asked for. Ends the program with a line on what is wrong."""
    parser = argparse.ArgumentParser(prog="make bench", description="ARGS='--only works' measures a part")
    parser.add_argument("--only", nargs="+", choices=[*PARTS], default=[*PARTS], help="parts, in this order")
    parser.add_argument("--minutes", type=float, default=10.0, help="for all parts together")
    parser.add_argument("--out", type=Path, help=f"for the table; {OUT.name} where all parts are measured")
    chosen = parser.parse_args(arguments)
    if not 0 < chosen.minutes <= 120:
        parser.error("--minutes is more than 0 and at most 120")
    if chosen.out and not chosen.out.parent.is_dir():
        parser.error(f"--out: there is no folder {chosen.out.parent}")
    return chosen


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures as they come, and writes the table."""
    chosen, begun, before = parsed(arguments), time.monotonic(), commit()
    for number in (signal.SIGINT, signal.SIGTERM):  # also where whoever started it has them ignored
        signal.signal(number, signal.default_int_handler)
    try:
        parts = measured(chosen.only, 60 * chosen.minutes)
    except KeyboardInterrupt:
        print("stopped; nothing is written", file=sys.stderr)
        return 130
    run = Run(datetime.now(UTC), before, machine(), time.monotonic() - begun, tuple(parts))
    if file := chosen.out or (OUT if set(chosen.only) == set(PARTS) else None):
        file.write_text(page(run), encoding="utf-8")
        print(f"\n{file}")
    broken: list[Figure] = run.broken
    print(
        f"{len(run.held)} figures hold, {len(broken)} do not, {sum(bool(part.problem) for part in parts)} parts broke"
    )
    print(*broken, sep="\n")
    return 1 if broken or any(part.problem for part in parts) else 0


if __name__ == "__main__":
    sys.exit(main())
