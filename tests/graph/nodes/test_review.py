"""With feedback the graph waits after each phase; answers lead on, to the parser, or to an edited result."""

import asyncio
from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver

from graph.events import Completed, PhaseComplete, PhaseStarted, ReviewRequested, RunEvent
from graph.run import run_graph
from graph.thread_config import config_of
from manga.edits import Edit
from manga.errors import Conflict
from manga.phases import PHASES, Phase
from tests.graph.crew import Studio, studio
from tests.graph.told import brief

pytestmark = pytest.mark.anyio
APPROVE = {"action": "approve"}


def _review(events: list[RunEvent]) -> ReviewRequested:
    last = events[-1]
    assert isinstance(last, ReviewRequested), events
    return last


async def _approved(it: Studio, events: list[RunEvent], upto: Phase) -> ReviewRequested:
    """Approves until the review of a phase is asked."""
    while _review(events).phase is not upto:
        events = await it.run(answer=APPROVE, interrupt_id=_review(events).interrupt_id)
    return _review(events)


async def _answered(it: Studio, review: ReviewRequested, **answer: object) -> list[RunEvent]:
    return await it.run(answer=answer, interrupt_id=review.interrupt_id)


def _edit(phase: Phase, key: str, **data: str) -> dict[str, object]:
    edit = Edit(
        id="e1", change_type="text_edit", phase=phase, element_key=key, change_data=dict(data), base_version="v"
    )
    return edit.to_json()


async def test_the_graph_waits_after_each_phase_and_approval_leads_to_the_next() -> None:
    it = studio()
    events = await it.run(brief=brief(feedback=True))
    seen = []
    while isinstance(events[-1], ReviewRequested):
        seen.append(events[-1].phase)
        events = await it.run(answer=APPROVE, interrupt_id=events[-1].interrupt_id)
    assert seen == list(PHASES)
    assert isinstance(events[-1], Completed)
    assert len(it.ledger.versions) == 7
    assert it.text.asked == ["concept", "characters", "plot", "storyboard", "lettering"]


async def test_a_review_tells_its_version_preview_and_terms() -> None:
    it = studio()
    review = _review(await it.run(brief=brief(feedback=True)))
    assert review.version_id in it.ledger.versions
    assert review.data["allowed"] == ["approve", "feedback", "edit"]
    assert review.data["timeout_seconds"] == 1800


class SlowSaver(InMemorySaver):
    """Others have many turns before a write is made."""

    async def aput_writes(self, *told: Any, **named: Any) -> None:
        for _ in range(200):
            await asyncio.sleep(0)
        await super().aput_writes(*told, **named)


async def test_a_question_is_told_when_it_is_written_down() -> None:
    """A process that dies as it tells it leaves a question that can be answered."""
    it = studio(saver=SlowSaver())
    async for event in run_graph(
        it.graph, it.services, it.work, epoch=None, brief=brief(feedback=True), options=it.options
    ):
        if isinstance(event, ReviewRequested):
            state = await it.graph.aget_state(config_of(it.work, None))
            assert [interrupt.id for interrupt in state.interrupts] == [event.interrupt_id]
            return
    pytest.fail("nothing was asked")


async def test_looking_at_a_waiting_work_again_asks_the_same_question_and_makes_no_version() -> None:
    it = studio()
    first = _review(await it.run(brief=brief(feedback=True)))
    again = await it.reopened().run()
    assert _review(again).interrupt_id == first.interrupt_id
    assert not any(isinstance(event, PhaseComplete) for event in again)
    assert len(it.ledger.versions) == 1


async def test_an_answer_to_a_review_that_was_answered_before_is_a_conflict() -> None:
    it = studio()
    first = _review(await it.run(brief=brief(feedback=True)))
    await _answered(it, first, **APPROVE)
    with pytest.raises(Conflict):
        await _answered(it, first, **APPROVE)


