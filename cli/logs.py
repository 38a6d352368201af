"""Where what is logged goes: into a file that is made, with its folder, by its first line (where it cannot be made,
there is no log); what concerns the person also to the person.
"""

import io
import logging
import os
from pathlib import Path

from cli.output import note


class LateFile(logging.FileHandler):
    """Never stands in the way of the command that logs."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, encoding="utf-8", delay=True)
        self.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"))

    def _open(self) -> io.TextIOWrapper:
        try:
            Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
            return super()._open()
        except OSError:
            return open(os.devnull, "w", encoding="utf-8")


class ToThePerson(logging.Handler):
    """One line for each message, however often it is logged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._told: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if message not in self._told:
            self._told.add(message)
            note(f"mangaka: {message}")
