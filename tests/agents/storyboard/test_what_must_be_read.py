"""What of the narration only words can tell, what a moment counts on, how all look by then: pages are told of it,
and what is in no caption is a loss."""

from dataclasses import replace
from typing import Any

import pytest

from agents.storyboard.page_plan import faults_of, plan_of
from agents.storyboard.restore_cut_moments import given_back
from editing.list_losses import lost_of_storyboard
from manga.brief import Language
from manga.continuity import Aspect, Change
from manga.editor_remarks import EditorNote
from manga.losses import LossKind, Reason
from manga.revision import Revision
from manga.storyboard import DialogueLayout, LinePart, Storyboard, words_said
from manga.storyboard_plan import BookPlan, Limits, PageScene, StoryboardPages
from manga.text_capacity import MEASURES
from providers.base import Ask
from tests.agents.storyboard.test_losses import SPEECH, cut_plot, letters
from tests.agents.storyboard_models import BatchModel, made, told
from tests.agents.unasked import Cupboard
from tests.offline.storyboard_plots import Inputs, Teller, inputs, scene

pytestmark = pytest.mark.anyio


def changed(given: Inputs, key: str, **changes: Any) -> Inputs:
    """The plot with another beat of this key."""
    scenes = tuple(
        one.model_copy(update={"beats": tuple(b.model_copy(update=changes) if b.key == key else b for b in one.beats)})
        for one in given.plot.scenes
    )
    return replace(given, plot=given.plot.model_copy(update={"scenes": scenes}))


def with_caption(given: Inputs, key: str = "b0001") -> Inputs:
    beat = next(beat for beat in given.plot.beats() if beat.key == key)
    return changed(given, key, captions=(beat.lines[0].span,))


def scenes_told(model: BatchModel) -> dict[str, PageScene]:
    return {scene.key: scene for ask in model.asked("storyboard_pages") for scene in ask.inputs["plot"]}


async def test_pages_and_their_plan_are_told_what_must_be_read_and_who_tells_the_story() -> None:
    given = with_caption(told(pages=1))
    given = replace(given, plot=given.plot.model_copy(update={"teller": "c02"}))
    model = BatchModel(always=lambda ask, good: good)
    words = given.plot.beats()[0].lines[0].text
    with pytest.raises(AssertionError, match="asked"):
        await made(given, _Asked())
    (ask,) = _ASKS
    assert ask.inputs["outline"].scenes[0].beats[0].must == words
    assert ask.inputs["concept"]["teller"] == "c02"
    await made(replace(given, plot=given.plot.model_copy(update={"teller": None})), model)
    assert scenes_told(model)["s01"].beats[0].lines[0].must == words


_ASKS: list[Ask[Any]] = []


class _Asked(BatchModel):
    """Is asked once."""

    async def answer(self, ask: Ask[Any]) -> Any:
        _ASKS[:] = [ask]
        raise AssertionError("asked")


async def test_what_must_be_read_and_no_caption_says_is_a_loss_with_its_line() -> None:
    def silent(ask: Ask[Any], good: Any) -> Any:
        return StoryboardPages(pages=tuple(map(_without_captions, good.pages))) if _is_pages(good) else good

    given = with_caption(told(pages=1))
    line = given.plot.beats()[0].lines[0]
    board = await made(given, BatchModel(always=silent))
    (loss,) = (one for one in lost_of_storyboard(given.plot, board) if one.what == "caption")
    assert (loss.kind, loss.element, loss.said, loss.reason) == (LossKind.CUT, line.key, line.text, Reason.NOT_SAID)
    assert [one for one in lost_of_storyboard(told(pages=1).plot, board) if one.what == "caption"] == []


async def test_a_caption_that_says_it_is_no_loss() -> None:
    given = with_caption(told(pages=1))
    board = await made(given, BatchModel(always=_telling(given)))
    assert [one for one in lost_of_storyboard(given.plot, board) if one.what == "caption"] == []


def _telling(given: Inputs) -> Any:
    line = given.plot.beats()[0].lines[0]

    def spoil(ask: Ask[Any], good: Any) -> Any:
        if not _is_pages(good):
            return good
        part = LinePart(key=f"{line.key}.1", line=line.key, kind="narration", text=line.text, span=line.span)
        first, *others = good.pages[0].panels
        parts = (part, *(one for one in first.dialogue.parts if one.line != line.key))
        panel = first.model_copy(update={"dialogue": DialogueLayout(parts=parts)})
        page = good.pages[0].model_copy(update={"panels": (panel, *others)})
        return good.model_copy(update={"pages": (page, *good.pages[1:])})

    return spoil


