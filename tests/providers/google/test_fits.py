"""An answer of the right type may be wrong all the same: who asks says so, and the model mends it once."""

from dataclasses import replace

import pytest

from manga.concept import Concept
from manga.errors import AnswerInvalid
from providers.base import Ask
from providers.routed import RoutedText
from tests.agents.scripted import ScriptedText
from tests.agents.test_concept import ANSWER
from tests.gemini.server import Gemini
from tests.providers.google.conftest import OpenText

pytestmark = pytest.mark.anyio


class Wrong:
    """Finds fault with the first answers."""

    def __init__(self, times: int) -> None:
        self.left = times

    def __call__(self, answer: Concept) -> None:
        if self.left:
            self.left -= 1
            fault = AnswerInvalid("The title is not in the story.", element="title")
            fault.add_note("The mood is a second one.")
            raise fault


async def test_a_wrong_answer_is_mended_in_one_more_turn(
    gemini: Gemini, open_text: OpenText, ask: Ask[Concept]
) -> None:
    assert isinstance(await open_text().answer(replace(ask, fits=Wrong(1))), Concept)
    told = gemini.calls[1].words
    assert "- The title is not in the story." in told
    assert "- The mood is a second one." in told
    assert len(gemini.calls) == 2


async def test_an_answer_that_stays_wrong_is_refused_with_its_element(
    gemini: Gemini, open_text: OpenText, ask: Ask[Concept]
) -> None:
    with pytest.raises(AnswerInvalid, match="title") as refused:
        await open_text().answer(replace(ask, fits=Wrong(2)))
    assert refused.value.element == "title"
    assert len(gemini.calls) == 2


async def test_the_batches_of_a_phase_go_to_the_mind_of_the_phase(ask: Ask[Concept]) -> None:
    usual, own = ScriptedText(ANSWER), ScriptedText(ANSWER)
    routed = RoutedText(usual, {"plot": own})
    await routed.answer(replace(ask, prompt_id="plot_part"))
    await routed.answer(replace(ask, prompt_id="feedback"))
    assert [asked.prompt_id for asked in own.asked] == ["plot_part"]
    assert [asked.prompt_id for asked in usual.asked] == ["feedback"]
