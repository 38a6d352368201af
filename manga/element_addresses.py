"""Addresses: where an element stands at one version. `p03` is a page, `p03.k2` its second panel in reading order,
`p03.k2.b1` a balloon, `p03.k2.s1` a drawn sound. They are resolved to lasting keys: page, panel, part of a line.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from manga.storyboard import PANEL_KEY, PART_KEY, LinePart, PanelDraft, Storyboard
from manga.thing_shapes import THING_KEY
from manga.values import Value

ElementKind: TypeAlias = Literal[
    "concept", "character", "scene", "line", "thing", "storyboard", "page", "panel", "balloon", "sfx"
]

_ADDRESS = re.compile(r"p(\d{2,3})(?:\.k(\d{1,2})(?:\.([bs])(\d{1,2}))?)?")
_KEYS: tuple[tuple[ElementKind, str], ...] = (
    ("concept", r"^concept$"),
    ("storyboard", r"^storyboard$"),
    ("character", r"^c\d{2,3}$"),
    ("scene", r"^s\d{2,3}$"),
    ("line", r"^l\d{4,5}$"),
    ("thing", THING_KEY),
    ("page", r"^g\d{3,4}$"),
    ("panel", PANEL_KEY),
    ("balloon", PART_KEY),
)


class Address(Value):
    """A place in the book; numbers begin at 1. Without a panel it is a page, without a text a panel."""

    page: int
    panel: int | None = None
    kind: Literal["b", "s"] | None = None
    text: int | None = None

    def __str__(self) -> str:
        panel = f".k{self.panel}" if self.panel is not None else ""
        return f"p{self.page:02}{panel}" + (f".{self.kind}{self.text}" if self.kind is not None else "")


def parse(text: str) -> Address | None:
    """The address that a text is, if it is one. There is no page, panel or text 0."""
    found = _ADDRESS.fullmatch(text)
    if found is None:
        return None
    page, panel, kind, number = found.groups()
    numbers = [int(n) for n in (page, panel, number) if n is not None]
    if not text.isascii() or 0 in numbers:
        return None
    return Address(
        page=int(page),
        panel=int(panel) if panel else None,
        kind="b" if kind == "b" else "s" if kind == "s" else None,
        text=int(number) if number else None,
    )


def kind_of_key(key: str) -> ElementKind | None:
    """What a lasting key names, by its form. A drawn sound has the key of a part, like a balloon."""
    return next((kind for kind, pattern in _KEYS if key.isascii() and re.fullmatch(pattern, key)), None)


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the storyboard: what it is, its lasting key, and where it stands now."""

    kind: ElementKind
    key: str
    address: str


@dataclass(frozen=True, slots=True)
class AddressBook:
    """Every page, panel, balloon and sound of one version, by address and by key."""

    by_address: Mapping[str, Element]
    by_key: Mapping[str, Element]

    def find(self, name: str) -> Element | None:
        """By address or by key."""
        address = parse(name)
        return self.by_address.get(str(address)) if address is not None else self.by_key.get(name)

    def address_of(self, key: str) -> str:
        """Empty for what has no place in the book."""
        return self.by_key[key].address if key in self.by_key else ""


def address_book(storyboard: Storyboard | None) -> AddressBook:
    """Of a storyboard; empty before there is one."""
    elements = tuple(_elements(storyboard)) if storyboard is not None else ()
    return AddressBook({e.address: e for e in elements}, {e.key: e for e in elements})


def _elements(storyboard: Storyboard) -> Iterator[Element]:
    for page in storyboard.pages:
        yield Element("page", page.key, str(Address(page=page.number)))
        for number, panel in enumerate(page.panels, start=1):
            yield Element("panel", panel.key, str(Address(page=page.number, panel=number)))
            yield from _texts(page.number, number, panel)


def _texts(page: int, number: int, panel: PanelDraft) -> Iterator[Element]:
    balloons = [part for part in panel.dialogue.parts if part.kind != "sfx"]
    sounds = [part for part in panel.dialogue.parts if part.kind == "sfx"]
    for index, part in enumerate(balloons, start=1):
        yield _text(part, Address(page=page, panel=number, kind="b", text=index))
    for index, part in enumerate(sounds, start=1):
        yield _text(part, Address(page=page, panel=number, kind="s", text=index))


def _text(part: LinePart, address: Address) -> Element:
    return Element("balloon" if address.kind == "b" else "sfx", part.key, str(address))
