"""The concept's node: story and settings in, the concept of the book out."""

from agents.concept import make_concept
from editing.phase_results import read_settings
from editing.state_as_json import Json
from graph.nodes.agent_phase import Bench, Step
from graph.state import State
from manga.brief import Settings
from manga.concept import Concept


def read(state: State) -> Json:
    names = ("title", "author", "language", "direction", "start_side", "style", "color", "seed")
    return {"story": state["brief"]["text"], "settings": read_settings(state, *names)}


async def make(reads: Json, bench: Bench) -> Concept:
    settings, revision = Settings.of(reads["settings"]), bench.revised(Concept)
    return await make_concept(story=reads["story"], settings=settings, text=bench.text, revision=revision)


STEP = Step(read, make)
