"""A storyboard after its plot has changed: pages that tell the same stay, the others are asked about."""

from dataclasses import replace
from typing import Any

import pytest

from agents.storyboard.agent import draft_of
from agents.storyboard.draft_in_batches import Wanted
from agents.storyboard.follow_plot import MOST_NEW, plan_after
from manga.losses import Loss, LossKind, Reason
from manga.phases import Phase
from manga.plot import Plot, TimeOfDay
from manga.proposed_changes import ChangedPanel, ChangedPanels
from manga.revision import Revision
from manga.storyboard import DialogueLayout, Role, Storyboard
from providers.base import Ask
from tests.agents.plot_drafts import Shelf
from tests.agents.storyboard_models import PAGES, BatchModel, made, told
from tests.offline.storyboard_plots import Inputs

pytestmark = pytest.mark.anyio


def with_plot(given: Inputs, plot: Plot) -> Inputs:
    return replace(given, plot=plot)


def with_scene(plot: Plot, at: int, **changes: object) -> Plot:
    scenes = list(plot.scenes)
    scenes[at] = scenes[at].model_copy(update=changes)
    return plot.model_copy(update={"scenes": tuple(scenes)})


async def drawn_up(**more: Any) -> tuple[Inputs, Storyboard, Shelf]:
    given, shelf = told(), Shelf()
    return given, await made(given, BatchModel(), shelf=shelf, **more), shelf


async def test_a_plot_that_tells_the_same_asks_nobody() -> None:
    given, before, shelf = await drawn_up()
    model = BatchModel()
    longer = given.plot.model_copy(update={"cuts": ()})
    assert await made(with_plot(given, longer), model, shelf=shelf, made_before=before) == before
    assert model.asks == []


async def test_another_hour_of_a_scene_is_asked_as_what_is_otherwise_on_its_pages_alone() -> None:
    given, before, shelf = await drawn_up()
    night = with_scene(given.plot, 2, time_of_day=TimeOfDay.NIGHT)

    def lit(ask: Ask[Any], good: Any) -> Any:
        keys = [one["key"] for page in ask.inputs["pages"].values() for one in page]
        return ChangedPanels(changes=(ChangedPanel.of({"panel": keys[0], "direction": {"lighting": "a lamp"}}),))

    model = BatchModel(always=lit)
    after = await made(with_plot(given, night), model, shelf=shelf, made_before=before)
    (ask,) = model.asks
    assert ask.prompt_id == "storyboard_revision"
    assert "night" in ask.revision.instructions[0]
    scene = given.plot.scenes[2].key
    changed = [new for old, new in zip(before.panels(), after.panels(), strict=True) if old != new]
    assert {panel.scene for panel in changed} == {scene}
    assert {panel.direction.time_of_day for panel in changed} == {TimeOfDay.NIGHT}
    assert [panel.direction.lighting for panel in changed].count("a lamp") == 1


async def test_a_beat_that_is_gone_has_its_page_drawn_up_anew_and_no_other() -> None:
    given, before, shelf = await drawn_up()
    gone = given.plot.pages[4].beats[0]
    pages = tuple(
        page.model_copy(update={"beats": tuple(key for key in page.beats if key != gone)}) for page in given.plot.pages
    )
    cut = Loss(kind=LossKind.CUT, phase=Phase.PLOT, reason=Reason.EDITOR, element=gone, what="beat")
    shorter = given.plot.model_copy(update={"pages": pages, "losses": (cut,)})
    model = BatchModel()
    after = await made(with_plot(given, shorter), model, shelf=shelf, made_before=before)
    assert model.pages == [[5]]
    assert [a.key for a, b in zip(before.pages, after.pages, strict=True) if a.panels != b.panels] == ["g005"]
    assert gone not in {beat for panel in after.panels() for beat in panel.beats}


