"""The red pen at the storyboard's review: its marks stand in the preview, before any picture is paid for."""

from agents.red_pen.report import red_pen
from graph.results import result_of
from graph.state import Json, State
from manga.characters import Cast
from manga.concept import Concept
from manga.phases import Phase
from manga.plot import Plot
from manga.storyboard import Storyboard


def marked(phase: Phase, state: State) -> Json:
    """`{red_pen: [Remark]}` for the storyboard, nothing for other phases."""
    if phase is not Phase.STORYBOARD:
        return {}
    storyboard = result_of(state, phase, Storyboard)
    cast, concept = result_of(state, Phase.CHARACTERS, Cast), result_of(state, Phase.CONCEPT, Concept)
    plot = result_of(state, Phase.PLOT, Plot)
    return {"red_pen": [remark.to_json() for remark in red_pen(storyboard, cast, concept, plot)]}
