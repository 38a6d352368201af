"""A change of looks that a person puts into the plot reaches the panels that show it, and nothing else is made anew."""

import pytest

from manga.storyboard import Storyboard
from tests.graph.test_edit_runs import _author, _sent

pytestmark = pytest.mark.anyio


def _seen(board: Storyboard, who: str) -> list[str]:
    return [panel.key for panel in board.panels() if any(f.character == who for f in panel.direction.figures)]


async def test_a_bandage_from_a_panel_on_redraws_the_later_panels_of_that_person_and_asks_no_mind() -> None:
    author = await _author()
    board = await author.board()
    who = board.panels()[0].direction.figures[0].character if board.panels()[0].direction.figures else "c01"
    keys = [panel.key for panel in board.panels()]
    begun = next(key for key in reversed(_seen(board, who)[:-1]) if "+" not in key)
    later = [key for key in _seen(board, who) if keys.index(key) >= keys.index(begun)]
    assert len(later) < len(_seen(board, who))
    author.it.images.drawn.clear()
    change = {"who": who, "aspect": "bandage", "to": "head"}
    images, pages = await author.edit(_sent(begun, "selection", changes=[change]) | {"id": "hurt"})
    assert sorted(author.it.images.drawn) == sorted(later)
    assert images == len(later)
    assert await author.board() == board
    assert pages == 0
    assert await author.edit(undo=("hurt",)) == (0, 0)
