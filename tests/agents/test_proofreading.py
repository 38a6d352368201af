"""A finished book is read once more: notes stand in the report while their page is as it was."""

import pytest

from agents.change_letters import changed
from agents.editor_remarks.mark_storyboard import red_pen
from agents.lettering import letter
from agents.notes_that_stand import remarks_on_plot
from agents.proofreading import Reader, drafted_pages, left_out_of, mended, printed_pages, with_notes_of
from manga.brief import Language, Settings
from manga.editor_remarks import EditorNote, EditorNotes, Rule
from manga.errors import AnswerInvalid, ProviderBusy
from manga.lettering import BalloonKind, Lettering
from manga.paper import Direction
from manga.plot import LineKind, keys_named, spoken_in
from manga.proposed_changes import LetteringChanges, NewSound, PartChange
from manga.revision import Revision
from manga.storyboard import Storyboard, StoryPage
from tests.agents.storyboard_models import BatchModel, made
from tests.agents.storyboard_models import told as of_pages
from tests.agents.unasked import Cupboard, Proposing
from tests.drawing.lettering.desk import board, panel, part
from tests.graph.crew import StillClock
from tests.graph.told import CAST, CONCEPT
from tests.remembering import INLINE

pytestmark = pytest.mark.anyio
JA = CONCEPT.model_copy(update={"language": Language.JA, "direction": Direction.RTL})


def told(words: str = "兵十だな！") -> Storyboard:
    return board(
        [panel(1, [part(1, words, who="a")], importance=4), panel(2), panel(3)],
        [panel(4, [part(2, "いないよ", who="a")], importance=4), panel(5), panel(6)],
    )


async def lettered(storyboard: Storyboard) -> Lettering:
    return await letter(storyboard=storyboard, art={}, concept=JA, settings=Settings(), offload=INLINE)


def _note(page: int, panel: str | None = None, fault: str = "問いの前に答えがある。") -> EditorNote:
    return EditorNote(page=page, panel=panel, fault=fault, phase="storyboard")


async def _notes(*notes: EditorNote) -> tuple[str, ...]:
    return await read(Proposing(EditorNotes(notes=notes)))


async def read(model: Proposing, words: str = "兵十だな！", shelf: Cupboard | None = None) -> tuple[str, ...]:
    book = told(words)
    return await Reader(model, StillClock()).of_book(book, await lettered(book), JA, shelf)


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
    first, second = printed_pages(told(), await lettered(told()), JA)
    assert [panel.key for panel in first.panels] == ["b0001", "b0002", "b0003"]
    assert first.panels[0].texts[0].text == "兵十だな！"
    assert first.turned is not second.turned


async def test_the_model_reads_what_is_printed_not_what_was_drafted() -> None:
    sound = NewSound(panel="b0001", text="ドン")
    shorter = LetteringChanges(changes=(PartChange(key="l0001.1", text="兵十！"),), sounds=(sound,))
    (first, _) = printed_pages(told(), await lettered(changed(told(), shorter, ())), JA)
    assert [(one.kind, one.text) for one in first.panels[0].texts] == [("speech", "兵十！"), ("sfx", "ドン")]


async def test_sounds_stand_where_they_are_read_and_commas_of_a_cut_are_not_seen() -> None:
    parts = [part(1, "ドン", kind="sfx"), part(2, "Too short,", who="a")]
    book = board([panel(1, parts), panel(2), panel(3)])
    (page,) = printed_pages(book, await lettered(book), JA)
    assert [one.text for one in page.panels[0].texts] == ["ドン", "Too short"]
    (draft,) = drafted_pages(book, JA)
    assert [one.text for one in draft.panels[0].texts] == ["ドン", "Too short"]


async def test_a_long_text_that_is_split_is_read_to_its_end() -> None:
    words = "むかし、この山には、それはそれは大きな鬼がすんでいて、" * 3
    book = board([panel(1, [part(1, words, who="a")]), panel(2), panel(3)])
    (page,) = printed_pages(book, await lettered(book), JA)
    assert "".join(one.text for one in page.panels[0].texts) == words


async def test_a_book_is_read_once_and_a_note_on_a_changed_page_is_dropped() -> None:
    shelf, model = Cupboard(), Proposing(EditorNotes(notes=(_note(1), _note(2))))
    assert len(await read(model, shelf=shelf)) == 2
    assert await read(model, "兵十かな", shelf) == ("editor, page 2: 問いの前に答えがある。 (storyboard)",)
    assert len(model.asks) == 1


def _with_a_new_line(book: Storyboard) -> Storyboard:
    """The last of four pages says another line than before."""
    *pages, last = book.pages
    panels = (panel(14, [part(20, "ごんだ。", who="a")], importance=4), *last.panels[1:])
    return book.model_copy(update={"pages": (*pages, last.model_copy(update={"panels": panels}))})


