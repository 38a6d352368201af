"""Stories told by the rules as far as their storyboards, whose panels are then drawn, lettered or painted on."""

import argparse
import tempfile
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from agents.artwork import panel_briefs
from agents.lettering import manner_of
from drawing.lettering.fonts import standard_folders
from drawing.lettering.typesetting import Manner
from editing.phase_results import result_of
from evals.answering_models import ModelChoice, open_models
from evals.measured_stories import Subject, subjects
from evals.run_phases import walk
from graph.state import State
from manga.brief import Brief
from manga.characters import Cast
from manga.concept import Concept
from manga.panel_brief import PanelBrief
from manga.phases import Phase
from manga.plot import Plot
from manga.storyboard import Storyboard, StoryPage

STORIES: Final = ("en_goose", "ja_housou")
"""What is told where nothing else is named: over eighty panels with people, in both languages."""


def add_stories(command: argparse.ArgumentParser) -> None:
    """The option that names stories."""
    command.add_argument("--stories", nargs="*", default=STORIES, metavar="ID", help="cases that are told")


@dataclass(frozen=True, slots=True)
class Board:
    """A story as far as its storyboard: pages, and the brief of every panel."""

    story: str
    pages: tuple[StoryPage, ...]
    briefs: Mapping[str, PanelBrief]
    manner: Manner


async def boards(stories: Iterable[str]) -> AsyncIterator[Board]:
    """Each story told by the rules; ids may be patterns."""
    for subject in (one for story in stories for one in subjects(story)):
        with tempfile.TemporaryDirectory(prefix="mangaka-evals-") as home:
            async with open_models(ModelChoice(), Path(home), 0) as models:
                state: State = {"brief": Brief(text=subject.text, settings=subject.settings).to_json()}
                async for output in walk(subject, models, Phase.STORYBOARD):
                    state[output.phase] = output.result  # type: ignore[literal-required]
        yield _board(subject, state)


def _board(subject: Subject, state: State) -> Board:
    storyboard, concept = result_of(state, Phase.STORYBOARD, Storyboard), result_of(state, Phase.CONCEPT, Concept)
    cast, plot = result_of(state, Phase.CHARACTERS, Cast), result_of(state, Phase.PLOT, Plot)
    briefs = panel_briefs(storyboard, cast, concept, subject.settings, plot=plot, past_border=False)
    pages = tuple(page for page in storyboard.pages if page.panels)
    manner = manner_of(concept, subject.settings, standard_folders())
    return Board(subject.id, pages, {brief.panel: brief for brief in briefs}, manner)
