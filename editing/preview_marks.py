"""What previews say before any picture is paid for: the continuity bible, and the red pen's marks."""

from agents.continuity.table import entries
from agents.red_pen.report import red_pen
from editing.results import result_of
from editing.work_state import Json, WorkState
from manga.characters import Cast
from manga.concept import Concept
from manga.phases import Phase
from manga.plot import Plot
from manga.storyboard import Storyboard


def marked(phase: Phase, state: WorkState) -> Json:
    """`{bible: [Entry]}` for the plot, `{bible, red_pen: [Remark]}` for the storyboard, nothing for other phases."""
    if phase not in (Phase.PLOT, Phase.STORYBOARD):
        return {}
    cast, concept = result_of(state, Phase.CHARACTERS, Cast), result_of(state, Phase.CONCEPT, Concept)
    plot = result_of(state, Phase.PLOT, Plot)
    bible: Json = {"bible": [entry.to_json() for entry in entries(plot, cast, concept.language)]}
    if phase is Phase.PLOT:
        return bible
    storyboard = result_of(state, phase, Storyboard)
    return bible | {"red_pen": [remark.to_json() for remark in red_pen(storyboard, cast, concept, plot)]}
