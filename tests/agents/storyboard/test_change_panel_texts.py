"""A wish, or an editor, brings words into panels and takes them out; a page drawn anew knows what it has not used."""

from dataclasses import replace
from typing import Any

import pytest

from agents.proofreading import mended
from manga.editor_remarks import EditorNote
from manga.losses import Loss, LossKind, Reason
from manga.plot import Plot
from manga.proposed_changes import ChangedPanel, ChangedPanels
from manga.revision import Revision
from manga.storyboard import Storyboard
from providers.base import Ask
from tests.agents.plot_drafts import Shelf
from tests.agents.storyboard_models import BatchModel, made, told
from tests.offline.storyboard_plots import Inputs

pytestmark = pytest.mark.anyio


async def drawn_up() -> tuple[Inputs, Storyboard, Shelf]:
    given, shelf = told(pages=3, fidelity="adapted"), Shelf()
    return given, await made(given, BatchModel(always=_without_last_line), shelf=shelf), shelf


def _without_last_line(ask: Ask[Any], good: Any) -> Any:
    """Pages that leave the last thing said out."""
    if ask.prompt_id != "storyboard_pages":
        return good
    last = {page.number: list(page.lines)[-1] for page in ask.inputs["pages"]}
    pages = []
    for page in good.pages:
        panels = tuple(
            panel.model_copy(
                update={
                    "dialogue": panel.dialogue.model_copy(
                        update={"parts": tuple(p for p in panel.dialogue.parts if p.line != last[page.number])}
                    )
                }
            )
            for page_ in (page,)
            for panel in page_.panels
        )
        pages.append(page.model_copy(update={"panels": panels}))
    return good.model_copy(update={"pages": tuple(pages)})


def patch(**texts: Any) -> Any:
    def answer(ask: Ask[Any], good: Any) -> Any:
        panel = next(iter(ask.inputs["pages"].values()))[-1]["key"]
        return ChangedPanels(changes=(ChangedPanel.of({"panel": panel, "texts": [texts]}),))

    return answer


async def test_a_line_that_no_page_says_is_shown_with_a_wish_and_comes_in_whole() -> None:
    given, before, shelf = await drawn_up()
    unused = given.plot.scenes[0].beats[-1].lines[-1]
    model = BatchModel(always=patch(line=unused.key))
    wish = Revision((("Let him say it", (before.pages[0].key,)),), before)
    after = await made(given, model, shelf=shelf, revision=wish)
    (ask,) = model.asks
    told, said = ask.inputs["unused"][before.pages[0].key]
    assert said == {"key": unused.key, "speaker": unused.speaker, "text": unused.text}
    assert told["speaker"] is None, "what is told in the page's moments and no caption says"
    (part,) = [p for panel in after.panels() for p in panel.dialogue.parts if p.line == unused.key]
    assert (part.text, part.span, part.speaker) == (unused.text, unused.span, unused.speaker)
    keys = [p.key for panel in after.panels() for p in panel.dialogue.parts]
    assert len(keys) == len(set(keys))
    assert after.pages[1:] == before.pages[1:]


async def test_a_text_is_taken_out_and_words_of_no_line_are_refused_and_listed() -> None:
    given, before, shelf = await drawn_up()
    panel = next(panel for panel in before.pages[0].panels if panel.dialogue.parts)
    gone = panel.dialogue.parts[0].key

    def answer(ask: Ask[Any], good: Any) -> Any:
        texts = [{"key": gone, "gone": True}, {"line": panel.dialogue.parts[0].line, "text": "quite other words"}]
        return ChangedPanels(changes=(ChangedPanel.of({"panel": panel.key, "texts": texts}),))

    wish = Revision((("Silence", (panel.key,)),), before)
    after = await made(given, BatchModel(always=answer), shelf=shelf, revision=wish)
    assert gone not in [p.key for one in after.panels() for p in one.dialogue.parts]
    assert [loss.said for loss in after.losses if loss.kind is LossKind.REFUSED] == ["quite other words"]


