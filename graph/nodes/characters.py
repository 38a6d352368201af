"""The node of the characters: story and concept in, the cast out; sheets are drawn afterwards where a model draws."""

from langchain_core.runnables import RunnableConfig
from langgraph.runtime import Runtime

from agents.characters import make_cast
from calls.character_sheets import draw_sheets
from calls.services import Services
from editing.phase_results import (
    read_settings,
    read_story_concept,
)
from editing.state_as_json import Json
from graph.context import RunOptions, options_of
from graph.nodes.agent_phase import Bench, Step, work_of
from graph.state import State
from manga.brief import Settings
from manga.characters import Cast
from manga.concept import Concept


def read(state: State) -> Json:
    settings = read_settings(state, "style", "color", "seed")
    return {"story": state["brief"]["text"], "concept": read_story_concept(state), "settings": settings}


async def make(reads: Json, bench: Bench) -> Cast:
    return await make_cast(
        story=reads["story"],
        concept=Concept.of(reads["concept"]),
        settings=Settings.of(reads["settings"]),
        text=bench.text,
        revision=bench.revised(Cast),
    )


async def add_sheets(state: State, services: Services, config: RunnableConfig, runtime: Runtime[RunOptions]) -> Json:
    return await draw_sheets(state, services, work_of(config), options_of(runtime))


STEP = Step(read, make, add_sheets)
