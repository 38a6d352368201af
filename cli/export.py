"""`export`: a version of a book as files of any format. Out: the files in a folder, their paths on stdout."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.version_commands import AsJson, Last
from manga.errors import OutputRefused, UserError

if TYPE_CHECKING:
    from cli.find_work import Which
    from storage.choose_servers import ServerHold
    from storage.settings import StorageSettings

ALL = "all"


def add_export(app: typer.Typer) -> None:
    """Registers it."""
    app.command("export")(export_command)


def export_command(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[ID] [VERSION]", help="Which work; its newest version.")
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", "-f", metavar="FORMAT", help="Again and again, or `all`; `--list` shows them."),
    ] = None,
    options: Annotated[
        list[str] | None, typer.Option("--option", metavar="NAME=N", help="As dpi=350, where the format has it.")
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Where the files go.")] = Path(),
    list_formats: Annotated[bool, typer.Option("--list", help="Show the formats and their options.")] = False,
    last: Last = False,
    as_json: AsJson = False,
) -> int:
    """Have a book as a file: EPUB, PDF for print, webtoon, PSD, SVG, script and more."""
    from cli.find_work import split
    from cli.start_servers_early import started

    if list_formats:
        return show_formats(as_json=as_json)
    order = ExportOrder(named(formats or []), numbers(options or []), out)
    which, left = split(words or [], 0, 1, last=last)
    with started() as (hold, settings):
        return export_book(hold, settings, which, left[0] if left else "head", order, as_json=as_json)


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """Which formats, with which options, into which folder."""

    formats: tuple[str, ...]
    options: dict[str, int]
    out: Path


def named(formats: Sequence[str]) -> tuple[str, ...]:
    """All formats where `all` is among them. Raises `UserError` for one that there is not, and for none."""
    from drawing.export.formats import NAMES, format_of

    if not formats:
        raise UserError("No format is named.", remedy=f"Say --format with one of {', '.join(NAMES)}, or `all`.")
    return NAMES if ALL in formats else tuple(format_of(name).name for name in dict.fromkeys(formats))


def numbers(options: Sequence[str]) -> dict[str, int]:
    """`NAME=N` as numbers. Raises `UserError`."""
    found = {}
    for text in options:
        name, mark, value = text.partition("=")
        if not mark or not value.isascii() or not value.isdigit():
            raise UserError(f"--option {text[:40]!r} is not NAME=N.", remedy="Give a whole number, as dpi=350.")
        found[name] = int(value)
    return found


def show_formats(*, as_json: bool) -> int:
    from cli.output import data
    from drawing.export.formats import FORMATS, format_json

    if as_json:
        data(json.dumps([format_json(found) for found in FORMATS.values()], ensure_ascii=False))
        return 0
    for found in FORMATS.values():
        told = "".join(f"; {o.name}={o.default} ({o.least} to {o.most}: {o.means})" for o in found.options)
        data(f"{found.name}\t{found.good_for}{told}")
    return 0


def export_book(
    hold: ServerHold, settings: StorageSettings, which: Which, version: str, order: ExportOrder, *, as_json: bool
) -> int:
    """Writes the files and answers 0. Raises `NotFound`, `UserError`, `OutputRefused`, `DiskFull`."""
    from cli.output import data

    made = asyncio.run(_made(hold, settings, which, version, order))
    if as_json:
        data(json.dumps({"exports": made}, ensure_ascii=False))
    else:
        for file in made:
            data(str(file["path"]))
    return 0


async def _made(
    hold: ServerHold, settings: StorageSettings, which: Which, version: str, order: ExportOrder
) -> list[dict[str, object]]:
    from cli.start_servers_early import open_tables
    from providers.process_pool import open_process_pool
    from storage.database import connection
    from storage.object_store import open_blobs
    from works.delivery.exports import Desk, Wish, export

    async with open_tables(hold) as pool, open_process_pool() as offload:
        async with connection(pool) as conn:
            work_id = await which.find(conn, *([] if version == "head" else [version]))
        desk = Desk(pool, open_blobs(settings), offload)
        found = []
        for name in order.formats:
            file = await export(desk, work_id, Wish(name, version, _own(name, order)))
            content = await file.blobs.get(file.blob)
            path = await asyncio.to_thread(write_export, order.out, file.title, file.format.ending, content)
            found.append({"format": name, "path": str(path), "sha256": file.blob, "bytes": file.bytes})
        return found


def _own(name: str, order: ExportOrder) -> dict[str, int]:
    """Of several formats each takes the options that it has; of one all of them, so that a wrong one is told."""
    from drawing.export.formats import FORMATS

    known = {option.name for option in FORMATS[name].options}
    return {n: value for n, value in order.options.items() if len(order.formats) == 1 or n in known}


def write_export(out: Path, title: str, ending: str, content: bytes) -> Path:
    """What stands there of that name is an older export and is replaced."""
    from works.delivery.book_folder import folder_name, put_file

    path = out / f"{folder_name(title)}{ending}"
    if path.is_dir() or path.is_symlink():
        raise OutputRefused(f"{path} is no file.", remedy="Name another folder with --out.")
    return put_file(path, content)