async def test_a_sentence_that_names_a_phase_goes_there_and_stops_there_and_where_the_person_was() -> None:
    it = studio()
    review = await _approved(it, await it.run(brief=brief(feedback=True)), Phase.STORYBOARD)
    it.text.asked.clear()
    events = await _answered(it, review, action="feedback", text="The characters should look older.")
    assert _review(events).phase is Phase.CHARACTERS
    assert it.text.asked == ["characters"]
    assert it.text.instructions[-1] == ("The characters should look older.",)
    events = await _answered(it, _review(events), **APPROVE)
    # plot and storyboard read nothing of it in this crew: both are kept, and plot's review passes by itself
    assert _review(events).phase is Phase.STORYBOARD
    assert it.text.asked == ["characters"]
    events = await _answered(it, _review(events), **APPROVE)
    assert _review(events).phase is Phase.ARTWORK


async def test_what_was_asked_stays_asked_when_more_is_asked_later() -> None:
    it = studio()
    review = await _approved(it, await it.run(brief=brief(feedback=True)), Phase.PLOT)
    events = await _answered(it, review, action="feedback", text="Plot: fewer scenes.")
    events = await _answered(it, _review(events), action="feedback", text="Plot: a happy ending.")
    assert it.text.instructions[-1] == ("Plot: fewer scenes.", "Plot: a happy ending.")


async def test_a_sentence_that_cannot_be_placed_is_asked_back() -> None:
    it = studio()
    review = _review(await it.run(brief=brief(feedback=True)))
    question = _review(await _answered(it, review, action="feedback", text="Hmm."))
    assert "phase" in question.data["question"]
    placed = await _answered(it, question, action="feedback", text="The concept should be darker.")
    assert _review(placed).phase is Phase.CONCEPT
    assert it.text.instructions[-1] == ("The concept should be darker.",)


async def test_a_question_that_is_cancelled_leads_back_to_the_review_without_a_new_version() -> None:
    it = studio()
    review = _review(await it.run(brief=brief(feedback=True)))
    question = _review(await _answered(it, review, action="feedback", text="Hmm."))
    back = _review(await _answered(it, question, action="cancel"))
    assert (back.phase, back.version_id) == (Phase.CONCEPT, review.version_id)
    assert len(it.ledger.versions) == 1
    events = await _answered(it, back, **APPROVE)
    assert _review(events).phase is Phase.CHARACTERS


async def test_a_plan_waits_for_a_yes_where_the_work_wants_one() -> None:
    it = studio()
    review = _review(await it.run(brief=brief(feedback=True, confirm=True)))
    plan = _review(await _answered(it, review, action="feedback", text="The concept should be darker."))
    assert plan.data["plan"]["items"][0]["phase"] == "concept"
    assert it.text.asked == ["concept"]
    events = await _answered(it, plan, action="confirm")
    assert it.text.asked == ["concept", "concept"]
    assert _review(events).phase is Phase.CONCEPT


async def test_an_edit_calls_no_model_for_its_phase_and_reaches_the_phases_that_read_it() -> None:
    it = studio()
    review = await _approved(it, await it.run(brief=brief(feedback=True)), Phase.LETTERING)
    it.text.asked.clear()
    drawn = list(it.images.drawn)
    edits = [_edit(Phase.STORYBOARD, "l0001.1", text="a new line")]
    events = await _answered(it, review, action="edit", edits=edits)
    assert _review(events).phase is Phase.STORYBOARD
    events = await _answered(it, _review(events), **APPROVE)
    assert _review(events).phase is Phase.LETTERING
    assert it.text.asked == ["lettering"]
    assert it.images.drawn == drawn
    values = await it.values()
    assert values["edits"] == edits
    assert "a new line" not in str(values["storyboard"])


