"""Hair styles of `styles.yaml`, which says what their fields mean, each as a `HairStyle`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from drawing.art.hair.locks import Clump
from manga.read_yaml import read_yaml

Back = Literal[
    "none", "nape", "bob", "long", "ponytail", "twintail", "bun", "topknot",
    "braids", "braid", "wavy", "half_up", "two_buns", "shimada",
]  # fmt: skip
Cap = Literal["full", "clear", "high", "soft", "pate", "swept", "none", "stubble", "curls", "afro", "wings"]
_LOCKS: Final = frozenset({"fringe", "rim", "profile", "profile_rim"})


@dataclass(frozen=True, slots=True)
class HairStyle:
    """The locks of one style."""

    cap: Cap
    fringe: tuple[Clump, ...] = ()
    rim: tuple[Clump, ...] = ()
    side: float = 0.0
    """How far down locks hang before the ears; 0 for none."""
    back: Back = "nape"
    profile: tuple[Clump, ...] = ()
    profile_rim: tuple[Clump, ...] = ()
    blunt: bool = False
    """The fringe is cut in one line."""


@cache
def styles() -> Mapping[str, HairStyle]:
    """By the key of the register."""
    return _section("styles")


@cache
def of_grown_men() -> Mapping[str, HairStyle]:
    """Those that grown men wear otherwise."""
    return _section("men")


@cache
def _file() -> Mapping[str, Any]:
    told: Mapping[str, Any] = read_yaml(Path(__file__).with_name("styles.yaml").read_text(encoding="utf-8"))
    return told


def _section(name: str) -> Mapping[str, HairStyle]:
    return {key: _style(row) for key, row in _file()[name].items()}


def _style(row: Mapping[str, Any]) -> HairStyle:
    read: dict[str, Any] = {name: _locks(told) if name in _LOCKS else told for name, told in row.items()}
    return HairStyle(**read)


def _locks(told: str | list[list[float]]) -> tuple[Clump, ...]:
    """Rows, or the name of rows that several styles have."""
    rows = _file()["locks"][told] if isinstance(told, str) else told
    return tuple(Clump((x0, y0), (x1, y1), width, bend) for x0, y0, x1, y1, width, bend in rows)
