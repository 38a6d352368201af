"""Phase 6: storyboard and pictures in, the letters of every page out.

Pages are lettered in the process pool, each by itself. A person's wishes are turned into changes of single parts by the
text model; what it proposes outside the scope is thrown away, and so is what it proposes for words that the person has
set by hand since. A page is remembered by exactly what its letters depend on.
"""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from agents.lettering.proposal import PROMPT as PROPOSAL
from agents.lettering.proposal import Proposer
from agents.lettering.rewording import Nudge, changed, nudges, placings_of
from agents.retry import Clock
from agents.shelf import Shelf, name_of, remembered
from drawing.lettering.fonts import standard_folders
from drawing.lettering.halving import first_half
from drawing.lettering.moved import Placing
from drawing.lettering.page import Lettered, Manner, letter_page
from drawing.lettering.readings import with_readings
from manga.artwork import PanelArt
from manga.brief import Language, Settings
from manga.characters import Cast
from manga.concept import Concept
from manga.lettering import Lettering, PageLettering
from manga.paper import PAPERS
from manga.proposed_changes import LetteringChanges, PartChange
from manga.revision import UNREVISED, Revision
from manga.storyboard import Storyboard, StoryPage
from manga.values import Value
from providers.base import Ask, Offload, TextModel

__all__ = ["LetteringChanges", "PartChange", "changed", "letter"]

PROMPT = "lettering"


async def letter(
    *,
    storyboard: Storyboard,
    art: Mapping[str, PanelArt],
    concept: Concept,
    settings: Settings,
    offload: Offload,
    text: TextModel | None = None,
    revision: Revision[LetteringChanges] = UNREVISED,
    cast: Cast | None = None,
    folders: tuple[str, ...] | None = None,
    placings: Mapping[str, Placing] | None = None,
    by_hand: Collection[str] = (),
    put: Collection[str] = (),
    shelf: Shelf | None = None,
    clock: Clock | None = None,
) -> Lettering:
    """`art` by panel key. Without `text`, or without wishes, no model is asked.

    With a `clock` too, a model that does not take a whole book proposes voices, readings and sounds beforehand.

    `placings` by part key are a person's word on where letters stand; `by_hand` are parts that no wish changes now,
    `put` those that no wish moves. Raises WishRefused.
    """
    nudged: Mapping[str, Nudge] = {}
    told: tuple[str, ...] = ()
    if text is not None and clock is not None and not text.takes_whole(PROPOSAL):
        storyboard, told = await Proposer(text, clock, concept, settings, by_hand).proposed(storyboard, shelf)
    if text is not None and revision:
        changes = await _asked(text, revision, storyboard, cast, shelf)
        kept = changes.model_copy(update={"changes": tuple(c for c in changes.changes if c.key not in by_hand)})
        storyboard = changed(storyboard, kept, revision.scope)
        nudged = {key: nudge for key, nudge in nudges(kept).items() if key not in put}
    if concept.language is Language.JA:
        storyboard = await offload.run(with_readings, storyboard, settings.ruby)
    manner = manner_of(concept, settings, folders if folders is not None else standard_folders())
    press = _Press(art, manner, placings or {}, nudged, offload, shelf)
    pages = await asyncio.gather(*map(press.page, storyboard.pages))
    return Lettering(
        pages=tuple(lettered.page for lettered in pages),
        base_size_q=round(manner.size_mm * 4, 2),
        warnings=(*told, *(warning for lettered in pages for warning in lettered.warnings)),
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
    nudged: Mapping[str, Nudge]
    offload: Offload
    shelf: Shelf | None

    async def page(self, page: StoryPage) -> Lettered:
        """A page with nudged texts is lettered twice: what is moved is moved from where it would stand."""
        parts = {part.key for panel in page.panels for part in panel.dialogue.parts}
        placings = {key: placing for key, placing in self.placings.items() if key in parts or first_half(key) in parts}
        lettered = await self._lettered(page, placings)
        if not parts & self.nudged.keys():
            return lettered
        return await self._lettered(page, placings_of(page, lettered.page, self.nudged, placings))

    async def _lettered(self, page: StoryPage, placings: Mapping[str, Placing]) -> Lettered:
        own = {panel.key: self.art[panel.key] for panel in page.panels if panel.key in self.art}
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
                *([page.layout.name, [head.to_json() for head in page.layout.heads]] if page.strips else []),
            ],
        }


async def _asked(
    text: TextModel,
    revision: Revision[LetteringChanges],
    storyboard: Storyboard,
    cast: Cast | None,
    shelf: Shelf | None,
) -> LetteringChanges:
    """What a model makes of the wishes. `cast` tells names apart where somebody else is to speak."""
    spoken = (panel for panel in storyboard.panels() if panel.dialogue.parts or panel.key in revision.scope)
    parts = {panel.key: panel.dialogue for panel in spoken}
    ask = Ask(
        prompt_id=PROMPT,
        inputs={"parts": parts, "cast": cast or Cast(characters=())},
        output_type=LetteringChanges,
        revision=revision,
    )
    people = cast.to_json() if cast else None
    read = [text.name, {key: value.to_json() for key, value in parts.items()}, people, revision.wishes]
    return await remembered(shelf, name_of("wished", read), LetteringChanges, lambda: text.answer(ask))
