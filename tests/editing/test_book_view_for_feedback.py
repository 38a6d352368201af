"""The book as a sentence can point at it."""

from typing import Any

from editing.book_view_for_feedback import book_view
from graph.state import State
from manga.phases import Phase
from tests.graph.told import answers

BOX = {"x": 0, "y": 0, "width": 9, "height": 9}


def _state(*phases: Phase) -> State:
    made = answers(3)
    return {phase.value: made[phase.value].to_json() for phase in phases}  # type: ignore[return-value]


def test_panels_and_lines_have_keys_and_addresses() -> None:
    view = book_view(_state(Phase.CONCEPT, Phase.CHARACTERS, Phase.PLOT, Phase.STORYBOARD), Phase.LETTERING)
    assert view.phase is Phase.LETTERING
    assert [(panel.key, panel.address, panel.people) for panel in view.panels[:2]] == [
        ("b0000", "p01.k1", ("c01",)),
        ("b0001", "p01.k2", ("c02",)),
    ]
    assert [(line.key, line.address, line.line) for line in view.lines[:1]] == [("l0000.1", "p01.k1.b1", "l0000")]
    assert view.pages[0].panels == ("b0000", "b0001", "b0002")
    assert [person.name for person in view.people] == ["ごん", "兵十"]


def test_lines_have_the_words_that_are_set_and_sounds_that_came_to_the_letters_are_there() -> None:
    state = _state(Phase.CONCEPT, Phase.CHARACTERS, Phase.PLOT, Phase.STORYBOARD, Phase.LETTERING)
    corners: Any = [[0, 0], [9, 0], [9, 9]]
    run = {"source": "短い。", "span": {"start": 0, "end": 3}, "vertical": True, "size_q": 13, "glyphs": [], "box": BOX}
    balloon = {"key": "l0000.1", "panel": "b0000", "line": "l0000", "kind": "speech", "polygon": corners}
    sound = {"key": "l0000.90", "panel": "b0000", "text": "ドン", "outline": "M0 0", "polygon": corners}
    page = {"page": "g001", "balloons": [{**balloon, "text": run, "order": 0}], "sfx": [sound]}
    state["lettering"] = {**state["lettering"], "pages": [page]}
    lines = {line.key: line for line in book_view(state, Phase.LETTERING).lines}
    assert lines["l0000.1"].text == "短い。"
    assert book_view(state, Phase.STORYBOARD).lines[0].text != "短い。"  # letters of before a storyboard may be others
    assert (lines["l0000.90"].kind, lines["l0000.90"].text, lines["l0000.90"].address) == ("sfx", "ドン", "p01.k1.s1")


def test_moments_that_the_plot_has_cut_are_there_with_their_words() -> None:
    state = _state(Phase.PLOT)
    assert book_view(state, Phase.PLOT).left_out == ()
    state["plot"]["pages"] = [{**page, "beats": page["beats"][:1]} for page in state["plot"]["pages"]]
    cut = book_view(state, Phase.PLOT).left_out
    assert [(one.key, one.scene) for one in cut][:1] == [("b0001", "s01")]
    assert all(one.words for one in cut)


def test_before_the_storyboard_lines_are_known_and_stand_nowhere() -> None:
    view = book_view(_state(Phase.CONCEPT, Phase.CHARACTERS, Phase.PLOT), Phase.PLOT)
    assert (view.pages, view.panels) == ((), ())
    assert (view.lines[0].key, view.lines[0].panel) == ("l0000", "")


def test_after_the_concept_there_is_only_the_title() -> None:
    view = book_view(_state(Phase.CONCEPT), Phase.CONCEPT)
    assert view.title == "狐の話"
    assert view.people == ()


def test_edits_are_laid_over() -> None:
    state = _state(Phase.CONCEPT)
    edit = {
        "id": "e1",
        "change_type": "text_edit",
        "phase": "concept",
        "element_key": "concept",
        "change_data": {"title": "ごん"},
        "base_version": "v",
    }
    assert book_view({**state, "edits": [edit]}, Phase.CONCEPT).title == "ごん"
