"""The plot's node: story, concept and the cast's names in, scenes, beats and lines out."""

from agents.notes_that_stand import remarks_on_plot
from agents.plot.agent import make_plot
from editing.phase_results import read_names, read_people, read_settings_for_panels, read_story_concept, result_of
from editing.state_as_json import Json
from graph.nodes.agent_phase import Bench, Step
from graph.nodes.thing_shapes import draw_before_review
from graph.state import State
from manga.brief import Settings
from manga.characters import Cast
from manga.concept import Concept
from manga.phases import Phase
from manga.plot import Plot
from manga.storyboard import Storyboard


def read(state: State) -> Json:
    return {
        "story": state["brief"]["text"],
        "concept": read_story_concept(state),
        "cast": read_names(state),
        "settings": read_settings_for_panels(state, "pages", "fidelity", "max_images", "seed"),
    }


async def make(reads: Json, bench: Bench) -> Plot:
    return await make_plot(
        story=reads["story"],
        concept=Concept.of(reads["concept"]),
        cast=Cast.of(reads["cast"]),
        settings=Settings.of(reads["settings"]),
        text=bench.text,
        shelf=bench.blobs,
        looks=reads.get("looks"),
        revision=bench.revised(Plot),
        **(bench.beside or {}),
    )


def told(state: State) -> Json:
    return {"looks": read_people(state)}


def beside(state: State) -> Json:
    """What the storyboard's proof-reader would have mended in the plot, and how many pages the book has."""
    if not state.get(Phase.STORYBOARD.value):
        return {}
    board = result_of(state, Phase.STORYBOARD, Storyboard)
    return {"remarks": remarks_on_plot(board), "book_pages": len(board.pages)}


STEP = Step(read, make, draw_before_review, told, beside=beside)
