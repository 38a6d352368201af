"""The finishing's node: everything in, the book with its pages and its report out."""

from agents.finishing import finish
from agents.paper_wishes import check_formats
from agents.proofreading import PROMPT as PROOFREADING
from agents.proofreading import Reader
from editing.phase_results import (
    artwork_of,
    as_read,
    read_art,
    read_concept,
    read_looks,
    read_settings,
    result_of,
)
from editing.sheet_status import sheet_warnings
from editing.state_as_json import Json
from graph.nodes.agent_phase import Bench, Step
from graph.state import State
from manga.book import Book
from manga.brief import Settings
from manga.characters import Cast
from manga.concept import Concept
from manga.lettering import Lettering
from manga.phases import Phase
from manga.plot import Plot
from manga.storyboard import Storyboard
from manga.values import Span
from storage.objects import Purpose


def read(state: State) -> Json:
    art = artwork_of(state)
    return {
        "storyboard": result_of(state, Phase.STORYBOARD, Storyboard).to_json(),
        "art": {key: as_read(art[key]).to_json() for key in sorted(art)},
        "lettering": result_of(state, Phase.LETTERING, Lettering).to_json(),
        "concept": read_concept(state).to_json(),
        "cast": read_looks(state),
        "cuts": [span.to_json() for span in _cuts(state)],
        "settings": read_settings(state, "title", "author", "paper", "color"),
        **({"warnings": told} if (told := sheet_warnings(state)) else {}),
    }


def _cuts(state: State) -> tuple[Span, ...]:
    """The passages that the plot left out and the storyboard had no room for either."""
    plot, board = result_of(state, Phase.PLOT, Plot), result_of(state, Phase.STORYBOARD, Storyboard)
    shown = {key for panel in board.panels() for key in panel.beats}
    back = {beat.span for beat in plot.beats() if beat.key in shown}
    return tuple(span for span in plot.cuts if span not in back)


async def make(reads: Json, bench: Bench) -> Book:
    check_formats(bench.revision.instructions)
    return await finish(
        storyboard=Storyboard.of(reads["storyboard"]),
        art=read_art(reads),
        lettering=Lettering.of(reads["lettering"]),
        concept=Concept.of(reads["concept"]),
        settings=Settings.of(reads["settings"]),
        blobs=bench.blobs.meant_for(Purpose.PRODUCT),
        offload=bench.offload,
        cast=Cast.of(reads["cast"]),
        cuts=tuple(Span.of(span) for span in reads["cuts"]),
        warnings=tuple(reads.get("warnings", ())),
        page_ready=bench.page_ready,
        shelf=bench.blobs,
        redrawn=bench.before is not None,
        reader=Reader(bench.text, bench.clock) if bench.text.answers(PROOFREADING) else None,
        plot=Plot.of(reads["plot"]) if "plot" in reads else None,
        press=bench.press,
    )


def told(state: State) -> Json:
    """What the story has that is not in the book, for whoever proof-reads it."""
    return {"plot": result_of(state, Phase.PLOT, Plot).to_json()}


STEP = Step(read, make, told=told)
