"""Wishes through the whole graph with the real offline models: only what they concern is made anew."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from editing.phase_results import artwork_of, result_of
from editing.state_as_json import Json
from graph.build import STEPS, build_graph
from graph.events import ReviewRequested, RunEvent
from manga.brief import Brief, FeedbackMode, Settings
from manga.characters import Cast
from manga.geometry import Point
from manga.lettering import Lettering
from manga.panel_brief import PanelBrief
from manga.phases import Phase
from manga.storyboard import Storyboard
from offline.artist import OfflineArtist
from offline.writer import OfflineWriter
from providers.base import ImageModel, Picture, Sheet
from providers.process_pool import InlineOffload
from tests.graph.crew import CREW, Studio, studio
from tests.image_models import UnpaidImages
from tests.offline.wishes.revising.books import KITE

pytestmark = pytest.mark.anyio
SAID = "ヒロインの髪を短く、1ページ3コマ目のひとつめのセリフを『待って!』に"


@dataclass
class CountingArtist(UnpaidImages):
    """An image model, and the panels that it has drawn."""

    inner: ImageModel
    drawn: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.inner.name

    async def draw(self, brief: PanelBrief, sheets: Sequence[Sheet] = (), *, simplified: bool = False) -> Picture:
        self.drawn.append(brief.panel)
        return await self.inner.draw(brief, sheets, simplified=simplified)


@dataclass
class Author:
    """A work at a review, and the person who answers it. `stops` are the phases at which it was asked since."""

    it: Studio
    artist: CountingArtist
    review: ReviewRequested
    stops: list[Phase] = field(default_factory=list)

    async def answer(self, **answer: Any) -> None:
        self.review = _review(await self.it.run(answer=answer, interrupt_id=self.review.interrupt_id))
        self.stops.append(self.review.phase)

    async def approved_to(self, phase: Phase) -> None:
        while self.review.phase is not phase:
            await self.answer(action="approve")

    async def wishes(self, said: str) -> list[str]:
        """Says it, approves every review up to lettering; answers the panels that were drawn."""
        drawn = len(self.artist.drawn)
        self.stops.clear()
        await self.answer(action="feedback", text=said)
        await self.approved_to(Phase.LETTERING)
        return self.artist.drawn[drawn:]

    async def state(self) -> Any:
        return await self.it.values()

    async def board(self) -> Storyboard:
        return result_of(await self.state(), Phase.STORYBOARD, Storyboard)

    async def letters(self) -> dict[str, tuple[str, Point]]:
        """Every balloon's words, and where they stand."""
        lettering = result_of(await self.state(), Phase.LETTERING, Lettering)
        balloons = (balloon for page in lettering.pages for balloon in page.balloons)
        return {balloon.key: (balloon.text.source, balloon.text.box.centre) for balloon in balloons}


def _review(events: Sequence[RunEvent]) -> ReviewRequested:
    last = events[-1]
    assert isinstance(last, ReviewRequested), events
    return last


async def author(images: Any = None, **settings: Any) -> Author:
    """At the review of lettering. Without another image model pictures are scripted."""
    it = studio()
    artist = CountingArtist(images or it.images)
    services = replace(it.services, text=OfflineWriter(it.services.offload), images=artist)
    steps = {**STEPS, Phase.FINISHING: CREW[Phase.FINISHING]}
    it = replace(it, services=services, graph=build_graph(services, it.saver, steps=steps))
    request = Brief(text=KITE, feedback_mode=FeedbackMode(enabled=True), settings=Settings(seed=5, **settings))
    person = Author(it, artist, _review(await it.run(brief=request)))
    await person.approved_to(Phase.LETTERING)
    return person


def _moved(key: str, version: str) -> Json:
    move = {"dx_mm": -4.0, "dy_mm": 6.0}
    return {"change_type": "drag_drop", "element_id": key, "change_data": {"move": move}, "base_version": version}


async def test_hair_and_a_line_redraw_her_panels_alone_and_an_earlier_move_stays() -> None:
    person = await author(OfflineArtist(InlineOffload()))
    await person.answer(action="edit", edits=[_moved("l0012.1", person.review.version_id)])
    await person.approved_to(Phase.LETTERING)
    before, faces = await person.letters(), artwork_of(await person.state())
    drawn = await person.wishes(SAID)
    assert person.stops[0] is Phase.CHARACTERS
    assert person.stops[-1] is Phase.LETTERING
    heroine = next(c for c in result_of(await person.state(), Phase.CHARACTERS, Cast).characters if c.key == "c01")
    assert heroine.look.hair_style == "bob"
    hers = [p.key for p in (await person.board()).panels() if "c01" in {f.character for f in p.direction.figures}]
    assert sorted(drawn) == sorted(hers)
    after, anew = await person.letters(), artwork_of(await person.state())
    assert {key for key, art in anew.items() if art.blob != faces[key].blob} == set(hers)
    assert after["l0003.1"][0] == "待って!"
    assert after["l0012.1"][0] == before["l0012.1"][0]
    assert after["l0012.1"][1] == pytest.approx(before["l0012.1"][1], abs=0.01)  # mm; a neighbour has other letters
    assert {key: words for key, (words, _) in after.items() if key != "l0003.1"} == {
        key: words for key, (words, _) in before.items() if key != "l0003.1"
    }


