"""Plots hold the story's own words, in their places, with people of the cast."""

from typing import Any

import pytest

from agents.plot.agent import make_plot
from manga.brief import Settings
from manga.characters import Cast
from manga.continuity import Aspect, Change
from manga.errors import AnswerInvalid
from manga.plot import Act, Beat, Line, LineKind, PagePlan, Plot, Scene
from manga.values import Span
from tests.agents.scripted import ScriptedText
from tests.agents.test_characters import sheet
from tests.agents.test_concept import ANSWER as CONCEPT

STORY = "　猫が来た。\n「やあ」と犬が言った。\n「やあ」と猫も言った。"
CAST = Cast(characters=(sheet("c01", "猫"), sheet("c02", "犬")))
NOWHERE, AFAR = Span(start=0, end=0), Span(start=900, end=901)
pytestmark = pytest.mark.anyio


def line(key: str, text: str, speaker: str | None = None, kind: LineKind = LineKind.SPEECH) -> Line:
    return Line(key=key, kind=kind, text=text, span=NOWHERE, speaker=speaker)


def plot_of(*lines: Line, **changes: Any) -> Plot:
    beat = Beat(key="b0001", span=NOWHERE, told="猫が来た。", lines=lines)
    fields: dict[str, Any] = {
        "acts": (Act(name="development", scenes=("s01",)),),
        "scenes": (Scene(key="s01", place="道", setting="road", beats=(beat,)),),
        "pages": (PagePlan(number=1, beats=("b0001",)),),
    }
    return Plot(**{**fields, **changes})


async def made(plot: Plot) -> Plot:
    return await make_plot(story=STORY, concept=CONCEPT, cast=CAST, settings=Settings(), text=ScriptedText(plot))


async def test_lines_without_a_place_are_found_in_the_order_of_telling() -> None:
    plot = await made(plot_of(line("l0001", "やあ", "c02"), line("l0002", "やあ", "c01")))
    first, second = plot.beats()[0].lines
    assert first.span.end < second.span.start
    assert plot.beats()[0].span.end == second.span.end


def _changing(who: str) -> Plot:
    plot = plot_of(line("l0001", "やあ", "c02"))
    beat = (
        plot.scenes[0]
        .beats[0]
        .model_copy(update={"changes": (Change(who=who, aspect=Aspect.HAT, to="straw", span=AFAR),)})
    )
    scene = plot.scenes[0].model_copy(update={"beats": (beat,)})
    return plot.model_copy(update={"scenes": (scene,)})


async def test_a_change_that_is_not_in_its_beat_is_told_by_the_whole_of_it() -> None:
    (beat,) = (await made(_changing("c01"))).beats()
    assert [change.span for change in beat.changes] == [beat.span]


@pytest.mark.parametrize(
    ("plot", "element"),
    [
        (plot_of(line("l0001", "さようなら", "c01")), "l0001"),
        (plot_of(line("l0001", "やあ", "c09")), "l0001"),
        (plot_of(line("l0001", "やあ", "c01"), line("l0001", "やあ", "c02")), "l0001"),
        (_changing("c09"), "b0001"),
        (plot_of(line("l0001", "やあ"), pages=(PagePlan(number=1, beats=("b0009",)),)), "b0009"),
        (plot_of(line("l0001", "やあ"), pages=(PagePlan(number=2, beats=("b0001",)),)), None),
        (plot_of(line("l0001", "やあ"), acts=(Act(name="ending", scenes=("s09",)),)), "s09"),
    ],
    ids=[
        "invented line",
        "unknown speaker",
        "key twice",
        "change of a stranger",
        "unknown beat",
        "page numbers",
        "unknown scene",
    ],
)
async def test_a_faulty_plot_is_refused_with_its_element_named(plot: Plot, element: str | None) -> None:
    with pytest.raises(AnswerInvalid) as refused:
        await made(plot)
    assert refused.value.element == element
