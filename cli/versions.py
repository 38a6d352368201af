"""`versions`: the tree of a work's versions, newest last. Out: a tree on a terminal, columns by tab elsewhere, JSON."""

import asyncio
import json
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from cli.find_work import Which
from cli.output import data, note, printable, program
from cli.start_servers_early import open_tables
from storage.base import Version
from storage.choose_servers import ServerHold
from storage.database import connection
from storage.versions import History, read_history

if TYPE_CHECKING:
    from works.versions.tree import Saved

_SHORT = 8
_COLOURS = ("cyan", "magenta", "yellow", "green", "blue", "red")


def show_versions(hold: ServerHold, which: Which, phase: str | None, *, as_json: bool) -> int:
    """Prints them and answers 0."""
    work_id, history = asyncio.run(_read(hold, which))
    chosen = [(n, v) for n, v in enumerate(history.versions, start=1) if phase in (None, v.phase)]
    if as_json:
        data(json.dumps(_as_json(work_id, history, chosen), ensure_ascii=False))
    elif not chosen:
        note("There is no version yet." if phase is None else f"There is no version of {phase} yet.")
    elif sys.stdout.isatty():
        _tree(history, chosen)
        _next(f" {which.id}" if which.id else " --last" if which.last else "")
    else:
        for number, version in chosen:
            data(_row(number, version, _heads(history).get(version.version_id, "")))
    return 0


def prune_versions(hold: ServerHold, which: Which, *, as_json: bool) -> int:
    """Forgets the states between the versions."""
    saved = asyncio.run(_prune(hold, which))
    rows = {"checkpoints": saved.rows.checkpoints, "writes": saved.rows.writes, "blobs": saved.rows.blobs}
    if as_json:
        data(json.dumps({"pruned": rows, "bytes_before": saved.bytes_before, "bytes_after": saved.bytes_after}))
    else:
        data(f"{saved.bytes_before / 1e6:.2f} MB before, {saved.bytes_after / 1e6:.2f} MB now; every version is kept.")
    return 0


async def _read(hold: ServerHold, which: Which) -> tuple[UUID, History]:
    async with open_tables(hold) as pool, connection(pool) as conn:
        work_id = await which.find(conn)
        return work_id, await read_history(conn, work_id)


async def _prune(hold: ServerHold, which: Which) -> "Saved":
    from works.versions.tree import prune_states

    async with open_tables(hold) as pool:
        async with connection(pool) as conn:
            work_id = await which.find(conn)
        return await prune_states(pool, work_id)


def version_json(number: int, version: Version, heads: str = "") -> dict[str, object]:
    """A version as the spec names its fields, and its number in the list."""
    from works.versions.tree import version_json as fields_of

    return {"number": number, **fields_of(version), "head_of": [name for name in heads.split(", ") if name]}


def _as_json(work_id: UUID, history: History, chosen: Sequence[tuple[int, Version]]) -> dict[str, object]:
    heads = _heads(history)
    return {
        "work_id": str(work_id),
        "current_branch": history.current.name if history.current else None,
        "branches": [
            {
                "name": branch.name,
                "base_version_id": branch.base_version_id,
                "head_version_id": branch.head_version_id,
                "opened_at": branch.opened_at.isoformat(),
            }
            for branch in history.branches
        ],
        "versions": [version_json(number, version, heads.get(version.version_id, "")) for number, version in chosen],
    }


def _heads(history: History) -> Mapping[str, str]:
    """Version -> the branches that stand at it."""
    found: dict[str, list[str]] = {}
    for branch in history.branches:
        found.setdefault(branch.head_version_id, []).append(branch.name)
    return {version_id: ", ".join(names) for version_id, names in found.items()}


def _row(number: int, version: Version, heads: str) -> str:
    score = "" if version.quality_score is None else f"{version.quality_score:.2f}"
    when = version.created_at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    what = printable(version.change_description).strip()
    parts = (number, version.version_id, version.phase, version.branch, version.kind, when, version.author)
    return "\t".join([*map(str, parts), score, heads, what]).rstrip()


def _tree(history: History, chosen: Sequence[tuple[int, Version]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="dim")
    for name, right in (("", False), ("#", True), ("version", False), ("phase", False), ("when", False)):
        table.add_column(name, justify="right" if right else "left", no_wrap=True)
    table.add_column("gates", justify="right", no_wrap=True)
    table.add_column("what", overflow="fold")
    heads, drawn = _heads(history), lanes(history) if len(chosen) == len(history.versions) else None
    colours = {branch.name: _COLOURS[at % len(_COLOURS)] for at, branch in enumerate(history.branches)}
    current = history.current.name if history.current else ""
    for number, version in chosen:
        what = Text(printable(version.change_description).strip() if version.kind != "phase" else "")
        for name in heads.get(version.version_id, "").split(", "):
            if name:
                what.append(f" [{name}{' ←' if name == current else ''}]", style=f"bold {colours[name]}")
        table.add_row(
            Text(drawn[number - 1] if drawn else "●", style=colours.get(version.branch, "")),
            str(number),
            version.version_id[:_SHORT],
            version.phase if version.kind == "phase" else f"{version.phase} · {version.kind}",
            version.created_at.astimezone().strftime("%m-%d %H:%M"),
            "" if version.quality_score is None else f"{version.quality_score:.0%}",
            what,
        )
    Console(highlight=False).print(table)


def _next(work: str) -> None:
    note(f"Next: {program()} show{work} 3, diff{work} 3 7, fork{work} 3, restore{work} 3")


def lanes(history: History) -> list[str]:
    """A drawing of the tree, one line a version: `●` on its branch's lane, `├─●` where a branch leaves another."""
    at = {version.version_id: row for row, version in enumerate(history.versions)}
    names = [b.name for b in history.branches if any(v.branch == b.name for v in history.versions)]
    rows: dict[str, list[int]] = {name: [] for name in names}
    for row, version in enumerate(history.versions):
        rows[version.branch].append(row)
    first = {name: rows[name][0] for name in names}
    last = {name: rows[name][-1] for name in names}
    left: dict[int, str] = {}  # row of a branch's first version -> the branch that it leaves
    for name in names:
        parent = history.versions[first[name]].parent_version_id
        if parent is not None:
            mother = history.versions[at[parent]].branch
            left[first[name]] = mother
            last[mother] = max(last[mother], first[name])
    return [_lane_row(row, version, names, first, last, left.get(row)) for row, version in enumerate(history.versions)]


def _lane_row(
    row: int, version: Version, names: Sequence[str], first: Mapping[str, int], last: Mapping[str, int], out: str | None
) -> str:
    own = names.index(version.branch)
    start = names.index(out) if out is not None else own
    drawn = ""
    for lane, name in enumerate(names):
        alive = first[name] < row <= last[name]
        ends = row == last[name]
        if lane == own:
            sign = "●"
        elif lane == start:
            sign = "╰" if ends else "├"
        else:
            sign = "│" if alive and not ends else "─" if start < lane < own else " "
        drawn += sign + ("─" if start <= lane < own else " ")
    return drawn.rstrip()
