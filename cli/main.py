"""The command `mangaka`: arguments in, an exit code out. Nothing heavy is imported before a command needs it.

This is the run boundary of the command line: whatever is raised below ends here as one line and an exit code.
"""

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn

import typer

from cli.export import add_export
from cli.output import data, note, program, show_error, unexpected
from cli.service_commands import add_service_commands
from cli.version_commands import AsJson, Quiet, Review, add_version_commands
from manga.errors import MangaError

INTERRUPTED = 130

app = typer.Typer(
    name="mangaka",
    help="Give it a story, get a finished manga book.",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # Rich pages would take longer to import than everything else together
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 ok, 1 failed, 2 wrong input, 3 finished with placeholders, 4 not found, 5 not allowed, "
    "6 quota used up, 7 a server does not answer, 130 stopped by Ctrl-C.",
)

WorkId = Annotated[str, typer.Argument(metavar="ID", help="The work's id, as `list` shows it.")]
Base = Annotated[
    str | None, typer.Option("--base", metavar="VERSION", help="Only if this version is still the newest.")
]
Paper = Literal["B5", "A5", "B4", "tankobon"]
Minutes = Annotated[
    int | None,
    typer.Option(min=1, max=1440, metavar="N", help="Working time; what is missing then is left out (default: 10)."),
]
Local = Annotated[
    bool,
    typer.Option("--local", help="Ollama, LM Studio or llama.cpp on this machine writes (MANGA_TEXT_MODEL=local)."),
]


