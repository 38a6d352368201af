"""Carries out wishes about pictures: changed directions for panels, and how often each panel is drawn anew.

The storyboard itself stays as it is: only what the artist is told changes, for the panels in scope.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from agents.result_cache import Shelf, name_of, remembered
from manga.characters import Cast
from manga.errors import AnswerInvalid
from manga.phases import Phase
from manga.proposed_changes import PictureChange, PictureChanges
from manga.revision import UNREVISED, Revision
from manga.storyboard import PanelDraft, Storyboard
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
) -> ToDraw:
    """Without wishes no model is asked. Raises AnswerInvalid, WishRefused."""
    if not revision:
        return ToDraw(storyboard, {})
    ask = Ask(
        prompt_id=PROMPT,
        inputs={"panels": storyboard.panels(), "cast": cast},
        output_type=PictureChanges,
        revision=revision,
    )
    read = [text.name, [panel.to_json() for panel in storyboard.panels()], cast.to_json(), revision.wishes]
    answer = await remembered(shelf, name_of("redrawn", read), PictureChanges, lambda: text.answer(ask))
    changes = {c.panel: c for c in answer.changes if not revision.scope or c.panel in revision.scope}
    check(changes, cast)
    return ToDraw(
        _directed(storyboard, changes), {key: change.again for key, change in changes.items() if change.again}
    )


def check(changes: Mapping[str, PictureChange], cast: Cast) -> None:
    """Nobody is drawn who is not in the cast."""
    for key, change in changes.items():
        for figure in change.direction.figures if change.direction else ():
            if cast.get(figure.character) is None:
                message = f"Panel {key} shows {figure.character}, who is not in the cast."
                raise AnswerInvalid(message, phase=Phase.ARTWORK.value, element=key)


def _directed(storyboard: Storyboard, changes: Mapping[str, PictureChange]) -> Storyboard:
    def panel_of(panel: PanelDraft) -> PanelDraft:
        change = changes.get(panel.key)
        if change is None or change.direction is None:
            return panel
        return panel.model_copy(update={"direction": change.direction})

    pages = tuple(page.model_copy(update={"panels": tuple(map(panel_of, page.panels))}) for page in storyboard.pages)
    return Storyboard(pages=pages)
