"""Pages of words on stdout: headings and indented lines, coloured on a terminal and plain elsewhere."""

import sys
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

_STEP = "  "


def printable(text: object) -> str:
    """On one line, without anything that a terminal would obey: stories are untrusted."""
    return "".join(c if c.isprintable() else " " for c in str(text)).strip()


@dataclass(frozen=True)
class Sheet:
    """Writes line by line."""

    @cached_property
    def _console(self) -> "Console | None":
        if not sys.stdout.isatty():
            return None
        from rich.console import Console

        return Console(highlight=False)

    def heading(self, text: object) -> None:
        """A line that begins something, after an empty one."""
        self._write("")
        self._write(printable(text), style="bold cyan")

    def line(self, text: object, level: int = 1, style: str = "") -> None:
        """A line below a heading; long ones break at the terminal's edge and stay indented."""
        self._write(printable(text), indent=level, style=style)

    def _write(self, text: str, *, indent: int = 0, style: str = "") -> None:
        if self._console is None:
            print(f"{_STEP * indent}{text}".rstrip())
            return
        from rich.padding import Padding
        from rich.text import Text

        self._console.print(Padding(Text(text, style=style), (0, 0, 0, len(_STEP) * indent)))
