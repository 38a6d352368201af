"""Wishes for a plot: what a model is asked, what is otherwise by its answer, and what stays."""

from itertools import pairwise
from typing import Any

import pytest

from manga.brief import Settings
from manga.errors import AnswerInvalid, WishRefused
from manga.losses import Loss, Reason
from manga.plot import Plot, TimeOfDay
from manga.plot_draft import ChangedBeat, ChangedLine, ChangedPlot, ChangeDraft, ChangedScene
from manga.revision import Revision
from providers.base import Ask
from tests.agents.plot_drafts import CHAPTER, LONG, SHORT, SHORT_DRAFT, DraftModel, by_rule, drafted, made

pytestmark = pytest.mark.anyio
STORY = "　" + CHAPTER[:2000]


async def revised(answer: ChangedPlot, story: str, previous: Plot, *scope: str, **more: Any) -> Plot:
    return await made(
        DraftModel(lambda ask: answer), story, revision=Revision((("もっと短く", scope),), previous), **more
    )


async def test_a_wish_shows_its_scenes_and_of_the_others_where_they_play_and_never_the_story() -> None:
    before = await made(DraftModel(by_rule), STORY)
    model = DraftModel(lambda ask: ChangedPlot())
    after = await made(model, STORY, revision=Revision((("夜にして", ("s02",)),), before))
    (ask,) = model.asks
    assert (ask.prompt_id, "story" in ask.inputs) == ("plot_revision", False)
    told = {scene["key"]: scene for scene in ask.inputs["plot"]}
    assert [key for key, scene in told.items() if "beats" in scene] == ["s02"]
    assert list(told) == [scene.key for scene in before.scenes]
    assert after == before


async def test_only_wishes_that_are_not_carried_out_yet_are_asked() -> None:
    before = await made(DraftModel(by_rule), STORY)
    model = DraftModel(lambda ask: ChangedPlot())
    wishes = (("夜にして", ("s02",)), ("短く", ("s03",)))
    await made(model, STORY, revision=Revision(wishes, before, done=1))
    assert [ask.revision.instructions for ask in model.asks] == [("短く",)]


async def test_what_is_said_of_a_scene_a_beat_and_a_line_is_otherwise_and_nothing_else() -> None:
    before = await made(DraftModel(lambda ask: SHORT_DRAFT))
    spoken = next(beat for beat in before.beats() if any(line.speaker for line in beat.lines))
    line = next(line for line in spoken.lines if line.speaker)
    beat = ChangedBeat(key=spoken.key, importance=5, props=("釣竿",), lines=(ChangedLine(key=line.key, speaker="c02"),))
    patch = ChangedPlot(scenes=(ChangedScene(key="s01", time_of_day=TimeOfDay.NIGHT, setting="forest", beats=(beat,)),))
    after = await revised(patch, SHORT, before)
    assert (after.scenes[0].time_of_day, after.scenes[0].setting) == (TimeOfDay.NIGHT, "forest")
    now = next(beat for beat in after.beats() if beat.key == spoken.key)
    assert (now.importance, now.props) == (5, ("釣竿",))
    assert [(n.speaker, n.text) for n in now.lines if n.key == line.key] == [("c02", line.text)]
    assert [beat for beat in after.beats() if beat.key != spoken.key] == [
        beat for beat in before.beats() if beat.key != spoken.key
    ]


async def test_a_scene_that_is_to_be_longer_has_more_room_and_its_moments_weigh_what_they_weighed() -> None:
    before = await made(DraftModel(by_rule), STORY)
    longer = ChangedPlot(scenes=(ChangedScene(key="s02", room="more"),))
    plot = await revised(longer, STORY, before, "s02")
    assert [scene.room for scene in plot.scenes if scene.room] == [1]
    assert [beat.importance for beat in plot.beats()] == [beat.importance for beat in before.beats()]
    back = await revised(ChangedPlot(scenes=(ChangedScene(key="s02", room="less"),)), STORY, plot, "s02")
    assert back.scenes == before.scenes


async def test_a_wish_about_a_scene_is_told_people_who_are_not_in_it_by_name_alone() -> None:
    before = await made(DraftModel(by_rule), STORY)
    model = DraftModel(lambda ask: ChangedPlot())
    await made(model, STORY, revision=Revision((("夜にして", ("s02",)),), before))
    scene = before.scenes[1]
    there = {who for beat in scene.beats for who in (*beat.present, *(line.speaker for line in beat.lines))}
    people = model.asks[0].inputs["cast"]
    assert people
    assert all(one.looks or one.key not in there for one in people)
    assert {one.key for one in people if one.looks or one.personality} <= {*there, *scene.present}


