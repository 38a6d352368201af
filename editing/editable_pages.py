"""A storyboard while edits are laid over it: pages as lists of panel drafts, without geometry.

Immutable: every change gives a new plan. What an edit asks for and cannot have is `Unfit`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from editing.edit_values import EdgePoint
from manga.brief import MAX_PAGES
from manga.comic_strips import MOST_PANELS as MOST_IN_STRIPS
from manga.storyboard import DialogueLayout, LinePart, PanelDraft, Storyboard, StoryPage

MOST_PANELS = 9
MOST_PARTS = 6


class Unfit(Exception):
    """An edit that cannot be laid over this storyboard; its message says why, `gone` that its element is not there."""

    def __init__(self, reason: str, *, gone: bool = False, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.gone = gone
        self.field = field


@dataclass(frozen=True, slots=True)
class Cut:
    """The first panel's frame is cut in two; the second part is the second panel's."""

    first: str
    second: str
    start: EdgePoint
    end: EdgePoint


@dataclass(frozen=True, slots=True)
class Join:
    """The second panel's frame goes to the first."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Shift:
    """A side of a panel's border goes out or in, and its gutter with it."""

    panel: str
    edge: int
    by_mm: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page. `laid` is its geometry so far (a new page has none); a `dirty` one is laid out anew."""

    key: str
    panels: tuple[PanelDraft, ...]
    laid: StoryPage | None = None
    dirty: bool = False
    shapes: tuple[Cut | Join | Shift, ...] = ()

    def with_panels(self, panels: Sequence[PanelDraft], *, dirty: bool) -> "Sheet":
        most = MOST_IN_STRIPS if self.laid is not None and self.laid.strips else MOST_PANELS
        if len(panels) > most:
            raise Unfit(f"a page holds at most {most} panels")
        return replace(self, panels=tuple(panels), dirty=self.dirty or dirty)

    @property
    def spreads(self) -> bool:
        """Whether it is one panel over two pages, and still can be."""
        laid = self.laid is not None and self.laid.spread == "first"
        return laid and len(self.panels) == 1 and not self.shapes

    @property
    def letters(self) -> int:
        """How many letters its balloons hold."""
        parts = (part for panel in self.panels for part in panel.dialogue.parts)
        return sum(len(part.text) for part in parts if part.kind != "sfx")

    def index(self, panel: str) -> int | None:
        return next((i for i, draft in enumerate(self.panels) if draft.key == panel), None)


@dataclass(frozen=True, slots=True)
class Plan:
    """All pages in order."""

    sheets: tuple[Sheet, ...]

    def panels(self) -> Iterator[PanelDraft]:
        return (panel for sheet in self.sheets for panel in sheet.panels)

    def page(self, key: str) -> int:
        """The place of a page. Raises `Unfit`."""
        found = next((i for i, sheet in enumerate(self.sheets) if sheet.key == key), None)
        if found is None:
            raise Unfit(f"there is no page {key}", gone=True)
        return found

    def panel(self, key: str) -> tuple[int, int]:
        """Page and place of a panel. Raises `Unfit`."""
        for i, sheet in enumerate(self.sheets):
            if (j := sheet.index(key)) is not None:
                return i, j
        raise Unfit(f"there is no panel {key}", gone=True)

    def part(self, key: str) -> tuple[int, int, int]:
        """Page, panel and place of a part. Raises `Unfit`."""
        for i, sheet in enumerate(self.sheets):
            for j, panel in enumerate(sheet.panels):
                for k, part in enumerate(panel.dialogue.parts):
                    if part.key == key:
                        return i, j, k
        raise Unfit(f"there is no text {key}", gone=True)

    def with_sheet(self, i: int, sheet: Sheet) -> "Plan":
        return Plan((*self.sheets[:i], sheet, *self.sheets[i + 1 :]))

    def with_panel(self, i: int, j: int, panel: PanelDraft, *, dirty: bool = False) -> "Plan":
        sheet = self.sheets[i]
        return self.with_sheet(i, sheet.with_panels((*sheet.panels[:j], panel, *sheet.panels[j + 1 :]), dirty=dirty))

    def with_sheets(self, sheets: Sequence[Sheet]) -> "Plan":
        spreads = sum(sheet.spreads for sheet in sheets)
        if not 1 <= len(sheets) + spreads <= MAX_PAGES:
            raise Unfit(f"a book has 1 to {MAX_PAGES} pages")
        return Plan(tuple(sheets))


def plan_of(storyboard: Storyboard) -> Plan:
    own = (page for page in storyboard.pages if page.spread != "second")
    return Plan(tuple(Sheet(page.key, page.panels, page) for page in own))


def changed(panel: PanelDraft, **changes: Any) -> PanelDraft:
    """A panel with other fields, checked. Raises pydantic.ValidationError."""
    return PanelDraft.model_validate({name: getattr(panel, name) for name in PanelDraft.model_fields} | changes)


def with_parts(panel: PanelDraft, parts: Sequence[LinePart]) -> PanelDraft:
    """A panel with other texts. Raises `Unfit` when there are too many."""
    if len(parts) > MOST_PARTS:
        raise Unfit(f"a panel holds at most {MOST_PARTS} texts, and {panel.key} would have {len(parts)}")
    return panel.model_copy(update={"dialogue": DialogueLayout(parts=tuple(parts))})
