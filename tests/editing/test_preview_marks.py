"""The red pen's mends are edits that the graph takes: each mends what it was found for."""

from typing import Any

import pytest

from agents.editor_remarks.mark_storyboard import red_pen
from editing.accept_edits import accepted
from editing.phase_results import result_of
from graph.state import State
from manga.editor_remarks import Rule
from manga.phases import Phase
from manga.storyboard import Storyboard
from tests.agents.editor_remarks.faulty import CAST, CONCEPT, FAULTS, faulty
from tests.graph.told import brief, plot_of


def state_of(storyboard: Storyboard) -> State:
    found: Any = {
        "brief": brief().to_json(),
        "concept": CONCEPT.to_json(),
        "characters": CAST.to_json(),
        "plot": plot_of(99).to_json(),
        "storyboard": storyboard.to_json(),
        "version": "v1",
    }
    return found  # type: ignore[no-any-return]


@pytest.mark.parametrize("rule", list(FAULTS))
def test_a_mend_is_accepted_and_the_mark_is_gone(rule: Rule) -> None:
    state = state_of(faulty(rule))
    marks = [mark for mark in red_pen(faulty(rule), CAST, CONCEPT) if mark.rule is rule]
    mended = [mark for mark in marks if mark.fix is not None]
    for mark in mended:
        assert mark.fix is not None
        sent = mark.fix.to_json()
        edits = accepted(state, [{name: sent[name] for name in ("change_type", "element_id", "change_data")}])
        after: Any = {**state, "edits": [edit.to_json() for edit in edits]}
        storyboard = result_of(after, Phase.STORYBOARD, Storyboard)
        left = [other for other in red_pen(storyboard, CAST, CONCEPT) if other.rule is rule]
        assert (mark.page, mark.element) not in {(other.page, other.element) for other in left}
