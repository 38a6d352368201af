"""What code has cut of a plot is looked at once by the model that wrote it."""

from math import ceil
from typing import Any

import pytest

from agents.plot.look_at_cuts import LEAST, cut_by_code
from manga.brief import Settings
from manga.errors import RateLimited, WishRefused
from manga.losses import LossKind
from manga.plot import Plot
from manga.plot_draft import ChangedPlot
from providers.base import Ask
from tests.agents.plot_drafts import CHAPTER, LONG, DraftModel, Shelf, drafted, made

pytestmark = pytest.mark.anyio
ADAPTED = Settings(fidelity="adapted", pages=4)
FREE = Settings(fidelity="adapted")


async def plotted(look: Any = None, settings: Settings = ADAPTED, story: str = CHAPTER) -> tuple[Plot, DraftModel]:
    def answer(ask: Ask[Any]) -> Any:
        if ask.prompt_id == "plot_revision":
            return look(ask) if look else ChangedPlot()
        return drafted(ask.inputs["story"])

    model = DraftModel(answer, looks=True)
    return await made(model, story, settings), model


async def test_the_model_sees_what_is_cut_and_how_much_the_book_holds() -> None:
    plot, model = await plotted()
    assert model.prompts == ["plot", "plot_revision"]
    assert len(cut_by_code(plot)) >= LEAST
    ask = model.asks[1]
    assert f"room for {len(plot.shown())} of its {len(plot.beats())} moments" in ask.revision.instructions[0]
    cut = {beat["key"] for one in ask.inputs["plot"] for beat in one["beats"] if beat.get("cut")}
    assert cut == cut_by_code(plot)


async def test_what_it_brings_back_is_in_the_book_and_what_it_takes_out_is_listed() -> None:
    before, _ = await plotted()
    back, out = min(cut_by_code(before)), max(before.shown() - {before.beats()[-1].key})

    def look(ask: Ask[Any]) -> ChangedPlot:
        homes = {beat.key: scene.key for scene in before.scenes for beat in scene.beats}
        said = [{"key": homes[key], "beats": [{"key": key, "cut": key == out}]} for key in (back, out)]
        return ChangedPlot.of({"scenes": said})

    plot, _ = await plotted(look)
    assert back in plot.shown()
    assert out not in plot.shown()
    assert [loss.element for loss in plot.losses if loss.kind is LossKind.CUT] == [out]
    assert len(plot.shown()) <= len(before.shown()) + 1


async def test_a_book_of_no_named_length_grows_for_what_comes_back_and_loses_nothing_else() -> None:
    before, model = await plotted(settings=FREE, story=LONG)
    assert "grows for what comes back" in model.asks[-1].revision.instructions[0]
    back = sorted(cut_by_code(before))[:LEAST]

    def look(ask: Ask[Any]) -> ChangedPlot:
        homes = {beat.key: scene.key for scene in before.scenes for beat in scene.beats}
        return ChangedPlot.of({"scenes": [{"key": homes[key], "beats": [{"key": key, "cut": False}]} for key in back]})

    plot, _ = await plotted(look, FREE, LONG)
    assert plot.shown() >= before.shown() | set(back)
    assert len(before.pages) <= len(plot.pages) <= ceil(len(before.pages) * 1.25)


async def test_no_book_grows_without_end() -> None:
    before, _ = await plotted(settings=FREE, story=LONG)

    def look(ask: Ask[Any]) -> ChangedPlot:
        return ChangedPlot.of({"scenes": [{"key": scene.key, "cut": False} for scene in before.scenes]})

    plot, _ = await plotted(look, FREE, LONG)
    assert len(plot.pages) <= ceil(len(before.pages) * 1.25)


async def test_a_choice_that_is_refused_to_be_changed_stays() -> None:
    before, _ = await plotted()

    def look(ask: Ask[Any]) -> ChangedPlot:
        raise WishRefused("It is good as it is.", wish=0)

    plot, _ = await plotted(look)
    assert plot == before


async def test_a_book_with_room_for_nearly_all_asks_nothing_more() -> None:
    model = DraftModel(lambda ask: drafted(ask.inputs["story"]), looks=True)
    await made(model, CHAPTER[:600], Settings(fidelity="adapted"))
    assert model.prompts == ["plot"]


async def test_a_look_that_fails_pays_for_no_plot_twice() -> None:
    fails = [RateLimited()]

    def answer(ask: Ask[Any]) -> Any:
        if ask.prompt_id == "plot":
            return drafted(ask.inputs["story"])
        if fails:
            raise fails.pop()
        return ChangedPlot()

    model, shelf = DraftModel(answer, looks=True), Shelf()
    with pytest.raises(RateLimited):
        await made(model, CHAPTER, ADAPTED, shelf=shelf)
    await made(model, CHAPTER, ADAPTED, shelf=shelf)
    assert model.prompts == ["plot", "plot_revision", "plot_revision"]


async def test_a_book_whose_pictures_are_limited_does_not_grow() -> None:
    limited = Settings(fidelity="adapted", max_images=40)
    before, model = await plotted(settings=limited, story=LONG)
    assert "grows" not in model.asks[-1].revision.instructions[0]

    def look(ask: Ask[Any]) -> ChangedPlot:
        return ChangedPlot.of({"scenes": [{"key": scene.key, "cut": False} for scene in before.scenes]})

    plot, _ = await plotted(look, limited, LONG)
    assert len(plot.pages) <= len(before.pages)
