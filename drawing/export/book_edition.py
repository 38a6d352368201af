"""One version of a book as exporters read it: its facts, its pages' scene graphs, and what machines call it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from drawing.pages.scene_graph import BookFacts
from manga.book import PageGraph, PanelNode
from manga.paper import Direction, Side


@dataclass(frozen=True, slots=True)
class Edition:
    """`pages` in reading order, the title page first. `identity` is the work's id and stays over all its versions;
    `modified` is when this version was made. Neither is made up here: equal editions give equal bytes."""

    facts: BookFacts
    pages: tuple[PageGraph, ...]
    identity: str
    modified: datetime
    mono: bool = True

    @property
    def first(self) -> Side:
        """The side of the first page."""
        return self.pages[0].side

    @property
    def rtl(self) -> bool:
        return self.facts.direction is Direction.RTL


@dataclass(frozen=True, slots=True)
class Leaf:
    """What one page of an export is made from. `pictures` are encoded, by object name; `png` and `pdf` are the page as
    it was drawn with the book, where it was; `folders` hold the faces; `before` is the panel that is read before the
    page's first."""

    graph: PageGraph
    pictures: Mapping[str, bytes]
    folders: tuple[str, ...]
    png: bytes | None = None
    pdf: bytes | None = None
    options: Mapping[str, int] = field(default_factory=dict)
    before: PanelNode | None = None


def words_of(page: PageGraph) -> str:
    """What is said on a page, in reading order, a line a balloon; titles of strips before, the drawn sounds behind."""
    named = [title.text.source for title in page.titles]
    said = [balloon.text.source for balloon in sorted(page.balloons, key=lambda b: b.order)]
    return "\n".join(" ".join(text.split()) for text in (*named, *said, *(sfx.text for sfx in page.sfx)))


def label_of(page: PageGraph, language: str) -> str:
    """What a page is called in a table of contents."""
    japanese = language == "ja"
    if page.kind == "body":
        return f"{page.number}ページ" if japanese else f"Page {page.number}"
    if page.kind == "title":
        return "扉" if japanese else "Title page"
    return "奥付" if japanese else "Colophon"
