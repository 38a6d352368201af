"""A question goes to the model that is named for its phase."""

from dataclasses import replace

import pytest

from providers.base import Ask
from providers.model_wrappers import RoutedText
from tests.agents.scripted import ScriptedText
from tests.agents.test_concept import ANSWER

pytestmark = pytest.mark.anyio


async def test_the_batches_of_a_phase_go_to_the_model_of_the_phase() -> None:
    usual, own = ScriptedText(ANSWER), ScriptedText(ANSWER)
    routed = RoutedText(usual, {"plot": own})
    ask = Ask("plot_part", {}, type(ANSWER))
    await routed.answer(ask)
    await routed.answer(replace(ask, prompt_id="feedback"))
    assert [asked.prompt_id for asked in own.asked] == ["plot_part"]
    assert [asked.prompt_id for asked in usual.asked] == ["feedback"]
