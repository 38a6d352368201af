"""A sentence about somebody's looks, with the real offline writer and an image model that draws after sheets."""

from dataclasses import replace

import pytest

from editing.phase_results import result_of
from graph.build import STEPS, build_graph
from graph.events import ReviewRequested, RunEvent
from manga.brief import Brief, FeedbackMode, Settings
from manga.characters import Cast
from manga.phases import Phase
from manga.storyboard import Storyboard
from offline.writer import OfflineWriter
from tests.graph.crew import CREW, Studio, studio
from tests.offline.wishes.revising.books import KITE
from tests.sheet_images import SheetImages

pytestmark = pytest.mark.anyio


async def _approved(it: Studio, events: list[RunEvent], upto: Phase) -> ReviewRequested:
    while True:
        review = events[-1]
        assert isinstance(review, ReviewRequested)
        if review.phase is upto:
            return review
        events = await it.run(answer={"action": "approve"}, interrupt_id=review.interrupt_id)


async def test_longer_hair_draws_his_sheet_and_his_panels_anew_and_nothing_else() -> None:
    images = SheetImages()
    it = studio(images=images)
    services = replace(it.services, text=OfflineWriter(it.services.offload))
    steps = {**STEPS, Phase.FINISHING: CREW[Phase.FINISHING]}
    it = replace(it, services=services, graph=build_graph(services, it.saver, steps=steps))
    request = Brief(text=KITE, feedback_mode=FeedbackMode(enabled=True), settings=Settings(seed=5))
    review = await _approved(it, await it.run(brief=request), Phase.ARTWORK)
    before = result_of(await it.values(), Phase.CHARACTERS, Cast)  # type: ignore[arg-type]
    assert len(before.characters) == len(images.sketched) == 2
    images.sketched.clear()
    images.drawn.clear()
    answer = {"action": "feedback", "text": "岩田さんの髪を長く"}
    await _approved(it, await it.run(answer=answer, interrupt_id=review.interrupt_id), Phase.ARTWORK)
    state = await it.values()
    after = result_of(state, Phase.CHARACTERS, Cast)  # type: ignore[arg-type]
    board = result_of(state, Phase.STORYBOARD, Storyboard)  # type: ignore[arg-type]
    his = [panel.key for panel in board.panels() if "c02" in {f.character for f in panel.direction.figures}]
    assert images.sketched == [("c02", 0)]
    assert sorted(images.drawn) == sorted(his)
    assert 0 < len(his) < len(board.panels())
    assert after.characters[0] == before.characters[0]
    assert after.characters[1].reference_images != before.characters[1].reference_images
