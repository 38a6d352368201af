"""A long plot over the wire: one call a part, and of a fault only the call that met it."""

import asyncio
from functools import cache

import pytest

from agents.plot.agent import make_plot
from agents.plot.story_parts import parts_of
from agents.retry import TEXT, retried
from manga.brief import Settings
from manga.characters import Cast
from manga.concept import Concept
from manga.errors import ContentBlocked
from manga.plot import Plot
from manga.story_source import read_source
from offline.writer import write_characters, write_concept
from providers.google.text import GoogleText
from tests.agents.plot_drafts import Shelf
from tests.gemini.server import Gemini
from tests.providers.google.conftest import OpenText

pytestmark = pytest.mark.anyio
CHAPTER = "".join(
    f"　{n}日めに、ごんは兵十のうちへ行きました。\n「兵十、{n}匹のいわしを持って来たよ。」\n" for n in range(100)
)
STORY = f"　一\n\n{CHAPTER}\n\n　二\n\n{CHAPTER}"


class NoTime:
    """A clock on which waiting takes no time."""

    def monotonic(self) -> float:
        return 0.0

    def jitter(self) -> float:
        return 0.0

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)


SETTINGS = Settings(fidelity="adapted")


@cache
def read() -> tuple[Concept, Cast]:
    concept = write_concept({"story": STORY, "settings": SETTINGS})
    return concept, write_characters({"story": STORY, "settings": SETTINGS, "concept": concept})


async def plotted(text: GoogleText) -> Plot:
    (concept, cast), shelf = read(), Shelf()

    async def made() -> Plot:
        return await make_plot(story=STORY, concept=concept, cast=cast, settings=SETTINGS, text=text, shelf=shelf)

    return await retried(made, TEXT, NoTime())


async def test_a_long_story_is_as_many_calls_as_planned(gemini: Gemini, open_text: OpenText) -> None:
    plot = await plotted(open_text())
    parts = ["plot_part"] * len(parts_of(read_source(STORY)))
    assert [call.prompt_id for call in gemini.calls] == [*parts, "plot_revision"], "what is cut is looked at once"
    assert len(parts) == 2
    assert plot.beats()[-1].span.end == len(read_source(STORY).text)
    assert {line.speaker for beat in plot.beats() for line in beat.lines if line.kind == "speech"} <= {
        "c01",
        "c02",
        None,
    }


@pytest.mark.parametrize("fault", ["503", "429", "cut", "badjson"])
async def test_a_fault_costs_one_more_call_and_no_part_is_paid_for_twice(
    fault: str, gemini: Gemini, open_text: OpenText
) -> None:
    whole = await plotted(open_text())
    before = len(gemini.calls)
    assert before == 3
    gemini.fail(fault, first=2, prompt="plot_part")
    assert await plotted(open_text()) == whole
    assert len(gemini.calls) - before == before + 1


async def test_a_part_that_the_provider_refuses_is_named(gemini: Gemini, open_text: OpenText) -> None:
    gemini.fail("safety", first=1, times=9, prompt="plot_part")
    with pytest.raises(ContentBlocked, match=r"\(In part \d of 2 of the story: "):
        await plotted(open_text())
    assert len(gemini.calls) == 2