async def test_what_came_back_though_it_was_marked_stays_when_its_plot_changes() -> None:
    given, shelf = told(), Shelf()
    back = given.plot.pages[4].beats[0]
    cut = Loss(kind=LossKind.CUT, phase=Phase.PLOT, reason=Reason.EDITOR, element=back, what="beat")
    marked = given.plot.model_copy(update={"losses": (cut,)})
    before = await made(with_plot(given, marked), BatchModel(), shelf=shelf)
    pages = tuple(
        page.model_copy(update={"beats": tuple(key for key in page.beats if key != back)}) for page in marked.pages
    )
    after_wish = with_scene(marked, 2, time_of_day=TimeOfDay.NIGHT).model_copy(update={"pages": pages})
    after = await made(with_plot(given, after_wish), BatchModel(), shelf=shelf, made_before=before)
    assert back in {beat for panel in after.panels() for beat in panel.beats}


def without(plot: Plot, *gone: str) -> Plot:
    pages = (
        page.model_copy(update={"beats": tuple(key for key in page.beats if key not in gone)}) for page in plot.pages
    )
    cuts = (Loss(kind=LossKind.CUT, phase=Phase.PLOT, reason=Reason.EDITOR, element=one, what="beat") for one in gone)
    return plot.model_copy(update={"pages": tuple(pages), "losses": tuple(cuts)})


async def test_panels_go_with_their_moments_and_nobody_is_asked() -> None:
    given, before, shelf = await drawn_up()
    gone = given.plot.pages[4].beats[1]
    model = BatchModel()
    after = await made(with_plot(given, without(given.plot, gone)), model, shelf=shelf, made_before=before)
    assert model.asks == []
    left = [panel.key for panel in before.panels() if gone not in panel.beats]
    assert [panel.key for panel in after.panels()] == left
    assert {p.key: p for p in after.panels()} == {p.key: p for p in before.panels() if p.key in left}


async def with_a_moment_back(model: BatchModel) -> tuple[str, Storyboard, Storyboard]:
    """The key of a moment, the storyboard without it, and the one after it has come back."""
    given, shelf = told(), Shelf()
    back = given.plot.pages[4].beats[1]
    before = await made(with_plot(given, without(given.plot, back)), BatchModel(), shelf=shelf)
    return back, before, await made(given, model, shelf=shelf, made_before=before)


async def test_a_moment_that_comes_back_gets_a_panel_and_the_others_of_its_page_stay() -> None:
    def directed(ask: Ask[Any], good: Any) -> Any:
        (page,) = ask.inputs["pages"].values()
        (key,) = [one["key"] for one in page if one.get("new")]
        seen = {"seen": "Two walk.", "figures": [{"character": "c02", "pose": "walk"}, {"character": "c01"}]}
        return ChangedPanels(changes=(ChangedPanel.of({"panel": key, "direction": seen}),))

    model = BatchModel(always=directed)
    back, before, after = await with_a_moment_back(model)
    assert [ask.prompt_id for ask in model.asks] == ["storyboard_revision"]
    (page,) = model.asks[0].inputs["pages"].values()
    assert all("seen" in one for one in page if "new" not in one)
    new = next(panel for panel in after.panels() if panel.key == back)
    assert (new.direction.seen, [one.pose for one in new.direction.figures]) == ("Two walk.", ["walk", "stand"])
    assert len({one.x for one in new.direction.figures}) == 2
    assert [part.text for part in new.dialogue.parts] == ["これは5の2だ。"]
    assert [panel for panel in after.panels() if panel.key != back] == list(before.panels())


async def test_a_moment_that_a_model_says_nothing_of_is_shown_with_its_people_and_words() -> None:
    back, _, after = await with_a_moment_back(BatchModel(always=lambda ask, good: ChangedPanels()))
    new = next(panel for panel in after.panels() if panel.key == back)
    assert new.direction.figures
    assert [part.text for part in new.dialogue.parts] == ["これは5の2だ。"]


