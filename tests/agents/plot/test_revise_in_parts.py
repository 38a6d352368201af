"""Wishes for a plot that models draft: what is asked for again, and what stays."""

from itertools import pairwise
from typing import Any

import pytest

from agents.plot.draft_in_parts import draft_of
from manga.brief import Settings
from manga.plot import Plot
from manga.plot_draft import PlotDraft
from manga.revision import Revision
from manga.story_source import read_source
from providers.base import Ask
from tests.agents.plot_drafts import CHAPTER, LONG, SHORT, SHORT_DRAFT, DraftModel, beat, by_rule, draft, drafted, made

pytestmark = pytest.mark.anyio


async def revised(model: DraftModel, story: str, previous: Plot, *scope: str, wish: str = "もっと短く") -> Plot:
    return await made(model, story, revision=Revision(((wish, scope),), previous))


async def test_a_revision_is_asked_for_with_the_plot_so_far_and_keeps_its_keys() -> None:
    before = await made(DraftModel(lambda ask: SHORT_DRAFT))
    finer = draft(SHORT_DRAFT.beats()[0], *SHORT_DRAFT.beats()[1:2], beat("とごんが言い"), SHORT_DRAFT.beats()[2])
    model = DraftModel(lambda ask: finer)
    plot = await revised(model, SHORT, before)
    assert [beat.key for beat in plot.beats()] == ["b0001", "b0002", "b0004", "b0003"]
    assert model.asks[0].revision.previous == draft_of(before, read_source(SHORT).text)
    assert model.asks[0].revision.instructions == ("もっと短く",)


async def test_of_a_long_story_only_the_scenes_in_scope_are_asked_for_again() -> None:
    before = await made(DraftModel(by_rule), LONG)
    model = DraftModel(lambda ask: drafted(ask.inputs["story"], 20, importance=4))
    plot = await revised(model, LONG, before, "s02", "s03", "s20")
    assert model.prompts == ["plot_part", "plot_part"]
    drafts = [PlotDraft.of(ask.revision.previous.to_json()) for ask in model.asks if ask.revision.previous is not None]
    assert [[one.key for one in draft.scenes] for draft in drafts] == [["s02", "s03"], ["s20"]]
    kept = {scene.key: scene for scene in plot.scenes}
    assert all(kept[scene.key] == scene for scene in before.scenes if scene.key not in ("s02", "s03", "s20"))
    assert len({beat.key for beat in plot.beats()}) == len(plot.beats())
    spans = [beat.span for beat in plot.beats()]
    assert all(a.end == b.start for a, b in pairwise(spans))


async def test_scenes_that_no_wish_is_about_stay_as_they_were() -> None:
    story = "　" + CHAPTER[:2000]
    before = await made(DraftModel(by_rule), story)
    model = DraftModel(lambda ask: drafted(ask.inputs["story"], importance=5))
    plot = await revised(model, story, before, "s02")
    assert [scene == old for scene, old in zip(plot.scenes, before.scenes, strict=True)].count(False) == 1
    assert plot.scenes[1].beats[0].importance == 5


async def test_a_wish_for_pages_is_carried_out() -> None:
    story = "　" + CHAPTER[:3000]
    before = await made(DraftModel(by_rule), story)
    plot = await revised(DraftModel(lambda ask: replace_pages(by_rule(ask), 7)), story, before)
    assert len(plot.pages) == 7
    assert len((await made(DraftModel(lambda ask: replace_pages(by_rule(ask), 7)), story)).pages) == len(before.pages)


def replace_pages(draft: PlotDraft, pages: int) -> PlotDraft:
    return draft.model_copy(update={"pages": pages})


async def test_a_revision_that_changes_nothing_leaves_every_page_as_it_was() -> None:
    adapted = Settings(fidelity="adapted")
    before = await made(DraftModel(by_rule), LONG, adapted)
    same = DraftModel(lambda ask: ask.revision.previous)
    plot = await made(same, LONG, adapted, revision=Revision((("このままで", ()),), before))
    assert before.cuts
    assert plot == before


async def test_a_wish_for_more_pages_brings_back_what_was_left_out() -> None:
    adapted = Settings(fidelity="adapted")
    before = await made(DraftModel(by_rule), LONG, adapted)
    longer = DraftModel(lambda ask: replace_pages(PlotDraft.of(ask.revision.previous.to_json()), 30))  # type: ignore[union-attr]
    plot = await made(longer, LONG, adapted, revision=Revision((("30ページに", ()),), before))
    assert len(plot.pages) == 30
    assert set(plot.cuts) < set(before.cuts)


async def test_a_wish_may_turn_scenes_round_and_leave_some_out() -> None:
    story = "　" + CHAPTER[:2000]
    before = await made(DraftModel(by_rule), story)

    def turned(ask: Ask[Any]) -> PlotDraft:
        first, second, *rest = by_rule(ask).scenes
        gone = rest[0].model_copy(
            update={"beats": tuple(beat.model_copy(update={"cut": True}) for beat in rest[0].beats)}
        )
        return PlotDraft(scenes=(second, first, gone, *rest[1:]))

    plot = await revised(DraftModel(turned), story, before)
    assert [scene.key for scene in plot.scenes][:3] == ["s02", "s01", "s03"]
    shown = {key for page in plot.pages for key in page.beats}
    assert not shown & {beat.key for beat in plot.scenes[2].beats}
    assert {beat.span for beat in plot.scenes[2].beats} <= set(plot.cuts)