async def test_after_a_wish_only_changed_pages_and_those_beside_them_are_read_again() -> None:
    rows = [[panel(n, [part(n, "だな", who="a")], importance=4), panel(n + 1), panel(n + 2)] for n in (1, 5, 9, 13)]
    book, shelf = board(*rows), Cupboard()
    first = Proposing(EditorNotes(notes=(_note(1), _note(3), _note(4))))
    await Reader(first, StillClock()).of_book(book, await lettered(book), JA, shelf)
    again = Proposing(EditorNotes(notes=(_note(4, fault="また。"),), mended=(1,)))
    now = _with_a_new_line(book)
    found = await Reader(again, StillClock()).of_book(now, await lettered(now), JA, shelf)
    assert [[page.number for page in ask.inputs["pages"]] for ask in again.asks] == [[3, 4]]
    near, changed = again.asks[0].inputs["pages"]
    assert ([one.key for one in near.panels], len(changed.panels)) == ([p.key for p in book.pages[2].panels[1:]], 3)
    assert again.asks[0].inputs["known"] == {"1": "editor, page 3: 問いの前に答えがある。 (storyboard)"}
    assert "4;" in again.asks[0].inputs["stage"]
    assert sorted(found) == [
        "editor, page 1: 問いの前に答えがある。 (storyboard)",
        "editor, page 4: また。 (storyboard)",
    ]


async def test_a_book_that_cannot_be_read_is_finished_all_the_same() -> None:
    model = Proposing(EditorNotes(), [AnswerInvalid("The answer is cut off.")] * 9)
    found = await read(model)
    assert found == ("the book could not be proof-read: The answer is cut off.",)
    assert len(model.asks) == 4


async def test_an_overloaded_provider_makes_the_work_wait() -> None:
    with pytest.raises(ProviderBusy):
        await read(Proposing(EditorNotes(), [ProviderBusy()] * 9))


def _places(book: Storyboard) -> dict[int, str]:
    return {page.number: page.key for page in book.pages}


async def test_what_pages_can_mend_is_wished_for_once_where_it_was_found_and_stands_while_nothing_changes() -> None:
    book, heard = told(), list[Revision[Storyboard]]()

    async def revised(revision: Revision[Storyboard]) -> Storyboard:
        heard.append(revision)
        return told("兵十だ！")

    plot = EditorNote(page=1, fault="だれもたずねていない。", phase="plot")
    lettering = EditorNote(page=1, fault="字が多い。", phase="lettering")
    made = await mended(book, [_note(1, "b0001"), plot, lettering, _note(2)], revised)
    (one,) = heard
    assert one.previous == book
    ((said, scope),) = one.wishes
    assert scope == ("b0001", *_places(book).values())
    assert said.count("問いの前に答えがある。") == 2
    assert made.notes == (_note(2), lettering), "its page is as it was, and what nobody has asked about"
    assert made.pages == told("兵十だ！").pages


async def test_a_revision_that_is_no_use_leaves_the_storyboard_and_all_notes() -> None:
    async def revised(revision: Revision[Storyboard]) -> Storyboard:
        raise AnswerInvalid

    made = await mended(told(), [_note(1)], revised)
    assert (made.pages, made.notes) == (told().pages, (_note(1),))


async def test_without_a_fault_of_its_own_a_storyboard_is_not_drafted_again() -> None:
    async def revised(revision: Revision[Storyboard]) -> Storyboard:
        raise AssertionError

    assert await mended(told(), [], revised) == told()


async def test_the_reader_of_a_storyboard_is_shown_what_is_left_out_by_key() -> None:
    given = of_pages(pages=2)
    made_ = await made(given, BatchModel())
    lines = [line for beat in given.plot.beats() for line in spoken_in(beat)]
    gone, cut = lines[0].key, given.plot.beats()[-1]
    pages = tuple(_without(page, gone, cut.key) for page in made_.pages)
    found = left_out_of(made_.model_copy(update={"pages": pages}), given.plot)
    told = [one for own in found.values() for one in own]
    assert any(one.startswith(f"{gone}: {lines[0].text}") for one in told)
    assert any(one.startswith(f"{cut.key}: ") for one in told)
    whole = left_out_of(made_, given.plot)
    assert not any(one.startswith(gone) for own in whole.values() for one in own)


def _without(page: StoryPage, line: str, beat: str) -> StoryPage:
    panels = []
    for one in page.panels:
        parts = tuple(part for part in one.dialogue.parts if part.line != line)
        beats = tuple(key for key in one.beats if key != beat) or one.beats[:1]
        if one.beats != (beat,):
            panels.append(
                one.model_copy(update={"dialogue": one.dialogue.model_copy(update={"parts": parts}), "beats": beats})
            )
    return page.model_copy(update={"panels": tuple(panels)})


