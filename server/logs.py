"""Writes log lines as JSON, one object a line: `{time, level, logger, message, request, work, phase, ...}`.

Who logs gives names, numbers and codes. An exception is told by its type and by where it was raised, and of what
libraries say only the first line: the words of both may be the story's.
"""

import json
import logging
import sys
from contextlib import suppress
from datetime import UTC, datetime
from queue import Empty, Full, Queue
from threading import Thread
from traceback import format_tb
from typing import Any, Final, TextIO

from works.observers import marks

LONGEST: Final = 4000
MOST_WAITING: Final = 10_000
LAST_WORDS_S: Final = 2.0
_KEPT: Final = ("method", "route", "status", "ms", "bytes", "tenant")
"""What `server.request_logging` adds to a line; nothing else that a library may add is written."""
_OURS: Final = "mangaka"


class JsonLines(logging.Formatter):
    """For a handler. Formats where it is logged, because the marks are the task's."""

    def format(self, record: logging.LogRecord) -> str:
        own = marks()
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
            "request": own.request,
            "work": str(own.work) if own.work else None,
            "phase": own.phase.value if own.phase else None,
            **{name: getattr(record, name, None) for name in _KEPT},
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["where"] = "".join(format_tb(record.exc_info[2]))[-LONGEST:]
        return json.dumps({name: value for name, value in line.items() if value is not None}, ensure_ascii=False)


def _message(record: logging.LogRecord) -> str:
    message = record.getMessage()[:LONGEST]
    return message if record.name.partition(".")[0] == _OURS else message.partition("\n")[0]


class Aside(logging.Handler):
    """Writes in a thread of its own: whoever reads our lines too slowly makes no request wait. What has no room any
    more is left out, and said."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream
        self._lines: Queue[str | None] = Queue(MOST_WAITING)
        self._lost = 0
        self._thread = Thread(target=self._write_all, name="log", daemon=True)
        self._thread.start()

    def emit(self, record: logging.LogRecord) -> None:
        try:
            line = self.format(record)
        except Exception:  # noqa: BLE001 - a line of log that cannot be made is no reason to fail
            self.handleError(record)
            return
        try:
            self._lines.put_nowait(line)
        except Full:
            self._lost += 1

    def close(self) -> None:
        """What waits is written, if somebody still reads."""
        with suppress(Full):
            self._lines.put(None, timeout=LAST_WORDS_S)
            self._thread.join(LAST_WORDS_S)
        super().close()

    def _write_all(self) -> None:
        while (line := self._lines.get()) is not None:
            try:
                self._stream.write(line + "\n")
                if lost := self._lost:
                    self._lost -= lost
                    self._stream.write(json.dumps({"level": "WARNING", "logger": "mangaka.log", "lost": lost}) + "\n")
                if self._lines.empty():
                    self._stream.flush()
            except (OSError, ValueError):  # nobody reads any more
                self._drain()
                return
        with suppress(OSError, ValueError):
            self._stream.flush()

    def _drain(self) -> None:
        with suppress(Empty):
            while True:
                self._lines.get_nowait()


def log_as_service(stream: TextIO | None = None) -> None:
    """From here on this process logs as a service does: JSON to stdout, from INFO on of what is ours. What was logged
    otherwise before (a command's file, what a person is told) is not any more."""
    handler = Aside(stream or sys.stdout)
    handler.setFormatter(JsonLines())
    root, ours = logging.getLogger(), logging.getLogger(_OURS)
    named = [logging.getLogger(name) for name in logging.root.manager.loggerDict if name.startswith(f"{_OURS}.")]
    for logger in (root, ours, *named):
        for old in logger.handlers[:]:
            logger.removeHandler(old)
            old.close()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    ours.setLevel(logging.INFO)