async def test_a_page_that_cannot_take_a_moment_in_is_drawn_up_anew() -> None:
    def anew(ask: Ask[Any], good: Any) -> Any:
        return ChangedPanels(anew=tuple(ask.inputs["pages"])) if ask.prompt_id == "storyboard_revision" else good

    model = BatchModel(always=anew)
    back, _, after = await with_a_moment_back(model)
    assert [ask.prompt_id for ask in model.asks] == ["storyboard_revision", "storyboard_pages"]
    assert back in {beat for panel in after.panels() for beat in panel.beats}


async def test_a_scene_that_is_to_be_longer_gets_a_further_panel_that_is_told_of_in_words() -> None:
    given, before, shelf = await drawn_up()
    model = BatchModel(always=lambda ask, good: ChangedPanels())
    longer = with_plot(given, with_scene(given.plot, 4, room=1))
    after = await made(longer, model, shelf=shelf, made_before=before)
    (ask,) = model.asks
    assert ask.prompt_id == "storyboard_revision"
    assert "more room" in ask.revision.instructions[0]
    assert "importance is" not in ask.revision.instructions[0]
    (new,) = [panel for panel in after.panels() if panel.key not in {one.key for one in before.panels()}]
    assert (new.scene, new.dialogue.parts) == (given.plot.scenes[4].key, ())
    assert [panel for panel in after.panels() if panel != new] == list(before.panels())
    again = with_plot(given, with_scene(given.plot, 4, room=0))
    shorter = await made(again, BatchModel(), shelf=shelf, made_before=after)
    assert len(shorter.panels()) == len(before.panels())


async def test_a_further_panel_comes_before_the_silence_that_ends_its_moment() -> None:
    given, shelf = told(), Shelf()
    quiet = Role.AFTERBEAT

    def ended(ask: Ask[Any], good: Any) -> Any:
        if ask.prompt_id != "storyboard_pages":
            return good
        pages = []
        for page in good.pages:
            last = page.panels[-1]
            after = last.model_copy(update={"role": quiet, "beats": last.beats[-1:], "dialogue": DialogueLayout()})
            pages.append(page.model_copy(update={"panels": (*page.panels, after)}))
        return good.model_copy(update={"pages": tuple(pages)})

    before = await made(given, BatchModel(always=ended), shelf=shelf)
    heavy = given.plot.scenes[4].beats[-1].model_copy(update={"importance": 5})
    beats = (*given.plot.scenes[4].beats[:-1], heavy)
    longer = with_plot(given, with_scene(given.plot, 4, room=1, beats=beats))
    model = BatchModel(always=lambda ask, good: ChangedPanels())
    after = await made(longer, model, shelf=shelf, made_before=before)
    own = [panel for panel in after.panels() if panel.scene == given.plot.scenes[4].key]
    there = {one.key for one in before.panels()}
    assert [(panel.key in there, panel.role == quiet) for panel in own[-2:]] == [(False, False), (True, True)]


async def test_pictures_are_counted_over_all_scenes_that_are_to_be_longer() -> None:
    given, shelf = told(), Shelf()
    before = await made(given, BatchModel(), shelf=shelf)
    most = len(before.panels()) + 1
    limited = replace(given, settings=given.settings.model_copy(update={"max_images": most}))
    before = await made(limited, BatchModel(), shelf=shelf)
    assert len(before.panels()) == most - 1
    longer = with_plot(limited, with_scene(with_scene(given.plot, 2, room=1), 4, room=1))
    after = await made(longer, BatchModel(always=lambda ask, good: ChangedPanels()), shelf=shelf, made_before=before)
    assert len(after.panels()) == most
    (full,) = [loss for loss in after.losses if loss.reason is Reason.NO_ROOM]
    assert full.element == given.plot.scenes[4].key, "who wished for more is told that there is no room"


def with_many_beats_more(given: Inputs) -> tuple[Plot, tuple[str, ...]]:
    """The plot with more beats at the end of its last page than may come onto one that is there, and their keys."""
    last = given.plot.pages[-1].beats
    at = next(n for n, scene in enumerate(given.plot.scenes) if last[-1] in {beat.key for beat in scene.beats})
    beats = given.plot.scenes[at].beats
    more = tuple(f"{last[0][:-4]}{9900 + n}" for n in range(MOST_NEW + 1))
    came = (beats[-1].model_copy(update={"key": key, "lines": ()}) for key in more)
    longer = with_scene(given.plot, at, beats=(*beats, *came))
    pages = (*longer.pages[:-1], longer.pages[-1].model_copy(update={"beats": (*last, *more)}))
    return longer.model_copy(update={"pages": pages}), more


