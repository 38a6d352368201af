"""A sentence reaches the parser with the book in view, and its plan reaches the phases."""

import pytest

from graph.events import ReviewRequested, RunEvent
from tests.graph.crew import studio
from tests.graph.told import brief

pytestmark = pytest.mark.anyio


def _review(events: list[RunEvent]) -> ReviewRequested:
    assert isinstance(events[-1], ReviewRequested)
    return events[-1]


async def test_a_panel_named_by_its_place_becomes_the_scope_of_the_wish() -> None:
    it = studio()
    events = await it.run(brief=brief(feedback=True))
    while _review(events).phase != "storyboard":
        events = await it.run(answer={"action": "approve"}, interrupt_id=_review(events).interrupt_id)
    before = dict(it.ledger.counters)
    answer = {"action": "feedback", "text": "1ページ2コマ目をもっと大きく"}
    events = await it.run(answer=answer, interrupt_id=_review(events).interrupt_id)
    assert _review(events).phase == "storyboard"
    wishes = (await it.values())["wishes"]["storyboard"]
    assert wishes == [{"instruction": "1ページ2コマ目をもっと大きく", "scope": ["b0001"]}]
    risen = {key[1] for key, count in it.ledger.counters.items() if count != before.get(key)}
    assert risen == {"text_calls", "text_calls:feedback", "text_calls:storyboard"}


async def test_an_element_that_is_not_there_is_asked_back_by_its_name() -> None:
    it = studio()
    review = _review(await it.run(brief=brief(feedback=True)))
    answer = {"action": "feedback", "text": "9ページ2コマ目を明るく"}
    question = _review(await it.run(answer=answer, interrupt_id=review.interrupt_id))
    assert "9ページ" in question.data["question"]
    assert question.data["allowed"] == ["cancel", "feedback"]


async def test_a_place_said_after_a_question_belongs_to_the_wish_whatever_is_on_the_screen() -> None:
    it = studio()
    events = await it.run(brief=brief(feedback=True))
    while _review(events).phase != "storyboard":
        events = await it.run(answer={"action": "approve"}, interrupt_id=_review(events).interrupt_id)
    for text, about in (("もっと大きく", []), ("1ページ2コマ目", ["p01.k1"])):
        answer = {"action": "feedback", "text": text, "about": about}
        events = await it.run(answer=answer, interrupt_id=_review(events).interrupt_id)
    wishes = (await it.values())["wishes"]["storyboard"]
    assert wishes == [{"instruction": "1ページ2コマ目: もっと大きく", "scope": ["b0001"]}]
