"""What a person can say at a review's prompt, and the answer that it becomes."""

import io
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from cli.output import note
from cli.phase_results import lost_lines
from cli.review_commands import ask, tell, words
from editing.accept_edits import accepted
from editing.wish_outcomes import outcome_lines
from manga.phases import Phase
from storage.base import Work, WorkStatus
from tests.graph.crew import studio
from tests.graph.told import brief
from works.base import Json
from works.reviews.review_page import Review

pytestmark = pytest.mark.anyio
MARK = {
    "rule": "same_distance",
    "page": 1,
    "panel": "b0001",
    "element": "b0001",
    "reason": "three alike",
    "fix": {"change_type": "selection", "element_id": "b0001", "change_data": {"shot": "long"}, "label": "from afar"},
}


async def review(**how: Any) -> Review:
    now = datetime.now(UTC)
    closed = (None,) * 6
    work = Work(uuid4(), "local", "r", "d", WorkStatus.AWAITING_FEEDBACK, *closed, [], False, None, now, now, None)
    it = studio()
    await it.run(brief=brief())
    return Review(work, Phase.STORYBOARD, "v1", {"red_pen": [MARK, MARK | {"fix": None}]}, await it.values(), **how)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("\n", {"action": "approve"}),
        ("brighter, please\n", {"action": "feedback", "text": "brighter, please"}),
        (":plan make it darker\n", {"action": "feedback", "text": "make it darker", "confirm": True}),
        (":quit\n", None),
        ("", None),
        (":cancel\n:nonsense\n:fix 2\n:fix 0\n:fix x\n:edit b0001\n:edit 'open\n:undo\n\n", {"action": "approve"}),
    ],
)
async def test_lines_become_answers(monkeypatch: pytest.MonkeyPatch, typed: str, answer: Json | None) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    assert ask(await review()) == answer


async def test_a_mend_of_the_red_pen_is_one_edit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(":fix 1\n"))
    answer = ask(await review())
    assert answer is not None
    edit = {name: MARK["fix"][name] for name in ("change_type", "element_id", "change_data")}  # type: ignore[index]
    assert answer == {"action": "edit", "edits": [edit]}


async def test_an_edit_names_its_element_by_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(":edit p01.k2 shot=close importance=4\n"))
    answer = ask(await review())
    assert answer is not None
    assert answer["edits"] == [
        {"change_type": "selection", "element_id": "p01.k2", "change_data": {"shot": "close", "importance": 4}}
    ]


async def test_a_plan_is_confirmed_or_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = {"items": [{"phase": "concept", "instruction": "darker", "scope": []}]}
    for typed, action in (("\n", "confirm"), (":cancel\n", "cancel")):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        assert ask(await review(plan=plan)) == {"action": action}


async def test_the_words_of_a_review_hold_the_edits_and_nothing_that_a_terminal_obeys() -> None:
    found = await review()
    wish = {"change_type": "text_edit", "element_id": "l0001.1", "change_data": {"text": "Wait for me!"}}
    state: Any = found.values
    found.values["edits"] = [edit.to_json() for edit in accepted(state, [wish])]
    found.values["storyboard"]["pages"][0]["panels"][0]["direction"]["place"] = "a\x1b[31m\x9bplace"
    lines = "\n".join(words(found))
    assert "Wait for me!" in lines
    assert "line 1" not in lines
    assert "\x1b" not in lines
    assert "\x9b" not in lines


def test_a_note_is_one_line_of_printable_characters(capsys: pytest.CaptureFixture[str]) -> None:
    note("  Done: \x1b]0;title\x07 a\nb")
    assert capsys.readouterr().err == "  Done:  ]0;title  a b\n"


async def test_who_has_no_character_sheet_is_told_before_the_cast(capsys: pytest.CaptureFixture[str]) -> None:
    missing = {"character": "c02", "name": "兵十\x1b[2J", "reason": "too much blood"}
    tell(await review(missing_sheets=(missing,)))
    said = capsys.readouterr().err
    assert "No character sheet of 兵十" in said
    assert "(c02): too much blood" in said
    assert "drawn from words alone" in said
    assert "\x1b[2J" not in said
    tell(await review())
    assert "No character sheet" not in capsys.readouterr().err


def test_each_wish_is_answered_in_a_line_and_refused_ones_are_not_told_twice() -> None:
    done = {"phase": "artwork", "instruction": "darker", "changed": ["p02.k1", "p02.k2"], "count": 3, "reason": ""}
    part = done | {"instruction": "rain, in red", "reason": "no colours"}
    none = done | {"instruction": "snow", "changed": [], "count": 0}
    refused = [{"phase": "artwork", "instruction": said, "reason": "no colours"} for said in ("rain, in red", "blue")]
    assert outcome_lines([done, part, none], refused) == [
        "Done (artwork): darker: p02.k1, p02.k2, ...",
        "Done in part (artwork): rain, in red: p02.k1, p02.k2, ...; not all of it: no colours",
        "Not done (artwork): snow: nothing was to be changed for it",
        "Not done (artwork): blue: no colours",
    ]


def test_what_was_lost_is_listed_and_a_long_list_says_how_much_more_there_is() -> None:
    loss = {"address": "p01.k1", "element": "b0001", "kind": "not_drawn", "told": "prop: anchor"}
    assert lost_lines([]) == []
    assert lost_lines([loss, loss | {"address": ""}], 1) == [
        "Not as it was said, 2:", "  p01.k1 b0001 not drawn: prop: anchor", "  and 1 more: `mangaka show`",
    ]  # fmt: skip