async def test_scenes_that_no_wish_is_about_stay_as_they_were_whatever_is_said_of_them() -> None:
    before = await made(DraftModel(by_rule), STORY)
    loud = ChangedPlot(scenes=tuple(ChangedScene(key=scene.key, importance=5) for scene in before.scenes))
    plot = await revised(loud, STORY, before, "s02")
    changed = [scene.key for scene, old in zip(plot.scenes, before.scenes, strict=True) if scene != old]
    assert changed == ["s02"]


async def test_a_scene_that_is_to_be_broken_down_anew_is_read_again_and_no_other() -> None:
    before = await made(DraftModel(by_rule), LONG)

    def answer(ask: Ask[Any]) -> Any:
        if ask.prompt_id == "plot_revision":
            return ChangedPlot(anew=("s02", "s03", "s20"))
        return drafted(ask.inputs["story"], 20, importance=4)

    model = DraftModel(answer)
    plot = await made(model, LONG, revision=Revision((("細かく", ("s02", "s03", "s20")),), before))
    assert model.prompts == ["plot_revision", "plot_part", "plot_part"]
    kept = {scene.key: scene for scene in plot.scenes}
    assert all(kept[scene.key] == scene for scene in before.scenes if scene.key not in ("s02", "s03", "s20"))
    assert len({beat.key for beat in plot.beats()}) == len(plot.beats())
    spans = [beat.span for beat in plot.beats()]
    assert all(a.end == b.start for a, b in pairwise(spans))


async def test_a_wish_for_pages_is_carried_out() -> None:
    story = "　" + CHAPTER[:3000]
    before = await made(DraftModel(by_rule), story)
    assert len((await revised(ChangedPlot(pages=7), story, before)).pages) == 7


async def test_a_revision_that_changes_nothing_leaves_every_page_as_it_was() -> None:
    adapted = Settings(fidelity="adapted")
    before = await made(DraftModel(by_rule), LONG, adapted)
    assert before.cuts
    assert await revised(ChangedPlot(), LONG, before, settings=adapted) == before


async def test_a_wish_for_pages_is_told_of_the_book_whose_pages_are_not_the_plots() -> None:
    story = "　" + CHAPTER[:3000]
    before = await made(DraftModel(by_rule), story)
    book = 2 * len(before.pages)
    model = DraftModel(lambda ask: ChangedPlot(pages=2 * book))
    after = await made(model, story, revision=Revision((("倍に", ()),), before), book_pages=book)
    assert model.asks[0].inputs["length"] == {"pages": book}
    assert len(after.pages) == 2 * len(before.pages)
    same = DraftModel(lambda ask: ChangedPlot(pages=book))
    assert await made(same, story, revision=Revision((("同じ", ()),), before), book_pages=book) == before


async def test_a_wish_for_more_pages_brings_back_what_was_left_out() -> None:
    adapted = Settings(fidelity="adapted")
    before = await made(DraftModel(by_rule), LONG, adapted)
    plot = await revised(ChangedPlot(pages=30), LONG, before, settings=adapted)
    assert len(plot.pages) == 30
    assert set(plot.cuts) < set(before.cuts)


async def test_a_wish_may_turn_scenes_round_leave_some_out_and_bring_them_back() -> None:
    before = await made(DraftModel(by_rule), STORY)
    patch = ChangedPlot(scenes=(ChangedScene(key="s01", after="s02"), ChangedScene(key="s03", cut=True)))
    plot = await revised(patch, STORY, before)
    assert [scene.key for scene in plot.scenes][:3] == ["s02", "s01", "s03"]
    shown = {key for page in plot.pages for key in page.beats}
    assert not shown & {beat.key for beat in plot.scenes[2].beats}
    assert {beat.span for beat in plot.scenes[2].beats} <= set(plot.cuts)
    back = await revised(ChangedPlot(scenes=(ChangedScene(key="s03", cut=False),)), STORY, plot)
    assert {beat.key for beat in back.scenes[2].beats} <= {key for page in back.pages for key in page.beats}


