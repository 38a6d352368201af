"""Phase 6: storyboard and pictures in, the letters of every page out.

Pages are lettered in the process pool, each by itself. A person's wishes are turned into changes of single parts by the
text model; what it proposes outside the scope is thrown away, and so is what it proposes for words that the person has
set since. A page is remembered by exactly what its letters depend on.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from agents.change_letters import Nudge, changed, lost_of_wish, nudges, placings_of
from agents.lettering_proposals import MOST_SOUNDS, PROPOSAL, Proposer, Worded
from agents.prompt_facts import parts_told
from agents.result_cache import Shelf, first_answered, name_of, remembered
from agents.retry import Clock
from agents.split_questions import ask_in_groups
from drawing.lettering.fonts import standard_folders
from drawing.lettering.letter_page import Lettered, letter_page
from drawing.lettering.moved_letters import Placing
from drawing.lettering.ruby_readings import with_readings
from drawing.lettering.split_text import first_half
from drawing.lettering.typesetting import Manner
from manga.artwork import PanelArt
from manga.brief import Language, Settings
from manga.characters import Cast
from manga.concept import Concept
from manga.errors import WishRefused
from manga.lettering import Lettering, PageLettering
from manga.losses import Loss
from manga.paper import PAPERS
from manga.proposed_changes import LetteringChanges
from manga.revision import UNREVISED, Revision, Wish
from manga.storyboard import DialogueLayout, PanelDraft, Storyboard, StoryPage
from manga.values import Value
from providers.base import Ask, Offload, TextModel

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
    by_person: Collection[str] = (),
    put: Collection[str] = (),
    shelf: Shelf | None = None,
    clock: Clock | None = None,
) -> Lettering:
    """`art` by panel key. Without `text`, or without wishes, no model is asked.

    With a `clock` too, a model that makes proposals is asked for voices, readings and sounds beforehand.

    `placings` by part key are a person's word on where letters stand; `by_person` are parts that no wish changes now,
    `put` those that no wish moves. Raises WishRefused.
    """
    nudged: Mapping[str, Nudge] = {}
    worded = Worded(storyboard)
    if text is not None and clock is not None and text.answers(PROPOSAL):
        worded = await Proposer(text, clock, concept, settings, by_person).proposed(storyboard, shelf)
    storyboard, losses = worded.storyboard, worded.losses
    if text is not None and revision:
        wisher = Wisher(text, revision, cast or Cast(characters=()), shelf, by_person)
        storyboard, moved = await wisher.carried_out(storyboard)
        losses = (*losses, *wisher.losses)
        nudged = {key: nudge for key, nudge in moved.items() if key not in put}
    if concept.language is Language.JA:
        storyboard = await offload.run(with_readings, storyboard, settings.ruby)
    manner = manner_of(concept, settings, folders if folders is not None else standard_folders())
    press = _Press(art, manner, placings or {}, nudged, offload, shelf)
    pages = await asyncio.gather(*map(press.page, storyboard.pages))
    return Lettering(
        pages=tuple(lettered.page for lettered in pages),
        base_size_q=round(manner.size_mm * 4, 2),
        warnings=(*worded.told, *(warning for lettered in pages for warning in lettered.warnings)),
        losses=losses,
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


@dataclass(frozen=True, slots=True)
class Wisher:
    """Carries out a person's wishes about letters. `cast` tells names apart where somebody else is to speak;
    `by_person` are parts that no wish changes now.

    A model whose questions have a limited room is asked wish by wish, and shown the panels of the wish and no others;
    rules carry out all wishes at once, and an older one of theirs may be met by then."""

    text: TextModel
    revision: Revision[LetteringChanges]
    cast: Cast
    shelf: Shelf | None
    by_person: Collection[str]
    losses: list[Loss] = field(default_factory=list)
    """What is answered and not carried out."""

    async def carried_out(self, storyboard: Storyboard) -> tuple[Storyboard, dict[str, Nudge]]:
        """The storyboard as it is to be lettered, and which texts are moved or sized. Raises WishRefused."""
        if self.text.room(PROMPT) is None:
            answer = await remembered(
                self.shelf,
                self._name_of_all(storyboard, self.revision),
                LetteringChanges,
                lambda: self._all(storyboard),
            )
            return self._laid_over(storyboard, answer, self.revision.scope)
        done, storyboard, moved = await self._answered_before(storyboard)
        for place, wish in enumerate(self.revision.wishes[done:], start=done):
            try:
                storyboard, nudged = self._laid_over(storyboard, await self._one(storyboard, wish), wish[1])
            except WishRefused as error:
                raise WishRefused(error.message, phase=PROMPT, wish=place, kept=error.kept) from None
            moved |= {key: nudge.after(moved.get(key)) for key, nudge in nudged.items()}
        return storyboard, moved

    def _laid_over(
        self, storyboard: Storyboard, answer: LetteringChanges, scope: Collection[str]
    ) -> tuple[Storyboard, dict[str, Nudge]]:
        self.losses.extend(lost_of_wish(answer, storyboard, scope, self.by_person))
        own = tuple(change for change in answer.changes if change.key not in self.by_person)
        kept = answer.model_copy(update={"changes": own})
        return changed(storyboard, kept, scope), nudges(kept)

    async def _all(self, storyboard: Storyboard) -> LetteringChanges:
        inputs = {"parts": self._spoken(storyboard, self.revision), "cast": self.cast}
        return await self.text.answer(Ask(PROMPT, inputs, LetteringChanges, self.revision))

    async def _one(self, storyboard: Storyboard, wish: Wish) -> LetteringChanges:
        panels = [panel for panel in storyboard.panels() if not wish[1] or panel.names() & set(wish[1])]

        async def answered(ask: Ask[LetteringChanges]) -> LetteringChanges:
            name = name_of("wished", [self.text.name, ask.inputs, wish])
            return await remembered(self.shelf, name, LetteringChanges, lambda: self.text.answer(ask))

        found = await ask_in_groups(self.text, panels, lambda some: self._ask(some, wish), answered)
        return LetteringChanges(
            changes=tuple(change for one in found for change in one.changes),
            sounds=tuple(sound for one in found for sound in one.sounds)[:MOST_SOUNDS],
        )

    def _ask(self, panels: Sequence[PanelDraft], wish: Wish) -> Ask[LetteringChanges]:
        people = [{"key": person.key, "name": person.name} for person in self.cast.characters]
        return Ask(PROMPT, {"parts": parts_told(panels), "cast": people}, LetteringChanges, Revision((wish,)))

    async def _answered_before(self, storyboard: Storyboard) -> tuple[int, Storyboard, dict[str, Nudge]]:
        """How many wishes works of before 2026-12 have an answer to, and what it came to: they asked all at once."""
        before = await first_answered(
            self.shelf, self.revision, partial(self._name_of_all, storyboard), LetteringChanges
        )
        if before is None:
            return 0, storyboard, {}
        first, answer = before
        return len(first.wishes), *self._laid_over(storyboard, answer, first.scope)

    def _name_of_all(self, storyboard: Storyboard, revision: Revision[LetteringChanges]) -> str:
        parts = {key: value.to_json() for key, value in self._spoken(storyboard, revision).items()}
        people = self.cast.to_json() if self.cast.characters else None
        return name_of("wished", [self.text.name, parts, people, revision.wishes])

    def _spoken(self, storyboard: Storyboard, revision: Revision[LetteringChanges]) -> dict[str, DialogueLayout]:
        spoken = (panel for panel in storyboard.panels() if panel.dialogue.parts or panel.key in revision.scope)
        return {panel.key: panel.dialogue for panel in spoken}