async def test_many_beats_that_come_back_in_one_place_get_a_page_of_their_own_and_no_other_is_asked_about() -> None:
    given, before, shelf = await drawn_up()
    longer, more = with_many_beats_more(given)
    model = BatchModel()
    after = await made(with_plot(given, longer), model, shelf=shelf, made_before=before)
    (ask,) = model.asks
    assert ask.prompt_id == "storyboard_pages"
    assert [(side.read_first, side.read_last) for side in ask.inputs["sides"]] == [(("c01",), ("c02",))]
    assert len(after.pages) == len(before.pages) + 1
    assert set(more) <= {beat for panel in after.panels() for beat in panel.beats}
    assert after.pages[: len(before.pages) - 1] == before.pages[:-1]
    assert len({page.key for page in after.pages}) == len(after.pages)


@pytest.mark.parametrize("limit", [{"pages": PAGES}, {"max_images": 3 * PAGES}])
async def test_a_book_that_may_have_no_more_pages_or_pictures_is_planned_anew_for_many_beats(
    limit: dict[str, object],
) -> None:
    given, shelf = told(), Shelf()
    given = replace(given, settings=given.settings.model_copy(update=limit))
    before = await made(given, BatchModel(), shelf=shelf)
    longer, _ = with_many_beats_more(given)
    model = BatchModel()
    after = await made(with_plot(given, longer), model, shelf=shelf, made_before=before)
    assert model.asked("storyboard_plan")
    assert len(after.pages) == PAGES


async def test_pages_of_strips_are_planned_together() -> None:
    given, before, _ = await drawn_up()
    longer, _ = with_many_beats_more(given)
    wanted = Wanted(longer, given.cast, given.concept, given.settings)
    strips = replace(wanted, settings=given.settings.model_copy(update={"layout": "strip"}))
    grown = plan_after(draft_of(before), wanted)
    assert grown is not None
    assert len(grown) == PAGES + 1
    assert plan_after(draft_of(before), strips) is None


async def test_where_most_pages_tell_something_else_the_book_is_planned_anew() -> None:
    given, before, shelf = await drawn_up()
    scenes = tuple(scene.model_copy(update={"place": "海"}) for scene in given.plot.scenes)
    elsewhere, model = given.plot.model_copy(update={"scenes": scenes}), BatchModel()
    await made(with_plot(given, elsewhere), model, shelf=shelf, made_before=before)
    assert model.asked("storyboard_plan")


async def test_a_storyboard_of_which_nobody_wrote_down_what_it_tells_is_planned_anew() -> None:
    given, before, _ = await drawn_up()
    model = BatchModel()
    night = with_scene(given.plot, 2, time_of_day=TimeOfDay.NIGHT)
    await made(with_plot(given, night), model, shelf=Shelf(), made_before=before)
    assert model.asked("storyboard_plan")


async def test_a_wish_that_comes_with_the_other_plot_is_carried_out_too() -> None:
    given, before, shelf = await drawn_up()
    night = with_scene(given.plot, 2, time_of_day=TimeOfDay.NIGHT)
    key = before.pages[8].panels[0].key

    def heavier(ask: Ask[Any], good: Any) -> Any:
        return ChangedPanels(changes=(ChangedPanel(panel=key, importance=5),))

    model = BatchModel(always=heavier)
    wish: Revision[Storyboard] = Revision((("このコマを大きく", (key,)),))
    after = await made(with_plot(given, night), model, shelf=shelf, made_before=before, revision=wish)
    assert [ask.prompt_id for ask in model.asks] == ["storyboard_revision", "storyboard_revision"]
    assert next(panel for panel in after.panels() if panel.key == key).importance == 5
