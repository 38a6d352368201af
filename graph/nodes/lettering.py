"""The lettering's node: storyboard and where figures stand in, balloons and sounds out. What a model proposes for the
letters depends on no picture: it is asked while the panels are drawn."""

import logging

from langchain_core.runnables import RunnableConfig
from langgraph.runtime import Runtime

from agents.lettering import letter
from agents.lettering_proposals import PROPOSAL, Proposer
from agents.prompt_facts import held_to
from calls.services import Services
from drawing.lettering.drawn_sounds import DARK
from drawing.lettering.moved_letters import Placing
from editing.drop_refused_wishes import wishes_of
from editing.phase_results import (
    artwork_of,
    edits_of,
    read_art,
    read_concept,
    read_names,
    read_settings,
    result_of,
    settings_of,
)
from editing.placement_edits import last_place, last_word, placings
from editing.state_as_json import Json
from editing.work_blobs import blobs_of
from graph.context import RunOptions, options_of
from graph.nodes.agent_phase import Bench, Node, Step, work_of
from graph.state import State
from manga.artwork import Made
from manga.brief import RUBY_OF_STYLE, Settings
from manga.characters import Cast
from manga.concept import Concept
from manga.errors import ProviderError
from manga.lettering import Lettering
from manga.phases import Phase
from manga.plot import Plot
from manga.revision import Revision
from manga.storyboard import Storyboard

log = logging.getLogger(__name__)


def _anchors(state: State) -> Json:
    """Where figures are in their pictures, and whether a sound stands on a dark one; strokes move no balloon."""
    unread = {"blob": "", "digest": "", "take": 0, "made": Made(model=""), "drawn": None}
    panels = result_of(state, Phase.STORYBOARD, Storyboard).panels()
    loud = {panel.key for panel in panels if any(part.kind == "sfx" for part in panel.dialogue.parts)}
    return {
        key: art.model_copy(update=unread | {"ink": float(key in loud and art.ink > DARK)}).to_json()
        for key, art in sorted(artwork_of(state).items())
    }


def read(state: State) -> Json:
    unread = dict.fromkeys(("logline", "theme", "mood", "target_readers", "art_style"), "") | {
        "title": "-",
        "author": None,
    }
    return {
        "storyboard": result_of(state, Phase.STORYBOARD, Storyboard).to_json(),
        "art": _anchors(state),
        "concept": read_concept(state).model_copy(update=unread).to_json(),
        "settings": read_settings(state, "fidelity", "paper", "punctuation", "ruby", "seed") | {"ruby": _ruby(state)},
        **_set_by_person(state),
        **({"cast": read_names(state)} if wishes_of(state, Phase.LETTERING) else {}),
    }


def _ruby(state: State) -> str:
    """Whose readings are wished for: as set, else by the style that was asked for."""
    chosen = settings_of(state)
    return chosen.ruby if chosen.ruby != "auto" else RUBY_OF_STYLE.get(chosen.style, "auto")


def _set_by_person(state: State) -> Json:
    """What a person has said of letters: where they stand, and words that stand over wishes. Nothing without edits."""
    edits = edits_of(state)
    places = {key: placing.to_json() for key, placing in sorted(placings(edits).items())}
    wishes = len(wishes_of(state, Phase.LETTERING))
    words, put = sorted(last_word(edits, wishes)), sorted(last_place(edits, wishes))
    return {name: value for name, value in (("placings", places), ("by_hand", words), ("put", put)) if value}


def told(state: State) -> Json:
    """How faithful the book is by now, where that is not as it was set: the questions before said the same."""
    chosen, language = settings_of(state), read_concept(state).language
    characters = sum(b.span.end - b.span.start for b in result_of(state, Phase.PLOT, Plot).beats())
    held = held_to(chosen, characters, language).fidelity
    return {} if held == chosen.fidelity else {"fidelity": held}


def _settings(reads: Json) -> Settings:
    return Settings.of({**reads["settings"], **({"fidelity": reads["fidelity"]} if "fidelity" in reads else {})})


async def make(reads: Json, bench: Bench) -> Lettering:
    return await letter(
        storyboard=Storyboard.of(reads["storyboard"]),
        art=read_art(reads),
        concept=Concept.of(reads["concept"]),
        settings=_settings(reads),
        offload=bench.offload,
        text=bench.text,
        revision=Revision(bench.revision.wishes),
        cast=Cast.of(reads["cast"]) if "cast" in reads else None,
        placings={key: Placing.of(value) for key, value in reads.get("placings", {}).items()},
        by_person=reads.get("by_hand", ()),
        put=reads.get("put", ()),
        shelf=bench.blobs,
        clock=bench.clock,
    )


STEP = Step(read, make, told=told)


def proposes(services: Services) -> bool:
    """Is a model asked what it would have otherwise, before anything is lettered?"""
    return services.text.answers(PROPOSAL)


def proposal_node(services: Services) -> Node:
    """Asks beside the artwork; the answer lies on the shelf for the letterer. A call that fails is made again by the
    phase itself, which says so."""

    async def lettering_proposal(state: State, config: RunnableConfig, runtime: Runtime[RunOptions]) -> Json:
        reads, work = STEP.read_for(state, told=True), work_of(config)
        shelf = blobs_of(services.blobs, options_of(runtime).tenant, work)
        concept, settings = Concept.of(reads["concept"]), _settings(reads)
        proposer = Proposer(services.asked_by(Phase.LETTERING, work), services.clock, concept, settings)
        try:
            await proposer.proposed(Storyboard.of(reads["storyboard"]), shelf)
        except ProviderError as error:
            log.info("what a model proposes for the letters is asked for later: %s", error.code)
        return {}

    return lettering_proposal
