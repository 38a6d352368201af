"""Every one-step fix of the red pen is an edit that is accepted."""

from typing import Any, cast

import pytest

from agents.editor_remarks.mark_storyboard import red_pen
from editing.accept_edits import accepted, check_form
from editing.phase_results import result_of
from graph.state import State
from manga.characters import Cast
from manga.concept import Concept
from manga.editor_remarks import Rule
from manga.phases import Phase
from manga.storyboard import Storyboard
from tests.agents.editor_remarks.faulty import CAST, CONCEPT, faulty
from tests.editing.works import state


def _with(rule: Rule) -> State:
    known: Any = state()
    made = {"storyboard": faulty(rule).to_json(), "characters": CAST.to_json(), "concept": CONCEPT.to_json()}
    return cast("State", {**known, **made, "feedback": {"asked_at": "storyboard", "version": "v1"}})


@pytest.mark.parametrize("rule", list(Rule))
def test_a_fix_is_an_edit_that_is_accepted(rule: Rule) -> None:
    now = _with(rule)
    board = result_of(now, Phase.STORYBOARD, Storyboard)
    cast_, concept = result_of(now, Phase.CHARACTERS, Cast), result_of(now, Phase.CONCEPT, Concept)
    for remark in red_pen(board, cast_, concept):
        if remark.fix is not None:
            sent = {name: value for name, value in remark.fix.to_json().items() if name != "label"}
            check_form(sent)
            assert accepted(now, [sent])
