"""Finds panels, pages and characters of a state by lasting key, address and name, and lists the texts in panels."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from editing.phase_results import book_of, result_json
from editing.state_as_json import WorkState
from manga.element_addresses import Element as Placed
from manga.errors import NotFound
from manga.phases import Phase

Kind: TypeAlias = Literal["character", "page", "panel", "balloon", "sfx"]


@dataclass(frozen=True, slots=True)
class Element:
    """`address` is `p03` or `p03.k2` at this state, and a character's own key; `page` the key of a panel's page."""

    key: str
    kind: Kind
    address: str
    name: str = ""
    page: str = ""

    def __str__(self) -> str:
        return f"{self.name} ({self.key})" if self.name else self.address


def elements_of(state: WorkState) -> tuple[Element, ...]:
    """Everything that can be pointed at, characters first, then pages with their panels in reading order."""
    return (*_characters(state), *_pages(state))


def texts_of(state: WorkState) -> tuple[Element, ...]:
    """Balloons, captions and sounds, in reading order. They can be edited, not locked: their panel is."""
    book = book_of(state)
    texts = [found for found in book.by_key.values() if found.kind in ("balloon", "sfx")]
    pages = {found.address: found.key for found in book.by_key.values() if found.kind == "page"}
    return tuple(
        Element(found.key, "balloon" if found.kind == "balloon" else "sfx", found.address, page=pages[_page_of(found)])
        for found in texts
    )


def _page_of(found: Placed) -> str:
    return found.address.partition(".")[0]


def _characters(state: WorkState) -> Iterator[Element]:
    for person in result_json(state, Phase.CHARACTERS).get("characters", ()):
        yield Element(person["key"], "character", person["key"], person["name"])


def _pages(state: WorkState) -> Iterator[Element]:
    for page in result_json(state, Phase.STORYBOARD).get("pages", ()):
        address = f"p{page['number']:02}"
        yield Element(page["key"], "page", address)
        for place, panel in enumerate(page["panels"], start=1):
            yield Element(panel["key"], "panel", f"{address}.k{place}", page=page["key"])


def find_element(state: WorkState, text: str) -> Element:
    """What a person means: a key, an address (`p03.k2`, `p3.k2`) or a character's name. Raises `NotFound`."""
    wanted = text.strip()
    all_of_them = elements_of(state)
    for meant in (wanted, _address(wanted)):
        for element in all_of_them:
            if meant in (element.key, element.address) or (element.name and meant == element.name):
                return element
    raise NotFound(
        f"There is no panel, page or character {wanted[:60]!r} in this version.",
        remedy="`mangaka show` lists them: a panel as p03.k2, a page as p03, a character as c01 or by name.",
        element=wanted[:60],
    )


def _address(text: str) -> str:
    """`p3.k2` as it is written here, `p03.k2`."""
    page, dot, panel = text.lower().partition(".")
    if page[:1] == "p" and page[1:].isascii() and page[1:].isdigit():
        return f"p{int(page[1:]):02}{dot}{panel}"
    return text