def _is_pages(answer: Any) -> bool:
    return isinstance(answer, StoryboardPages)


def _without_captions(page: Any) -> Any:
    panels = (
        panel.model_copy(
            update={"dialogue": DialogueLayout(parts=tuple(p for p in panel.dialogue.parts if p.kind != "narration"))}
        )
        for panel in page.panels
    )
    return page.model_copy(update={"panels": tuple(panels)})


async def test_looks_of_before_come_to_pages_whoever_shows_where_they_changed() -> None:
    """A cloak that is put on in a moment that the book leaves out, and a wound of another batch's page."""
    given = told(pages=12)
    first, last_of_first = given.plot.scenes[0].beats[0], given.plot.scenes[0].beats[-1]
    wound = Change(who="c01", aspect=Aspect.WOUND, to="arm", span=first.span)
    cloak = Change(who="c02", aspect=Aspect.COSTUME, to="cloak", span=last_of_first.span)
    given = changed(changed(given, first.key, changes=(wound,)), last_of_first.key, changes=(cloak,))
    pages = (given.plot.pages[0].model_copy(update={"beats": given.plot.pages[0].beats[:-1]}), *given.plot.pages[1:])
    given = replace(given, plot=given.plot.model_copy(update={"pages": pages}))
    model = BatchModel()
    await made(given, model)
    scenes = scenes_told(model)
    assert scenes["s01"].by_then == ()
    assert {(one.who, one.aspect, one.to) for one in scenes["s12"].by_then} == {
        ("c01", Aspect.WOUND, "arm"),
        ("c02", Aspect.COSTUME, "cloak"),
    }


def test_a_plan_that_leaves_out_what_another_moment_needs_is_told_so() -> None:
    given = told(pages=2, fidelity="adapted")
    needed, needer = given.plot.beats()[1], given.plot.beats()[4]
    plot = changed(given, needer.key, needs=(needed.span.start,)).plot
    plan = plan_of(plot)
    without = [
        page.model_copy(update={"beats": tuple(k for k in page.beats if k != needed.key)}) for page in plan.pages
    ]
    faults = faults_of(BookPlan(pages=tuple(without)), plot, Limits(pages=9), faithful=False)
    assert [(fault.message, fault.element) for fault in faults] == [
        (f"Beat {needed.key} is on no page; {needer.key} needs it.", needed.key)
    ]
    both = [
        p.model_copy(update={"beats": tuple(k for k in p.beats if k not in (needed.key, needer.key))}) for p in without
    ]
    assert faults_of(BookPlan(pages=tuple(both)), plot, Limits(pages=9), faithful=False) == []


def test_no_moment_comes_back_without_what_it_needs() -> None:
    """There is room for one: the weightier one of the two that are cut counts on the other."""
    plot = cut_plot(24, pages=2)
    shown = plot.shown()
    pairs = zip(plot.beats(), plot.beats()[1:], strict=False)
    needed, needer, *_ = [beat for before, beat in pairs if before.key in shown and beat.key not in shown]
    given = changed(replace(told(pages=1), plot=plot), needer.key, needs=(needed.span.start,), importance=3)
    plan = plan_of(given.plot)
    spread = [page.model_copy(update={"beats": (key,), "number": 0}) for page in plan.pages for key in page.beats]
    pages = tuple(page.model_copy(update={"number": n}) for n, page in enumerate(spread, 1))
    one_more = Limits(pages=64, panels=sum(len(page.weights) for page in pages) + 1)
    more, _ = given_back(given.plot, given.plot, BookPlan(pages=pages), one_more, MEASURES[Language.JA])
    came = {key for page in more.pages for key in page.beats} - plot.shown()
    assert needer.key not in came
    lonely = replace(given, plot=plot)
    alone = changed(lonely, needer.key, importance=3).plot
    more, _ = given_back(alone, alone, BookPlan(pages=pages), one_more, MEASURES[Language.JA])
    assert {key for page in more.pages for key in page.beats} - plot.shown() == {needer.key}


