"""Edits through the whole graph, with the offline writer and real letters: only what changed is made anew."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, ParamSpec, TypeVar

import pytest

from drawing.lettering.letter_page import letter_page
from editing.phase_results import artwork_of, result_of
from editing.plan_direct_edits import keep_picture
from editing.state_as_json import Json
from editing.work_blobs import blobs_of
from graph.build import STEPS, build_graph
from graph.events import ReviewRequested, RunEvent
from manga.brief import Brief, FeedbackMode, Settings
from manga.geometry import Point
from manga.lettering import Lettering
from manga.phases import Phase
from manga.storyboard import Storyboard
from offline.writer import OfflineWriter
from tests.drawing.test_clean_uploaded_picture import picture_bytes
from tests.graph.crew import CREW, OFFLOAD, Studio, studio

pytestmark = pytest.mark.anyio
P = ParamSpec("P")
R = TypeVar("R")
STORY = """　川のほとりに、ごんという小さな狐がいました。
「おなかがすいたなあ。」とごんは言いました。
　そこへ、兵十が魚をとりに来ました。
「今日はよくとれるぞ。」と兵十は言いました。
　ごんは草のかげから、そっと見ていました。
「あの魚がほしい。」とごんは思いました。
　兵十がふり向きました。
「だれだ、そこにいるのは。」と兵十がさけびました。
　ごんは走って逃げました。
　夜になって、雨がふりだしました。
「悪いことをした。」とごんは言いました。
"""


@dataclass
class CountingOffload:
    """Counts the pages that are to be lettered; what is the same in two tests here is made once."""

    lettered: list[str] = field(default_factory=list)

    async def run(self, work: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        if work is letter_page:
            self.lettered.append(args[0].key)  # type: ignore[attr-defined]
        return await OFFLOAD.run(work, *args, **kwargs)


@dataclass
class Author:
    """A work at a review, and the person who answers it."""

    it: Studio
    offload: CountingOffload
    review: ReviewRequested

    async def approved_to(self, phase: Phase) -> None:
        while self.review.phase is not phase:
            await self.answer(action="approve")

    async def answer(self, **answer: Any) -> None:
        self.review = _review(await self.it.run(answer=answer, interrupt_id=self.review.interrupt_id))

    async def edit(self, *edits: Json, undo: tuple[str, ...] = ()) -> tuple[int, int]:
        """Sends edits and comes back to lettering; answers how many images and pages were made anew."""
        images, pages = len(self.it.images.drawn), len(self.offload.lettered)
        sent = [edit | {"base_version": self.review.version_id} for edit in edits]
        await self.answer(action="edit", edits=sent, undo=list(undo))
        assert not self.review.data.get("question"), self.review.data["question"]
        await self.approved_to(Phase.LETTERING)
        return len(self.it.images.drawn) - images, len(self.offload.lettered) - pages

    async def state(self) -> Any:
        return await self.it.values()

    async def board(self) -> Storyboard:
        return result_of(await self.state(), Phase.STORYBOARD, Storyboard)

    async def middles(self) -> dict[str, Point]:
        lettering = result_of(await self.state(), Phase.LETTERING, Lettering)
        return {balloon.key: balloon.text.box.centre for page in lettering.pages for balloon in page.balloons}


def _review(events: list[RunEvent]) -> ReviewRequested:
    last = events[-1]
    assert isinstance(last, ReviewRequested), events
    return last


async def _author(at: Phase = Phase.LETTERING) -> Author:
    it, offload = studio(), CountingOffload()
    services = replace(it.services, text=OfflineWriter(offload), offload=offload)
    steps = {**STEPS, Phase.FINISHING: CREW[Phase.FINISHING]}
    it = replace(it, services=services, graph=build_graph(services, it.saver, steps=steps))
    request = Brief(text=STORY, feedback_mode=FeedbackMode(enabled=True), settings=Settings(seed=7, pages=3))
    author = Author(it, offload, _review(await it.run(brief=request)))
    await author.approved_to(at)
    return author


def _sent(element: str, change: str = "text_edit", **data: Any) -> Json:
    return {"change_type": change, "element_id": element, "change_data": data}


async def _first_balloon(author: Author) -> tuple[str, str]:
    """Address and key of the first balloon of the book."""
    for page in (await author.board()).pages:
        for number, panel in enumerate(page.panels, start=1):
            parts = [part for part in panel.dialogue.parts if part.kind != "sfx"]
            if parts:
                return f"p{page.number:02}.k{number}.b1", parts[0].key
    raise AssertionError


async def test_a_moved_balloon_redraws_nothing_and_sets_one_page_and_taking_it_back_sets_none() -> None:
    author = await _author()
    address, key = await _first_balloon(author)
    before = await author.middles()
    assert await author.edit(_sent(address, "drag_drop", move={"dx_mm": 2, "dy_mm": 3}) | {"id": "moved"}) == (0, 1)
    after = await author.middles()
    assert after[key] == pytest.approx((before[key][0] + 2, before[key][1] + 3), abs=0.01)
    assert {k: v for k, v in after.items() if k != key} == {k: v for k, v in before.items() if k != key}
    assert await author.edit(undo=("moved",)) == (0, 0)
    assert await author.middles() == before


async def test_a_new_text_redraws_nothing_sets_one_page_and_stands_where_the_person_has_put_it() -> None:
    author = await _author()
    address, key = await _first_balloon(author)
    await author.edit(_sent(address, "drag_drop", move={"dx_mm": 2, "dy_mm": 3}))
    place = (await author.middles())[key]
    assert await author.edit(_sent(address, text="待って！")) == (0, 1)
    assert (await author.middles())[key] == pytest.approx(place, abs=0.05)
    lettering = (await author.state())["lettering"]
    assert "待って！" in str(lettering)


async def test_another_pose_redraws_one_image() -> None:
    author = await _author()
    panel = next(p for p in (await author.board()).panels() if p.direction.figures)
    who = panel.direction.figures[0]
    pose = "run" if who.pose != "run" else "sit"
    images, _ = await author.edit(_sent(panel.key, "selection", **{f"figures.{who.character}.pose": pose}))
    assert (images, author.it.images.drawn[-1]) == (1, panel.key)


async def test_a_deleted_panel_redraws_only_its_own_page() -> None:
    author = await _author()
    board = await author.board()
    page = max(board.pages, key=lambda p: len(p.panels))
    images, pages = await author.edit(_sent(page.panels[-1].key, "drag_drop", delete=True))
    assert images <= len(page.panels) - 1
    assert set(author.it.images.drawn[-images:]) <= {panel.key for panel in page.panels}
    assert pages == 1


async def test_a_page_at_the_front_leaves_edits_pictures_and_places_on_their_own_panels() -> None:
    author = await _author()
    address, key = await _first_balloon(author)
    board = await author.board()
    shown = board.pages[-1].panels[0].key
    it = author.it
    blobs = blobs_of(it.blobs, "local", it.work)
    own = await keep_picture(picture_bytes("PNG"), blobs, author.offload)
    await author.edit(
        _sent(address, "drag_drop", move={"dx_mm": 2, "dy_mm": 3}),
        _sent(shown, "drag_drop", picture={"blob": own.blob}),
    )
    places = await author.middles()
    art = artwork_of(await author.state())
    images, pages = await author.edit(_sent("storyboard", "drag_drop", insert_page={"before": "p01"}))
    state = await author.state()
    assert len((await author.board()).pages) == len(board.pages) + 1
    turned = [f.key for page in board.pages for f in page.layout.frames if {"left", "right"} & set(f.bleeds)]
    assert images <= 1 + len(turned)
    assert pages <= 1 + len(turned)
    unturned = {k for page in board.pages for p in page.panels if p.key not in turned for k in _parts(p)}
    after = await author.middles()
    assert {k: after[k] for k in unturned if k in after} == {k: places[k] for k in unturned if k in places}
    assert artwork_of(state)[shown].blob == art[shown].blob == own.blob
    assert [edit["element_key"] for edit in state["edits"]] == [key, shown, "storyboard"]


def _parts(panel: Any) -> list[str]:
    return [part.key for part in panel.dialogue.parts]


async def test_a_hostile_edit_is_asked_back_by_its_field_and_changes_nothing() -> None:
    author = await _author()
    before = await author.state()
    sent = _sent("../p01", text="x") | {"base_version": author.review.version_id}
    await author.answer(action="edit", edits=[sent])
    assert author.review.data["question"].startswith("element_id: ")
    after = await author.state()
    names = before.keys() - {"feedback", "version", "versions"}
    assert {name: after[name] for name in names} == {name: before[name] for name in names}


async def test_an_own_picture_that_comes_before_the_artist_saves_its_image() -> None:
    author = await _author(Phase.STORYBOARD)
    panel = (await author.board()).pages[0].panels[0].key
    blobs = blobs_of(author.it.blobs, "local", author.it.work)
    own = await keep_picture(picture_bytes("JPEG"), blobs, author.offload)
    await author.edit(_sent("p01.k1", "drag_drop", picture={"blob": own.blob}))
    assert panel not in author.it.images.drawn
    assert sorted(artwork_of(await author.state())) == sorted(p.key for p in (await author.board()).panels())
    images, _ = await author.edit(_sent(panel, "drag_drop", picture=None))
    assert (images, author.it.images.drawn[-1]) == (1, panel)


async def test_another_take_is_one_image_and_the_first_one_comes_back_without_any() -> None:
    author = await _author()
    first = artwork_of(await author.state())
    panel = next(iter(first))
    assert (await author.edit(_sent(panel, "selection", take=1)))[0] == 1
    assert (await author.edit(_sent(panel, "selection", take=0)))[0] == 0
    assert artwork_of(await author.state())[panel].blob == first[panel].blob


async def test_no_edit_asks_a_mind() -> None:
    author = await _author()
    before = author.it.count("text_calls")
    address, _ = await _first_balloon(author)
    await author.edit(_sent(address, text="待って！"), _sent("p01.k1", "selection", shot="close"))
    await author.edit(_sent("p01.k1", "drag_drop", delete=True), _sent("storyboard", "drag_drop", insert_page={}))
    assert author.it.count("text_calls") == before


async def test_a_sentence_that_says_the_very_words_is_an_edit_and_an_earlier_move_is_still_there() -> None:
    author = await _author()
    address, key = await _first_balloon(author)
    await author.edit(_sent(address, "drag_drop", move={"dx_mm": 2, "dy_mm": 3}))
    place, images = (await author.middles())[key], len(author.it.images.drawn)
    page, panel = int(address[1:3]), int(address[5])
    await author.answer(action="feedback", text=f"{page}ページ{panel}コマ目のセリフを『待って!』に")
    await author.approved_to(Phase.LETTERING)
    state = await author.state()
    assert "待って!" in str(state["lettering"])
    assert (await author.middles())[key] == pytest.approx(place, abs=0.05)
    assert len(author.it.images.drawn) == images
    assert [edit["change_data"].get("text") for edit in state["edits"]] == [None, "待って!"]
    assert not (state.get("wishes") or {}).get("lettering")
