"""The plot from models that are paid by the word: they copy a few words of each beat, code finds the places.

A long story is asked for in parts, all at once, each with the same concept and cast; their answers are kept, so that a
part that fails is the only one that is asked again. Pages, acts and cuts are made over the whole by rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from agents.asking import asked, every
from agents.plot.condensing import length_after, paged
from agents.plot.faults import shown
from agents.plot.joining import Joined, acts_of, join
from agents.plot.parts import PART, after, before, parts_of
from agents.plot.places import Placed, Reading, faults_in, place
from agents.plot.revising import draft_of, exchanged, kept_outside, passages, scoped, with_keys_of
from agents.shelf import Shelf, name_of, remembered
from manga.brief import Settings
from manga.characters import Cast
from manga.concept import Concept
from manga.errors import MangaError, Then
from manga.phases import Phase
from manga.plot import Plot
from manga.plot_draft import Person, PlotDraft
from manga.revision import UNREVISED, Revision
from manga.source import Source
from manga.values import Span
from providers.base import Ask, TextModel

PROMPT, PART_PROMPT = "plot", "plot_part"
AT_ONCE = 20
"""Parts: the longest story has no more of them."""
Answer = tuple[int, tuple[Placed, ...]]
"""The length that was wished for (0: none), and the scenes of one stretch."""


@dataclass(frozen=True, slots=True)
class Drafting:
    """One plot on its way."""

    source: Source
    concept: Concept
    cast: Cast
    settings: Settings
    text: TextModel
    revision: Revision[Plot] = UNREVISED
    shelf: Shelf | None = None

    async def plot(self) -> Plot:
        """Raises AnswerInvalid, ProviderError or ContentBlocked; of a long story with the part at fault named."""
        parts, previous = parts_of(self.source), self.revision.previous
        keys = scoped(previous, self.revision.scope) if previous is not None else frozenset()
        if previous is not None and keys and len(parts) > 1:
            return self._finished(*await self._scenes_again(previous, keys))
        answers = [await self._whole()] if len(parts) == 1 else await self._parts(parts)
        joined = join(placed for _, placed in answers)
        if previous is not None:
            joined = with_keys_of(previous, joined)
            joined = kept_outside(previous, joined, keys) if keys else joined
        return self._finished(joined, max(pages for pages, _ in answers))

    async def _scenes_again(self, previous: Plot, keys: frozenset[str]) -> tuple[Joined, int]:
        """Only the scenes that a wish is about are asked for again."""
        answers = await self._parts(passages(previous, keys, PART[self.source.language]))
        joined = with_keys_of(previous, join(placed for _, placed in answers))
        return exchanged(previous, joined, keys), max(pages for pages, _ in answers)

    def _finished(self, joined: Joined, pages: int) -> Plot:
        """`pages` as the answers have them; the number of the book before is no wish."""
        scenes, language, previous = joined.scenes, self.source.language, self.revision.previous
        wishes = bool(self.revision)
        cut = joined.cut if wishes or self.settings.fidelity == "adapted" else frozenset()
        before = len(previous.pages) if previous is not None else 0
        made = paged(
            scenes,
            language,
            self.settings,
            wished=pages if wishes and pages != before else 0,
            usual=length_after(previous, scenes, cut, language) if previous is not None else 0,
            cut=cut,
            hooks=joined.hooks,
        )
        return Plot(acts=acts_of(scenes), scenes=scenes, pages=made.pages, cuts=made.cuts)

    async def _whole(self) -> Answer:
        span = Span(start=0, end=len(self.source.text))
        return self._placed(await self._answer(PROMPT, span, {}), span)

    async def _parts(self, parts: Sequence[Span]) -> list[Answer]:
        return await every([partial(self._part, number, parts) for number in range(len(parts))], at_once=AT_ONCE)

    async def _part(self, number: int, parts: Sequence[Span]) -> Answer:
        part = parts[number]
        inputs = {
            "part": f"{number + 1} of {len(parts)}",
            "before": before(self.source, part),
            "after": after(self.source, part),
        }

        async def answered() -> PlotDraft:
            return await self._answer(PART_PROMPT, part, inputs)

        try:
            return self._placed(await remembered(self.shelf, self._name(part, inputs), PlotDraft, answered), part)
        except MangaError as error:
            if error.then is not Then.FAIL:
                raise
            words = shown(self.source.text[part.start : part.end])
            error.message = f"{error.message} (In part {number + 1} of {len(parts)} of the story: {words})"
            error.args = (error.message,)
            error.element = error.element or f"part {number + 1}"
            raise

    def _name(self, part: Span, inputs: dict[str, str]) -> str:
        read = {
            "mind": self.text.name,
            "story": self._told(part),
            "concept": self.concept.to_json(),
            "cast": self.cast.to_json(),
            "settings": self.settings.to_json(),
            "wishes": [self.revision.instructions, [keys for _, keys in self.revision.wishes], self.revision.scope],
            "previous": draft.to_json() if (draft := self._previous(part)) else None,
            **inputs,
        }
        return name_of(PART_PROMPT, read)

    async def _answer(self, prompt_id: str, part: Span, more: dict[str, str]) -> PlotDraft:
        # What stays the same in all parts comes first: providers bill a prefix that they have seen for less.
        cast = tuple(Person.from_sheet(sheet) for sheet in self.cast.characters)
        inputs: dict[str, Any] = {"concept": self.concept, "cast": cast, "settings": self.settings}
        ask = Ask(
            prompt_id=prompt_id,
            inputs={**inputs, **more, "story": self._told(part)},
            output_type=PlotDraft,
            revision=Revision(self.revision.wishes, self._previous(part)),
            may_refuse=prompt_id == PROMPT,
        )
        reading = self._reading(part)
        return await asked(
            self.text, ask, mended=_as_it_is, faults=lambda draft: faults_in(draft, reading), phase=Phase.PLOT.value
        )

    def _told(self, part: Span) -> str:
        return self.source.text[part.start : part.end]

    def _previous(self, part: Span) -> PlotDraft | None:
        previous = self.revision.previous
        return draft_of(previous, self.source.text, part) if previous is not None else None

    def _placed(self, draft: PlotDraft, part: Span) -> Answer:
        """Raises AnswerInvalid."""
        return draft.pages, place(draft, self._reading(part))

    def _reading(self, part: Span) -> Reading:
        """Scenes stand in another order than the text's only when somebody has wished so."""
        return Reading(self.source, part, self.cast, reordered=bool(self.revision))


def _as_it_is(draft: PlotDraft) -> PlotDraft:
    return draft
