"""The commands about versions (`versions`, `show`, `diff`, `fork`, `restore`, `keep`, `lock`) and an author's own edits
(`edit`, `undo`, `edits`). Light: heavy things are imported by the command that needs them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from cli.draw import Begin
    from cli.find_work import Which

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress; only the result and errors.")]
Last = Annotated[bool, typer.Option("--last", help="The newest work, where ID is left out.")]
PhaseWord = Annotated[
    Literal["concept", "characters", "plot", "storyboard", "artwork", "lettering", "finishing"] | None,
    typer.Option("--phase", help="Only this phase."),
]
Review = Annotated[bool, typer.Option("--review", help="Of a finished book: ask again at the phases it concerns.")]
_A_VERSION = "A version: its number in the list, the beginning of its id, a branch, a phase, or head."
_ID = "ID may be left out when there is one work."
_ELEMENT = "An element (p03.k2, p03.k2.b1, c01, concept) and what it becomes: FIELD=VALUE ..."


def add_version_commands(app: typer.Typer) -> None:
    """Registers them."""
    for command in (versions, show, diff, fork, restore, keep, lock, edit, undo, edits):
        app.command()(command)


def versions(
    words: Annotated[list[str] | None, typer.Argument(metavar="[prune] [ID]", help=_ID)] = None,
    phase: PhaseWord = None,
    last: Last = False,
    as_json: AsJson = False,
) -> int:
    """Show the tree of a work's versions, or `prune` what no version needs."""
    from cli.start_servers_early import started
    from cli.versions import prune_versions, show_versions

    said = words or []
    pruning = said[:1] == ["prune"]
    which = _only_work(said[1:] if pruning else said, last=last)
    with started() as (hold, _):
        if pruning:
            return prune_versions(hold, which, as_json=as_json)
        return show_versions(hold, which, phase, as_json=as_json)


def show(
    words: Annotated[list[str] | None, typer.Argument(metavar="[ID] [VERSION]", help=f"{_A_VERSION} {_ID}")] = None,
    phase: PhaseWord = None,
    last: Last = False,
    as_json: AsJson = False,
) -> int:
    """Show one version in words: concept, cast, scenes, pages, texts."""
    from cli.find_work import split
    from cli.start_servers_early import started

    which, left = split(words or [], 0, 1, last=last)
    with started() as (hold, settings):
        from cli.show import show_version

        return show_version(hold, settings, which, left[0] if left else "head", phase, as_json=as_json)


def diff(
    words: Annotated[list[str], typer.Argument(metavar="[ID] A B", help=f"{_A_VERSION} {_ID}")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="A PNG with their pages side by side.")
    ] = None,
    every: Annotated[bool, typer.Option("--every-page", help="With --out: pages that are alike too.")] = False,
    last: Last = False,
    as_json: AsJson = False,
) -> int:
    """Tell what differs between two versions."""
    from cli.find_work import split
    from cli.start_servers_early import started

    which, left = split(words, 2, 2, last=last)
    with started() as (hold, settings):
        from cli.diff import Picture, show_diff

        return show_diff(hold, settings, which, left, Picture(out, every), as_json=as_json)


