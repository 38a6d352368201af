"""Phase 6: storyboard and pictures in, the letters of every page out.

Pages are lettered in the process pool, each by itself. A person's wishes are turned into changes of single parts by the
text mind; what it proposes outside the scope is thrown away.
"""

import asyncio
from collections.abc import Collection, Mapping
from typing import Literal

from pydantic import Field

from drawing.lettering.fonts import standard_folders
from drawing.lettering.page import Lettered, Manner, letter_page
from manga.artwork import PanelArt
from manga.brief import Settings
from manga.concept import Concept
from manga.lettering import Lettering
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
) -> Lettering:
    """`art` by panel key. Without `text`, or without instructions, no mind is asked."""
    if text is not None and instructions:
        changes = await _asked(text, storyboard, instructions, scope)
        storyboard = changed(storyboard, changes, scope)
    manner = manner_of(concept, settings, folders if folders is not None else standard_folders())
    pages = await asyncio.gather(*(_page(page, art, manner, offload) for page in storyboard.pages))
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


async def _page(page: StoryPage, art: Mapping[str, PanelArt], manner: Manner, offload: Offload) -> Lettered:
    own = {panel.key: art[panel.key] for panel in page.panels if panel.key in art}
    return await offload.run(letter_page, page, own, manner)


async def _asked(
    text: TextModel, storyboard: Storyboard, instructions: tuple[str, ...], scope: tuple[str, ...]
) -> LetteringChanges:
    parts = {panel.key: panel.dialogue for panel in storyboard.panels() if panel.dialogue.parts}
    ask = Ask(
        prompt_id=PROMPT,
        inputs={"parts": parts},
        output_type=LetteringChanges,
        instructions=instructions,
        scope=scope,
    )
    return await text.answer(ask)


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
