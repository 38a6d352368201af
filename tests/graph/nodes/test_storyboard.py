"""The storyboard's node with a model that proof-reads what it has drafted."""

from dataclasses import replace
from typing import Any

import pytest

from editing.work_blobs import WorkBlobs
from graph.nodes.agent_phase import Bench
from graph.nodes.storyboard import STEP, make
from manga.editor_remarks import EditorNote, EditorNotes
from manga.plot import Plot, TimeOfDay
from manga.proposed_changes import ChangedPanel, ChangedPanels
from manga.revision import UNREVISED
from manga.storyboard import Storyboard
from providers.base import Ask
from providers.process_pool import InlineOffload
from tests.agents.storyboard_models import BatchModel, told
from tests.graph.crew import MemoryBlobs, StillClock

pytestmark = pytest.mark.anyio

GIVEN = told()
PAGE = 9


class Reading(BatchModel):
    """Finds one panel too small when it proof-reads, and makes it larger when that is asked."""

    async def answer(self, ask: Ask[Any]) -> Any:
        if ask.prompt_id == "finishing":
            panel = ask.inputs["pages"][PAGE - 1].panels[0].key
            fault = EditorNote(page=PAGE, panel=panel, fault="このコマは小さすぎる。", phase="storyboard")
            return EditorNotes(notes=(fault,))
        return await super().answer(ask)


def larger(ask: Ask[Any], good: Any) -> Any:
    if ask.prompt_id != "storyboard_revision":
        return good
    (panels,) = ask.inputs["pages"].values()
    return ChangedPanels(changes=(ChangedPanel(panel=panels[0]["key"], importance=5),))


def reads(plot: Plot) -> dict[str, Any]:
    given = {"plot": plot, "cast": GIVEN.cast, "concept": GIVEN.concept, "settings": GIVEN.settings}
    return {name: value.to_json() for name, value in given.items()}


async def test_a_storyboard_that_was_mended_follows_its_plot_and_is_not_planned_anew() -> None:
    first, then = Reading(always=larger), Reading(always=larger)
    blobs = WorkBlobs(MemoryBlobs(), "local/a")
    bench = Bench(first, blobs, InlineOffload(), UNREVISED, lambda *page: None, StillClock())
    board = await make(reads(GIVEN.plot), bench)
    assert board.pages[PAGE - 1].panels[0].importance == 5
    await follows_its_plot(board, bench, then)


async def test_a_storyboard_of_which_locks_hold_something_follows_its_plot_too() -> None:
    first, then = Reading(always=larger), Reading(always=larger)
    blobs = WorkBlobs(MemoryBlobs(), "local/a")
    bench = Bench(first, blobs, InlineOffload(), UNREVISED, lambda *page: None, StillClock())
    made = await make(reads(GIVEN.plot), bench)
    pages: Any = made.to_json()["pages"]
    pages[0]["panels"][0]["importance"] = 6 - pages[0]["panels"][0]["importance"] or 1
    held = Storyboard.of(made.to_json() | {"pages": pages})
    assert STEP.held is not None
    await STEP.held(made.to_json(), held.to_json(), blobs)
    await follows_its_plot(held, bench, then)


async def follows_its_plot(board: Storyboard, bench: Bench, then: Reading) -> None:
    """When one scene is otherwise, its pages alone are asked for."""
    night = GIVEN.plot.scenes[2].model_copy(update={"time_of_day": TimeOfDay.NIGHT})
    scenes = tuple(night if scene.key == night.key else scene for scene in GIVEN.plot.scenes)
    dark = GIVEN.plot.model_copy(update={"scenes": scenes})
    after = await make(reads(dark), replace(bench, text=then, before=board.to_json()))
    assert [ask.prompt_id for ask in then.asks] == ["storyboard_revision"]
    assert after.pages[PAGE - 1] == board.pages[PAGE - 1]