def fork(
    words: Annotated[list[str], typer.Argument(metavar="[ID] VERSION", help=f"{_A_VERSION} {_ID}")],
    branch: Annotated[str | None, typer.Option(metavar="NAME", help="The new branch's name.")] = None,
    say: Annotated[str | None, typer.Option(metavar="SENTENCE", help="What is to be different there.")] = None,
    review: Review = False,
    last: Last = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Go on from an old version on a branch of its own."""
    from cli.find_work import split

    which, left = split(words, 1, 1, last=last)

    def begin() -> Begin:
        from cli.review_commands import forking

        return forking(which, left[0], branch, say, review=review)

    return carried_out(begin, as_json=as_json, quiet=quiet)


def restore(
    words: Annotated[list[str], typer.Argument(metavar="[ID] VERSION", help=f"{_A_VERSION} {_ID}")],
    review: Review = False,
    last: Last = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Make an old version the newest again; what came after it stays."""
    from cli.find_work import split

    which, left = split(words, 1, 1, last=last)

    def begin() -> Begin:
        from cli.review_commands import restoring

        return restoring(which, left[0], review=review)

    return carried_out(begin, as_json=as_json, quiet=quiet)


def keep(
    words: Annotated[list[str], typer.Argument(metavar="[ID] PANEL...", help=f"As p03.k2 in VERSION, or p03. {_ID}")],
    source: Annotated[str, typer.Option("--from", metavar="VERSION", help=_A_VERSION)],
    review: Review = False,
    last: Last = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Take over pictures of another version, and lock them."""
    from cli.find_work import split

    which, left = split(words, 1, last=last)

    def begin() -> Begin:
        from cli.review_commands import keeping

        return keeping(which, left, source, review=review)

    return carried_out(begin, as_json=as_json, quiet=quiet)


def lock(
    words: Annotated[
        list[str], typer.Argument(metavar="[ID] WHAT...", help=f"Panels p03.k2, pages p03, people. {_ID}")
    ],
    off: Annotated[bool, typer.Option("--off", help="Take the lock off.")] = False,
    review: Review = False,
    last: Last = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Lock panels, pages or characters: nothing changes them any more."""
    from cli.find_work import split

    which, left = split(words, 1, last=last)

    def begin() -> Begin:
        from cli.review_commands import locking

        return locking(which, left, off=off, review=review)

    return carried_out(begin, as_json=as_json, quiet=quiet)


def _only_work(words: list[str], *, last: bool) -> Which:
    from cli.find_work import Which, split
    from cli.start_servers_early import work_id_of

    if len(words) == 1:
        return Which(work_id_of(words[0]), last)
    return split(words, 0, 0, last=last)[0]


def carried_out(begin: Callable[[], Begin], *, as_json: bool, quiet: bool) -> int:
    """The servers start while the heavy modules are imported."""
    from cli.draw_options import Speech
    from cli.start_servers_early import started

    speech = Speech(quiet, as_json)
    with started() as (hold, settings):
        from cli.review_commands import answered

        return answered(begin(), speech, hold, settings)


def edit(
    words: Annotated[list[str] | None, typer.Argument(metavar="[ID] ELEMENT FIELD=VALUE ...", help=_ELEMENT)] = None,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE", help="Edits as a JSON list, or - for stdin.")
    ] = None,
    review: Review = False,
    last: Last = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Change one element yourself; no model is asked. `show` and the review page name the elements."""
    from cli.find_work import split

    which, left = split(words or [], 0 if file else 2, last=last)

    def begin() -> Begin:
        from cli.edit_options import editing, read_edits, worded

        return editing(which, read_edits(file) if file else worded(left), review=review)

    return carried_out(begin, as_json=as_json, quiet=quiet)


def undo(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[ID] [EDIT ...]", help="Ids of edits; the last one without.")
    ] = None,
    review: Review = False,
    last: Last = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Take an edit back."""
    from cli.find_work import split

    which, left = split(words or [], 0, last=last)

    def begin() -> Begin:
        from cli.edit_options import undoing

        return undoing(which, left, review=review)

    return carried_out(begin, as_json=as_json, quiet=quiet)


def edits(
    words: Annotated[list[str] | None, typer.Argument(metavar="[ID]")] = None,
    last: Last = False,
    as_json: AsJson = False,
) -> int:
    """List the edits: which count, and which are superseded or orphaned."""
    from cli.find_work import split
    from cli.start_servers_early import started

    which, _ = split(words or [], 0, 0, last=last)
    with started() as (hold, settings):
        from cli.edit_options import list_edits

        return list_edits(hold, settings, which, as_json=as_json)
