"""Reads the story and the options of `draw`, and finds everything wrong with them before anything is begun. Light."""

import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from manga.brief import MAX_CHARACTERS, Brief
from manga.errors import BriefRejected, NotFound
from works.accept_work import brief_of
from works.delivery.book_folder import check_out

if TYPE_CHECKING:
    from calls.money import Tariff

_MAX_BYTES = 4 * MAX_CHARACTERS * 4
"""Read at most this much: four bytes a character, and room for ruby mark-up."""
_LONG_PATH = 200
LOCAL_MINUTES = 240
"""Working time that a model of one's own gets: it writes a few tokens a second, after which nothing waits."""
_SAVE_AS_UTF8 = "Save the story as plain text in UTF-8 and try again."
_OPTIONS = (("max_cost_usd", "max-cost"), ("max_images", "max-images"), ("working_minutes", "minutes"))
"""Names in a request whose option is called otherwise."""


@dataclass(frozen=True, slots=True)
class Story:
    """A story as it was read."""

    text: str
    encoding: str
    name: str
    """The file's name without its ending; empty for stdin."""


def read_story(source: str) -> Story:
    """Raises `NotFound` for a missing file, `BriefRejected` for what is not a story."""
    data = _read_stdin() if source == "-" else _read_file(Path(source))
    shown = "The text on stdin" if source == "-" else source
    if len(data) > _MAX_BYTES:
        raise BriefRejected(f"{shown} is longer than {MAX_CHARACTERS:,} characters.", remedy="Send it in parts.")
    text, encoding = decode(data, shown)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _check_length(text, shown)
    return Story(text, encoding, "" if source == "-" else Path(source).stem)


def decode(data: bytes, shown: str) -> tuple[str, str]:
    """The text and the name of its encoding. Guesses only where the bytes leave no doubt."""
    if not data.strip():
        raise BriefRejected(f"{shown} is empty.", remedy="Give a file that holds a story.")
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _certain(data, encoding, shown)
    if _is_binary(data):
        raise BriefRejected(f"{shown} is not a text file.", remedy=_SAVE_AS_UTF8)
    if any(escape in data for escape in (b"\x1b$B", b"\x1b$@", b"\x1b(J")):
        return _certain(data, "iso2022_jp", shown)
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return _japanese(data, shown)


def _certain(data: bytes, encoding: str, shown: str) -> tuple[str, str]:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise BriefRejected(f"{shown} is broken {encoding.upper()}.", remedy=_SAVE_AS_UTF8) from error
    if "\0" in text:
        raise BriefRejected(f"{shown} is not a text file.", remedy=_SAVE_AS_UTF8)
    return text, encoding


def _japanese(data: bytes, shown: str) -> tuple[str, str]:
    for encoding in ("euc_jp", "cp932"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _reads_as_japanese(text):
            return text, encoding
    raise BriefRejected(
        f"{shown} is neither UTF-8 nor Shift_JIS nor EUC-JP, so its letters cannot be known.", remedy=_SAVE_AS_UTF8
    )


def _reads_as_japanese(text: str) -> bool:
    """Real Japanese is a third kana or more, and has hardly any half-width kana: the wrong encoding has the reverse."""
    wide = [c for c in text if ord(c) > 0x7F]
    kana = sum("\u3041" <= c <= "\u30ff" for c in wide)
    odd = sum("\uff61" <= c <= "\uff9f" or "\ue000" <= c <= "\uf8ff" for c in wide)
    return bool(wide) and kana >= 0.2 * len(wide) and odd <= 0.1 * len(wide)


def _is_binary(data: bytes) -> bool:
    if b"\0" in data:
        return True
    head = data[:65536]
    controls = sum(byte < 0x20 and byte not in b"\t\n\r\f\x1b\x1a" for byte in head)
    return controls > len(head) // 100


def _check_length(text: str, shown: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise BriefRejected(
            f"{shown} has {len(text):,} characters; a work takes at most {MAX_CHARACTERS:,}.",
            remedy="Send it in parts, one work each.",
        )
    if not any(c.isalnum() for c in text):
        raise BriefRejected(f"{shown} holds no words.", remedy="Give a file that holds a story.")


def _read_stdin() -> bytes:
    if sys.stdin is None or sys.stdin.isatty():
        raise BriefRejected("There is no story on stdin.", remedy="Pipe one in, or name a file.")
    return sys.stdin.buffer.read(_MAX_BYTES + 1)


def _read_file(path: Path) -> bytes:
    shown = str(path) if len(str(path)) < _LONG_PATH else f"{str(path)[:_LONG_PATH]}..."
    try:
        with path.open("rb") as file:
            return file.read(_MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise NotFound(f"There is no file {shown}.", remedy="Check the path.") from error
    except IsADirectoryError as error:
        raise BriefRejected(f"{shown} is a folder.", remedy="Name the story's text file in it.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BriefRejected(f"{shown} cannot be read: {reason}.", remedy="Check the path.") from error


@dataclass(frozen=True, slots=True)
class Speech:
    """How much is said, and in which form. `since` is when the command began."""

    quiet: bool = False
    as_json: bool = False
    since: float = field(default_factory=time.monotonic)


@dataclass(frozen=True, slots=True)
class DrawOrder:
    """What `draw` was asked for. `settings` are the wishes as the spec names them."""

    source: str
    out: Path
    settings: dict[str, Any]
    force: bool = False
    review: bool = False
    minutes: int | None = None


def checked_brief(order: DrawOrder) -> Brief:
    """Reads the story and tries the folder. Raises `BriefRejected`, `NotFound`, `OutputRefused`, `DiskFull`."""
    text = read_story(order.source).text
    try:
        asked = {"text": text, "settings": order.settings, "feedback_mode": _mode(order)}
        brief = brief_of(asked | {"working_minutes": order.minutes})
    except BriefRejected as error:
        raise _as_options(error) from error
    check_out(order.out)
    return brief


def settled_by_options(brief: Brief, tariff: "Tariff") -> Brief:
    """What options left open is chosen as the models cost. Raises `BriefRejected` in the words of the command line."""
    from works.estimate import settle_choices

    try:
        return settle_choices(brief, tariff)
    except BriefRejected as error:
        raise _as_options(error) from error


def _mode(order: DrawOrder) -> dict[str, Any]:
    """At a terminal nobody is hurried: a review waits."""
    return {"enabled": order.review, "on_timeout": "hold"}


def _as_options(error: BriefRejected) -> BriefRejected:
    """The same error in the words of the command line."""
    message, remedy = (_in_options(words) for words in (error.message, error.remedy))
    return BriefRejected(message, remedy=remedy.replace("send it again", "try again"), element=error.element)


def _in_options(words: str) -> str:
    for name, option in _OPTIONS:
        words = words.replace(f"settings.{name}", f"--{option}").replace(name, f"--{option}")
    return words.replace("settings.", "--")
