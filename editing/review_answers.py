"""Reads and checks what a person answers to a question of the graph: an object, one word, or a sentence."""

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from editing.accept_edits import check_form
from editing.edit_context import rejected
from editing.state_as_json import Json
from manga.errors import EditRejected
from manga.values import Value, json_schema

A = TypeVar("A", bound=Value)

WORDS: Final = ("approve", "confirm", "cancel")
"""Answers of one word; any other text is a sentence of feedback."""


def ask(interrupt: Callable[..., Any], question: Json, kind: type[A]) -> A:
    """The answer to the question, put through LangGraph's `interrupt`. What is no answer is asked again, with one line
    that says why before what was asked (`question`): an error would end the run, and LangGraph would hand the same
    wrong answer to every later one."""
    why: Json = {}
    while True:
        said = interrupt(question | why, response_schema=json_schema(kind))
        try:
            return read_answer(agreed(spelled_out(said, question["allowed"]), question["allowed"]), kind)
        except EditRejected as error:
            reason = f"{error.message} Say {', '.join(question['allowed'])}, or write a sentence."
            why = {"question": " ".join(filter(None, (reason, question.get("question"))))}


def spelled_out(said: Any, allowed: Sequence[str] = WORDS) -> Json:
    """`{action, ...}` from an object whose action follows from what it holds, from a word, or from a sentence. Raises
    EditRejected for anything else."""
    if isinstance(said, str):
        word = said.strip().rstrip(".!").casefold()
        said = agreed({"action": word}, allowed) if word in WORDS else {"text": said}
    if not isinstance(said, dict):
        raise EditRejected("An answer is an object with `action`, or a sentence.", element="resume")
    if "action" in said:
        return said
    edits = said.get("edits") or said.get("undo")
    return {"action": "feedback" if said.get("text") else "edit" if edits else "approve", **said}


def agreed(answer: Json, allowed: Sequence[str]) -> Json:
    """An approval of a plan is its confirmation, whichever of the two words it has."""
    means_yes = answer.get("action") == "approve" and "approve" not in allowed and "confirm" in allowed
    return {"action": "confirm"} if means_yes else answer


def read_answer(said: Json, kind: type[A]) -> A:
    """The answer as its type. Raises EditRejected that names the field."""
    try:
        answer = kind.of(said)
        for edit in said.get("edits") or ():
            check_form(edit)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "answer"
        raise rejected(where, first["msg"]) from error
    return answer