@pytest.mark.parametrize(
    ("phase", "key", "data"),
    [
        (Phase.STORYBOARD, "l0001.1", {"colour": "red"}),
        (Phase.STORYBOARD, "l9999.1", {"text": "x"}),
        (Phase.FINISHING, "page1", {"image": "x"}),
        (Phase.STORYBOARD, "l0001.1", {"text": ""}),
    ],
)
async def test_an_edit_that_the_schema_does_not_know_is_asked_back_and_changes_nothing(
    phase: Phase, key: str, data: dict[str, str]
) -> None:
    it = studio()
    review = await _approved(it, await it.run(brief=brief(feedback=True)), Phase.STORYBOARD)
    question = _review(await _answered(it, review, action="edit", edits=[_edit(phase, key, **data)]))
    assert question.data["question"]
    assert not (await it.values()).get("edits")


async def test_reviews_pass_by_themselves_without_feedback() -> None:
    events = await studio().run(brief=brief())
    assert not any(isinstance(event, ReviewRequested) for event in events)
    assert len([event for event in events if isinstance(event, PhaseStarted)]) == 7


async def test_what_cannot_be_placed_is_asked_although_the_rest_was_understood() -> None:
    it = studio()
    review = await _approved(it, await it.run(brief=brief(feedback=True)), Phase.STORYBOARD)
    sentence = "登場人物をもっと若く。99ページ9コマ目を大きく。"
    asked = _review(await _answered(it, review, action="feedback", text=sentence))
    assert asked.data["question"]
    assert [item["phase"] for item in asked.data["plan"]["items"]] == ["characters"]
    assert asked.data["plan"]["redo"]["images"] == 6
    assert asked.data["allowed"] == ["confirm", "cancel", "feedback"]

    went_on = _review(await _answered(it, asked, action="confirm"))
    assert went_on.phase is Phase.CHARACTERS


async def test_a_plan_is_shown_first_when_the_person_asks_for_it() -> None:
    it = studio()
    review = await _approved(it, await it.run(brief=brief(feedback=True)), Phase.STORYBOARD)
    asked = _review(await _answered(it, review, action="feedback", text="登場人物をもっと若く", confirm=True))
    assert asked.data["plan"]["redo"]["phases"][0] == "characters"
    dropped = _review(await _answered(it, asked, action="cancel"))
    assert dropped.phase is Phase.STORYBOARD
    assert "confirm" in asked.data["allowed"]


async def test_seven_reviews_answered_in_every_way_ask_no_model_twice_for_an_earlier_phase() -> None:
    it = studio()
    events = await it.run(brief=brief(feedback=True))
    edits: dict[str, tuple[str, str, object]] = {
        "plot": ("s01", "heading", "The river"),
        "artwork": ("b0002", "take", 1),
        "lettering": ("l0001.1", "text", "Wait!"),
    }
    sentences = {"characters": "ごんをもっと若く", "storyboard": "最後のコマを大きく"}
    answered: set[str] = set()
    while isinstance(events[-1], ReviewRequested):
        review = _review(events)
        phase = review.phase.value
        asked_before = [name for name in it.text.asked if name != "feedback"]
        answer: dict[str, object] = {"action": "approve"}
        if phase in edits and phase not in answered:
            element, field, value = edits[phase]
            change_type = "selection" if field == "take" else "text_edit"
            edit = {"change_type": change_type, "element_id": element, "change_data": {field: value}}
            answer = {"action": "edit", "edits": [edit]}
        elif phase in sentences and phase not in answered:
            answer = {"action": "feedback", "text": sentences[phase]}
        answered.add(phase)
        events = await it.run(answer=answer, interrupt_id=review.interrupt_id)
        asked_now = [name for name in it.text.asked if name != "feedback"][len(asked_before) :]
        assert all(Phase(name).number >= review.phase.number for name in asked_now), (phase, asked_now)
    assert isinstance(events[-1], Completed)
    assert answered == {phase.value for phase in PHASES}
    assert it.text.asked.count("concept") == 1