async def test_a_page_drawn_anew_is_given_its_plan_and_the_lines_that_it_has_not_used() -> None:
    given, before, shelf = await drawn_up()

    def anew(ask: Ask[Any], good: Any) -> Any:
        return ChangedPanels(anew=("g001",)) if ask.prompt_id == "storyboard_revision" else good

    model = BatchModel(always=anew)
    await made(given, model, shelf=shelf, revision=Revision((("Split the first panel", ("g001",)),), before))
    (ask,) = model.asked("storyboard_pages")
    (task,) = ask.inputs["pages"]
    unused = given.plot.scenes[0].beats[-1].lines[-1].key
    assert task.unused[-1] == task.lines[-1] == unused
    assert (task.pace, task.hook) == (before.pages[0].pace, before.pages[0].hook)
    assert {side.scene for side in ask.inputs["sides"]} <= {scene.key for scene in given.plot.scenes}


async def test_what_an_editor_finds_is_told_as_faults_and_not_as_what_the_author_wishes() -> None:
    given, before, shelf = await drawn_up()
    key = before.pages[0].panels[0].key

    def anew(ask: Ask[Any], good: Any) -> Any:
        return ChangedPanels(anew=("g001",)) if ask.prompt_id == "storyboard_revision" else good

    model = BatchModel(always=anew)
    found = Revision(((f"{key}: nobody's face answers\ng001: the hook is weak", (key, "g001")),), before)
    await made(given, model, shelf=shelf, revision=found, by_editor=True)
    assert [ask.inputs["faults"] for ask in model.asks] == [
        (f"{key}: nobody's face answers", "g001: the hook is weak")
    ] * 2
    assert all(not ask.revision.wishes for ask in model.asks)


async def test_a_moment_that_an_editor_misses_comes_back_where_its_page_has_room() -> None:
    given, shelf = told(pages=3, fidelity="adapted"), Shelf()
    missed = given.plot.pages[1].beats[-1]
    pages = tuple(
        page.model_copy(update={"beats": tuple(key for key in page.beats if key != missed)})
        for page in given.plot.pages
    )
    cut = replace(given, plot=given.plot.model_copy(update={"pages": pages}))
    settings = cut.settings.model_copy(update={"max_images": 0})
    marked = replace(cut, plot=_marked(cut.plot, missed))
    first = await made(marked, BatchModel(), settings=settings, shelf=shelf)
    assert missed not in {key for panel in first.panels() for key in panel.beats}
    note = EditorNote(page=2, fault=f"The answer is missing: bring {missed} back.", phase="plot")
    model = BatchModel()

    async def again(revision: Revision[Storyboard]) -> Storyboard:
        return await made(cut, model, settings=settings, shelf=shelf, revision=revision, by_editor=True)

    after = await mended(first, [note], again, cut.plot)
    assert model.pages == [[2]]
    assert missed in {key for panel in after.pages[1].panels for key in panel.beats}
    assert after.notes == ()
    assert [page.panels for page in after.pages if page.number != 2] == [
        page.panels for page in first.pages if page.number != 2
    ]


def _marked(plot: Plot, key: str) -> Plot:
    """The moment is what an editor would leave out: no room that is left brings it back by itself."""
    loss = Loss(kind="cut", phase="plot", element=key, what="beat", said="-", reason=Reason.EDITOR)
    return plot.model_copy(update={"losses": (loss,)})


async def test_a_moment_that_an_editor_misses_and_no_page_has_room_for_is_told_with_its_reason() -> None:
    given, shelf = told(pages=3, fidelity="adapted"), Shelf()
    missed = given.plot.pages[1].beats[-1]
    pages = tuple(
        page.model_copy(update={"beats": tuple(key for key in page.beats if key != missed)})
        for page in given.plot.pages
    )
    marked = replace(given, plot=_marked(given.plot.model_copy(update={"pages": pages}), missed))
    free = marked.settings.model_copy(update={"max_images": 0})
    before = await made(marked, BatchModel(), settings=free, shelf=shelf)
    full = free.model_copy(update={"max_images": len(before.panels())})
    fault = f"The answer is missing: bring {missed} back."
    revision = Revision(((f"g002: {fault}", ("g002",)),), before)
    after = await made(marked, BatchModel(), settings=full, shelf=shelf, revision=revision, by_editor=True)
    assert missed not in {key for panel in after.panels() for key in panel.beats}
    (loss,) = [loss for loss in after.losses if loss.element == missed and loss.what == "needs"]
    assert (loss.kind, loss.reason, fault in loss.said) == (LossKind.REFUSED, Reason.NO_ROOM, True)