@app.command()
def draw(
    story: Annotated[str, typer.Argument(metavar="STORY", help="A text file, or - for stdin.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="The folder of books.")] = Path("out"),
    pages: Annotated[str, typer.Option(metavar="N", help="1 to 400, or auto.")] = "auto",
    language: Annotated[Literal["auto", "ja", "en"], typer.Option(help="The story's language.")] = "auto",
    direction: Annotated[Literal["auto", "rtl", "ltr"], typer.Option(help="Reading direction.")] = "auto",
    paper: Annotated[Paper, typer.Option(help="Size of the page.")] = "B5",
    layout: Annotated[
        Literal["free", "yonkoma", "strip"], typer.Option(help="Free pages, 4-koma columns, or newspaper strips.")
    ] = "free",
    fidelity: Annotated[
        Literal["faithful", "adapted"] | None,
        typer.Option(help="Keep every line, or condense as an editor would (default: adapted with paid pictures)."),
    ] = None,
    max_images: Annotated[
        int | None, typer.Option("--max-images", min=0, max=1000, metavar="N", help="At most so many pictures.")
    ] = None,
    max_cost: Annotated[
        float | None, typer.Option("--max-cost", min=0, max=10_000, metavar="USD", help="What the book may cost.")
    ] = None,
    minutes: Minutes = None,
    seed: Annotated[int, typer.Option(metavar="N", help="The same seed gives the same book.")] = 0,
    title: Annotated[str | None, typer.Option(help="Instead of the title found in the story.")] = None,
    author: Annotated[str | None, typer.Option(help="Instead of the author found in the story.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a book of the same title.")] = False,
    review: Annotated[bool, typer.Option("--review", help="Stop after each phase and ask.")] = False,
    local: Local = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Draw a story: STORY becomes a book in out/<title>/."""
    from cli.draw_options import LOCAL_MINUTES, DrawOrder, Speech, checked_brief

    if local:
        os.environ["MANGA_TEXT_MODEL"] = "local"
    speech = Speech(quiet, as_json)
    wishes: dict[str, Any] = {
        "title": title,
        "author": author,
        "language": language,
        "pages": int(pages) if pages.isascii() and pages.isdigit() else pages,
        "direction": direction,
        "paper": paper,
        "layout": layout,
        "seed": seed,
        "max_images": max_images,
        "max_cost_usd": max_cost,
    }
    wishes |= {"fidelity": fidelity} if fidelity else {}
    order = DrawOrder(story, out, wishes, force, review, minutes or (LOCAL_MINUTES if local else None))
    brief = checked_brief(order)
    from cli.start_servers_early import started

    with started() as (hold, settings):
        from cli.draw import drawing
        from cli.review_commands import reviewed

        return reviewed(drawing(order, brief, speech), speech, hold, settings)


@app.command()
def resume(
    work: WorkId,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Go on with a work that was stopped or has failed."""
    from cli.draw_options import Speech
    from cli.start_servers_early import started, work_id_of

    speech = Speech(quiet, as_json)
    work_id = work_id_of(work)
    with started() as (hold, settings):
        from cli.draw import resuming
        from cli.review_commands import reviewed

        return reviewed(resuming(work_id), speech, hold, settings)


@app.command()
def review(work: WorkId, as_json: AsJson = False, quiet: Quiet = False) -> int:
    """Look at what waits for you, and answer until the book is done."""
    from cli.draw_options import Speech
    from cli.start_servers_early import started, work_id_of

    speech, work_id = Speech(quiet, as_json), work_id_of(work)
    with started() as (hold, settings):
        from cli.review_commands import looking, reviewed

        return reviewed(looking(work_id), speech, hold, settings)


@app.command()
def approve(work: WorkId, base: Base = None, as_json: AsJson = False, quiet: Quiet = False) -> int:
    """Go on with the next phase."""
    return _answer(work, {"action": "approve"}, base, as_json=as_json, quiet=quiet)


@app.command()
def feedback(
    work: WorkId,
    sentence: Annotated[str, typer.Argument(metavar="SENTENCE", help="What should be different, or - for stdin.")],
    plan: Annotated[bool, typer.Option("--plan", help="Show what would be done, and wait for a yes.")] = False,
    review: Review = False,
    base: Base = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Say in a sentence what should be different; also of a finished book."""
    text = sys.stdin.read() if sentence == "-" else sentence
    said = {"action": "feedback", "text": text.strip(), "confirm": plan}
    return _answer(work, said, base, review=review, as_json=as_json, quiet=quiet)


def _answer(
    work: str, said: dict[str, Any], base: str | None, *, review: bool = False, as_json: bool, quiet: bool
) -> int:
    from cli.draw_options import Speech
    from cli.start_servers_early import started, work_id_of

    speech, work_id = Speech(quiet, as_json), work_id_of(work)
    with started() as (hold, settings):
        from cli.review_commands import answered, replying

        return answered(replying(work_id, said, base, review=review), speech, hold, settings)


@app.command("list")
def list_command(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many, newest first.")] = 20, as_json: AsJson = False
) -> int:
    """Show the works there are."""
    from cli.list_works import list_works
    from cli.start_servers_early import started

    with started() as (hold, _):
        return list_works(hold, limit, as_json=as_json)


@app.command()
def audit(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A book's folder.")], as_json: AsJson = False
) -> int:
    """Measure a book's pages; exit 1 when a gate is broken."""
    from cli.audit import audit as run

    return run(folder, as_json=as_json)


@app.command()
def doctor(as_json: AsJson = False) -> int:
    """Check this machine: fonts, servers, models, disk; say what helps."""
    from cli.doctor import doctor as run

    return run(as_json=as_json)


@app.command()
def version() -> int:
    """Print the version."""
    from cli.doctor import installed_version

    data(f"mangaka {installed_version()}")
    return 0


add_version_commands(app)
add_service_commands(app)
add_export(app)


def main(arguments: Sequence[str]) -> int:
    """Runs one command line and answers its exit code. Nothing is raised."""
    as_json = "--json" in arguments
    try:
        _log_to_file()
        code = app(args=list(arguments) or ["--help"], prog_name=program(), standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except MangaError as error:
        return show_error(error, as_json=as_json)
    except typer.TyperException as error:
        return _usage(error, as_json=as_json)
    except (KeyboardInterrupt, typer.Abort):
        note("Stopped.")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our stdout has gone; what Python would still flush at exit must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # noqa: BLE001 - the run boundary: a person gets one line, the file the traceback
        return show_error(unexpected(error, _log_folder()), as_json=as_json)


def run() -> NoReturn:
    """The entry point."""
    code = main(sys.argv[1:])
    gc.freeze()  # to look through all that was loaded takes a busy machine seconds, and a service has to be gone in 8
    sys.exit(code)


def _usage(error: typer.TyperException, *, as_json: bool) -> int:
    from manga.errors import UserError

    text = error.format_message() if hasattr(error, "format_message") else str(error)
    text = text.replace(": Value error, ", ": ")  # the words of a validator, not of the person's trouble
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else program()
    message = text if text.endswith((".", "?", "!")) else f"{text}."
    return show_error(UserError(message, remedy=f"See `{command} --help`."), as_json=as_json)


def _log_folder() -> Path:
    home = os.environ.get("MANGA_HOME")
    if not home:
        from platformdirs import user_data_dir

        home = user_data_dir("mangaka", appauthor=False)
    return Path(home).expanduser() / "logs"


def _log_to_file() -> None:
    """Libraries' warnings belong neither to the data nor to the person; which models think does."""
    import logging

    from cli.logs import LateFile, ToThePerson

    logging.raiseExceptions = False
    logging.basicConfig(level=logging.WARNING, handlers=[LateFile(_log_folder() / "mangaka.log")])
    logging.getLogger("mangaka.models").addHandler(ToThePerson())
