"""`diff`: two versions in words, and with `--out` their pages side by side as a PNG. Out: lines by phase, or JSON."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cli.find_work import Which
from cli.output import data, note
from cli.start_servers_early import open_tables
from cli.terminal_text import Sheet
from editing.element_lookup import elements_of
from manga.errors import OutputRefused
from manga.phases import PHASES
from storage.choose_servers import ServerHold
from storage.database import connection
from storage.object_store import open_blobs
from storage.settings import StorageSettings
from works.versions.compare_versions import Comparison, compare, page_name, pages_beside
from works.versions.tree import short

_MOST = 40
"""Changes of one phase that are told one by one, unless all are asked for."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Where the pages go; `every`: those that are alike too."""

    out: Path | None = None
    every: bool = False


def show_diff(
    hold: ServerHold,
    settings: StorageSettings,
    which: Which,
    versions: Sequence[str],
    picture: Picture,
    *,
    as_json: bool,
) -> int:
    """Prints it and answers 0. Raises `NotFound`, `Conflict` (no pages to show), `OutputRefused`."""
    found = asyncio.run(_read(hold, which, versions))
    if not as_json:
        _tell(found)
    if picture.out is not None:
        _draw(found, settings, picture.out, every=picture.every)
    if as_json:
        ids = {"old": found.old.version_id, "new": found.new.version_id}
        drawn = {"image": str(picture.out)} if picture.out else {}
        data(json.dumps({**ids, **found.difference.to_json(), **drawn}, ensure_ascii=False))
    elif picture.out:
        note(f"Pages side by side: {picture.out}")
    return 0


async def _read(hold: ServerHold, which: Which, versions: Sequence[str]) -> Comparison:
    async with open_tables(hold) as pool:
        async with connection(pool) as conn:
            work_id = await which.find(conn, *versions)
        return await compare(pool, work_id, *versions)


def _draw(found: Comparison, settings: StorageSettings, out: Path, *, every: bool) -> None:
    image = asyncio.run(pages_beside(open_blobs(settings), found, every=every))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(image)
    except OSError as error:
        raise OutputRefused(f"{out} cannot be written: {error.strerror}.", remedy="Name another file.") from error


def _tell(found: Comparison) -> None:
    sheet = Sheet()
    old, new = found.old, found.new
    sheet.line(f"{old.phase} {short(old)} ({old.branch}) → {new.phase} {short(new)} ({new.branch})", 0, "bold")
    difference = found.difference
    if not difference:
        sheet.line("There is no difference.")
        return
    for phase in PHASES:
        changes = difference.of(phase)
        if changes:
            sheet.heading(f"{phase.value}: {len(changes)} change{'s' if len(changes) > 1 else ''}")
        for change in changes[:_MOST]:
            sheet.line(change)
        if len(changes) > _MOST:
            sheet.line(f"and {len(changes) - _MOST} more; --json tells all")
    _tell_book(sheet, found)


def _tell_book(sheet: Sheet, found: Comparison) -> None:
    difference = found.difference
    names = {element.key: str(element) for state in found.states for element in elements_of(state)}
    told = (
        ("another picture", [page_name(number) for number in difference.pages]),
        ("went", [page_name(number) for number in difference.only_old]),
        ("came", [page_name(number) for number in difference.only_new]),
        ("locked", [names.get(key, key) for key in difference.locked]),
        ("unlocked", [names.get(key, key) for key in difference.unlocked]),
    )
    if any(what for _, what in told):
        sheet.heading("book")
    for name, what in told:
        if what:
            sheet.line(f"{name}: {', '.join(what)}")
