"""The node of the characters: story and concept in, the cast out; sheets are drawn afterwards where a model draws."""

from agents.characters import make_cast
from editing.work_state import Json
from graph.nodes.agent_phase import Bench, Step
from graph.nodes.projections import read_settings, read_story_concept, revision_for
from graph.sheet_easel import draw_sheets
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
        revision=revision_for(bench, Cast),
    )


STEP = Step(read, make, draw_sheets)
