"""What a person may answer at an interrupt: a word, a sentence, an object; anything else gets one clear line."""

from typing import Any, TypedDict
from uuid import uuid4

import pytest
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import START, StateGraph
from langgraph.types import Command, interrupt

from editing.review_answers import ask, read_answer, spelled_out
from graph.nodes.confirm import ConfirmAnswer
from graph.nodes.review import ReviewAnswer
from manga.errors import EditRejected

REVIEW = ("approve", "feedback", "edit")
PLAN = ("confirm", "cancel", "feedback")


@pytest.mark.parametrize(
    ("said", "allowed", "meant"),
    [
        ("approve", REVIEW, {"action": "approve"}),
        (" Approve. ", REVIEW, {"action": "approve"}),
        ("approve", PLAN, {"action": "confirm"}),
        ("cancel", PLAN, {"action": "cancel"}),
        ("Make page 2 darker.", REVIEW, {"action": "feedback", "text": "Make page 2 darker."}),
        ({"text": "もっと暗く"}, REVIEW, {"action": "feedback", "text": "もっと暗く"}),
        ({"undo": ["e1"]}, REVIEW, {"action": "edit", "undo": ["e1"]}),
        ({}, REVIEW, {"action": "approve"}),
        ({"action": "approve"}, REVIEW, {"action": "approve"}),
    ],
)
def test_a_word_a_sentence_and_an_object_are_answers(
    said: Any, allowed: tuple[str, ...], meant: dict[str, Any]
) -> None:
    assert spelled_out(said, allowed) == meant


@pytest.mark.parametrize("said", [7, None, ["approve"]])
def test_what_is_neither_word_nor_object_is_no_answer(said: Any) -> None:
    with pytest.raises(EditRejected, match="or a sentence"):
        spelled_out(said)


@pytest.mark.parametrize(
    ("said", "field"),
    [({"action": "burn"}, "action"), ({"action": "feedback", "text": 3}, "text"), ({"action": "approve", "x": 1}, "x")],
)
def test_a_wrong_answer_names_its_field_in_one_line(said: dict[str, Any], field: str) -> None:
    with pytest.raises(EditRejected) as found:
        read_answer(said, ReviewAnswer)
    assert found.value.message.startswith(f"{field}: ")
    assert "\n" not in found.value.message


class Asked(TypedDict, total=False):
    """One answer."""

    answer: dict[str, Any]


def test_what_is_no_answer_is_asked_again_with_one_line_and_the_next_answer_counts() -> None:
    def review(state: Asked) -> Asked:
        return {
            "answer": ask(
                interrupt, {"phase": "plot", "allowed": list(PLAN), "question": "Which page?"}, ConfirmAnswer
            ).to_json()
        }

    builder = StateGraph(Asked)
    builder.add_node("review", review)
    builder.add_edge(START, "review")
    graph, config = builder.compile(InMemorySaver()), {"configurable": {"thread_id": str(uuid4())}}
    asked = graph.invoke({}, config)["__interrupt__"][0]  # type: ignore[call-overload]
    assert asked.value["question"] == "Which page?"
    for wrong in ({"action": "burn"}, [1]):
        asked = graph.invoke(Command(resume=wrong), config)["__interrupt__"][0]  # type: ignore[call-overload]
        assert asked.value["phase"] == "plot"
        assert asked.value["question"].endswith("Say confirm, cancel, feedback, or write a sentence. Which page?")
        assert "\n" not in asked.value["question"]
    done = graph.invoke(Command(resume="approve"), config)  # type: ignore[call-overload]
    assert done["answer"]["action"] == "confirm"