async def test_words_said_whole_again_over_the_pages_room_are_told_and_the_others_stay() -> None:
    """As many as the page holds, in their order; the rest is told with the reason, as it was planned."""
    plot = cut_plot(6, pages=1)
    given = replace(told(pages=1, fidelity="adapted"), plot=plot)
    whole = {line.key: line for beat in plot.beats() for line in beat.lines}

    def all_of_it(ask: Ask[Any], good: Any) -> Any:
        return (
            good.model_copy(update={"pages": tuple(_with_words(p, whole) for p in good.pages)})
            if _is_pages(good)
            else good
        )

    board = await made(given, BatchModel(always=all_of_it))
    said = [part for panel in board.panels() for part in panel.dialogue.parts]
    back = [part for part in said if part.text == SPEECH]
    over = [loss for loss in board.losses if loss.reason is Reason.NO_ROOM]
    assert over
    assert all((loss.kind, loss.said) == (LossKind.SHORTENED, SPEECH) for loss in over)
    assert {loss.element for loss in over}.isdisjoint(part.line for part in back)
    assert letters(plot, plot.beats()[0].key) == len(SPEECH)


def _with_words(page: Any, whole: Any) -> Any:
    panels = []
    for panel in page.panels:
        parts = tuple(
            p.model_copy(update={"text": whole[p.line].text}) if p.line in whole else p for p in panel.dialogue.parts
        )
        panels.append(panel.model_copy(update={"dialogue": DialogueLayout(parts=parts)}))
    return page.model_copy(update={"panels": tuple(panels)})


async def test_an_utterance_that_the_cut_has_left_out_stands_in_the_question_and_may_come_in() -> None:
    """The pages are full, so code does not bring it back; a model may, and need not."""
    teller = Teller()
    talks = [teller.beat(teller.line(SPEECH, "c01")) for _ in range(4)]
    asked, unsaid = teller.line("どこの家だ？", "c01"), teller.line(SPEECH, "c02")
    last = teller.line("そうか。", "c01")
    given = inputs(scene(1, *talks, teller.beat(asked, unsaid, last)), fidelity="adapted")
    given = replace(given, plot=given.plot.model_copy(update={"cuts": (unsaid.span,)}))

    def silent(ask: Ask[Any], good: Any) -> Any:
        return good.model_copy(update={"pages": tuple(map(_without_it, good.pages))}) if _is_pages(good) else good

    def _without_it(page: Any) -> Any:
        panels = (panel.model_copy(update={"dialogue": _but_for(panel, unsaid.key)}) for panel in page.panels)
        return page.model_copy(update={"panels": tuple(panels)})

    model = BatchModel(always=silent)
    board = await made(given, model)
    (ask,) = model.asked("storyboard_pages")
    (task,) = ask.inputs["pages"]
    assert (task.unused, task.lines[-1], task.room > 0) == ((unsaid.key,), unsaid.key, True)
    said = ask.inputs["plot"][0].beats[-1].lines
    assert [line.key for line in said] == [asked.key, unsaid.key, last.key], "in the order of the story"
    assert (said[1].whole, said[1].text in SPEECH, len(said[1].text) < len(SPEECH)) == (SPEECH, True, True)
    assert unsaid.key not in words_said(board.panels())
    board = await made(given, BatchModel())
    assert words_said(board.panels())[unsaid.key] == said[1].text


def _but_for(panel: Any, line: str) -> DialogueLayout:
    return DialogueLayout(parts=tuple(part for part in panel.dialogue.parts if part.line != line))


def noted(board: Storyboard, *notes: EditorNote) -> Storyboard:
    return board.model_copy(update={"notes": notes})


async def test_what_an_editor_found_and_nobody_mended_is_told_with_a_wish_of_that_page_alone() -> None:
    given, shelf = told(pages=3), Cupboard()
    before = await made(given, BatchModel(), shelf=shelf)
    fault = EditorNote(page=1, panel=before.pages[0].panels[0].key, fault="Nobody is told who he is.", phase="plot")
    for page, standing in ((0, (f"{fault.panel}: Nobody is told who he is.",)), (1, ())):
        model = BatchModel()
        wish = Revision((("Nearer.", (before.pages[page].key,)),), noted(before, fault))
        await made(given, model, shelf=shelf, revision=wish)
        assert model.asked("storyboard_revision")[0].inputs["standing"] == standing
