"""Whoever follows a work hears how far an answer has come, over Google's wire, and not more often than is read."""

from dataclasses import replace

import pytest
from pydantic import SecretStr

from graph.answers_heard import AnswersHeard
from graph.build import build_graph
from graph.events import AnswerProgress, PhaseComplete, PhaseStarted, heard, tell
from manga.brief import Brief, FeedbackMode, Settings
from manga.phases import Phase
from prompts.library import load_prompts
from providers.google.text import GoogleText
from tests.gemini.server import Gemini, gemini
from tests.graph.crew import StillClock, studio
from tests.offline.wishes.revising.books import KITE

__all__ = ["gemini"]
pytestmark = pytest.mark.anyio


def test_pieces_are_added_up_and_told_once_a_second() -> None:
    clock, told = StillClock(), list[int]()
    answers = AnswersHeard(told.append, clock.monotonic)
    for seconds, letters in ((0.4, 10), (0.4, 10), (0.4, 10), (0.4, 10), (2.0, 10), (0.1, 10)):
        clock.now += seconds
        answers(letters)
    assert told == [30, 50]


def test_what_is_told_is_heard() -> None:
    event, written = AnswerProgress(Phase.PLOT, 12_000), list[object]()
    tell(written.append, event)
    assert written == [{"type": "answer_progress", "phase": "plot", "characters": 12_000}]
    assert heard(written[0]) == event


class Passing(StillClock):
    """A second goes by between two looks."""

    def monotonic(self) -> float:
        self.now += 1.0
        return self.now


async def test_an_answer_is_told_of_while_it_comes(gemini: Gemini) -> None:
    text = GoogleText("gemini-3.8-flash", SecretStr("a-key"), load_prompts(), timeout_s=60.0, base_url=gemini.url)
    it = studio()
    services = replace(it.services, text=text, clock=Passing())
    work = replace(it, services=services, graph=build_graph(services, it.saver))
    waits = Brief(text=KITE, settings=Settings(seed=5), feedback_mode=FeedbackMode(enabled=True))
    events = [event for event in await work.run(brief=waits) if not isinstance(event, PhaseComplete)]
    await text.aclose()
    first, *come, _ = events
    assert first == PhaseStarted(Phase.CONCEPT)
    assert len(come) > 1
    assert all(isinstance(event, AnswerProgress) and event.phase is Phase.CONCEPT for event in come)
    counts = [event.characters for event in come if isinstance(event, AnswerProgress)]
    assert counts == sorted(counts)
    assert {call.verb for call in gemini.calls} == {"streamGenerateContent"}
