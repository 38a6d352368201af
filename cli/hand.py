"""The commands of the author's own hand: `edit`, `undo`, `edits`. Light: heavy things are imported when needed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.tree import carried_out

if TYPE_CHECKING:
    from cli.draw import Begin

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress; only the result and errors.")]
Last = Annotated[bool, typer.Option("--last", help="The newest work, where ID is left out.")]
_ELEMENT = "An element (p03.k2, p03.k2.b1, c01, concept) and what it becomes: FIELD=VALUE ..."


def add_hand(app: typer.Typer) -> None:
    """Registers them."""
    for command in (edit, undo, edits):
        app.command()(command)


def edit(
    words: Annotated[list[str] | None, typer.Argument(metavar="[ID] ELEMENT FIELD=VALUE ...", help=_ELEMENT)] = None,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE", help="Edits as a JSON list, or - for stdin.")
    ] = None,
    last: Last = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Change one element yourself; no model is asked. `show` and the review page name the elements."""
    from cli.which import split

    which, left = split(words or [], 0 if file else 2, last=last)

    def begin() -> Begin:
        from cli.edits import editing, read_edits, worded

        return editing(which, read_edits(file) if file else worded(left))

    return carried_out(begin, as_json=as_json, quiet=quiet)


def undo(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[ID] [EDIT ...]", help="Ids of edits; the last one without.")
    ] = None,
    last: Last = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Take an edit back."""
    from cli.which import split

    which, left = split(words or [], 0, last=last)

    def begin() -> Begin:
        from cli.edits import undoing

        return undoing(which, left)

    return carried_out(begin, as_json=as_json, quiet=quiet)


def edits(
    words: Annotated[list[str] | None, typer.Argument(metavar="[ID]")] = None,
    last: Last = False,
    as_json: AsJson = False,
) -> int:
    """List the edits: which count, and which are superseded or orphaned."""
    from cli.servers import started
    from cli.which import split

    which, _ = split(words or [], 0, 0, last=last)
    with started() as (hold, settings):
        from cli.edits import list_edits

        return list_edits(hold, settings, which, as_json=as_json)
