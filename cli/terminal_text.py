"""Prints structured text on stdout: headings and indented lines, coloured on a terminal and plain elsewhere."""

import sys
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from cli.output import printable

if TYPE_CHECKING:
    from rich.console import Console

_STEP = "  "


class Page(Protocol):
    """Where words are written line by line."""

    def line(self, text: object, level: int = 1, style: str = "") -> None:
        """A line below a heading."""
        ...


@dataclass(frozen=True)
class Lines:
    """Keeps the lines, for whoever says them."""

    found: list[str] = field(default_factory=list)

    def line(self, text: object, level: int = 1, style: str = "") -> None:
        """See `Page`; styles are for the terminal's page."""
        self.found.append(f"{_STEP * (level - 1)}{printable(text).strip()}")


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
        self._write(printable(text).strip(), style="bold cyan")

    def line(self, text: object, level: int = 1, style: str = "") -> None:
        """A line below a heading; long ones break at the terminal's edge and stay indented."""
        self._write(printable(text).strip(), indent=level, style=style)

    def _write(self, text: str, *, indent: int = 0, style: str = "") -> None:
        if self._console is None:
            print(f"{_STEP * indent}{text}".rstrip())
            return
        from rich.padding import Padding
        from rich.text import Text

        self._console.print(Padding(Text(text, style=style), (0, 0, 0, len(_STEP) * indent)))
