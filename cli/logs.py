"""A log file that is made, with its folder, by its first line; where it cannot be made, there is no log."""

import io
import logging
import os
from pathlib import Path


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