async def test_what_a_person_puts_somewhere_after_a_wish_stays_there() -> None:
    person = await author()
    plain = (await person.letters())["l0012.1"][1]
    await person.wishes("「ありがとう、凧はとどいたよ」のフキダシをもっと上に")
    wished = (await person.letters())["l0012.1"][1]
    assert wished[1] < plain[1] - 2
    await person.answer(action="edit", edits=[_moved("l0012.1", person.review.version_id)])
    await person.approved_to(Phase.LETTERING)
    put = (await person.letters())["l0012.1"][1]
    assert put == pytest.approx((wished[0] - 4.0, wished[1] + 6.0), abs=0.5)


async def test_a_picture_that_is_wished_for_is_drawn_and_no_other() -> None:
    person = await author()
    board = await person.board()
    assert await person.wishes("2ページ1コマ目に雪を降らせて") == [board.pages[1].panels[0].key]
    assert await person.wishes("2ページ1コマ目を描き直して") == [board.pages[1].panels[0].key]
    assert artwork_of(await person.state())[board.pages[1].panels[0].key].take == 1
    assert await person.board() == board


async def test_both_wishes_of_a_sentence_are_carried_out_and_answered_with_what_they_changed() -> None:
    person = await author()
    panels = (await person.board()).pages[1].panels
    drawn = await person.wishes("2ページを暗くして、最後のコマで花子を驚かせて")
    assert sorted(drawn) == sorted(panel.key for panel in panels)
    dark, struck = person.review.data["answered"]
    assert (dark["instruction"], dark["count"], dark["reason"]) == ("2ページを暗くして", len(panels), "")
    assert (struck["instruction"], struck["changed"]) == ("最後のコマで花子を驚かせて", [f"p02.k{len(panels)}"])
    assert "refused" not in person.review.data


async def test_a_wish_that_is_met_already_is_answered_with_the_reason_beside_the_one_that_is_done() -> None:
    person = await author()
    await person.wishes("最後のコマで花子を驚かせて")
    await person.wishes("2ページを暗くして、最後のコマで花子を驚かせて")
    dark, struck = person.review.data["answered"]
    assert (dark["count"] > 0, dark["reason"]) == (True, "")
    assert struck["reason"]
    assert (struck["count"], struck["changed"]) == (0, [])


async def test_a_line_that_is_put_in_other_words_is_answered_with_its_address() -> None:
    person = await author()
    await person.wishes("1ページ3コマ目のひとつめのセリフを『待って!』に")
    (line,) = person.review.data["answered"]
    assert (line["changed"], line["reason"]) == (["p01.k3.b1"], "")


async def test_what_was_answered_stays_with_the_version_and_not_with_the_next_wish() -> None:
    person = await author()
    await person.wishes("2ページ1コマ目に雪を降らせて")
    await person.answer(action="approve")
    assert [one["count"] for one in (await person.state())["feedback"]["outcomes"]] == [1]


async def test_what_cannot_be_carried_out_changes_nothing_and_is_told_at_its_review() -> None:
    person = await author()
    before = await person.state()
    assert await person.wishes("花子の目の色を青く") == []
    (refused,) = person.review.data["refused"]
    assert (refused["phase"], refused["instruction"]) == ("characters", "花子の目の色を青く")
    assert "白黒" in refused["reason"]
    after = await person.state()
    names = ("concept", "characters", "plot", "storyboard", "artwork", "lettering", "digests")
    assert {name: after[name] for name in names} == {name: before[name] for name in names}
    assert after["wishes"]["characters"] == []


async def test_what_can_be_done_of_a_wish_is_done_and_the_rest_is_told() -> None:
    person = await author()
    assert "b0001" in await person.wishes("花子の髪を短くして目の色を青に")
    (refused,) = person.review.data["refused"]
    assert "白黒" in refused["reason"]
    assert (await person.state())["wishes"]["characters"] == [{"instruction": "花子の髪を短くして", "scope": ["c01"]}]


async def test_another_paper_goes_back_to_the_storyboard_and_lays_every_page_out_anew() -> None:
    person = await author()
    before = await person.board()
    drawn = await person.wishes("用紙はB4に変更")
    assert person.stops == [Phase.STORYBOARD, Phase.LETTERING]
    after = await person.board()
    assert [page.panels for page in after.pages] == [page.panels for page in before.pages]
    assert after.pages[0].layout != before.pages[0].layout
    assert sorted(drawn) == sorted(panel.key for panel in after.panels())


async def test_other_pages_keep_their_frames_and_pictures_when_one_is_cut_otherwise() -> None:
    person = await author()
    before = await person.board()
    drawn = await person.wishes("1ページ2コマ目を大ゴマに")
    after = await person.board()
    assert after.pages[1] == before.pages[1]
    assert set(drawn) <= {panel.key for panel in before.pages[0].panels}
    assert drawn


async def test_a_scene_that_is_left_out_after_a_wish_about_one_of_its_panels_is_no_contradiction() -> None:
    person = await author()
    await person.wishes("2ページの最後のコマをあおりで")
    await person.wishes("最後の場面をカットして")
    state = await person.state()
    assert [scene["key"] for scene in state["plot"]["scenes"]] == ["s01", "s02"]
    assert {panel.scene for panel in (await person.board()).panels()} == {"s01", "s02"}
    assert person.review.data["refused"][-1]["phase"] == "storyboard"


async def test_more_pages_than_the_settings_allowed_are_a_later_word() -> None:
    person = await author(pages=2)
    await person.wishes("全部で4ページにして")
    assert len((await person.board()).pages) == 4
