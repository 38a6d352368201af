"""Carries out wishes about pictures: changed directions for panels, and how often each panel is drawn anew.

The storyboard itself stays as it is: only what the artist is told changes, for the panels in scope. A model whose
questions have a limited room is asked what is otherwise, and is shown the panels of the new wishes and no others.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic_core import to_jsonable_python

from agents.prompt_facts import faces_told, looks_in, panels_told
from agents.result_cache import Shelf, first_answered, found, name_of, remembered
from agents.split_questions import ask_in_groups
from manga.characters import Cast
from manga.errors import AnswerInvalid, WishRefused
from manga.phases import Phase
from manga.proposed_changes import ChangedPictures, PictureChanges
from manga.revision import UNREVISED, Revision, Wish
from manga.storyboard import PanelDraft, SceneDirection, Storyboard
from providers.base import Ask, TextModel

PROMPT = "redrawing"


@dataclass(frozen=True, slots=True)
class ToDraw:
    """`takes` by panel key: how often more than once it is wanted."""

    storyboard: Storyboard
    takes: Mapping[str, int]


async def redirected(
    *,
    storyboard: Storyboard,
    cast: Cast,
    text: TextModel,
    revision: Revision[PictureChanges] = UNREVISED,
    shelf: Shelf | None = None,
    unedited: Storyboard | None = None,
) -> ToDraw:
    """Without wishes no model is asked. Raises AnswerInvalid, WishRefused.

    `unedited` is the storyboard as its model made it. What a person has changed since in words, or in panels that a
    wish is not about, asks no wish again: its answer, and the pictures that were drawn from it, are paid for.
    """
    if not revision:
        return ToDraw(storyboard, {})
    made = {panel.key: panel for panel in (unedited or storyboard).panels()}
    if text.room(PROMPT) is None:
        return await _all_at_once(storyboard, cast, text, revision, shelf)
    done, drawing = await _answered_before(storyboard, made, cast, text, revision, shelf)
    while done < len(revision.wishes):
        asked = _Question(drawing, made, cast, text, revision.wishes[done:])
        for count in range(len(asked.wishes), 0, -1):
            if await found(shelf, (earlier := asked.first(count)).name, ChangedPictures) is not None:
                asked = earlier
                break
        try:
            drawing = asked.laid_over(await remembered(shelf, asked.name, ChangedPictures, asked.answer))
        except WishRefused as error:
            place = done + error.wish
            raise WishRefused(error.message, phase=Phase.ARTWORK.value, wish=place, kept=error.kept) from None
        done += len(asked.wishes)
    return drawing


async def _all_at_once(
    storyboard: Storyboard, cast: Cast, text: TextModel, revision: Revision[PictureChanges], shelf: Shelf | None
) -> ToDraw:
    ask = Ask(
        prompt_id=PROMPT,
        inputs={"panels": storyboard.panels(), "cast": cast},
        output_type=PictureChanges,
        revision=revision,
    )
    name = _name_of_all(storyboard.panels(), cast, text, revision)
    return _redrawn(storyboard, cast, revision, await remembered(shelf, name, PictureChanges, lambda: text.answer(ask)))


def _name_of_all(panels: Sequence[PanelDraft], cast: Cast, text: TextModel, revision: Revision[PictureChanges]) -> str:
    read = [text.name, [panel.to_json() for panel in panels], cast.to_json(), revision.wishes]
    return name_of("redrawn", read)


def _as_first_said(panel: PanelDraft, made: Mapping[str, PanelDraft]) -> PanelDraft:
    """With the words that its model has put into it."""
    return panel.model_copy(update={"dialogue": made[panel.key].dialogue}) if panel.key in made else panel


def _redrawn(storyboard: Storyboard, cast: Cast, revision: Revision[PictureChanges], answer: PictureChanges) -> ToDraw:
    changes = {c.panel: c for c in answer.changes if not revision.scope or c.panel in revision.scope}
    directions = {key: change.direction for key, change in changes.items() if change.direction}
    check(directions, cast)
    takes = {key: change.again for key, change in changes.items() if change.again}
    return ToDraw(_directed(storyboard, directions), takes)


async def _answered_before(
    storyboard: Storyboard,
    made: Mapping[str, PanelDraft],
    cast: Cast,
    text: TextModel,
    revision: Revision[PictureChanges],
    shelf: Shelf | None,
) -> tuple[int, ToDraw]:
    """How many wishes works of before 2026-12 have an answer to, and what it was: they were asked all wishes at once,
    about all panels, and pictures that were drawn from that answer are paid for."""

    def name(first: Revision[PictureChanges]) -> str:
        everywhere = not first.scope
        panels = (
            _as_first_said(panel, made) if everywhere or panel.key in first.scope else made.get(panel.key, panel)
            for panel in storyboard.panels()
        )
        return _name_of_all(tuple(panels), cast, text, first)

    before = await first_answered(shelf, revision, name, PictureChanges)
    if before is None:
        return 0, ToDraw(storyboard, {})
    first, answer = before
    return len(first.wishes), _redrawn(storyboard, cast, first, answer)


@dataclass(frozen=True, slots=True)
class _Question:
    """Some wishes that are asked together, on the panels as the wishes before them have left them."""

    drawing: ToDraw
    made: Mapping[str, PanelDraft]
    cast: Cast
    text: TextModel
    wishes: tuple[Wish, ...]

    def first(self, count: int) -> "_Question":
        return replace(self, wishes=self.wishes[:count])

    @property
    def panels(self) -> dict[str, PanelDraft]:
        """Those that one of the wishes may touch."""
        keys = {key for _, scope in self.wishes for key in scope}
        everywhere = not all(scope for _, scope in self.wishes)
        return {p.key: p for p in self.drawing.storyboard.panels() if everywhere or p.key in keys}

    def _asking(self, panels: Sequence[PanelDraft]) -> Ask[ChangedPictures]:
        told = {"panels": panels_told(panels), "cast": faces_told(self.cast, looks_in(self.cast))}
        return Ask(PROMPT, told, ChangedPictures, Revision(self.wishes))

    @property
    def name(self) -> str:
        first = self._asking(tuple(_as_first_said(panel, self.made) for panel in self.panels.values()))
        return name_of("redrawn", [self.text.name, to_jsonable_python(first.inputs), self.wishes])

    async def answer(self) -> ChangedPictures:
        found = await ask_in_groups(self.text, tuple(self.panels.values()), self._asking, self.text.answer)
        return ChangedPictures(changes=tuple(change for one in found for change in one.changes))

    def laid_over(self, answer: ChangedPictures) -> ToDraw:
        """Raises AnswerInvalid."""
        panels = self.panels
        own = {change.panel: change for change in answer.changes if change.panel in panels}
        directions = {key: change.direction.laid_over(panels[key].direction) for key, change in own.items()}
        check(directions, self.cast)
        takes = Counter(self.drawing.takes)
        takes.update({key: change.again for key, change in own.items() if change.again})
        return ToDraw(_directed(self.drawing.storyboard, directions), dict(takes))


def check(directions: Mapping[str, SceneDirection], cast: Cast) -> None:
    """Nobody is drawn who is not in the cast."""
    for key, direction in directions.items():
        for figure in direction.figures:
            if cast.get(figure.character) is None:
                message = f"Panel {key} shows {figure.character}, who is not in the cast."
                raise AnswerInvalid(message, phase=Phase.ARTWORK.value, element=key)


def _directed(storyboard: Storyboard, directions: Mapping[str, SceneDirection]) -> Storyboard:
    def panel_of(panel: PanelDraft) -> PanelDraft:
        other = directions.get(panel.key)
        return panel if other is None else panel.model_copy(update={"direction": other})

    pages = tuple(page.model_copy(update={"panels": tuple(map(panel_of, page.panels))}) for page in storyboard.pages)
    return Storyboard(pages=pages)
