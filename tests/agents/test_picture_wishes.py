"""Wishes about pictures: what the artist is told changes for panels in scope, the storyboard does not."""

import pytest

from agents.picture_wishes import redirected
from editing.work_blobs import WorkBlobs
from manga.errors import AnswerInvalid
from manga.plot import Weather
from manga.proposed_changes import ChangedPicture, ChangedPictures, PictureChange, PictureChanges
from manga.revision import Revision
from manga.storyboard import FigureDirection, Storyboard
from providers.base import AMPLE, Room, TextModel
from providers.model_wrappers import RoutedText
from tests.agents.scripted import ScriptedText
from tests.graph.crew import MemoryBlobs
from tests.offline.wishes.revising.books import made

pytestmark = pytest.mark.anyio


async def test_without_a_wish_no_model_is_asked() -> None:
    book, model = made("ja"), ScriptedText(PictureChanges())
    drawing = await redirected(storyboard=book.board, cast=book.cast, text=model)
    assert (drawing.storyboard, drawing.takes, model.asked) == (book.board, {}, [])


async def test_a_change_outside_the_scope_is_thrown_away() -> None:
    book = made("ja")
    one, other = book.board.panels()[:2]
    rain = one.direction.model_copy(update={"weather": Weather.RAIN})
    changes = (PictureChange(panel=one.key, direction=rain, again=2), PictureChange(panel=other.key, again=1))
    model = ScriptedText(PictureChanges(changes=changes))
    wish: Revision[PictureChanges] = Revision((("rain", (one.key,)),))
    drawing = await redirected(storyboard=book.board, cast=book.cast, text=model, revision=wish)
    assert drawing.takes == {one.key: 2}
    assert drawing.storyboard.panels()[0].direction == rain
    assert drawing.storyboard.panels()[1:] == book.board.panels()[1:]
    assert model.asked[0].revision.wishes == (("rain", (one.key,)),)


async def test_another_model_for_a_single_question_does_not_undo_what_was_redirected() -> None:
    """Directions are remembered by the usual model's name: else every picture that they changed would be paid again."""
    book, shelf = made("ja"), WorkBlobs(MemoryBlobs({}), "local/a")
    panel = book.board.panels()[0]
    usual = ScriptedText(PictureChanges())
    first = ScriptedText(PictureChanges(changes=(PictureChange(panel=panel.key, again=1),)))
    other = ScriptedText(PictureChanges(changes=(PictureChange(panel=panel.key, again=2),)))

    async def takes(own: dict[str, TextModel]) -> object:
        wish: Revision[PictureChanges] = Revision((("once more", ()),))
        text = RoutedText(usual, own)
        drawn = await redirected(storyboard=book.board, cast=book.cast, text=text, revision=wish, shelf=shelf)
        return drawn.takes

    assert await takes({"redrawing": first}) == {panel.key: 1}
    assert await takes({"redrawing": other}) == {panel.key: 1}
    assert await takes({"redrawing": first, "plot": other}) == {panel.key: 1}
    assert (len(first.asked), other.asked, usual.asked) == (1, [], [])


async def test_nobody_is_drawn_who_is_not_in_the_cast() -> None:
    book = made("ja")
    panel = book.board.panels()[0]
    stranger = panel.direction.model_copy(update={"figures": (FigureDirection(character="c77"),)})
    model = ScriptedText(PictureChanges(changes=(PictureChange(panel=panel.key, direction=stranger),)))
    with pytest.raises(AnswerInvalid, match="c77"):
        await redirected(storyboard=book.board, cast=book.cast, text=model, revision=Revision((("who?", ()),)))


class RoomyText(ScriptedText):
    """Asked with what a wish is about, as chat models are."""

    def room(self, prompt_id: str) -> Room:
        return AMPLE


def in_other_words(board: Storyboard, key: str) -> Storyboard:
    """As a person has edited the words of a panel."""
    pages = []
    for page in board.pages:
        panels = []
        for panel in page.panels:
            parts = tuple(part.model_copy(update={"text": "Ho!"}) for part in panel.dialogue.parts)
            edited = panel.model_copy(update={"dialogue": panel.dialogue.model_copy(update={"parts": parts})})
            panels.append(edited if panel.key == key else panel)
        pages.append(page.model_copy(update={"panels": tuple(panels)}))
    return board.model_copy(update={"pages": tuple(pages)})


async def test_a_wish_is_not_asked_again_where_a_person_has_changed_words() -> None:
    book, shelf = made("ja"), WorkBlobs(MemoryBlobs({}), "local/a")
    spoken = next(panel.key for panel in book.board.panels() if panel.dialogue.parts)
    text = RoomyText(ChangedPictures(changes=(ChangedPicture(panel=spoken, again=1),)))
    wish: Revision[PictureChanges] = Revision((("once more", (spoken,)),))
    await redirected(storyboard=book.board, cast=book.cast, text=text, revision=wish, shelf=shelf)
    edited = in_other_words(book.board, spoken)
    again = await redirected(
        storyboard=edited, cast=book.cast, text=text, revision=wish, shelf=shelf, unedited=book.board
    )
    assert (again.takes, len(text.asked)) == ({spoken: 1}, 1)
    assert again.storyboard == edited != book.board


async def test_an_answer_of_a_work_of_before_is_found_whatever_a_person_has_changed_elsewhere() -> None:
    """Such works were asked about all panels at once, as rules are."""
    book, shelf = made("ja"), WorkBlobs(MemoryBlobs({}), "local/a")
    first, *_, last = book.board.panels()
    before = ScriptedText(PictureChanges(changes=(PictureChange(panel=last.key, again=1),)))
    wish: Revision[PictureChanges] = Revision((("once more", (last.key,)),))
    await redirected(storyboard=book.board, cast=book.cast, text=before, revision=wish, shelf=shelf)
    text = RoomyText(ChangedPictures())
    edited = in_other_words(book.board, first.key)
    drawing = await redirected(
        storyboard=edited, cast=book.cast, text=text, revision=wish, shelf=shelf, unedited=book.board
    )
    assert (drawing.takes, text.asked) == ({last.key: 1}, [])