def test_notes_stay_on_the_pages_that_a_wish_has_not_changed() -> None:
    old = told().model_copy(update={"notes": (_note(1), _note(2))})
    assert with_notes_of(old, told("兵十かな")).notes == (_note(2),)


async def test_a_storyboard_is_read_once_while_it_is_the_same() -> None:
    shelf, model = Cupboard(), Proposing(EditorNotes(notes=(_note(1), _note(9), _note(1, "b0666"))))
    reader = Reader(model, StillClock())
    assert await reader.of_storyboard(told(), JA, shelf) == (_note(1),)
    assert await reader.of_storyboard(told(), JA, shelf) == (_note(1),)
    assert [ask.inputs["stage"] for ask in model.asks] == ["storyboard"]


def test_what_the_reader_found_stands_first_among_the_red_pens_marks() -> None:
    book = told().model_copy(update={"notes": (_note(1, "b0001", "a\x1b[2Jb"), _note(9))})
    first = red_pen(book, CAST, JA)[0]
    assert (first.rule, first.page, first.panel, first.reason) == (Rule.EDITOR, 1, "b0001", "a [2Jb (storyboard)")


async def test_what_stands_from_the_storyboard_is_told_of_the_book_and_known_to_whoever_reads_it() -> None:
    standing = EditorNote(page=1, panel="b0002", fault="だれの手かわからない。", phase="artwork")
    book, model = told().model_copy(update={"notes": (standing,)}), Proposing(EditorNotes(notes=(_note(2), standing)))
    found = await Reader(model, StillClock()).of_book(book, await lettered(book), JA, None)
    told_first = "editor, page 1: だれの手かわからない。 (artwork)"
    assert found == (told_first, "editor, page 2: 問いの前に答えがある。 (storyboard)")
    assert model.asks[0].inputs["known"] == {"1": told_first}


async def test_a_known_fault_that_its_reader_finds_mended_is_told_no_more() -> None:
    first, second = _note(1, "b0001", "だれかわからない。"), _note(2, None, "問いがない。")
    book, model = told().model_copy(update={"notes": (first, second)}), Proposing(EditorNotes(mended=(1, 7)))
    found = await Reader(model, StillClock()).of_book(book, await lettered(book), JA, None)
    assert found == ("editor, page 2: 問いがない。 (storyboard)",)


async def test_a_book_is_read_with_the_voices_that_its_letters_have() -> None:
    book = told()
    letters = await lettered(book)
    pages = tuple(
        page.model_copy(
            update={"balloons": tuple(b.model_copy(update={"kind": BalloonKind.WHISPER}) for b in page.balloons)}
        )
        for page in letters.pages
    )
    read = printed_pages(book, letters.model_copy(update={"pages": pages}), JA)
    kinds = {part.kind for page in read for panel in page.panels for part in panel.texts}
    assert LineKind.WHISPER in kinds
    assert LineKind.SPEECH not in kinds


def test_a_note_that_names_what_is_still_missing_stands_though_its_panel_has_changed() -> None:
    plot = of_pages(pages=1).plot
    there, gone = plot.beats()[0].lines[-1].key, plot.beats()[2].lines[-1].key
    notes = (_note(1, "b0001", f"{gone} がない。"), _note(1, "b0001", f"{there} がおかしい。"), _note(1, "b0003"))
    old = told().model_copy(update={"notes": notes})
    now = board([panel(1, [part(int(there[1:]), "やあ", who="a")]), panel(2)], [panel(4), panel(5)])
    assert with_notes_of(old, now, plot).notes == (notes[0],), "the second is mended, the third's panel is gone"


def test_a_note_on_words_that_have_been_taken_out_is_mended() -> None:
    plot = of_pages(pages=1).plot
    line = plot.beats()[0].lines[-1].key
    note = _note(1, "b0001", f"{line} はいらない。")
    old = board([panel(1, [part(int(line[1:]), "やあ", who="a")])]).model_copy(update={"notes": (note,)})
    assert with_notes_of(old, board([panel(1)]), plot).notes == ()


def test_the_plot_is_told_what_it_alone_can_mend_under_its_beat() -> None:
    plot_fault = EditorNote(page=2, fault="理由がない。", phase="plot")
    book = told().model_copy(update={"notes": (_note(1), plot_fault)})
    assert remarks_on_plot(book) == {book.pages[1].panels[0].beats[0]: ["理由がない。"]}


def test_a_moment_is_known_by_its_key_in_a_sentence_of_any_language() -> None:
    assert keys_named("b0074が抜けて、l0165の言葉と「b0012」もない。b0012+1は別のコマ。") == ["b0074", "l0165", "b0012"]
    assert keys_named("Bring back b0074, and l0165; ab0001 and b00012345 are none.") == ["b0074", "l0165"]