async def test_keys_that_nobody_has_are_told_to_the_model_once_and_refused_then() -> None:
    before = await made(DraftModel(by_rule), STORY)
    model = DraftModel(lambda ask: ChangedPlot(scenes=(ChangedScene(key="s99", importance=5),)))
    with pytest.raises(AnswerInvalid, match="s99"):
        await made(model, STORY, revision=Revision((("?", ()),), before))
    assert [bool(ask.inputs["faults"]) for ask in model.asks] == [False, True]


async def test_a_wish_about_scenes_that_are_gone_is_refused_and_nobody_is_asked() -> None:
    before = await made(DraftModel(by_rule), STORY)
    model = DraftModel(lambda ask: ChangedPlot(pages=3))
    with pytest.raises(WishRefused, match="場面"):
        await made(model, STORY, revision=Revision((("短く", ("s99",)),), before))
    assert model.asks == []


async def test_a_refused_wish_is_told_with_its_place() -> None:
    before = await made(DraftModel(by_rule), STORY)

    def refuse(ask: Ask[Any]) -> Any:
        raise WishRefused("それはもうそうなっています。", wish=0)

    with pytest.raises(WishRefused) as caught:
        await made(DraftModel(refuse), STORY, revision=Revision((("a", ()), ("b", ())), before, done=1))
    assert caught.value.wish == 1


async def test_what_of_a_wishs_answer_is_not_taken_is_told_and_what_was_told_before_stays() -> None:
    before = await made(DraftModel(by_rule), STORY)
    told = Loss(kind="refused", phase="plot", element="b0001", what="deed", said="x", reason=Reason.NOT_IN_CAST)
    before = before.model_copy(update={"losses": (told,)})
    hat = ChangedBeat(
        key=before.scenes[1].beats[0].key, changes=(ChangeDraft(who="c01", aspect="hat", to="straw hat"),)
    )
    answer = ChangedPlot(
        scenes=(ChangedScene(key="s02", setting="an old village", beats=(hat,)), ChangedScene(key="s03", importance=5))
    )
    after = await revised(answer, STORY, before, "s02")
    assert [(loss.element, loss.what, loss.said, loss.reason) for loss in after.losses] == [
        ("b0001", "deed", "x", Reason.NOT_IN_CAST),
        ("s02", "setting", "an old village", Reason.NEAREST),
        (hat.key, "hat", "straw hat", Reason.NEAREST),
        ("s03", "scene", "s03", Reason.OUT_OF_SCOPE),
    ]


async def test_a_moment_that_a_wish_brings_back_drives_none_out_and_no_other_counts_as_marked() -> None:
    before = await made(DraftModel(by_rule), LONG, Settings(fidelity="adapted"))
    shown = {key for page in before.pages for key in page.beats}
    scene, back = next((s, b) for s in before.scenes for b in s.beats if b.key not in shown)
    patch = ChangedPlot(scenes=(ChangedScene(key=scene.key, beats=(ChangedBeat(key=back.key, cut=False),)),))
    after = await revised(patch, LONG, before, scene.key, settings=Settings(fidelity="adapted"))
    assert {key for page in after.pages for key in page.beats} == shown | {back.key}
    assert after.losses == ()


async def test_a_scene_that_no_wish_is_about_is_told_in_a_line_and_a_beat_with_what_it_counts_on() -> None:
    drafts = drafted(STORY)
    second = drafts.scenes[1].beats[0]
    needing = second.model_copy(update={"needs": (drafts.scenes[0].beats[0].evidence,)})
    scenes = (drafts.scenes[0], drafts.scenes[1].model_copy(update={"beats": (needing, *drafts.scenes[1].beats[1:])}))
    before = await made(
        DraftModel(lambda ask: drafts.model_copy(update={"scenes": (*scenes, *drafts.scenes[2:])})), STORY
    )
    model = DraftModel(lambda ask: ChangedPlot())
    remarks = {before.scenes[1].beats[0].key: ["Nobody is told why."], before.scenes[2].beats[0].key: ["Too late."]}
    wish = Revision((("夜にして", ("s02",)),), before)
    await made(model, STORY, revision=wish, remarks=remarks)
    (ask,) = model.asks
    told = {scene["key"]: scene for scene in ask.inputs["plot"]}
    assert before.scenes[0].beats[0].words[:10] in told["s01"]["told"]
    assert told["s02"]["beats"][0]["needs"] == (before.scenes[0].beats[0].key,)
    assert ask.inputs["remarks"] == [
        {"scene": "s02", "beat": before.scenes[1].beats[0].key, "fault": "Nobody is told why."}
    ]
