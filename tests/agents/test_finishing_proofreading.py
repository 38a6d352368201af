"""A finished book is read once more: notes stand in the report while their page is as it was."""

import pytest

from agents.finishing import (
    Reader,
    proof_pages,
)
from manga.brief import Language
from manga.errors import AnswerInvalid, ProviderBusy
from manga.paper import Direction
from manga.proposed_changes import EditorNote, EditorNotes
from manga.storyboard import Storyboard
from tests.agents.unasked import Cupboard, Proposing
from tests.drawing.lettering.desk import board, panel, part
from tests.graph.crew import StillClock
from tests.graph.told import CONCEPT

pytestmark = pytest.mark.anyio
JA = CONCEPT.model_copy(update={"language": Language.JA, "direction": Direction.RTL})


def told(words: str = "兵十だな！") -> Storyboard:
    return board(
        [panel(1, [part(1, words, who="a")], importance=4), panel(2), panel(3)],
        [panel(4, [part(2, "いないよ", who="a")], importance=4), panel(5), panel(6)],
    )


def _note(page: int, panel: str | None = None, fault: str = "問いの前に答えがある。") -> EditorNote:
    return EditorNote(page=page, panel=panel, fault=fault, phase="storyboard")


async def _notes(*notes: EditorNote) -> tuple[str, ...]:
    return await Reader(Proposing(EditorNotes(notes=notes)), StillClock()).notes(told(), JA, None)


async def test_a_note_names_its_page_and_the_phase_that_mends_it() -> None:
    assert await _notes(_note(1, "b0001"), _note(2)) == (
        "editor, page 1: 問いの前に答えがある。 (storyboard)",
        "editor, page 2: 問いの前に答えがある。 (storyboard)",
    )


async def test_notes_on_what_the_book_does_not_have_are_dropped() -> None:
    assert await _notes(_note(9), _note(1, "b0666")) == ()


async def test_a_note_is_one_line_that_no_screen_obeys() -> None:
    assert await _notes(_note(1, fault="a\x1b[2J\nb\u202e c")) == ("editor, page 1: a [2J b c (storyboard)",)


async def test_the_model_reads_pages_as_a_reader_does() -> None:
    first, second = proof_pages(told(), JA)
    assert [panel.key for panel in first.panels] == ["b0001", "b0002", "b0003"]
    assert first.panels[0].texts[0].text == "兵十だな！"
    assert first.turned is not second.turned


async def test_a_book_is_read_once_and_a_note_on_a_changed_page_is_dropped() -> None:
    shelf, model = Cupboard(), Proposing(EditorNotes(notes=(_note(1), _note(2))))
    reader = Reader(model, StillClock())
    assert len(await reader.notes(told(), JA, shelf)) == 2
    assert await reader.notes(told("兵十かな"), JA, shelf) == ("editor, page 2: 問いの前に答えがある。 (storyboard)",)
    assert len(model.asks) == 1


async def test_a_book_that_cannot_be_read_is_finished_all_the_same() -> None:
    model = Proposing(EditorNotes(), [AnswerInvalid("The answer is cut off.")] * 9)
    found = await Reader(model, StillClock()).notes(told(), JA, None)
    assert found == ("the book could not be proof-read: The answer is cut off.",)
    assert len(model.asks) == 4


async def test_an_overloaded_provider_makes_the_work_wait() -> None:
    with pytest.raises(ProviderBusy):
        await Reader(Proposing(EditorNotes(), [ProviderBusy()] * 9), StillClock()).notes(told(), JA, None)
