"""What goes to the two streams: data to stdout, everything else to stderr; an error is one line with its remedy."""

import json
import os
import shutil
import sys
import time
import traceback
from pathlib import Path

from manga.errors import ContentBlocked, MangaError


def program() -> str:
    """How to call this command again from here: `./mangaka` in a checkout that is not on the PATH."""
    if shutil.which("mangaka") is None and os.access("mangaka", os.X_OK):
        return "./mangaka"
    return "mangaka"


def printable(text: object) -> str:
    """On one line, without anything that a terminal would obey: stories and answers of models are untrusted."""
    return "".join(c if c.isprintable() else " " for c in str(text))


def note(line: str) -> None:
    """One line for the person."""
    print(printable(line), file=sys.stderr, flush=True)


def data(text: str) -> None:
    """One line for the program that reads us."""
    print(text, flush=True)


def error_line(error: MangaError) -> str:
    """`mangaka: <message> <remedy>`, on one line. A passage that is refused is named by its first words."""
    message = error.message if error.message.endswith((".", "!", "?")) else f"{error.message}."
    if isinstance(error, ContentBlocked) and error.element and error.element[:20] not in message:
        message = f"{message} (It begins: {error.element} …)"
    line = f"mangaka: {message} {error.remedy}"
    return " ".join(line.split()).replace("`mangaka ", f"`{program()} ")


def show_error(error: MangaError, *, as_json: bool) -> int:
    """Tells of the error and answers the exit code."""
    note(error_line(error))
    if as_json:
        shown = {
            "code": error.code,
            "phase": error.phase,
            "element": error.element,
            "message": error.message,
            "remedy": error.remedy,
            "exit_code": error.exit_code,
        }
        data(json.dumps({"error": shown}, ensure_ascii=False))
    return error.exit_code


def unexpected(error: Exception, folder: Path) -> MangaError:
    """A short error whose whole story is in a file; without the file when there is no place for one."""
    what = f"Something unexpected happened ({type(error).__name__})."
    path = folder / f"error-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(traceback.format_exception(error)), encoding="utf-8", errors="backslashreplace")
    except OSError:
        return MangaError(what, remedy=f"It says: {error}")
    return MangaError(what, remedy=f"The details are in {path}; please report them.")
