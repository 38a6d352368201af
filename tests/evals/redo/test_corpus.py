"""The corpus of edits is whole, and the rules for the least tell apart what changed from what did not."""

from collections import Counter
from typing import Any

import pytest

from editing.accept_edits import accepted
from evals.redo.edit_cases import Case, cases, key_of, sent
from evals.redo.redo_edits import least_images, least_pages
from graph.state import State
from tests.graph.crew import studio
from tests.graph.told import PANELS, brief

pytestmark = pytest.mark.anyio
BOX = {"x": 0.1, "y": 0.1, "width": 0.2, "height": 0.2}


async def told() -> State:
    it = studio()
    await it.run(brief=brief())
    values: Any = await it.values()
    return values  # type: ignore[no-any-return]


def case(**data: object) -> Case:
    return Case.of({"name": "x", "by": "selection", "change": {}, "images": "none", "pages": "none", **data})


def test_there_are_forty_edits_of_many_kinds_with_names_of_their_own() -> None:
    corpus = cases()
    assert len(corpus) == 40
    assert max(Counter(one.name for one in corpus).values()) == 1
    assert len({one.element.partition(":")[0] for one in corpus}) >= 9
    assert {one.images.partition(":")[0] for one in corpus} == {"none", "all", "it", "seen", "cut", "shown"}


async def test_an_edit_of_the_corpus_is_one_that_the_graph_accepts() -> None:
    state = await told()
    edit = sent(case(element="figure:1", change={"expression": "cry"}), state)
    assert edit["change_data"] == {"figures.c02.expression": "cry"}
    assert accepted(state, [edit])[0].element_key == key_of("figure:1", state) == "b0001"


async def test_the_least_of_an_edit_that_changes_nothing_is_nothing() -> None:
    state = await told()
    for rule in ("none", "cut", "shown"):
        assert least_images(case(element="concept", images=rule), state, state) == 0
    assert least_pages(case(element="concept", pages="read"), state, state) == 0


async def test_a_person_is_counted_where_he_is_seen_and_no_more() -> None:
    state = await told()
    assert least_images(case(element="person:0", images="seen:person:0"), state, state) == PANELS // 2
    assert least_images(case(element="panel:0", images="it"), state, state) == 1
    assert least_images(case(element="concept", images="all"), state, state) == PANELS
    assert least_pages(case(element="balloon:0", pages="it"), state, state) == 1


def drawn_otherwise(state: State, **art: object) -> State:
    """The same state with other values in the first panel's picture."""
    pictures, first = state["artwork"], key_of("panel:0", state)
    return {**state, "artwork": {**pictures, first: {**pictures[first], **art}}}


@pytest.mark.parametrize(
    ("art", "pages"),
    [
        ({"blob": "f" * 64, "digest": "other", "take": 2, "ink": 0.9}, 0),
        ({"figures": [{"character": "c01", "body": BOX, "head": BOX}]}, 1),
        ({"where": {"things": [BOX]}}, 1),
    ],
    ids=["strokes", "people", "things"],
)
async def test_a_page_is_lettered_anew_for_what_words_keep_clear_of_and_for_no_stroke(
    art: dict[str, object], pages: int
) -> None:
    state = await told()
    assert least_pages(case(element="panel:0", pages="read"), state, drawn_otherwise(state, **art)) == pages
