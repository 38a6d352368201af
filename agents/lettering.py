"""Phase 6: storyboard and pictures in, the letters of every page out.

Pages are lettered in the process pool, each by itself. A person's wishes are turned into changes of single parts by the
text mind; what it proposes outside the scope is thrown away, and so is what it proposes for words that the person has
set by hand since. A page is remembered by exactly what its letters depend on.
"""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from agents.shelf import Shelf, name_of, remembered
from drawing.lettering.fonts import standard_folders
from drawing.lettering.moved import Placing
from drawing.lettering.page import Lettered, Manner, letter_page
from manga.artwork import PanelArt
from manga.brief import Settings
from manga.concept import Concept
from manga.lettering import Lettering, PageLettering
from manga.paper import PAPERS
from manga.plot import LineKind
from manga.storyboard import DialogueLayout, LinePart, PanelDraft, Storyboard, StoryPage
from manga.values import Value
from providers.base import Ask, Offload, TextModel

PROMPT = "lettering"


class PartChange(Value):
    """Another wording, kind or place for one part; None leaves it as it is."""

    key: str
    text: str | None = Field(default=None, min_length=1, max_length=200)
    kind: LineKind | None = None
    place: Literal["auto", "top_right", "top_left", "bottom_right", "bottom_left"] | None = None
    off_panel: bool | None = None


class LetteringChanges(Value):
    """What the text mind answers to a person's wish."""

    changes: tuple[PartChange, ...] = Field(default=(), max_length=200)


async def letter(
    *,
    storyboard: Storyboard,
    art: Mapping[str, PanelArt],
    concept: Concept,
    settings: Settings,
    offload: Offload,
    text: TextModel | None = None,
    instructions: tuple[str, ...] = (),
    scope: tuple[str, ...] = (),
    folders: tuple[str, ...] | None = None,
    placings: Mapping[str, Placing] | None = None,
    by_hand: Collection[str] = (),
    shelf: Shelf | None = None,
) -> Lettering:
    """`art` by panel key. Without `text`, or without instructions, no mind is asked.

    `placings` by part key are a person's word on where letters stand; `by_hand` are parts that no wish changes now.
    """
    if text is not None and instructions:
        changes = await _asked(text, storyboard, instructions, scope, shelf)
        kept = LetteringChanges(changes=tuple(c for c in changes.changes if c.key not in by_hand))
        storyboard = changed(storyboard, kept, scope)
    manner = manner_of(concept, settings, folders if folders is not None else standard_folders())
    press = _Press(art, manner, placings or {}, offload, shelf)
    pages = await asyncio.gather(*map(press.page, storyboard.pages))
    return Lettering(
        pages=tuple(lettered.page for lettered in pages),
        base_size_q=round(manner.size_mm * 4, 2),
        warnings=tuple(warning for lettered in pages for warning in lettered.warnings),
    )


def manner_of(concept: Concept, settings: Settings, folders: tuple[str, ...]) -> Manner:
    """How this book is lettered."""
    return Manner(
        paper=PAPERS[settings.paper],
        direction=concept.direction,
        language=concept.language,
        punctuation=settings.punctuation,
        with_ruby=settings.ruby != "none",
        seed=settings.seed,
        folders=folders,
    )


class _Set(Value):
    """A lettered page as it is remembered: its warnings do not name its number, which may change."""

    page: PageLettering
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Press:
    """What every page is lettered with."""

    art: Mapping[str, PanelArt]
    manner: Manner
    placings: Mapping[str, Placing]
    offload: Offload
    shelf: Shelf | None

    async def page(self, page: StoryPage) -> Lettered:
        own = {panel.key: self.art[panel.key] for panel in page.panels if panel.key in self.art}
        parts = {part.key for panel in page.panels for part in panel.dialogue.parts}
        placings = {key: placing for key, placing in self.placings.items() if key in parts}
        number = f"page {page.number}: "

        async def make() -> _Set:
            lettered = await self.offload.run(letter_page, page, own, self.manner, placings)
            return _Set(page=lettered.page, warnings=tuple(w.removeprefix(number) for w in lettered.warnings))

        name = name_of("lettered", self._read(page, own, placings))
        found = await remembered(self.shelf, name, _Set, make)
        return Lettered(found.page, tuple(number + warning for warning in found.warnings))

    def _read(self, page: StoryPage, own: Mapping[str, PanelArt], placings: Mapping[str, Placing]) -> object:
        """Exactly what the letters of a page depend on: not its number and side, nor what its panels show."""
        manner = self.manner
        return {
            "page": page.key,
            "frames": [page.frame(panel.key).polygon for panel in page.panels],
            "panels": [(panel.key, panel.importance, panel.dialogue.to_json()) for panel in page.panels],
            "art": {key: art.to_json() for key, art in own.items()},
            "placings": {key: placing.to_json() for key, placing in placings.items()},
            "manner": [
                manner.paper.name,
                manner.direction,
                manner.language,
                manner.punctuation,
                manner.with_ruby,
                manner.seed,
            ],
        }


async def _asked(
    text: TextModel,
    storyboard: Storyboard,
    instructions: tuple[str, ...],
    scope: tuple[str, ...],
    shelf: Shelf | None,
) -> LetteringChanges:
    parts = {panel.key: panel.dialogue for panel in storyboard.panels() if panel.dialogue.parts}
    ask = Ask(
        prompt_id=PROMPT,
        inputs={"parts": parts},
        output_type=LetteringChanges,
        instructions=instructions,
        scope=scope,
    )
    read = [text.name, {key: value.to_json() for key, value in parts.items()}, instructions, scope]
    return await remembered(shelf, name_of("wished", read), LetteringChanges, lambda: text.answer(ask))


def changed(storyboard: Storyboard, changes: LetteringChanges, scope: Collection[str]) -> Storyboard:
    """The storyboard with the changes to parts that are in scope (part, line or panel keys; empty: the whole book)."""
    by_key = {change.key: change for change in changes.changes}
    pages = tuple(
        page.model_copy(update={"panels": tuple(_panel(panel, by_key, scope) for panel in page.panels)})
        for page in storyboard.pages
    )
    return storyboard.model_copy(update={"pages": pages})


def _panel(panel: PanelDraft, by_key: Mapping[str, PartChange], scope: Collection[str]) -> PanelDraft:
    def in_scope(part: LinePart) -> bool:
        return not scope or bool({part.key, part.line, panel.key} & set(scope))

    parts = tuple(
        _part(part, by_key[part.key]) if part.key in by_key and in_scope(part) else part
        for part in panel.dialogue.parts
    )
    return panel.model_copy(update={"dialogue": DialogueLayout(parts=parts)})


def _part(part: LinePart, change: PartChange) -> LinePart:
    wished = change.model_dump(exclude_none=True, exclude={"key"})
    if "text" in wished and wished["text"] != part.text:
        wished["ruby"] = ()
    return LinePart.of(part.model_dump() | wished)
