"""Phase 7: the finished book, and the scene graph of each page, the one truth that every export is made from."""

from typing import Literal

from pydantic import Field

from manga.artwork import Breakout, FigureAnchors
from manga.comic_strips import LayoutName, is_empty
from manga.geometry import Polygon, Rect
from manga.lettering import Balloon, Sfx, StripTitle
from manga.paper import Direction, PaperName, Side
from manga.storyboard import Half
from manga.values import Span, Value


class PanelNode(Value):
    """A panel on its page. `picture_box` is where the picture lies (mm); figures are placed in millimetres too."""

    key: str
    address: str
    polygon: Polygon
    borderless: bool = False
    bleeds: tuple[str, ...] = ()
    importance: int = 2
    role: str = "talk"
    shot: str = "medium"
    fixed_camera: bool = False
    flashback: bool = False
    scene: str = ""
    speakers: tuple[str, ...] = ()
    picture: str = Field(description="object name in the blob store")
    media_type: str
    picture_box: Rect
    figures: tuple[FigureAnchors, ...] = ()
    breakout: Breakout | None = Field(default=None, exclude_if=is_empty)
    placeholder: bool = False
    spans: tuple[Span, ...] = ()


class PageGraph(Value):
    """A page's scene graph, its JSON file too. Millimetres from the trim's top left; panels in reading order."""

    schema_version: Literal[1] = 1
    kind: Literal["title", "body", "colophon"] = "body"
    key: str
    number: int
    side: Side
    direction: Direction
    paper: PaperName
    trim: Rect
    bleed: Rect
    live: Rect
    language: str
    title: str = ""
    panels: tuple[PanelNode, ...] = ()
    balloons: tuple[Balloon, ...] = ()
    sfx: tuple[Sfx, ...] = ()
    folio: int | None = None
    layout: LayoutName = Field(default="free", exclude_if=is_empty)
    titles: tuple[StripTitle, ...] = Field(default=(), exclude_if=is_empty)
    spread: Half = Field(default="", exclude_if=is_empty)


class Gate(Value):
    """One measured figure of a book. `pages` names where it is broken."""

    name: str
    value: float
    gate: str
    ok: bool
    pages: tuple[int, ...] = ()


class QualityReport(Value):
    """What the finishing phase found: gates, cuts, placeholders, doubtful lines."""

    gates: tuple[Gate, ...] = ()
    cuts: tuple[Span, ...] = ()
    placeholders: tuple[str, ...] = ()
    doubtful_lines: tuple[str, ...] = ()
    missing: tuple[str, ...] = Field(default=(), description="things the artist could not draw")
    warnings: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """Share of the gates passed."""
        return sum(g.ok for g in self.gates) / len(self.gates) if self.gates else 1.0


class Export(Value):
    """One file of the book in the store."""

    format: Literal["png", "pdf", "cbz", "json", "work"]
    name: str
    blob: str
    sha256: str
    bytes: int = Field(ge=0)
    status: Literal["ready", "failed"] = "ready"


class BookPage(Value):
    """A page of the book: its scene graph and its picture in the store."""

    number: int
    side: Side
    graph: str = Field(description="object name of the page's scene graph")
    image: str = Field(description="object name of the page's PNG")


class Book(Value):
    """The result of the phase."""

    title: str
    author: str | None = None
    direction: Direction
    pages: tuple[BookPage, ...]
    exports: tuple[Export, ...]
    report: QualityReport
    degraded: bool = False
